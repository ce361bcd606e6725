"""What ought to be there: the cells of a period that no source fills, and the totals that nobody prints."""

from collections.abc import Iterable, Iterator

from sagwan.compare.book import Book
from sagwan.compare.figure import Figure
from sagwan.compare.period import is_half
from sagwan.compare.totals import Total, over_services

# The four kinds of request that Korea's providers report on, and what they report of each.
INSTRUMENTS = (
    "search-and-seizure-warrant",
    "communication-restriction",
    "communication-confirmation",
    "subscriber-information",
)
METRICS = ("requested", "processed", "accounts")


def gaps(figures: Iterable[Figure], printed: Iterable[Figure]) -> Iterator[Figure]:
    """The figures of the grid service x instrument x metric that are not `printed`.

    A service is in a half-year's grid as soon as one of its cells is printed for that half-year.
    """
    known = set(printed)
    grid = {
        figure.under_category(category).under_metric(metric)
        for figure in figures
        if _in_grid(figure) and not figure.is_total
        for category in INSTRUMENTS
        for metric in METRICS
    }
    return iter(sorted(grid - known))


def unprinted_totals(figures: Iterable[Figure], book: Book) -> Iterator[tuple[Figure, Total]]:
    """Totals over services that no source prints but whose parts are all known.

    Only for scopes that some source has summed up itself, in whatever period: to add other services up would
    be to claim that they count alike.
    """
    scopes = {
        (figure.provider, figure.service, figure.jurisdiction) for figure in book.by_figure if figure.is_total
    }
    periods = {(figure.jurisdiction, figure.period) for figure in figures if _in_grid(figure)}
    cells = sorted(
        Figure(provider, service, jurisdiction, period, category, metric)
        for provider, service, jurisdiction in scopes
        for country, period in periods
        if country == jurisdiction
        for category in INSTRUMENTS
        for metric in METRICS
    )
    for figure in cells:
        if not book.claims(figure) and (total := over_services(figure, book)):
            yield figure, total


def _in_grid(figure: Figure) -> bool:
    return (
        is_half(figure.period)
        and figure.category in INSTRUMENTS
        and figure.metric in METRICS
        and not figure.part
    )
