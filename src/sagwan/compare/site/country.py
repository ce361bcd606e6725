"""A country's page: how often it asked each service over the years. And Silicon Valley beside Korea."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sagwan.compare.figure import Figure
from sagwan.compare.gaps import INSTRUMENTS
from sagwan.compare.measures import Sum
from sagwan.compare.series import Headline, between, counts_asked, definitions, headline
from sagwan.compare.site import addresses
from sagwan.compare.site.terms import country
from sagwan.compare.site.view import View, is_disputed
from sagwan.compare.site.whole import Whole, short, tongue
from sagwan.pages import N_, Page, translator
from sagwan.pages.lines import Dot, Line, draw_lines

KOREA = "KR"
ABROAD = (
    ("google", "google"),
    ("meta", "facebook-family"),
    ("apple", "apple"),
    ("microsoft", "microsoft"),
)
AT_HOME = (("naver", "naver"), ("kakao", "daum"), ("kakao", "kakao"))
TOGETHER = "naver+kakao"
Service = tuple[str, str]


def pages(whole: Whole) -> Iterator[Page]:
    for code in whole.countries:
        yield Page(addresses.country_page(code), "compare/country.html", _of(whole, code), script=True)
    yield Page(addresses.BESIDE, "compare/beside.html", lambda lang: _beside(whole, lang), script=True)


def _of(whole: Whole, code: str) -> Any:
    def context(lang: str) -> Mapping[str, Any]:
        services = _services(whole, code)
        periods = _span(whole, code, services)
        return {
            **whole.common(lang),
            "country": country(code, lang),
            "services": [
                {
                    "name": whole.labels.service(service, lang),
                    "href": addresses.provider_country_page(provider, code),
                    "definition": definitions()[provider].text[tongue(lang)],
                    "drawing": _drawing(whole, provider, service, code, periods, lang),
                }
                for provider, service in services
            ],
            "others": _others(whole, code, services, lang),
            "rows": _rows(whole, services, code, periods),
        }

    return context


def _services(whole: Whole, code: str) -> list[Service]:
    """The services of which a total over their provider's categories is known in some half-year."""
    found = {
        (s.provider, s.service)
        for s in whole.shelf.subjects
        if s.jurisdiction == code and s.provider in definitions() and s.service != "all"
    }
    return sorted(one for one in found if any(_total(whole, *one, code, p) for p in whole.halves))


def _total(whole: Whole, provider: str, service: str, code: str, period: str) -> Headline | None:
    return headline(whole.shelf, provider, service, code, period, "requested")


def _span(whole: Whole, code: str, services: Sequence[Service]) -> tuple[str, ...]:
    known = [p for p in whole.halves if any(_total(whole, *one, code, p) for one in services)]
    return between(known[0], known[-1]) if known else ()


def _drawing(whole: Whole, provider: str, service: str, code: str, periods: Sequence[str], lang: str) -> Any:
    dots = [_dot(_total(whole, provider, service, code, period)) for period in periods]
    label = translator(lang).gettext(N_("requests received"))
    return draw_lines(periods, [Line(label, "asked", dots)])


def _dot(found: Headline | None) -> Dot | None:
    """A floor is no point: what is missing from it is not known."""
    if found is None or found.sum.high is None:
        return None
    return Dot(int(found.sum.low), int(found.sum.high), any(map(is_disputed, found.parts)))


def _rows(whole: Whole, services: Sequence[Service], code: str, periods: Sequence[str]) -> list[View]:
    return [
        {
            "period": period,
            "cells": [
                {"service": service, **_cell(_total(whole, provider, service, code, period))}
                for provider, service in services
            ],
        }
        for period in periods
    ]


def _cell(found: Headline | None) -> View:
    if found is None:
        return {"value": None, "floor": False, "disputed": False, "formula": "", "href": ""}
    return {
        "value": sum_text(found.sum),
        "floor": found.sum.is_floor,
        "disputed": any(map(is_disputed, found.parts)),
        "formula": _formula(found) if found.is_derived else "",
        "href": addresses.figure_page(found.parts[0].figure) if not found.is_derived else "",
    }


def sum_text(found: Sum) -> str:
    """`1,234`; both ends of a band; of a floor its low end, which a page must call one."""
    if found.high is None or found.is_exact:
        return f"{found.low:,}"
    return f"{found.low:,}–{found.high:,}"


def _formula(found: Headline) -> str:
    return " + ".join(str(short(item)["value"]) for item in found.parts)


def _others(whole: Whole, code: str, services: Sequence[Service], lang: str) -> list[View]:
    """Providers with figures of the country but no total: their pages."""
    known = {provider for provider, _ in services}
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
    periods = [
        p for p in _span(whole, KOREA, columns) if any(_total(whole, *one, KOREA, p) for one in columns)
    ]
    return {
        **whole.common(lang),
        "columns": [_column(whole, provider, service, lang) for provider, service in columns],
        "panels": [
            {
                "title": whole.labels.service(service, lang),
                "id": f"panel-{service}",
                "drawing": _drawing(whole, provider, service, KOREA, periods, lang),
            }
            for provider, service in columns
            if any(_total(whole, provider, service, KOREA, p) for p in periods)
        ],
        "rows": list(reversed(_rows(whole, columns, KOREA, periods))),
        "sums": _sums(whole, lang),
        "users": _users(whole, columns, lang),
    }


def _column(whole: Whole, provider: str, service: str, lang: str) -> View:
    found = definitions()[provider]
    known = any(_total(whole, provider, service, KOREA, period) for period in whole.halves)
    return {
        "name": whole.labels.service(service, lang),
        "known": known,
        "href": addresses.provider_country_page(provider, KOREA) if known else "",
        "definition": found.text[tongue(lang)],
        "source": addresses.link(found.source),
        "asked": counts_asked(provider),
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


def _users(whole: Whole, columns: Sequence[Service], lang: str) -> list[View]:
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
        and (item.figure.provider, item.figure.service) in columns
        and item.value is not None
    ]
