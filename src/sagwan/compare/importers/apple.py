"""Apple: one table for each kind of identifier or request, its whole history in each.

A dash after a blank is 'not available'. Columns are known by their words, which differ between tables and
releases in an article or a preposition (`Accounts Specified in the Requests`, `Objected to in Part`).
"""

import re
from datetime import date

from sagwan.compare.importers.cells import COUNT, RANGE, Reading, reading
from sagwan.compare.importers.countries import country
from sagwan.compare.importers.dates import Order, Span, order_of, read_day, read_period
from sagwan.compare.importers.maker import Line, Maker
from sagwan.compare.importers.national import band
from sagwan.compare.importers.table import Header, Record, Section, has_section, sections, slug, spec
from sagwan.compare.importers.understood import Document
from sagwan.compare.value import PERCENT, Band, read_value

PROVIDER = "apple"
PUBLISHER = "Apple"

SPECS = (
    spec("apple", "TR Period", "TR Start Date", "Country/Region"),
    spec("apple", "TR Date", "TR Start Date", "Country/Region"),
)
_TYPE = "nationalsecurityrequeststype"

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
        (r"percentageofrequests.*dataprovided", "compliance-percent", "request"),
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
_HEADS = frozenset({"trperiod", "trdate", "trstartdate", "trenddate", "countryregion", _TYPE})


def knows(document: Document) -> bool:
    return any(has_section(table, SPECS) for table in document.tables)


def read(document: Document, maker: Maker) -> None:
    for table in document.tables:
        maker.sheet = table.sheet
        for section in sections(table, SPECS):
            _read_section(section, maker)


def _read_section(section: Section, maker: Maker) -> None:
    days = [record.get(name) for record in section.records for name in ("trstartdate", "trenddate")]
    order = order_of(days)
    category = _category(section.header, maker.document.name)
    for record in section.records:
        if span := maker.span(record.row.number, _printed(record), lambda _, r=record: _span(r, order)):  # type: ignore[misc]
            own = slug(record.get(_TYPE)) or category
            process = record.get(_TYPE).strip()
            place = country(record.get("countryregion"))
            line = Line(record.row.number, PROVIDER, "apple", span, own, place, dims={"process": process})
            _figures(record, line, maker)


def _category(header: Header, name: str) -> str:
    """By the header; a kind that is not known here by the file's name, which is its name too."""
    for words, category in _CATEGORIES:
        if words in header.at:
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


def _figures(record: Record, line: Line, maker: Maker) -> None:
    for name, index in record.header.at.items():
        label = record.header.labels[index]
        if name in _HEADS or not label.strip():
            continue
        cell = record.get(name)
        metric, counted = _metric(name, label)
        unit, read = _read_cell(cell, metric)
        maker.add(line, metric, label, cell, unit, read, counted=counted)


def _metric(name: str, label: str) -> tuple[str, str]:
    for words, metric, counted in _METRICS:
        if words.fullmatch(name):
            return (slug(label) if metric == "appeals" else metric), counted
    # A column that is not known is kept under its own name rather than left out.
    return slug(label), ""


def _read_cell(cell: str, metric: str) -> tuple[str, Reading]:
    if metric.endswith("percent"):
        return PERCENT, reading(cell, PERCENT)
    if isinstance(read_value(cell, RANGE), Band):
        return RANGE, band(cell)
    return COUNT, reading(cell, COUNT)
