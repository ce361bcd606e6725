"""Roots of Merkle trees, at once or as they grow (RFC 6962 section 2.1).

The recursive rule of the RFC (split at the largest power of two below the size) equals this one, level by
level: pair neighbours, and carry a last one without a neighbour up unchanged. Everything here rests on it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256

from sagwan.tlog.errors import ProofError
from sagwan.tlog.hashing import EMPTY_ROOT, HASH_SIZE, node_hash

NodeReader = Callable[[int, int], bytes]
"""`(level, index) -> hash` of the complete subtree over leaves [index << level, (index + 1) << level)."""


def root_of(hashes: Iterable[bytes]) -> bytes:
    """Root of the tree whose leaf hashes are given, in order; EMPTY_ROOT for none.

    Also joins the roots of equal chunks: if each hash but the last is the root of 2^m leaves at an aligned
    place, and the last that of 1 to 2^m, the answer is the root of all leaves. So chunks can be hashed apart.
    """
    row = list(hashes)
    if not row:
        return EMPTY_ROOT
    while len(row) > 1:
        carried = row[-1:] if len(row) % 2 else []
        row = _parents(row) + carried
    return row[0]


class Frontier:
    """The roots of the complete subtrees that a tree of some size is made of: all it takes to grow it.

    One hash for each 1 in the binary size, so at most 63. Mutable.
    """

    __slots__ = ("_peaks", "_size")

    def __init__(self, size: int = 0, peaks: Sequence[bytes] = ()) -> None:
        """A frontier of `size` leaves from the roots of its complete subtrees, largest first."""
        if size < 0 or size.bit_count() != len(peaks):
            raise ProofError(f"a tree of size {size} is not made of {len(peaks)} complete subtrees")
        for peak in peaks:
            _check_hash(peak, "subtree root")
        # By level; what stands at a level means something only where the size has that bit.
        self._peaks = [b""] * size.bit_length()
        self._size = size
        for level, peak in zip(self._levels(), peaks, strict=True):
            self._peaks[level] = peak

    @property
    def size(self) -> int:
        """Number of leaves."""
        return self._size

    @property
    def peaks(self) -> tuple[bytes, ...]:
        """Roots of the complete subtrees, largest (leftmost) first."""
        return tuple(self._peaks[level] for level in self._levels())

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash."""
        level, size = 0, self._size
        while size & 1:
            leaf = node_hash(self._peaks[level], leaf)
            level += 1
            size >>= 1
        self._size += 1
        self._put(level, leaf)

    def extend(self, hashes: Iterable[bytes], level: int = 0) -> None:
        """Add many leaf hashes, or with `level` the roots of as many complete subtrees of 2^level leaves.

        One pass a level, so that the cost beside hashing is small. Raises ProofError, changing nothing, if a
        subtree would not lie at a multiple of its own size.
        """
        row = list(hashes)
        if self._size % (1 << level):
            raise ProofError(f"a subtree of {1 << level} leaves cannot follow leaf {self._size}: not aligned")
        old_size = self._size
        self._size += len(row) << level
        while row:
            if old_size >> level & 1:
                row.insert(0, self._peaks[level])
            if len(row) % 2:
                self._put(level, row[-1])
            row = _parents(row)
            level += 1

    def absorb(self, following: "Frontier") -> None:
        """Add the leaves of a frontier that was built apart, from leaf `size` on.

        Possible where the tree's size is a multiple of the following one's size rounded up to a power of two
        (chunks at aligned places); else raises ProofError and changes nothing.
        """
        chunk = 1 << max(following.size - 1, 0).bit_length()
        if self._size % chunk:
            raise ProofError(f"{following.size} leaves in one chunk cannot follow {self._size}: not aligned")
        for level, peak in zip(list(following._levels()), following.peaks, strict=True):
            self.extend((peak,), level)

    def root(self) -> bytes:
        """Root of the tree as it stands."""
        return fold_peaks(self.peaks)

    def copy(self) -> "Frontier":
        """An independent frontier in the same state."""
        return Frontier(self._size, self.peaks)

    def _levels(self) -> Iterator[int]:
        return (level for level in reversed(range(self._size.bit_length())) if self._size >> level & 1)

    def _put(self, level: int, peak: bytes) -> None:
        self._peaks.extend([b""] * (level + 1 - len(self._peaks)))
        self._peaks[level] = peak

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Frontier):
            return NotImplemented
        return self._size == other._size and self.peaks == other.peaks

    __hash__ = None  # type: ignore[assignment]  # mutable

    def __repr__(self) -> str:
        return f"Frontier(size={self._size}, root={self.root().hex()})"


def fold_peaks(peaks: Sequence[bytes]) -> bytes:
    """Root over complete subtrees given largest first; EMPTY_ROOT for none."""
    if not peaks:
        return EMPTY_ROOT
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = node_hash(peak, root)
    return root


def leaf_nodes(leaf_hashes: Sequence[bytes]) -> NodeReader:
    """A NodeReader over leaf hashes held in memory; hashes what it is asked for each time."""

    def node(level: int, index: int) -> bytes:
        begin, end = index << level, (index + 1) << level
        if end > len(leaf_hashes):
            raise ProofError(f"leaves {begin} to {end} asked for, there are {len(leaf_hashes)}")
        return root_of(leaf_hashes[begin:end])

    return node


def frontier_at(size: int, node: NodeReader) -> Frontier:
    """The frontier of the tree's first `size` leaves, from at most 64 nodes."""
    return Frontier(size, range_peaks(node, 0, size))


def range_root(node: NodeReader, begin: int, end: int) -> bytes:
    """Root over leaves [begin, end), where `begin` is a multiple of the length rounded up to a power of 2."""
    return fold_peaks(range_peaks(node, begin, end))


def range_peaks(node: NodeReader, begin: int, end: int) -> list[bytes]:
    """The complete subtrees that [begin, end) is made of, largest first; same condition as `range_root`."""
    peaks = []
    while begin < end:
        level = (end - begin).bit_length() - 1
        peaks.append(node(level, begin >> level))
        begin += 1 << level
    return peaks


def _parents(row: list[bytes]) -> list[bytes]:
    """Hashes of the pairs in a row; a last one without a neighbour is left out."""
    pairs = iter(row)
    return [sha256(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=False)]


def _check_hash(value: bytes, what: str) -> None:
    if len(value) != HASH_SIZE:
        raise ProofError(f"{what}: has {len(value)} bytes, must have {HASH_SIZE}")
