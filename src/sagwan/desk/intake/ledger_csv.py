"""CSV, row by row and never whole: UTF-8 (with or without BOM), UTF-16 with BOM, or CP949, as Excel in Korea
writes it; commas, semicolons or tabs between cells."""

import codecs
import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from sagwan.desk.intake.errors import UnusableFile
from sagwan.desk.intake.ledger_cells import MAX_CELL, MAX_COLUMNS, BadCell, RawRow
from sagwan.desk.long_cells import long_cells

_BLOCK = 1 << 20
_HINT = "save it as UTF-8; in Excel: 'CSV UTF-8'"


class CsvTable:
    """A CSV file: its columns, and its rows as often as they are asked for. Raises UnusableFile."""

    def __init__(self, stream: BinaryIO, name: str, header_row: int = 1, encoding: str = "") -> None:
        self._stream, self._name = stream, name
        self._encoding = encoding or encoding_of(stream, name)
        self._header_row = header_row
        self._divider = self._find_divider()
        self._names = self._header()
        self.header: list[str] | None = self._names

    def rows(self) -> Iterator[RawRow]:
        """Every row that is not blank, in order."""
        for line, cells in self._lines():
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(self._names):
                problem = f"{len(cells)} cells, but {len(self._names)} columns are named"
                yield RawRow(line, {}, BadCell("", problem, "quote cells that hold the divider"))
                continue
            yield RawRow(line, dict(zip(self._names, cells, strict=True)))

    def _header(self) -> list[str]:
        with _Decoded(self._stream, self._encoding) as text:
            self._skip(text)
            try:
                return [cell.strip() for cell in next(csv.reader(text, delimiter=self._divider), [])]
            except csv.Error as error:
                raise self._unreadable(self._header_row, error) from None

    def _lines(self) -> Iterator[tuple[int, list[str]]]:
        with long_cells(), _Decoded(self._stream, self._encoding) as text:
            skipped = self._skip(text)
            reader = csv.reader(text, delimiter=self._divider, strict=True)
            try:
                next(reader, None)
                end = reader.line_num
                for cells in reader:
                    line, end = skipped + end + 1, reader.line_num
                    yield line, cells
            except csv.Error as error:
                raise self._unreadable(skipped + reader.line_num, error) from None

    def _unreadable(self, line: int, error: csv.Error) -> UnusableFile:
        return UnusableFile(f"{self._name}, line {line}: {error}", hint="quote cells that hold the divider")

    def _skip(self, text: io.TextIOWrapper) -> int:
        for _ in range(self._header_row - 1):
            text.readline(MAX_CELL)
        return self._header_row - 1

    def _find_divider(self) -> str:
        """The sign of which the header's line has most; a comma where it has none."""
        with _Decoded(self._stream, self._encoding) as text:
            self._skip(text)
            line = text.readline(100_000)
        counts = {sign: line.count(sign) for sign in ",;\t"}
        best = max(counts, key=lambda sign: counts[sign])
        if counts[best] > MAX_COLUMNS:
            raise UnusableFile(f"{self._name} has more than {MAX_COLUMNS} columns")
        return best


class _Decoded:
    """The stream from its beginning, decoded; left open behind."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        stream.seek(0)
        self._wrapper = io.TextIOWrapper(stream, encoding=encoding, newline="")

    def __enter__(self) -> io.TextIOWrapper:
        return self._wrapper

    def __exit__(self, *_: object) -> None:
        self._wrapper.detach()


def encoding_of(stream: BinaryIO, name: str) -> str:
    """The encoding in which the whole stream can be read; raise UnusableFile where it is no text."""
    stream.seek(0)
    start = stream.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        wanted: tuple[str, ...] = ("utf-16",)
    else:
        wanted = ("utf-8-sig", "cp949")
    for encoding in wanted:
        if _decodes(stream, encoding, name):
            return encoding
    raise UnusableFile(f"{name} is neither UTF-8 nor CP949 text", hint=_HINT)


def _decodes(stream: BinaryIO, encoding: str, name: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    stream.seek(0)
    try:
        while block := stream.read(_BLOCK):
            if "\0" in decoder.decode(block):
                raise UnusableFile(f"{name} holds a NUL byte: it is no text", hint=_HINT)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
