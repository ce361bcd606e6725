"""What the queue shows: filters, counts that add up, who works on what; and what slugs are called.

The number of statements is the same however many requests there are.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from sagwan.desk.casework.bands import jurisdictions
from sagwan.desk.casework.models import Case
from sagwan.desk.casework.packs import Packs
from sagwan.desk.casework.projection import NO_CLOCK
from sagwan.desk.casework.queries import Place, Wanted, tally, worklist
from sagwan.desk.casework.roles import TEAM
from sagwan.desk.people.models import Person
from sagwan.desk.setup import Desk
from sagwan.law.citation import Label
from sagwan.record.errors import InvalidValue
from sagwan.record.period import Period
from sagwan.record.state import Stage
from sagwan.record.vocabulary import Mark, Outcome

PAGE = 50
DUE = ("overdue", "day", "week", "today", "soon", "later", "still")
"""Filters by the nearest clock. `overdue`, `day` and `week` say before when it ends: now, in a day, a week.
The parts of the figures, which do not overlap: `overdue`; `today`, what is left of it; `soon`, the six days
after it; `later`; `still`, where no clock runs, or it stands still."""
SHOWN = {"open": True, "over": False, "all": None}


class Names:
    """What the law packs and the home call things, in one language: its own pack's, and those whose bands it
    reports."""

    def __init__(self, desk: Desk, lang: str) -> None:
        self.lang = lang
        self._home = desk.home
        self.zone = desk.home.zone
        self._packs = Packs(desk.home)
        self.pack = self._packs.current(desk.home.jurisdiction)
        others = [self._packs.current(one) for one in jurisdictions(desk.home)]
        packs = [*others, self.pack]  # its own words win
        self._reasons = {reason.slug: reason.label for pack in packs for reason in pack.reasons}
        instruments = [one for pack in packs for one in pack.instruments]
        self._clocks = {rule.slug: rule.label for one in instruments for rule in one.deadlines}
        self._instruments = {one.slug: one.names[-1].label for one in instruments}

    def instrument(self, slug: str) -> str:
        known = self._instruments.get(slug)
        return known.text(self.lang) if known else slug

    def instruments(self) -> list[tuple[str, str]]:
        """(slug, name) of all, in the pack's order."""
        return [(one.slug, one.names[-1].label.text(self.lang)) for one in self.pack.instruments]

    def service(self, slug: str) -> str:
        return self._home.services.get(slug, {}).get(self.lang, slug)

    def services(self) -> list[tuple[str, str]]:
        return [(slug, self.service(slug)) for slug in self._home.services]

    def reason(self, slug: str) -> str:
        return self._text(self._reasons.get(slug), slug)

    def clock(self, slug: str) -> str:
        return self._text(self._clocks.get(slug), slug)

    def _text(self, label: Label | None, slug: str) -> str:
        return label.text(self.lang) if label else slug


@dataclass(frozen=True, slots=True)
class Filters:
    """What the queue is narrowed to, as the address says it; unknown words count as unsaid."""

    shown: str = "open"
    stage: str = ""
    service: str = ""
    instrument: str = ""
    assigned: str = ""
    mark: str = ""
    due: str = ""
    only: str = ""
    outcome: str = ""
    received: str = ""
    resolved: str = ""

    @property
    def query(self) -> str:
        """The part of an address that says the same; '' for the queue as it opens."""
        fresh = Filters()
        return urlencode(
            {name: getattr(self, name) for name in FILTERS if getattr(self, name) != getattr(fresh, name)}
        )

    def wanted(self, now: datetime, zone: ZoneInfo) -> Wanted:
        due_from, due_before = due_range(self.due, now, zone)
        return Wanted(
            is_open=SHOWN[self.shown],
            stage=self.stage,
            service=self.service,
            instrument=self.instrument,
            assigned=self.assigned,
            mark=self.mark,
            due_from=due_from,
            due_before=due_before,
            outcome=self.outcome,
            received_in=half_year(self.received, zone),
            resolved_in=half_year(self.resolved, zone),
            suspected=True if self.only == "suspected" else None,
            unread=True if self.only == "unread" else None,
            open_findings=True if self.only == "findings" else None,
            sender="unconfirmed" if self.only == "unconfirmed" else "",
        )


def due_range(word: str, now: datetime, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
    """From when, and before when, the nearest clock of what a filter shows ends; None does not narrow."""
    midnight = datetime.combine(now.astimezone(zone).date() + timedelta(days=1), time(), zone)
    week = midnight + timedelta(days=6)
    ranges = {
        "overdue": (None, now),
        "day": (None, now + timedelta(days=1)),
        "week": (None, now + timedelta(days=7)),
        "today": (now, midnight),
        "soon": (midnight, week),
        "later": (week, NO_CLOCK),
        "still": (NO_CLOCK, None),
    }
    return ranges.get(word, (None, None))


def half_year(text: str, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
    """The first instant of a half-year and that of the next; None where the text names none."""
    if not text:
        return None
    period = Period.parse(text)
    return period.previous.end(zone), period.end(zone)


def half_years(desk: Desk, now: datetime) -> list[Period]:
    """The half-years from the first request's to the one that runs, in order."""
    first = Case.objects.order_by("received_at").values_list("received_at", flat=True).first()
    last = Period.containing(now, desk.home.zone)
    found = [Period.containing(first, desk.home.zone) if first is not None and first < now else last]
    while found[-1] < last:
        found.append(found[-1].next)
    return found


FILTERS = tuple(Filters.__dataclass_fields__)
ONLY = ("unread", "findings", "unconfirmed", "suspected")


def filters_from(values: Mapping[str, str], names: Names) -> Filters:
    """The filters that an address names."""
    known = {
        "shown": tuple(SHOWN),
        "stage": tuple(map(str, Stage)),
        "service": tuple(slug for slug, _ in names.services()),
        "instrument": tuple(slug for slug, _ in names.instruments()),
        "mark": tuple(map(str, Mark)),
        "due": tuple(DUE),
        "only": ONLY,
        "outcome": tuple(map(str, Outcome)),
    }
    found = Filters()
    for name in FILTERS:
        value = values.get(name, "")[:80]
        if name in ("received", "resolved") and not _is_period(value):
            continue
        if value and value in known.get(name, (value,)):
            found = replace(found, **{name: value})
    return found


def _is_period(text: str) -> bool:
    try:
        return Period.parse(text).year > 1900
    except InvalidValue:
        return False


@dataclass(frozen=True, slots=True)
class Row:
    """One request in the queue. `left` is the time until its nearest clock ends, negative once it has.
    `waited`: of an emergency that nobody has answered, how long."""

    case: Case
    marks: tuple[str, ...]
    duty: str
    left: timedelta | None
    waited: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of the queue. `stages` counts what the filters let through, and adds up to `total`."""

    rows: tuple[Row, ...]
    total: int
    stages: tuple[tuple[str, int], ...]
    next: str = ""
    people: tuple[tuple[str, str], ...] = field(default=())


def queue_page(names: Names, filters: Filters, *, after: str, now: datetime) -> Queue:
    """The page after the place that `after` names ('' is the first), what is due first first."""
    wanted = filters.wanted(now, names.zone)
    found = worklist(wanted, after=read_place(after), limit=PAGE + 1)
    counts = tally(wanted, "stage")
    stages = tuple((str(stage), counts[(str(stage),)]) for stage in Stage if (str(stage),) in counts)
    more = len(found) > PAGE
    return Queue(
        rows=tuple(_row(case, names, now) for case in found[:PAGE]),
        total=sum(counts.values()),
        stages=stages,
        next=place_of(found[PAGE - 1]) if more else "",
        people=team(),
    )


def _row(case: Case, names: Names, now: datetime) -> Row:
    left = None if case.next_due is None else case.next_due - now
    marks = tuple(filter(None, case.marks.split(",")))
    waited = unanswered(marks, case.first_answer_at or case.resolved_at, case.received_at, now)
    return Row(case, marks, names.clock(case.next_duty), left, waited)


def unanswered(
    marks: Collection[str], answered: datetime | None, received: datetime, now: datetime
) -> timedelta | None:
    """How long an emergency has waited; None for what is none, or has its first answer."""
    return now - received if Mark.EMERGENCY in marks and answered is None else None


def rows_of(numbers: list[str], names: Names, now: datetime) -> tuple[Row, ...]:
    """The requests of these numbers, what is due first first; at most a page."""
    found = worklist(Wanted(is_open=None, numbers=numbers), limit=PAGE)
    return tuple(_row(case, names, now) for case in found)


def place_of(case: Case) -> str:
    """A case's place in the queue, for an address; a case without a clock stands at `-`."""
    at = "-" if case.queue_at == NO_CLOCK else case.queue_at.astimezone(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    return f"{at}_{case.number}"


def read_place(text: str) -> Place | None:
    """The place that an address names; None where it names none."""
    at, _, number = text.partition("_")
    if at == "-":
        return NO_CLOCK, number
    try:
        return datetime.strptime(at, "%Y%m%dT%H%M%S.%fZ").replace(tzinfo=UTC), number
    except ValueError:
        return None


def team() -> tuple[tuple[str, str], ...]:
    """(name, full name) of those who can be given a request."""
    rows = Person.objects.filter(is_active=True).order_by("full_name", "name")
    return tuple((row.name, row.full_name or row.name) for row in rows if row.has_role(*TEAM))
