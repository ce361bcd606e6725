"""Who may do what."""

from collections.abc import Iterable

from sagwan.desk.people.actions import UnknownPerson
from sagwan.desk.people.models import Person


class Staff:
    """The people of one home, read once for many steps."""

    def __init__(self) -> None:
        self._people = {person.name: person for person in Person.objects.all()}

    def require(self, name: str, roles: Iterable[str], what: str) -> None:
        """Raise UnknownPerson unless `name` is a person with one of `roles`."""
        person = self._people.get(name)
        if person is None or not person.is_active:
            raise UnknownPerson(
                f"there is no person {name!r} here",
                hint=f"people: {', '.join(sorted(self._people)) or 'none yet'}",
            )
        if not person.has_role(*roles):
            raise UnknownPerson(
                f"{name} may not {what}",
                hint=f"it takes the role {' or '.join(roles)}; {name} has {person.roles}",
            )

    def names(self) -> list[str]:
        return sorted(self._people)
