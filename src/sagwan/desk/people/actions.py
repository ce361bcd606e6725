"""People of the provider come, are invited, are stopped: each an event of their `person/<name>` stream."""

from datetime import datetime

from sagwan.desk.people import values
from sagwan.desk.people.errors import PeopleRefused, UnknownPerson
from sagwan.desk.people.invitations import DAYS, invite
from sagwan.desk.people.models import Person
from sagwan.desk.people.projection import PEOPLE
from sagwan.desk.people.queries import Staff
from sagwan.desk.people.roles import GUARDS, MANAGERS, STAFF, Role
from sagwan.desk.people.scribe import scribe
from sagwan.desk.setup import Desk
from sagwan.record.request import clean

ROLES = STAFF


def add_person(
    desk: Desk,
    *,
    name: str,
    full_name: str,
    roles: tuple[str, ...],
    email: str = "",
    actor: str,
    at: datetime,
) -> None:
    """Record a new person of the provider; raise UnknownPerson where the name is taken or a role is none.

    Who may do so is the caller's to check: a home's first people are added by nobody who is known.
    """
    name = values.person_name(name)
    for role in roles:
        if role not in ROLES:
            raise UnknownPerson(f"{role!r} is not a role", hint=f"roles: {', '.join(ROLES)}")
    if not roles:
        raise UnknownPerson(f"{name} would have no role", hint=f"roles: {', '.join(ROLES)}")
    full_name = clean(full_name, "full name", longest=100)
    address = values.mail_address(email) if email else ""
    public = {"name": name, "full_name": full_name, "roles": sorted(str(role) for role in roles)}
    with scribe(desk, PEOPLE + name, actor=actor, at=at) as pen:
        if Person.objects.filter(name=name).exists():
            raise UnknownPerson(f"there is a person {name} already")
        if address and Person.objects.filter(email=address).exists():
            raise PeopleRefused(f"another person has the mail address {address}")
        row = Person()
        row.set_unusable_password()
        pen.person(row, name, "PersonAdded", public, {"email": address} if address else {})


def invite_person(desk: Desk, *, name: str, days: int = DAYS, actor: str, at: datetime) -> str:
    """A new invitation for someone of the provider or an official; return its token, told nowhere else.

    It takes an administrator. An administrator may be invited by whoever can write to the home only while
    no administrator has ever joined: somebody must be the first.
    """
    with scribe(desk, PEOPLE + name, actor=actor, at=at) as pen:
        row = _locked(name)
        if not (row.has_role(Role.ADMINISTRATOR) and not _administrator_joined()):
            Staff().require(actor, MANAGERS, "invite people")
        return invite(pen, row, days)


def suspend_person(desk: Desk, *, name: str, reason: str, actor: str, at: datetime) -> None:
    """Stop a person at once: nobody with a suspended account is signed in. Never the last administrator."""
    with scribe(desk, PEOPLE + name, actor=actor, at=at) as pen:
        row = _locked(name)
        Staff().require(actor, GUARDS if row.is_official else MANAGERS, f"suspend {name}")
        private = {"reason": clean(reason, "reason", longest=2000, lines=True)}
        if row.suspended_at is not None:
            raise PeopleRefused(f"{name} is suspended already, by {row.suspended_by}")
        others = Person.objects.filter(is_active=True).exclude(name=name)
        if row.has_role(Role.ADMINISTRATOR) and not any(p.has_role(Role.ADMINISTRATOR) for p in others):
            raise PeopleRefused(f"{name} is the last administrator", hint="add another one first")
        pen.person(row, name, "PersonSuspended", {}, private)


def lift_person(desk: Desk, *, name: str, reason: str, actor: str, at: datetime) -> None:
    """Let a suspended person in again; not by the one who suspended them, nor by themselves."""
    Staff().require(actor, MANAGERS, "lift a suspension")
    with scribe(desk, PEOPLE + name, actor=actor, at=at) as pen:
        row = _locked(name)
        if row.suspended_at is None:
            raise PeopleRefused(f"{name} is not suspended")
        if actor in (row.suspended_by, name):
            raise PeopleRefused(
                f"{actor} suspended {name} and cannot lift it", hint="another administrator must (four eyes)"
            )
        private = {"reason": clean(reason, "reason", longest=2000, lines=True)}
        pen.person(row, name, "PersonLifted", {}, private)


def _administrator_joined() -> bool:
    joined = Person.objects.filter(joined_at__isnull=False)
    return any(Role.ADMINISTRATOR in person.roles.split(",") for person in joined)


def _locked(name: str) -> Person:
    row = Person.objects.select_for_update(of=("self",)).filter(name=name).first()
    if row is None:
        raise UnknownPerson(f"there is no person {name!r} here", hint="sagwan person list shows them")
    return row
