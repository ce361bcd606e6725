"""A half-year's value printed for the year, or the year's for a half."""

from collections.abc import Iterator

from sagwan.compare.book import Book
from sagwan.compare.explain.model import (
    Code,
    Doubt,
    Explanation,
    Words,
    explanation,
    printed_alike,
)
from sagwan.compare.period import halves_of, is_half, is_year, year_of
from sagwan.compare.words import period_name

LEAST = 10
_TEMPLATE = (
    "{source}: {value} for {period}. {others}: the same {value} for {other_period}.",
    "{source}: {period}에 {value}. {others}: 같은 {value} 값이 {other_period}에 해당합니다.",
)


def explain(doubt: Doubt, book: Book) -> Iterator[Explanation]:
    """Yield one for the year of a half, or each half of a year, to which the value belongs."""
    if doubt.count is None or doubt.count < LEAST:
        return
    period = doubt.figure.period
    figures = (doubt.figure.in_period(other) for other in year_and_halves(period))
    for figure, same in printed_alike(figures, doubt, book):
        words = _words(period, figure.period)
        yield explanation(Code.HALF_VS_YEAR, figure.period, doubt, same, _TEMPLATE, words)


def year_and_halves(period: str) -> tuple[str, ...]:
    """The year of a half-year, or the halves of a year; nothing for a period of another kind."""
    if is_half(period):
        return (year_of(period),)
    return halves_of(period) if is_year(period) else ()


def _words(period: str, other: str) -> Words:
    return lambda language: {
        "period": period_name(period, language),
        "other_period": period_name(other, language),
    }
