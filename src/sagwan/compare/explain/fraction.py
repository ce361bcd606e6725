"""The same share printed once as a percentage and once as a fraction of one."""

from collections.abc import Iterator

from sagwan.compare.book import Book
from sagwan.compare.explain.model import Code, Doubt, Explanation, explanation
from sagwan.compare.forms import is_fraction
from sagwan.compare.value import PERCENT

_TEMPLATE = (
    "{source}: {value}. {others}: {other}. One is a fraction of 1, the other a percentage of the same share.",
    "{source}: {value}. {others}: {other}. 같은 비율을 한쪽은 소수로, 다른 쪽은 백분율로 적었습니다.",
)


def explain(doubt: Doubt, book: Book) -> Iterator[Explanation]:
    """Yield one where, of two shares, one is exactly a hundred times the other, and that other below 1."""
    value, other = doubt.doubted.value, doubt.standing.value
    if any(claim.unit != PERCENT for claim in (*doubt.doubted.claims, *doubt.standing.claims)):
        return
    if is_fraction(value, other) or is_fraction(other, value):
        variant = "rival" if is_fraction(value, other) else "standing"
        yield explanation(Code.FRACTION, variant, doubt, doubt.standing.claims, _TEMPLATE, lambda _: {})
