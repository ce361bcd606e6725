"""Comparing more claims than fit in memory, in as many processes as there are cores.

No rule looks from one provider to another, but where a source counts several together (`naver+kakao`). So the
claims fall into sets that can be compared apart, and the outcome is the same as of all at once.
"""

import csv
import gc
import multiprocessing
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, TypeVar
from zlib import crc32

from sagwan.compare.figure import JOINT
from sagwan.compare.lines import DEFAULT, ClaimsError, Limits, rows_of
from sagwan.compare.load import load_files
from sagwan.compare.reconcile import compare
from sagwan.compare.result import Comparison

T = TypeVar("T")
_PROVIDER = "provider"
# As many files are open at once; a set larger than another takes more memory, not more time a claim.
SETS = 64


def compare_many(
    table: Path,
    tell: Callable[[Comparison], T],
    *,
    period: str | None = None,
    jobs: int = 1,
    sets: int = SETS,
    limits: Limits = DEFAULT,
) -> Iterator[T]:
    """Yield what `tell` says of each part of a table of claims (CSV), in an order fixed by the table.

    `tell` runs where the part was compared: with more than one of `jobs` in another process, so that what it
    gives back should be small. Takes room on disk for a copy of the table. Raises ClaimsError.
    """
    with tempfile.TemporaryDirectory(prefix="sagwan-compare-") as folder:
        parts = split(table, Path(folder), sets=sets, limits=limits)
        work = [(part, tell, period, limits) for part in parts]
        if jobs == 1:
            yield from map(_compare, work)
            return
        with multiprocessing.get_context("spawn").Pool(jobs) as pool:
            yield from pool.imap(_compare, work)


def _compare(work: tuple[Path, Callable[[Comparison], T], str | None, Limits]) -> T:
    part, tell, period, limits = work
    # A part lives for seconds and holds no cycles: looking for them costs a third of the time.
    with _no_collection():
        return tell(compare(load_files([part], limits=limits), period))


@contextmanager
def _no_collection() -> Iterator[None]:
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def split(table: Path, folder: Path, *, sets: int = SETS, limits: Limits = DEFAULT) -> list[Path]:
    """Write the rows of a table to at most `sets` files in the folder, all rows of providers that some row
    counts together to one file; gives back the files. Raises ClaimsError."""
    names: set[str] = set()
    column, header = _provider_column(table, limits)
    for cells in _rows(table, limits):
        names.add(_cell(cells, column))
    home = {name: crc32(first.encode()) % sets for name, first in together(names).items()}
    files = {number: folder / f"{number:04}.csv" for number in sorted(set(home.values()))}
    with ExitStack() as stack:
        writers = {
            number: csv.writer(stack.enter_context(file.open("w", encoding="utf-8", newline="")))
            for number, file in files.items()
        }
        for writer in writers.values():
            writer.writerow(header)
        # The first pass has checked every line; the second need not.
        with table.open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.reader(stream, strict=True)
            next(rows)
            for cells in filter(None, rows):
                writers[home[_cell(cells, column)]].writerow(cells)
    return list(files.values())


def together(names: Iterable[str]) -> Mapping[str, str]:
    """For each provider, as printed, the first in the alphabet of all that some name joins it with."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    printed = sorted(set(names))
    for name in printed:
        first, *others = (root(one) for one in name.split(JOINT))
        for other in others:
            low, high = sorted((root(first), root(other)))
            parent[high] = low
    return {name: root(name.split(JOINT)[0]) for name in printed}


def _provider_column(table: Path, limits: Limits) -> tuple[int, list[str]]:
    with _open(table) as stream:
        _, header = next(rows_of(stream, str(table), limits), (1, []))
    if _PROVIDER not in header:
        raise ClaimsError(f"{table}, line 1: not the header of a claims table: lacks {_PROVIDER}")
    return header.index(_PROVIDER), header


def _rows(table: Path, limits: Limits) -> Iterator[list[str]]:
    with _open(table) as stream:
        rows = rows_of(stream, str(table), limits)
        next(rows)
        for _, cells in rows:
            yield cells


def _cell(cells: list[str], column: int) -> str:
    # A row that is too short is the loader's to report, with its line.
    return cells[column] if column < len(cells) else ""


def _open(table: Path) -> BinaryIO:
    try:
        return table.open("rb")
    except OSError as error:
        raise ClaimsError(f"{table} cannot be read: {error.strerror}") from None
