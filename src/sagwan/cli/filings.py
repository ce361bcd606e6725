"""A file of many filings, CSV or JSON Lines, read row by row: each row a filing, or what is wrong with it.

Columns of a CSV file (the first line names them, in any order); members of a JSON Lines object are the same:

service, instrument, data, authority, case_number   must be there
accounts        how many accounts' data is asked for; without: the number of targets
jurisdiction    without: the home's
officials       with ; between them                 (JSON: a list)
targets         KIND:VALUE with ; between them      (JSON: a list)
paper.SLUG      what stands on the document         (JSON: an object `paper`)
text            free text
emergency       yes or no                           (JSON: true or false)
channel         how it came in; without: file
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sagwan.cli import parsing
from sagwan.cli.errors import Unusable
from sagwan.record.errors import InvalidValue, SagwanError
from sagwan.record.request import Filing

REQUIRED = ("service", "instrument", "data", "authority", "case_number")
OPTIONAL = ("accounts", "jurisdiction", "officials", "targets", "text", "emergency", "channel")
PAPER = "paper."
MAX_ROWS = 20_000
MAX_CELL = 4_000_000
"""Characters in one cell: 100,000 targets of 40."""
_YES, _NO = {"yes", "true", "1"}, {"no", "false", "0", ""}
_LIST = ";"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row: the line it begins on, the column (or ''), what, and what to do."""

    line: int
    column: str
    problem: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a filing, or a fault."""

    line: int
    filing: Filing | None
    fault: Fault | None = None


class _Bad(InvalidValue):
    """A cell that cannot be used."""

    def __init__(self, column: str, message: str, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.column = column


def read_filings(file: Path, jurisdiction: str) -> list[Row]:
    """Every row of the file, in order; raise Unusable where the file itself cannot be read.

    `jurisdiction` stands where a row names none. Empty rows are passed over.
    """
    text = parsing.read_text(file)
    kind = file.suffix.lower()
    found: Iterator[tuple[int, Mapping[str, Any] | _Bad]]
    if kind == ".csv":
        found = _csv_rows(text, file)
    elif kind in (".jsonl", ".ndjson"):
        found = _json_rows(text)
    else:
        raise Unusable(f"{file} is neither .csv nor .jsonl", hint="name the file by what it holds")
    rows: list[Row] = []
    for line, values in found:
        if len(rows) >= MAX_ROWS:
            raise Unusable(f"{file} has more than {MAX_ROWS:,} rows", hint="split it")
        rows.append(_row(line, values, jurisdiction))
    if not rows:
        raise Unusable(f"{file} holds no request")
    return rows


def _csv_rows(text: str, file: Path) -> Iterator[tuple[int, Mapping[str, Any] | _Bad]]:
    limit = csv.field_size_limit(MAX_CELL)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        header = [name.strip() for name in next(reader, [])]
        _check_header(header, file)
        end = reader.line_num
        for cells in reader:
            line, end = end + 1, reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                yield (
                    line,
                    _Bad("", f"{len(cells)} cells, but {len(header)} columns are named", "quote commas"),
                )
                continue
            yield line, dict(zip(header, cells, strict=True))
    except csv.Error as error:
        raise Unusable(f"{file}, line {reader.line_num}: {error}", hint="quote cells with commas") from None
    finally:
        csv.field_size_limit(limit)


def _check_header(header: list[str], file: Path) -> None:
    twice = sorted({name for name in header if header.count(name) > 1})
    unknown = [n for n in header if n not in REQUIRED + OPTIONAL and not n.startswith(PAPER)]
    missing = [name for name in REQUIRED if name not in header]
    for what, names in (
        ("lacks the column", missing),
        ("has an unknown column", unknown),
        ("repeats", twice),
    ):
        if names:
            raise Unusable(
                f"{file}, line 1: {what} {', '.join(repr(name) for name in names)}",
                hint=f"columns: {', '.join(REQUIRED + OPTIONAL)}, paper.SLUG",
            )


def _json_rows(text: str) -> Iterator[tuple[int, Mapping[str, Any] | _Bad]]:
    for line, source in enumerate(text.split("\n"), 1):
        if not source.strip():
            continue
        try:
            document = json.loads(source)
        except (ValueError, RecursionError) as error:
            yield line, _Bad("", f"is not JSON: {error}", "one object a line")
            continue
        if not isinstance(document, dict):
            yield line, _Bad("", "is not a JSON object", "one object a line")
            continue
        try:
            yield line, _flat(document)
        except _Bad as error:
            yield line, error


def _flat(document: dict[str, Any]) -> dict[str, Any]:
    """A JSON object with the columns' names, `paper` spread out; raise _Bad for a member of another name."""
    values = dict(document)
    paper = values.pop("paper", {})
    if not isinstance(paper, dict):
        raise _Bad("paper", "is not an object", 'such as {"issuer": "prosecutor"}')
    values |= {f"{PAPER}{slug}": value for slug, value in paper.items()}
    for name in values:
        if name not in REQUIRED + OPTIONAL and not name.startswith(PAPER):
            raise _Bad(name, "is not a column", f"columns: {', '.join(REQUIRED + OPTIONAL)}, paper")
    return values


def _row(line: int, values: Mapping[str, Any] | _Bad, jurisdiction: str) -> Row:
    if isinstance(values, _Bad):
        return Row(line, None, Fault(line, values.column, values.message, values.hint))
    try:
        return Row(line, _filing(values, jurisdiction))
    except _Bad as error:
        return Row(line, None, Fault(line, error.column, error.message, error.hint))
    except SagwanError as error:
        return Row(line, None, Fault(line, "", error.message, error.hint))


def _filing(values: Mapping[str, Any], jurisdiction: str) -> Filing:
    for name in REQUIRED:
        if not values.get(name):
            raise _Bad(name, "is empty", f"give the {name.replace('_', ' ')}")
    targets = tuple(_at("targets", parsing.target, word) for word in _list(values, "targets"))
    return Filing(
        service=_text(values, "service"),
        jurisdiction=_text(values, "jurisdiction") or jurisdiction,
        instrument=_text(values, "instrument"),
        data=_at("data", parsing.categories, _list(values, "data", ",")),
        accounts=_count(values, len(targets)),
        authority=_text(values, "authority"),
        case_number=_text(values, "case_number"),
        officials=tuple(_list(values, "officials")),
        targets=targets,
        paper=_paper(values),
        text=_text(values, "text"),
        emergency=_flag(values),
        channel=_text(values, "channel") or "file",
    )


def _at(column: str, read: Any, value: Any) -> Any:
    try:
        return read(value)
    except SagwanError as error:
        raise _Bad(column, error.message, error.hint) from None


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _Bad(name, f"is {value!r:.60}, not a text")
    if len(value) > MAX_CELL:
        raise _Bad(name, f"has more than {MAX_CELL:,} characters")
    return value.strip()


def _list(values: Mapping[str, Any], name: str, divider: str = _LIST) -> list[str]:
    value = values.get(name)
    if isinstance(value, list):
        if not all(isinstance(word, str) for word in value):
            raise _Bad(name, "holds something that is not a text")
        return [word.strip() for word in value]
    return [word.strip() for word in _text(values, name).split(divider) if word.strip()]


def _paper(values: Mapping[str, Any]) -> dict[str, str]:
    paper = {n.removeprefix(PAPER): _text(values, n) for n in values if n.startswith(PAPER)}
    return {slug: value for slug, value in paper.items() if value}


def _count(values: Mapping[str, Any], otherwise: int) -> int:
    value = values.get("accounts")
    if value is None or value == "":
        return otherwise
    if isinstance(value, str):
        text = value.strip().replace(",", "")
        if not text.isascii() or not text.isdigit() or len(text) > 15:
            raise _Bad("accounts", f"{value.strip()!r:.60} is not a number", "write a whole number")
        return int(text)
    if type(value) is not int:
        raise _Bad("accounts", f"{value!r:.60} is not a whole number")
    return value


def _flag(values: Mapping[str, Any]) -> bool:
    value = values.get("emergency")
    if value is None or isinstance(value, bool):
        return bool(value)
    word = str(value).strip().lower()
    if word in _YES or word in _NO:
        return word in _YES
    raise _Bad("emergency", f"{word!r:.60} is neither yes nor no")
