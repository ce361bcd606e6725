"""Apple: one table for each kind of identifier or request, its whole history in each.

A dash after a blank is 'not available'. Columns are known by their words, which differ between tables and
releases in an article or a preposition (`Accounts Specified in the Requests`, `Objected to in Part`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sagwan.compare.importers.cells import COUNT, RANGE, Reading, are_fractions, fraction, reading
from sagwan.compare.importers.columns import known_sections
from sagwan.compare.importers.countries import named
from sagwan.compare.importers.dates import Order, Span, order_of, read_day, read_period
from sagwan.compare.importers.maker import Line, Maker
from sagwan.compare.importers.national import band, is_band
from sagwan.compare.importers.table import Header, Record, Section, has_section, slug, spec
from sagwan.compare.importers.understood import Document
from sagwan.compare.value import PERCENT

PROVIDER = "apple"
PUBLISHER = "Apple"

SPECS = tuple(
    spec("apple", period, "TR Start Date", place)
    for period in ("TR Period", "TR Date")
    for place in ("Country/Region", "Country")
)
# `National Security Requests Type+`, `IPA Warrant Request Type`: a kind of request in each row.
_TYPE = re.compile(r".*(requests?|warrants?)type")

# What the column with the requests is headed by, and the category it makes. The longest first.
_CATEGORIES = (
    ("legalviolationtakedownrequestsreceived", "app-takedown-legal-violation-requests"),
    ("platformpolicyviolationtakedownrequestsreceived", "app-takedown-platform-policy-violation-requests"),
    ("accountrestrictionaccountdeletionrequestsreceived", "account-restriction-deletion-requests"),
    ("accountpreservationrequestsreceived", "account-preservation-requests"),
    ("digitalcontentproviderrequestsreceived", "digital-content-provider-requests"),
    ("financialidentifierrequestsreceived", "financial-identifier-requests"),
    ("pushtokenrequestsreceived", "push-token-requests"),
    ("emergencyrequestsreceived", "emergency-requests"),
    ("accountrequestsreceived", "account-requests"),
    ("devicerequestsreceived", "device-requests"),
)

# Words of a column to metric, thing counted; the first that fits.
_METRICS = tuple(
    (re.compile(words), metric, counted)
    for words, metric, counted in (
        (r"percent.*", "compliance-percent", "request"),
        (r"(requestschallenged|requestsrejected|requestsobjected).*", "challenged-or-rejected", "request"),
        (r"requestswherenodataprovided", "no-data-provided", "request"),
        (r"requestswhereonlynoncontentdataprovided", "disclosed-non-content-only", "request"),
        (r"requestswherecontentprovided", "disclosed-content", "request"),
        (r"requestswheredataprovided", "processed", "request"),
        (r"requestswhereaccountrestricted", "restricted", "request"),
        (r"requestswhereaccountdeleted", "deleted", "request"),
        (r"requestswhereappremoved", "processed", "request"),
        (r"accountswheredatapreserved", "accounts-preserved", "account"),
        (r"devicesspecifiedinrequests", "devices", "device"),
        (r"(accountsspecifiedin(the)?requests|usersaccounts)", "accounts", "account"),
        (r"financialidentifiersspecifiedin(the)?requests", "financial-identifiers", "payment"),
        (r"pushtokensspecifiedin(the)?requests", "push-tokens", "push-token"),
        (r"appsspecifiedin(the)?requests", "apps", "app"),
        (r"appsremoved", "apps-removed", "app"),
        (r"appsreinstated", "apps-reinstated", "app"),
        (r"appeals(received|granted)", r"appeals", "appeal"),
        (r".*requestsreceived|requests", "requested", "request"),
    )
)
_NUMBER_OF = re.compile(r"(total)?numberof|total(?=.*requestsreceived)")
_HEADS = frozenset({"trperiod", "trdate", "trstartdate", "trenddate", "countryregion", "country"})


@dataclass(frozen=True, slots=True)
class _Column:
    """A measure's column: its key and label, and whether its shares are fractions of 1."""

    name: str
    label: str
    metric: str
    counted: str
    fractions: bool


def knows(document: Document) -> bool:
    return any(has_section(table, SPECS) for table in document.tables)


def read(document: Document, maker: Maker) -> None:
    for section in known_sections(document.tables, SPECS, maker, bool):
        _read_section(section, maker)


def _read_section(section: Section, maker: Maker) -> None:
    days = [record.get(name) for record in section.records for name in ("trstartdate", "trenddate")]
    order = order_of(days)
    header = section.header
    category = _category(header, maker.document.name)
    kind = next((name for name in header.at if _TYPE.fullmatch(name)), "")
    columns = tuple(_columns(section, kind))
    for record in section.records:
        if span := maker.span(record.row.number, _printed(record), lambda _, r=record: _span(r, order)):  # type: ignore[misc]
            process = record.get(kind).strip() if kind else ""
            place = named(record.get(header.find("countryregion", "country")))
            own = slug(process) or category
            line = Line(record.row.number, PROVIDER, "apple", span, own, place, dims={"process": process})
            for column in columns:
                _add(record, line, column, maker)


def _category(header: Header, name: str) -> str:
    """By the header; a kind that is not known here by the file's name, which is its name too."""
    for words, category in _CATEGORIES:
        if any(name.endswith(words) for name in header.at):
            return category
    return slug(re.sub(r"\.[a-z]+$", "", name.rpartition("/")[2].casefold()))


def _printed(record: Record) -> str:
    return record.get(record.header.find("trperiod", "trdate"))


def _span(record: Record, order: Order) -> Span:
    """The half-year by its name; where start and end are printed too they must be its first and last day."""
    span = read_period(_printed(record))
    days = (record.get("trstartdate"), record.get("trenddate"))
    if all(day.strip() for day in days):
        first, last = (_day(day, order) for day in days)
        if (first, last) != (span.first, span.last):
            raise ValueError(f"{_printed(record)!r} is not {days[0]} to {days[1]}")
    return span


def _day(text: str, order: Order) -> date:
    # Apple has always put the month first; a column of nothing but 1/1 and 7/1 cannot say so itself.
    return read_day(text, Order.MONTH if order is Order.UNKNOWN else order)


def _columns(section: Section, kind: str) -> Iterator[_Column]:
    for name, index in section.header.at.items():
        label = section.header.labels[index]
        if name in _HEADS or name == kind or not name:
            continue
        metric, counted = _metric(name, label)
        fractions = metric.endswith("percent") and are_fractions(one.get(name) for one in section.records)
        yield _Column(name, label, metric, counted, fractions)


def _add(record: Record, line: Line, column: _Column, maker: Maker) -> None:
    cell = record.get(column.name)
    unit, read = _read_cell(cell, column)
    maker.add(line, column.metric, column.label, cell, unit, read, counted=column.counted)


def _metric(name: str, label: str) -> tuple[str, str]:
    bare = _NUMBER_OF.sub("", name, count=1)
    for words, metric, counted in _METRICS:
        if words.fullmatch(bare):
            return (slug(label) if metric == "appeals" else metric), counted
    # A column that is not known is kept under its own name rather than left out.
    return slug(label), ""


def _read_cell(cell: str, column: _Column) -> tuple[str, Reading]:
    if column.metric.endswith("percent"):
        return PERCENT, fraction(cell) if column.fractions else reading(cell, PERCENT)
    if is_band(cell):
        return RANGE, band(cell) if band(cell).rule else reading(cell, RANGE)
    return COUNT, reading(cell, COUNT)
