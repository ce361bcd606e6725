"""By how much a figure rose or fell, printed as what it was."""

from collections.abc import Iterator

from sagwan.compare.book import Book
from sagwan.compare.explain.model import Code, Doubt, Explanation, Words, explanation, whole
from sagwan.compare.measures.change import half_before, year_before
from sagwan.compare.period import year_of
from sagwan.compare.reading import is_count
from sagwan.compare.words import number, period_name

LEAST = 100
_TEMPLATE = (
    "{source}: {value} for {period}. {others}: {sum} = {value}, which is the change between {earlier} and "
    "{later}, not a total.",
    "{source}: {period}에 {value}. {others}: {sum} = {value}. {earlier}과(와) {later} 사이의 증감이며 "
    "합계가 아닙니다.",
)


def explain(doubt: Doubt, book: Book) -> Iterator[Explanation]:
    """Yield one for each period that is compared with this one, the half-year before or after and the same
    period a year before or after, where the value is the difference of what stands for the two."""
    if doubt.count is None or doubt.count < LEAST or not doubt.rival:
        return
    here = whole(doubt.standing.value)
    if here is None or not is_count(doubt.standing):
        return
    for period in compared(doubt.figure.period):
        figure = doubt.figure.in_period(period)
        there = book.count(figure)
        if not there or there.value == doubt.doubted.value:
            continue
        other = whole(there.value)
        if other and here and abs(here - other) == doubt.count:
            words = _words((doubt.figure.period, here), (figure.period, other))
            against = (*doubt.standing.claims, *there.claims)
            yield explanation(Code.CHANGE_AS_TOTAL, figure.period, doubt, against, _TEMPLATE, words)


def compared(period: str) -> tuple[str, ...]:
    """The periods from which a change is reckoned to this one, or from this one: a year before and after, and
    of a half-year the half before and after. Nothing for a span of days."""
    if "/" in period:
        return ()
    year_after = f"{int(year_of(period)) + 1:04}{period[4:]}"
    year = (year_before(period), year_after)
    if not (before := half_before(period)):
        return year
    # The half before this one, a year later, is the half after it.
    return *year, before, f"{int(year_of(before)) + 1:04}{before[4:]}"


def _words(one: tuple[str, int], two: tuple[str, int]) -> Words:
    (earlier, _), (later, _) = sorted((one, two))
    high, low = sorted((one[1], two[1]), reverse=True)
    return lambda language: {
        "period": period_name(one[0], language),
        "earlier": period_name(earlier, language),
        "later": period_name(later, language),
        "sum": f"{number(high)} \u2212 {number(low)}",
    }
