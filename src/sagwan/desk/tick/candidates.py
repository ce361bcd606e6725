"""Which requests a run looks at: those to which something happened, and those whose instant has come."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from sagwan.desk.casework.models import Case
from sagwan.desk.journal import locks
from sagwan.desk.journal.models import Event
from sagwan.desk.journal.queries import REQUESTS
from sagwan.desk.setup import Desk
from sagwan.desk.tick.ledger import DESTRUCTIONS
from sagwan.desk.tick.models import Looked, Wake
from sagwan.desk.vault.bulk import insert_many

AGENDA = 1
"""The version of what an agenda holds; another number lets every request be looked at once more."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """The requests, by number; up to which event they are complete, and under which settings."""

    numbers: tuple[str, ...]
    event: int
    settings: str

    @property
    def total(self) -> int:
        return len(self.numbers)

    def chunks(self, size: int) -> Iterator[list[str]]:
        for start in range(0, len(self.numbers), size):
            yield list(self.numbers[start : start + size])


def find(desk: Desk, now: datetime) -> Candidates:
    """The requests to look at; nothing is changed."""
    settings = _settings(desk)
    with locks.placing():  # else an event with a lower id could become visible later
        event = Event.objects.aggregate(n=Max("id"))["n"] or 0
    looked = Looked.objects.first()
    if looked is None or looked.settings != settings:
        every = Case.objects.order_by("number").values_list("number", flat=True)
        return Candidates(tuple(every), event, settings)
    numbers = set(Wake.objects.filter(at__lte=now).values_list("number", flat=True))
    since = Event.objects.filter(id__gt=looked.event, id__lte=event)
    for prefix in (REQUESTS, DESTRUCTIONS):
        streams = since.filter(stream__startswith=prefix).values_list("stream", flat=True)
        numbers |= {stream.removeprefix(prefix) for stream in streams}
    return Candidates(tuple(sorted(numbers)), event, settings)


def looked(found: Candidates) -> None:
    """Remember that all of them were looked at."""
    Looked.objects.update_or_create(id=1, defaults={"event": found.event, "settings": found.settings})


def wake(instants: Mapping[str, datetime | None]) -> None:
    """Remember when to look at requests again; None: not before something happens to them."""
    asleep = [number for number, at in instants.items() if at is None]
    Wake.objects.filter(number__in=asleep).delete()
    rows = ((number, at) for number, at in instants.items() if at is not None)
    insert_many(Wake, ("number", "at"), rows, key="number")


def forget() -> None:
    """Let the next run look at every request."""
    Wake.objects.all().delete()
    Looked.objects.all().delete()


def _settings(desk: Desk) -> str:
    """SHA-256 of whatever else an agenda depends on."""
    home = desk.home
    values = [AGENDA, home.tick or {}, home.policy or {}, home.time_zone]
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()
