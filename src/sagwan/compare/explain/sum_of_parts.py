"""The value is the sum of the parts that are printed of the figure, or of all of them but one."""

from collections.abc import Iterator

from sagwan.compare.book import Book
from sagwan.compare.explain.model import Code, Doubt, Explanation, Words, explanation, whole
from sagwan.compare.totals import Total, over_parts
from sagwan.compare.words import word

LEAST = 100
_SUM = (
    "{source}: {value}, the sum over {name}: {sum} = {value} ({others}). What stands is {other}.",
    "{source}: {value}. {name}별 합 {sum} = {value}입니다({others}). 채택한 값은 {other}입니다.",
)
_LEFT_OUT = (
    "{source}: {value}. {others}: {sum} = {value} for {name} without {left_out}; with it they make {other}.",
    "{source}: {value}. {others}: {name} 가운데 {left_out}을(를) 뺀 합이 {sum} = {value}이며, 모두 더하면 "
    "{other}입니다.",
)


def explain(doubt: Doubt, book: Book) -> Iterator[Explanation]:
    """Yield one where the parts (by authority, by medium; totals.over_parts) add up to the doubted value,
    or where they add up to the standing one and to the doubted one without one of them."""
    if doubt.count is None or doubt.count < LEAST:
        return
    for name, total in over_parts(doubt.figure, book).items():
        if total.count == doubt.count and doubt.rival:
            words = _words(name, total)
            yield explanation(Code.SUM_OF_PARTS, f"sum-{name}", doubt, total.claims, _SUM, words)
        elif total.count == whole(doubt.standing.value):
            yield from _left_out(name, total, doubt)


def _left_out(name: str, total: Total, doubt: Doubt) -> Iterator[Explanation]:
    if len(total.parts) < 3:  # of two parts without one there is no sum left
        return
    for left in total.parts:
        if left.count and total.count - left.count == doubt.count:
            some = Total(tuple(part for part in total.parts if part != left))
            words = _words(name, some, left.figure.part.partition("=")[2])
            yield explanation(Code.SUM_OF_PARTS, f"left-out-{name}", doubt, some.claims, _LEFT_OUT, words)


def _words(name: str, total: Total, left_out: str = "") -> Words:
    return lambda language: {
        "name": word(name, language),
        "sum": total.sum_text,
        "left_out": word(left_out, language),
    }
