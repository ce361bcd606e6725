"""Check 2 on many machines: chunks of 65,536 entries are hashed apart, the driver joins their roots."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sagwan.formats.paths import LOG
from sagwan.tlog import EMPTY_ROOT, TILE_WIDTH, Frontier, Tile, changed_tiles, root_of, tile_at
from sagwan.verify.findings import Findings
from sagwan.verify.source import TILE_LIMIT, Source
from sagwan.verify.spark.place import Place, place_of
from sagwan.verify.tree import CHUNK, Hashed, NoEntries, Task, compare, hash_chunk, no_entries, read_entries
from sagwan.verify.verdict import Failure

if TYPE_CHECKING:
    from sagwan.verify.spark.engine import Spark

_LEVEL = CHUNK.bit_length() - 1


@dataclass(frozen=True, slots=True)
class Chunk:
    """Hash the entries first..end-1 of a log of `total`; `sizes` are the checkpoints' sizes among them."""

    place: Place
    first: int
    end: int
    total: int
    sizes: tuple[int, ...]


@dataclass(slots=True)
class Subtree:
    """What a chunk comes to: its own frontier, and the one at each wanted size within it.

    `failures` are those of bundles and lowest tiles, `upper` those of the tiles over its blocks of 256.
    """

    first: int
    end: int
    whole: Frontier = field(default_factory=Frontier)
    at: dict[int, Frontier] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    upper: list[Failure] = field(default_factory=list)
    broken: bool = False


def hash_subtree(chunk: Chunk) -> Subtree:
    """Hash a chunk and hold its tiles, up to the one over its blocks, against it (on an executor)."""
    paths = [LOG + tile.path for tile in _tiles_of(chunk)]
    with chunk.place.local(files=paths) as root:
        task = Task(root, chunk.first, chunk.end, chunk.total, chunk.sizes)
        hashed = hash_chunk(task)
        subtree = Subtree(chunk.first, chunk.end, failures=hashed.failures, broken=hashed.broken)
        if hashed.broken:
            return subtree
        _grow(subtree, hashed)
        number, full = chunk.first // CHUNK, len(hashed.blocks) == TILE_WIDTH
        for tile in _level_1(number, chunk.sizes, full):
            content = b"".join(hashed.blocks[: tile.width])
            subtree.upper += compare(root, tile, content, full)
    return subtree


def _grow(subtree: Subtree, hashed: Hashed) -> None:
    before = 0
    for size in hashed.task.sizes:
        upto = size // TILE_WIDTH - subtree.first // TILE_WIDTH
        subtree.whole.extend(hashed.blocks[before:upto], 8)
        before = upto
        at_size = subtree.whole.copy()
        at_size.extend(hashed.edges.get(size, ()))
        subtree.at[size] = at_size
    subtree.whole.extend(hashed.blocks[before:], 8)


def _level_1(number: int, sizes: Sequence[int], full: bool) -> list[Tile]:
    widths = {size // TILE_WIDTH % TILE_WIDTH for size in sizes if size % CHUNK} - {0}
    return [Tile(1, number, width) for width in [*sorted(widths), *([TILE_WIDTH] if full else [])]]


def _tiles_of(chunk: Chunk) -> set[Tile]:
    """Every tile that hashing the chunk may read, and the full one that may have taken its place."""
    tiles = {tile for tile in changed_tiles(chunk.first, chunk.end) if tile.level in (None, 0)}
    for size in chunk.sizes:
        number, width = divmod(size, TILE_WIDTH)
        if width:
            tiles |= {Tile(level, number, width) for level in (None, 0)}
    last = tile_at(None, (chunk.end - 1) // TILE_WIDTH, chunk.total)
    tiles |= {last, *_level_1(chunk.first // CHUNK, chunk.sizes, chunk.end - chunk.first == CHUNK)}
    return tiles | {tile.full for tile in tiles}


class SparkLog:
    """The hashed log; see `HashedLog`."""

    def __init__(self, engine: "Spark", source: Source, sizes: Sequence[int]) -> None:
        self.sizes = sorted(set(sizes))
        self.total = self.sizes[-1] if self.sizes else 0
        self.roots: dict[int, bytes] = {0: EMPTY_ROOT} if 0 in self.sizes else {}
        self.complete = False
        self._engine = engine
        self._source = source

    def hash(self, findings: Findings) -> Iterator[int]:
        """Hash everything, yielding how many entries are done. What does not fit goes to check 2."""
        if self.total and not self._reaches_end(findings):
            return
        frontier = Frontier()
        row: list[bytes] = []
        upper: list[Failure] = []
        for subtree in self._engine.each(hash_subtree, self._chunks()):
            findings.take(subtree.failures)
            upper += subtree.upper
            if subtree.broken:
                return
            for size, at in subtree.at.items():
                at_size = frontier.copy()
                at_size.absorb(at)
                self.roots[size] = at_size.root()
            frontier.absorb(subtree.whole)
            if subtree.whole.size == CHUNK:
                row.append(subtree.whole.root())
            yield subtree.end
        self.complete = True
        findings.take(upper)
        self._check_upper_tiles(row, findings)

    def _reaches_end(self, findings: Findings) -> bool:
        """Is the last bundle there? Asked first, so that a checkpoint of an absurd size costs nothing."""
        last = (self.total - 1) // TILE_WIDTH
        edge = tile_at(None, last, self.total)
        self._source.fetch([LOG + edge.path, LOG + edge.full.path], TILE_LIMIT)
        try:
            read_entries(self._source.root, last, self.total)
        except NoEntries as error:
            findings.take([no_entries(error, last)])
            return False
        return True

    def _chunks(self) -> Iterator[Chunk]:
        place = place_of(self._source)
        for first in range(0, self.total, CHUNK):
            end = min(first + CHUNK, self.total)
            inside = self.sizes[bisect_left(self.sizes, first + 1) : bisect_left(self.sizes, end + 1)]
            yield Chunk(place, first, end, self.total, tuple(inside))

    def _check_upper_tiles(self, row: list[bytes], findings: Findings) -> None:
        """The tiles from level 2 on, over the chunks' roots."""
        level = _LEVEL // 8
        while row:
            tiles = {Tile(level, index) for index in range(len(row) // TILE_WIDTH)}
            for size in self.sizes:
                count = size >> 8 * level
                if count % TILE_WIDTH:
                    tiles.add(Tile(level, count // TILE_WIDTH, count % TILE_WIDTH))
            ordered = sorted(tiles, key=lambda tile: (tile.index, tile.width))
            there = dict.fromkeys(one.path for tile in ordered for one in (tile, tile.full))
            self._source.fetch((LOG + path for path in there), TILE_LIMIT)
            for tile in ordered:
                begin = tile.index * TILE_WIDTH
                full = len(row) >= begin + TILE_WIDTH
                content = b"".join(row[begin : begin + tile.width])
                findings.take(compare(self._source.root, tile, content, full))
            row = [root_of(row[i : i + TILE_WIDTH]) for i in range(0, len(row) - TILE_WIDTH + 1, TILE_WIDTH)]
            level += 1
