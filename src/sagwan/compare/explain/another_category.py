"""Another category's value: a row of the source's table slipped by one."""

from collections.abc import Iterator

from sagwan.compare.book import Book
from sagwan.compare.explain.model import (
    Code,
    Doubt,
    Explanation,
    Words,
    alike,
    explanation,
    printed_alike,
)
from sagwan.compare.words import word

LEAST = 100
_TEMPLATE = (
    "{source}: {value} under {category}. {others}: the same {value} under {other_category}; "
    "the source seems to have slipped by a row.",
    "{source}: {category} 칸에 {value}. {others}: 같은 {value} 값이 {other_category} 칸. "
    "줄이 밀린 것으로 보입니다.",
)


def explain(doubt: Doubt, book: Book) -> Iterator[Explanation]:
    """Yield one for each category, all else alike, to which the value belongs (model.printed_alike)."""
    if doubt.count is None or doubt.count < LEAST:
        return
    for figure, same in printed_alike(alike(doubt, "category", book), doubt, book):
        words = _words(doubt.figure.category, figure.category)
        yield explanation(Code.ANOTHER_CATEGORY, figure.category, doubt, same, _TEMPLATE, words)


def _words(category: str, other: str) -> Words:
    return lambda language: {"category": word(category, language), "other_category": word(other, language)}
