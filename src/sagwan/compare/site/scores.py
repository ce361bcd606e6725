"""The disclosure score of a period, and what services did to protect users."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sagwan.compare.result import Reconciled
from sagwan.compare.score import Evidence, Point, Policy, Protection, Sheet, protections
from sagwan.compare.series import Who, definitions
from sagwan.compare.site import addresses
from sagwan.compare.site.country import AT_HOME
from sagwan.compare.site.holding import slug_of
from sagwan.compare.site.terms import country
from sagwan.compare.site.view import View, metric_word, service_name, title
from sagwan.compare.site.whole import Whole, short, tongue
from sagwan.pages import N_, Page, translator

SCHEMES = {
    "P11a": N_("Ranking Digital Rights, P11a: data about government demands"),
    "P10a": N_("Ranking Digital Rights, P10a: how requests are handled"),
    "P12": N_("Ranking Digital Rights, P12: notice to users"),
    "OTI": N_("Open Technology Institute: the reporting template"),
    "DSA": N_("European Union, Digital Services Act: orders to provide information"),
}
MOST = 60  # services and countries on one page; what is beyond them stands in the data
ANSWERS = {
    "yes": ("●", N_("yes")),
    "partly": ("◐", N_("partly")),
    "no": ("○", N_("no")),
    "unknown": ("?", N_("unknown")),
}
TOPICS = {
    "checks": N_("checks each request"),
    "narrowing": N_("narrows requests"),
    "blinding": N_("blinds other people"),
    "notice": N_("tells the users"),
    "refusals": N_("refuses"),
}


def pages(whole: Whole) -> Iterator[Page]:
    for period in whole.halves:
        yield _score_page(whole, period)
        yield _protection_page(whole, period)


def _score_page(whole: Whole, period: str) -> Page:
    asked = [p for p in whole.providers if _speaks(whole, p, period)]
    sheets = {provider: whole.sheets(provider, period) for provider in asked}

    def context(lang: str) -> Mapping[str, Any]:
        return {
            **whole.common(lang, period),
            "period": period,
            "providers": [
                {"slug": p, "name": whole.labels.provider(p, lang), "href": addresses.provider_page(p)}
                for p in asked
            ],
            "schemes": [_scheme(whole, name, sheets, lang) for name in SCHEMES] if asked else [],
            "periods": _periods(whole, addresses.score_page),
        }

    return Page(addresses.score_page(period), "compare/score.html", context, script=True)


def _speaks(whole: Whole, provider: str, period: str) -> bool:
    """True where a provider that reports of itself has a figure of the period; a ministry's is of others."""
    return provider in definitions() and whole.has_figures(provider, period)


def _periods(whole: Whole, address: Any) -> list[View]:
    return [{"period": period, "href": address(period)} for period in reversed(whole.halves)]


def _scheme(whole: Whole, name: str, sheets: Mapping[str, Sequence[Sheet]], lang: str) -> View:
    """A scheme as a table: its points as rows, providers as columns."""
    translate = translator(lang).gettext
    mine = [next(sheet for sheet in found if sheet.scheme == name) for found in sheets.values()]
    rows = []
    for place, point in enumerate(mine[0].points):
        cells = [_answer(whole, sheet.points[place], lang) for sheet in mine]
        rows.append({"id": point.id, "question": translate(point.question), "cells": cells})
    totals = [{"yes": s.yes, "partly": s.partly, "known": s.known, "all": len(s.points)} for s in mine]
    return {"slug": name, "title": translate(SCHEMES[name]), "rows": rows, "totals": totals}


def _answer(whole: Whole, point: Point, lang: str) -> View:
    sign, word = ANSWERS[point.answer.value]
    evidence = point.evidence
    return {
        "sign": sign,
        "word": translator(lang).gettext(word),
        "answer": point.answer.value,
        "links": [*_figures(whole, evidence, lang), *(_policy(p, lang) for p in evidence.policies)],
    }


def _figures(whole: Whole, evidence: Evidence, lang: str) -> Iterator[View]:
    for figure in evidence.figures:
        words = title(figure, whole.labels, tongue(lang))
        parts = [words["service"], country(figure.jurisdiction, lang), words["instrument"], words["metric"]]
        yield {
            "text": ", ".join(filter(None, parts)),
            "href": addresses.figure_page(figure),
            "external": False,
        }


def _policy(policy: Policy, lang: str) -> View:
    text = f"{policy.text[tongue(lang)]} ({policy.publisher}, {policy.date})"
    return {"text": text, "href": addresses.link(policy.source), "external": True}


def _protection_page(whole: Whole, period: str) -> Page:
    def context(lang: str) -> Mapping[str, Any]:
        services = _services(whole, period)
        translate = translator(lang).gettext
        return {
            **whole.common(lang, period),
            "period": period,
            "topics": [translate(word) for word in TOPICS.values()],
            "rows": [_protection_row(whole, period, *service, lang) for service in services[:MOST]],
            "more": max(0, len(services) - MOST),
            "periods": _periods(whole, addresses.protection_page),
        }

    return Page(addresses.protection_page(period), "compare/protection.html", context, script=True)


def _services(whole: Whole, period: str) -> list[tuple[str, str, str]]:
    """The services with a figure of the period, Korea's own first."""
    found = {
        (f.provider, f.service, f.jurisdiction)
        for f, item in whole.comparison.by_key.items()
        if f.period == period and not f.is_total and f.category and item.value is not None
    }
    return sorted(found, key=lambda s: (Who(*s) not in AT_HOME, s))


def _protection_row(whole: Whole, period: str, provider: str, service: str, code: str, lang: str) -> View:
    told = protections(whole.comparison, provider, service, code, period)
    return {
        "service": service_name(provider, service, whole.labels, tongue(lang)),
        "slug": slug_of(Who(provider, service, code)),
        "country": country(code, lang),
        "cells": [_told(whole, one, lang) for one in told],
    }


def _told(whole: Whole, one: Protection, lang: str) -> View:
    return {
        "known": one.is_known,
        "topic": translator(lang).gettext(TOPICS[one.topic]),
        "recounted": one.recounted,
        "figures": [{**short(item), "text": _what(whole, item, lang)} for item in one.figures],
        "policies": [_policy(policy, lang) for policy in one.policies],
    }


def _what(whole: Whole, item: Reconciled, lang: str) -> str:
    """Which requests a number of the table counts."""
    figure = item.figure
    if figure.part:
        return translator(lang).gettext(N_("follow-ups that name people blinded before"))
    return f"{whole.labels.instrument(figure.category, lang)}, {metric_word(figure.metric, tongue(lang))}"
