"""What each query must give, in plain Python: slow, short, judged by eye; engines are tested against it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from sagwan.compare.claim import Claim
from sagwan.compare.figure import ALL_SERVICES, JOINT, Figure
from sagwan.compare.period import halves_of, is_half, year_of
from sagwan.compare.store.queries import Result, result
from sagwan.compare.value import AVERAGE, PERCENT, Missing, Number, bounds

_NOT_ADDED = (PERCENT, AVERAGE)
Rows = Iterable[tuple[object, ...]]


class _Row(NamedTuple):
    """A claim and its ends, None where it has no number."""

    claim: Claim
    key: str
    low: Number | None
    high: Number | None


class _Stands(NamedTuple):
    """What stands for a figure."""

    claim: Claim
    low: Number
    high: Number


class ReferenceEngine:
    """The queries over claims in memory."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._rows = [_Row(claim, str(claim.figure), *_ends(claim)) for claim in claims]

    def run(self, name: str) -> Result:
        """Run a query by its name; raises KeyError for one that is not there."""
        columns, query = _QUERIES[name]
        return result(columns.split(), query(self._rows))

    def close(self) -> None:
        """Nothing is held."""


def _ends(claim: Claim) -> tuple[Number | None, Number | None]:
    """Both ends as the Parquet file has them."""
    return (None, None) if isinstance(claim.read, Missing) else bounds(claim.read)


def _groups(
    rows: Iterable[_Row], key: Callable[[_Row], tuple[str, ...]]
) -> Iterator[tuple[tuple[str, ...], list[_Row]]]:
    for group, members in groupby(sorted(rows, key=key), key):
        yield group, list(members)


def _standing(rows: Iterable[_Row]) -> dict[Figure, _Stands]:
    found: dict[Figure, tuple[tuple[int, int, str], _Stands]] = {}
    for row in rows:
        if row.low is None or row.high is None:
            continue
        claim = row.claim
        order = (claim.source_kind.rank, -claim.last_day.toordinal(), claim.id)
        if claim.figure not in found or order < found[claim.figure][0]:
            found[claim.figure] = order, _Stands(claim, row.low, row.high)
    return {figure: one for figure, (_, one) in found.items()}


def standing(rows: Sequence[_Row]) -> Rows:
    for one in sorted(_standing(rows).values(), key=lambda one: str(one.claim.figure)):
        figure = one.claim.figure
        yield one.claim.id, str(figure), *_dimensions(figure), one.claim.unit, one.low, one.high


def _dimensions(figure: Figure) -> tuple[str, ...]:
    return tuple(figure.to_json().values())


def editions(rows: Sequence[_Row]) -> Rows:
    def key(row: _Row) -> tuple[str, ...]:
        claim = row.claim
        return claim.provider, claim.source_publisher, claim.source_date, claim.edition

    for group, members in _groups(rows, key):
        claims = [row.claim for row in members]
        periods = [claim.period for claim in claims]
        places = {claim.jurisdiction for claim in claims}
        yield *group, len(claims), len(places), min(periods), max(periods)


def coverage(rows: Sequence[_Row]) -> Rows:
    def key(row: _Row) -> tuple[str, ...]:
        return row.claim.provider, row.claim.service, row.claim.jurisdiction, row.claim.period

    for group, members in _groups(rows, key):
        numbered = {row.key for row in members if row.low is not None}
        yield *group, len(members), len({row.key for row in members}), len(numbered)


def states(rows: Sequence[_Row]) -> Rows:
    for group, members in _groups(rows, lambda row: (row.claim.provider, row.claim.read.code.value)):
        yield *group, len(members)


def figures(rows: Sequence[_Row]) -> Rows:
    for (figure,), members in _groups(rows, lambda row: (row.key,)):
        lows = [row.low for row in members if row.low is not None]
        highs = [row.high for row in members if row.high is not None]
        voices = {row.claim.voice for row in members}
        yield figure, len(members), len(voices), len(lows), min(lows, default=None), max(highs, default=None)


def contested(rows: Sequence[_Row]) -> Rows:
    for (figure,), members in _groups(rows, lambda row: (row.key,)):
        lows = [row.low for row in members if row.low is not None]
        highs = [row.high for row in members if row.high is not None]
        if lows and max(lows) > min(highs):
            voices = {row.claim.voice for row in members if row.low is not None}
            yield figure, len(voices), min(lows), max(highs)


def restated(rows: Sequence[_Row]) -> Rows:
    told = [row for row in rows if row.low is not None]
    found: list[tuple[str, str, str, str, Number | None, Number | None, Number | None, Number | None]] = []
    for (figure, voice), members in _groups(told, lambda row: (row.key, row.claim.voice)):
        members.sort(key=lambda row: (row.claim.last_day, row.claim.id))
        for before, after in pairwise(members):
            if (before.low, before.high) != (after.low, after.high):
                ends = (before.low, before.high, after.low, after.high)
                found.append((figure, voice, before.claim.id, after.claim.id, *ends))
    return sorted(found, key=lambda row: (row[0], row[1], row[3]))


def years(rows: Sequence[_Row]) -> Rows:
    stands = _standing(rows)
    found = []
    for figure, one in stands.items():
        halves = halves_of(figure.period)
        other = stands.get(figure.in_period(halves[1]))
        if figure.period != halves[0] or other is None or _not_added(one) or _not_added(other):
            continue
        year = figure.in_period(year_of(figure.period))
        printed = stands.get(year)
        ends = (printed.low, printed.high) if printed else (None, None)
        found.append((*_dimensions(year), one.low + other.low, one.high + other.high, *ends))
    return sorted(found, key=lambda row: row[:7])


def changes(rows: Sequence[_Row]) -> Rows:
    stands = _standing(rows)
    found = []
    for figure, now in stands.items():
        if not is_half(figure.period):
            continue
        before = stands.get(figure.in_period(f"{int(figure.period[:4]) - 1:04}{figure.period[4:]}"))
        if before and before.claim.unit == now.claim.unit:
            found.append((*_dimensions(figure), now.low - before.high, now.high - before.low))
    return sorted(found, key=lambda row: row[:7])


def across(rows: Sequence[_Row]) -> Rows:
    def key(one: _Stands) -> tuple[str, ...]:
        figure = one.claim.figure
        return figure.jurisdiction, figure.period, figure.category, figure.metric, one.claim.unit

    parts = sorted((one for one in _standing(rows).values() if _is_addend(one)), key=key)
    for group, members in groupby(parts, key):
        ends = [(one.low, one.high) for one in members]
        yield *group, len(ends), sum(low for low, _ in ends), sum(high for _, high in ends)


def _is_addend(one: _Stands) -> bool:
    figure = one.claim.figure
    alone = figure.service != ALL_SERVICES and JOINT not in figure.provider and figure.provider != "ministry"
    return alone and not figure.part and not _not_added(one)


def _not_added(one: _Stands) -> bool:
    return one.claim.unit in _NOT_ADDED


def unreadable(rows: Sequence[_Row]) -> Rows:
    found = [row for row in rows if row.claim.read.code == "unreadable"]
    for row in sorted(found, key=lambda row: (row.key, row.claim.id)):
        yield row.claim.id, row.key, row.claim.value, row.claim.source_url, row.claim.sheet


_FIGURE = "provider service jurisdiction period category metric part"
_QUERIES: dict[str, tuple[str, Callable[[Sequence[_Row]], Rows]]] = {
    "across": ("jurisdiction period category metric unit services low high", across),
    "changes": (f"{_FIGURE} low high", changes),
    "contested": ("figure voices least greatest", contested),
    "coverage": (
        "provider service jurisdiction period claims figures figures_with_number",
        coverage,
    ),
    "editions": (
        "provider source_publisher source_date edition claims jurisdictions first_period last_period",
        editions,
    ),
    "figures": ("figure claims voices numbers least greatest", figures),
    "restated": ("figure voice earlier_id id earlier_low earlier_high low high", restated),
    "standing": (f"id figure {_FIGURE} unit read_low read_high", standing),
    "states": ("provider state claims", states),
    "unreadable": ("id figure value source_url sheet", unreadable),
    "years": (f"{_FIGURE} low high printed_low printed_high", years),
}
