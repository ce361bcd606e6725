"""Everything that may be done with authorities. One proposes a vetting, another approves it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sagwan.desk.people import values
from sagwan.desk.people.domains import check_domains
from sagwan.desk.people.errors import PeopleRefused, UnknownAuthority
from sagwan.desk.people.models import Authority, Person
from sagwan.desk.people.projection import AUTHORITIES, settle
from sagwan.desk.people.queries import Staff
from sagwan.desk.people.records import AuthorityKind, Contact, SourceKind
from sagwan.desk.people.roles import GUARDS, MANAGERS, SECOND_EYES
from sagwan.desk.people.scribe import scribe
from sagwan.desk.setup import Desk
from sagwan.record.errors import InvalidValue
from sagwan.record.request import clean


def add_authority(
    desk: Desk,
    *,
    slug: str,
    kind: AuthorityKind,
    name_ko: str,
    name_en: str,
    jurisdiction: str = "",
    time_zone: str = "",
    actor: str,
    at: datetime,
) -> None:
    """Record an authority, not yet vetted. Without `jurisdiction` and `time_zone` they are the home's."""
    Staff().require(actor, MANAGERS, "add an authority")
    slug = values.authority_slug(slug)
    public = {
        "slug": slug,
        "jurisdiction": _jurisdiction(jurisdiction or desk.home.jurisdiction),
        "kind": str(AuthorityKind(kind)),
        "time_zone": values.time_zone(time_zone or desk.home.time_zone),
    }
    private = {
        "name_ko": clean(name_ko, "Korean name", longest=200),
        "name_en": clean(name_en, "English name", longest=200),
    }
    with scribe(desk, AUTHORITIES + slug, actor=actor, at=at) as pen:
        if Authority.objects.filter(slug=slug).exists():
            raise PeopleRefused(f"there is an authority {slug} already", hint="sagwan authority list")
        pen.authority(Authority(), slug, "AuthorityAdded", public, private)


def propose_vetting(
    desk: Desk,
    *,
    slug: str,
    domains: Sequence[str],
    head: str,
    contact: Contact,
    how: str,
    actor: str,
    at: datetime,
) -> None:
    """Propose what is to be vetted; nothing of it holds before another person approves.

    A new proposal replaces one that waits. Raise InvalidValue where the contact has no source or is an
    official's own number or mail: what a requester gives cannot vouch for the requester.
    """
    Staff().require(actor, MANAGERS, "propose a vetting")
    private = {
        "domains": " ".join(check_domains(domains)),
        "head": clean(head, "head of the authority", longest=200),
        **_contact(contact),
        "how": clean(how, "how it was checked", longest=2000, lines=True),
    }
    with scribe(desk, AUTHORITIES + slug, actor=actor, at=at) as pen:
        row = _locked(slug)
        _check_independent(contact)
        pen.authority(row, slug, "VettingProposed", {}, private)


def approve_vetting(
    desk: Desk, *, slug: str, actor: str, at: datetime, proposed_at: datetime | None = None
) -> datetime:
    """Approve the vetting that waits; return the instant at which it falls due again.

    `proposed_at`, where it is given, is when the proposal was made that the approver saw: another one that
    came meanwhile is not approved unseen.
    """
    Staff().require(actor, SECOND_EYES, "approve a vetting")
    until = at + timedelta(days=desk.home.vetting_days)
    with scribe(desk, AUTHORITIES + slug, actor=actor, at=at) as pen:
        row = _waiting(slug, actor, proposed_at)
        _check_independent(Contact(row.proposed["contact_phone"], row.proposed["contact_mail"]))
        pen.authority(row, slug, "VettingApproved", {"until": until.isoformat()}, {})
    return until


def decline_vetting(desk: Desk, *, slug: str, reason: str, actor: str, at: datetime) -> None:
    """Refuse the vetting that waits; what was vetted before goes on to hold."""
    Staff().require(actor, SECOND_EYES, "decline a vetting")
    private = {"reason": clean(reason, "reason", longest=2000, lines=True)}
    with scribe(desk, AUTHORITIES + slug, actor=actor, at=at) as pen:
        pen.authority(_waiting(slug, actor, None), slug, "VettingDeclined", {}, private)


def suspend_authority(desk: Desk, *, slug: str, reason: str, actor: str, at: datetime) -> int:
    """Stop an authority and all its officials, at once; return how many officials that stops."""
    Staff().require(actor, GUARDS, "suspend an authority")
    private = {"reason": clean(reason, "reason", longest=2000, lines=True)}
    with scribe(desk, AUTHORITIES + slug, actor=actor, at=at) as pen:
        row = _locked(slug)
        if row.suspended_at is not None:
            raise PeopleRefused(f"{slug} is suspended already, by {row.suspended_by}")
        pen.authority(row, slug, "AuthoritySuspended", {}, private)
        return _settle_officials(row)


def lift_authority(desk: Desk, *, slug: str, reason: str, actor: str, at: datetime) -> None:
    """Let a suspended authority ask again; not by the one who suspended it."""
    Staff().require(actor, MANAGERS, "lift a suspension")
    private = {"reason": clean(reason, "reason", longest=2000, lines=True)}
    with scribe(desk, AUTHORITIES + slug, actor=actor, at=at) as pen:
        row = _locked(slug)
        if row.suspended_at is None:
            raise PeopleRefused(f"{slug} is not suspended")
        if row.suspended_by == actor:
            raise PeopleRefused(
                f"{actor} suspended {slug} and cannot lift it", hint="another administrator must (four eyes)"
            )
        pen.authority(row, slug, "AuthorityLifted", {}, private)
        _settle_officials(row)


def _settle_officials(row: Authority) -> int:
    officials = list(Person.objects.filter(authority=row))
    for person in officials:
        person.authority = row
        settle(person)
        person.save(update_fields=["is_active"])
    return len(officials)


def _locked(slug: str) -> Authority:
    row = Authority.objects.select_for_update().filter(slug=slug).first()
    if row is None:
        raise UnknownAuthority(f"there is no authority {slug!r}", hint="sagwan authority list shows them")
    return row


def _waiting(slug: str, actor: str, proposed_at: datetime | None) -> Authority:
    row = _locked(slug)
    if row.proposed is None:
        raise PeopleRefused(f"no vetting of {slug} waits", hint="propose one: sagwan authority vet")
    if row.proposed_by == actor:
        raise PeopleRefused(
            f"{actor} proposed the vetting of {slug} and cannot decide on it",
            hint="a second person must (four eyes)",
        )
    if proposed_at is not None and proposed_at != row.proposed_at:
        raise PeopleRefused(f"the vetting of {slug} was proposed anew meanwhile", hint="look at it again")
    return row


def _contact(contact: Contact) -> dict[str, str]:
    if not contact.phone and not contact.mail:
        raise InvalidValue("the independent contact is missing", hint="give its phone number or mail address")
    if contact.source_kind is None or not contact.source.strip():
        raise InvalidValue(
            "where the independent contact was found is missing",
            hint=f"one of {', '.join(SourceKind)}, and which one; never what the requester sent",
        )
    return {
        "contact_phone": values.phone_number(contact.phone) if contact.phone else "",
        "contact_mail": values.mail_address(contact.mail) if contact.mail else "",
        "source_kind": str(SourceKind(contact.source_kind)),
        "contact_source": clean(contact.source, "source of the contact", longest=1000, lines=True),
    }


def _check_independent(contact: Contact) -> None:
    """A contact that an official gave as their own is not independent of the official, whoever asks."""
    mail = values.mail_address(contact.mail) if contact.mail else ""
    for name, phone, email in Person.objects.filter(roles="official").values_list("name", "phone", "email"):
        if values.same_phone(phone, contact.phone) or (mail and email == mail):
            raise InvalidValue(
                f"the contact is what the official {name} gave as their own",
                hint="find one outside anything a requester sent",
            )


def _jurisdiction(text: str) -> str:
    if len(text) != 2 or not text.isascii() or not text.isalpha() or not text.isupper():
        raise InvalidValue(f"jurisdiction {text!r} is not two capitals", hint="such as KR")
    return text
