"""The hashes of a Merkle tree: RFC 6962 section 2.1, the same in RFC 9162 section 2.1.1.

Leaves and nodes are told apart by a first byte, so that no entry can pass for a node.
"""

from hashlib import sha256

HASH_SIZE = 32
"""Bytes in every hash."""

EMPTY_ROOT = sha256(b"").digest()
"""Root of the tree without entries."""


def leaf_hash(entry: bytes) -> bytes:
    """SHA-256(0x00 || entry)."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 || left || right), where left and right are 32 bytes each."""
    return sha256(b"\x01" + left + right).digest()
