"""Known slips put into figures that stand, and numbers from nowhere: what is found, and what is seen in them.

Each slip is one more paper that prints a figure wrongly, in one known way. Its figure is drawn by lot from
those that a provider prints itself; no rule knows which. A number from nowhere ought to stay unexplained.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from sagwan.compare import Claim, Exact, SourceKind, compare
from sagwan.compare.figure import Figure
from sagwan.compare.measures import year_before
from sagwan.compare.period import halves_of

SEED = 1606
PLACES = "0123456789"
Counts = dict[Figure, int]
Slip = Callable[[Figure, Counts, random.Random], int | None]


@dataclass(frozen=True, slots=True)
class Found:
    """Of `put` slips of a kind: how many were explained by `code` (or, without one, by nothing), and how many
    by another code, alone or besides."""

    kind: str
    code: str
    put: int
    right: int
    wrong: int


def counts_of(claims: Sequence[Claim]) -> Counts:
    """The counts of 100 and more that providers print themselves, one for a figure."""
    return {
        claim.figure: claim.read.number
        for claim in claims
        if claim.source_kind.is_provider and isinstance(claim.read, Exact)
        if isinstance(claim.read.number, int) and claim.read.number >= 100 and claim.unit != "percent"
    }


def measure(claims: Sequence[Claim], each: int = 60, seed: int = SEED) -> Iterator[Found]:
    """One line for each kind of slip, of at most `each` figures."""
    counts = counts_of(claims)
    for kind, (code, slip) in SLIPS.items():
        chance = random.Random(f"{seed}-{kind}")  # noqa: S311  (a measure, not a secret)
        put = list(_put(claims, counts, slip, each, chance))
        results = compare([*claims, *put]).by_key
        right = wrong = 0
        for claim in put:
            codes = {e.code.value for e in results[claim.figure].explanations_of(claim)}
            right += code in codes if code else not codes
            wrong += bool(codes - {code})
        yield Found(kind, code, len(put), right, wrong)


def _put(
    claims: Sequence[Claim], counts: Counts, slip: Slip, each: int, chance: random.Random
) -> Iterator[Claim]:
    done = 0
    for figure in chance.sample(sorted(counts), len(counts)):
        value = slip(figure, counts, chance)
        if value is None or value == counts[figure] or value < 10:
            continue
        yield paper(claims, figure, value, done)
        done += 1
        if done == each:
            return


def paper(claims: Sequence[Claim], figure: Figure, value: int, number: int) -> Claim:
    """One more paper, of a number, that prints a value for a figure."""
    return replace(
        next(claim for claim in claims if claim.source_kind is SourceKind.NEWS),
        **figure.to_json(),
        value=str(value),
        unit="count",
        source_url=f"https://slip.invalid/{number}",
        source_publisher=f"Slip {number}",
        source_date="2026-08-01",
        note="",
    )


def changed(figure: Figure, counts: Counts, chance: random.Random) -> int | None:
    digits = list(str(counts[figure]))
    place = chance.randrange(1, len(digits))
    digits[place] = chance.choice([digit for digit in PLACES if digit != digits[place]])
    return int("".join(digits))


def swapped(figure: Figure, counts: Counts, chance: random.Random) -> int | None:
    digits = list(str(counts[figure]))
    place = chance.randrange(1, len(digits) - 1)
    digits[place : place + 2] = reversed(digits[place : place + 2])
    return int("".join(digits))


def dropped(figure: Figure, counts: Counts, chance: random.Random) -> int | None:
    digits = str(counts[figure])
    place = chance.randrange(1, len(digits))
    return int(digits[:place] + digits[place + 1 :]) if len(digits) > 3 else None


def doubled(figure: Figure, counts: Counts, chance: random.Random) -> int | None:
    digits = str(counts[figure])
    place = chance.randrange(len(digits))
    return int(digits[: place + 1] + digits[place:])


def metric(figure: Figure, counts: Counts, chance: random.Random) -> int | None:
    return _other(figure, counts, chance, "metric")


def category(figure: Figure, counts: Counts, chance: random.Random) -> int | None:
    return _other(figure, counts, chance, "category")


def service(figure: Figure, counts: Counts, chance: random.Random) -> int | None:
    return _other(figure, counts, chance, "service")


def period(figure: Figure, counts: Counts, chance: random.Random) -> int | None:
    return _other(figure, counts, chance, "period")


def _other(figure: Figure, counts: Counts, chance: random.Random, name: str) -> int | None:
    others = [f for f in counts if f != figure and f._replace(**{name: getattr(figure, name)}) == figure]
    return counts[chance.choice(others)] if others else None


def change(figure: Figure, counts: Counts, chance: random.Random) -> int | None:
    before = counts.get(figure.in_period(year_before(figure.period)))
    return abs(counts[figure] - before) if before and abs(counts[figure] - before) >= 100 else None


def halves(figure: Figure, counts: Counts, chance: random.Random) -> int | None:
    first, second = (counts.get(figure.in_period(half)) for half in halves_of(figure.period))
    return first + second if first and second else None


def rounded(figure: Figure, counts: Counts, chance: random.Random) -> int | None:
    value = round(counts[figure], -2)
    return value if value >= 1000 else None


def thousands(figure: Figure, counts: Counts, chance: random.Random) -> int | None:
    value = round(counts[figure] / 1000)
    return value if value % 10 and value >= 10 else None


def nowhere(figure: Figure, counts: Counts, chance: random.Random) -> int | None:
    return max(100, int(counts[figure] * chance.uniform(0.2, 3)))


SLIPS: dict[str, tuple[str, Slip]] = {
    "one digit changed": ("one-digit", changed),
    "two digits swapped": ("one-digit", swapped),
    "one digit dropped": ("one-digit", dropped),
    "one digit doubled": ("one-digit", doubled),
    "another metric's": ("another-metric", metric),
    "another category's": ("another-category", category),
    "another service's": ("another-population", service),
    "another period's": ("another-period", period),
    "the change on the year": ("change-as-total", change),
    "both halves": ("sum-of-halves", halves),
    "made round": ("rounding", rounded),
    "in thousands": ("unit", thousands),
    "from nowhere": ("", nowhere),
}
