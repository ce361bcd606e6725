"""An answer that is a table: for people, as CSV or JSON on standard output, or as a Parquet file.

The commands that compare published figures share these forms, so that each option means the same everywhere.
"""

import io
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from sagwan.cli.errors import Unusable
from sagwan.cli.output import say, say_json

STDOUT = "-"
Cell = str | int | Decimal | None


class Kind(StrEnum):
    """What a column holds, and so its type in Parquet: text, a whole number, or any number."""

    TEXT = "text"
    COUNT = "count"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its columns, and rows of as many cells; None is a cell of which nothing is known."""

    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


@dataclass(frozen=True, slots=True)
class Form:
    """In which form an answer is wanted; for people, where nothing else is asked for."""

    as_csv: bool = False
    as_json: bool = False
    parquet: str = ""
    force: bool = False

    def __post_init__(self) -> None:
        """Refuse, before any work is done, what cannot be written."""
        asked = [
            name
            for name, on in (
                ("--csv", self.as_csv), ("--json", self.as_json), ("--parquet", bool(self.parquet))
            )
            if on
        ]  # fmt: skip
        if len(asked) > 1:
            raise Unusable(f"{', '.join(asked)} exclude each other", hint="ask for one form at a time")
        if self.parquet == STDOUT and sys.stdout.isatty():
            raise Unusable("a terminal cannot show Parquet", hint="name a FILE, or send the output into one")
        if self.parquet and self.parquet != STDOUT:
            check_new(Path(self.parquet), force=self.force)

    @property
    def for_people(self) -> bool:
        return not (self.as_csv or self.as_json or self.parquet)

    def give(
        self, grid: Callable[[], Grid], *, document: Callable[[], object], people: Callable[[], None]
    ) -> None:
        """Give the answer in the form that was asked for; only that form is made."""
        if self.as_json:
            say_json(document())
        elif self.as_csv:
            _print_csv(grid())
        elif self.parquet:
            _write_parquet(grid(), self.parquet)
        else:
            people()


def check_new(path: Path, *, force: bool) -> None:
    """Raise Unusable where a file is there already and may not be written over, or cannot be written."""
    if path.is_dir():
        raise Unusable(f"{path} is a folder", hint="name a file")
    if path.exists() and not force:
        raise Unusable(f"{path} is there already", hint="--force writes over it")
    if not path.parent.is_dir():
        raise Unusable(f"{path.parent} is not a folder", hint="make it first")


def _print_csv(grid: Grid) -> None:
    from sagwan.compare.store.csvs import csv_lines  # noqa: PLC0415 - only for those who ask

    sys.stdout.writelines(csv_lines(grid.names, grid.rows))


def _write_parquet(grid: Grid, where: str) -> None:
    import pyarrow.parquet as pq  # type: ignore[import-untyped]  # noqa: PLC0415 - takes a while to load

    from sagwan.compare.store.files import write  # noqa: PLC0415

    table = _arrow(grid)
    if where == STDOUT:
        sink = io.BytesIO()
        pq.write_table(table, sink, compression="zstd")
        sys.stdout.buffer.write(sink.getvalue())
    else:
        write(Path(where), lambda path: pq.write_table(table, path, compression="zstd"))
        say(f"{where}: {len(grid.rows):,} rows")


def _arrow(grid: Grid):  # type: ignore[no-untyped-def] # pyarrow has no types
    import pyarrow as pa  # noqa: PLC0415

    # 18 digits before the point and 18 after it hold every number that a claim can be read as.
    types = {Kind.TEXT: pa.string(), Kind.COUNT: pa.int64(), Kind.NUMBER: pa.decimal128(36, 18)}
    cells = list(zip(*grid.rows, strict=True)) or [()] * len(grid.columns)
    arrays = [
        pa.array([_cell(cell, column.kind) for cell in row], types[column.kind])
        for column, row in zip(grid.columns, cells, strict=True)
    ]
    return pa.Table.from_arrays(arrays, names=list(grid.names))


def _cell(cell: Cell, kind: Kind) -> Cell:
    if cell is None or kind is Kind.COUNT:
        return cell
    return Decimal(cell) if kind is Kind.NUMBER else str(cell)
