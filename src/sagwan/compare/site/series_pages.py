"""A series' page: one kind of request of one service over the years, with its charts and what changed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sagwan.compare.figure import Figure
from sagwan.compare.measures import (
    accounts_per_processed,
    accounts_per_request,
    compliance_rate,
    display_ratio,
)
from sagwan.compare.result import Reconciled
from sagwan.compare.series import Mark, Series, Subject, counts_asked, definitions, marks_of, told_by
from sagwan.compare.site import addresses
from sagwan.compare.site.holding import share_text
from sagwan.compare.site.terms import country
from sagwan.compare.site.view import View, is_disputed, metric_word, service_name
from sagwan.compare.site.whole import Whole, short, tongue
from sagwan.compare.value import bounds
from sagwan.pages import N_, Page, translator
from sagwan.pages.lines import Dot, Line, LineDrawing, draw_lines

FIRST = ("requested", "processed", "refused", "compliance-percent", "accounts")
RAISED = "raised "
OUTCOMES = (
    "complied", "partial", "processed", "disclosed-content", "disclosed-non-content-only", "refused",
    "challenged-or-rejected", "no-data", "no-data-provided", "withdrawn",
)  # fmt: skip
"""What became of the requests, as anyone prints it: each a part of those asked."""
REASONS, REASON = "reasons", "reason="
CHARTS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("requests", (("requested", "asked"), ("processed", "done"), ("documents", "asked"))),
    ("accounts", (("accounts", "people"), ("numbers", "people"))),
)
TITLES = {
    "requests": N_("Requests, half-year by half-year"),
    "accounts": N_("Accounts, half-year by half-year"),
}


def pages(whole: Whole) -> Iterator[Page]:
    for subject in whole.shelf.subjects:
        yield _series_page(whole, subject)


def _series_page(whole: Whole, subject: Subject) -> Page:
    def context(lang: str) -> Mapping[str, Any]:
        marks = marks_on(whole, subject, lang)
        return {
            **whole.common(lang),
            **names_of(whole, subject, lang),
            "charts": charts(whole, subject, lang, marks),
            "marks": marks,
            "provider_href": _home(subject),
            "definition": definition_of(subject.provider, lang),
            **_table(whole, subject, lang),
            "outcomes": _outcomes(whole, subject, lang),
            "reasons": _reasons(whole, subject, lang),
        }

    path = addresses.series_page(subject.provider, subject.service, subject.jurisdiction, subject.category)
    return Page(path, "compare/series.html", context, script=True)


def _home(subject: Subject) -> str:
    """The page above a series: its provider's, or the country's for several providers together."""
    if "+" in subject.provider:
        return addresses.country_page(subject.jurisdiction)
    return addresses.provider_country_page(subject.provider, subject.jurisdiction)


def names_of(whole: Whole, subject: Subject, lang: str) -> dict[str, Any]:
    labels, category = whole.labels, subject.category
    return {
        "provider": labels.provider(subject.provider, lang),
        "service": service_name(subject.provider, subject.service, labels, tongue(lang)),
        "category": labels.instrument(category, lang) if category else "",
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


def marks_on(whole: Whole, subject: Subject, lang: str) -> list[View]:
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


def _outcomes(whole: Whole, subject: Subject, lang: str) -> View | None:
    """The share of each outcome in the requests; None where nothing but `processed` is printed."""
    names = [name for name in OUTCOMES if name in whole.shelf.metrics(subject)]
    if not set(names) - {"processed"}:
        return None
    heads = [metric_word(name, tongue(lang)) for name in names]
    return _shares(whole, subject, heads, [subject.figure(name) for name in names])


def _reasons(whole: Whole, subject: Subject, lang: str) -> View | None:
    """Why requests were not complied with in full, as shares of the requests; None where no source says."""
    parts = sorted(
        {
            figure.part
            for figure in whole.parts_of(subject)
            if figure.metric == REASONS and figure.part.startswith(REASON)
        }
    )
    if not parts:
        return None
    heads = [whole.labels.reason(part.removeprefix(REASON), lang) for part in parts]
    return _shares(whole, subject, heads, [Figure(*_place(subject), REASONS, part) for part in parts])


def _place(subject: Subject) -> tuple[str, str, str, str, str]:
    return subject.provider, subject.service, subject.jurisdiction, "", subject.category


def _shares(whole: Whole, subject: Subject, heads: list[str], figures: list[Figure]) -> View | None:
    rows = []
    for period in whole.shelf.periods(subject):
        asked = whole.shelf.at(subject.figure("requested", period))
        items = [whole.shelf.at(figure.in_period(period)) for figure in figures]
        cells = [{**short(item), "text": share_text(item, asked)} for item in items]
        if any(cell["text"] for cell in cells):
            rows.append({"period": period, "cells": cells})
    return {"heads": heads, "rows": rows} if rows else None


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


def definition_of(provider: str, lang: str) -> View | None:
    found = definitions().get(provider)
    if found is None:
        return None
    return {"text": found.text[tongue(lang)], "href": addresses.link(found.source)}
