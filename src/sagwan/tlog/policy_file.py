"""The reader of policy files (C2SP tlog-policy): a statement a line, in words apart by spaces and tabs."""

import re

from sagwan.tlog.encoding import decode_decimal
from sagwan.tlog.errors import FormatError, TlogError
from sagwan.tlog.keys import parse_verifier_key
from sagwan.tlog.policy import Policy, PolicyGroup, PolicyLog, PolicyWitness

_FORBIDDEN = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]")


def parse_policy(data: bytes) -> Policy:
    """Read a policy file. Raises FormatError naming the line.

    A file is octets: names that are not UTF-8 are carried through unchanged.
    """
    if found := _FORBIDDEN.search(data):
        raise FormatError(f"policy: octet 0x{found[0].hex()} at byte {found.start()} is not allowed")
    if data and not data.endswith(b"\n"):
        raise FormatError("policy: the last line does not end in a line feed; was the file cut?")
    reading = _Reading()
    for number, line in enumerate(data.decode("utf-8", "surrogateescape").split("\n"), 1):
        words = [word for word in re.split("[ \t]+", line) if word]
        if words and not words[0].startswith("#"):
            try:
                reading.statement(words)
            except TlogError as error:
                raise FormatError(f"policy line {number}: {error}") from None
    if reading.quorum is None:
        raise FormatError("policy: no quorum line; to ask for no cosignature, write `quorum none`")
    return reading.policy(reading.quorum)


class _Reading:
    """What has been read so far; each statement is checked against what stands before it."""

    def __init__(self) -> None:
        self.logs: list[PolicyLog] = []
        self.witnesses: list[PolicyWitness] = []
        self.groups: list[PolicyGroup] = []
        self.quorum: str | None = None

    def policy(self, quorum: str) -> Policy:
        return Policy(tuple(self.logs), tuple(self.witnesses), tuple(self.groups), quorum)

    def statement(self, words: list[str]) -> None:
        match words:
            case ["log", key, *url] if len(url) <= 1:
                self.logs.append(PolicyLog(parse_verifier_key(key), *url))
            case ["witness", name, key, *url] if len(url) <= 1:
                self.witnesses.append(PolicyWitness(name, parse_verifier_key(key), *url))
            case ["group", name, threshold, *members]:
                self.groups.append(PolicyGroup(name, _threshold(threshold, len(members)), tuple(members)))
            case ["quorum", name]:
                if self.quorum is not None:
                    raise FormatError(f"a second quorum, {name!r}; the first is {self.quorum!r}")
                self.quorum = name
            case _:
                raise FormatError(
                    f"{' '.join(words)!r} is none of `log VKEY [URL]`, `witness NAME VKEY [URL]`, "
                    "`group NAME any|all|K MEMBERS...`, `quorum NAME|none`"
                )
        self.policy(self.quorum or "none")


def _threshold(word: str, members: int) -> int:
    if word == "any":
        return 1
    if word == "all":
        return members
    return decode_decimal(word, "number of members asked for")
