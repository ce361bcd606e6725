"""The files of a log: where they lie, what is in them, and which of them a batch changes (C2SP tlog-tiles).

A tile holds up to 256 hashes of one level, each the root of 256^level leaves; an entry bundle holds the
entries themselves. The last of each may be partial, and then its width is part of its name: no file ever
changes, so caches never go stale, and a crash while writing leaves the published tree whole.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sagwan.tlog.encoding import MAX_INTEGER
from sagwan.tlog.errors import FormatError
from sagwan.tlog.hashing import HASH_SIZE, leaf_hash
from sagwan.tlog.tree import NodeReader, root_of

TILE_HEIGHT = 8
TILE_WIDTH = 256
"""Hashes in a full tile, entries in a full bundle."""

MAX_LEVEL = 63
MAX_ENTRY_SIZE = 65535
"""Bytes in the largest entry: its length is a uint16."""

_LEVELS = range(MAX_INTEGER.bit_length() // TILE_HEIGHT + 1)
"""Levels that a tree of the largest size has."""

_PATH = re.compile(r"tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")


@dataclass(frozen=True, slots=True)
class Tile:
    """The name of one file: a tile of hashes, or an entry bundle where `level` is None.

    `index` counts from the left within the level; `width` is how many hashes or entries the file holds,
    256 if it is full. Raises FormatError if one is out of range.
    """

    level: int | None
    index: int
    width: int = TILE_WIDTH

    def __post_init__(self) -> None:
        if self.level is not None and not 0 <= self.level <= MAX_LEVEL:
            raise FormatError(f"tile level {self.level} is not in 0..{MAX_LEVEL}")
        if not 0 <= self.index <= MAX_INTEGER:
            raise FormatError(f"tile index {self.index} is not in 0..{MAX_INTEGER}")
        if not 1 <= self.width <= TILE_WIDTH:
            raise FormatError(f"tile width {self.width} is not in 1..{TILE_WIDTH}")

    @property
    def path(self) -> str:
        """Path below the log's prefix, as `tile/0/x001/x234/067` or `tile/entries/005.p/17`."""
        level = "entries" if self.level is None else str(self.level)
        partial = "" if self.width == TILE_WIDTH else f".p/{self.width}"
        return f"tile/{level}/{_index_path(self.index)}{partial}"

    @property
    def full(self) -> "Tile":
        """The full tile that supersedes this one; a reader may take its beginning where a partial is gone."""
        return Tile(self.level, self.index)


TileSource = Callable[[Tile], bytes]
"""Reads the file of that name. It may give the full tile's bytes for a partial one: the beginning is used."""


def parse_path(path: str) -> Tile:
    """The tile that a path names, or FormatError if no log would write such a path."""
    match = _PATH.fullmatch(path)
    if not match:
        raise FormatError(f"{path!r} is not the path of a tile")
    level, groups, width = match.groups()
    tile = Tile(
        None if level == "entries" else int(level),
        int(groups.replace("x", "").replace("/", "")),
        TILE_WIDTH if width is None else int(width),
    )
    # One name a tile: needless `x000` groups and a `.p/256` are caught here.
    if tile.path != path:
        raise FormatError(f"{path!r} is not the path of a tile: it would be {tile.path!r}")
    return tile


def encode_bundle(entries: Sequence[bytes]) -> bytes:
    """Each entry after its length, a big-endian uint16. Raises FormatError if one is too long."""
    parts = []
    for entry in entries:
        if len(entry) > MAX_ENTRY_SIZE:
            raise FormatError(f"an entry of {len(entry)} bytes is more than {MAX_ENTRY_SIZE}")
        parts.append(len(entry).to_bytes(2, "big"))
        parts.append(entry)
    return b"".join(parts)


def decode_bundle(data: bytes, width: int | None = None) -> list[bytes]:
    """The entries of a bundle, in order.

    With `width`, exactly that many are expected. Raises FormatError on a cut entry or another number.
    """
    entries: list[bytes] = []
    place, end = 0, len(data)
    while place < end:
        begin = place + 2
        place = begin + int.from_bytes(data[place:begin], "big")
        if begin > end or place > end:
            raise FormatError(f"entry bundle: entry {len(entries)} is cut off, the bundle has {end} bytes")
        entries.append(data[begin:place])
    if width is not None and len(entries) != width:
        raise FormatError(f"entry bundle: has {len(entries)} entries, must have {width}")
    return entries


def split_hashes(data: bytes, width: int | None = None) -> list[bytes]:
    """The hashes of a tile, or the first `width` of them. Raises FormatError if there are fewer."""
    count, rest = divmod(len(data), HASH_SIZE)
    if rest or count > TILE_WIDTH:
        raise FormatError(f"tile: {len(data)} bytes are not 1 to {TILE_WIDTH} hashes of {HASH_SIZE} bytes")
    if count < (width or 1):
        raise FormatError(f"tile: has {count} hashes, must have {width or 1}")
    return [data[place : place + HASH_SIZE] for place in range(0, (width or count) * HASH_SIZE, HASH_SIZE)]


def tile_at(level: int | None, index: int, size: int) -> Tile:
    """The name under which a tree of `size` leaves has that tile: partial at the edge, else full.

    Raises FormatError if the tree has no such tile.
    """
    width = min(_count(level, size) - index * TILE_WIDTH, TILE_WIDTH)
    if width < 1:
        raise FormatError(f"a tree of size {size} has no tile {index} at level {_level_name(level)}")
    return Tile(level, index, width)


def tiles_of_size(size: int) -> Iterator[Tile]:
    """Every file that a tree of that size consists of: bundles, then tiles level by level."""
    return changed_tiles(0, size)


def changed_tiles(old_size: int, new_size: int) -> Iterator[Tile]:
    """The files to write when a tree grows, in the order in which they may be written safely.

    Bundles come first, then level 0, then the levels above: whatever is on disk when a write fails, each hash
    there can be recomputed from what is below it. The checkpoint comes after all of them.
    """
    if not 0 <= old_size <= new_size <= MAX_INTEGER:
        raise FormatError(f"a tree cannot grow from size {old_size} to size {new_size}")
    for level in (None, *_LEVELS):
        yield from _changed_at(level, old_size, new_size)


def full_tiles(old_size: int, new_size: int) -> Iterator[Tile]:
    """The tiles and bundles that became full while a tree grew: their partial ones are superseded."""
    if not 0 <= old_size <= new_size <= MAX_INTEGER:
        raise FormatError(f"a tree cannot grow from size {old_size} to size {new_size}")
    for level in (None, *_LEVELS):
        for index in range(_count(level, old_size) // TILE_WIDTH, _count(level, new_size) // TILE_WIDTH):
            yield Tile(level, index)


def grow(old_size: int, entries: Sequence[bytes], read: TileSource) -> Iterator[tuple[str, bytes]]:
    """The files, `(path, bytes)`, that `entries` add to a log of `old_size`, in the order of `changed_tiles`.

    A pure function of its input, so that writing them twice does no harm. `read` is asked for the old edge
    only (the partial bundle and at most one partial tile a level), so that the cost is the batch's, whatever
    the size of the log. Raises FormatError if what is read there does not fit.
    """
    new_size = old_size + len(entries)
    if old_size < 0 or new_size > MAX_INTEGER:
        raise FormatError(f"a tree cannot grow from size {old_size} to size {new_size}")
    for tile in _changed_at(None, old_size, new_size):
        yield tile.path, encode_bundle(_content(tile, entries, old_size, read))
    row: Sequence[bytes] = [leaf_hash(entry) for entry in entries]
    for level in _LEVELS:
        parents = []
        for tile in _changed_at(level, old_size, new_size):
            hashes = _content(tile, row, _count(level, old_size), read)
            yield tile.path, b"".join(hashes)
            if tile.width == TILE_WIDTH:
                parents.append(root_of(hashes))
        row = parents


def tile_nodes(size: int, read: TileSource) -> NodeReader:
    """A NodeReader over the tiles of a log of that size; reads each tile once, and trusts what it reads.

    What is computed through it must be checked against a root that is trusted.
    """
    cache: dict[tuple[int, int], list[bytes]] = {}

    def node(level: int, index: int) -> bytes:
        tile_level, inner = divmod(level, TILE_HEIGHT)
        tile_index, place = divmod(index << inner, TILE_WIDTH)
        key = (tile_level, tile_index)
        if key not in cache:
            tile = tile_at(tile_level, tile_index, size)
            cache[key] = _read_hashes(tile, read)
        wanted = cache[key][place : place + (1 << inner)]
        if len(wanted) != 1 << inner:
            raise FormatError(f"a tree of size {size} has no complete subtree {index} at level {level}")
        return root_of(wanted)

    return node


def _changed_at(level: int | None, old_size: int, new_size: int) -> Iterator[Tile]:
    first, last = _count(level, old_size), _count(level, new_size) - 1
    if first <= last:
        for index in range(first // TILE_WIDTH, last // TILE_WIDTH + 1):
            yield tile_at(level, index, new_size)


def _content(tile: Tile, row: Sequence[bytes], first: int, read: TileSource) -> list[bytes]:
    """What a tile of the grown tree holds: its old part from the store, from `first` on the new row."""
    begin = tile.index * TILE_WIDTH
    old_width = first - begin
    old: list[bytes] = []
    if old_width > 0:
        edge = Tile(tile.level, tile.index, old_width)
        old = _read_entries(edge, read) if tile.level is None else _read_hashes(edge, read)
    return [*old, *row[max(begin - first, 0) : begin + tile.width - first]]


def _read_hashes(tile: Tile, read: TileSource) -> list[bytes]:
    try:
        return split_hashes(read(tile), tile.width)
    except FormatError as error:
        raise FormatError(f"{tile.path}: {error}") from None


def _read_entries(tile: Tile, read: TileSource) -> list[bytes]:
    try:
        entries = decode_bundle(read(tile))
    except FormatError as error:
        raise FormatError(f"{tile.path}: {error}") from None
    if not tile.width <= len(entries) <= TILE_WIDTH:
        raise FormatError(f"{tile.path}: entry bundle: has {len(entries)} entries, must have {tile.width}")
    return entries[: tile.width]


def _count(level: int | None, size: int) -> int:
    """Hashes (or entries) that a whole level holds; a subtree that is not complete has no hash there."""
    return size >> (level or 0) * TILE_HEIGHT


def _level_name(level: int | None) -> str:
    return "entries" if level is None else str(level)


def _index_path(index: int) -> str:
    """A number in groups of three digits, all but the last after an `x`: 1234067 is x001/x234/067."""
    groups = [f"{index % 1000:03}"]
    while index := index // 1000:
        groups.insert(0, f"x{index % 1000:03}")
    return "/".join(groups)
