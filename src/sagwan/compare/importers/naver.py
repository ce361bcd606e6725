"""Naver: the JSON of its report page, all half-years in one document, counts as texts, a dash for none."""

from collections.abc import Mapping
from typing import Any

from sagwan.compare.importers.countries import Place
from sagwan.compare.importers.dates import read_period
from sagwan.compare.importers.korea import KOREA, category
from sagwan.compare.importers.maker import Line, Maker
from sagwan.compare.importers.understood import Document
from sagwan.compare.value import AVERAGE, PERCENT

PROVIDER = "naver"
PUBLISHER = "Naver"

_PREFIXES = ("commData", "commRestriction", "commConfirmationData", "warrant")
_METRICS = (
    ("RequestCount", "requested", "requests", "request"),
    ("ProcessingCount", "processed", "requests", "request"),
    ("ProvideCount", "accounts", "accounts", "item"),
    ("Rate", "compliance-percent", PERCENT, "request"),
    ("AverageCount", "accounts-per-processed", AVERAGE, "item"),
)
_HALVES = {"상반기": "H1", "하반기": "H2"}


def knows(document: Document) -> bool:
    return bool(_statistics(document.json))


def read(document: Document, maker: Maker) -> None:
    for number, row in enumerate(_statistics(document.json), 1):
        half = str(row.get("period", ""))
        span = maker.span(number, f"{row.get('year', '')} {_HALVES.get(half, half)}", read_period)
        if span is None:
            continue
        for prefix in _PREFIXES:
            line = Line(
                number, PROVIDER, PROVIDER, span, category(prefix), Place(KOREA, ""), dims={"process": prefix}
            )
            for suffix, metric, unit, counted in _METRICS:
                if (field := prefix + suffix) in row:
                    value = row[field]
                    cell = "" if value is None else str(value)
                    maker.add(line, metric, field, cell, unit, counted=counted)


def _statistics(document: Any) -> list[Mapping[str, Any]]:
    area = document.get("specificAreaJson") if isinstance(document, dict) else None
    rows = area.get("statistics") if isinstance(area, dict) else None
    if not isinstance(rows, list):
        return []
    return [row for row in rows if isinstance(row, dict) and "warrantRequestCount" in row]
