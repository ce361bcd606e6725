"""Another population's value: that of a part printed for the whole, or of another service or country."""

from collections.abc import Iterator

from sagwan.compare.book import Book
from sagwan.compare.explain.model import Code, Doubt, Explanation, Words, alike, explanation, printed_alike
from sagwan.compare.figure import Figure
from sagwan.compare.index import Name
from sagwan.compare.words import Language, named, part_name, word

LEAST = 100
_TEMPLATE = (
    "{source}: {value} for {here}. {others}: the same {value} for {there}; the two do not count the same "
    "requests.",
    "{source}: {here}의 수치로 {value}. {others}: 같은 {value} 값이 {there}에 해당합니다. "
    "세는 대상이 다릅니다.",
)
_WHOLE = ("the whole", "전체")
POPULATIONS: tuple[Name, ...] = ("part", "service", "jurisdiction")


def explain(doubt: Doubt, book: Book) -> Iterator[Explanation]:
    """Yield one for each figure of another part (or the whole), service or jurisdiction, all else alike, to
    which the value belongs (model.printed_alike). Sums over services are sum_of_services'."""
    if doubt.count is None or doubt.count < LEAST:
        return
    for name in POPULATIONS:
        figures = (f for f in alike(doubt, name, book) if name != "service" or not f.is_total)
        for figure, same in printed_alike(figures, doubt, book):
            words = _words(name, doubt.figure, figure)
            yield explanation(
                Code.ANOTHER_POPULATION, f"{name}-{_which(name, figure)}", doubt, same, _TEMPLATE, words
            )


def _which(name: Name, figure: Figure) -> str:
    return str(getattr(figure, name)) or "whole"


def _words(name: Name, here: Figure, there: Figure) -> Words:
    return lambda language: {
        "here": _called(name, here, language),
        "there": _called(name, there, language),
    }


def _called(name: Name, figure: Figure, language: Language) -> str:
    if name == "part":
        whole = _WHOLE[1 if language == "ko" else 0]
        return part_name(figure.part, language) if figure.part else whole
    return named(figure.service, language) if name == "service" else word(figure.jurisdiction, language)
