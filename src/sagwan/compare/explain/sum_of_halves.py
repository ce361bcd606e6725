"""The year's sum printed for one of its halves."""

from collections.abc import Iterator

from sagwan.compare.book import Book
from sagwan.compare.explain.model import Code, Doubt, Explanation, explanation
from sagwan.compare.period import is_half, year_of
from sagwan.compare.totals import over_halves

LEAST = 10
_TEMPLATE = (
    "{source}: {value} for a half-year. {others}: {sum} = {value} over both halves of {year}.",
    "{source}: 반기 수치로 {value}. {others}: {year}년 상·하반기의 합이 {sum} = {value}입니다.",
)


def explain(doubt: Doubt, book: Book) -> Iterator[Explanation]:
    """Yield one where the value of a half equals the sum of both halves of its year, neither of them 0."""
    if doubt.count is None or doubt.count < LEAST or not is_half(doubt.figure.period):
        return
    total = over_halves(doubt.figure, book)
    if total and total.count == doubt.count and all(part.count for part in total.parts):
        yield explanation(
            Code.SUM_OF_HALVES,
            "year",
            doubt,
            total.claims,
            _TEMPLATE,
            lambda _: {"sum": total.sum_text, "year": year_of(doubt.figure.period)},
        )
