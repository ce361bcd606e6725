"""What a row of claims must satisfy. A printed value is never wrong: what cannot be read stays as printed."""

import re
from collections.abc import Mapping
from datetime import date

from sagwan.compare.claim import DIMENSIONS, PLACE, WIDE_COLUMNS, Claim, SourceKind
from sagwan.compare.edition import Edition
from sagwan.compare.lines import ClaimsError
from sagwan.compare.period import PeriodKind, is_period
from sagwan.compare.stated import READING

_DATE = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?")
_JURISDICTION = re.compile(r"[A-Z]{2}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BREAK = re.compile(r"[\t\r\n]")
_SLUG = re.compile(r"[a-z0-9-]*")
_KINDS = frozenset(map(str, SourceKind))
_MAY_BE_EMPTY = frozenset(
    {"jurisdiction", "category", "part", "value", "note", *DIMENSIONS, *READING, *PLACE}
)
# Printed cells may hold what a sheet's cell may hold; keys, codes and addresses are one line.
_PRINTED = frozenset(
    {"value", "note", "jurisdiction_printed", "period_printed", "process", "column", "sheet", "reason"}
)
CLOSED: Mapping[str, frozenset[str]] = {
    "period_kind": frozenset(map(str, PeriodKind)),
    "completeness": frozenset({"complete", "partial"}),
    "live": frozenset({"stored", "live"}),
    "urgency": frozenset({"normal", "emergency"}),
    "source_kind": _KINDS,
}
"""The columns whose words are closed lists."""

_SLUGS = frozenset({"counted", "identifier", "process_class", "channel", "data_class", "requester"})


def fault(column: str, cell: str) -> str:
    """What is wrong with a cell, or nothing."""
    if not cell:
        return "" if column in _MAY_BE_EMPTY else "is empty"
    if column not in _PRINTED and _BREAK.search(cell):
        return "holds a TAB" if "\t" in cell else "holds a line break"
    if "\0" in cell or (column not in _PRINTED and _CONTROL.search(cell)):
        return "holds a control character"
    if column in CLOSED and cell not in CLOSED[column]:
        return f"{cell!r} is not one of {', '.join(sorted(CLOSED[column]))}"
    if column in _SLUGS and not _SLUG.fullmatch(cell):
        return f"{cell!r} is not a word of a-z, 0-9 and hyphens"
    return _shape(column, cell)


def check_claim(claim: Claim) -> None:
    """Check a claim that was not read from a table; raises ClaimsError naming its figure and column."""
    for column in WIDE_COLUMNS:
        if wrong := fault(column, str(getattr(claim, column))):
            raise ClaimsError(f"the claim on {claim.figure}: column {column}: {wrong}")


def _shape(column: str, cell: str) -> str:
    if column == "period" and not is_period(cell):
        return f"{cell!r} is not a period: write 2016H1, 2016, 2016Q1, 2016-03 or 2024-02-17/2024-12-31"
    if column in ("jurisdiction", "assisting") and not _JURISDICTION.fullmatch(cell):
        return f"{cell!r} is not two capital letters (ISO 3166-1), or EU"
    if column == "source_date":
        if not _DATE.fullmatch(cell):
            return f"{cell!r} is not a date: write 2016, 2016-08 or 2016-08-04"
        if cell.startswith("0000") or (len(cell) == len("2016-08-04") and not _is_day(cell)):
            return f"{cell!r} is not a day of the calendar"
    if column in ("period_start", "period_end") and not _is_day(cell):
        return f"{cell!r} is not a day of the calendar: write 2016-08-04"
    if column == "edition" and not _is_edition(cell):
        return f"{cell!r} is not an edition: write publisher|address|retrieved|sha256"
    return ""


def _is_day(cell: str) -> bool:
    try:
        return date.fromisoformat(cell).isoformat() == cell
    except ValueError:
        return False


def _is_edition(cell: str) -> bool:
    try:
        return bool(Edition.parse(cell).sha256)
    except ValueError:
        return False
