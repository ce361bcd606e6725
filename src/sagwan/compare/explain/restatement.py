"""A later edition says otherwise: the source, or whoever it copies, restated the figure."""

from collections.abc import Iterator

from sagwan.compare.book import Book
from sagwan.compare.explain.model import Code, Doubt, Explanation, Words, explanation
from sagwan.compare.reading import Reading, restates
from sagwan.compare.words import amount, who

_TEMPLATE = (
    "{earlier_who}: {earlier} ({earlier_date}). {later_who}: {later} ({later_date}). "
    "Every later source differs from every earlier one.",
    "{earlier_who}: {earlier} ({earlier_date}). {later_who}: {later} ({later_date}). "
    "나중 출처는 모두 먼저 나온 출처와 값이 다릅니다.",
)


def explain(doubt: Doubt, book: Book) -> Iterator[Explanation]:
    """Yield one where one reading restates the other by dates and voices (reading.restates)."""
    if not doubt.rival:
        return
    if restates(doubt.standing, doubt.doubted):
        words = _words(doubt.doubted, doubt.standing)
        yield explanation(Code.RESTATEMENT, "earlier", doubt, doubt.standing.claims, _TEMPLATE, words)
    elif _outranked(doubt) and restates(doubt.doubted, doubt.standing):
        words = _words(doubt.standing, doubt.doubted)
        yield explanation(Code.RESTATEMENT, "later", doubt, doubt.standing.claims, _TEMPLATE, words)


def _outranked(doubt: Doubt) -> bool:
    """True where a value that two voices give yields only to a better kind of source. Among equals a
    restatement would stand; one that does not was found wanting, and is no restatement."""
    return len(doubt.doubted.voices) >= 2 and doubt.standing.rank < doubt.doubted.rank


def _words(earlier: Reading, later: Reading) -> Words:
    return lambda language: {
        "earlier": amount(earlier.value),
        "earlier_who": who(earlier.claims, language),
        "earlier_date": max(claim.source_date for claim in earlier.claims),
        "later": amount(later.value),
        "later_who": who(later.claims, language),
        "later_date": max(claim.source_date for claim in later.claims),
    }
