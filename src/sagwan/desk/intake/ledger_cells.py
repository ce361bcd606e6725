"""Rows of a file as they come out of CSV, workbook or JSON Lines, and what may be wrong with one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sagwan.desk.long_cells import LONGEST
from sagwan.record.errors import InvalidValue

MAX_FILE = 256 * 2**20
MAX_ROWS = 100_000
MAX_COLUMNS = 200
MAX_CELL = LONGEST
"""Characters in one cell: 100,000 targets of 40."""
BAD_ROWS = ("row", "what is wrong")
"""The columns that a file of bad rows begins with; where one is brought again, they are passed over."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row: the line (or workbook row) it begins on, from 1; the column as the
    file names it, or ''; what; and what to do."""

    line: int
    column: str
    problem: str
    hint: str = ""


class BadCell(InvalidValue):
    """A cell, or with column '' a row, that cannot be used."""

    def __init__(self, column: str, message: str, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.column = column


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row as the file has it: column → text, number, date or (JSON) list; or what is wrong with it."""

    line: int
    cells: Mapping[str, Any]
    bad: BadCell | None = None
    from_workbook: bool = False
    """A workbook makes a number of any text that looks like one."""
