"""The rows that could not be taken, as a CSV to mend: each with what is wrong, then as it was."""

import csv
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TextIO

from sagwan.desk.intake.ledger import Ledger, Report
from sagwan.desk.intake.ledger_cells import BAD_ROWS, Fault


def write_bad_rows(ledger: Ledger, report: Report, out: TextIO, say: Callable[[str], str] = str) -> int:
    """Write the report's bad rows; return how many. `out` is opened with newline='', for Excel in utf-8-sig.

    `say` puts what is wrong into the reader's language. A cell that a spreadsheet would take for a formula is
    written with an apostrophe before it.
    """
    wrong: dict[int, list[Fault]] = {}
    for fault in report.faults:
        wrong.setdefault(fault.line, []).append(fault)
    header = [name for name in ledger.header or _names(ledger, report) if name not in BAD_ROWS]
    writer = csv.writer(out)
    writer.writerow([*BAD_ROWS, *map(safe_cell, header)])
    count = 0
    for row in ledger.raw_rows():
        if row.line in report.bad_lines:
            count += 1
            told = "; ".join(_told(fault, say) for fault in wrong.get(row.line, []))
            writer.writerow([row.line, told, *(safe_cell(shown_cell(row.cells, name)) for name in header)])
    return count


def _names(ledger: Ledger, report: Report) -> list[str]:
    """The members that bad JSON rows name, in the order in which they come."""
    found: dict[str, None] = {}
    for row in ledger.raw_rows():
        if row.line in report.bad_lines:
            found |= dict.fromkeys(row.cells)
    return list(found)


def _told(fault: Fault, say: Callable[[str], str]) -> str:
    where = f"{fault.column}: " if fault.column else ""
    return f"{where}{say(fault.problem)}" + (f" ({say(fault.hint)})" if fault.hint else "")


def shown_cell(cells: Mapping[str, Any], name: str) -> str:
    """A cell's value as text."""
    value = cells.get(name)
    if isinstance(value, list):
        return ";".join(map(str, value))
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)


def safe_cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") and len(text) > 1 else text
