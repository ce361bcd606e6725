"""What is seen where there is nothing to see.

Numbers from nowhere, put beside figures that stand, ought to stay unexplained. And in a table with the shape
of the real one in which every number is right, nothing but roundings ought to be in dispute.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from benchmarks.slips import SEED, counts_of, paper

from sagwan.compare import Claim, Code, Exact, Status, compare
from sagwan.compare.figure import ALL_SERVICES, Figure
from sagwan.compare.forms import is_rounding
from sagwan.compare.period import halves_of, is_year
from sagwan.compare.ratios import RATIOS
from sagwan.compare.value import AVERAGE, PERCENT, Missing, Value

Draw = Callable[[int, random.Random], int]
# How many of the requests are complied with, and how many accounts a request names, at most.
MOST_ACCOUNTS = 40


@dataclass(frozen=True, slots=True)
class Seen:
    """Of `put` numbers that nothing explains: how many were explained all the same, and by which codes."""

    kind: str
    put: int
    explained: int
    codes: Counter[str]


def of_as_many_digits(value: int, chance: random.Random) -> int:
    digits = len(str(value))
    return chance.randrange(10 ** (digits - 1), 10**digits)


def of_any_size(value: int, chance: random.Random) -> int:
    return int(10 ** chance.uniform(2, 6))


def near(value: int, chance: random.Random) -> int:
    return max(100, round(value * chance.uniform(0.9, 1.1)))


KINDS: Mapping[str, Draw] = {
    "another number of as many digits": of_as_many_digits,
    "any number to a million": of_any_size,
    "a number within a tenth": near,
}


def from_nowhere(claims: Sequence[Claim], each: int = 500, seed: int = SEED) -> Iterable[Seen]:
    """One line for each kind of number, put beside `each` figures drawn by lot."""
    counts = counts_of(claims)
    for kind, draw in KINDS.items():
        chance = random.Random(f"{seed}-{kind}")  # noqa: S311  (a measure, not a secret)
        figures = chance.sample(sorted(counts), min(each, len(counts)))
        values = {figure: draw(counts[figure], chance) for figure in figures}
        put = [
            paper(claims, figure, value, n)
            for n, (figure, value) in enumerate(values.items())
            if value != counts[figure]
        ]
        results = compare([*claims, *put]).by_key
        codes = [{e.code.value for e in results[c.figure].explanations_of(c)} for c in put]
        yield Seen(kind, len(put), sum(map(bool, codes)), Counter(code for some in codes for code in some))


def in_order(claims: Sequence[Claim], seed: int = SEED) -> tuple[Claim, ...]:
    """The claims with other numbers, all of them right: halves add up to years, services to totals, parts
    stay below their wholes, ratios are those of the counts, and all sources of a figure agree. Who printed
    what stays as it was, and so does what was printed made round, or as a band or blank."""
    chance = random.Random(seed)  # noqa: S311  (a measure, not a secret)
    truth = _Truth({claim.figure for claim in claims}, chance)
    printed: dict[Figure, set[Value]] = {}
    for claim in claims:
        printed.setdefault(claim.figure, set()).add(claim.read)
    return tuple(_said_right(claim, truth, _was_rounded(claim, printed[claim.figure])) for claim in claims)


def _was_rounded(claim: Claim, printed: Iterable[Value]) -> bool:
    return any(
        is_rounding(claim.read, other)
        for other in printed
        if not isinstance(other, Missing) and not isinstance(claim.read, Missing)
    )


def wrongly_seen(claims: Sequence[Claim], seeds: Iterable[int] = range(5)) -> tuple[int, int, int]:
    """How many figures there are in as many tables in order as there are seeds, how many of them are disputed
    for more than rounding, and how many explanations other than rounding are given."""
    figures = disputes = explained = 0
    for seed in seeds:
        comparison = compare(in_order(claims, seed))
        figures += len(comparison.figures)
        disputes += sum(not result.rounding_only for result in comparison.with_status(Status.DISPUTED))
        explained += sum(e.code is not Code.ROUNDING for r in comparison.figures for e in r.explanations)
    return figures, disputes, explained


class _Truth:
    """Counts made up so that all relations between figures hold."""

    def __init__(self, figures: set[Figure], chance: random.Random) -> None:
        self._chance = chance
        self._counts: dict[Figure, int] = {}
        self._services: dict[tuple[str, str], set[str]] = {}
        for figure in figures:
            if figure.category and not figure.is_total:
                self._services.setdefault((figure.provider, figure.jurisdiction), set()).add(figure.service)

    def count(self, figure: Figure) -> int:
        if figure not in self._counts:
            self._counts[figure] = self._made(figure)
        return self._counts[figure]

    def _made(self, figure: Figure) -> int:
        if parts := self._addends(figure):
            return sum(map(self.count, parts))
        if figure.part:  # ten parts at most are printed of a whole
            return self.count(figure._replace(part="")) // 20
        if figure.metric == "issued":
            return self.count(figure.under_metric("requested"))
        if figure.metric == "processed":
            return self.count(figure.under_metric("requested")) * self._chance.randint(60, 99) // 100
        if figure.metric == "accounts":
            return self.count(figure.under_metric("processed")) * self._chance.randint(1, MOST_ACCOUNTS)
        return int(10 ** self._chance.uniform(2, 5))

    def _addends(self, figure: Figure) -> list[Figure]:
        services = [
            (provider, service)
            for provider in figure.providers
            for service in sorted(self._services.get((provider, figure.jurisdiction), ()))
        ]
        if figure.is_total and services and (figure.provider, ALL_SERVICES) not in services:
            return [figure.of_service(*one) for one in services]
        return [figure.in_period(half) for half in halves_of(figure.period)] if is_year(figure.period) else []


def _said_right(claim: Claim, truth: _Truth, rounded: bool) -> Claim:
    read, figure = claim.read, claim.figure
    if not isinstance(read, Exact) or claim.state:
        return claim
    if figure.metric in RATIOS or claim.unit in (PERCENT, AVERAGE):
        return replace(claim, value=_ratio(figure, truth))
    value = truth.count(figure)
    cut = value // 100 * 100
    return replace(claim, value=str(cut if rounded and is_rounding(Exact(cut), Exact(value)) else value))


def _ratio(figure: Figure, truth: _Truth) -> str:
    of, by, times = RATIOS.get(figure.metric, RATIOS["compliance-percent"])
    part, whole = truth.count(figure.under_metric(of)), truth.count(figure.under_metric(by))
    return str(Decimal(int(Fraction(part * times, whole) + Fraction(1, 2)))) if whole else "0"
