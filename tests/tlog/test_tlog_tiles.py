"""Tiles: their names, their bytes, and that growing by any batches gives the same files as all at once."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagwan.tlog import (
    FormatError,
    Tile,
    changed_tiles,
    consistency_proof,
    decode_bundle,
    encode_bundle,
    frontier_at,
    grow,
    inclusion_proof,
    leaf_hash,
    leaf_nodes,
    parse_path,
    root_of,
    split_hashes,
    tile_at,
    tile_nodes,
    tiles_of_size,
    verify_inclusion,
)

from .conftest import Store, quick


def commitments(size: int) -> list[bytes]:
    return [leaf_hash(b"entry %d" % number) for number in range(size)]


NAMES = [
    (Tile(0, 5), "tile/0/005"),
    (Tile(0, 1_234_067), "tile/0/x001/x234/067"),
    (Tile(1, 1000, 3), "tile/1/x001/000.p/3"),
    (Tile(None, 0, 255), "tile/entries/000.p/255"),
    (Tile(None, 999_999), "tile/entries/x999/999"),
    (Tile(63, 0, 1), "tile/63/000.p/1"),
    (Tile(0, 2**63 - 1), "tile/0/x009/x223/x372/x036/x854/x775/807"),
]


@pytest.mark.parametrize(("tile", "path"), NAMES)
def test_names(tile: Tile, path: str) -> None:
    assert tile.path == path
    assert parse_path(path) == tile


@quick
@given(st.none() | st.integers(0, 63), st.integers(0, 2**63 - 1), st.integers(1, 256))
def test_any_name_is_read_back(level: int | None, index: int, width: int) -> None:
    tile = Tile(level, index, width)
    assert parse_path(tile.path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "",
        "checkpoint",
        "tile/0/5",
        "tile/0/0005",
        "tile/00/005",
        "tile/64/005",
        "tile/-1/005",
        "tile/0/x000/005",
        "tile/0/001/005",
        "tile/0/x001/x005",
        "tile/0/005.p/0",
        "tile/0/005.p/256",
        "tile/0/005.p/08",
        "tile/0/005.p/",
        "tile/0/005.p",
        "tile/0/005\n",
        "/tile/0/005",
        "tile/data/005",
        "tile/0/٠٠٥",
        "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
        "tile/0/../005",
    ],
)
def test_other_names_are_refused(path: str) -> None:
    with pytest.raises(FormatError):
        parse_path(path)


def test_widths_of_some_sizes() -> None:
    assert list(tiles_of_size(0)) == []
    assert [tile.path for tile in tiles_of_size(256)] == ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"]
    paths = [tile.path for tile in tiles_of_size(70_000)]
    for level in ("entries", "0"):
        assert sum(path.startswith(f"tile/{level}/") for path in paths) == 274
        assert f"tile/{level}/273.p/112" in paths
    assert [path for path in paths if path[5] in "12"] == ["tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1"]
    with pytest.raises(FormatError, match="has no tile 1 at level 0"):
        tile_at(0, 1, 256)
    with pytest.raises(FormatError, match="from size 3 to size 2"):
        list(changed_tiles(3, 2))


def test_bundles() -> None:
    entries = [b"", b"a", b"\xff" * 65535]
    data = encode_bundle(entries)
    assert data[:5] == b"\0\0\0\1a"
    assert decode_bundle(data, 3) == entries
    assert encode_bundle(commitments(256)) == b"".join(b"\0\x20" + entry for entry in commitments(256))
    with pytest.raises(FormatError, match="65536 bytes is more than 65535"):
        encode_bundle([b"x" * 65536])
    with pytest.raises(FormatError, match="has 3 entries, must have 4"):
        decode_bundle(data, 4)
    for cut in (1, 2, 4, len(data) - 1):
        with pytest.raises(FormatError, match=r"cut off|entries, must"):
            decode_bundle(data[:cut], 3)


@quick
@given(st.lists(st.integers(0, 600), max_size=6))
def test_growing_by_batches_is_growing_at_once(batches: list[int]) -> None:
    entries = commitments(sum(batches))
    store = Store()
    for batch in batches:
        old_size = store.size
        store.asked.clear()
        paths = store.write(entries[old_size : old_size + batch])
        assert paths == [tile.path for tile in changed_tiles(old_size, store.size)]
        # The cost is the batch's: one file of the old edge a level, and the tiles that the batch fills.
        assert len(store.asked) == len(set(store.asked)) <= 4
        assert len(paths) <= 2 * (batch // 256 + 2) + 3
        _check_log(store, entries[: store.size])


def _check_log(store: Store, entries: list[bytes]) -> None:
    scratch = dict(grow(0, entries, _nothing_there))
    assert scratch == {path: store[path] for path in scratch}
    assert list(scratch) == [tile.path for tile in tiles_of_size(len(entries))]
    node = tile_nodes(len(entries), store.read)
    assert frontier_at(len(entries), node).root() == root_of(map(leaf_hash, entries))


def _nothing_there(tile: Tile) -> bytes:
    raise AssertionError(f"{tile} was read, nothing is there")


def test_order_of_writing(new_store: Callable[[], Store]) -> None:
    store = new_store()
    store.write(commitments(65_000))
    paths = store.write(commitments(70_000)[65_000:])
    levels = ["entries", "0", "1", "2"]
    order = [levels.index(path.split("/")[1]) for path in paths]
    assert order == sorted(order)
    assert set(order) == {0, 1, 2, 3}
    assert len(store.asked) == 3
    _check_log(store, commitments(70_000))


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 65_536, 66_000])
def test_proofs_from_tiles(new_store: Callable[[], Store], size: int) -> None:
    entries = commitments(size)
    store = new_store()
    store.write(entries)
    leaves = [leaf_hash(entry) for entry in entries]
    root = root_of(leaves)
    for index in {0, size // 3, size - 1}:
        store.asked.clear()
        proof = inclusion_proof(tile_nodes(size, store.read), index, size)
        assert len(store.asked) <= 6
        verify_inclusion(proof, index=index, size=size, leaf=leaves[index], root=root)
    for old_size in {1, size // 2, size - 1, size} - {0}:
        from_tiles = consistency_proof(tile_nodes(size, store.read), old_size, size)
        assert from_tiles == consistency_proof(leaf_nodes(leaves), old_size, size)


def test_a_full_tile_serves_for_a_partial_one(new_store: Callable[[], Store]) -> None:
    entries = commitments(600)
    store = new_store()
    store.write(entries)

    at_400 = dict(grow(0, entries[:400], _nothing_there))

    def as_at_600(tile: Tile) -> bytes:
        return store[tile_at(tile.level, tile.index, 600).path]

    frontier = frontier_at(300, tile_nodes(300, as_at_600))
    assert frontier.root() == root_of(map(leaf_hash, entries[:300]))
    grown = dict(grow(300, entries[300:400], as_at_600))
    assert grown == {tile.path: at_400[tile.path] for tile in changed_tiles(300, 400)}


def test_damaged_edges_are_named(new_store: Callable[[], Store]) -> None:
    store = new_store()
    store.write(commitments(300))
    for path, damage in (
        ("tile/entries/001.p/44", store["tile/entries/001.p/44"][:-1]),
        ("tile/entries/001.p/44", encode_bundle(commitments(43))),
        ("tile/0/001.p/44", store["tile/0/001.p/44"][:-1]),
        ("tile/0/001.p/44", store["tile/0/001.p/44"][:-32]),
        ("tile/1/000.p/1", b""),
    ):
        damaged = {**store, path: damage}
        with pytest.raises(FormatError, match=path):
            list(grow(300, commitments(300), lambda tile, damaged=damaged: damaged[tile.path]))
    with pytest.raises(FormatError, match="8224 bytes"):
        split_hashes(bytes(257 * 32))
    with pytest.raises(FormatError, match="no complete subtree 1 at level 7"):
        tile_nodes(200, lambda tile: bytes(200 * 32))(7, 1)
