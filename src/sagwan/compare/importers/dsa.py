"""The 'member states orders' sheet of the EU's Digital Services Act, CSV or workbook, by any platform.

Twenty columns set by Implementing Regulation (EU) 2024/2835: orders to act against illegal content (Art. 9)
and orders to provide information (Art. 10), by content category and by member state. It says nothing of
accounts or of what was handed over.
"""

from dataclasses import replace

from sagwan.compare.importers.cells import COUNT
from sagwan.compare.importers.countries import NOWHERE, Place, country
from sagwan.compare.importers.dates import read_period
from sagwan.compare.importers.maker import Line, Maker
from sagwan.compare.importers.table import Record, Section, ascii_slug, has_section, key, sections, slug, spec
from sagwan.compare.importers.understood import Document
from sagwan.compare.value import AVERAGE

PUBLISHER = "DSA transparency report"
SPECS = (spec("orders", "Service", "Reporting period", "Scope", "Number of orders to provide information"),)

_ACT, _INFORM = "orders-to-act", "orders-to-provide-information"
_AGAINST = " the order to act against illegal content"
_PROVIDE = " the order to provide information"
_INFORMED = "Median time to inform the authority of the receipt of"
_EFFECT = "Median time to give effect to"
# Medians of hours carry decimals, as averages do.
_COLUMNS = tuple(
    (key(label), category, metric, unit, counted)
    for label, category, metric, unit, counted in (
        ("Number of orders to act against illegal content received", _ACT, "requested", COUNT, "request"),
        (
            "Number of specific items of information included in the total number of orders to act "
            "against illegal content",
            _ACT,
            "items",
            COUNT,
            "item",
        ),
        (f"{_INFORMED}{_AGAINST}", _ACT, "median-hours-to-inform", AVERAGE, "hour"),
        (f"{_EFFECT}{_AGAINST}", _ACT, "median-hours-to-effect", AVERAGE, "hour"),
        ("Number of orders to provide information", _INFORM, "requested", COUNT, "request"),
        (f"{_INFORMED}{_PROVIDE}", _INFORM, "median-hours-to-inform", AVERAGE, "hour"),
        (f"{_EFFECT}{_PROVIDE}", _INFORM, "median-hours-to-effect", AVERAGE, "hour"),
    )
)
_TOTAL = "TOTAL"
_CATEGORY, _KEYWORD, _OTHER = "STATEMENT_CATEGORY_", "KEYWORD_", "KEYWORD_OTHER"
_PROVIDERS = {"amazon-store": "amazon", "youtube": "google", "google-search": "google", "bing": "microsoft"}


def knows(document: Document) -> bool:
    return any(has_section(table, SPECS) for table in document.tables)


def read(document: Document, maker: Maker) -> None:
    for table in document.tables:
        maker.sheet = table.sheet
        for section in sections(table, SPECS):
            _read_section(section, maker)


def _read_section(section: Section, maker: Maker) -> None:
    scope = category = ""
    for record in section.records:
        if record.get("scope") != scope:
            scope, category = record.get("scope"), ""
        printed = record.get("categoryofillegalcontent").strip()
        if printed.startswith(_CATEGORY):
            category = printed
        if span := maker.span(record.row.number, record.get("reportingperiod"), read_period):
            service = ascii_slug(record.get("service")) or "not-named"
            provider = maker.origin.provider or _PROVIDERS.get(service, service)
            crime = _crime(record, printed, category)
            line = Line(
                record.row.number,
                provider,
                service,
                span,
                "",
                _place(record.get("scope")),
                {"content": crime},
                {"crime": crime},
            )
            _figures(record, line, maker)


def _place(scope: str) -> Place:
    """TOTAL is the Union; `DE, ES` or a blank names no one state, and is kept as printed."""
    text = scope.strip()
    if text.upper() == _TOTAL:
        return Place("EU", scope)
    return country(text) if text else Place(NOWHERE.code, scope, "blank")


def _crime(record: Record, printed: str, category: str) -> str:
    """`scams-and-fraud`, `scams-and-fraud:phishing`, `violence:other:injury`; nothing for all categories."""
    if not printed or printed.upper() == _TOTAL:
        return ""
    if printed.startswith(_CATEGORY):
        return slug(printed.removeprefix(_CATEGORY))
    parts = [slug(category.removeprefix(_CATEGORY)), slug(printed.removeprefix(_KEYWORD))]
    if printed == _OTHER:
        parts.append(slug(record.get("descriptionofthesubcategoryother"))[:40].strip("-"))
    return ":".join(part for part in parts if part)


def _figures(record: Record, line: Line, maker: Maker) -> None:
    for name, category, metric, unit, counted in _COLUMNS:
        if name in record.header.at:
            own = replace(line, category=category)
            maker.add(own, metric, record.label(name), record.get(name), unit, counted=counted)
