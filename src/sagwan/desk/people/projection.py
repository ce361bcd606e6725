"""From events of people and authorities to their rows; one code for when it happens and for the rebuild.

An event of another kind in these streams (a sign-in, say) changes no row.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sagwan.desk.people.models import AccountRequest, Authority, Person

PEOPLE, AUTHORITIES = "person/", "authority/"
"""How the streams' names begin."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event with its public and private members together; private ones are missing once their key is."""

    kind: str
    members: Mapping[str, Any]
    actor: str
    at: datetime

    def text(self, name: str) -> str:
        return str(self.members.get(name) or "")


def tell_authority(row: Authority, told: Told) -> None:
    """Let an event change an authority's row, unsaved."""
    if step := _AUTHORITY.get(told.kind):
        step(row, told)


def tell_person(row: Person, told: Told) -> None:
    """Let an event change a person's row, unsaved; `is_active` follows in `settle`."""
    if step := _PERSON.get(told.kind):
        step(row, told)


def tell_request(row: AccountRequest, told: Told) -> None:
    """Let an event change the row of a request for an account, unsaved."""
    if step := _REQUEST.get(told.kind):
        step(row, told)


def settle(row: Person) -> None:
    """Who may sign in: neither they nor their authority is suspended."""
    authority = row.authority
    row.is_active = row.suspended_at is None and (authority is None or authority.suspended_at is None)


VETTED = ("domains", "head", "contact_phone", "contact_mail", "source_kind", "contact_source")


def _authority_added(row: Authority, told: Told) -> None:
    row.slug, row.kind = told.text("slug"), told.text("kind")
    row.jurisdiction, row.time_zone = told.text("jurisdiction"), told.text("time_zone")
    row.name_ko, row.name_en = told.text("name_ko"), told.text("name_en")
    row.added_by, row.added_at = told.actor, told.at


def _vetting_proposed(row: Authority, told: Told) -> None:
    row.proposed = {name: told.text(name) for name in (*VETTED, "how")}
    row.proposed_by, row.proposed_at = told.actor, told.at


def _vetting_approved(row: Authority, told: Told) -> None:
    facts = row.proposed or {}
    for name in VETTED:
        setattr(row, name, facts.get(name, ""))
    row.vetted_how = facts.get("how", "")
    row.vetted_by, row.approved_by = row.proposed_by, told.actor
    row.vetted_at, row.vetted_until = told.at, datetime.fromisoformat(told.text("until"))
    _vetting_declined(row, told)


def _vetting_declined(row: Authority, told: Told) -> None:
    row.proposed, row.proposed_by, row.proposed_at = None, "", None


def _suspended(row: Authority | Person, told: Told) -> None:
    row.suspended_at, row.suspended_by, row.suspended_reason = told.at, told.actor, told.text("reason")


def _lifted(row: Authority | Person, told: Told) -> None:
    row.suspended_at, row.suspended_by, row.suspended_reason = None, "", ""


def _person_added(row: Person, told: Told) -> None:
    row.name, row.full_name = told.text("name"), told.text("full_name")
    row.roles = ",".join(told.members["roles"])
    _details(row, told)


def _official_added(row: Person, told: Told) -> None:
    row.name, row.full_name, row.roles = told.text("name"), told.text("full_name"), "official"
    row.authority = Authority.objects.get(slug=told.text("authority"))
    _details(row, told)


def _details(row: Person, told: Told) -> None:
    row.email, row.phone = told.text("email") or None, told.text("phone")


def _details_changed(row: Person, told: Told) -> None:
    _details(row, told)
    row.changed_at = told.at


def _invited(row: Person, told: Told) -> None:
    row.invitation, row.invitation_ends = told.text("digest"), datetime.fromisoformat(told.text("ends"))
    row.invited_by, row.invitation_waits = told.actor, bool(told.members.get("waits"))


def _agreed(row: Person, told: Told) -> None:
    row.invitation_waits = False


def _joined(row: Person, told: Told) -> None:
    row.invitation, row.invitation_ends, row.joined_at = None, None, told.at
    row.invited_by, row.invitation_waits = "", False


def _called(row: Person, told: Told) -> None:
    if told.text("result") == "confirmed":
        row.confirmed_at, row.confirmed_by, row.changed_at = told.at, told.actor, None
    elif told.text("result") == "denied":
        row.confirmed_at, row.confirmed_by = None, ""


def _key_registered(row: Person, told: Told) -> None:
    row.recipient, row.recipient_since = told.text("recipient"), told.at


def _key_removed(row: Person, told: Told) -> None:
    row.recipient, row.recipient_since = "", None


def _asked(row: AccountRequest, told: Told) -> None:
    row.name, row.asked_at = told.text("name"), told.at
    for name in ("full_name", "email", "phone", "authority", "text"):
        setattr(row, name, told.text(name))


def _decided(row: AccountRequest, told: Told) -> None:
    row.decided_at, row.decided_by = told.at, told.actor
    row.admitted = told.kind == "OfficialAdded"


_AUTHORITY: dict[str, Callable[[Authority, Told], None]] = {
    "AuthorityAdded": _authority_added,
    "VettingProposed": _vetting_proposed,
    "VettingApproved": _vetting_approved,
    "VettingDeclined": _vetting_declined,
    "AuthoritySuspended": _suspended,
    "AuthorityLifted": _lifted,
}
_PERSON: dict[str, Callable[[Person, Told], None]] = {
    "PersonAdded": _person_added,
    "OfficialAdded": _official_added,
    "DetailsChanged": _details_changed,
    "Invited": _invited,
    "InvitationAgreed": _agreed,
    "Joined": _joined,
    "OfficialCalled": _called,
    "KeyRegistered": _key_registered,
    "KeyRemoved": _key_removed,
    "PersonSuspended": _suspended,
    "PersonLifted": _lifted,
}
_REQUEST: dict[str, Callable[[AccountRequest, Told], None]] = {
    "AccountAsked": _asked,
    "AccountDeclined": _decided,
    "OfficialAdded": _decided,
}
