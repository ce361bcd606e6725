"""Reading claims: the tables that come with the package, or files and folders of the same columns."""

import csv
import io
import re
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from sagwan.compare.claim import COLUMNS, Claim, SourceKind
from sagwan.compare.period import is_period
from sagwan.record.errors import SagwanError

_DATE = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?")
_JURISDICTION = re.compile(r"[A-Z]{2}")
_KINDS = frozenset(map(str, SourceKind))
_MAY_BE_EMPTY = frozenset({"category", "part", "value", "note"})
MAX_BYTES = 256 * 1024 * 1024


class ClaimsError(SagwanError):
    """A claims table that cannot be read; the message names file, line and column."""


def load_packaged() -> tuple[Claim, ...]:
    """The claims that come with Sagwan, in the order of their files and lines."""
    folder = resources.files("sagwan.compare").joinpath("data", "claims")
    tables = sorted((item for item in folder.iterdir() if item.name.endswith(".csv")), key=lambda t: t.name)
    return _unique(claim for table in tables for claim in _read(table, table.name))


def load(path: Path) -> tuple[Claim, ...]:
    """The claims of one CSV file, or of every `*.csv` in a folder (not below it), by name.

    Raises ClaimsError where a file is missing, too large, not UTF-8, not a claims table or has a bad row.
    """
    if path.is_dir():
        files = sorted(path.glob("*.csv"))
        if not files:
            raise ClaimsError(f"{path} holds no .csv file", hint="name a claims table or a folder of them")
    elif path.is_file():
        files = [path]
    else:
        raise ClaimsError(f"{path} is neither a file nor a folder")
    for file in files:
        if file.stat().st_size > MAX_BYTES:
            raise ClaimsError(f"{file} is larger than {MAX_BYTES // 2**20} MiB", hint="split the table")
    return _unique(claim for file in files for claim in _read(file, str(file)))


def parse(text: str, name: str = "claims") -> tuple[Claim, ...]:
    """The claims of a CSV text; `name` stands for the file in errors. Raises ClaimsError."""
    return _unique(_rows(text.removeprefix("\ufeff"), name))


def _read(table: Traversable, name: str) -> Iterator[Claim]:
    try:
        text = table.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ClaimsError(
            f"{name}: byte {error.start} is not UTF-8", hint="save the table as UTF-8"
        ) from None
    except OSError as error:
        raise ClaimsError(f"{name} cannot be read: {error.strerror}") from None
    return _rows(text, name)


def _rows(text: str, name: str) -> Iterator[Claim]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        _check_header(next(reader, []), name)
        for cells in reader:
            first, line = line + 1, reader.line_num
            if cells:
                yield _claim(cells, name, first)
    except csv.Error as error:
        raise ClaimsError(f"{name}, line {reader.line_num}: {error}") from None


def _check_header(header: list[str], name: str) -> None:
    if tuple(header) == COLUMNS:
        return
    absent = [column for column in COLUMNS if column not in header]
    unknown = [column for column in header if column not in COLUMNS]
    wrong = "; ".join(
        f"{what} {', '.join(columns)}" for what, columns in (("lacks", absent), ("has", unknown)) if columns
    )
    raise ClaimsError(
        f"{name}, line 1: not the header of a claims table: {wrong or 'another order of columns'}",
        hint=f"the columns are {','.join(COLUMNS)}",
    )


def _claim(cells: list[str], name: str, line: int) -> Claim:
    if len(cells) != len(COLUMNS):
        raise ClaimsError(f"{name}, line {line}: {len(cells)} cells where {len(COLUMNS)} belong")
    row = dict(zip(COLUMNS, cells, strict=True))
    for column, cell in row.items():
        if fault := _fault(column, cell):
            raise ClaimsError(f"{name}, line {line}, column {column}: {fault}")
    kind = SourceKind(row.pop("source_kind"))
    try:
        claim = Claim(**row, source_kind=kind, file=name, line=line)
        _ = claim.last_day
    except ValueError:
        raise ClaimsError(
            f"{name}, line {line}, column source_date: {cells[11]!r} is not a day of the calendar"
        ) from None
    return claim


def _fault(column: str, cell: str) -> str:
    """What is wrong with a cell, or nothing. A value is never wrong: what cannot be read stays as printed."""
    if not cell and column not in _MAY_BE_EMPTY:
        return "is empty"
    if "\t" in cell and column != "note":
        return "holds a TAB"
    if column == "period" and not is_period(cell):
        return f"{cell!r} is not a period: write 2016H1 or 2016"
    if column == "jurisdiction" and not _JURISDICTION.fullmatch(cell):
        return f"{cell!r} is not two capital letters (ISO 3166-1), or EU"
    if column == "source_date" and not _DATE.fullmatch(cell):
        return f"{cell!r} is not a date: write 2016, 2016-08 or 2016-08-04"
    if column == "source_kind" and cell not in _KINDS:
        return f"{cell!r} is not one of {', '.join(SourceKind)}"
    return ""


def _unique(claims: Iterator[Claim]) -> tuple[Claim, ...]:
    """Each claim once: a row that stands twice, column for column, says nothing more."""
    return tuple({claim.id: claim for claim in claims}.values())
