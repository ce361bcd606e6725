"""What fell due by itself with a request, for its page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sagwan.desk.casework.duties import RELEASE_HOLD
from sagwan.desk.tick.agenda import Kind
from sagwan.desk.tick.models import Act
from sagwan.desk.tick.words import NAMES


@dataclass(frozen=True, slots=True)
class Told:
    """One thing: what it was called for (an English message), of which clock ('' for none), who was told."""

    at: datetime
    name: str
    clock: str
    due: datetime
    people: tuple[str, ...]


_CLOCKS = (Kind.REMINDED, Kind.FELL_DUE, Kind.STOP, Kind.PAPER_SOON, Kind.PAPER_LATE)


def told(number: str, clock: Callable[[str], str]) -> list[Told]:
    """What fell due with a request, the newest first; `clock` names a clock by its slug."""
    rows = Act.objects.filter(subject=number).order_by("-at", "-due", "-id")
    return [
        Told(
            at=row.at,
            name=NAMES[Kind(row.kind)],
            clock=clock(row.what) if row.kind in _CLOCKS and row.what != RELEASE_HOLD else "",
            due=row.due,
            people=tuple(row.people.split()),
        )
        for row in rows
    ]
