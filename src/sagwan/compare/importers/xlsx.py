"""Workbooks to tables: the values that were stored, as text, sheet by sheet."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from itertools import zip_longest
from typing import Any
from warnings import catch_warnings, simplefilter

from openpyxl import load_workbook  # type: ignore[import-untyped]

from sagwan.compare.importers.errors import ImporterError, TooLarge
from sagwan.compare.importers.limits import Limits
from sagwan.compare.importers.table import Row, Table
from sagwan.compare.importers.zips import open_zip, read_member

WORKBOOK = "xl/workbook.xml"
_LAST_ROW = 1_048_576
_DECLARES = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_FORMULA = re.compile(rb"<(\w+:)?f[\s>]")


def is_workbook(data: bytes, name: str, limits: Limits) -> bool:
    with open_zip(data, name, limits) as archive:
        return WORKBOOK in archive.namelist()


def read_xlsx(data: bytes, name: str, limits: Limits) -> tuple[Table, ...]:
    """The sheets of a workbook, hidden ones too, in order.

    A formula gives the value that was stored with it, or its own text where none was: it is never worked out.
    Raises ImporterError where it is no sound workbook, TooLarge past a limit.
    """
    formulas = _checked(data, name, limits)
    try:
        with catch_warnings():
            simplefilter("ignore")  # unknown extensions and styles do not touch values
            values = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            written = load_workbook(io.BytesIO(data), read_only=True, keep_links=False) if formulas else None
            if len(values.worksheets) > limits.sheets:
                raise TooLarge(f"{name} holds {len(values.worksheets)} sheets, more than {limits.sheets}")
            return tuple(
                _table(sheet, written[sheet.title] if written else None, name, limits)
                for sheet in values.worksheets
            )
    except ImporterError:
        raise
    except Exception as error:  # openpyxl raises whatever the XML makes it stumble over
        raise ImporterError(f"{name} is not a sound workbook: {error}") from error


def _checked(data: bytes, name: str, limits: Limits) -> bool:
    """True where there are formulas. Raises where a part is too large, or declares entities."""
    formulas = False
    with open_zip(data, name, limits) as archive:
        for member in archive.infolist():
            if member.filename.endswith((".xml", ".rels")):
                part = _part(archive, member, name, limits)
                if _DECLARES.search(part):
                    raise ImporterError(f"{name}/{member.filename} declares entities: no workbook needs them")
                formulas = formulas or bool(_FORMULA.search(part))
    return formulas


def _part(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, limits: Limits) -> bytes:
    return read_member(archive, member, f"{name}/{member.filename}", limits)


def _table(sheet: Any, written: Any, name: str, limits: Limits) -> Table:
    where = f"{name}, sheet {sheet.title}"
    rows: list[Row] = []
    # A sheet that says it has a million rows is not believed: it is read until it ends.
    sheet.reset_dimensions()
    for number, cells in enumerate(_cells(sheet, written), 1):
        if number > _LAST_ROW:
            raise TooLarge(f"{where} has more than {_LAST_ROW:,} rows")
        row = Row(number, cells)
        if not row.is_blank:
            limits.check_row(where, len(rows) + 1, len(cells), max(map(len, cells)))
            rows.append(row)
    return Table(tuple(rows), sheet.title, sheet.sheet_state != "visible")


def _cells(sheet: Any, written: Any) -> Iterator[tuple[str, ...]]:
    if written is None:
        for values in sheet.iter_rows(values_only=True):
            yield _trimmed(map(_text, values))
        return
    written.reset_dimensions()
    empty: Sequence[Any] = ()
    both = zip_longest(
        sheet.iter_rows(values_only=True), written.iter_rows(values_only=True), fillvalue=empty
    )
    for values, formulas in both:
        pairs = zip_longest(values, formulas)
        yield _trimmed(_text(formula if value is None else value) for value, formula in pairs)


def _trimmed(cells: Iterable[str]) -> tuple[str, ...]:
    """Without the empty cells at its end: a styled row may have 16,384 of them."""
    row = list(cells)
    while row and not row[-1]:
        row.pop()
    return tuple(row)


def _text(value: object) -> str:
    """A stored value as text: numbers in the shortest form that reads back as the same, days in ISO."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.time() != time(0) else value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
