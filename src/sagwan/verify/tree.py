"""Check 2: the published entries hash to the published tiles, and to the root of every checkpoint.

The entries are those of the log's own bundles. The tree is hashed anew from them, 32,768 entries at a time,
and each tile that lies in the folder is compared byte for byte with what the hashing gives.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sagwan.formats.paths import LOG
from sagwan.tlog import EMPTY_ROOT, TILE_WIDTH, Frontier, Tile, changed_tiles, root_of, tile_at
from sagwan.verify.block_hashes import ENTRY, HashBlocks, hash_blocks
from sagwan.verify.errors import Unreadable
from sagwan.verify.findings import Findings
from sagwan.verify.source import TILE_LIMIT, Source, read_file
from sagwan.verify.verdict import Failure

if TYPE_CHECKING:
    from sagwan.verify.work import Work

CHUNK = 1 << 15
"""Entries that are hashed together: they, their leaves and their tiles stay in the processor's cache."""

_HASHES = 32


class NoEntries(Unreadable):
    """A bundle that is missing, cut or holds anything but commitments."""

    def __init__(self, message: str, file: str, expected: str, found: str) -> None:
        super().__init__(message)
        self.file, self.expected, self.found = file, expected, found


@dataclass(frozen=True, slots=True)
class Task:
    """Hash the entries first..end-1 of a log of `total`; `sizes` are the checkpoints' sizes among them."""

    root: Path
    first: int
    end: int
    total: int
    sizes: tuple[int, ...]


@dataclass(slots=True)
class Hashed:
    """What hashing a chunk gives: roots of its complete blocks of 256, leaf hashes up to each wanted size
    within a block, and what does not fit. `broken`: entries are missing, nothing after them can be hashed."""

    task: Task
    blocks: list[bytes] = field(default_factory=list)
    edges: dict[int, list[bytes]] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    broken: bool = False


def read_entries(root: Path, index: int, total: int) -> bytes:
    """The entry bundle `index` of a log of `total` entries, cut to what it has of it; raise NoEntries."""
    wanted = tile_at(None, index, total)
    size = ENTRY * wanted.width
    try:
        path, data = _read(root, wanted)
    except Unreadable as error:
        raise NoEntries(error.message, LOG + wanted.path, f"{wanted.width} commitments", "none") from None
    if len(data) < size or (len(data) > size and path == LOG + wanted.path):
        raise NoEntries("the entry bundle is cut or has grown", path, f"{size} bytes", f"{len(data)} bytes")
    data = data[:size]
    if data[0::ENTRY] != bytes(wanted.width) or data[1::ENTRY] != b"\x20" * wanted.width:
        raise NoEntries("an entry is no commitment", path, "32 bytes", "another length")
    return data


def read_range(root: Path, first: int, end: int, total: int) -> bytes | None:
    """The entries first..end-1 as bundles hold them, each after its length; None where the log lacks any."""
    if end > total:
        return None
    start = first // TILE_WIDTH
    try:
        bundles = [read_entries(root, index, total) for index in range(start, -(-end // TILE_WIDTH))]
    except NoEntries:
        return None
    skipped = ENTRY * (first - start * TILE_WIDTH)
    return b"".join(bundles)[skipped : skipped + ENTRY * (end - first)]


def entry_at(root: Path, index: int, total: int) -> bytes:
    """The commitment at a log index; raise NoEntries."""
    place = index % TILE_WIDTH * ENTRY
    return read_entries(root, index // TILE_WIDTH, total)[place + 2 : place + ENTRY]


def bundle_files(first: int, total: int) -> list[str]:
    """The files that hold the entries first..total-1 of a log of `total`, and those that superseded them."""
    tiles = [tile_at(None, index, total) for index in range(first // TILE_WIDTH, -(-total // TILE_WIDTH))]
    return [LOG + path for tile in tiles for path in dict.fromkeys((tile.path, tile.full.path))]


def find_entry(root: Path, commitment: bytes, first: int, total: int) -> int | None:
    """The log index, from `first` to below `total`, at which a commitment stands; None where there is none.

    Raises NoEntries where the log does not give those entries.
    """
    for index in range(first // TILE_WIDTH, -(-total // TILE_WIDTH)):
        bundle = read_entries(root, index, total)
        for at in range(2, len(bundle), ENTRY):
            place = index * TILE_WIDTH + at // ENTRY
            if place >= first and bundle[at : at + 32] == commitment:
                return place
    return None


def _read(root: Path, tile: Tile) -> tuple[str, bytes]:
    """A tile's path and bytes, or those of the full one that superseded it (C2SP tlog-tiles)."""
    path = LOG + tile.path
    try:
        return path, read_file(root, path, TILE_LIMIT)
    except Unreadable:
        full = LOG + tile.full.path
        if (root / path).exists() or not (root / full).exists():
            raise
        return full, read_file(root, full, TILE_LIMIT)


class Tree:
    """The hashed log: the root at every wanted size. `total` is the largest of them.

    `complete` once all entries are hashed; until then `roots` may lack some sizes.
    """

    def __init__(self, source: Source, sizes: Sequence[int], work: "Work") -> None:
        self._work = work
        self.sizes = sorted(set(sizes))
        self.total = self.sizes[-1] if self.sizes else 0
        self.roots: dict[int, bytes] = {0: EMPTY_ROOT} if 0 in self.sizes else {}
        self.complete = False
        self._source = source
        self._frontier = Frontier()
        self._blocks: list[bytes] = []

    def hash(self, findings: Findings) -> Iterator[int]:
        """Hash everything, yielding how many entries are done. What does not fit goes to check 2."""
        if self.total and not self._reaches_end(findings):
            return
        for hashed in self._work.map_in_order(self._work.hash_chunk, self._tasks(), self.total):
            findings.take(hashed.failures)
            if hashed.broken:
                return
            self._grow(hashed)
            yield hashed.task.end
        self.complete = True
        self._check_upper_tiles(findings)

    def _reaches_end(self, findings: Findings) -> bool:
        """Is the last bundle there? Asked first, so that a checkpoint of an absurd size costs nothing."""
        last = (self.total - 1) // TILE_WIDTH
        edge = tile_at(None, last, self.total)
        self._fetch([edge])
        try:
            read_entries(self._source.root, last, self.total)
        except NoEntries as error:
            findings.take([no_entries(error, last)])
            return False
        return True

    def _tasks(self) -> Iterator[Task]:
        for first in range(0, self.total, CHUNK):
            end = min(first + CHUNK, self.total)
            inside = self.sizes[bisect_left(self.sizes, first + 1) : bisect_left(self.sizes, end + 1)]
            if not self._source.here:
                tiles = {tile for size in (*inside, end) for tile in _edge_tiles(size)}
                tiles.update(tile for tile in changed_tiles(first, end) if tile.level in (None, 0))
                self._fetch(tiles)
            yield Task(self._source.root, first, end, self.total, tuple(inside))

    def _fetch(self, tiles: Iterable[Tile]) -> None:
        """Bring tiles, and the full ones of partials that are gone: a log that has grown may clean them away.

        In this order, since the full one is there before the partial goes (C2SP tlog-tiles).
        """
        if self._source.here:
            return
        wanted = list(tiles)
        self._source.fetch((LOG + tile.path for tile in wanted), TILE_LIMIT)
        partial = (tile for tile in wanted if tile.width < TILE_WIDTH)
        gone = [tile for tile in partial if not (self._source.root / (LOG + tile.path)).exists()]
        self._source.fetch((LOG + tile.full.path for tile in gone), TILE_LIMIT)

    def _grow(self, hashed: Hashed) -> None:
        """Take a chunk in, stopping at each wanted size for the root there."""
        task = hashed.task
        done = task.first // TILE_WIDTH
        begin = done
        for size in task.sizes:
            upto = size // TILE_WIDTH
            self._frontier.extend(hashed.blocks[begin - done : upto - done], 8)
            begin = upto
            at_size = self._frontier.copy()
            at_size.extend(hashed.edges.get(size, ()))
            self.roots[size] = at_size.root()
        self._frontier.extend(hashed.blocks[begin - done :], 8)
        self._blocks += hashed.blocks

    def _check_upper_tiles(self, findings: Findings) -> None:
        row, level = self._blocks, 1
        while row:
            tiles = {Tile(level, index) for index in range(len(row) // TILE_WIDTH)}
            for size in self.sizes:
                count = size >> 8 * level
                if count % TILE_WIDTH:
                    tiles.add(Tile(level, count // TILE_WIDTH, count % TILE_WIDTH))
            ordered = sorted(tiles, key=lambda tile: (tile.index, tile.width))
            self._fetch(ordered)
            for tile in ordered:
                begin = tile.index * TILE_WIDTH
                content = b"".join(row[begin : begin + tile.width])
                full = len(row) >= begin + TILE_WIDTH
                findings.take(compare(self._source.root, tile, content, full))
            row = [root_of(row[i : i + TILE_WIDTH]) for i in range(0, len(row) - TILE_WIDTH + 1, TILE_WIDTH)]
            level += 1


def hash_chunk(task: Task, hash_blocks: HashBlocks = hash_blocks) -> Hashed:
    """Hash a chunk's entries and compare its bundles and lowest tiles; a pure function of the files."""
    hashed = Hashed(task)
    bundles = []
    for index in range(task.first // TILE_WIDTH, -(-task.end // TILE_WIDTH)):
        try:
            bundles.append(read_entries(task.root, index, task.total))
        except NoEntries as error:
            hashed.failures.append(no_entries(error, index))
            hashed.broken = True
            break
    leaves, roots = hash_blocks(b"".join(bundles))
    for number, bundle in enumerate(bundles):
        _compare_tiles(task, number, bundle, leaves, hashed)
    hashed.blocks = [roots[at : at + _HASHES] for at in range(0, len(roots), _HASHES)]
    return hashed


def _compare_tiles(task: Task, number: int, bundle: bytes, leaves: bytes, hashed: Hashed) -> None:
    """Compare the tile over one bundle of a chunk, and the partials that the wanted sizes need."""
    index, width = task.first // TILE_WIDTH + number, len(bundle) // ENTRY
    start = number * TILE_WIDTH * _HASHES
    content = leaves[start : start + width * _HASHES]
    hashed.failures += compare(task.root, Tile(0, index, width), content, width == TILE_WIDTH)
    compare_partials(task, index, bundle, content, hashed)


def compare_partials(task: Task, index: int, bundle: bytes, content: bytes, hashed: Hashed) -> None:
    """Compare the partial tiles below one bundle; `content` are its leaf hashes."""
    width, begin = len(bundle) // ENTRY, index * TILE_WIDTH
    full = width == TILE_WIDTH
    first, end = bisect_left(task.sizes, begin + 1), bisect_left(task.sizes, begin + TILE_WIDTH)
    for size in task.sizes[first:end]:
        some = size - begin
        hashed.edges[size] = [content[at : at + _HASHES] for at in range(0, some * _HASHES, _HASHES)]
        if some < width:
            part = content[: _HASHES * some]
            hashed.failures += compare(task.root, Tile(0, index, some), part, full)
            hashed.failures += compare(task.root, Tile(None, index, some), bundle[: ENTRY * some], full)


def _edge_tiles(size: int) -> list[Tile]:
    """The partial bundle and lowest tile of a tree of that size."""
    index, width = divmod(size, TILE_WIDTH)
    return [Tile(level, index, width) for level in (None, 0)] if width else []


def compare(root: Path, tile: Tile, content: bytes, superseded: bool) -> list[Failure]:
    """A tile's file against what must be in it; it may be gone only where the full one took its place.

    `superseded`: the full one is within the tree, and compared by itself; else it begins like the partial.
    """
    path = LOG + tile.path
    if tile.width < TILE_WIDTH and superseded and not (root / path).exists():
        return []
    try:
        path, found = _read(root, tile)
    except Unreadable as error:
        return [Failure(2, path, error.message, f"{len(content)} bytes", "none", _leaf(tile, 0))]
    if path != LOG + tile.path:
        found = found[: len(content)]
    if found == content:
        return []
    if len(found) != len(content):
        return [
            Failure(
                2, path, "the tile is cut or has grown", f"{len(content)} bytes", f"{len(found)} bytes",
                _leaf(tile, 0),
            )
        ]  # fmt: skip
    step = ENTRY if tile.level is None else _HASHES
    place = next(
        at for at in range(0, len(content), step) if content[at : at + step] != found[at : at + step]
    )
    wanted, is_there = content[place : place + step].hex(), found[place : place + step].hex()
    return [Failure(2, path, "not what the entries hash to", wanted, is_there, _leaf(tile, place // step))]


def _leaf(tile: Tile, place: int) -> int:
    """The log index of the first entry below a hash of a tile."""
    return (tile.index * TILE_WIDTH + place) << 8 * (tile.level or 0)


def no_entries(error: NoEntries, index: int) -> Failure:
    return Failure(2, error.file, error.message, error.expected, error.found, index * TILE_WIDTH)
