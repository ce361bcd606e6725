"""Tables as they are handed over: CSV or JSON Lines in UTF-8, read row by row and written anew.

What goes out is written from what was read and checked, so that nothing unseen rides along.
"""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from sagwan.desk.long_cells import long_cells
from sagwan.record.errors import SagwanError

MAX_ROW = 1_000_000
"""Characters of a row of JSON Lines, and of a field of CSV."""
SUFFIXES = (".csv", ".jsonl", ".ndjson")

Row = dict[str, Any]


class UnreadableRows(SagwanError):
    """A table that cannot be read row by row: says which file and line."""


def is_table(name: str) -> bool:
    """Does a file's name say that it can be read row by row?"""
    return name.lower().endswith(SUFFIXES)


def read_rows(file: Path, name: str) -> Iterator[tuple[int, Row]]:
    """(line number, row) of a table, a row as a mapping from column to value; raise UnreadableRows."""
    try:
        with file.open(encoding="utf-8-sig", newline="" if _is_csv(name) else None) as source:
            yield from _read_csv(source, name) if _is_csv(name) else _read_json(source, name)
    except UnicodeDecodeError as error:
        raise UnreadableRows(f"{name} is not UTF-8: {error}", hint="save it as UTF-8") from None


def _is_csv(name: str) -> bool:
    return name.lower().endswith(".csv")


def _read_csv(source: TextIO, name: str) -> Iterator[tuple[int, Row]]:
    with long_cells():
        yield from _read_cells(source, name)


def _read_cells(source: TextIO, name: str) -> Iterator[tuple[int, Row]]:
    reader = csv.reader(source, strict=True)
    try:
        columns = next(reader, [])
        if not columns or len(set(columns)) != len(columns) or not all(columns):
            raise UnreadableRows(f"{name}: the first line must name each column, once")
        for cells in reader:
            number = reader.line_num
            if any(len(cell) > MAX_ROW for cell in cells):
                raise UnreadableRows(f"{name}: line {number} has more than {MAX_ROW:,} characters")
            if len(cells) != len(columns):
                raise UnreadableRows(
                    f"{name}: line {reader.line_num} has {len(cells)} fields, the first line {len(columns)}"
                )
            yield reader.line_num, dict(zip(columns, cells, strict=True))
    except csv.Error as error:
        raise UnreadableRows(f"{name}: line {reader.line_num}: {error}") from None


def _read_json(source: TextIO, name: str) -> Iterator[tuple[int, Row]]:
    number = 0
    while line := source.readline(MAX_ROW + 1):
        number += 1
        if len(line) > MAX_ROW:
            raise UnreadableRows(f"{name}: line {number} has more than {MAX_ROW:,} characters")
        if not line.strip():
            continue
        try:
            row = json.loads(line, object_pairs_hook=_once)
        except (ValueError, RecursionError) as error:
            raise UnreadableRows(f"{name}: line {number} is no JSON: {error}") from None
        if not isinstance(row, dict):
            raise UnreadableRows(f"{name}: line {number} is no JSON object")
        yield number, row


def _once(pairs: list[tuple[str, Any]]) -> Row:
    """An object of JSON; a member named twice could show each reader another value."""
    row = dict(pairs)
    if len(row) != len(pairs):
        raise ValueError("a member is named twice")
    return row


class RowWriter:
    """Writes rows in the form that a file's name says."""

    def __init__(self, sink: TextIO, name: str) -> None:
        self._sink = sink
        self._csv = csv.writer(sink, lineterminator="\n") if _is_csv(name) else None
        self._begun = False

    def write(self, row: Row) -> None:
        if self._csv is None:
            self._sink.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")
            return
        if not self._begun:
            self._csv.writerow(row)
            self._begun = True
        self._csv.writerow(row.values())
