"""Google: requests by half-year, country and legal process, consumer and enterprise, and diplomatic ones.

Header sets of 2012, 2014, 2018 and 2023 on: the same words, run together in one, renamed in another. The
2012 copy has no legal process; it counts all of them, which later copies call `All`.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from sagwan.compare.importers.cells import COUNT, Reading, reading
from sagwan.compare.importers.countries import country
from sagwan.compare.importers.dates import Order, Span, half_ending, order_of
from sagwan.compare.importers.maker import Line, Maker
from sagwan.compare.importers.table import Record, Section, ascii_slug, has_section, sections, slug, spec
from sagwan.compare.importers.understood import Document
from sagwan.compare.value import PERCENT, MissingState

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
_PERCENT = (
    "percentagedisclosed",
    "percentageofrequestswheresomedataproduced",
    "percentageofdatarequestsfullyorpartiallycompliedwith",
)
_ACCOUNTS = ("accounts", "usersaccountsspecified", "enterprisecloudcustomers")
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


def knows(document: Document) -> bool:
    return any(has_section(table, SPECS) for table in document.tables)


def read(document: Document, maker: Maker) -> None:
    for table in document.tables:
        maker.sheet = table.sheet
        for section in sections(table, SPECS):
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
    for record in section.records:
        if line := _line(record, section.spec.name, order, maker):
            _figures(record, line, maker)


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
        country(record.get(record.header.find(*_COUNTRY)), record.get("cldrterritorycode")),
        {"assisting": assisting.code or assisting.printed},
        {"process": process, "assisting": assisting.code},
    )


def _service(record: Record) -> str:
    product = record.get("product")
    return _SERVICES.get(slug(product).replace("-", ""), ascii_slug(product)) if product else "google"


def _figures(record: Record, line: Line, maker: Maker) -> None:
    customers = "enterprisecloudcustomers" in record.header.at
    for metric, names, unit, counted in (
        ("requested", _REQUESTED, COUNT, "request"),
        ("accounts", _ACCOUNTS, COUNT, "customer" if customers else "account"),
        ("compliance-percent", _PERCENT, PERCENT, "request"),
    ):
        if name := record.header.find(*names):
            cell = record.get(name)
            read = _false_zero(cell, metric, line.span) or reading(cell, unit)
            maker.add(line, metric, record.label(name), cell, unit, read, counted=counted)


def _false_zero(cell: str, metric: str, span: Span) -> Reading | None:
    first, reason = _FIRST.get(metric, (date.min, ""))
    if cell.strip() == "0" and span.last < first:
        return Reading(MissingState.NOT_REPORTED.value, reason=reason)
    return None
