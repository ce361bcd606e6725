"""GitHub: tables by year and by half-year, described by a Frictionless data package.

Disclosed may exceed received (2021): a request is counted when it comes, a disclosure when it is made. Most
tables name no country; cross-border requests name the government, security letters are the United States'.
"""

from collections.abc import Callable

from sagwan.compare.importers.cells import COUNT, RANGE, reading
from sagwan.compare.importers.columns import note_unknown, sound_sections
from sagwan.compare.importers.countries import NOWHERE, Place, country
from sagwan.compare.importers.dates import Span, read_period
from sagwan.compare.importers.maker import Line, Maker
from sagwan.compare.importers.national import band
from sagwan.compare.importers.sums import check_at_most
from sagwan.compare.importers.table import Record, Section, has_section, slug, spec
from sagwan.compare.importers.understood import Document

PROVIDER = "github"
PUBLISHER = "GitHub"

_RECEIVED = spec("received", "year", "type", "count_requests_received", "count_disclosed")
_ACCOUNTS = spec("accounts", "year", "count_accounts_affected")
_BORDER = spec("cross-border", "year", "government", "government_iso2_code", "count")
_NATIONAL = spec("national-security", "year", "month_range", "type", "count")
_NOTICE = spec("notifications", "year", "half", "type", "count")
SPECS = (_RECEIVED, _ACCOUNTS, _BORDER, _NATIONAL, _NOTICE)

_NOTICES = {
    "notification": "notified",
    "gag-order": "gagged",
    "exigent-circumstances": "not-notified-exigent",
}
_NATIONAL_TYPES = {
    "national-security-letters-and-orders-received": ("requested", "request"),
    "affected-accounts": ("accounts", "account"),
}


def knows(document: Document) -> bool:
    # `year, half, type, count` alone may be anyone's: the file's name must say that it is of notifications.
    for table in document.tables:
        if has_section(table, SPECS[:-1]):
            return True
        if has_section(table, (_NOTICE,)) and "notification" in document.name:
            return True
    return False


def read(document: Document, maker: Maker) -> None:
    for table in document.tables:
        for section in sound_sections(table, SPECS, maker):
            note_unknown(section, maker, (section.spec.needs | {"half"}).__contains__)
            _read_section(section, _READERS[section.spec.name], maker)


def _read_section(section: Section, read_one: Callable[[Record, Span, Maker], None], maker: Maker) -> None:
    for record in section.records:
        if span := maker.span(record.row.number, _printed(record), read_period):
            read_one(record, span, maker)


def _printed(record: Record) -> str:
    year, half, months = (record.get(name).strip() for name in ("year", "half", "monthrange"))
    if months:
        return f"{months} {year}"
    return f"{year} H{half}" if half else year


def _line(record: Record, span: Span, category: str, place: Place = NOWHERE, process: str = "") -> Line:
    return Line(record.row.number, PROVIDER, "github", span, category, place, dims={"process": process})


def _received(record: Record, span: Span, maker: Maker) -> None:
    process = record.get("type")
    line = _line(record, span, slug(process), process=process)
    got, gave = "countrequestsreceived", "countdisclosed"
    maker.add(line, "requested", record.label(got), record.get(got), COUNT, counted="request")
    maker.add(line, "processed", record.label(gave), record.get(gave), COUNT, counted="request")
    check_at_most(
        maker,
        record.row.number,
        (f"{process.strip()}, {line.span.period}: disclosed", record.get(gave)),
        ("received", record.get(got)),
    )


def _accounts(record: Record, span: Span, maker: Maker) -> None:
    name = "countaccountsaffected"
    line = _line(record, span, "all")
    maker.add(line, "accounts", record.label(name), record.get(name), COUNT, counted="account")


def _border(record: Record, span: Span, maker: Maker) -> None:
    place = country(record.get("government"), record.get("governmentiso2code"))
    line = _line(record, span, "cross-border-request", place)
    maker.add(line, "requested", record.label("count"), record.get("count"), COUNT, counted="request")


def _national(record: Record, span: Span, maker: Maker) -> None:
    kind = slug(record.get("type"))
    metric, counted = _NATIONAL_TYPES.get(kind, (kind, ""))
    line = _line(record, span, "national-security-letters-and-orders", Place("US", ""))
    cell = record.get("count")
    ends = band(cell)
    unit, read = (RANGE, ends) if ends.rule else (COUNT, reading(cell, COUNT))
    maker.add(line, metric, record.label("count"), cell, unit, read, counted=counted)


def _notice(record: Record, span: Span, maker: Maker) -> None:
    kind = slug(record.get("type"))
    line = _line(record, span, "all")
    metric = _NOTICES.get(kind, kind)
    maker.add(line, metric, record.label("count"), record.get("count"), COUNT, counted="request")


_READERS: dict[str, Callable[[Record, Span, Maker], None]] = {
    "received": _received,
    "accounts": _accounts,
    "cross-border": _border,
    "national-security": _national,
    "notifications": _notice,
}
