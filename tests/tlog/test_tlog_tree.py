"""Roots: the classic answers, and every way to build a tree against the RFC's own recursion."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagwan.tlog import (
    EMPTY_ROOT,
    Frontier,
    ProofError,
    frontier_at,
    leaf_hash,
    leaf_nodes,
    node_hash,
    root_of,
)

from .conftest import quick

# The eight entries that implementations of RFC 6962 have always tested with, and their roots.
ENTRIES = [
    bytes.fromhex(entry)
    for entry in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]

sizes = st.integers(0, 1000)


def hashes(size: int, tag: int = 0) -> list[bytes]:
    return [leaf_hash(b"%d %d" % (tag, number)) for number in range(size)]


def rfc_root(leaves: list[bytes]) -> bytes:
    """MTH as RFC 6962 section 2.1 writes it."""
    if not leaves:
        return sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node_hash(rfc_root(leaves[:k]), rfc_root(leaves[k:]))


@pytest.mark.parametrize("size", range(9))
def test_classic_roots(size: int) -> None:
    leaves = [leaf_hash(entry) for entry in ENTRIES[:size]]
    frontier = Frontier()
    frontier.extend(leaves)
    assert root_of(leaves).hex() == ROOTS[size]
    assert frontier.root().hex() == ROOTS[size]


def test_leaf_and_node_are_told_apart() -> None:
    left, right = hashes(2)
    assert leaf_hash(left + right) != node_hash(left, right)
    assert leaf_hash(b"") == sha256(b"\x00").digest()
    assert sha256().digest() == EMPTY_ROOT


@quick
@given(sizes)
def test_root_is_the_recursion_of_the_rfc(size: int) -> None:
    assert root_of(hashes(size)) == rfc_root(hashes(size))


@quick
@given(st.lists(st.integers(0, 70), max_size=8))
def test_frontier_whatever_the_batches(batches: list[int]) -> None:
    leaves = hashes(sum(batches))
    one_by_one, in_batches = Frontier(), Frontier()
    place = 0
    for batch in batches:
        in_batches.extend(leaves[place : place + batch])
        for leaf in leaves[place : place + batch]:
            one_by_one.append(leaf)
        place += batch
        assert in_batches.root() == rfc_root(leaves[:place])
        assert in_batches.size == place
    assert one_by_one == in_batches == Frontier(place, in_batches.peaks) == in_batches.copy()


def test_every_size_to_a_thousand() -> None:
    leaves, frontier = hashes(1000), Frontier()
    for size in range(1001):
        assert frontier.root() == rfc_root(leaves[:size]), size
        frontier.extend(leaves[size : size + 1])


def test_appends_in_all_splits_of_small_trees() -> None:
    """Every way to divide up to ten leaves into batches, empty ones left out."""
    for size in range(1, 11):
        leaves, root = hashes(size), rfc_root(hashes(size))
        for cuts in range(1 << (size - 1)):
            frontier, begin = Frontier(), 0
            for place in (n for n in range(1, size + 1) if n == size or cuts >> (n - 1) & 1):
                frontier.extend(leaves[begin:place])
                begin = place
            assert frontier.root() == root, (size, cuts)


@quick
@given(st.integers(1, 1000), st.data())
def test_appends_in_any_split_of_a_tree_to_a_thousand(size: int, data: st.DataObject) -> None:
    leaves, frontier, begin = hashes(size), Frontier(), 0
    for place in sorted(data.draw(st.sets(st.integers(1, size), max_size=40)) | {size}):
        frontier.extend(leaves[begin:place])
        begin = place
    assert frontier.root() == rfc_root(leaves)


@quick
@given(st.integers(0, 9), st.integers(1, 900))
def test_chunks_hashed_apart(exponent: int, size: int) -> None:
    leaves, step = hashes(size), 1 << exponent
    chunks = [leaves[begin : begin + step] for begin in range(0, size, step)]
    assert root_of(map(root_of, chunks)) == root_of(leaves)
    whole = Frontier()
    for chunk in chunks:
        part = Frontier()
        part.extend(chunk)
        whole.absorb(part)
    assert whole.root() == root_of(leaves)
    assert whole.size == size


@quick
@given(st.integers(0, 200), st.integers(0, 200))
def test_absorb_is_right_or_refused(first: int, second: int) -> None:
    leaves = hashes(first + second)
    whole, part = Frontier(), Frontier()
    whole.extend(leaves[:first])
    part.extend(leaves[first:])
    aligned = second == 0 or any(first % (1 << m) == 0 and second <= 1 << m for m in range(9))
    if aligned:
        whole.absorb(part)
        assert whole.root() == root_of(leaves)
    else:
        before = whole.copy()
        with pytest.raises(ProofError, match="not aligned"):
            whole.absorb(part)
        assert whole == before


def test_subtrees_must_be_aligned() -> None:
    frontier = Frontier()
    frontier.append(hashes(1)[0])
    with pytest.raises(ProofError, match="not aligned"):
        frontier.extend(hashes(1), level=1)
    assert frontier.size == 1
    with pytest.raises(ProofError, match="size 3 is not made of 1"):
        Frontier(3, hashes(1))
    with pytest.raises(ProofError, match="has 31 bytes, must have 32"):
        Frontier(1, [b"x" * 31])


@quick
@given(sizes, st.integers(0, 40))
def test_frontier_from_nodes(size: int, more: int) -> None:
    leaves = hashes(size + more)
    frontier = frontier_at(size, leaf_nodes(leaves))
    assert frontier.root() == root_of(leaves[:size])
    frontier.extend(leaves[size:])
    assert frontier.root() == root_of(leaves)
    with pytest.raises(ProofError, match="asked for"):
        frontier_at(size + more + 1, leaf_nodes(leaves))
