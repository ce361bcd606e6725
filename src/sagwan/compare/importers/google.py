"""Google: requests by half-year, country and legal process, consumer and enterprise, and diplomatic ones.

Header sets of 2012, 2014, 2018 and 2023 on: the same words, run together in one, renamed in another. The
2012 copy has no legal process; it counts all of them, which later copies call `All`.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sagwan.compare.importers.cells import COUNT, Reading, are_fractions, fraction, reading
from sagwan.compare.importers.columns import note_missing, note_unknown, sound_sections
from sagwan.compare.importers.countries import Place, country, named
from sagwan.compare.importers.dates import Order, Span, half_ending, order_of
from sagwan.compare.importers.maker import Line, Maker
from sagwan.compare.importers.table import Record, Section, ascii_slug, has_section, slug, spec
from sagwan.compare.importers.understood import Document
from sagwan.compare.stated import read_stated
from sagwan.compare.value import PERCENT, MissingState, State

PROVIDER = "google"
PUBLISHER = "Google"
# A half-year with a tenth of the rows of the one before is not all there.
_THIN = 10

_REQUESTS = spec("requests", "Period Ending", "CLDR Territory Code", "User Data Requests")
_DLR = spec("dlr", "Period Ending", "Assisting Country", "User Data Diplomatic Legal requests")
_ENTERPRISE = spec("enterprise", "Period Ending", "Product", "Enterprise Cloud customer requests")
_ENTERPRISE_DLR = spec("enterprise-dlr", "Period Ending", "Product", "Enterprise Diplomatic Legal requests")
SPECS = (_REQUESTS, _DLR, _ENTERPRISE, _ENTERPRISE_DLR)

_COUNTRY = ("countryregion", "country", "countryregionoforigin")
# The words of these two have changed with nearly every release, their kind has not.
_PERCENT = re.compile(r"percent.*")
_ACCOUNTS = re.compile(r"(users)?(accounts|customers).*|enterprisecloudcustomers")
_HEADS = frozenset(
    {"periodending", "cldrterritorycode", "legalprocess", "product", "assistingcountry", *_COUNTRY}
)
_REQUESTED = (
    "userdatarequests",
    "enterprisecloudcustomerrequests",
    "userdatadiplomaticlegalrequests",
    "enterprisediplomaticlegalrequests",
)
_SERVICES = {"gsuite": "google-workspace", "googleworkspace": "google-workspace", "gcp": "gcp"}

# Later copies print 0 in half-years before a measure was first published; the copies of that time are blank.
_FIRST: Mapping[str, tuple[date, str]] = {
    "accounts": (date(2011, 1, 1), "accounts are given from 2011H1 on; copies of the time are blank here"),
    "compliance-percent": (
        date(2010, 7, 1),
        "shares are given from 2010H2 on; copies of the time are blank here",
    ),
}


@dataclass(frozen=True, slots=True)
class _Column:
    """A measure's column: its key, what it counts, and whether its shares are fractions of 1."""

    name: str
    metric: str
    unit: str
    counted: str
    fractions: bool = False


def knows(document: Document) -> bool:
    return any(has_section(table, SPECS) for table in document.tables)


def read(document: Document, maker: Maker) -> None:
    for table in document.tables:
        for section in sound_sections(table, SPECS, maker):
            _read_section(section, maker)
            _warn_of_thin_end(section, maker)


def _warn_of_thin_end(section: Section, maker: Maker) -> None:
    """A last half-year of which only a few rows are there yet is far from complete."""
    rows = Counter(record.get("periodending").strip() for record in section.records)
    last, *before = sorted(rows, reverse=True)[:2] or [""]
    if before and rows[last] * _THIN < rows[before[0]]:
        text = f"{last} has {rows[last]} rows, {before[0]} has {rows[before[0]]}: it is far from complete"
        maker.warn("thin-period", 0, text)


def _read_section(section: Section, maker: Maker) -> None:
    order = order_of(record.get("periodending") for record in section.records)
    columns = _columns(section)
    note_unknown(section, maker, {*_HEADS, *(one.name for one in columns)}.__contains__)
    if not section.spec.name.endswith("dlr"):
        metrics = {one.metric for one in columns}
        heads = (("accounts", "accounts" in metrics), ("shares disclosed", "compliance-percent" in metrics))
        note_missing(section, maker, heads)
    for record in section.records:
        if line := _line(record, section.spec.name, order, maker):
            for column in columns:
                _add(record, line, column, maker)


def _columns(section: Section) -> tuple[_Column, ...]:
    """The measures of a table, in the order in which they become claims."""
    header = section.header
    accounts = next((name for name in header.at if _ACCOUNTS.fullmatch(name)), "")
    percent = next((name for name in header.at if _PERCENT.fullmatch(name)), "")
    fractions = bool(percent) and are_fractions(record.get(percent) for record in section.records)
    found = (
        _Column(header.find(*_REQUESTED), "requested", COUNT, "request"),
        _Column(accounts, "accounts", COUNT, "customer" if "customers" in accounts else "account"),
        _Column(percent, "compliance-percent", PERCENT, "request", fractions),
    )
    return tuple(one for one in found if one.name)


def _line(record: Record, kind: str, order: Order, maker: Maker) -> Line | None:
    span = maker.span(record.row.number, record.get("periodending"), lambda text: half_ending(text, order))
    if span is None:
        return None
    assisting = country(record.get("assistingcountry"))
    process = record.get("legalprocess")
    return Line(
        record.row.number,
        PROVIDER,
        _service(record),
        span,
        "diplomatic-legal-requests" if kind.endswith("dlr") else slug(process) or "all",
        _place(record, kind),
        {"assisting": assisting.code or assisting.printed},
        {"process": process, "assisting": assisting.code},
    )


def _place(record: Record, kind: str) -> Place:
    printed, code = record.get(record.header.find(*_COUNTRY)), record.get("cldrterritorycode")
    # Enterprise diplomatic tables say with a blank and a 0 that there was no country at all.
    return country(printed, code) if kind == "enterprise-dlr" else named(printed, code)


def _service(record: Record) -> str:
    product = record.get("product")
    return _SERVICES.get(slug(product).replace("-", ""), ascii_slug(product)) if product else "google"


def _add(record: Record, line: Line, column: _Column, maker: Maker) -> None:
    cell = record.get(column.name)
    read = fraction(cell) if column.fractions else reading(cell, column.unit)
    read = _false_zero(cell, read, column, line.span) or read
    label = record.label(column.name)
    maker.add(line, column.metric, label, cell, column.unit, read, counted=column.counted)


def _false_zero(cell: str, read: Reading, column: _Column, span: Span) -> Reading | None:
    first, reason = _FIRST.get(column.metric, (date.min, ""))
    if span.last < first and read_stated(cell, column.unit, **read.columns).code is State.ZERO:
        return Reading(MissingState.NOT_REPORTED.value, reason=reason)
    return None
