"""Authorities and officials as values: what queries return, and what the check of a sender works on. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AuthorityKind(StrEnum):
    POLICE = "police"
    PROSECUTION = "prosecution"
    COURT = "court"
    TAX = "tax"
    INTELLIGENCE = "intelligence"
    MILITARY = "military"
    OTHER = "other"


class SourceKind(StrEnum):
    """Where an independent contact was found. What the requester sent is no source, so it is not here."""

    DIRECTORY = "government-directory"
    SUPERIOR = "superior-authority"
    OWN_SITE = "authority-site-found-by-search"
    EARLIER_PAPER = "earlier-verified-paper"
    IN_PERSON = "in-person"


class Vetting(StrEnum):
    """How far an authority has come."""

    NONE = "not-vetted"
    WAITING = "waits-for-second-person"
    VETTED = "vetted"
    OVERDUE = "re-vetting-due"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class Contact:
    """The independent contact, and where it was found; it is the only one that call-backs go to."""

    phone: str = ""
    mail: str = ""
    source_kind: SourceKind | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class AuthorityRecord:
    """An authority as it is vetted; `proposed` are the facts of a vetting that waits."""

    slug: str
    jurisdiction: str
    kind: AuthorityKind
    name_ko: str
    name_en: str
    time_zone: str
    domains: tuple[str, ...] = ()
    head: str = ""
    contact: Contact = Contact()
    vetted_by: str = ""
    approved_by: str = ""
    vetted_how: str = ""
    vetted_at: datetime | None = None
    vetted_until: datetime | None = None
    proposed: "Proposal | None" = None
    suspended_at: datetime | None = None
    suspended_by: str = ""
    suspended_reason: str = ""

    def name(self, lang: str) -> str:
        return self.name_ko if lang == "ko" else self.name_en

    def vetting(self, at: datetime) -> Vetting:
        """Where it stands at an instant. One whose re-vetting is due confirms nobody any more."""
        if self.suspended_at is not None:
            return Vetting.SUSPENDED
        if self.vetted_until is not None:
            return Vetting.VETTED if at < self.vetted_until else Vetting.OVERDUE
        return Vetting.NONE if self.proposed is None else Vetting.WAITING


@dataclass(frozen=True, slots=True)
class Proposal:
    """The facts of a vetting that waits for a second person."""

    domains: tuple[str, ...]
    head: str
    contact: Contact
    how: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OfficialRecord:
    """An official (담당자). `changed_at`: mail or phone differ from what the last call-back confirmed."""

    name: str
    full_name: str
    email: str
    phone: str
    authority: str
    invited_until: datetime | None = None
    joined_at: datetime | None = None
    confirmed_at: datetime | None = None
    confirmed_by: str = ""
    changed_at: datetime | None = None
    suspended_at: datetime | None = None
    suspended_by: str = ""
    suspended_reason: str = ""
    recipient: str = ""
    recipient_since: datetime | None = None

    @property
    def is_confirmed(self) -> bool:
        """Confirmed by the authority's contact, unchanged since, and not suspended."""
        return self.confirmed_at is not None and self.changed_at is None and self.suspended_at is None


@dataclass(frozen=True, slots=True)
class AskedAccount:
    """A request for an account that waits."""

    name: str
    full_name: str
    email: str
    phone: str
    authority: str
    text: str
    asked_at: datetime
