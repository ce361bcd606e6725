"""Pages of providers over the years: one in a country, one in all countries, and the list of all."""

from collections.abc import Iterator, Mapping
from typing import Any

from sagwan.compare.measures import Ratio
from sagwan.compare.series import Subject, Who, definitions, headline, shares_of_all
from sagwan.compare.site import addresses
from sagwan.compare.site.country import services_of, total_dot
from sagwan.compare.site.holding import rate_text, rows_of, sentence, slug_of
from sagwan.compare.site.series_pages import charts, definition_of, marks_on, names_of
from sagwan.compare.site.terms import country
from sagwan.compare.site.view import View, metric_word, service_name
from sagwan.compare.site.whole import Whole, short, tongue
from sagwan.pages import Page
from sagwan.pages.lines import Line, LineDrawing, draw_lines

MANY = 12  # countries; beyond it a provider's page lists them, and each one's page lists its series
TOTALS = (("requested", "asked"), ("processed", "done"))


def pages(whole: Whole) -> Iterator[Page]:
    yield Page(
        addresses.PROVIDERS, "compare/providers.html", lambda lang: _providers(whole, lang), script=True
    )
    for provider in whole.providers:
        yield _provider_page(whole, provider)
        for code in whole.countries_of(provider):
            yield _country_page(whole, provider, code)


def _country_page(whole: Whole, provider: str, code: str) -> Page:
    services = services_of(whole, code, provider)

    def context(lang: str) -> Mapping[str, Any]:
        return {
            **whole.common(lang),
            "provider": whole.labels.provider(provider, lang),
            "country": country(code, lang),
            "provider_href": addresses.provider_page(provider),
            "country_href": addresses.country_page(code),
            "services": [_service(whole, who, lang) for who in services],
            "sections": [
                section
                for subject in whole.subjects(provider, code)
                if (section := _kind(whole, subject, lang))
            ],
            "definition": definition_of(provider, lang),
        }

    path = addresses.provider_country_page(provider, code)
    return Page(path, "compare/provider_country.html", context, script=True)


def _service(whole: Whole, who: Who, lang: str) -> View:
    """A service over all kinds of request: a sentence, a chart and its table."""
    periods = whole.shelf.periods_of(who.provider, who.service, who.jurisdiction)
    rows = rows_of(whole, who, periods)
    return {
        "slug": slug_of(who),
        "name": service_name(who.provider, who.service, whole.labels, tongue(lang)),
        "lead": sentence(whole, who, periods, lang),
        "drawing": _total_lines(whole, who, periods, lang),
        "rows": list(reversed(rows)),
        "has": {
            name: any(row[name] for row in rows)
            for name in ("share", "per_million", "accounts_per_million", "change")
        },
    }


def _total_lines(whole: Whole, who: Who, periods: tuple[str, ...], lang: str) -> LineDrawing:
    lines = []
    for metric, kind in TOTALS:
        found = [
            headline(whole.shelf, who.provider, who.service, who.jurisdiction, p, metric) for p in periods
        ]
        dots = [total_dot(one) for one in found]
        if any(dots):
            lines.append(Line(metric_word(metric, tongue(lang)), kind, dots))
    return draw_lines(periods, lines)


def _kind(whole: Whole, subject: Subject, lang: str) -> View | None:
    """One kind of request of one service: its chart, and what changed beside it; None where none is drawn."""
    marks = marks_on(whole, subject, lang)
    drawn = charts(whole, subject, lang, marks)
    if not drawn:
        return None
    shown = {str(mark.label) for mark in drawn[0]["drawing"].marks}
    return {
        **names_of(whole, subject, lang),
        "slug": slug_of(Who(subject.provider, subject.service, subject.jurisdiction)),
        "href": _series(subject),
        "charts": drawn[:1],
        "marks": [mark for mark in marks if str(mark["number"]) in shown],
        "latest": _latest(whole, subject),
    }


def _series(subject: Subject) -> str:
    return addresses.series_page(subject.provider, subject.service, subject.jurisdiction, subject.category)


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
        codes = whole.countries_of(provider)
        return {
            **whole.common(lang),
            "provider": whole.labels.provider(provider, lang),
            "definition": definition_of(provider, lang),
            "periods": [
                {"period": p, "href": addresses.score_page(p)} for p in sorted(reported, reverse=True)
            ],
            "among": _among(whole, provider, codes, lang),
            "countries": [
                _country_row(whole, provider, code, lang, every_series=len(codes) <= MANY) for code in codes
            ],
            "many": len(codes) > MANY,
        }

    return Page(addresses.provider_page(provider), "compare/provider.html", context, script=True)


def _among(whole: Whole, provider: str, codes: list[str], lang: str) -> list[View]:
    """Each country's part of a service's requests, in the latest half-year in which all are known in full."""
    services = dict.fromkeys(who.service for code in codes for who in services_of(whole, code, provider))
    found: list[View] = []
    for service in services:
        period, ratios = _latest_shares(whole, provider, service, codes)
        if ratios:
            largest = sorted(ratios, key=lambda code: (-ratios[code].high, code))
            rows = [{"name": country(code, lang), "share": rate_text(ratios[code])} for code in largest]
            name = service_name(provider, service, whole.labels, tongue(lang))
            found.append({"name": name, "period": period, "rows": rows})
    return found


def _latest_shares(
    whole: Whole, provider: str, service: str, codes: list[str]
) -> tuple[str, Mapping[str, Ratio]]:
    for period in reversed(whole.halves):
        if ratios := shares_of_all(whole.shelf, provider, service, codes, period):
            return period, ratios
    return "", {}


def _country_row(whole: Whole, provider: str, code: str, lang: str, *, every_series: bool) -> View:
    leads = (
        sentence(whole, who, whole.shelf.periods_of(provider, who.service, code), lang)
        for who in services_of(whole, code, provider)
    )
    return {
        "name": country(code, lang),
        "href": addresses.provider_country_page(provider, code),
        "leads": [lead for lead in leads if lead],
        "series": [
            {
                **names_of(whole, subject, lang),
                "href": _series(subject),
                "slug": slug_of(Who(provider, subject.service, code)),
                "latest": _latest(whole, subject),
            }
            for subject in (whole.subjects(provider, code) if every_series else ())
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
                    for code in whole.countries_of(provider)
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
