"""Kakao: the JSON of its report page, one document a half-year, a row a service and category."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sagwan.compare.importers.cells import Reading, reading
from sagwan.compare.importers.countries import Place
from sagwan.compare.importers.dates import Span, read_period
from sagwan.compare.importers.korea import KOREA, SERVICES, UNKNOWN, category
from sagwan.compare.importers.maker import Line, Maker
from sagwan.compare.importers.table import ascii_slug, key, slug
from sagwan.compare.importers.understood import Document
from sagwan.compare.recount import FOLLOW_UP
from sagwan.compare.value import State

PROVIDER = "kakao"
PUBLISHER = "Kakao"

_METRICS = (
    ("numberOfRequests", "requested", "requests", "request"),
    ("numberOfProcesses", "processed", "requests", "request"),
    ("numberOfAccounts", "accounts", "accounts", "account"),
)
_HALVES = {"first": "H1", "second": "H2", "상반기": "H1", "하반기": "H2"}
_BRACKETED = re.compile(r"\(([0-9][0-9,]*)\)")


def knows(document: Document) -> bool:
    return bool(_reports(document.json))


def read(document: Document, maker: Maker) -> None:
    for number, row in enumerate(_reports(document.json), 1):
        span = maker.span(number, _printed(row), read_period)
        kind = category(_text(row.get("enCategory") or row.get("category")))
        service = _text(row.get("serviceCorp"))
        provider, slug_ = SERVICES.get(key(service), (PROVIDER, ascii_slug(service) or "all"))
        if span is None:
            continue
        if not kind:
            maker.warn("category", number, UNKNOWN.format(row.get("category")))
        line = _line(number, provider, slug_, span, kind or slug(_text(row.get("category"))), row)
        _figures(row, line, maker)


def _reports(document: Any) -> list[Mapping[str, Any]]:
    data = document.get("data") if isinstance(document, dict) else None
    rows = data.get("reports") if isinstance(data, dict) else None
    if not isinstance(rows, list):
        return []
    return [row for row in rows if isinstance(row, dict) and "numberOfRequests" in row]


def _line(number: int, provider: str, service: str, span: Span, kind: str, row: Mapping[str, Any]) -> Line:
    process = " ".join(_text(row.get("category")).split())
    return Line(number, provider, service, span, kind, Place(KOREA, ""), dims={"process": process})


def _printed(row: Mapping[str, Any]) -> str:
    half = _text(row.get("halfYear"))
    return f"{_text(row.get('year'))} {_HALVES.get(half, half)}"


def _figures(row: Mapping[str, Any], line: Line, maker: Maker) -> None:
    for field, metric, unit, counted in _METRICS:
        if field in row:
            maker.add(line, metric, field, _text(row[field]), unit, counted=counted)
    if etc := _text(row.get("etc")).strip():
        _follow_up(line, etc, maker)


def _follow_up(line: Line, etc: str, maker: Maker) -> None:
    """A number in brackets beside wiretaps: further requests that named members of a group chat."""
    name, _, stage = FOLLOW_UP.partition("=")
    own = replace(line, parts={name: stage})
    found = _BRACKETED.fullmatch(etc)
    read = Reading(State.EXACT.value, found[1], reason="in brackets") if found else reading(etc, "requests")
    maker.add(own, "processed", "etc", etc, "requests", read, counted="request")


def _text(value: Any) -> str:
    """A JSON value as it is printed; null is nothing, true and false are no numbers."""
    return "" if value is None else str(value)
