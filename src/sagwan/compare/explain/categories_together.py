"""Several categories counted together: warrants and confirmation data in one number printed for warrants."""

from collections.abc import Iterator

from sagwan.compare.book import Book
from sagwan.compare.explain.model import Code, Doubt, Explanation, Words, explanation, whole
from sagwan.compare.figure import Figure
from sagwan.compare.totals import Addend, Total, addend
from sagwan.compare.words import word

LEAST = 100
# Of many categories one or another makes up almost any difference.
MOST_CATEGORIES = 6
_TEMPLATE = (
    "{source}: {value} for {category}. {others}: {sum} = {value} for {all} together; {other} is for "
    "{category} alone.",
    "{source}: {category} {value}. {others}: {sum} = {value}은(는) {all}의 합이며, {category}만 세면 "
    "{other}입니다.",
)


def explain(doubt: Doubt, book: Book) -> Iterator[Explanation]:
    """Yield one where the value is what stands together with what stands for one other category, or for all
    others, of the same service; a year's count may be the sum of its halves."""
    count, here = doubt.count, whole(doubt.standing.value)
    if count is None or here is None or not doubt.rival or here < LEAST or count - here < LEAST:
        return
    categories = book.categories(doubt.figure)
    if len(categories) > MOST_CATEGORIES:
        return
    figures = [doubt.figure.under_category(category) for category in categories]
    found = [addend(figure, book) for figure in figures if figure != doubt.figure]
    others = [part for part in found if part and part.count]
    own = Addend(doubt.figure, here, doubt.standing.claims)
    for some in [[part] for part in others] + ([others] if len(others) > 1 else []):
        total = Total((own, *some))
        if total.count == count:
            variant = "with-" + "-".join(part.figure.category for part in some)
            words = _words([part.figure for part in total.parts], total)
            yield explanation(Code.ANOTHER_POPULATION, variant, doubt, total.claims, _TEMPLATE, words)


def _words(figures: list[Figure], total: Total) -> Words:
    return lambda language: {
        "sum": total.sum_text,
        "category": word(figures[0].category, language),
        "all": ", ".join(word(figure.category, language) for figure in figures),
    }
