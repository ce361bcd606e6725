"""What our own receiving server says of a mail: SPF, DKIM, DMARC in Authentication-Results (RFC 8601). Pure.

Anyone can write such a header; only the one that our server added counts, and it bears our server's name. The
server must take away those that come in under its name (RFC 8601, section 5).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from sagwan.desk.people.domains import belongs, normal

MAX_HEADER = 20_000
METHODS = ("spf", "dkim", "dmarc")


class Verdict(StrEnum):
    """`none`: the domain says nothing, or our server did not look. `error`: it could not be found out."""

    PASS = "pass"  # noqa: S105 - the RFC's word
    FAIL = "fail"
    ERROR = "error"
    NONE = "none"


_VERDICTS = {
    "pass": Verdict.PASS,
    "fail": Verdict.FAIL,
    "softfail": Verdict.FAIL,
    "hardfail": Verdict.FAIL,
    "policy": Verdict.FAIL,
    "permerror": Verdict.ERROR,
    "temperror": Verdict.ERROR,
    "neutral": Verdict.NONE,
    "none": Verdict.NONE,
}


@dataclass(frozen=True, slots=True)
class MailCheck:
    """The verdict of each method; `domains` are those that a pass was for, by method."""

    verdicts: Mapping[str, Verdict] = field(default_factory=lambda: MappingProxyType({}))
    domains: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def verdict(self, method: str) -> Verdict:
        return self.verdicts.get(method, Verdict.NONE)

    @property
    def failed(self) -> tuple[str, ...]:
        return tuple(method for method in METHODS if self.verdict(method) is Verdict.FAIL)

    @property
    def broken(self) -> tuple[str, ...]:
        return tuple(method for method in METHODS if self.verdict(method) is Verdict.ERROR)

    def vouches_for(self, domain: str) -> bool:
        """Did DMARC pass, or SPF or DKIM for that very domain (or one below or above it)?"""
        if self.verdict("dmarc") is Verdict.PASS:
            return True
        passed = (each for method in ("spf", "dkim") for each in self.domains.get(method, ()))
        return any(belongs(each, domain) or belongs(domain, each) for each in passed)


def mail_check(headers: Sequence[str], authserv_id: str) -> MailCheck | None:
    """What our server found, from the values of all Authentication-Results headers, the topmost first.

    None where there is none of `authserv_id`, or it is '': then nothing is known, whatever the others claim.
    """
    own = next((text for text in headers if authserv_id and _server(text) == authserv_id.lower()), None)
    return None if own is None else _read(own)


def _server(header: str) -> str:
    words = _bare(header).partition(";")[0].split()
    return words[0].lower() if words else ""


def _read(header: str) -> MailCheck:
    verdicts: dict[str, Verdict] = {}
    domains: dict[str, tuple[str, ...]] = {}
    for part in _bare(header).split(";")[1:]:
        found = re.match(r"\s*([a-z0-9-]+)(?:/[0-9]+)?\s*=\s*([a-z]+)(.*)", part, re.IGNORECASE | re.DOTALL)
        if found is None:
            continue
        method, verdict = found[1].lower(), _VERDICTS.get(found[2].lower(), Verdict.ERROR)
        if method not in METHODS:
            continue
        # A mail may bear several DKIM signatures: one that holds is enough.
        if verdicts.get(method) is not Verdict.PASS:
            verdicts[method] = verdict
        if verdict is Verdict.PASS and (domain := _for_which(method, found[3])):
            domains[method] = (*domains.get(method, ()), domain)
    return MailCheck(verdicts, domains)


_PROPERTIES = {
    "spf": r"smtp\.(?:mailfrom|mail|helo)",
    "dkim": r"header\.(?:d|i)",
    "dmarc": r"header\.from",
}


def _for_which(method: str, properties: str) -> str:
    found = re.search(rf"\b{_PROPERTIES[method]}\s*=\s*\"?([^\s\";]+)", properties, re.IGNORECASE)
    return normal(found[1].rpartition("@")[2]) if found else ""


def _bare(header: str) -> str:
    """The header without its comments, which may be nested and may hold a semicolon."""
    kept, depth, quoted, skip = [], 0, False, False
    for sign in header[:MAX_HEADER]:
        if skip:
            skip = False
        elif sign == "\\":
            skip = True
            continue
        elif sign == '"' and not depth:
            quoted = not quoted
        elif sign == "(" and not quoted:
            depth += 1
        elif sign == ")" and not quoted and depth:
            depth -= 1
            continue
        if not depth:
            kept.append(sign)
    return "".join(kept)
