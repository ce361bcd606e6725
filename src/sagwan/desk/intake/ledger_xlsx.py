"""Workbooks, row by row: the values that were stored, with dates as dates.

A formula gives the value stored with it, and is a fault where none is (nothing is worked out here). Cells
merged downwards all have the first one's value; cells merged sideways are a fault, since nobody can tell
whose the value is.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import zip_longest
from typing import Any, BinaryIO
from warnings import catch_warnings, simplefilter

from openpyxl import load_workbook  # type: ignore[import-untyped]
from openpyxl.utils import range_boundaries  # type: ignore[import-untyped]

from sagwan.desk.intake.errors import UnusableFile
from sagwan.desk.intake.ledger_cells import MAX_COLUMNS, MAX_FILE, MAX_ROWS, BadCell, RawRow

MAX_MEMBERS = 1_000
MAX_RATIO = 200
_FREE = 2**20
_BLOCK = 1 << 20
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s+ref=\"([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})\"")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_ERRORS = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!")
MAX_MERGED = 100_000


@dataclass
class _Markup:
    """What a sheet's XML tells beside its values: where merged cells lie, (column, row) → the row of the
    value, and rows with sideways ones."""

    down: dict[tuple[int, int], int] = field(default_factory=dict)
    across: dict[int, int] = field(default_factory=dict)
    formulas: bool = False
    """Are there any in the sheet?"""


class XlsxTable:
    """One sheet of a workbook: its columns, and its rows as often as they are asked for.

    `sheet` '' is the only one. Raises UnusableFile where the workbook cannot be read, or has several.
    """

    def __init__(self, stream: BinaryIO, name: str, header_row: int = 1, sheet: str = "") -> None:
        self._stream, self._name, self._header_row = stream, name, header_row
        _check_zip(stream, name)
        with _Book(stream, name) as book:
            self._sheet = _chosen(book.names, sheet, name)
            self._part = book.part(self._sheet)
        self._markup = _read_markup(stream, self._part, name)
        self.header: list[str] | None = None
        self.header = self._names = self._read_header()

    def rows(self) -> Iterator[RawRow]:
        """Every row that is not blank, in order."""
        above: dict[int, Any] = {}
        for number, cells in self._cells():
            if number <= self._header_row or number > self._header_row + 10 * MAX_ROWS:
                continue
            row = self._filled(number, cells, above)
            if not any(value not in (None, "") for value in row):
                continue
            yield self._row(number, row)

    def _row(self, number: int, row: list[Any]) -> RawRow:
        width = len(self._names)
        if number in self._markup.across:
            column = self._names[min(self._markup.across[number], width) - 1]
            return RawRow(
                number, {}, BadCell(column, "its cell is merged with its neighbour", "split the cells")
            )
        if any(value not in (None, "") for value in row[width:]):
            return RawRow(number, {}, BadCell("", f"has values beyond the {width} columns that are named"))
        values: dict[str, Any] = {}
        for name, value in zip_longest(self._names, row[:width]):
            if isinstance(value, _NoValue):
                return RawRow(
                    number, {}, BadCell(name, "is a formula without a value", "paste it as a value")
                )
            if isinstance(value, str) and value in _ERRORS:
                return RawRow(number, {}, BadCell(name, f"is {value}", "mend the formula, or paste a value"))
            values[name] = "" if value is None else value
        return RawRow(number, values, from_workbook=True)

    def _filled(self, number: int, cells: list[Any], above: dict[int, Any]) -> list[Any]:
        """The row with merged cells' values; `above` remembers, by column, the value of the range's first."""
        row = list(cells) + [None] * max(0, len(self._names) - len(cells))
        for place in range(len(row)):
            first = self._markup.down.get((place + 1, number))
            if first == number:
                above[place] = row[place]
            elif first is not None:
                row[place] = above.get(place)
        return row

    def _read_header(self) -> list[str]:
        for number, cells in self._cells():
            if number == self._header_row:
                names = [str(_plain(value) or "").strip() for value in cells]
                while names and not names[-1]:
                    names.pop()
                if len(names) > MAX_COLUMNS:
                    raise UnusableFile(f"{self._name} has more than {MAX_COLUMNS} columns")
                return names
        return []

    def _cells(self) -> Iterator[tuple[int, list[Any]]]:
        with _Book(self._stream, self._name, formulas=self._markup.formulas) as book:
            yield from book.rows(self._sheet)


class _NoValue:
    """Stands for a formula that no value was stored with."""


class _Book:
    """A workbook opened for one pass over it: its values and, where it has any, beside them its formulas."""

    def __init__(self, stream: BinaryIO, name: str, *, formulas: bool = False) -> None:
        self._name = name
        try:
            with catch_warnings():
                simplefilter("ignore")  # unknown extensions and styles do not touch values
                stream.seek(0)
                self._values = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
                stream.seek(0)
                self._written = load_workbook(stream, read_only=True, keep_links=False) if formulas else None
        except Exception as error:  # openpyxl raises whatever the XML makes it stumble over
            raise UnusableFile(f"{name} is not a sound workbook: {error}") from None

    def __enter__(self) -> "_Book":
        return self

    def __exit__(self, *_: object) -> None:
        """The stream is the caller's: the workbooks must not close it."""

    @property
    def names(self) -> list[str]:
        return [sheet.title for sheet in self._values.worksheets]

    def part(self, title: str) -> str:
        """The archive's member that holds the sheet."""
        return str(self._values[title]._worksheet_path).lstrip("/")

    def rows(self, title: str) -> Iterator[tuple[int, list[Any]]]:
        sheet = self._values[title]
        sheet.reset_dimensions()  # a sheet that says it has a million rows is not believed
        try:
            if self._written is None:
                for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
                    yield number, [_plain(value) for value in cells]
                return
            self._written[title].reset_dimensions()
            both = zip(
                sheet.iter_rows(values_only=True),
                self._written[title].iter_rows(values_only=True),
                strict=False,
            )
            for number, (cells, formulas) in enumerate(both, 1):
                yield number, [_told(value, formula) for value, formula in zip(cells, formulas, strict=False)]
        except UnusableFile:
            raise
        except Exception as error:
            raise UnusableFile(f"{self._name} is not a sound workbook: {error}") from None


def _told(value: Any, formula: Any) -> Any:
    if value is None and isinstance(formula, str) and formula.startswith("="):
        return _NoValue()
    return _plain(value)


def _plain(value: Any) -> Any:
    """Text, whole numbers and days as such; what a workbook keeps as 3.0 was written as 3."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date() if value.time() == time(0) else value
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value if isinstance(value, str | int | date) or value is None else str(value)


def _chosen(names: list[str], sheet: str, name: str) -> str:
    if sheet:
        if sheet not in names:
            raise UnusableFile(f"{name} has no sheet {sheet!r}", hint=f"sheets: {', '.join(names)}")
        return sheet
    if len(names) != 1:
        raise UnusableFile(f"{name} has {len(names)} sheets", hint=f"say which: {', '.join(names)}")
    return names[0]


def _check_zip(stream: BinaryIO, name: str) -> None:
    """Raise UnusableFile where the archive is damaged, unpacks to too much, or declares entities."""
    try:
        stream.seek(0)
        with zipfile.ZipFile(stream) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS or sum(m.file_size for m in members) > 2 * MAX_FILE:
                raise UnusableFile(f"{name} unpacks to too much", hint="split it")
            for member in members:
                if member.file_size > _FREE + MAX_RATIO * member.compress_size:
                    raise UnusableFile(f"{name}/{member.filename} unpacks to too much")
                if member.filename.endswith((".xml", ".rels")):
                    for block in _blocks(archive, member, name):
                        if _DECLARES.search(block):
                            raise UnusableFile(f"{name}/{member.filename} declares entities")
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
    ) as error:
        raise UnusableFile(f"{name} is not a sound workbook: {error}") from None


def _blocks(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    """A member's bytes, each block with the end of the one before it, so that nothing hides between two."""
    with archive.open(member) as part:
        tail, total = b"", 0
        while block := part.read(_BLOCK):
            total += len(block)
            if total > member.file_size:
                raise UnusableFile(f"{name}/{member.filename} is larger than it says")
            yield tail + block
            tail = block[-200:]


def _read_markup(stream: BinaryIO, part: str, name: str) -> _Markup:
    found, cells = _Markup(), 0
    stream.seek(0)
    with zipfile.ZipFile(stream) as archive:
        for block in _blocks(archive, archive.getinfo(part), name):
            found.formulas = found.formulas or bool(_FORMULA.search(block))
            for match in _MERGED.finditer(block):
                left, top, right, bottom = range_boundaries(match[1].decode("ascii"))
                cells += bottom - top + 1
                if cells > MAX_MERGED:
                    raise UnusableFile(f"{name} has too many merged cells", hint="split them")
                for row in range(top, bottom + 1):
                    if right > left:
                        found.across[row] = left
                    else:
                        found.down[(left, row)] = top
    return found
