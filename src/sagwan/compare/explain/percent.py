"""A percentage or an average that the counts beside it do not give."""

from collections.abc import Iterator

from sagwan.compare.book import Book
from sagwan.compare.explain.model import Code, Doubt, Explanation, Words, explanation
from sagwan.compare.ratios import Counts, counts_behind
from sagwan.compare.words import number

_RIVAL = (
    "{source}: {value}. The counts give {sum} = {given} ({others}), which is {other} and not {value}.",
    "{source}: {value}. 건수로 계산하면 {sum} = {given}({others})이므로 {value}이(가) 아니라 {other}입니다.",
)
_ALONE = (
    "{source}: {value}. The counts give {sum} = {given} ({others}).",
    "{source}: {value}. 건수로 계산하면 {sum} = {given}입니다({others}).",
)


def explain(doubt: Doubt, book: Book) -> Iterator[Explanation]:
    """Yield one where the figure is a ratio whose counts are known and do not give the doubted value,
    while they give the one that stands (or, without a rival, where nothing else is printed)."""
    counts = counts_behind(doubt.figure, book)
    if not counts or counts.give(doubt.doubted.value):
        return
    if not doubt.rival:
        yield explanation(Code.PERCENT, "alone", doubt, counts.claims, _ALONE, _words(counts))
    elif counts.give(doubt.standing.value):
        yield explanation(Code.PERCENT, "rival", doubt, counts.claims, _RIVAL, _words(counts))


def _words(counts: Counts) -> Words:
    return lambda _: {"sum": counts.sum_text, "given": number(counts.number)}
