"""Several rows of one source's table stand a row off: each holds what belongs to another category."""

from collections.abc import Iterator

from sagwan.compare.book import Book
from sagwan.compare.explain.another_category import LEAST
from sagwan.compare.explain.model import Code, Doubt, Explanation, Words, alike, explanation, printed_alike
from sagwan.compare.figure import Figure
from sagwan.compare.reading import Article, articles, is_count, readings
from sagwan.compare.words import Language, amount, word
from sagwan.pages.particles import fill

_TEMPLATE = (
    "{source}: rows of one table stand in the wrong place. {rows} ({others}).",
    "{source}의 표에서 여러 줄이 밀렸습니다. {rows}입니다({others}).",
)
_ROW = (
    "{value} under {category} belongs to {other_category}",
    "{category} 칸의 {value}은(는) {other_category} 값",
)
# How many other rows a sentence names.
MOST_SHOWN = 3
# A doubt, and the category that its value belongs to.
Row = tuple[Doubt, Figure]


def explain(doubt: Doubt, book: Book) -> Iterator[Explanation]:
    """Yield one where the value belongs to another category (model.printed_alike), and where the same article
    prints beside it, under yet another category, a value that does not belong there either."""
    if doubt.count is None or doubt.count < LEAST:
        return
    for figure, same in printed_alike(alike(doubt, "category", book), doubt, book):
        rows = [(doubt, figure), *_others(doubt, book)]
        if len(rows) > 1:
            yield explanation(Code.ROWS_SHIFTED, figure.category, doubt, same, _TEMPLATE, _words(rows))


def _others(doubt: Doubt, book: Book) -> Iterator[Row]:
    """The first of the other rows of the same articles that slipped, each once."""
    table = doubt.figure.under_category("")
    seen: set[Figure] = {doubt.figure}
    for article in sorted(articles(doubt.doubted)):
        for row in _slipped(table, article, book):
            if len(seen) > MOST_SHOWN:
                return
            if row[0].figure not in seen:
                seen.add(row[0].figure)
                yield row


def _slipped(table: Figure, article: Article, book: Book) -> tuple[Row, ...]:
    """Every row of a table in an article that holds what belongs to another."""
    return book.once((_slipped, article, table), lambda: tuple(_find_slipped(table, article, book)))


def _find_slipped(table: Figure, article: Article, book: Book) -> Iterator[Row]:
    for figure, claims in book.printed(article, table).items():
        if figure.under_category("") != table:
            continue
        standing = book.standing(figure)
        for reading in readings(claims):
            if not standing or reading.value == standing.value or not is_count(reading):
                continue
            other = Doubt(figure, reading, standing)
            if other.count is None or other.count < LEAST:
                continue
            for home, _ in printed_alike(alike(other, "category", book), other, book):
                yield other, home
                break


def _words(rows: list[Row]) -> Words:
    return lambda language: {
        "rows": ("; " if language == "en" else ", ").join(_row(*row, language) for row in rows)
    }


def _row(doubt: Doubt, home: Figure, language: Language) -> str:
    english, korean = _ROW
    fields = {
        "value": amount(doubt.doubted.value),
        "category": word(doubt.figure.category, language),
        "other_category": word(home.category, language),
    }
    return fill(korean if language == "ko" else english, fields)
