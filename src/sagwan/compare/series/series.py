"""A series: one thing counted, period by period, with gaps where nothing is known."""

from dataclasses import dataclass

from sagwan.compare.figure import Figure
from sagwan.compare.period import is_half
from sagwan.compare.result import Comparison, Reconciled
from sagwan.compare.value import Stated


@dataclass(frozen=True, slots=True)
class Point:
    """A period of a series; `item` is None where no claim speaks of it: a gap, not 0."""

    period: str
    item: Reconciled | None

    @property
    def value(self) -> Stated | None:
        return self.item.value if self.item else None


@dataclass(frozen=True, slots=True)
class Series:
    """A figure over all half-years from the first to the last that any claim of its subject speaks of."""

    figure: Figure  # its period is empty
    points: tuple[Point, ...]

    @property
    def items(self) -> tuple[Reconciled, ...]:
        return tuple(point.item for point in self.points if point.item)

    @property
    def is_known(self) -> bool:
        return any(point.value is not None for point in self.points)


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is asked, by whom, under what: a service of a provider, a country, a category."""

    provider: str
    service: str
    jurisdiction: str
    category: str

    def figure(self, metric: str, period: str = "") -> Figure:
        return Figure(self.provider, self.service, self.jurisdiction, period, self.category, metric)


class Shelf:
    """The half-yearly figures of a comparison, whole ones only (no parts), by subject. Years stand apart."""

    def __init__(self, comparison: Comparison) -> None:
        self._items = comparison.by_key
        self._periods: dict[Subject, set[str]] = {}
        self._metrics: dict[Subject, set[str]] = {}
        for figure in comparison.by_key:
            if is_half(figure.period) and not figure.part:
                subject = subject_of(figure)
                self._periods.setdefault(subject, set()).add(figure.period)
                self._metrics.setdefault(subject, set()).add(figure.metric)

    @property
    def subjects(self) -> tuple[Subject, ...]:
        return tuple(self._periods)

    def metrics(self, subject: Subject) -> frozenset[str]:
        return frozenset(self._metrics.get(subject, ()))

    def periods(self, subject: Subject) -> tuple[str, ...]:
        """Every half-year from the subject's first to its last, those without a figure included."""
        found = self._periods.get(subject, set())
        return between(min(found), max(found)) if found else ()

    def periods_of(self, provider: str, service: str, jurisdiction: str) -> tuple[str, ...]:
        """Every half-year from the service's first in the country to its last, over all categories."""
        found = {
            period
            for one, periods in self._periods.items()
            if one.category
            and (one.provider, one.service, one.jurisdiction) == (provider, service, jurisdiction)
            for period in periods
        }
        return between(min(found), max(found)) if found else ()

    def at(self, figure: Figure) -> Reconciled | None:
        return self._items.get(figure)

    def series(self, subject: Subject, metric: str) -> Series:
        figure = subject.figure(metric)
        points = (Point(period, self.at(figure.in_period(period))) for period in self.periods(subject))
        return Series(figure, tuple(points))


def subject_of(figure: Figure) -> Subject:
    return Subject(figure.provider, figure.service, figure.jurisdiction, figure.category)


def between(first: str, last: str) -> tuple[str, ...]:
    """Every half-year from one to another, both included, in order."""
    found, period = [first], first
    while period < last:
        year, half = int(period[:4]), period[4:]
        period = f"{year:04}H2" if half == "H1" else f"{year + 1:04}H1"
        found.append(period)
    return tuple(found)
