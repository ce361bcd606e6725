"""Pages over the years: one series, a provider in a country, a provider, all providers."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sagwan.compare.measures import (
    accounts_per_processed,
    accounts_per_request,
    compliance_rate,
    display_ratio,
)
from sagwan.compare.result import Reconciled
from sagwan.compare.series import Mark, Series, Subject, counts_asked, definitions, marks_of, told_by
from sagwan.compare.site import addresses
from sagwan.compare.site.terms import country
from sagwan.compare.site.view import View, is_disputed, metric_word
from sagwan.compare.site.whole import Whole, short, tongue
from sagwan.compare.value import bounds
from sagwan.pages import N_, Page, translator
from sagwan.pages.lines import Dot, Line, LineDrawing, draw_lines

FIRST = ("requested", "processed", "refused", "compliance-percent", "accounts")
RAISED = "raised "
CHARTS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("requests", (("requested", "asked"), ("processed", "done"), ("documents", "asked"))),
    ("accounts", (("accounts", "people"), ("numbers", "people"))),
)
TITLES = {
    "requests": N_("Requests, half-year by half-year"),
    "accounts": N_("Accounts, half-year by half-year"),
}


def pages(whole: Whole) -> Iterator[Page]:
    yield Page(
        addresses.PROVIDERS, "compare/providers.html", lambda lang: _providers(whole, lang), script=True
    )
    for provider in whole.providers:
        yield _provider_page(whole, provider)
        for code in _countries(whole, provider):
            yield _country_page(whole, provider, code)
    for subject in whole.shelf.subjects:
        yield _series_page(whole, subject)


def _page(path: str, template: str, context: Callable[[str], Mapping[str, Any]]) -> Page:
    return Page(path, f"compare/{template}.html", context, script=True)


def _countries(whole: Whole, provider: str) -> list[str]:
    return sorted({s.jurisdiction for s in whole.shelf.subjects if s.provider == provider})


def _series_page(whole: Whole, subject: Subject) -> Page:
    def context(lang: str) -> Mapping[str, Any]:
        marks = _marks(whole, subject, lang)
        return {
            **whole.common(lang),
            **_names(whole, subject, lang),
            "charts": charts(whole, subject, lang, marks),
            "marks": marks,
            "provider_href": _home(subject),
            "definition": _definition(subject.provider, lang),
            **_table(whole, subject, lang),
        }

    path = addresses.series_page(subject.provider, subject.service, subject.jurisdiction, subject.category)
    return _page(path, "series", context)


def _home(subject: Subject) -> str:
    """The page above a series: its provider's, or the country's for several providers together."""
    if "+" in subject.provider:
        return addresses.country_page(subject.jurisdiction)
    return addresses.provider_country_page(subject.provider, subject.jurisdiction)


def _names(whole: Whole, subject: Subject, lang: str) -> dict[str, Any]:
    services, category = whole.labels, subject.category
    provider = services.provider(subject.provider, lang)
    return {
        "provider": provider,
        "service": provider if subject.service == "all" else services.service(subject.service, lang),
        "category": services.instrument(category, lang) if category else "",
        "country": country(subject.jurisdiction, lang),
    }


def charts(whole: Whole, subject: Subject, lang: str, marks: Sequence[View] = ()) -> list[View]:
    """The subject's charts: requests and accounts, each where a value is known."""
    found: list[View] = []
    for name, kinds in CHARTS:
        series = [(whole.shelf.series(subject, metric), kind) for metric, kind in kinds]
        shown = [(one, kind) for one, kind in series if one.is_known]
        if shown:
            title = translator(lang).gettext(TITLES[name])
            found.append({"name": name, "title": title, "drawing": _draw(whole, subject, shown, lang, marks)})
    return found


def _draw(
    whole: Whole, subject: Subject, shown: Sequence[tuple[Series, str]], lang: str, marks: Sequence[View]
) -> LineDrawing:
    lines = [
        Line(_line_name(one, lang), kind, [dot(point.item) for point in one.points]) for one, kind in shown
    ]
    placed = {period: mark["number"] for mark in reversed(marks) for period in mark["periods"]}
    return draw_lines(whole.shelf.periods(subject), lines, list(placed.items()))


def _line_name(series: Series, lang: str) -> str:
    figure = series.figure
    if figure.metric == "accounts":
        asked = counts_asked(figure.provider)
        return translator(lang).gettext(N_("accounts asked for") if asked else N_("accounts disclosed"))
    return metric_word(figure.metric, tongue(lang))


def dot(item: Reconciled | None) -> Dot | None:
    if item is None or item.value is None:
        return None
    low, high = bounds(item.value)
    return Dot(int(low), int(high), is_disputed(item))


def _marks(whole: Whole, subject: Subject, lang: str) -> list[View]:
    """The reviewed events of the subject, and what its own figures tell, in order of time.

    Marks of one half-year share a number; so do all raised bands, which one entry explains.
    """
    items = [
        item for metric in whole.shelf.metrics(subject) for item in whole.shelf.series(subject, metric).items
    ]
    told = sorted(filter(None, map(told_by, items)), key=lambda mark: (mark.period, mark.id))
    raised = [mark for mark in told if mark.id.startswith(RAISED)]
    events = [*marks_of(item.figure for item in items), *(mark for mark in told if mark not in raised)]
    groups: dict[str, list[Mark]] = {}
    for mark in sorted(events, key=lambda mark: (mark.period, mark.date == "", mark.id)):
        groups.setdefault(mark.period, []).append(mark)
    views = [
        _mark_view([mark], number, lang) for number, group in enumerate(groups.values(), 1) for mark in group
    ]
    return [*views, _mark_view(raised, len(groups) + 1, lang)] if raised else views


def _mark_view(marks: Sequence[Mark], number: int, lang: str) -> View:
    """Marks that say the same of several half-years as one entry: the first one's text stands for all."""
    periods = list(dict.fromkeys(mark.period for mark in marks))
    sources = dict.fromkeys(source for mark in marks for source in mark.sources)
    return {
        "number": number,
        "period": marks[0].period,
        "periods": periods,
        "date": marks[0].date,
        "text": marks[0].text[tongue(lang)],
        "sources": [address for address in map(addresses.link, sources) if address],
    }


def _table(whole: Whole, subject: Subject, lang: str) -> dict[str, Any]:
    """The series as rows: every metric that is printed, and what follows from them."""
    metrics = whole.shelf.metrics(subject)
    order = [metric for metric in FIRST if metric in metrics]
    order += sorted(metrics - set(order))
    columns = {metric: whole.shelf.series(subject, metric) for metric in order}
    rows = []
    for place, period in enumerate(whole.shelf.periods(subject)):
        cells = {metric: columns[metric].points[place].item for metric in order}
        rows.append(
            {
                "period": period,
                "cells": [short(cells[metric]) for metric in order],
                "rate": _rate(cells),
                "each": _each(subject, cells),
            }
        )
    return {
        "heads": [metric_word(metric, tongue(lang)) for metric in order],
        "rows": rows,
        "has_rate": any(row["rate"] for row in rows),
        "has_each": any(row["each"] for row in rows),
        "asked": counts_asked(subject.provider),
    }


def _rate(cells: Mapping[str, Reconciled | None]) -> str:
    asked, done = (_value(cells, metric) for metric in ("requested", "processed"))
    if asked is None or done is None:
        return ""
    return display_ratio(compliance_rate(asked, done), places=1, percent=True)


def _each(subject: Subject, cells: Mapping[str, Reconciled | None]) -> str:
    """Accounts for each request: of those complied with where accounts are disclosed ones, else of all."""
    accounts = _value(cells, "accounts")
    asked = counts_asked(subject.provider)
    whole = _value(cells, "requested" if asked else "processed")
    if accounts is None or whole is None:
        return ""
    ratio = accounts_per_request(accounts, whole) if asked else accounts_per_processed(accounts, whole)
    return display_ratio(ratio, places=1)


def _value(cells: Mapping[str, Reconciled | None], metric: str) -> Any:
    item = cells.get(metric)
    return item.value if item else None


def _definition(provider: str, lang: str) -> View | None:
    found = definitions().get(provider)
    if found is None:
        return None
    return {"text": found.text[tongue(lang)], "href": addresses.link(found.source)}


def _country_page(whole: Whole, provider: str, code: str) -> Page:
    def context(lang: str) -> Mapping[str, Any]:
        sections = []
        for subject in whole.subjects(provider, code):
            marks = _marks(whole, subject, lang)
            drawn = charts(whole, subject, lang, marks)
            if drawn:
                names = _names(whole, subject, lang)
                href = addresses.series_page(provider, subject.service, code, subject.category)
                sections.append(
                    {**names, "href": href, "charts": drawn[:1], "latest": _latest(whole, subject)}
                )
        return {
            **whole.common(lang),
            "provider": whole.labels.provider(provider, lang),
            "country": country(code, lang),
            "provider_href": addresses.provider_page(provider),
            "country_href": addresses.country_page(code),
            "sections": sections,
            "definition": _definition(provider, lang),
        }

    return Page(
        addresses.provider_country_page(provider, code), "compare/provider_country.html", context, script=True
    )


def _latest(whole: Whole, subject: Subject) -> View | None:
    """The last half-year with a number of requests."""
    for metric in ("requested", "documents", "accounts", "numbers"):
        known = [p for p in whole.shelf.series(subject, metric).points if p.item and p.value is not None]
        if known:
            return {"period": known[-1].period, "metric": metric, **short(known[-1].item)}
    return None


def _provider_page(whole: Whole, provider: str) -> Page:
    def context(lang: str) -> Mapping[str, Any]:
        mine = [s for s in whole.shelf.subjects if s.provider == provider and provider in definitions()]
        reported = {period for s in mine for period in whole.shelf.periods(s)} & set(whole.halves)
        return {
            **whole.common(lang),
            "provider": whole.labels.provider(provider, lang),
            "definition": _definition(provider, lang),
            "periods": [
                {"period": p, "href": addresses.score_page(p)} for p in sorted(reported, reverse=True)
            ],
            "countries": [_country_row(whole, provider, code, lang) for code in _countries(whole, provider)],
        }

    return _page(addresses.provider_page(provider), "provider", context)


def _country_row(whole: Whole, provider: str, code: str, lang: str) -> View:
    subjects = whole.subjects(provider, code)
    return {
        "name": country(code, lang),
        "href": addresses.provider_country_page(provider, code),
        "series": [
            {
                **_names(whole, subject, lang),
                "href": addresses.series_page(provider, subject.service, code, subject.category),
                "latest": _latest(whole, subject),
            }
            for subject in subjects
        ],
    }


def _providers(whole: Whole, lang: str) -> Mapping[str, Any]:
    rows = []
    for provider in whole.providers:
        subjects = [s for s in whole.shelf.subjects if s.provider == provider]
        periods = sorted({period for s in subjects for period in whole.shelf.periods(s)})
        rows.append(
            {
                "name": whole.labels.provider(provider, lang),
                "href": addresses.provider_page(provider),
                "first": periods[0],
                "last": periods[-1],
                "countries": [
                    {"name": country(code, lang), "href": addresses.provider_country_page(provider, code)}
                    for code in _countries(whole, provider)
                ],
            }
        )
    listed = [{"name": country(c, lang), "href": addresses.country_page(c)} for c in whole.countries]
    periods_ = [{"period": p, **_of_period(p)} for p in reversed(whole.halves)]
    return {**whole.common(lang), "rows": rows, "countries": listed, "periods": periods_}


def _of_period(period: str) -> dict[str, str]:
    return {
        "href": addresses.period_page(period),
        "brief": addresses.brief_page(period),
        "score": addresses.score_page(period),
        "protection": addresses.protection_page(period),
    }
