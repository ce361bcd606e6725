"""Is the sender who they say they are? Pure.

Only two things say yes: the authority's independent contact, called about this request; or an official who
signed in with a second factor, whom that contact confirmed, whose mail and phone are unchanged since, and
whose authority is vetted and not suspended. That every domain and signature check passes says nothing: a
stolen mailbox passes them too.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sagwan.desk.people.records import AuthorityRecord, Contact, OfficialRecord, Vetting
from sagwan.desk.people.sender_finding import Code, SenderFinding
from sagwan.desk.people.senders import FilingFacts, Known, findings
from sagwan.desk.people.values import same_phone
from sagwan.law.finding import Severity
from sagwan.record.vocabulary import CallResult, Sender


class Standing(StrEnum):
    """`blocked`: neither may anything go out nor may they file."""

    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Call:
    """A call-back about one request: what was called, and what came of it."""

    contacted: str
    result: CallResult


@dataclass(frozen=True, slots=True)
class SenderStanding:
    """How a sender stands, and all that was seen."""

    standing: Standing
    findings: tuple[SenderFinding, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """Each code once, for the request's record."""
        return tuple(dict.fromkeys(str(finding.code) for finding in self.findings))

    @property
    def blocking(self) -> tuple[str, ...]:
        """The codes that a person must answer before anything goes out."""
        codes = (str(f.code) for f in self.findings if f.severity is Severity.BLOCKS)
        return tuple(dict.fromkeys(codes))

    @property
    def sender(self) -> Sender:
        """As a request's events say it; who is blocked is not confirmed either, and the findings block."""
        return Sender.CONFIRMED if self.standing is Standing.CONFIRMED else Sender.UNCONFIRMED


def standing(
    official: OfficialRecord | None,
    authority: AuthorityRecord | None,
    facts: FilingFacts,
    known: Known,
    at: datetime,
    *,
    call: Call | None = None,
) -> SenderStanding:
    """How the sender of a filing stands at an instant, with `call` the last call-back about this request."""
    seen = findings(official, authority, facts, known)
    return SenderStanding(_standing(official, authority, facts, seen, at, call), seen)


def _standing(
    official: OfficialRecord | None,
    authority: AuthorityRecord | None,
    facts: FilingFacts,
    seen: tuple[SenderFinding, ...],
    at: datetime,
    call: Call | None,
) -> Standing:
    if authority is not None and authority.suspended_at is not None:
        return Standing.BLOCKED
    if official is not None and official.suspended_at is not None:
        return Standing.BLOCKED
    if call is not None and call.result is CallResult.DENIED:
        return Standing.BLOCKED
    if authority is None or authority.vetting(at) is not Vetting.VETTED:
        return Standing.UNCONFIRMED
    if (
        call is not None
        and call.result is CallResult.CONFIRMED
        and reaches(authority.contact, call.contacted)
    ):
        return Standing.CONFIRMED
    if any(finding.severity is Severity.BLOCKS or finding.code in _CHANGED for finding in seen):
        return Standing.UNCONFIRMED
    if facts.signed_in and official is not None and _vouched(official, authority):
        return Standing.CONFIRMED
    return Standing.UNCONFIRMED


_CHANGED = (Code.CHANGED_PHONE, Code.OTHER_ADDRESS)
"""A filing with other details than those on record is not by an official whose details are unchanged."""


def _vouched(official: OfficialRecord, authority: AuthorityRecord) -> bool:
    return official.authority == authority.slug and official.is_confirmed


def reaches(contact: Contact, contacted: str) -> bool:
    """Is what was called or written to the independent contact itself, and nothing that a sender gave?"""
    mail = contacted.strip().lower()
    return same_phone(contacted, contact.phone) or bool(contact.mail and mail == contact.mail)
