"""A long log of which only the right edge is there: all that a sealer may read of it."""

from collections.abc import Callable, Iterator
from pathlib import Path

from sagwan.tlog import TILE_WIDTH, Tile, grow, tile_at

STEP = 65_536


def right_edge(
    folder: Path,
    size: int,
    entry: Callable[[int], bytes],
    progress: Callable[[int], None] = lambda done: None,
) -> None:
    """Hash the whole log of `size` entries, and write the last file of each level."""
    edge: dict[str, bytes] = {}
    for done in range(0, size, STEP):
        end = min(done + STEP, size)
        edge |= grow(done, [entry(number) for number in range(done, end)], _reader(edge))
        wanted = {tile.path for tile in edge_of(end)}
        edge = {path: data for path, data in edge.items() if path in wanted}
        progress(end)
    for path, data in edge.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def edge_of(size: int) -> Iterator[Tile]:
    """The last tile of each level of a tree, and the last bundle."""
    level, count = 0, size
    yield tile_at(None, (size - 1) // TILE_WIDTH, size)
    while count:
        yield tile_at(level, (count - 1) // TILE_WIDTH, size)
        level, count = level + 1, count // TILE_WIDTH


def _reader(edge: dict[str, bytes]) -> Callable[[Tile], bytes]:
    return lambda tile: edge[tile.path]
