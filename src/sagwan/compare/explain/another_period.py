"""Another period's value: the half before, the same half a year earlier, or any other."""

from collections.abc import Iterator

from sagwan.compare.book import Book
from sagwan.compare.explain.half_vs_year import year_and_halves
from sagwan.compare.explain.model import Code, Doubt, Explanation, Words, alike, explanation, printed_alike
from sagwan.compare.words import period_name

# Among the many periods of a series small counts recur by chance.
LEAST = 100
_TEMPLATE = (
    "{source}: {value} for {period}. {others}: the same {value} for {other_period}.",
    "{source}: {period}에 {value}. {others}: 같은 {value} 값이 {other_period}에 해당합니다.",
)


def explain(doubt: Doubt, book: Book) -> Iterator[Explanation]:
    """Yield one for each other period, all else alike, to which the value belongs (model.printed_alike);
    a year and its own halves are half_vs_year's."""
    if doubt.count is None or doubt.count < LEAST:
        return
    near = year_and_halves(doubt.figure.period)
    figures = (f for f in alike(doubt, "period", book) if f.period not in near)
    for figure, same in printed_alike(figures, doubt, book):
        words = _words(doubt.figure.period, figure.period)
        yield explanation(Code.ANOTHER_PERIOD, figure.period, doubt, same, _TEMPLATE, words)


def _words(period: str, other: str) -> Words:
    return lambda language: {
        "period": period_name(period, language),
        "other_period": period_name(other, language),
    }
