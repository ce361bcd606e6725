"""Who looked at what: every event of the `access/…` streams, and what is unusual among them.

Nothing here is private: an access event tells of which request, document or production, never what it says.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from sagwan.desk.casework.queries import Look
from sagwan.desk.journal.models import Event
from sagwan.desk.people.models import Person
from sagwan.desk.setup import Desk
from sagwan.law.clocks import start_of

ACCESS = "access/"
PAGE = 100
LONGEST = 92
"""So many days the audit shows at a time."""
MANY, TIMES_USUAL = 30, 3
"""More looks a day than MANY, and than TIMES_USUAL times the usual day of a person, are unusual."""
OTHERS = 5
"""From so many looks a day at requests that were somebody else's on, they are unusual."""
OPENS, CLOSES = 7, 21
"""Hours of the day, in the home's zone, outside which a look is at an odd hour; so are all of a weekend."""
ODD = 3
"""From so many looks a day at odd hours on, they are unusual."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Which access events: by whom, at which request, of which kind, on which days (both included)."""

    since: date
    until: date
    person: str = ""
    request: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Access:
    """One access event; `id` grows with time. `others`: the request was somebody else's at that instant."""

    id: int
    look: Look
    others: bool
    odd: bool

    @property
    def request(self) -> str:
        return str(self.look.details.get("request", ""))


@dataclass(frozen=True, slots=True)
class Day:
    """One person's day: how many looks, at how many requests, how many of them at others' requests and at odd
    hours, and why it is unusual (`many`, `others`, `hours`; empty where it is not)."""

    person: str
    day: date
    looks: int
    requests: int
    others: int
    odd: int
    unusual: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Audit:
    """A page of what was sought, the newest first, and the days of people, the unusual ones first.

    `next` is the id before which the next page begins, 0 where this is the last. `total` counts all.
    """

    rows: tuple[Access, ...]
    total: int
    next: int
    days: tuple[Day, ...]


def audit(desk: Desk, sought: Sought, *, before: int = 0) -> Audit:
    """What was sought; two statements. `before` is the `next` of the page before, 0 for the first."""
    found = list(accesses(desk, sought))
    found.reverse()
    later = [access for access in found if not before or access.id < before]
    rows = tuple(later[:PAGE])
    more = len(later) > PAGE
    return Audit(rows, len(found), rows[-1].id if more else 0, days(found, desk.home.zone))


def accesses(desk: Desk, sought: Sought) -> Iterator[Access]:
    """Every access event that was sought, in the order in which they were written."""
    zone = desk.home.zone
    columns = _events(sought, zone).order_by("id").values_list("id", "at", "actor", "type", "public")
    for id, at, person, kind, public in columns.iterator(chunk_size=5000):
        details = json.loads(public)
        if sought.request and not _concerns(details, sought.request):
            continue  # the number stood somewhere else in the event
        whose = details.get("assigned", "")
        yield Access(id, Look(at, person, kind, details), whose not in ("", person), _is_odd(at, zone))


def _events(sought: Sought, zone: ZoneInfo) -> QuerySet[Event]:
    # Stream by stream, which the index on streams answers; a prefix would read the whole journal.
    names = [sought.person] if sought.person else Person.objects.values_list("name", flat=True)
    rows = Event.objects.filter(
        stream__in=[ACCESS + name for name in names],
        at__gte=start_of(sought.since, zone),
        at__lt=start_of(sought.until + timedelta(days=1), zone),
    )
    if sought.kind:
        rows = rows.filter(type=sought.kind)
    return rows.filter(public__contains=f'"{sought.request}"') if sought.request else rows


def _concerns(details: Mapping[str, object], number: str) -> bool:
    found = details.get("found")
    return details.get("request") == number or (isinstance(found, list) and number in found)


def _is_odd(at: datetime, zone: ZoneInfo) -> bool:
    here = at.astimezone(zone)
    return here.weekday() >= 5 or not OPENS <= here.hour < CLOSES


def days(found: list[Access], zone: ZoneInfo) -> tuple[Day, ...]:
    """The days of people, those with the most reasons and the most looks first."""
    by_day: dict[tuple[str, date], list[Access]] = defaultdict(list)
    for access in found:
        by_day[access.look.person, access.look.at.astimezone(zone).date()].append(access)
    usual: dict[str, list[int]] = defaultdict(list)
    for (person, _), these in by_day.items():
        usual[person].append(len(these))
    rows = [_day(person, day, these, median(usual[person])) for (person, day), these in by_day.items()]
    return tuple(
        sorted(rows, key=lambda row: (-len(row.unusual), -row.looks, -row.day.toordinal(), row.person))
    )


def _day(person: str, day: date, these: list[Access], usual: float) -> Day:
    others = sum(access.others for access in these)
    odd = sum(access.odd for access in these)
    reasons = {
        "many": len(these) > max(MANY, TIMES_USUAL * usual),
        "others": others >= OTHERS,
        "hours": odd >= ODD,
    }
    unusual = tuple(name for name, holds in reasons.items() if holds)
    requests = len({access.request for access in these if access.request})
    return Day(person, day, len(these), requests, others, odd, unusual)


def kinds() -> list[str]:
    """The kinds of access event that there are."""
    rows = Event.objects.filter(
        stream__in=[ACCESS + name for name in Person.objects.values_list("name", flat=True)]
    )
    return sorted(rows.values_list("type", flat=True).distinct().order_by())
