"""JSON Lines: one object a line, with the columns' names; `paper` may be an object of its own."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from sagwan.desk.intake.errors import UnusableFile
from sagwan.desk.intake.ledger_cells import MAX_CELL, BadCell, RawRow

PAPER = "paper."
MAX_LINE = 4 * MAX_CELL


class JsonTable:
    """A JSON Lines file: its rows as often as they are asked for. Each row names its own columns."""

    header: list[str] | None = None

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream, self._name = stream, name

    def rows(self) -> Iterator[RawRow]:
        self._stream.seek(0)
        line = 0
        while data := self._stream.readline(MAX_LINE + 1):
            line += 1
            if len(data) > MAX_LINE:
                raise UnusableFile(f"{self._name}, line {line} is longer than {MAX_LINE:,} bytes")
            if data.strip(b"\xef\xbb\xbf \t\r\n"):
                yield _read(line, data)


def _read(line: int, data: bytes) -> RawRow:
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return RawRow(line, {}, BadCell("", f"is not JSON: {error}", "one object a line, in UTF-8"))
    if not isinstance(document, dict):
        return RawRow(line, {}, BadCell("", "is not a JSON object", "one object a line"))
    try:
        return RawRow(line, _flat(document))
    except BadCell as error:
        return RawRow(line, {}, error)


def _flat(document: dict[str, Any]) -> dict[str, Any]:
    """A JSON object with the columns' names, `paper` spread out."""
    values = dict(document)
    paper = values.pop("paper", {})
    if not isinstance(paper, dict):
        raise BadCell("paper", "is not an object", 'such as {"issuer": "prosecutor"}')
    return values | {f"{PAPER}{slug}": value for slug, value in paper.items()}
