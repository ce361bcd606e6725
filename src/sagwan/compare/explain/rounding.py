"""One value is the other made round."""

from collections.abc import Iterator

from sagwan.compare.book import Book
from sagwan.compare.explain.model import Code, Doubt, Explanation, explanation, whole
from sagwan.compare.explain.not_the_sum import sums
from sagwan.compare.forms import is_rounding

_RIVAL = (
    "{source}: {value}, which is {other} made round.",
    "{source}: {value}. {other}의 어림수입니다.",
)
_STANDING = (
    "{source}: {value}; the value that stands, {other}, is the same made round.",
    "{source}: {value}. 채택한 값 {other}은(는) 이 수의 어림수입니다.",
)


def explain(doubt: Doubt, book: Book) -> Iterator[Explanation]:
    """Yield one where either value rounds, or cuts off, to the other (sagwan.compare.forms)."""
    for variant, template, value, of in (
        ("rival", _RIVAL, doubt.doubted.value, doubt.standing.value),
        ("standing", _STANDING, doubt.standing.value, doubt.doubted.value),
    ):
        if is_rounding(value, of) and not (variant == "standing" and _adds_up(doubt, book)):
            yield explanation(Code.ROUNDING, variant, doubt, doubt.standing.claims, template, lambda _: {})


def _adds_up(doubt: Doubt, book: Book) -> bool:
    """True where the value that stands is the sum of its parts to the last digit, and so not made round."""
    return any(total.count == whole(doubt.standing.value) for _, total in sums(doubt, book))
