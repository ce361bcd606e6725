"""Who is told of what falls due: whoever works on the request, else who could; and the official who asked."""

from collections.abc import Collection
from dataclasses import dataclass

from sagwan.desk.people.models import Person
from sagwan.desk.people.roles import Role
from sagwan.desk.tick.agenda import Kind
from sagwan.record.state import State
from sagwan.record.vocabulary import Sender


@dataclass(frozen=True, slots=True)
class Audience:
    """Who hears of a kind: `first` where nobody works on the request, `also` besides whoever does; the
    official who filed it, where that is `official`."""

    first: tuple[Role, ...] = (Role.COUNSEL,)
    also: tuple[Role, ...] = ()
    official: bool = False


_GRAVE = (Role.COUNSEL, Role.APPROVER)
AUDIENCES: dict[Kind, Audience] = {
    Kind.REMINDED: Audience(),
    Kind.FELL_DUE: Audience(also=_GRAVE),
    Kind.STOP: Audience(also=_GRAVE),
    Kind.PAPER_SOON: Audience(official=True),
    Kind.PAPER_LATE: Audience(also=(Role.COUNSEL,), official=True),
    Kind.HOLD_ENDING: Audience(official=True),
    Kind.HOLD_LAPSED: Audience(official=True),
    Kind.ORDER_OVER: Audience(),
    Kind.DEFERRAL_OVER: Audience(),
    Kind.NOTICE_SOON: Audience(),
    Kind.NOTICE_DUE: Audience(also=_GRAVE),
    Kind.POLICY: Audience(),
    Kind.DESTRUCTION: Audience(first=(), also=(Role.COUNSEL, Role.ADMINISTRATOR)),
    Kind.VETTING_ENDING: Audience(first=(), also=(Role.ADMINISTRATOR,)),
    Kind.VETTING_OVER: Audience(first=(), also=(Role.ADMINISTRATOR,)),
}


class Directory:
    """The people of one home who may sign in, read once."""

    def __init__(self) -> None:
        self._staff = list(Person.objects.filter(is_active=True).exclude(roles="official").order_by("name"))
        self._officials: dict[str, Person | None] = {}

    def of_request(self, kind: Kind, state: State, filed_by: str) -> list[Person]:
        """Whom an item of a request is told, each once, the provider's people first."""
        audience = AUDIENCES[kind]
        assigned = [person for person in self._staff if person.name == state.assigned]
        found = {person.name: person for person in (assigned or self._with(audience.first))}
        found |= {person.name: person for person in self._with(audience.also)}
        # Whoever forged a request must not learn from us how it goes.
        genuine = not state.suspected_by and state.sender is not Sender.DENIED
        official = self._official(filed_by) if audience.official and genuine else None
        return [*found.values(), *([official] if official else [])]

    def of_house(self, kind: Kind) -> list[Person]:
        """Whom an item is told that belongs to no request."""
        return self._with(AUDIENCES[kind].also)

    def _with(self, roles: Collection[Role]) -> list[Person]:
        return [person for person in self._staff if person.has_role(*roles)] if roles else []

    def _official(self, name: str) -> Person | None:
        if name not in self._officials:
            rows = Person.objects.filter(is_active=True, roles="official", name=name)
            self._officials[name] = rows.first()
        return self._officials[name]
