"""Inclusion proofs: that an entry is in a tree (RFC 6962 section 2.1.1, RFC 9162 section 2.1.3)."""

from collections.abc import Sequence

from sagwan.tlog.errors import ProofError
from sagwan.tlog.hashing import HASH_SIZE, node_hash
from sagwan.tlog.tree import NodeReader, range_root


def inclusion_proof(node: NodeReader, index: int, size: int) -> list[bytes]:
    """The hashes from the sibling of leaf `index` up to the child of the root, in a tree of `size` leaves.

    Raises ProofError if `index` is not in the tree.
    """
    _check_index(index, size)
    path = []
    begin, end = 0, size
    while end - begin > 1:
        middle = begin + (1 << (end - begin - 1).bit_length() - 1)
        if index < middle:
            path.append(range_root(node, middle, end))
            end = middle
        else:
            path.append(range_root(node, begin, middle))
            begin = middle
    return path[::-1]


def verify_inclusion(proof: Sequence[bytes], *, index: int, size: int, leaf: bytes, root: bytes) -> None:
    """Raise ProofError unless the proof shows the leaf hash at `index` under the root of `size` leaves.

    `leaf`, `root` and each hash of the proof are 32 bytes.
    """
    _check_index(index, size)
    if len(leaf) != HASH_SIZE or len(root) != HASH_SIZE or any(len(step) != HASH_SIZE for step in proof):
        raise ProofError(f"inclusion of index {index} in size {size}: a hash does not have {HASH_SIZE} bytes")
    steps = _steps(index, size)
    if len(proof) != len(steps):
        raise ProofError(
            f"inclusion of index {index} in size {size}: "
            f"the proof has {len(proof)} hashes, must have {len(steps)}"
        )
    computed = leaf
    for sibling, on_left in zip(proof, steps, strict=True):
        computed = node_hash(sibling, computed) if on_left else node_hash(computed, sibling)
    if computed != root:
        raise ProofError(
            f"inclusion of index {index} in size {size}: the proof leads to root {computed.hex()}, "
            f"the tree's is {root.hex()}"
        )


def _steps(index: int, size: int) -> list[bool]:
    """For each sibling on the way up: does it lie on the left? (RFC 9162 section 2.1.3.2)"""
    steps = []
    last = size - 1
    while last:
        if index & 1:
            steps.append(True)
        elif index < last:
            steps.append(False)
        # Otherwise the node is last and alone: it is carried up without a sibling.
        index >>= 1
        last >>= 1
    return steps


def _check_index(index: int, size: int) -> None:
    if not 0 <= index < size:
        raise ProofError(f"index {index} is not in a tree of size {size}")
