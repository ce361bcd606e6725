"""Comparing more claims than fit in memory, in as many processes as there are cores.

No rule looks from one provider to another, but where a source counts several together (`naver+kakao`). So the
claims fall into sets that can be compared apart, and the outcome is the same as of all at once.
"""

import gc
import multiprocessing
import tempfile
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from itertools import pairwise
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
    counts together to one file, byte for byte; gives back the files. Raises ClaimsError."""
    with _open(table) as stream, ExitStack() as stack:
        names, owners, ends = _rows(stream, str(table), limits)
        first = together(names)
        homes = [crc32(first[name].encode()) % sets for name in names]
        files = {number: folder / f"{number:04}.csv" for number in sorted(set(homes))}
        parts = {number: stack.enter_context(file.open("wb")) for number, file in files.items()}
        stream.seek(0)
        header = stream.read(ends[0])
        for part in parts.values():
            part.write(header)
        for owner, (start, end) in zip(owners, pairwise(ends), strict=True):
            row = stream.read(end - start)
            parts[homes[owner]].write(row if row.endswith(b"\n") else row + b"\n")
    return list(files.values())


def _rows(stream: BinaryIO, name: str, limits: Limits) -> tuple[dict[str, int], "array[int]", "array[int]"]:
    """Every provider's name with its number, each row's provider by number, and the byte at which the header
    and then each row ends."""
    rows = rows_of(stream, name, limits)
    _, header = next(rows, (1, []))
    if _PROVIDER not in header:
        raise ClaimsError(f"{name}, line 1: not the header of a claims table: lacks {_PROVIDER}")
    column = header.index(_PROVIDER)
    names: dict[str, int] = {}
    owners, ends = array("I"), array("Q", [stream.tell()])
    for _, cells in rows:
        # A row that is too short is the loader's to report, with its line.
        provider = cells[column] if column < len(cells) else ""
        owners.append(names.setdefault(provider, len(names)))
        ends.append(stream.tell())
    return names, owners, ends


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


def _open(table: Path) -> BinaryIO:
    try:
        return table.open("rb")
    except OSError as error:
        raise ClaimsError(f"{table} cannot be read: {error.strerror}") from None
