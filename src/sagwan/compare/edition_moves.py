"""Figures that moved between two editions: rows under another name, requests under another kind."""

from collections.abc import Iterator, Sequence

from sagwan.compare.claim import Claim
from sagwan.compare.edition_causes import is_empty
from sagwan.compare.figure import Figure
from sagwan.compare.value import AVERAGE, PERCENT, Exact, Value

# What a row may be renamed in, one at a time. A country only with its printed name kept: two small countries
# with one request each are not one country renamed.
_NAMED = ("service", "category", "part", "jurisdiction")
# A move is taken for one where gain and loss agree this far: Google moved 33 of Russia's 318 requests of
# 2017H1, and the new row says 34.
TOLERANCE = 0.05
LEAST_LOOSE = 10
Row = dict[str, Claim]
Pair = tuple[Claim, Claim]


def renamed(gone: Sequence[Claim], come: Sequence[Claim]) -> list[Pair]:
    """Rows that went and came with the same numbers, under one other name; never where two could be meant."""
    old, new = _rows(gone), _rows(come)
    places: dict[tuple[str, Figure], list[Figure]] = {}
    for figure in new:
        for name in _NAMED:
            places.setdefault((name, _without(figure, name)), []).append(figure)
    found: list[Pair] = []
    taken: set[Figure] = set()
    for figure, row in old.items():
        fits = [
            other
            for name in _NAMED
            for other in places.get((name, _without(figure, name)), ())
            if other not in taken and _is_same_row(row, new[other], name)
        ]
        if len(fits) == 1:
            taken.add(fits[0])
            found += [(claim, new[fits[0]][metric]) for metric, claim in row.items()]
    return found


def _rows(claims: Sequence[Claim]) -> dict[Figure, Row]:
    rows: dict[Figure, Row] = {}
    for claim in claims:
        rows.setdefault(claim.figure.under_metric(""), {})[claim.metric] = claim
    return rows


def _without(figure: Figure, name: str) -> Figure:
    return figure._replace(**{name: ""})


def _is_same_row(one: Row, other: Row, name: str) -> bool:
    if _numbers(one) != _numbers(other) or all(is_empty(claim.read) for claim in one.values()):
        return False
    if name != "jurisdiction":
        return True
    return {c.jurisdiction_printed for c in one.values()} == {c.jurisdiction_printed for c in other.values()}


def _numbers(row: Row) -> dict[str, Value]:
    return {metric: claim.read for metric, claim in row.items()}


def reclassed(
    pairs: Sequence[Pair], gone: Sequence[Claim], come: Sequence[Claim]
) -> dict[str, tuple[Claim, ...]]:
    """The claims that moved between categories, each with those it moved to or from, by the claim's id.

    Of one provider, service, country, period, metric and part, what some categories lost others gained. All
    figures of a row whose count moved moved with it: its accounts, its share.
    """
    moved: dict[str, tuple[Claim, ...]] = {}
    rows: dict[Figure, tuple[Claim, ...]] = {}
    for lost, gained in _moves(pairs, gone, come):
        for claims, others in ((lost, gained), (gained, lost)):
            for claim in claims:
                moved[claim.id] = others
                rows.setdefault(claim.figure.under_metric(""), others)
    for claim in (*(after for _, after in pairs), *gone, *come):
        beside = rows.get(claim.figure.under_metric(""))
        if beside:
            moved.setdefault(claim.id, beside)
    return moved


def _moves(
    pairs: Sequence[Pair], gone: Sequence[Claim], come: Sequence[Claim]
) -> Iterator[tuple[tuple[Claim, ...], tuple[Claim, ...]]]:
    changed: dict[Figure, list[tuple[int, Claim]]] = {}
    steps = [(_step(before, after), after) for before, after in pairs]
    steps += [(_minus(_count(claim)), claim) for claim in gone]
    steps += [(_count(claim), claim) for claim in come]
    for step, claim in steps:
        if step:
            changed.setdefault(claim.figure.under_category(""), []).append((step, claim))
    for group in changed.values():
        lost = [(-step, claim) for step, claim in group if step < 0]
        gained = [(step, claim) for step, claim in group if step > 0]
        if lost and gained and _agree(sum(step for step, _ in lost), sum(step for step, _ in gained)):
            yield tuple(claim for _, claim in lost), tuple(claim for _, claim in gained)


def _step(before: Claim, after: Claim) -> int | None:
    old, new = _count(before), _count(after)
    return None if old is None or new is None else new - old


def _count(claim: Claim) -> int | None:
    """A count that can move: no share, no band; a blank or dash is nothing."""
    if claim.unit in (PERCENT, AVERAGE):
        return None
    if is_empty(claim.read):
        return 0
    number = claim.read.number if isinstance(claim.read, Exact) else None
    return number if isinstance(number, int) else None


def _minus(count: int | None) -> int | None:
    return None if count is None else -count


def _agree(lost: int, gained: int) -> bool:
    if lost < LEAST_LOOSE:
        return lost == gained
    return abs(lost - gained) <= lost * TOLERANCE
