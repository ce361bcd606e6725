"""What makes the checks over the log's entries and the openings' lines: the seam for a second engine.

Signatures (1), history (3), files (4) and the comparison of tables (7) are the same code for every engine;
what differs is who hashes the entries (2), reads the lines (5), follows the requests (6) and adds up the
totals (7).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import Protocol, Self

from sagwan.formats.tally import Table
from sagwan.record.errors import SagwanError
from sagwan.record.period import Period
from sagwan.verify.binding import hash_files
from sagwan.verify.findings import Findings
from sagwan.verify.lives import Lives
from sagwan.verify.openings import Openings
from sagwan.verify.requests import Range
from sagwan.verify.source import Source
from sagwan.verify.tree import Tree
from sagwan.verify.work import PYTHON, NoFastWork, Work, fast, has_fast


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

    def end(self) -> None:
        """All half-years are read: find what only all of them together can tell."""


class Engine(Protocol):
    """`made` says (in `en` and `ko`) who makes which check, by its number; what it leaves out is Python's.

    `warning` is a word for the reader where it could not work as it was meant to, else empty.
    """

    name: str
    made: Mapping[int, Mapping[str, str]]
    warning: str

    def tree(self, source: Source, sizes: Sequence[int]) -> HashedLog:
        """The log up to the largest of `sizes`."""

    def openings(
        self, source: Source, ranges: Sequence[Range], total: int, findings: Findings
    ) -> CountedOpenings:
        """The openings of the half-years that can be read, oldest first; the log gives `total` entries."""

    def hash_files(self, source: Source, files: Sequence[str]) -> dict[str, str]:
        """The SHA-256 of openings' files in hex, by path (check 4)."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def engine_named(name: str) -> Engine:
    """The engine of that name, loaded only now; raise SagwanError where it is unknown or not installed."""
    if name == "auto":
        return Auto()
    if name == "python":
        return Python()
    if name == "fast":
        if not has_fast():
            fast()
        return Auto(pays_from=0)
    if name == "duckdb":
        from sagwan.verify.duckdb import DuckDB  # noqa: PLC0415

        return DuckDB()
    if name == "spark":
        from sagwan.verify.spark import Spark  # noqa: PLC0415

        return Spark()
    raise SagwanError(f"{name!r} is no engine", hint="auto, python, fast, duckdb or spark")


class Python:
    """The engine that is always there; `work` says who does its heavy parts."""

    def __init__(self, work: Work = PYTHON) -> None:
        self.warning = ""
        self._open = ExitStack()
        self._take(work)

    def _take(self, work: Work) -> None:
        self.name, self.made, self._work = work.name, work.made, work

    def tree(self, source: Source, sizes: Sequence[int]) -> Tree:
        return Tree(source, sizes, self._work)

    def openings(self, source: Source, ranges: Sequence[Range], total: int, findings: Findings) -> Openings:
        size = sum(covered.cut - covered.first for covered in ranges)
        lives = self._open.enter_context(Lives(size, self._work))
        return Openings(source, total, findings, lives, self._work)

    def hash_files(self, source: Source, files: Sequence[str]) -> dict[str, str]:
        return hash_files(source, files)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()


COMPILED_FROM = 1_000_000
"""Entries from which the compiled loops pay, the seconds of their first compilation included."""


class Auto(Python):
    """Python, with the compiled loops where they are installed and the log has `pays_from` entries."""

    def __init__(self, pays_from: int = COMPILED_FROM) -> None:
        super().__init__()
        self._pays_from = pays_from

    def tree(self, source: Source, sizes: Sequence[int]) -> Tree:
        if has_fast() and max(sizes, default=0) >= self._pays_from:
            try:
                self._take(fast())
            except NoFastWork as error:
                self.warning = f"{error.message}; going on with hashlib"
        return super().tree(source, sizes)
