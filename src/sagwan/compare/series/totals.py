"""A service's total of a country and half-year, over the categories that its provider counts together."""

from dataclasses import dataclass

from sagwan.compare.measures import Sum, add_up
from sagwan.compare.result import Reconciled
from sagwan.compare.series.definitions import Definition, definitions
from sagwan.compare.series.series import Shelf, Subject


@dataclass(frozen=True, slots=True)
class Headline:
    """A total and its parts. `missing` are categories that the provider reports at times, but not here; what
    they would add is not known, so that the sum is then a floor."""

    sum: Sum
    parts: tuple[Reconciled, ...]
    missing: tuple[str, ...] = ()

    @property
    def is_derived(self) -> bool:
        return len(self.parts) > 1


def headline(
    shelf: Shelf, provider: str, service: str, jurisdiction: str, period: str, metric: str
) -> Headline | None:
    """The total of `metric`, or None where the provider has no definition or no figure of it is known."""
    defined = definitions().get(provider)
    if defined is None:
        return None
    return next(filter(None, _totals(shelf, defined, service, jurisdiction, period, metric)), None)


def _totals(
    shelf: Shelf, defined: Definition, service: str, jurisdiction: str, period: str, metric: str
) -> list[Headline | None]:
    return [
        _total(
            shelf, [Subject(defined.provider, service, jurisdiction, name) for name in names], period, metric
        )
        for names in defined.totals
    ]


def _total(shelf: Shelf, subjects: list[Subject], period: str, metric: str) -> Headline | None:
    # A category that the provider never reports for the country takes no part; one it does, leaves a gap.
    used = [subject for subject in subjects if metric in shelf.metrics(subject)]
    items = {subject: shelf.at(subject.figure(metric, period)) for subject in used}
    total = add_up(item.value if item else None for item in items.values())
    if total is None:
        return None
    parts = tuple(item for item in items.values() if item and item.value is not None)
    missing = tuple(s.category for s, item in items.items() if item is None or item.value is None)
    return Headline(total, parts, missing)
