"""The whole observatory: every page that spans periods, beside the pages of each period."""

from collections.abc import Iterator, Mapping
from typing import Any

from sagwan.compare.brief import NothingToTell, view, write_brief
from sagwan.compare.figure import Figure
from sagwan.compare.site import addresses, contradictions, country, provider_pages, scores, series_pages
from sagwan.compare.site.data import files as data_files
from sagwan.compare.site.data import listing as data_listing
from sagwan.compare.site.feed import feeds
from sagwan.compare.site.whole import Whole, tongue
from sagwan.pages import Page


def pages(whole: Whole) -> Iterator[Page]:
    yield from provider_pages.pages(whole)
    yield from series_pages.pages(whole)
    yield from country.pages(whole)
    yield contradictions.page(whole)
    yield from scores.pages(whole)
    yield from _briefs(whole)
    yield Page(addresses.DATA_PAGE, "compare/data.html", lambda lang: _data(whole, lang), script=True)
    yield Page(addresses.ERROR, "compare/error.html", lambda lang: _error(whole, lang), script=True)


def files(whole: Whole) -> Iterator[tuple[str, bytes]]:
    """What lies beside the pages: the tables, their descriptions and the feeds."""
    yield from data_files(whole)
    yield from feeds(whole)


def _briefs(whole: Whole) -> Iterator[Page]:
    for period in whole.halves:
        yield Page(addresses.brief_page(period), "compare/brief.html", _brief(whole, period), script=True)


def _brief(whole: Whole, period: str) -> Any:
    def context(lang: str) -> Mapping[str, Any]:
        try:
            told = view(write_brief(whole.comparison, period, tongue(lang), whole.labels))
        except NothingToTell:
            told = None
        return {**whole.common(lang, period), "period": period, "brief": told, "href": _href}

    return context


def _href(figure: Figure) -> str:
    """From a brief's folder to a figure's page."""
    return f"../{addresses.figure_page(figure)}"


def _data(whole: Whole, lang: str) -> Mapping[str, Any]:
    return {**whole.common(lang), "tables": data_listing(whole, lang)}


def _error(whole: Whole, lang: str) -> Mapping[str, Any]:
    return {**whole.common(lang), "contact": whole.contact}
