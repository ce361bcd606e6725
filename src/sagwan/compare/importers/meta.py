"""Meta: one table a half-year, a row a country, about fifteen kinds of request as groups of columns.

Both releases: that of 2018, which grew column by column, and that of 2024, one wide header for all of them.
The half-year stands in the file's name alone.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sagwan.compare.importers.cells import (
    COUNT,
    RANGE,
    Reading,
    are_fractions,
    fraction,
    lone_fraction,
    reading,
)
from sagwan.compare.importers.columns import note_unknown, sound_sections
from sagwan.compare.importers.countries import named
from sagwan.compare.importers.dates import Span, find_period, read_period
from sagwan.compare.importers.errors import ImporterError
from sagwan.compare.importers.maker import Line, Maker
from sagwan.compare.importers.national import band, is_band
from sagwan.compare.importers.sums import check_sum
from sagwan.compare.importers.table import Header, Record, Section, has_section, key, slug, spec
from sagwan.compare.importers.understood import Document
from sagwan.compare.value import PERCENT

PROVIDER = "meta"
PUBLISHER = "Meta"
SERVICE = "facebook-family"

SPECS = (
    spec("2024", "Country", "Total Requests", "Total Requests Accounts"),
    spec("2018", "Country", "Total Data Requests", "Total Users/Accounts Requested"),
)

# The heads whose groups have other names than theirs.
_CATEGORIES = {
    "totalrequests": "total-requests",
    "totaldatarequests": "total-requests",
    "legalprocessrequesttotal": "legal-process-requests",
    "emergencyrequesttotal": "emergency-requests",
}
_PREFIXES = {"total-requests": "", "legal-process-requests": "Legal ", "emergency-requests": "ER "}
_SINGLE = {
    "contentrestricted": ("content-restrictions", "restricted"),
    "contentrestrictions": ("content-restrictions", "restricted"),
    "takedownreports": ("takedown-reports", "requested"),
    "percentwitheld": ("content-restrictions", "withheld-percent"),
    "percentwithheld": ("content-restrictions", "withheld-percent"),
    "internetdisruptions": ("internet-disruptions", "disruptions"),
}
_BANDED = frozenset({"nsls", "fisa-content-requests", "fisa-non-content-requests"})
_PROCESSES = (
    "Search Warrant",
    "Subpoena",
    "Court Order (Other)",
    "MLAT Search Warrant",
    "MLAT Order",
    "Court Order (18 USC 2703(d))",
    "Pen Register/Trap and Trace",
    "Title III",
)
_NUMBER_WITH_DATA = "Number of Requests Where Some Data Produced"
_SUFFIX = re.compile(r"(.+)(?:accounts|percentage)")
_PRESERVED = "preservationaccountspreserved"
_OLD_TOTALS = ("totalusersaccountsrequested", "percentrequestswheresomedataproduced")


@dataclass(frozen=True, slots=True)
class _Group:
    """The columns of one kind of request: a metric's key to the column's."""

    category: str
    columns: Mapping[str, str]


def knows(document: Document) -> bool:
    return any(has_section(table, SPECS) for table in document.tables)


def read(document: Document, maker: Maker) -> None:
    span = read_period(maker.origin.period) if maker.origin.period else find_period(document.name)
    if span is None:
        raise ImporterError(
            f"{document.name}: Meta's tables do not say of which half-year they are",
            hint="name the file as Meta does, with 2013_H1 or 2013-H1 in it, or give the period",
        )
    for table in document.tables:
        for section in sound_sections(table, SPECS, maker):
            _read_section(section, span, maker)


def _read_section(section: Section, span: Span, maker: Maker) -> None:
    groups = tuple(_groups(section.header))
    read_ = {"country", *(column for group in groups for column in group.columns.values())}
    note_unknown(section, maker, read_.__contains__)
    fractions = {
        column
        for group in groups
        for metric, column in group.columns.items()
        if metric == "compliance-percent" and are_fractions(record.get(column) for record in section.records)
    }
    for record in section.records:
        _read_record(record, groups, fractions, span, maker)


def _groups(header: Header) -> Iterable[_Group]:
    for index, label in enumerate(header.labels):
        name = key(label)
        if single := _SINGLE.get(name):
            yield _Group(single[0], {single[1]: name})
        elif name == "preservationrequests":
            columns = {"requested": name, "accounts": _PRESERVED}
            yield _Group("preservation-requests", _there(header, columns))
        elif name and name != "country" and header.at[name] == index and not _belongs(header, name):
            group = _group(header, label)
            # A column that heads no group is new: what it counts is not known, so it keeps its own name.
            yield group if len(group.columns) > 1 else _Group("other", {slug(label): name})


def _belongs(header: Header, name: str) -> bool:
    """True for a column of a group that another column heads."""
    suffixed = _SUFFIX.fullmatch(name)
    return (
        (suffixed is not None and suffixed[1] in header.at)
        or name.endswith(key(_NUMBER_WITH_DATA))
        or name in (_PRESERVED, *_OLD_TOTALS)
    )


def _group(header: Header, label: str) -> _Group:
    name = key(label)
    category = _CATEGORIES.get(name, slug(label))
    old = name == "totaldatarequests"
    columns = {
        "requested": name,
        "processed": key(f"{_PREFIXES.get(category, '-')}{_NUMBER_WITH_DATA}"),
        "accounts": _OLD_TOTALS[0] if old else f"{name}accounts",
        "compliance-percent": _OLD_TOTALS[1] if old else f"{name}percentage",
    }
    if category not in _PREFIXES:
        del columns["processed"]
    return _Group(category, _there(header, columns))


def _there(header: Header, columns: Mapping[str, str]) -> dict[str, str]:
    return {metric: column for metric, column in columns.items() if column in header.at}


def _read_record(
    record: Record, groups: Iterable[_Group], fractions: set[str], span: Span, maker: Maker
) -> None:
    place = named(record.get("country"))
    for group in groups:
        # A kind of request that a row prints nothing of is not claimed to be asked, or not asked.
        if not any(record.get(column).strip() for column in group.columns.values()):
            continue
        line = Line(record.row.number, PROVIDER, SERVICE, span, group.category, place)
        for metric, column in group.columns.items():
            cell = record.get(column)
            unit, read = _read_cell(cell, metric, group.category, column in fractions)
            counted = "account" if metric == "accounts" else "request"
            maker.add(line, metric, record.label(column), cell, unit, read, counted=counted)
    _check_sums(record, maker)


def _read_cell(cell: str, metric: str, category: str, fractions: bool) -> tuple[str, Reading]:
    if metric.endswith("percent"):
        # One cell of the 2018 release is a fraction among shares with a sign; below 1 % Meta prints 0 or 1.
        as_fraction = fractions or lone_fraction(cell)
        return PERCENT, fraction(cell) if as_fraction else reading(cell, PERCENT)
    if is_band(cell):
        return RANGE, band(cell) if category in _BANDED else reading(cell, RANGE)
    return COUNT, reading(cell, COUNT)


def _check_sums(record: Record, maker: Maker) -> None:
    def cells(*labels: str) -> list[tuple[str, str]]:
        return [(label, record.get(key(label))) for label in labels]

    row, place = record.row.number, record.get("country")
    legal, emergency = cells("Legal Process Request Total", "Emergency Request Total")
    total = record.header.find("totalrequests", "totaldatarequests")
    if legal[1].strip() and emergency[1].strip():
        check_sum(maker, row, (f"{place}: {record.label(total)}", record.get(total)), (legal, emergency))
    processes = [(label, cell) for label, cell in cells(*_PROCESSES) if cell.strip()]
    if processes:
        check_sum(maker, row, (f"{place}: {legal[0]}", legal[1]), processes)
