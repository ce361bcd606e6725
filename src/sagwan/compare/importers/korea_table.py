"""A table of Korean services that a person, or a program, made from their report pages.

CSV with the columns `service, period, category` and one or more of `requested, processed, accounts,
compliance_percent, accounts_per_processed, follow_up`; or long, as JSON or CSV: `platform, service, period,
category, metric, unit, value`.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sagwan.compare.importers.cells import COUNT
from sagwan.compare.importers.columns import known_sections
from sagwan.compare.importers.countries import Place
from sagwan.compare.importers.dates import read_period
from sagwan.compare.importers.korea import KOREA, SERVICES, UNKNOWN, category
from sagwan.compare.importers.maker import Line, Maker
from sagwan.compare.importers.table import (
    Header,
    Record,
    Row,
    Section,
    Table,
    ascii_slug,
    has_section,
    key,
    slug,
    spec,
)
from sagwan.compare.importers.understood import Document
from sagwan.compare.recount import FOLLOW_UP
from sagwan.compare.value import AVERAGE, PERCENT

PUBLISHER = "Kakao and Naver"

_WIDE = spec("wide", "service", "period", "category", "requested", without=("value", "source_url"))
_LONG = spec("long", "platform", "service", "period", "category", "metric", "unit", "value")
SPECS = (_LONG, _WIDE)
_COLUMNS: Mapping[str, tuple[str, str, str]] = {
    "requested": ("requested", "requests", "request"),
    "processed": ("processed", "requests", "request"),
    "accounts": ("accounts", "accounts", "account"),
    "compliancepercent": ("compliance-percent", PERCENT, "request"),
    "accountsperprocessed": ("accounts-per-processed", AVERAGE, "account"),
    "followup": ("processed", "requests", "request"),
}
_METRICS: Mapping[str, str] = {
    "requests": "requested",
    "processedrate": "compliancepercent",
}
_KNOWN = frozenset(
    {"platform", "service", "period", "category", "metric", "unit", "value", "note", *_COLUMNS}
)


def knows(document: Document) -> bool:
    return any(has_section(table, SPECS) for table in _tables(document))


def read(document: Document, maker: Maker) -> None:
    for section in known_sections(_tables(document), SPECS, maker, _KNOWN.__contains__):
        _read_section(section, maker)


def _tables(document: Document) -> tuple[Table, ...]:
    return document.tables or tuple(_from_json(document.json))


def _from_json(document: Any) -> list[Table]:
    """`{"columns": […], "rows": [[…], …]}` as a table."""
    if not isinstance(document, dict):
        return []
    columns, rows = document.get("columns"), document.get("rows")
    if not isinstance(columns, list) or not isinstance(rows, list):
        return []
    cells = [columns, *(row for row in rows if isinstance(row, list))]
    texts = (tuple("" if cell is None else str(cell) for cell in row) for row in cells)
    return [Table(tuple(Row(number, text) for number, text in enumerate(texts)))]


def _read_section(section: Section, maker: Maker) -> None:
    for record in section.records:
        if line := _line(record, maker):
            if section.spec is _LONG:
                _read_long(record, line, maker)
            else:
                _read_wide(record, line, section.header, maker)


def _line(record: Record, maker: Maker) -> Line | None:
    span = maker.span(record.row.number, record.get("period"), read_period)
    if span is None:
        return None
    printed = record.get("service") or record.get("platform")
    platform = ascii_slug(record.get("platform")) or maker.origin.provider or ascii_slug(printed)
    provider, service = SERVICES.get(key(printed), (platform, ascii_slug(printed) or "all"))
    kind = category(record.get("category"))
    if not kind:
        maker.warn("category", record.row.number, UNKNOWN.format(record.get("category")))
        kind = slug(record.get("category"))
    dims = {"process": record.get("category")}
    return Line(record.row.number, provider, service, span, kind, Place(KOREA, ""), dims=dims)


def _read_long(record: Record, line: Line, maker: Maker) -> None:
    printed = key(record.get("metric"))
    name = _METRICS.get(printed, printed)
    metric, unit, counted = _COLUMNS.get(name, (slug(record.get("metric")), COUNT, ""))
    maker.add(line, metric, record.get("metric"), record.get("value"), unit, counted=counted)


def _read_wide(record: Record, line: Line, header: Header, maker: Maker) -> None:
    for name, (metric, unit, counted) in _COLUMNS.items():
        if name not in header.at:
            continue
        cell = record.get(name)
        if name == "followup":
            if not cell.strip():
                continue
            part, _, stage = FOLLOW_UP.partition("=")
            line = replace(line, parts={part: stage})
        maker.add(line, metric, record.label(name), cell, unit, counted=counted)
