"""People come, change and go: each change an event of their `person/<name>` stream."""

import re
from datetime import datetime

from sagwan.desk.journal.actions import Recorder
from sagwan.desk.journal.locks import writing
from sagwan.desk.people.models import Person
from sagwan.desk.setup import Desk
from sagwan.record.errors import SagwanError
from sagwan.record.request import clean

ROLES = ("intake", "counsel", "approver", "auditor", "administrator")


class UnknownPerson(SagwanError):
    """A name that is nobody's, or whose role does not allow the step."""


def add_person(
    desk: Desk, *, name: str, full_name: str, roles: tuple[str, ...], actor: str, at: datetime
) -> None:
    """Record a new person; raise UnknownPerson where the name is taken or a role is none."""
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,39}", name):
        raise UnknownPerson(f"{name!r} cannot be a person's name", hint="lower-case letters, digits and -")
    for role in roles:
        if role not in ROLES:
            raise UnknownPerson(f"{role!r} is not a role", hint=f"roles: {', '.join(ROLES)}")
    if not roles:
        raise UnknownPerson(f"{name} would have no role", hint=f"roles: {', '.join(ROLES)}")
    full_name = clean(full_name, "full name", longest=100)
    with writing():
        if Person.objects.filter(name=name).exists():
            raise UnknownPerson(f"there is a person {name} already")
        recorder = Recorder(desk)
        public = {"name": name, "full_name": full_name, "roles": sorted(roles)}
        recorder.note(f"person/{name}", "PersonAdded", public, actor=actor, at=at)
        recorder.flush()
        project("PersonAdded", public)


def project(kind: str, public: dict) -> None:
    """Apply a person's event to the projection."""
    if kind == "PersonAdded":
        person = Person(name=public["name"], full_name=public["full_name"], roles=",".join(public["roles"]))
        person.set_unusable_password()
        person.save()
