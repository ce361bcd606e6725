"""Inclusion and consistency: each proof verifies, is the RFC's, and fails once anything in it is changed."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagwan.tlog import (
    EMPTY_ROOT,
    ProofError,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    leaf_nodes,
    root_of,
    verify_consistency,
    verify_inclusion,
)

from .conftest import quick


def hashes(size: int) -> list[bytes]:
    return [leaf_hash(b"%d" % number) for number in range(size)]


def split(size: int) -> int:
    k = 1
    while k * 2 < size:
        k *= 2
    return k


def rfc_path(m: int, leaves: list[bytes]) -> list[bytes]:
    """PATH of RFC 6962 section 2.1.1."""
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if m < k:
        return [*rfc_path(m, leaves[:k]), root_of(leaves[k:])]
    return [*rfc_path(m - k, leaves[k:]), root_of(leaves[:k])]


def rfc_subproof(m: int, leaves: list[bytes], complete: bool) -> list[bytes]:
    """SUBPROOF of RFC 6962 section 2.1.2."""
    if m == len(leaves):
        return [] if complete else [root_of(leaves)]
    k = split(len(leaves))
    if m <= k:
        return [*rfc_subproof(m, leaves[:k], complete), root_of(leaves[k:])]
    return [*rfc_subproof(m - k, leaves[k:], False), root_of(leaves[:k])]


def mutations(proof: list[bytes]) -> Iterator[list[bytes]]:
    """Every proof one bit, one hash or one swap away."""
    stranger = leaf_hash(b"stranger")
    for place, step in enumerate(proof):
        for bit in (0, 100, 255):
            changed = (int.from_bytes(step, "big") ^ 1 << bit).to_bytes(32, "big")
            yield [*proof[:place], changed, *proof[place + 1 :]]
        yield [*proof[:place], *proof[place + 1 :]]
        yield [*proof[:place], step[:-1], *proof[place + 1 :]]
        yield [*proof[:place], step + b"\0", *proof[place + 1 :]]
        if place:
            yield [*proof[: place - 1], step, proof[place - 1], *proof[place + 1 :]]
    for place in range(len(proof) + 1):
        yield [*proof[:place], stranger, *proof[place:]]


sizes = st.integers(1, 1000)


@quick
@given(sizes, st.data())
def test_inclusion(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    leaves = hashes(size)
    root, leaf = root_of(leaves), leaves[index]
    proof = inclusion_proof(leaf_nodes(leaves), index, size)
    assert proof == rfc_path(index, leaves)
    verify_inclusion(proof, index=index, size=size, leaf=leaf, root=root)
    for changed in mutations(proof):
        with pytest.raises(ProofError):
            verify_inclusion(changed, index=index, size=size, leaf=leaf, root=root)
    for other in set(range(max(0, index - 3), index + 4)) | {index ^ 64, size, size - 1, -1} - {index}:
        if other != index:
            with pytest.raises(ProofError):
                verify_inclusion(proof, index=other, size=size, leaf=leaf, root=root)
    stranger = leaf_hash(b"stranger")
    with pytest.raises(ProofError, match=f"(?s){root.hex()}"):
        verify_inclusion(proof, index=index, size=size, leaf=stranger, root=root)
    with pytest.raises(ProofError, match=f"(?s)root {root.hex()}.*{stranger.hex()}"):
        verify_inclusion(proof, index=index, size=size, leaf=leaf, root=stranger)


@quick
@given(sizes, st.data())
def test_consistency(new_size: int, data: st.DataObject) -> None:
    old_size = data.draw(st.integers(1, new_size))
    leaves = hashes(new_size)
    old_root, new_root = root_of(leaves[:old_size]), root_of(leaves)
    proof = consistency_proof(leaf_nodes(leaves), old_size, new_size)
    assert proof == rfc_subproof(old_size, leaves, True)
    good = {"old_size": old_size, "new_size": new_size, "old_root": old_root, "new_root": new_root}
    verify_consistency(proof, **good)
    for changed in mutations(proof):
        with pytest.raises(ProofError):
            verify_consistency(changed, **good)
    stranger = leaf_hash(b"stranger")
    for name in ("old_root", "new_root"):
        for wrong in (stranger, stranger[:-1], b""):
            with pytest.raises(ProofError):
                verify_consistency(proof, **{**good, name: wrong})
    if old_size < new_size:
        with pytest.raises(ProofError):
            verify_consistency(
                proof, old_size=new_size, new_size=old_size, old_root=new_root, new_root=old_root
            )


EDGES = sorted({max(1, (1 << power) + one) for power in range(11) for one in (-1, 0, 1)})


@pytest.mark.parametrize("size", EDGES)
def test_proofs_around_powers_of_two(size: int) -> None:
    leaves = hashes(size)
    node, root = leaf_nodes(leaves), root_of(leaves)
    for index in {0, size - 1, size // 2, *(edge for edge in EDGES if edge < size)}:
        verify_inclusion(
            inclusion_proof(node, index, size), index=index, size=size, leaf=leaves[index], root=root
        )
    for old in (edge for edge in EDGES if edge <= size):
        verify_consistency(
            consistency_proof(node, old, size),
            old_size=old,
            new_size=size,
            old_root=root_of(leaves[:old]),
            new_root=root,
        )


@quick
@given(st.integers(2, 120), st.data())
def test_a_rewritten_past_is_not_consistent(new_size: int, data: st.DataObject) -> None:
    old_size = data.draw(st.integers(1, new_size - 1))
    rewritten = data.draw(st.integers(0, old_size - 1))
    leaves = hashes(new_size)
    old_root = root_of(leaves[:old_size])
    leaves[rewritten] = leaf_hash(b"another past")
    proof = consistency_proof(leaf_nodes(leaves), old_size, new_size)
    with pytest.raises(ProofError, match=r"leads to (old|new) root"):
        verify_consistency(
            proof, old_size=old_size, new_size=new_size, old_root=old_root, new_root=root_of(leaves)
        )


def test_from_the_empty_tree() -> None:
    leaves = hashes(5)
    assert consistency_proof(leaf_nodes(leaves), 0, 5) == []
    verify_consistency([], old_size=0, new_size=5, old_root=EMPTY_ROOT, new_root=root_of(leaves))
    verify_consistency([], old_size=0, new_size=0, old_root=EMPTY_ROOT, new_root=EMPTY_ROOT)
    with pytest.raises(ProofError, match="must have none"):
        verify_consistency(leaves[:1], old_size=0, new_size=5, old_root=EMPTY_ROOT, new_root=root_of(leaves))
    with pytest.raises(ProofError, match="empty tree"):
        verify_consistency([], old_size=0, new_size=5, old_root=leaves[0], new_root=root_of(leaves))
    with pytest.raises(ProofError, match="empty tree"):
        verify_consistency([], old_size=0, new_size=0, old_root=EMPTY_ROOT, new_root=leaves[0])


def test_out_of_range() -> None:
    node = leaf_nodes(hashes(3))
    for index, size in ((3, 3), (-1, 3), (0, 0)):
        with pytest.raises(ProofError, match="is not in a tree of size"):
            inclusion_proof(node, index, size)
    for old, new in ((4, 3), (-1, 3)):
        with pytest.raises(ProofError, match="cannot have grown"):
            consistency_proof(node, old, new)


@pytest.mark.parametrize(("old_size", "new_size"), [(3, 7), (4, 7), (6, 8), (1, 2)])
def test_a_proof_of_another_length_is_called_so(old_size: int, new_size: int) -> None:
    leaves = hashes(new_size)
    proof = consistency_proof(leaf_nodes(leaves), old_size, new_size)
    good = {
        "old_size": old_size,
        "new_size": new_size,
        "old_root": root_of(leaves[:old_size]),
        "new_root": root_of(leaves),
    }
    with pytest.raises(ProofError, match=f"has {len(proof) + 1} hashes, that is too many"):
        verify_consistency([*proof, leaves[0]], **good)
    with pytest.raises(ProofError, match=f"has {len(proof) - 1} hashes, that is too few|is empty"):
        verify_consistency(proof[:-1], **good)
