"""Parts, chunks and partitions by the compiled loops where all is beyond doubt, else by the exact code."""

import mmap
import secrets
import sys
from pathlib import Path

import numpy as np

from sagwan.formats.errors import FormatError
from sagwan.formats.opening import parse
from sagwan.formats.paths import LOG
from sagwan.formats.withheld import parse_withheld
from sagwan.record.vocabulary import LineKind
from sagwan.tlog import TILE_WIDTH, root_of, tile_at
from sagwan.verify import lines, lives, tree
from sagwan.verify.columns import Shape
from sagwan.verify.events import EVENT_BITS
from sagwan.verify.fast import kernels, libcrypto
from sagwan.verify.fast.files import Array, read_files
from sagwan.verify.lines import Counted, Task
from sagwan.verify.verdict import Failure

_ENTRY, _HASH = 34, 32
_ASIDE = 4096
"""Corrections of a part that are read here; with more, the exact code reads the part."""


def check() -> None:
    """Hold the compiled hashing against `hashlib`; raise OSError or AttributeError where it is not so."""
    if sys.byteorder != "little":
        raise OSError("words are read the little-endian way")
    libcrypto.register()
    entries = b"".join(b"\x00\x20" + bytes([number]) * 32 for number in range(TILE_WIDTH))
    leaves, root = _exact_leaves_and_roots(entries)
    wanted = [libcrypto.expected(b"\x00" + entries[34 * n + 2 : 34 * n + 34]) for n in range(TILE_WIDTH)]
    if leaves != b"".join(wanted) or root != root_of(wanted):
        raise OSError("libcrypto's SHA-256 is not hashlib's")


def _leaves_and_roots(entries: Array) -> tuple[Array, Array]:
    """The leaf hashes of entries as bundles hold them, and the roots of their complete blocks of 256."""
    count = len(entries) // _ENTRY
    leaves = np.empty(_HASH * count, np.uint8)
    roots = np.empty(count // TILE_WIDTH * _HASH, np.uint8)
    scratch = _scratch()
    kernels.hash_leaves(entries, leaves, scratch)
    kernels.hash_blocks(leaves, roots, scratch, np.empty(kernels.ROW, np.uint8))
    return leaves, roots


def _scratch() -> Array:
    """What hashing works in: an array of each call's own, which lives as long as it."""
    return np.empty(kernels.SCRATCH, np.uint8)


def _exact_leaves_and_roots(entries: bytes) -> tuple[bytes, bytes]:
    leaves, roots = _leaves_and_roots(np.frombuffer(bytearray(entries), np.uint8))
    return leaves.tobytes(), roots.tobytes()


def count_lines(data: bytearray, end: int) -> int:
    """As `lines.count_lines`, without the interpreter's lock."""
    return int(kernels.count_lines(np.frombuffer(data, np.uint8), end))


def hash_chunk(task: tree.Task) -> tree.Hashed:
    """As `tree.hash_chunk`."""
    return _quick_chunk(task) or tree.hash_chunk(task, _exact_leaves_and_roots)


def _quick_chunk(task: tree.Task) -> tree.Hashed | None:
    entries = _entries(task.root, task.first, task.end, task.total)
    if entries is None:
        return None
    leaves, roots = _leaves_and_roots(entries)
    tiles = _tiles(task.root, 0, task.first, task.end, task.total, _HASH)
    if tiles is None or not np.array_equal(tiles, leaves):
        return None
    hashed = tree.Hashed(task)
    for index in sorted({size // TILE_WIDTH for size in task.sizes if size % TILE_WIDTH}):
        begin = index * TILE_WIDTH - task.first
        bundle = entries[_ENTRY * begin : _ENTRY * (begin + TILE_WIDTH)].tobytes()
        content = leaves[_HASH * begin : _HASH * (begin + TILE_WIDTH)].tobytes()
        tree.compare_partials(task, index, bundle, content, hashed)
    hashed.blocks = [roots[at : at + _HASH].tobytes() for at in range(0, roots.size, _HASH)]
    return hashed


def _entries(root: Path, first: int, end: int, total: int) -> Array | None:
    """The entries first..end-1 as bundles hold them; None where the log has not just these."""
    if end > total:
        return None
    bundles = _tiles(root, None, first, end, total, _ENTRY)
    if bundles is None:
        return None
    lengths = bundles.reshape(-1, _ENTRY)[:, :2]
    if lengths[:, 0].any() or (lengths[:, 1] != 32).any():
        return None
    skipped = _ENTRY * (first % TILE_WIDTH)
    return bundles[skipped : skipped + _ENTRY * (end - first)]


def _tiles(root: Path, level: int | None, first: int, end: int, total: int, size: int) -> Array | None:
    """The lowest tiles over the entries first..end-1, in whole; `size` bytes an entry."""
    tiles = [tile_at(level, index, total) for index in range(first // TILE_WIDTH, -(-end // TILE_WIDTH))]
    names = [LOG + tile.path for tile in tiles]
    return read_files(str(root), names, TILE_WIDTH * size, tiles[-1].width * size if tiles else 0)


def count_part(task: Task) -> Counted:
    """As `lines.count_part`."""
    found = _quick(task)
    return lines.count_part(task) if found is None else found


def _quick(task: Task) -> Counted | None:
    part = task.part
    entries = _entries(task.root, part.first, part.first + part.lines, task.total)
    if entries is None:
        return None
    requests, of_shape = np.empty(part.lines, np.uint64), np.empty(part.lines, np.int32)
    slots = np.full(kernels.SLOTS, -1, np.int32)
    shapes = np.empty((kernels.SHAPES, 7), np.int64)
    tallies = np.zeros((kernels.SHAPES, 2), np.int64)
    aside = np.empty((_ASIDE, 3), np.int64)
    with (task.root / part.file).open("rb") as file:
        start = part.offset - part.offset % mmap.ALLOCATIONGRANULARITY
        with mmap.mmap(
            file.fileno(), part.offset + part.size - start, access=mmap.ACCESS_READ, offset=start
        ) as mapped:
            data = np.frombuffer(mapped, np.uint8)[part.offset - start :]
            count, others = kernels.read_lines(
                data, entries, requests, of_shape, slots, shapes, tallies, aside, _scratch()
            )
            try:
                made = None if count < 0 else _shapes(data, shapes[:count], tallies, task.period)
                corrections = [
                    (int(line), data[start:stop].tobytes()) for line, start, stop in aside[:others]
                ]
            finally:
                del data  # before the file is unmapped
    if made is None or not _correct(made, corrections, task.period, requests, of_shape):
        return None
    counted = _counted(task, made, requests, of_shape)
    counted.corrected = {part.first + line: correction for line, correction in corrections}
    return counted


def _correct(
    made: "_Shapes",
    corrections: list[tuple[int, bytes]],
    period: str,
    requests: "np.ndarray",
    of_shape: "np.ndarray",
) -> bool:
    """Read corrections (number of the line, line) by the grammar; False where one is not plain."""
    for line, raw in corrections:
        try:
            opening = parse(raw)
        except FormatError:
            return False
        if opening.kind is not LineKind.CORRECTED or opening.period != period:
            return False
        requests[line] = int.from_bytes(bytes.fromhex(opening.request), "little")
        of_shape[line] = len(made.all)
        made.all.append(Shape(opening))
        made.kept.append(True)
        made.opened += 1
    return True


class _Shapes:
    """A part's shapes by number: what an opened line of each counts as, or why an entry is withheld."""

    def __init__(self) -> None:
        self.all: list[Shape] = []
        self.kept: list[bool] = []
        self.withheld: dict[int, str] = {}
        self.opened = 0


def _shapes(data: "np.ndarray", rows: "np.ndarray", tallies: "np.ndarray", period: str) -> _Shapes | None:
    """Read one line of each shape by the grammar; None where one is not plain."""
    made = _Shapes()
    for number, row in enumerate(rows):
        kind, kind_size, middle, middle_size, marks, marks_size, special = (int(value) for value in row)
        head = data[kind : kind + kind_size].tobytes()
        if special == kernels.WITHHELD:
            try:
                made.withheld[number] = str(parse_withheld(b"%s\t%s" % (head, b"0" * 64)).reason)
            except FormatError:
                return None
            made.all.append(_NOTHING)
            made.kept.append(False)
            continue
        accounts = b"0" if special == kernels.NO_ACCOUNTS else b"1"
        between = data[middle : middle + middle_size].tobytes()
        after = data[marks : marks + marks_size].tobytes()
        fields = (b"sagwan/1", b"0" * 32, head, b"0" * 16, between, accounts, after, b"0" * 64, b"-")
        try:
            opening = parse(b"\t".join(fields))
        except FormatError:
            return None
        if opening.period != period or opening.kind is LineKind.REPORT:
            return None
        shape = Shape(opening)
        kept = opening.kind is not LineKind.COVER
        times = int(tallies[number, kernels.LINES])
        made.opened += times
        if kept:
            shape.add(times, int(tallies[number, kernels.ACCOUNTS]))
        made.all.append(shape)
        made.kept.append(kept)
    return made


_NOTHING = Shape(
    parse(
        b"\t".join(
            (b"sagwan/1", b"0" * 32, b"cover", b"0" * 16, b"2016H1", *[b"-"] * 6, b"0", b"-", b"0" * 64, b"-")
        )
    )
)
"""Stands for a withheld entry: no line is counted in it."""


def _counted(task: Task, made: _Shapes, requests: "np.ndarray", of_shape: "np.ndarray") -> Counted:
    part, deal = task.part, task.deal
    counted = Counted(part)
    counted.shapes = made.all
    counted.opened = made.opened
    for number in np.flatnonzero(np.isin(of_shape, list(made.withheld))) if made.withheld else ():
        counted.withheld.append((part.first + int(number), made.withheld[int(of_shape[number])]))
    kept = np.array(made.kept, np.bool_)
    pairs = np.empty(2 * part.lines, np.uint64)
    ends = kernels.deal(requests, of_shape, kept, part.first, EVENT_BITS, deal.prime, deal.count, pairs)
    counted.dealt = [pairs[ends[number] : ends[number + 1]].tobytes() for number in range(deal.count)]
    return counted


def follow(partition: lives.Partition) -> tuple[list[Failure], int]:
    """As `lives.follow`."""
    lines_in_all = sum(run.size for run in partition.runs) // lives.LINE
    size = 1 << max(lines_in_all, 8).bit_length()
    keys, states = np.empty(size, np.uint64), np.zeros(size, np.uint64)
    factor = np.uint64(secrets.randbits(64) | 1)
    for run, pairs in partition.lines():
        usual = [lives.usual(meaning) for meaning in run.meanings]
        fresh, before, after = (np.array([row[place] for row in usual], np.uint64) for place in range(3))
        if run.corrections or not kernels.follow(
            np.frombuffer(pairs, np.uint64),
            EVENT_BITS,
            fresh,
            before,
            after,
            lives.LOW_BITS,
            factor,
            keys,
            states,
        ):
            return lives.follow(partition)
    return [], 0
