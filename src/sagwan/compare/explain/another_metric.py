"""Another metric's value under this name: what one calls issued, others call processed."""

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

# A one-digit count equals some other one too often to mean anything.
LEAST = 10
_TEMPLATE = (
    "{source}: {value} as “{metric}”. {others}: the same {value} as “{other_metric}”; "
    "the number is that of another column.",
    "{source}: ‘{metric}’ {value}. {others}: 같은 {value} 값이 ‘{other_metric}’. "
    "다른 항목의 수치가 이 이름으로 쓰였습니다.",
)


def explain(doubt: Doubt, book: Book) -> Iterator[Explanation]:
    """Yield one for each metric, all else alike, to which the value belongs (model.printed_alike)."""
    if doubt.count is None or doubt.count < LEAST:
        return
    for figure, same in printed_alike(alike(doubt, "metric", book), doubt, book):
        words = _words(doubt.figure.metric, figure.metric)
        yield explanation(Code.ANOTHER_METRIC, figure.metric, doubt, same, _TEMPLATE, words)


def _words(metric: str, other: str) -> Words:
    return lambda language: {"metric": word(metric, language), "other_metric": word(other, language)}
