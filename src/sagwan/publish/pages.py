"""The pages of a provider's published folder: one a half-year, and an index. Not part of what is verified."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from sagwan.formats.banded import BandedFigure
from sagwan.formats.report import Report, Restated
from sagwan.pages import Labels, Page, rendered, style_sheet, translator
from sagwan.pages.charts import Bar, Group, draw
from sagwan.pages.i18n import LANGUAGES, number, percent, period_name
from sagwan.pages.labels import WORDS
from sagwan.pages.site import VERIFIER, language_choice, verifier
from sagwan.publish import correction_rows
from sagwan.publish.corrections import Correction
from sagwan.record.vocabulary import Outcome

DEFINED = (
    "requested", "processed", "accounts-asked", "accounts-disclosed",
    "refused", "no-data", "withdrawn", "follow-ups",
)  # fmt: skip

RECOUNTED = (
    "requested", "processed", "refused", "no-data", "withdrawn", "accounts-disclosed", "follow-ups",
)  # fmt: skip
"""Columns of the table that the browser's recount shows."""

RECOUNT = f"{VERIFIER}/page.js"
RECEIPT = f"{VERIFIER}/receipt_page.js"

NOTHING: Mapping[str, Sequence[Correction]] = MappingProxyType({})

Row = Mapping[str, Any]
Measures = Callable[[Collection[str]], list[str]]
Word = Callable[[str], str]


def report_pages(
    report: Report,
    history: Sequence[Report] = (),
    corrected: Mapping[str, Sequence[Correction]] = NOTHING,
    *,
    labels: Labels,
) -> Iterator[tuple[str, bytes]]:
    """(path, bytes) of every page of a provider's folder: style sheet, browser's recount, index.html, and in
    each language an index, the pages of the recount and of receipts, and one for each half-year, which lists
    what its lines correct (`corrected`, by half-year).

    Earlier half-years' pages are made anew, so that they name the later reports that restate them. The same
    reports give the same bytes. `labels` name the law packs' instruments and reasons; services are named by
    the report itself.
    """
    reports = sorted({one.period: one for one in (*history, report)}.values(), key=lambda one: one.period)
    yield style_sheet()
    yield language_choice(
        {lang: _heading(reports[-1], lang) for lang in LANGUAGES},
        {lang: lead_sentence(reports[-1], lang) for lang in LANGUAGES},
    )
    yield from verifier()
    yield from rendered(Page("index.html", "report/index.html", lambda lang: _index(reports, lang)))
    yield from rendered(Page("verify.html", "report/verify.html", _recount(reports, labels), module=RECOUNT))
    yield from rendered(
        Page("receipt.html", "report/receipt.html", _receipt(reports, labels), module=RECEIPT)
    )
    for one in reports:
        yield from rendered(_page(one, reports, corrected.get(one.period, ()), labels))


def lead_sentence(report: Report, lang: str) -> str:
    """The half-year in one sentence: asked how often, answered how often, how many accounts."""
    _ = translator(lang).gettext
    total = _total(report)
    named = {"name": report.names[lang], "period": period_name(report.period, lang)}
    if not total["requested"] and report.banded is None:
        return _("%(name)s received no request for users' data in the %(period)s.") % named
    if not total["requested"]:
        return (
            _(
                "In the %(period)s %(name)s received no request for users' data that the law lets it count; "
                "for others the law allows only bands."
            )
            % named
        )
    values = {
        **named,
        "requested": number(total["requested"]),
        "processed": number(total["processed"]),
        "share": percent(Fraction(total["processed"], total["requested"])),
        "accounts": number(total["accounts"]),
    }
    return (
        _(
            "In the %(period)s %(name)s was asked for users' data %(requested)s times. It handed data over "
            "%(processed)s times (%(share)s), of %(accounts)s accounts."
        )
        % values
    )


def _heading(report: Report, lang: str) -> str:
    return translator(lang).gettext("%(name)s: government requests for users' data") % {
        "name": report.names[lang]
    }


def _common(report: Report, lang: str) -> dict[str, Any]:
    return {
        "name": report.names[lang],
        "synthetic": report.synthetic,
        "origin": report.origin,
        "lead": lead_sentence(report, lang),
    }


def _index(reports: Sequence[Report], lang: str) -> Row:
    rows = [{"period": one.period, **_total(one)} for one in reversed(reports)]
    return {**_common(reports[-1], lang), "latest": reports[-1].period, "reports": rows}


def _recount(reports: Sequence[Report], labels: Labels) -> Callable[[str], Row]:
    """The recount's page, which names the services and procedures of the rows that its script shows."""
    return lambda lang: {
        **_common(reports[-1], lang),
        "measures": RECOUNTED,
        "services": _services(reports, lang),
        "instruments": _instruments(reports, labels, lang),
    }


def _receipt(reports: Sequence[Report], labels: Labels) -> Callable[[str], Row]:
    """The receipt's page, which names what its script may come to show: outcomes, reasons, procedures."""
    counted = [counts for one in reports for counts in one.rows.values()]
    reasons = sorted({name.removeprefix("reason.") for counts in counted for name in _reasons(counts)})

    def context(lang: str) -> Row:
        _ = translator(lang).gettext
        named = {str(outcome): _(WORDS[outcome]) for outcome in Outcome}
        named |= {slug: labels.reason(slug, lang) for slug in reasons}
        named |= _instruments(reports, labels, lang) | _services(reports, lang)
        shown = {slug: name for slug, name in named.items() if slug not in RECOUNTED}
        return {**_common(reports[-1], lang), "measures": RECOUNTED, "named": shown.items()}

    return context


def _services(reports: Sequence[Report], lang: str) -> dict[str, str]:
    """The services of all rows by name, as the last report that has one names it."""
    found = {slug: _service(one, slug, lang) for one in reports for (slug, _j, _i) in one.rows}
    return dict(sorted(found.items()))


def _instruments(reports: Sequence[Report], labels: Labels, lang: str) -> dict[str, str]:
    slugs = sorted({instrument for one in reports for (_s, _j, instrument) in one.rows})
    return {slug: labels.instrument(slug, lang) for slug in slugs}


def _page(report: Report, reports: Sequence[Report], corrected: Sequence[Correction], labels: Labels) -> Page:
    later = [one.period for one in reports if any(r.period == report.period for r in one.restated)]

    def context(lang: str) -> Row:
        return {
            **_common(report, lang),
            "period": report.period,
            "later": later,
            "time_zone": report.time_zone,
            "entries": report.cut - report.first,
            "total": _total(report),
            **_tables(report, labels, lang),
            "withheld": [(reason, count) for reason, count in report.withheld.items() if count],
            "restated": [_restated(change, report, labels, lang) for change in report.restated],
            "corrected": correction_rows.rows(corrected, _named(report, lang), labels, lang),
            "more_corrected": max(len(corrected) - correction_rows.MOST, 0),
            "promised": "promises-made" in report.stated,
            "stated": [
                (translator(lang).gettext(WORDS.get(figure, figure)), value)
                for figure, value in report.stated.items()
            ],
            "banded": _banded(report, lang),
            "definitions": DEFINED,
        }

    return Page(f"{report.period}.html", "report/period.html", context)


def _banded(report: Report, lang: str) -> Row | None:
    """The figures that the law allows only in bands, in words."""
    if report.banded is None:
        return None
    rows = [_band(one, lang) for one in report.banded.figures]
    return {"per_batch": report.banded.per_batch, "rows": rows}


def _band(one: BandedFigure, lang: str) -> Row:
    return {
        "name": f"{one.jurisdiction}: {one.names[lang]}",
        "measure": one.measure,
        "about": one.about,
        "low": one.low,
        "high": one.high,
        "citation": one.citation[lang],
    }


def _total(report: Report) -> dict[str, Any]:
    requested, processed, accounts = (
        sum(counts[measure] for counts in report.rows.values())
        for measure in ("requested", "processed", "accounts-disclosed")
    )
    share = Fraction(processed, requested) if requested else None
    return {"requested": requested, "processed": processed, "accounts": accounts, "share": share}


def _tables(report: Report, labels: Labels, lang: str) -> Row:
    groups = _groups(report, labels, lang)
    bars = [
        Group(
            group["title"],
            [Bar(r["service"], r["counts"]["requested"], r["counts"]["processed"]) for r in group["rows"]],
        )
        for group in groups
    ]
    rows = [row for group in groups for row in group["rows"]]
    services = list(dict.fromkeys(row["service"] for row in rows))

    def word(measure: str) -> str:
        return _measure(measure, labels, lang)

    return {
        "groups": groups,
        "drawing": draw(bars),
        "services": services,
        "outcomes": _by_service(groups, services, _outcomes, word),
        "reasons": _by_service(groups, services, _reasons, word),
        "marks": _by_service(groups, services, _marks, word),
        "follow_ups": [row for row in rows if row["counts"]["follow-ups"]],
    }


def _groups(report: Report, labels: Labels, lang: str) -> list[dict[str, Any]]:
    """The rows by jurisdiction and instrument, the most requested first; services in its order."""
    countries = {jurisdiction for _, jurisdiction, _ in report.rows}
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for (service, jurisdiction, instrument), counts in report.rows.items():
        title = _title(jurisdiction, instrument, labels, lang, several=len(countries) > 1)
        groups.setdefault((jurisdiction, instrument), []).append(
            {
                "service": _service(report, service, lang),
                "title": title,
                "counts": counts,
                "share": Fraction(counts["processed"], counts["requested"]) if counts["requested"] else None,
            }
        )
    ordered = sorted(groups.items(), key=lambda item: (-_requested(item[1]), item[0]))
    return [{"title": rows[0]["title"], "rows": rows} for _, rows in ordered]


def _requested(rows: Sequence[Row]) -> int:
    return sum(row["counts"]["requested"] for row in rows)


def _by_service(
    groups: Sequence[Row], services: Sequence[str], measures: Measures, word: Word
) -> Sequence[Row]:
    """Tables with a column a service: for each group the measures that `measures` picks, named by `word`."""
    tables = []
    for group in groups:
        counts = {row["service"]: row["counts"] for row in group["rows"]}
        rows = [
            {"word": word(name), "cells": [counts.get(service, {}).get(name, 0) for service in services]}
            for name in measures(set().union(*counts.values()))
        ]
        if rows:
            tables.append({"title": group["title"], "rows": rows})
    return tables


def _outcomes(_: Collection[str]) -> list[str]:
    return [str(outcome) for outcome in Outcome]


def _reasons(measures: Collection[str]) -> list[str]:
    return sorted(name for name in measures if name.startswith("reason."))


def _marks(measures: Collection[str]) -> list[str]:
    return sorted(name for name in measures if name.startswith(("received.", "resolved.")))


def _service(report: Report, slug: str, lang: str) -> str:
    return _named(report, lang).get(slug) or slug


def _named(report: Report, lang: str) -> dict[str, str]:
    """The services by slug, in words."""
    return {slug: names.get(lang, "") for slug, names in report.service_names.items()}


def _title(jurisdiction: str, instrument: str, labels: Labels, lang: str, *, several: bool) -> str:
    name = labels.instrument(instrument, lang)
    return f"{jurisdiction}: {name}" if several else name


def _restated(change: Restated, report: Report, labels: Labels, lang: str) -> Row:
    service, jurisdiction, instrument = change.row
    return {
        "period": change.period,
        "service": _service(report, service, lang),
        "title": _title(jurisdiction, instrument, labels, lang, several=False),
        "measure": _measure(change.measure, labels, lang),
        "before": change.before,
        "after": change.after,
    }


def _measure(measure: str, labels: Labels, lang: str) -> str:
    """A measure in words: `processed`, `reason.<slug>`, or a mark with the stage at which it was noted."""
    translate = translator(lang).gettext
    prefix, _, slug = measure.partition(".")
    if prefix == "reason":
        return labels.reason(slug, lang)
    word = slug or measure
    name = translate(WORDS[word]) if word in WORDS else word
    if not slug:
        return name
    received, resolved = translate("%(mark)s, when received"), translate("%(mark)s, when resolved")
    return (received if prefix == "received" else resolved) % {"mark": name}
