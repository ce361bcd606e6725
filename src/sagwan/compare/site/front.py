"""The front page: how are they holding up, in a sentence, a picture and a table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sagwan.compare.figure import Figure
from sagwan.compare.gaps import INSTRUMENTS, METRICS
from sagwan.compare.measures import Ratio, compliance_rate, year_before
from sagwan.compare.result import Comparison, Reconciled
from sagwan.compare.site.addresses import figure_page
from sagwan.compare.site.view import View, amount, cell, is_disputed, sentences, title
from sagwan.compare.value import Band, Exact, Stated, bounds
from sagwan.compare.words import Language
from sagwan.pages import Labels, translator
from sagwan.pages.charts import Bar, Group, draw
from sagwan.pages.i18n import listing, number, percent, period_name

Service = tuple[str, str, str]  # provider, service, jurisdiction


@dataclass(frozen=True, slots=True)
class Grid:
    """The figures that are set side by side: services that report the four kinds of request, by metric."""

    period: str
    services: tuple[Service, ...]
    cells: dict[Figure, Reconciled]

    def at(self, service: Service, instrument: str, metric: str) -> Reconciled:
        provider, name, jurisdiction = service
        return self.cells[Figure(provider, name, jurisdiction, self.period, instrument, metric)]

    def column(self, metric: str) -> list[Reconciled]:
        rows = ((service, instrument) for service in self.services for instrument in INSTRUMENTS)
        return [self.at(*row, metric) for row in rows]

    def all(self) -> list[Reconciled]:
        return [item for metric in METRICS for item in self.column(metric)]


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of figures; a floor where one of them is missing or a band."""

    value: int
    floor: bool


def grid(comparison: Comparison, period: str) -> Grid:
    """The grid of a comparison; compare() sees to it that a service that is in it has every cell."""
    cells = {
        figure: item
        for figure, item in comparison.by_key.items()
        if figure.period == period
        and figure.category in INSTRUMENTS
        and figure.metric in METRICS
        and not figure.part
        and not figure.is_total
    }
    services = {(figure.provider, figure.service, figure.jurisdiction) for figure in cells}
    # A provider's service of the same name first: Kakao before Daum.
    return Grid(period, tuple(sorted(services, key=lambda s: (s[0], s[0] != s[1], s))), cells)


def total(items: Iterable[Reconciled]) -> Sum:
    known = [item.value for item in items]
    value = sum(_least(one) for one in known if one is not None)
    return Sum(value, any(not isinstance(one, Exact) for one in known))


def _extent(items: Iterable[Reconciled]) -> tuple[int, int]:
    """The least and the greatest sum that rival values allow; a missing figure adds nothing to either."""
    least = most = 0
    for item in items:
        values = [item.value, *(claim.read for claim in item.rivals)] if is_disputed(item) else [item.value]
        ends = [end for one in values if isinstance(one, Exact | Band) for end in bounds(one)]
        least += int(min(ends, default=0))
        most += int(max(ends, default=0))
    return least, most


def _least(value: Stated) -> int:
    return value.low if isinstance(value, Band) else int(value.number)


def lead_sentence(table: Grid, labels: Labels, lang: Language) -> str:
    """The period in one sentence; sums with a missing part say 'at least'."""
    _ = translator(lang).gettext
    period = period_name(table.period, lang)
    if not table.services:
        return _("No source that we hold counts government requests in the %(period)s.") % {"period": period}
    requested, processed, accounts = (total(table.column(metric)) for metric in METRICS)
    values = {
        "period": period,
        "services": listing([labels.service(name, lang) for _p, name, _j in table.services], lang),
        "requested": _amount(requested, lang),
        "processed": _amount(processed, lang),
        "accounts": _amount(accounts, lang),
    }
    share = overall_share(table)
    if share is None:
        text = _(
            "In the %(period)s %(services)s were asked for users' data %(requested)s times. They handed data "
            "over %(processed)s times, of %(accounts)s accounts."
        )
        return text % values
    text = _(
        "In the %(period)s %(services)s were asked for users' data %(requested)s times. They handed data "
        "over %(processed)s times (%(share)s), of %(accounts)s accounts."
    )
    return text % (values | {"share": percent(share)})


def overall_share(table: Grid) -> Fraction | None:
    """What part of all requests was answered with data; None where a figure is missing or a band, or where a
    row has more answers than requests, so that the whole would hide what is wrong or late in it."""
    requested, processed = (total(table.column(metric)) for metric in METRICS[:2])
    if requested.floor or processed.floor or not requested.value or excesses(table):
        return None
    return Fraction(processed.value, requested.value)


def excesses(table: Grid) -> list[tuple[Reconciled, Reconciled]]:
    """Rows with more requests processed than received for certain: (requested, processed)."""
    rows = zip(table.column("requested"), table.column("processed"), strict=True)
    return [(asked, done) for asked, done in rows if _exceeds(done.value, asked.value)]


def _exceeds(done: Stated | None, asked: Stated | None) -> bool:
    return done is not None and asked is not None and bounds(done)[0] > bounds(asked)[1]


def answer(comparison: Comparison, table: Grid, labels: Labels, lang: Language) -> list[str]:
    """What stands under the first sentence: the year before, what was refused altogether, what cannot be."""
    _ = translator(lang).gettext
    said = []
    before = overall_share(grid(comparison, year_before(table.period))) if table.services else None
    if before is not None and overall_share(table) is not None:
        said.append(_("A year before, %(share)s was answered with data.") % {"share": percent(before)})
    for instrument in INSTRUMENTS:
        asked, done = (
            total([table.at(service, instrument, metric) for service in table.services])
            for metric in METRICS[:2]
        )
        if asked.value and not (asked.floor or done.floor or done.value):
            named = {"kind": labels.instrument(instrument, lang), "count": number(asked.value)}
            said.append(_("%(kind)s: none of %(count)s requests was answered with data.") % named)
    return said + [_excess(*row, labels, lang) for row in excesses(table)]


def _excess(asked: Reconciled, done: Reconciled, labels: Labels, lang: Language) -> str:
    text = translator(lang).gettext(
        "%(service)s, %(kind)s: %(done)s answers to %(asked)s requests. Answers to earlier requests can be "
        "among them, or a figure is wrong; so no share of the whole is given."
    )
    return text % {
        "service": labels.service(asked.figure.service, lang),
        "kind": labels.instrument(asked.figure.category, lang),
        "done": amount(done.value) if done.value is not None else "",
        "asked": amount(asked.value) if asked.value is not None else "",
    }


def _amount(one: Sum, lang: Language) -> str:
    counted = number(one.value)
    return translator(lang).gettext("at least %(count)s") % {"count": counted} if one.floor else counted


def front_context(comparison: Comparison, table: Grid, labels: Labels, lang: Language) -> dict[str, Any]:
    items = table.all()
    least, most = _extent(table.column("processed"))
    return {
        "period": table.period,
        "lead": lead_sentence(table, labels, lang),
        "answer": answer(comparison, table, labels, lang),
        "count": len(items),
        "disputed": sum(map(is_disputed, items)),
        "rounded": sum(item.rounding_only for item in items),
        "extent": {"least": number(least), "most": number(most)} if least < most else None,
        "missing": sum(item.value is None for item in items),
        "drawing": draw([_bars(table, instrument, labels, lang) for instrument in INSTRUMENTS]),
        "groups": [_group(table, instrument, labels, lang) for instrument in INSTRUMENTS],
        "disputes": _disputes(comparison, table, labels, lang),
    }


def _bars(table: Grid, instrument: str, labels: Labels, lang: Language) -> Group:
    bars = []
    for service in table.services:
        requested, processed = (table.at(service, instrument, metric) for metric in METRICS[:2])
        disputed = is_disputed(requested) or is_disputed(processed)
        bars.append(Bar(labels.service(service[1], lang), _whole(requested), _whole(processed), disputed))
    return Group(labels.instrument(instrument, lang), bars)


def _whole(item: Reconciled) -> int | None:
    return int(item.value.number) if isinstance(item.value, Exact) else None


def _group(table: Grid, instrument: str, labels: Labels, lang: Language) -> View:
    rows = []
    for service in table.services:
        items = [table.at(service, instrument, metric) for metric in METRICS]
        rows.append(
            {
                "service": labels.service(service[1], lang),
                "slug": service[1],
                "jurisdiction": service[2],
                "cells": [cell(item, lang) for item in items],
                "share": _share(items[0], items[1]),
            }
        )
    return {"title": labels.instrument(instrument, lang), "slug": instrument, "rows": rows}


def _share(requested: Reconciled, processed: Reconciled) -> str | None:
    if requested.value is None or processed.value is None:
        return None
    rate = compliance_rate(requested.value, processed.value)
    if not isinstance(rate, Ratio):
        return None
    return percent(rate.low) if rate.is_exact else f"{percent(rate.low)}–{percent(rate.high)}"


def _disputes(comparison: Comparison, table: Grid, labels: Labels, lang: Language) -> Sequence[View]:
    """Every disputed figure of the period, those of the table's services first."""
    found = [item for item in comparison.figures if item.figure.period == table.period and is_disputed(item)]
    shown = set(table.services)

    def place(item: Reconciled) -> tuple[bool, int, Figure]:
        figure = item.figure
        service = (figure.provider, figure.service, figure.jurisdiction)
        return service not in shown, table.services.index(service) if service in shown else 0, figure

    return [
        {
            **title(item.figure, labels, lang),
            "href": figure_page(item.figure),
            "value": amount(item.value) if item.value is not None else "",
            "reasons": sentences(item, lang),
        }
        for item in sorted(found, key=place)
    ]
