"""A unit mismatch: counted in thousands, ten thousands or millions, or another thing counted."""

from collections.abc import Iterable, Iterator

from sagwan.compare.book import Book
from sagwan.compare.claim import Claim
from sagwan.compare.explain.model import Code, Doubt, Explanation, Words, explanation, whole
from sagwan.compare.forms import is_rounding
from sagwan.compare.value import Exact
from sagwan.compare.words import word

# Korean prints in 만 (ten thousands), English in thousands and millions.
FACTORS = (1_000, 10_000, 1_000_000)
LEAST = 10
# The names of things that one request can hold several of, or that hold several requests.
THINGS = frozenset({"accounts", "customers", "devices", "documents", "letters", "numbers", "requests"})
_FACTOR = (
    "{source}: {value}; {others}: {other}. One is counted in units of {factor}.",
    "{source}: {value}, {others}: {other}. 한쪽은 {factor} 단위로 적었습니다.",
)
_THING = (
    "{source}: {value}, counted in {here}. {others}: {other}, counted in {there}.",
    "{source}: {here} 기준 {value}. {others}: {there} 기준 {other}.",
)


def explain(doubt: Doubt, book: Book) -> Iterator[Explanation]:
    """Yield one where one value is the other in thousands, ten thousands or millions, made round or not, and
    one where the two are printed under units that count different things."""
    value, other = doubt.count, whole(doubt.standing.value)
    if value is None or other is None or not doubt.rival:
        return
    if factor := _factor(value, other):
        words = _words(factor=f"{factor:,}")
        yield explanation(Code.UNIT, f"factor-{factor}", doubt, doubt.standing.claims, _FACTOR, words)
    here, there = things(doubt.doubted.claims), things(doubt.standing.claims)
    if len(here) == len(there) == 1 and here != there:
        [one], [two] = here, there
        yield explanation(Code.UNIT, one, doubt, doubt.standing.claims, _THING, _things(one, two))


def _factor(value: int, other: int) -> int:
    """How many times greater one is than the other, one of FACTORS; or 0."""
    small, large = sorted((value, other))
    if small < LEAST:
        return 0
    for factor in FACTORS:
        if small * factor == large or is_rounding(Exact(small * factor), Exact(large)):
            return factor
    return 0


def things(claims: Iterable[Claim]) -> frozenset[str]:
    """The things that the claims count, by what they say is counted or else by their units."""
    return frozenset(claim.counted or claim.unit for claim in claims) & THINGS


def _words(**fields: str) -> Words:
    return lambda _: fields


def _things(one: str, two: str) -> Words:
    return lambda language: {"here": word(one, language), "there": word(two, language)}
