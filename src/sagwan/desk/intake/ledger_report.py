"""What is wrong with a file of requests, cell by cell; and empty files to begin with."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any

from openpyxl import Workbook  # type: ignore[import-untyped]

from sagwan.desk.intake.ledger import Ledger, Report
from sagwan.desk.intake.ledger_bad import safe_cell, shown_cell
from sagwan.desk.intake.ledger_row import COLUMNS, PAPER
from sagwan.law.in_force import InstrumentOnDay

HEADER = ("row", "column", "value", "what is wrong", "what to do")
LONGEST = 200
READY_ROWS = 500
"""Rows of a new workbook whose cells are made text, so that no case number becomes a date."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong: the row, the column as the file calls it, what stands there, what to do."""

    line: int
    column: str
    value: str
    problem: str
    hint: str


def wrong_cells(ledger: Ledger, report: Report, say: Callable[[str], str] = str) -> Iterator[Wrong]:
    """Everything that the report keeps one by one, in the order of the rows. `say` puts what is wrong into
    the reader's language."""
    cells = {row.line: row.cells for row in ledger.raw_rows() if row.line in report.bad_lines}
    for fault in sorted(report.faults, key=lambda fault: fault.line):
        value = _value(cells.get(fault.line, {}), fault.column)
        yield Wrong(fault.line, fault.column, value, say(fault.problem), say(fault.hint))


def _value(cells: Mapping[str, Any], column: str) -> str:
    """What stands there; a column that is joined of several is named with ` + ` between."""
    names = [column] if column in cells else column.split(" + ")
    value = " ".join(filter(None, (shown_cell(cells, name) for name in names)))
    return value if len(value) <= LONGEST else f"{value[: LONGEST - 1]}…"


def report_csv(
    ledger: Ledger,
    report: Report,
    say: Callable[[str], str] = str,
    header: Sequence[str] = HEADER,
) -> bytes:
    """The report as CSV, as a spreadsheet opens it."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    for one in wrong_cells(ledger, report, say):
        writer.writerow([one.line, *map(safe_cell, (one.column, one.value, one.problem, one.hint))])
    return out.getvalue().encode("utf-8-sig")


def columns_for(instrument: InstrumentOnDay) -> list[str]:
    """The columns of a file of one instrument: ours, and what its law wants on the document."""
    return [*COLUMNS, *(PAPER + item.slug for item in instrument.items)]


def template_csv(instrument: InstrumentOnDay) -> bytes:
    """An empty file with its columns' names."""
    out = StringIO(newline="")
    csv.writer(out).writerow(columns_for(instrument))
    return out.getvalue().encode("utf-8-sig")


def template_xlsx(instrument: InstrumentOnDay) -> bytes:
    """An empty workbook with its columns' names, whose cells are text."""
    book = Workbook()
    sheet = book.active
    sheet.title = instrument.slug[:31]
    sheet.append(columns_for(instrument))
    sheet.freeze_panes = "A2"
    for row in sheet.iter_rows(min_row=2, max_row=READY_ROWS + 1, max_col=len(columns_for(instrument))):
        for cell in row:
            cell.number_format = "@"
    out = BytesIO()
    book.save(out)
    return out.getvalue()
