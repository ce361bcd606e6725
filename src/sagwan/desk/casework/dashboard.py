"""The overview's figures: what is open by its clock, what ended how, and how long it took. Nothing private.

Sums are made in the database, in as many statements however many requests there are; medians from one read of
three narrow columns.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case as Either
from django.db.models import Count, F, Q, When

from sagwan.desk.casework.models import Case
from sagwan.desk.casework.screens import due_range, half_year
from sagwan.desk.setup import Desk
from sagwan.record.period import Period
from sagwan.record.vocabulary import Outcome

BUCKETS = ("overdue", "today", "soon", "later", "still")
"""The parts into which clocks divide what is open; the queue has a filter `due` for each."""


@dataclass(frozen=True, slots=True)
class OpenRow:
    """What is open under one instrument, by part; the parts add up to `total`."""

    instrument: str
    parts: dict[str, int]
    total: int


@dataclass(frozen=True, slots=True)
class Open:
    """What is open: rows by instrument, the largest first, and the same of all together."""

    rows: tuple[OpenRow, ...]
    parts: dict[str, int]
    total: int


def open_now(desk: Desk, now: datetime) -> Open:
    """What is open at an instant, by the nearest clock and by instrument; one statement."""
    counts = {part: Count("number", filter=_due(part, desk, now)) for part in BUCKETS}
    found = Case.objects.filter(is_open=True).values("instrument").annotate(total=Count("number"), **counts)
    rows = tuple(
        OpenRow(row["instrument"], {part: row[part] for part in BUCKETS}, row["total"])
        for row in found.order_by("-total", "instrument")
    )
    parts = {part: sum(row.parts[part] for row in rows) for part in BUCKETS}
    return Open(rows, parts, sum(row.total for row in rows))


def _due(part: str, desk: Desk, now: datetime) -> Q:
    since, before = due_range(part, now, desk.home.zone)
    wanted = {"queue_at__gte": since, "queue_at__lt": before}
    return Q(**{name: value for name, value in wanted.items() if value is not None})


@dataclass(frozen=True, slots=True)
class Ended:
    """How what ended in a half-year ended: (outcome, how many) in the vocabulary's order, adding up."""

    outcomes: tuple[tuple[Outcome, int], ...]
    total: int


def ended(desk: Desk, period: Period) -> Ended:
    """What was resolved or withdrawn in a half-year, by outcome as it stands now; one statement."""
    span = _span(desk, period)
    rows = Case.objects.filter(is_open=False, resolved_at__gte=span[0], resolved_at__lt=span[1])
    counts = dict(rows.values_list("outcome").annotate(Count("number")).order_by())
    found = tuple((outcome, counts[str(outcome)]) for outcome in Outcome if counts.get(str(outcome)))
    return Ended(found, sum(count for _, count in found))


@dataclass(frozen=True, slots=True)
class Spread:
    """How long something took, in seconds: of `count` requests, the median, and what nine in ten stayed
    within (nearest rank)."""

    count: int
    median: float
    ninth: float


@dataclass(frozen=True, slots=True)
class Times:
    """For one instrument, '' for all: the time from receipt to the first answer and to the resolution; None
    where there was none in the half-year."""

    instrument: str
    answer: Spread | None
    resolution: Spread | None


def times(desk: Desk, period: Period) -> tuple[Times, ...]:
    """How long first answers and resolutions of a half-year took, all together first; one statement."""
    answers: dict[str, list[float]] = {"": []}
    resolutions: dict[str, list[float]] = {"": []}
    for instrument, answer, resolution in _spans(_span(desk, period)):
        for found, seconds in ((answers, answer), (resolutions, resolution)):
            if seconds is not None:
                found[""].append(seconds)
                found.setdefault(instrument, []).append(seconds)
    return tuple(
        Times(name, spread(answers.get(name, ())), spread(resolutions.get(name, ())))
        for name in sorted({*answers, *resolutions}, key=lambda name: (-len(resolutions.get(name, ())), name))
    )


def spread(seconds: Sequence[float]) -> Spread | None:
    """Median and ninth decile; None of nothing."""
    if not seconds:
        return None
    ordered = sorted(seconds)
    count = len(ordered)
    median = (ordered[(count - 1) // 2] + ordered[count // 2]) / 2
    return Spread(count, median, ordered[-(-9 * count // 10) - 1])


def _spans(span: tuple[datetime, datetime]) -> Iterable[tuple[str, float | None, float | None]]:
    """(instrument, seconds to the first answer, seconds to the resolution) of what happened in the span."""
    answered = Q(first_answer_at__gte=span[0], first_answer_at__lt=span[1])
    resolved = Q(resolved_at__gte=span[0], resolved_at__lt=span[1], is_open=False)
    rows = Case.objects.filter(answered | resolved).order_by()
    return rows.values_list(
        "instrument",
        Either(When(answered, then=F("answer_seconds")), default=None),
        Either(When(resolved, then=F("resolution_seconds")), default=None),
    ).iterator(chunk_size=10_000)


def _span(desk: Desk, period: Period) -> tuple[datetime, datetime]:
    found = half_year(str(period), desk.home.zone)
    if found is None:
        raise ValueError(f"{period} has no span")
    return found
