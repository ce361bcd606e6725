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
_FIELDS = frozenset(
    {*(field for field, *_ in _METRICS), "serviceCorp", "category", "enCategory", "year", "halfYear"}
    | {"halfYearId", "content", "enContent", "etc", "id"}
)
# Accounts under Kakao's warrants up to 2014: there is no count below 0, so that -1 says that none is given.
_UNCOUNTED = {"-1": Reading(State.NOT_REPORTED.value, reason="-1 is given, which is no count")}
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


def resembles(document: Document) -> str:
    """What a document lacks that is laid out as Kakao's; nothing where it is not."""
    if not _rows(document.json):
        return ""
    names = ", ".join(field for field, *_ in _METRICS)
    return f"none of its reports has one of {names}"


def _reports(document: Any) -> list[Mapping[str, Any]]:
    """The rows of one half-year's document or of a list of them, where any row has a number in it."""
    rows = _rows(document)
    fields = {field for field, *_ in _METRICS}
    return rows if any(fields & row.keys() for row in rows) else []


def _rows(document: Any) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = []
    for one in document if isinstance(document, list) else [document]:
        data = one.get("data") if isinstance(one, dict) else None
        rows = data.get("reports") if isinstance(data, dict) else None
        found += [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return found


def _line(number: int, provider: str, service: str, span: Span, kind: str, row: Mapping[str, Any]) -> Line:
    process = " ".join(_text(row.get("category")).split())
    return Line(number, provider, service, span, kind, Place(KOREA, ""), dims={"process": process})


def _printed(row: Mapping[str, Any]) -> str:
    half = _text(row.get("halfYear"))
    return f"{_text(row.get('year'))} {_HALVES.get(half, half)}"


def _figures(row: Mapping[str, Any], line: Line, maker: Maker) -> None:
    for field, metric, unit, counted in _METRICS:
        if field in row:
            cell = _text(row[field])
            maker.add(line, metric, field, cell, unit, _UNCOUNTED.get(cell), counted=counted)
    for field in sorted(row.keys() - _FIELDS):
        if _text(row[field]).strip():
            maker.skip(line.row, _text(row[field]), "no measure is known by this name", field)
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
