"""Where a person can go, by role."""

from dataclasses import dataclass

from django.urls import reverse

from sagwan.desk.people.models import Person
from sagwan.desk.people.roles import Role
from sagwan.desk.web.i18n import _, translate

ENTRIES: tuple[tuple[str, str, str, tuple[Role, ...]], ...] = (
    ("home", "", _("Overview"), tuple(Role)),
    ("portal", "portal", _("Your requests"), (Role.OFFICIAL,)),
    (
        "queue",
        "request",
        _("Queue"),
        (Role.INTAKE, Role.COUNSEL, Role.APPROVER, Role.AUDITOR),
    ),
    ("intake", "intake", _("Take in"), (Role.INTAKE, Role.COUNSEL)),
    ("audit", "audit", _("Audit"), (Role.AUDITOR,)),
    (
        "figures",
        "figures",
        _("Figures"),
        (Role.INTAKE, Role.COUNSEL, Role.APPROVER, Role.AUDITOR),
    ),
    (
        "destructions",
        "destruction",
        _("Retention"),
        (Role.COUNSEL, Role.APPROVER, Role.AUDITOR, Role.ADMINISTRATOR),
    ),
    ("people", "person", _("People"), (Role.ADMINISTRATOR,)),
    (
        "authorities",
        "authority",
        _("Authorities"),
        (Role.ADMINISTRATOR, Role.APPROVER, Role.COUNSEL, Role.INTAKE),
    ),
)
"""Name of the address, what addresses below it begin with, what it is called, and whose it is."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the navigation; `here` is the page that is shown, or one below it."""

    address: str
    title: str
    here: bool


def menu(person: Person, path: str) -> list[Entry]:
    """The entries for `person`, while `path` is shown."""
    found = []
    for name, below, title, roles in ENTRIES:
        if person.has_role(*roles):
            address = reverse(name)
            here = path == address or (address != "/" and path.startswith((address, f"/{below}/")))
            found.append(Entry(address, translate(str(title)), here))
    return found
