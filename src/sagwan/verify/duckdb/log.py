"""Check 2 by SQL: which tiles a log of this size has, handed to bundles.sql, tree.sql and tiles.sql."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sagwan.formats.paths import LOG
from sagwan.tlog import EMPTY_ROOT, TILE_WIDTH, Tile, tile_at
from sagwan.verify.findings import Findings
from sagwan.verify.source import TILE_LIMIT, Source

if TYPE_CHECKING:
    from sagwan.verify.duckdb.engine import DuckDB

RUN = 1 << 20
"""Entries that are hashed at a time; each run is some 35 MB of bundles."""

_BUNDLE = {"number": "UBIGINT", "width": "USMALLINT", "path": "VARCHAR", "exact": "BOOLEAN"}
_TILE = {
    "level": "TINYINT",
    "number": "UBIGINT",
    "width": "USMALLINT",
    "path": "VARCHAR",
    "superseded": "BOOLEAN",
}


class Log:
    """The hashed log; see `HashedLog`."""

    def __init__(self, engine: "DuckDB", source: Source, sizes: Sequence[int]) -> None:
        self.sizes = sorted(set(sizes))
        self.total = self.sizes[-1] if self.sizes else 0
        self.roots: dict[int, bytes] = {0: EMPTY_ROOT} if 0 in self.sizes else {}
        self.complete = False
        self._engine = engine
        self._source = source

    def hash(self, findings: Findings) -> Iterator[int]:
        """Hash everything, yielding how many entries are done. What does not fit goes to check 2."""
        engine = self._engine
        engine.table("size", {"size": "UBIGINT"}, [(size,) for size in self.sizes if size])
        # The last bundle is asked for first, so that a checkpoint of an absurd size costs nothing.
        last = (self.total - 1) // TILE_WIDTH * TILE_WIDTH
        if self.total and not self._read_bundles(last, self.total):
            engine.found(findings, 2)
            return
        for first in range(0, self.total, RUN):
            end = min(first + RUN, self.total)
            if not self._read_bundles(first, end):
                engine.found(findings, 2)
                return
            self._hash_run(first, end)
            yield end
        self._finish()
        self.complete = True
        engine.found(findings, 2)

    def _read_bundles(self, first: int, end: int) -> bool:
        """Lay the bundles of entries first..end-1 before the engine; False where one is not as it must be."""
        tiles = [tile_at(None, n, self.total) for n in range(first // TILE_WIDTH, -(-end // TILE_WIDTH))]
        paths = [LOG + path for tile in tiles for path in dict.fromkeys((tile.path, tile.full.path))]
        self._store(paths)
        rows = []
        for tile in tiles:
            path, full = LOG + tile.path, LOG + tile.full.path
            exact = (self._source.root / path).exists() or not (self._source.root / full).exists()
            rows.append((tile.index, tile.width, path if exact else full, exact))
        self._engine.table("wanted_bundle", _BUNDLE, rows)
        self._engine.run("bundles")
        return not self._engine.ask(
            "SELECT 1 FROM failure WHERE check_number = 2 AND file IN (SELECT path FROM bundle)"
        )

    def _hash_run(self, first: int, end: int) -> None:
        tiles = []
        for number in range(first // TILE_WIDTH, -(-end // TILE_WIDTH)):
            tiles.append(Tile(0, number, min(TILE_WIDTH, self.total - number * TILE_WIDTH)))
        inside = self.sizes[bisect_right(self.sizes, first) : bisect_right(self.sizes, end)]
        for size in inside:
            number, width = divmod(size, TILE_WIDTH)
            if width and size < self.total:
                tiles += [Tile(level, number, width) for level in (None, 0)]
        self._expect(tiles, self.total)
        self._engine.run("leaves")
        self._engine.run("tiles")

    def _finish(self) -> None:
        """The tree above, and the roots."""
        tiles: set[Tile] = set()
        for level in range(1, 8):
            for size in (*self.sizes, self.total >> 8 * level << 8 * level):
                count = size >> 8 * level
                tiles.update(Tile(level, number) for number in range(count // TILE_WIDTH))
                if count % TILE_WIDTH and size in self.sizes:
                    tiles.add(Tile(level, count // TILE_WIDTH, count % TILE_WIDTH))
        self._expect(sorted(tiles, key=lambda t: (t.level, t.index, t.width)), self.total)
        self._engine.run("tree")
        self._engine.run("tiles")
        self.roots |= dict(self._engine.ask("SELECT size, hash FROM root"))

    def _expect(self, tiles: Sequence[Tile], total: int) -> None:
        """Lay the tiles that must be there before the engine; a full one may have taken one's place."""
        rows = []
        self._store([LOG + tile.path for tile in tiles])
        for tile in tiles:
            path = LOG + tile.path
            level = -1 if tile.level is None else tile.level
            full = total >> 8 * max(level, 0) >= (tile.index + 1) * TILE_WIDTH
            gone = tile.width < TILE_WIDTH and full and not (self._source.root / path).exists()
            rows.append((level, tile.index, tile.width, path, gone))
        self._engine.table("wanted_tile", _TILE, rows)

    def _store(self, paths: Sequence[str]) -> None:
        self._source.fetch(paths, TILE_LIMIT)
        self._engine.store(self._source, paths, TILE_LIMIT)
