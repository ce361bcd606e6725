"""A hostile file's lines, one at a time: every length is bounded before anything is built from it."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from sagwan.record.errors import SagwanError

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_UTF8_MARK = b"\xef\xbb\xbf"
_SAVE_AS = "save the table as UTF-8; in Excel: 'CSV UTF-8'"


class ClaimsError(SagwanError):
    """A claims table that cannot be read; the message names file, line and column."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a table may ask for: bytes a file, rows a file, bytes a line, lines a row, characters a cell.

    The csv module has a limit of its own for a cell, which others in the same process may have moved.
    """

    size: int = 1024 * 2**20
    rows: int = 2_000_000
    line: int = 2**20
    lines: int = 1000
    cell: int = 131_072


DEFAULT = Limits()


def rows_of(stream: BinaryIO, name: str, limits: Limits = DEFAULT) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV in UTF-8 (with or without a mark), each with the line it begins on.

    Reads one line at a time. Raises ClaimsError for another encoding, a NUL, a cell, line, row or
    table beyond its limit, or an open quote.
    """
    lines = _Lines(stream, name, limits)
    reader = csv.reader(lines, strict=True)
    count = 0
    try:
        for cells in reader:
            if max(map(len, cells), default=0) > limits.cell:
                raise ClaimsError(
                    f"{name}, line {lines.first}: a cell of more than {limits.cell:,} characters",
                    hint="a quote is not closed",
                )
            if cells:
                count += 1
                yield lines.first, cells
            if count > limits.rows:
                raise ClaimsError(f"{name} has more than {limits.rows:,} rows", hint="split the table")
            lines.next_row()
    except csv.Error as error:
        raise ClaimsError(f"{name}, line {lines.number}: {error}") from None


class _Lines:
    """Decoded lines, counted; `first` is the line on which the present row begins."""

    def __init__(self, stream: BinaryIO, name: str, limits: Limits) -> None:
        self._stream, self._name, self._limits = stream, name, limits
        self._place = self.number = 0
        self.first = 1

    def next_row(self) -> None:
        self.first = self.number + 1

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._stream.readline(self._limits.line + 1)
        if not line:
            raise StopIteration
        self.number += 1
        self._check(line)
        mark = len(_UTF8_MARK) if self.number == 1 and line.startswith(_UTF8_MARK) else 0
        try:
            text = line[mark:].decode()
        except UnicodeDecodeError as error:
            place = self._place + mark + error.start
            raise ClaimsError(
                f"{self._name}: byte {place} is not UTF-8 (line {self.number})", hint=_SAVE_AS
            ) from None
        self._place += len(line)
        return text

    def _check(self, line: bytes) -> None:
        if self.number == 1 and line.startswith(_UTF16):
            raise ClaimsError(f"{self._name} is in UTF-16", hint=_SAVE_AS)
        if b"\0" in line:
            raise ClaimsError(
                f"{self._name}, line {self.number}: holds a NUL byte: it is no text", hint=_SAVE_AS
            )
        if len(line) > self._limits.line:
            raise ClaimsError(
                f"{self._name}, line {self.number}: longer than {self._limits.line:,} bytes",
                hint="is it a table with line ends?",
            )
        if self.number - self.first >= self._limits.lines:
            raise ClaimsError(
                f"{self._name}, line {self.first}: a row of more than {self._limits.lines:,} lines",
                hint="a quote is not closed",
            )
