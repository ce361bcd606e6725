"""Consistency proofs: that a tree only grew (RFC 6962 section 2.1.2, RFC 9162 section 2.1.4).

From size 0 the proof is empty and nothing can be wrong but the roots (C2SP tlog-witness); between equal sizes
it is empty too, and the roots must be equal.
"""

from collections.abc import Sequence

from sagwan.tlog.errors import ProofError
from sagwan.tlog.hashing import EMPTY_ROOT, HASH_SIZE, node_hash
from sagwan.tlog.tree import NodeReader, range_root


def consistency_proof(node: NodeReader, old_size: int, new_size: int) -> list[bytes]:
    """The proof that the tree of `new_size` leaves begins with that of `old_size`; empty from size 0.

    Raises ProofError if the old size is more than the new one.
    """
    _check_sizes(old_size, new_size)
    if old_size in (0, new_size):
        return []
    path = []
    begin, end = 0, new_size
    while end != old_size:
        middle = begin + (1 << (end - begin - 1).bit_length() - 1)
        if old_size <= middle:
            path.append(range_root(node, middle, end))
            end = middle
        else:
            path.append(range_root(node, begin, middle))
            begin = middle
    if begin:
        path.append(range_root(node, begin, end))
    return path[::-1]


def verify_consistency(
    proof: Sequence[bytes], *, old_size: int, new_size: int, old_root: bytes, new_root: bytes
) -> None:
    """Raise ProofError unless the proof shows that the new tree begins with the old one.

    Roots and each hash of the proof are 32 bytes.
    """
    _check_sizes(old_size, new_size)
    where = f"consistency of size {old_size} with size {new_size}"
    if len(old_root) != HASH_SIZE or len(new_root) != HASH_SIZE or any(len(h) != HASH_SIZE for h in proof):
        raise ProofError(f"{where}: a hash does not have {HASH_SIZE} bytes")
    _check_empty_tree(where, old_size, old_root)
    _check_empty_tree(where, new_size, new_root)
    if old_size in (0, new_size):
        if proof:
            raise ProofError(f"{where}: the proof has {len(proof)} hashes, must have none")
        if old_size == new_size and old_root != new_root:
            raise ProofError(f"{where}: the roots are {old_root.hex()} and {new_root.hex()}")
        return
    old_computed, new_computed = _fold(where, proof, old_size, new_size, old_root)
    if old_computed != old_root:
        raise ProofError(
            f"{where}: the proof leads to old root {old_computed.hex()}, the old tree's is {old_root.hex()}"
        )
    if new_computed != new_root:
        raise ProofError(
            f"{where}: the proof leads to new root {new_computed.hex()}, the new tree's is {new_root.hex()}"
        )


def _fold(
    where: str, proof: Sequence[bytes], old_size: int, new_size: int, old_root: bytes
) -> tuple[bytes, bytes]:
    """Both roots as the proof has them, for 0 < old_size < new_size (RFC 9162 section 2.1.4.2)."""
    # A power of two is one complete subtree, whose root the verifier knows: the proof leaves it out.
    steps = list(proof) if old_size & (old_size - 1) else [old_root, *proof]
    last_old, last_new = old_size - 1, new_size - 1
    while last_old & 1:
        last_old >>= 1
        last_new >>= 1
    if not steps:
        raise ProofError(f"{where}: the proof is empty")
    old = new = steps[0]
    for step in steps[1:]:
        if not last_new:
            raise ProofError(f"{where}: the proof has {len(proof)} hashes, that is too many")
        if last_old & 1 or last_old == last_new:
            old, new = node_hash(step, old), node_hash(step, new)
            while last_old and not last_old & 1:
                last_old >>= 1
                last_new >>= 1
        else:
            new = node_hash(new, step)
        last_old >>= 1
        last_new >>= 1
    if last_new:
        raise ProofError(f"{where}: the proof has {len(proof)} hashes, that is too few")
    return old, new


def _check_sizes(old_size: int, new_size: int) -> None:
    if not 0 <= old_size <= new_size:
        raise ProofError(f"size {old_size} cannot have grown to size {new_size}")


def _check_empty_tree(where: str, size: int, root: bytes) -> None:
    if size == 0 and root != EMPTY_ROOT:
        raise ProofError(f"{where}: the root of the empty tree is {EMPTY_ROOT.hex()}, not {root.hex()}")
