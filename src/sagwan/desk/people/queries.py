"""Who may do what; which authorities and officials there are."""

from collections.abc import Iterable

from sagwan.desk.people.errors import UnknownAuthority, UnknownPerson
from sagwan.desk.people.models import AccountRequest, Authority, Person
from sagwan.desk.people.records import (
    AskedAccount,
    AuthorityKind,
    AuthorityRecord,
    Contact,
    OfficialRecord,
    Proposal,
    SourceKind,
)


class Staff:
    """The people of one home, each read once for many steps."""

    def __init__(self) -> None:
        self._people: dict[str, Person | None] = {}

    def require(self, name: str, roles: Iterable[str], what: str) -> None:
        """Raise UnknownPerson unless `name` is a person with one of `roles`."""
        person = self._person(name)
        if person is None or not person.is_active:
            raise UnknownPerson(
                f"there is no person {name!r} here",
                hint=f"people: {', '.join(self.names()) or 'none yet'}",
            )
        if not person.has_role(*roles):
            raise UnknownPerson(
                f"{name} may not {what}",
                hint=f"it takes the role {' or '.join(roles)}; {name} has {person.roles}",
            )

    def _person(self, name: str) -> Person | None:
        if name not in self._people:
            self._people[name] = Person.objects.filter(name=name).first()
        return self._people[name]

    def is_official(self, name: str) -> bool:
        person = self._person(name)
        return person is not None and person.is_official

    def are_colleagues(self, one: str, other: str) -> bool:
        """Are both the same official, or officials of one authority?"""
        first, second = self._person(one), self._person(other)
        if first is None or second is None or not (first.is_official and second.is_official):
            return False
        return first.authority_id == second.authority_id

    def names(self) -> list[str]:
        """The provider's people who may act, in alphabetical order; officials are not told of."""
        found = Person.objects.filter(is_active=True).exclude(roles="official").order_by("name")
        return list(found.values_list("name", flat=True))


def authorities(*, suspended: bool | None = None) -> list[AuthorityRecord]:
    """All authorities by slug; only the suspended or the others where that is asked."""
    rows = Authority.objects.order_by("slug")
    if suspended is not None:
        rows = rows.filter(suspended_at__isnull=not suspended)
    return [authority_record(row) for row in rows]


def authority(slug: str) -> AuthorityRecord:
    """One authority; raise UnknownAuthority."""
    row = Authority.objects.filter(slug=slug).first()
    if row is None:
        raise UnknownAuthority(f"there is no authority {slug!r}", hint="sagwan authority list shows them")
    return authority_record(row)


def vetted_domains() -> dict[str, str]:
    """Domain → slug of an authority that has it, of every vetting that was approved, suspended ones too: what
    looks like a suspended authority's domain looks like it all the same."""
    rows = Authority.objects.filter(vetted_at__isnull=False).order_by("slug").values_list("slug", "domains")
    return {domain: slug for slug, domains in rows for domain in domains.split()}


def officials(authority: str = "") -> list[OfficialRecord]:
    """All officials by name, or those of one authority."""
    rows = Person.objects.filter(roles="official").select_related("authority").order_by("name")
    if authority:
        rows = rows.filter(authority__slug=authority)
    return [official_record(row) for row in rows]


def official(name: str) -> OfficialRecord:
    """One official by name; raise UnknownPerson."""
    row = Person.objects.filter(roles="official", name=name).select_related("authority").first()
    if row is None:
        raise UnknownPerson(f"there is no official {name!r}", hint="sagwan official list shows them")
    return official_record(row)


def official_by_mail(address: str) -> OfficialRecord | None:
    """The official with a mail address, as `values.mail_address` writes it."""
    row = Person.objects.filter(roles="official", email=address).select_related("authority").first()
    return None if row is None else official_record(row)


def account_requests() -> list[AskedAccount]:
    """Who asks for an account and waits, the oldest first."""
    rows = AccountRequest.objects.filter(decided_at__isnull=True).order_by("asked_at", "name")
    return [
        AskedAccount(row.name, row.full_name, row.email, row.phone, row.authority, row.text, row.asked_at)
        for row in rows
    ]


def authority_record(row: Authority) -> AuthorityRecord:
    """A row as the value that the rest of the house knows."""
    return AuthorityRecord(
        slug=row.slug,
        jurisdiction=row.jurisdiction,
        kind=AuthorityKind(row.kind),
        name_ko=row.name_ko,
        name_en=row.name_en,
        time_zone=row.time_zone,
        domains=tuple(row.domains.split()),
        head=row.head,
        contact=_contact(row.contact_phone, row.contact_mail, row.source_kind, row.contact_source),
        vetted_by=row.vetted_by,
        approved_by=row.approved_by,
        vetted_how=row.vetted_how,
        vetted_at=row.vetted_at,
        vetted_until=row.vetted_until,
        proposed=_proposal(row),
        suspended_at=row.suspended_at,
        suspended_by=row.suspended_by,
        suspended_reason=row.suspended_reason,
    )


def official_record(row: Person) -> OfficialRecord:
    """An official's row as a value; the row must have its authority."""
    return OfficialRecord(
        name=row.name,
        full_name=row.full_name,
        email=row.email or "",
        phone=row.phone,
        authority=row.authority.slug,
        invited_until=row.invitation_ends,
        joined_at=row.joined_at,
        confirmed_at=row.confirmed_at,
        confirmed_by=row.confirmed_by,
        changed_at=row.changed_at,
        suspended_at=row.suspended_at,
        suspended_by=row.suspended_by,
        suspended_reason=row.suspended_reason,
        recipient=row.recipient,
        recipient_since=row.recipient_since,
    )


def _contact(phone: str, mail: str, kind: str, source: str) -> Contact:
    return Contact(phone, mail, SourceKind(kind) if kind else None, source)


def _proposal(row: Authority) -> Proposal | None:
    if row.proposed is None:
        return None
    facts = row.proposed
    contact = _contact(
        facts["contact_phone"], facts["contact_mail"], facts["source_kind"], facts["contact_source"]
    )
    return Proposal(
        tuple(facts["domains"].split()),
        facts["head"],
        contact,
        facts["how"],
        row.proposed_by,
        row.proposed_at,
    )
