"""What ought to be there: the cells of a period that no source fills, and the totals that nobody prints."""

from collections.abc import Container, Iterable, Iterator

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


def gaps(figures: Iterable[Figure], printed: Container[Figure]) -> Iterator[Figure]:
    """The figures of the grid service x instrument x metric that are not `printed`.

    A service is in a half-year's grid as soon as one of its cells is printed for that half-year.
    """
    scopes = {
        (figure.provider, figure.service, figure.jurisdiction, figure.period)
        for figure in figures
        if _in_grid(figure) and not figure.is_total
    }
    cells = (cell for scope in sorted(scopes) for cell in _cells(*scope))
    return (cell for cell in cells if cell not in printed)


def unprinted_totals(figures: Iterable[Figure], book: Book) -> Iterator[tuple[Figure, Total]]:
    """Totals over services that no source prints but whose parts are all known.

    Only for scopes that some source has summed up itself, in whatever period: to add other services up would
    be to claim that they count alike.
    """
    periods: dict[tuple[str, str], set[str]] = {}
    for figure in figures:
        if _in_grid(figure):
            periods.setdefault((figure.provider, figure.jurisdiction), set()).add(figure.period)
    scopes = {(f.provider, f.service, f.jurisdiction, f.providers) for f in book.by_figure if f.is_total}
    for provider, service, jurisdiction, providers in sorted(scopes):
        # Where one of the providers has no cell at all, there is nothing to add up.
        known = [periods.get((one, jurisdiction), set()) for one in providers]
        for period in sorted(set.intersection(*known)):
            for figure in _cells(provider, service, jurisdiction, period):
                if not book.claims(figure) and (total := over_services(figure, book)):
                    yield figure, total


def _cells(provider: str, service: str, jurisdiction: str, period: str) -> Iterator[Figure]:
    for category in INSTRUMENTS:
        for metric in METRICS:
            yield Figure(provider, service, jurisdiction, period, category, metric)


def _in_grid(figure: Figure) -> bool:
    return (
        figure.category in INSTRUMENTS
        and is_half(figure.period)
        and figure.metric in METRICS
        and not figure.part
    )
