"""A half-year's value printed for the year, or the year's for a half."""

from collections.abc import Iterator

from sagwan.compare.book import Book
from sagwan.compare.claim import Claim
from sagwan.compare.explain.model import (
    Code,
    Doubt,
    Explanation,
    Words,
    alike,
    explanation,
    printed_alike,
)
from sagwan.compare.figure import Figure
from sagwan.compare.period import halves_of, is_half, is_year, year_of
from sagwan.compare.reading import articles
from sagwan.compare.words import period_name, word

LEAST = 10
Home = tuple[Figure, tuple[Claim, ...]]
_TEMPLATE = (
    "{source}: {value} for {period}. {others}: the same {value} for {other_period}.",
    "{source}: {period}에 {value}. {others}: 같은 {value} 값이 {other_period}에 해당합니다.",
)
_BOTH = (
    "{source}: {value} for {period} as “{metric}”, as for “{other_metric}”. {others}: “{other_metric}” "
    "{value} for {other_period}.",
    "{source}: {period} ‘{metric}’도 ‘{other_metric}’도 {value}. {others}: {value}은(는) {other_period} "
    "‘{other_metric}’ 수치입니다.",
)


def explain(doubt: Doubt, book: Book) -> Iterator[Explanation]:
    """Yield one for the year of a half, or each half of a year, to which the value belongs; or, where it
    belongs to none, where the same article prints it under another metric too, to whose half it belongs."""
    if doubt.count is None or doubt.count < LEAST:
        return
    found = list(_belonging(doubt, book))
    for figure, same in found:
        words = _words(doubt.figure, figure)
        yield explanation(Code.HALF_VS_YEAR, figure.period, doubt, same, _TEMPLATE, words)
    for figure, same in () if found else _under_another_metric(doubt, book):
        words = _words(doubt.figure, figure)
        yield explanation(Code.HALF_VS_YEAR, f"{figure.period}-{figure.metric}", doubt, same, _BOTH, words)


def _belonging(doubt: Doubt, book: Book) -> Iterator[Home]:
    figures = (doubt.figure.in_period(other) for other in year_and_halves(doubt.figure.period))
    return printed_alike(figures, doubt, book)


def _under_another_metric(doubt: Doubt, book: Book) -> Iterator[Home]:
    """Where an article gives one number as requested and as processed, and it is one of a half-year's."""
    spoken = articles(doubt.doubted)
    for figure in alike(doubt, "metric", book) if doubt.rival else ():
        standing = book.standing(figure)
        if not standing or standing.value == doubt.doubted.value:
            continue
        for reading in book.readings(figure):
            if reading.value == doubt.doubted.value and spoken & articles(reading):
                yield from _belonging(Doubt(figure, reading, standing), book)


def year_and_halves(period: str) -> tuple[str, ...]:
    """The year of a half-year, or the halves of a year; nothing for a period of another kind."""
    if is_half(period):
        return (year_of(period),)
    return halves_of(period) if is_year(period) else ()


def _words(here: Figure, there: Figure) -> Words:
    return lambda language: {
        "period": period_name(here.period, language),
        "other_period": period_name(there.period, language),
        "metric": word(here.metric, language),
        "other_metric": word(there.metric, language),
    }
