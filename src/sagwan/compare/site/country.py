"""A country's page: how often it asked each service over the years. And Silicon Valley beside Korea."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sagwan.compare.figure import ALL_SERVICES, Figure
from sagwan.compare.gaps import INSTRUMENTS
from sagwan.compare.series import Headline, Who, between, counts_asked, definitions, headline
from sagwan.compare.site import addresses
from sagwan.compare.site.holding import Columns, national, sentence, slug_of
from sagwan.compare.site.terms import country
from sagwan.compare.site.totals import total_cell
from sagwan.compare.site.view import View, is_disputed, service_name
from sagwan.compare.site.whole import Whole, short, tongue
from sagwan.pages import N_, Page, translator
from sagwan.pages.lines import Dot, Line, draw_lines

KOREA = "KR"
ABROAD = (
    Who("google", "google", KOREA),
    Who("meta", "facebook-family", KOREA),
    Who("apple", "apple", KOREA),
    Who("microsoft", ALL_SERVICES, KOREA),
)
AT_HOME = (Who("naver", "naver", KOREA), Who("kakao", "daum", KOREA), Who("kakao", "kakao", KOREA))
TOGETHER = "naver+kakao"


def pages(whole: Whole) -> Iterator[Page]:
    for code in whole.countries:
        yield Page(addresses.country_page(code), "compare/country.html", _of(whole, code), script=True)
    yield Page(addresses.BESIDE, "compare/beside.html", lambda lang: _beside(whole, lang), script=True)


def _of(whole: Whole, code: str) -> Any:
    services = services_of(whole, code)
    periods = _span(whole, services)

    def context(lang: str) -> Mapping[str, Any]:
        return {
            **whole.common(lang),
            "country": country(code, lang),
            "services": [
                {
                    **_named(whole, who, lang),
                    "href": addresses.provider_country_page(who.provider, code),
                    "definition": definitions()[who.provider].text[tongue(lang)],
                    "drawing": _drawing(whole, who, periods, lang),
                    "lead": sentence(whole, who, periods, lang),
                }
                for who in services
            ],
            "others": _others(whole, code, services, lang),
            "rows": _rows(whole, services, periods),
            "measures": Columns(whole, services, periods).context(lang),
            "national_href": national(whole, code),
        }

    return context


def services_of(whole: Whole, code: str, provider: str = "") -> list[Who]:
    """The services of which a total over their provider's categories is known in some half-year; a provider's
    total over services only where none of its services is counted by itself."""
    found = {
        Who(s.provider, s.service, code)
        for s in whole.shelf.subjects
        if s.jurisdiction == code and s.provider in definitions() and provider in ("", s.provider)
    }
    known = [one for one in found if any(_total(whole, one, period) for period in whole.halves)]
    single = {one.provider for one in known if one.service != ALL_SERVICES}
    return sorted(
        (one for one in known if one.service != ALL_SERVICES or one.provider not in single),
        key=lambda one: (one.provider, one.service != one.provider, one.service),
    )


def _named(whole: Whole, who: Who, lang: str) -> dict[str, str]:
    name = service_name(who.provider, who.service, whole.labels, tongue(lang))
    return {"name": name, "slug": slug_of(who)}


def _total(whole: Whole, who: Who, period: str) -> Headline | None:
    return headline(whole.shelf, who.provider, who.service, who.jurisdiction, period, "requested")


def _span(whole: Whole, services: Sequence[Who]) -> tuple[str, ...]:
    known = [p for p in whole.halves if any(_total(whole, one, p) for one in services)]
    return between(known[0], known[-1]) if known else ()


def _drawing(whole: Whole, who: Who, periods: Sequence[str], lang: str) -> Any:
    dots = [total_dot(_total(whole, who, period)) for period in periods]
    label = translator(lang).gettext(N_("requests received"))
    return draw_lines(periods, [Line(label, "asked", dots)])


def total_dot(found: Headline | None) -> Dot | None:
    """A floor is no point: what is missing from it is not known."""
    if found is None or found.sum.high is None:
        return None
    return Dot(int(found.sum.low), int(found.sum.high), any(map(is_disputed, found.parts)))


def _rows(whole: Whole, services: Sequence[Who], periods: Sequence[str]) -> list[View]:
    """The latest first."""
    return [
        {
            "period": period,
            "cells": [{**total_cell(_total(whole, who, period)), "slug": slug_of(who)} for who in services],
        }
        for period in reversed(periods)
    ]


def _others(whole: Whole, code: str, services: Sequence[Who], lang: str) -> list[View]:
    """Providers with figures of the country but no total: their pages."""
    known = {who.provider for who in services}
    names = {s.provider for s in whole.shelf.subjects if s.jurisdiction == code} - known
    return [
        {
            "name": whole.labels.provider(name, lang),
            "href": addresses.provider_country_page(name, code) if "+" not in name else "",
        }
        for name in sorted(names)
    ]


def _beside(whole: Whole, lang: str) -> Mapping[str, Any]:
    columns = (*ABROAD, *AT_HOME)
    periods = _span(whole, columns)
    return {
        **whole.common(lang),
        "columns": [_column(whole, who, lang) for who in columns],
        "panels": [
            {
                **_named(whole, who, lang),
                "id": f"panel-{slug_of(who)}",
                "drawing": _drawing(whole, who, periods, lang),
            }
            for who in columns
            if any(_total(whole, who, p) for p in periods)
        ],
        "rows": _rows(whole, columns, periods),
        "measures": Columns(whole, columns, periods).context(lang),
        "national_href": national(whole, KOREA),
        "sums": _sums(whole, lang),
        "users": _users(whole, columns, lang),
    }


def _column(whole: Whole, who: Who, lang: str) -> View:
    found = definitions()[who.provider]
    known = any(_total(whole, who, period) for period in whole.halves)
    return {
        **_named(whole, who, lang),
        "known": known,
        "href": addresses.provider_country_page(who.provider, KOREA) if known else "",
        "definition": found.text[tongue(lang)],
        "source": addresses.link(found.source),
        "asked": counts_asked(who.provider),
    }


def _sums(whole: Whole, lang: str) -> list[View]:
    """What Naver and Kakao count together, written out: 50 = 15 + 18 + 17. Latest first."""
    found: list[View] = []
    for period in reversed(whole.halves):
        for instrument in INSTRUMENTS:
            figure = Figure(TOGETHER, "all", KOREA, period, instrument, "processed")
            item = whole.comparison.by_key.get(figure)
            if item and item.total and item.value is not None:
                disputed = bool(whole.comparison.disputed_parts(item)) or is_disputed(item)
                found.append(
                    {
                        "period": period,
                        "instrument": whole.labels.instrument(instrument, lang),
                        **short(item),
                        "disputed": disputed,
                        "formula": item.total.sum_text,
                    }
                )
    return found


def _users(whole: Whole, columns: Sequence[Who], lang: str) -> list[View]:
    """Users and market shares, as sources print them."""
    return [
        {
            "service": whole.labels.service(item.figure.service, lang),
            "metric": item.figure.metric,
            "period": item.figure.period,
            **short(item),
        }
        for item in whole.comparison.figures
        if item.figure.metric in ("users", "market-share")
        and item.figure.jurisdiction == KOREA
        and Who(item.figure.provider, item.figure.service, KOREA) in columns
        and item.value is not None
    ]
