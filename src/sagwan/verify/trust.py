"""Whom the reader trusts, and what that comes to for one log."""

from dataclasses import dataclass, replace
from datetime import datetime

from sagwan.formats.receipt import receipts_key_name
from sagwan.record.errors import SagwanError
from sagwan.tlog import (
    NO_QUORUM,
    KeyType,
    Policy,
    PolicyLog,
    TlogError,
    VerifierKey,
    parse_policy,
    parse_verifier_key,
)
from sagwan.verify.memory import Memory, Remembered
from sagwan.verify.verdict import Anchor


@dataclass(frozen=True, slots=True)
class Trust:
    """What the reader brings along; everything is optional.

    `key`: verifier keys of the log and of its receipts, one a line, `#` comments (the form of a folder's
    `key` file). `policy`: a C2SP tlog-policy text, for witnesses and quorum (its `log` lines count as keys).
    `memory`: what earlier visits left; None reads and writes none. `max_withheld`: the share of withheld
    entries (0 to 1) above which a half-year fails. `now`: aware; the clock's where None; only receipts need
    it.
    """

    key: str = ""
    policy: str = ""
    memory: Memory | None = None
    max_withheld: float | None = None
    now: datetime | None = None


@dataclass(frozen=True, slots=True)
class Anchors:
    """What checkpoints and receipts of one origin are held against, and who vouches for the log's key."""

    origin: str
    policy: Policy
    anchor: Anchor
    remembered: Remembered | None

    @property
    def witnessed(self) -> bool:
        return self.policy.quorum != NO_QUORUM

    @property
    def key(self) -> str:
        """The log's verifier key; empty where none was found."""
        return next((str(log.key) for log in self.policy.logs if log.key.name == self.origin), "")


def parse_keys(text: str) -> list[VerifierKey]:
    """The verifier keys of a `key` file, one a line, `#` comments; raise SagwanError naming the line."""
    keys = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            try:
                keys.append(parse_verifier_key(line.strip()))
            except TlogError as error:
                raise SagwanError(f"line {number} is not a verifier key: {error}") from None
    return keys


def settle(trust: Trust, origin: str, published: str) -> Anchors:
    """Choose the keys for a log: the reader's own, else the remembered one, else those the folder publishes.

    `published` is the text of the folder's `key` file. Raises SagwanError where what the reader brought is
    ill-formed.
    """
    remembered = trust.memory.recall(origin) if trust.memory else None
    policy = _policy(trust.policy)
    named = _named(trust.key)
    logs = [key for key in named if _signs_log(key)] + [log.key for log in policy.logs]
    anchor = Anchor.READER
    if not logs and remembered:
        logs, anchor = _named(remembered.key), Anchor.MEMORY
    if not logs:
        logs = [key for key in _hints(published) if key.name == origin and _signs_log(key)]
        anchor = Anchor.FOLDER
    unique = tuple(PolicyLog(key) for key in dict.fromkeys(logs))
    try:
        settled = replace(policy, logs=unique)
    except TlogError as error:
        raise SagwanError(f"the keys that you named do not go together: {error}") from None
    return Anchors(origin, settled, anchor, remembered)


def receipts_keys(trust: Trust, origin: str, published: str) -> tuple[list[VerifierKey], Anchor]:
    """The keys that may sign a log's promises, and who names them: the reader, or the `key` file."""
    name = receipts_key_name(origin)
    named = [key for key in _named(trust.key) if key.name == name]
    if named:
        return named, Anchor.READER
    return [key for key in _hints(published) if key.name == name], Anchor.FOLDER


def _hints(published: str) -> list[VerifierKey]:
    """The keys of a folder's `key` file; a hint that cannot be read is no hint."""
    try:
        return parse_keys(published)
    except SagwanError:
        return []


def _signs_log(key: VerifierKey) -> bool:
    return key.type is KeyType.ED25519 and not key.name.endswith("/receipts")


def _named(text: str) -> list[VerifierKey]:
    try:
        return parse_keys(text)
    except SagwanError as error:
        raise SagwanError(
            f"the key that you named: {error.message}", hint="it looks like name+1a2b3c4d+base64"
        ) from None


def _policy(text: str) -> Policy:
    try:
        return parse_policy(text.encode("utf-8", "surrogateescape")) if text else Policy()
    except TlogError as error:
        raise SagwanError(f"the policy that you named: {error}") from None
