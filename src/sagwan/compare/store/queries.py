"""The queries: SQL files that mean the same to every engine, and what a run of one gives.

They are written so that engines agree: no rounding, no division, every order complete, text compared byte by
byte. Two views are there for them: `claims` (store/parquet.py) and `standing` (standing.sql).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from importlib import resources
from typing import Protocol

Cell = str | int | Decimal | None
Row = tuple[Cell, ...]

NAMES = (
    "across",
    "changes",
    "contested",
    "coverage",
    "editions",
    "figures",
    "restated",
    "standing",
    "states",
    "unreadable",
    "years",
)


@dataclass(frozen=True, slots=True)
class Result:
    """The rows of a query, in its order; a whole number is an int, whatever type the engine gave it."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


class Engine(Protocol):
    """What runs queries over one set of claims."""

    def run(self, name: str) -> Result:
        """Run a query by its name; raises KeyError for one that is not there."""

    def close(self) -> None:
        """Give back what the engine holds."""


def sql(name: str) -> str:
    """The text of a query; raises KeyError for one that is not there."""
    if name not in NAMES:
        raise KeyError(f"{name!r} is not one of {', '.join(NAMES)}")
    return resources.files("sagwan.compare").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


def result(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> Result:
    """Rows as an engine gives them, in plain types."""
    return Result(tuple(columns), tuple(tuple(map(_plain, row)) for row in rows))


def _plain(cell: object) -> Cell:
    if cell is None or isinstance(cell, str | int):
        return cell
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else cell.normalize()
    raise TypeError(f"an engine gave {type(cell).__name__}, not text, a number or nothing")
