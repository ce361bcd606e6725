"""Everything that may be done with officials: let in, confirmed by their authority's contact, changed."""

from datetime import datetime

from sagwan.desk.people import values
from sagwan.desk.people.domains import belongs
from sagwan.desk.people.errors import PeopleRefused, UnknownPerson
from sagwan.desk.people.invitations import DAYS, invite
from sagwan.desk.people.models import AccountRequest, Authority, Person
from sagwan.desk.people.projection import PEOPLE, Told, tell_request
from sagwan.desk.people.queries import Staff, authority_record
from sagwan.desk.people.records import AuthorityRecord, Vetting
from sagwan.desk.people.roles import CALLERS, MANAGERS
from sagwan.desk.people.scribe import Scribe, scribe
from sagwan.desk.setup import Desk
from sagwan.record.errors import InvalidValue
from sagwan.record.request import clean
from sagwan.record.vocabulary import CallResult

MOST_REQUESTS = 500
"""So many requests for accounts may wait; the form is open to anyone."""
APPLICANT = "applicant"
"""The actor of a request for an account: nobody who is known."""


def invite_official(
    desk: Desk,
    *,
    authority: str,
    full_name: str,
    email: str,
    phone: str,
    name: str = "",
    days: int = DAYS,
    actor: str,
    at: datetime,
) -> tuple[str, str]:
    """Let an official in; return their name and the token of the invitation, which is told nowhere else.

    The authority must be vetted. `name` is made up where it is ''. It takes an administrator.
    """
    Staff().require(actor, MANAGERS, "invite an official")
    name = values.person_name(name or values.official_name())
    with scribe(desk, PEOPLE + name, actor=actor, at=at) as pen:
        row = _vetted(authority, at)
        person, _ = _add(pen, name, row, full_name, email, phone)
        return name, invite(pen, person, days)


def ask_account(
    desk: Desk, *, full_name: str, email: str, phone: str, authority: str, text: str = "", at: datetime
) -> str:
    """Record that someone asks for an account; they wait until a person decides. Return the request's name.

    Says nothing of whether the mail address or authority is known. Raise InvalidValue for values that cannot
    be kept, PeopleRefused where too many wait.
    """
    name = values.official_name()
    private = {
        "full_name": clean(full_name, "full name", longest=100),
        "email": values.mail_address(email),
        "phone": values.phone_number(phone),
        "authority": clean(authority, "authority", longest=200),
        "text": clean(text, "text", longest=2000, required=False, lines=True),
    }
    with scribe(desk, actor=APPLICANT, at=at) as pen:
        if AccountRequest.objects.filter(decided_at__isnull=True).count() >= MOST_REQUESTS:
            raise PeopleRefused("too many requests for accounts wait", hint="try again on another day")
        pen.request(AccountRequest(), name, "AccountAsked", {"name": name}, private)
    return name


def admit(desk: Desk, *, name: str, authority: str, days: int = DAYS, actor: str, at: datetime) -> str:
    """Let in who asked for an account, under a vetted authority; return the token of the invitation."""
    Staff().require(actor, MANAGERS, "admit an official")
    with scribe(desk, PEOPLE + name, actor=actor, at=at) as pen:
        asked, row = _open_request(name), _vetted(authority, at)
        person, told = _add(pen, name, row, asked.full_name, asked.email, asked.phone)
        tell_request(asked, told)
        asked.save()
        return invite(pen, person, days)


def decline(desk: Desk, *, name: str, reason: str, actor: str, at: datetime) -> None:
    """Refuse a request for an account."""
    Staff().require(actor, MANAGERS, "decline a request for an account")
    private = {"reason": clean(reason, "reason", longest=2000, lines=True)}
    with scribe(desk, PEOPLE + name, actor=actor, at=at) as pen:
        pen.request(_open_request(name), name, "AccountDeclined", {}, private)


def record_call(
    desk: Desk,
    *,
    name: str,
    result: CallResult,
    number: str = "",
    spoke_to: str = "",
    note: str = "",
    actor: str,
    at: datetime,
) -> None:
    """Record a call-back to the authority's independent contact about an official.

    `number` is what was called or written to; '' is the contact's phone. Only the vetted contact's own number
    or mail counts. `confirmed` confirms the official with the mail and phone of this moment; `denied` stops
    them at once; `no-answer` is only kept. Raise PeopleRefused where the authority cannot vouch now.
    """
    Staff().require(actor, CALLERS, "record a call-back")
    result = CallResult(result)
    with scribe(desk, PEOPLE + name, actor=actor, at=at) as pen:
        row = official_row(name)
        authority = authority_record(_vetted(row.authority.slug, at))
        private = {
            "number": _contacted(number, authority),
            "spoke_to": clean(spoke_to, "who was spoken to", longest=200, required=result != "no-answer"),
            "note": clean(note, "note", longest=2000, required=False, lines=True),
        }
        pen.person(row, name, "OfficialCalled", {"result": str(result)}, private)
        if result is CallResult.DENIED and row.suspended_at is None:
            reason = {"reason": "the authority's contact does not know this official"}
            pen.person(row, name, "PersonSuspended", {}, reason)


def change_details(
    desk: Desk, *, name: str, email: str | None = None, phone: str | None = None, actor: str, at: datetime
) -> None:
    """Change mail or phone, of one's own or, as an administrator, of others.

    An official's change raises a finding on what they file until the authority's contact confirms them again.
    """
    if actor != name:
        Staff().require(actor, MANAGERS, "change another person's details")
    with scribe(desk, PEOPLE + name, actor=actor, at=at) as pen:
        row = Person.objects.select_for_update().filter(name=name, is_active=True).first()
        if row is None:
            raise UnknownPerson(f"there is no person {name!r} who may sign in")
        new = {
            "email": (row.email or "") if email is None else _free_address(email, name),
            "phone": row.phone if phone is None else values.phone_number(phone),
        }
        if (new["email"], new["phone"]) == (row.email or "", row.phone):
            return
        pen.person(row, name, "DetailsChanged", {}, new)


def official_row(name: str) -> Person:
    """An official's row, locked for this transaction; raise UnknownPerson."""
    row = Person.objects.select_for_update(of=("self",)).filter(name=name, roles="official").first()
    if row is None:
        raise UnknownPerson(f"there is no official {name!r}", hint="sagwan official list shows them")
    return row


def _add(
    pen: Scribe, name: str, authority: Authority, full_name: str, email: str, phone: str
) -> tuple[Person, Told]:
    if Person.objects.filter(name=name).exists():
        raise PeopleRefused(f"there is a person {name} already", hint="choose another name")
    private = {
        "full_name": clean(full_name, "full name", longest=100),
        "email": _free_address(email, name),
        "phone": values.phone_number(phone),
    }
    _check_own(authority, private["email"], private["phone"])
    row = Person()
    row.set_unusable_password()
    told = pen.person(row, name, "OfficialAdded", {"name": name, "authority": authority.slug}, private)
    return row, told


def _check_own(authority: Authority, email: str, phone: str) -> None:
    record = authority_record(authority)
    domain = values.mail_domain(email)
    if record.domains and not any(belongs(domain, own) for own in record.domains):
        raise PeopleRefused(
            f"{domain} is not a domain of {authority.slug}: it has {', '.join(record.domains)}",
            hint="ask for an address of the authority, or have the domain vetted first",
        )
    if values.same_phone(phone, record.contact.phone) or email == record.contact.mail:
        raise PeopleRefused(
            f"that is the independent contact of {authority.slug}",
            hint="an official's own phone and mail must differ from the contact that vouches for them",
        )


def _free_address(email: str, name: str) -> str:
    address = values.mail_address(email)
    if Person.objects.filter(email=address).exclude(name=name).exists():
        raise PeopleRefused(f"another person has the mail address {address}")
    return address


def _vetted(slug: str, at: datetime) -> Authority:
    """The authority's row; raise PeopleRefused unless it is vetted at that instant."""
    row = Authority.objects.select_for_update().filter(slug=slug).first()
    vetting = Vetting.NONE if row is None else authority_record(row).vetting(at)
    if row is None or vetting is not Vetting.VETTED:
        raise PeopleRefused(
            f"the authority {slug!r} is {vetting}" if row else f"there is no authority {slug!r}",
            hint="vet it first: sagwan authority vet, then sagwan authority approve by another person",
        )
    return row


def _open_request(name: str) -> AccountRequest:
    row = AccountRequest.objects.select_for_update().filter(name=name, decided_at__isnull=True).first()
    if row is None:
        raise UnknownPerson(f"no request for an account {name!r} waits", hint="sagwan official list")
    return row


def _contacted(number: str, authority: AuthorityRecord) -> str:
    contact = authority.contact
    number = number.strip() or contact.phone or contact.mail
    if values.same_phone(number, contact.phone) or (contact.mail and number.lower() == contact.mail):
        return number
    raise InvalidValue(
        f"{number} is not the independent contact of {authority.slug}",
        hint=f"call {contact.phone or contact.mail}; another number must be vetted first",
    )
