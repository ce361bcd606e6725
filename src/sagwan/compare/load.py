"""Reading claims: the tables that come with the package, or files and folders of the same columns."""

import io
import os
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import BinaryIO

from sagwan.compare.check import fault
from sagwan.compare.claim import COLUMNS, OPTIONAL_COLUMNS, Claim, SourceKind
from sagwan.compare.lines import DEFAULT, ClaimsError, Limits, rows_of

ID = "id"
_KNOWN = frozenset({ID, *COLUMNS, *OPTIONAL_COLUMNS})
# How many different cells of a column are remembered.
_MOST_KEPT = 20_000

__all__ = ["ClaimsError", "Limits", "load", "load_packaged", "parse"]


def load_packaged() -> tuple[Claim, ...]:
    """The claims that come with Sagwan, in the order of their files and lines."""
    folder = resources.files("sagwan.compare").joinpath("data", "claims")
    tables = sorted((item for item in folder.iterdir() if item.name.endswith(".csv")), key=lambda t: t.name)

    def claims() -> Iterator[Claim]:
        for table in tables:
            yield from _claims(io.BytesIO(table.read_bytes()), table.name, DEFAULT)

    return unique(claims())


def load(path: Path, *, limits: Limits = DEFAULT) -> tuple[Claim, ...]:
    """The claims of one CSV file, or of every `*.csv` in a folder (not below it), by name.

    Raises ClaimsError where a file is missing, beyond the limits, not UTF-8, not a claims table or has a bad
    row. Reads a file line by line: what it takes in memory are its claims.
    """
    if path.is_dir():
        files = sorted(path.glob("*.csv"))
        if not files:
            raise ClaimsError(f"{path} holds no .csv file", hint="name a claims table or a folder of them")
    elif path.is_file():
        files = [path]
    else:
        raise ClaimsError(f"{path} is neither a file nor a folder")
    return load_files(files, limits=limits)


def load_files(files: Iterable[Path], *, limits: Limits = DEFAULT) -> tuple[Claim, ...]:
    """The claims of these CSV files, each claim once. Raises ClaimsError."""
    return unique(claim for file in files for claim in _file(file, limits))


def parse(text: str, name: str = "claims", *, limits: Limits = DEFAULT) -> tuple[Claim, ...]:
    """The claims of a CSV text; `name` stands for the file in errors. Raises ClaimsError."""
    return unique(_claims(io.BytesIO(text.encode()), name, limits))


def _file(file: Path, limits: Limits) -> Iterator[Claim]:
    try:
        with file.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            if size > limits.size:
                raise ClaimsError(f"{file} is larger than {limits.size // 2**20} MiB", hint="split the table")
            yield from _claims(stream, str(file), limits)
    except OSError as error:
        raise ClaimsError(f"{file} cannot be read: {error.strerror}") from None


def _claims(stream: BinaryIO, name: str, limits: Limits) -> Iterator[Claim]:
    rows = rows_of(stream, name, limits)
    _, header = next(rows, (1, []))
    _check_header(header, name)
    checked = [_Cells(column) for column in header]
    for line, cells in rows:
        if len(cells) != len(header):
            raise ClaimsError(f"{name}, line {line}: {len(cells)} cells where {len(header)} belong")
        try:
            row = {column: known[cell] for column, known, cell in zip(header, checked, cells, strict=True)}
        except _FaultError as error:
            raise ClaimsError(f"{name}, line {line}, column {error}") from None
        yield _claim(row, name, line)


class _FaultError(Exception):
    """The column of a cell, and what is wrong with it."""


class _Cells(dict[str, str]):
    """A column's cells: each text is checked once and kept once, for most of them stand in many rows."""

    def __init__(self, column: str) -> None:
        super().__init__()
        self._column = column

    def __missing__(self, cell: str) -> str:
        if wrong := fault(self._column, cell):
            raise _FaultError(f"{self._column}: {wrong}")
        if len(self) >= _MOST_KEPT:
            self.clear()
        self[cell] = cell
        return cell


def _check_header(header: Sequence[str], name: str) -> None:
    if wrong := _wrong(header):
        raise ClaimsError(
            f"{name}, line 1: not the header of a claims table: {wrong}",
            hint=f"the columns are {','.join(COLUMNS)}, and those of docs/reference/claims.md",
        )


def _wrong(header: Sequence[str]) -> str:
    """What is wrong with a header, or nothing. Each way is a sentence of its own, for its Korean."""
    known = _unlike(header)
    twice = {column for column in header if header.count(column) > 1} if len(header) < 100 else ()
    doubled = _listed(sorted(twice))
    if known and doubled:
        return f"{known}; has twice {doubled}"
    return f"has twice {doubled}" if doubled else known


def _unlike(header: Sequence[str]) -> str:
    absent = _listed([column for column in COLUMNS if column not in header])
    unknown = _listed([column for column in header if column not in _KNOWN])
    if absent and unknown:
        return f"lacks {absent}; has {unknown}"
    if absent:
        return f"lacks {absent}"
    return f"has unknown columns: {unknown}" if unknown else ""


def _listed(columns: Sequence[str]) -> str:
    return ", ".join(map(_short, columns[:20]))


def _claim(row: dict[str, str], name: str, line: int) -> Claim:
    stated = row.pop(ID, "")
    kind = SourceKind(row.pop("source_kind"))
    try:
        claim = Claim(**row, source_kind=kind, file=name, line=line)
    except ValueError as error:
        raise ClaimsError(f"{name}, line {line}, column value: {error}") from None
    if stated and stated != claim.id:
        raise ClaimsError(
            f"{name}, line {line}, column id: {_short(stated)} is not this row's id, {claim.id}",
            hint="what was printed is never edited; leave the id out of a row of your own",
        )
    return claim


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"


def unique(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Each claim once: a row that stands twice, column for column, says nothing more."""
    return tuple({claim.id: claim for claim in claims}.values())
