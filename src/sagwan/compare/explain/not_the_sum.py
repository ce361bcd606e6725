"""The parts add up to what stands and not to the rival: whatever slipped, it slipped there."""

from collections.abc import Iterator

from sagwan.compare.book import Book
from sagwan.compare.explain.model import Code, Doubt, Explanation, Words, explanation, whole
from sagwan.compare.forms import same_number
from sagwan.compare.period import is_year
from sagwan.compare.totals import Total, over_halves, over_parts, over_services
from sagwan.compare.words import word

_TEMPLATE = (
    "{source}: {value}. The {name} add up to {other}: {sum} ({others}).",
    "{source}: {value}. {name} 합계는 {sum} = {other}입니다({others}).",
)


def explain(doubt: Doubt, book: Book) -> Iterator[Explanation]:
    """Yield one for each way in which the figure is made of others (services, halves, authorities, media)
    where their sum is the standing value and the rival is neither it nor it made round."""
    if doubt.count is None or not doubt.rival or same_number(doubt.doubted.value, doubt.standing.value):
        return
    for name, total in sums(doubt, book):
        if total.count == whole(doubt.standing.value):
            yield explanation(Code.NOT_THE_SUM, name, doubt, total.claims, _TEMPLATE, _words(name, total))


def sums(doubt: Doubt, book: Book) -> Iterator[tuple[str, Total]]:
    """Every sum that makes up the doubted figure, by the name of its parts."""
    if doubt.figure.is_total and (total := over_services(doubt.figure, book)):
        yield "services", total
    if is_year(doubt.figure.period) and (total := over_halves(doubt.figure, book)):
        yield "halves", total
    yield from over_parts(doubt.figure, book).items()


def _words(name: str, total: Total) -> Words:
    return lambda language: {"name": word(f"{name}:parts", language), "sum": total.sum_text}
