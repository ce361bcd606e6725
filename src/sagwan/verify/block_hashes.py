"""Leaf hashes and the nodes above them, by the standard library, many at a time."""

import hashlib
from collections.abc import Callable, Iterable
from hashlib import sha256
from importlib import import_module
from struct import iter_unpack

from sagwan.tlog import TILE_WIDTH

ENTRY = 34
"""Bytes of an entry of a bundle: its length, 2 bytes, and a commitment."""

_RUN = 16 * TILE_WIDTH  # leaves whose nodes are hashed together, level by level; they stay in the cache

HashBlocks = Callable[[bytes], tuple[bytes, bytes]]
"""(entries as bundles hold them) -> (their leaf hashes, the roots of their complete blocks of 256)."""


def _brief() -> Callable[[bytes], "hashlib._Hash"]:
    """SHA-256 for one block of 64 bytes: CPython's own, which costs less than to set OpenSSL's up, if it is
    there (by the name of 3.11, or of 3.12 and later) and agrees."""
    for name in ("_sha2", "_sha256"):
        try:
            found: Callable[[bytes], hashlib._Hash] = import_module(name).sha256
        except (ImportError, AttributeError):
            continue
        if found(name.encode()).digest() == sha256(name.encode()).digest():
            return found
    return sha256


_sha256_of_33 = _brief()


def hash_blocks(entries: bytes) -> tuple[bytes, bytes]:
    """`HashBlocks` by the standard library."""
    leaves = _leaf_hashes(entries)
    whole = len(leaves) - len(leaves) % TILE_WIDTH
    roots: list[bytes] = []
    for start in range(0, whole, _RUN):
        row = leaves[start : min(start + _RUN, whole)]
        for _ in range(TILE_WIDTH.bit_length() - 1):
            row = _parents(row)
        roots += row
    return b"".join(leaves), b"".join(roots)


def _leaf_hashes(entries: bytes) -> list[bytes]:
    """The leaf hash of each entry: SHA-256 of a zero byte and the entry (RFC 6962 section 2.1)."""
    # An entry's length, 0x00 0x20, without its second byte is the zero byte that belongs before it.
    prefixed = bytearray(entries)
    del prefixed[1::ENTRY]
    digest_of = _sha256_of_33
    return [digest_of(record).digest() for (record,) in iter_unpack("33s", prefixed)]


def _parents(row: Iterable[bytes]) -> list[bytes]:
    """The hashes of the pairs in a row: SHA-256 of a byte 0x01 and both (RFC 6962 section 2.1)."""
    pairs = iter(row)
    return [sha256(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=True)]
