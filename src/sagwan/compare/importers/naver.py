"""Naver: the JSON of its report page, all half-years in one document, counts as texts, a dash for none."""

import re
from collections.abc import Mapping
from typing import Any

from sagwan.compare.importers.countries import Place
from sagwan.compare.importers.dates import read_period
from sagwan.compare.importers.korea import KOREA, category
from sagwan.compare.importers.maker import Line, Maker
from sagwan.compare.importers.sums import check_at_most
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
_FIELDS = frozenset(
    {prefix + suffix for prefix in _PREFIXES for suffix, *_ in _METRICS}
    | {"id", "year", "period", "guideEditorHtml"}
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
            _check(row, prefix, number, maker)
        _note_unknown(row, number, maker)


def _check(row: Mapping[str, Any], prefix: str, number: int, maker: Maker) -> None:
    asked, done = (str(row.get(prefix + suffix, "")) for suffix in ("RequestCount", "ProcessingCount"))
    name = f"{prefix}, {row.get('year')} {row.get('period')}"
    check_at_most(maker, number, (f"{name}: processed", done), ("requested", asked))


def _note_unknown(row: Mapping[str, Any], number: int, maker: Maker) -> None:
    for field in sorted(row.keys() - _FIELDS):
        if re.search("[0-9]", str(row[field])):
            maker.skip(number, str(row[field]), "no measure is known by this name", field)


def resembles(document: Document) -> str:
    """What a document lacks that is laid out as Naver's; nothing where it is not."""
    return "none of its statistics has a count of requests" if _rows(document.json) else ""


def _statistics(document: Any) -> list[Mapping[str, Any]]:
    """The rows, where any has a number of requests."""
    rows = _rows(document)
    return rows if any(prefix + "RequestCount" in row for row in rows for prefix in _PREFIXES) else []


def _rows(document: Any) -> list[Mapping[str, Any]]:
    area = document.get("specificAreaJson", document) if isinstance(document, dict) else None
    rows = area.get("statistics") if isinstance(area, dict) else None
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
