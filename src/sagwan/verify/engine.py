"""What makes the checks over the log's entries and the openings' lines: the seam for a second engine.

Signatures (1), history (3), files (4) and the comparison of tables (7) are the same code for every engine;
what differs is who hashes the entries (2), reads the lines (5), follows the requests (6) and adds up the
totals (7).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Protocol, Self

from sagwan.formats.tally import Table
from sagwan.record.errors import SagwanError
from sagwan.record.period import Period
from sagwan.verify.findings import Findings
from sagwan.verify.openings import Openings
from sagwan.verify.requests import Range
from sagwan.verify.source import Source
from sagwan.verify.tree import Tree


class HashedLog(Protocol):
    """The log, hashed: `roots` by size (those that could be had), `total` the largest size asked for.

    `complete` once all entries up to `total` are hashed.
    """

    total: int
    roots: dict[int, bytes]
    complete: bool

    def hash(self, findings: Findings) -> Iterator[int]:
        """Hash everything, yielding how many entries are done. What does not fit goes to check 2."""


class CountedOpenings(Protocol):
    """The openings, half-year by half-year in their order; what does not hold goes to checks 5 and 6."""

    reports: list[tuple[str, int, Period, str]]
    """The opened `report` lines: file, index, half-year, manifest's SHA-256 in hex."""

    @property
    def uncompared(self) -> int:
        """Lines that had no entry to be compared with."""

    @property
    def tables(self) -> Mapping[Period, Table]:
        """The tables of the half-years read so far, as they stand after the last one read."""

    def skip(self, covered: Range) -> None:
        """Pass over a half-year that cannot be read; its table is empty."""

    def read(self, covered: Range, progress: Callable[[int], None]) -> tuple[int, dict[str, int]]:
        """Check and count a half-year: how many entries are opened, and how many withheld, by reason."""


class Engine(Protocol):
    """`made` says (in `en` and `ko`) who makes which check, by its number; what it leaves out is Python's."""

    name: str
    made: Mapping[int, Mapping[str, str]]

    def tree(self, source: Source, sizes: Sequence[int]) -> HashedLog:
        """The log up to the largest of `sizes`."""

    def openings(
        self, source: Source, ranges: Sequence[Range], total: int, findings: Findings
    ) -> CountedOpenings:
        """The openings of the half-years that can be read, oldest first; the log gives `total` entries."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def engine_named(name: str) -> Engine:
    """The engine of that name, loaded only now; raise SagwanError where it is unknown or not installed."""
    if name == "python":
        return Python()
    if name == "duckdb":
        from sagwan.verify.duckdb import DuckDB  # noqa: PLC0415

        return DuckDB()
    if name == "spark":
        from sagwan.verify.spark import Spark  # noqa: PLC0415

        return Spark()
    raise SagwanError(f"{name!r} is no engine", hint="python, duckdb or spark")


class Python:
    """The engine that is always there."""

    name = "python"
    made: Mapping[int, Mapping[str, str]] = {}

    def tree(self, source: Source, sizes: Sequence[int]) -> Tree:
        return Tree(source, sizes)

    def openings(self, source: Source, ranges: Sequence[Range], total: int, findings: Findings) -> Openings:
        return Openings(source, total, findings)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing to give back."""
