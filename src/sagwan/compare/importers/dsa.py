"""The 'member states orders' sheet of the EU's Digital Services Act, CSV or workbook, by any platform.

Twenty columns set by Implementing Regulation (EU) 2024/2835: orders to act against illegal content (Art. 9)
and orders to provide information (Art. 10), by content category and by member state. It says nothing of
accounts or of what was handed over.
"""

import hashlib
from dataclasses import replace

from sagwan.compare.importers.cells import COUNT, Reading
from sagwan.compare.importers.columns import known_sections
from sagwan.compare.importers.countries import Place, named
from sagwan.compare.importers.dates import read_period
from sagwan.compare.importers.dsa_words import ALIASES, CONTEXT, HEADS, NUMBERS, TOTALS
from sagwan.compare.importers.maker import Line, Maker
from sagwan.compare.importers.table import Record, Section, ascii_slug, has_section, key, slug, spec
from sagwan.compare.importers.understood import Document
from sagwan.compare.importers.written import has_decimal_comma, may_be_decimal
from sagwan.compare.value import AVERAGE, MissingState

PUBLISHER = "DSA transparency report"
SPECS = (
    spec(
        "orders",
        "Service",
        "Reporting period",
        "Scope",
        "Number of orders to provide information",
        aliases=ALIASES,
    ),
)

_ACT, _INFORM = "orders-to-act", "orders-to-provide-information"
# Medians of hours carry decimals, as averages do.
_MEASURES = (
    (_ACT, "requested", COUNT, "request"),
    (_ACT, "items", COUNT, "item"),
    (_ACT, "median-hours-to-inform", AVERAGE, "hour"),
    (_ACT, "median-hours-to-effect", AVERAGE, "hour"),
    (_INFORM, "requested", COUNT, "request"),
    (_INFORM, "median-hours-to-inform", AVERAGE, "hour"),
    (_INFORM, "median-hours-to-effect", AVERAGE, "hour"),
)
_COLUMNS = tuple((key(label), *measure) for label, measure in zip(NUMBERS, _MEASURES, strict=True))
_HEADS = frozenset(map(key, HEADS))
_LONGEST = 40
_AMBIGUOUS = Reading(
    MissingState.UNREADABLE.value,
    reason="the table writes decimals with a comma: this one may part thousands, or decimals",
)
_CATEGORY, _KEYWORD, _OTHER = "STATEMENT_CATEGORY_", "KEYWORD_", "KEYWORD_OTHER"
_PROVIDERS = {"amazon-store": "amazon", "youtube": "google", "google-search": "google", "bing": "microsoft"}


def knows(document: Document) -> bool:
    return any(has_section(table, SPECS) for table in document.tables)


def read(document: Document, maker: Maker) -> None:
    for section in known_sections(document.tables, SPECS, maker, _is_known):
        _read_section(section, maker)


def _is_known(name: str) -> bool:
    return name in _HEADS or name.startswith(CONTEXT)


def _read_section(section: Section, maker: Maker) -> None:
    scope = category = ""
    blank = 0
    commas = _has_decimal_commas(section)
    for record in section.records:
        if record.get("scope") != scope:
            scope, category = record.get("scope"), ""
        printed = record.get("categoryofillegalcontent").strip()
        if printed.startswith(_CATEGORY):
            category = printed
        if not any(record.get(name).strip() for name, *_ in _COLUMNS):
            # The sheet lists every category for every state, whether anything is said of it or not.
            blank += 1
        elif line := _line(record, _crime(record, printed, category), maker):
            _figures(record, line, commas, maker)
    if blank:
        maker.warn("blank-rows", section.row, f"{blank} rows print no figure at all, and become no claims")


def _line(record: Record, crime: str, maker: Maker) -> Line | None:
    span = maker.span(record.row.number, record.get("reportingperiod"), read_period)
    if span is None:
        return None
    service = ascii_slug(record.get("service")) or "not-named"
    provider = maker.origin.provider or _PROVIDERS.get(service, service)
    place = _place(record.get("scope"))
    return Line(record.row.number, provider, service, span, "", place, {"content": crime}, {"crime": crime})


def _has_decimal_commas(section: Section) -> bool:
    """True where a median can only be read with a comma before its decimals: then `1,500` may be one too."""
    return any(
        has_decimal_comma(record.get(name))
        for record in section.records
        for name, _, _, unit, _ in _COLUMNS
        if unit == AVERAGE
    )


def _place(scope: str) -> Place:
    """TOTAL is the Union; `DE, ES` or a blank names no one state, and is kept as printed."""
    text = scope.strip()
    if text.casefold() in TOTALS:
        return Place("EU", scope)
    return named(scope)


def _crime(record: Record, printed: str, category: str) -> str:
    """`scams-and-fraud`, `scams-and-fraud:phishing`, `violence:other:injury`; nothing for all categories."""
    if not printed or printed.casefold() in TOTALS:
        return ""
    if printed.startswith(_CATEGORY):
        return slug(printed.removeprefix(_CATEGORY))
    parts = [slug(category.removeprefix(_CATEGORY)), slug(printed.removeprefix(_KEYWORD))]
    if printed == _OTHER:
        parts.append(_short(slug(record.get("descriptionofthesubcategoryother"))))
    return ":".join(part for part in parts if part)


def _short(words: str) -> str:
    """The start of a long description, with a checksum, so that two that begin alike stay two."""
    if len(words) <= _LONGEST:
        return words
    return f"{words[: _LONGEST - 9].strip('-')}-{hashlib.sha256(words.encode()).hexdigest()[:8]}"


def _figures(record: Record, line: Line, commas: bool, maker: Maker) -> None:
    for name, category, metric, unit, counted in _COLUMNS:
        if name in record.header.at:
            own = replace(line, category=category)
            cell = record.get(name)
            read = _AMBIGUOUS if commas and unit == AVERAGE and may_be_decimal(cell) else None
            maker.add(own, metric, record.label(name), cell, unit, read, counted=counted)
