"""Check 5, and the counting: every line of an openings file is hashed, read and tallied in one pass.

Blocks that are beyond doubt are accepted whole (`columns`); all others are read here, line by line, and what
does not hold gets its words. Lines of one shape differ in nothing that the grammar relates to each other, so
each shape is read once by `sagwan.formats.opening`, which decides what is well-formed.
"""

import re
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from sagwan.formats.errors import FormatError
from sagwan.formats.opening import Opening, commitment, parse
from sagwan.formats.withheld import PREFIX, parse_withheld
from sagwan.tlog import TILE_WIDTH
from sagwan.verify.columns import BLOCK, Block, Combinations, Shape, Shapes, accept
from sagwan.verify.events import EVENT_BITS, Deal
from sagwan.verify.findings import SHOWN
from sagwan.verify.tree import NoEntries, read_entries, read_range
from sagwan.verify.verdict import Failure

PART = 8 << 20
"""Bytes of an openings file that are read at a time."""

# Whatever the grammar allows matches; what else matches is refused when its shape is read.
_SHAPED = re.compile(
    rb"sagwan/1\t[0-9a-f]{32}\t([a-z-]+)\t([0-9a-f]{16})\t([^\t]+(?:\t[^\t]+){6})\t(0|[1-9][0-9]{0,17})"
    rb"\t([^\t]+)\t[0-9a-f]{64}\t(-|0|[1-9][0-9]{0,17})"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A run of whole lines of an openings file: `size` bytes from `offset`, entries first..first+lines-1."""

    file: str
    offset: int
    size: int
    first: int
    lines: int


@dataclass(frozen=True, slots=True)
class Task:
    """Read a part of a half-year's openings, against a log of `total` entries."""

    root: Path
    part: Part
    period: str
    total: int
    deal: Deal


@dataclass(slots=True)
class Counted:
    """What a run of lines comes to.

    `requests` (8 bytes each) and `events` go together: the lines that belong to a request, in log order,
    until they are `dealt` out; the corrected ones among them also stand, whole, in `corrected`.
    `uncompared` lines had no entry to compare with.
    """

    part: Part
    shapes: list[Shape] = field(default_factory=list)
    requests: bytearray = field(default_factory=bytearray)
    events: "array[int]" = field(default_factory=lambda: array("Q"))
    dealt: list[bytes] = field(default_factory=list)
    corrected: dict[int, bytes] = field(default_factory=dict)
    reports: list[tuple[int, Opening]] = field(default_factory=list)
    withheld: list[tuple[int, str]] = field(default_factory=list)
    opened: int = 0
    uncompared: int = 0
    failures: list[Failure] = field(default_factory=list)
    more: int = 0

    def end(self, shapes: Shapes, deal: Deal) -> None:
        """No more lines come: deal them out."""
        self.shapes = shapes.all
        requests = array("Q", bytes(self.requests))
        if sys.byteorder == "big":
            requests.byteswap()
        self.dealt = deal.out(requests, self.events)
        del self.requests[:], self.events[:]

    def take(self, block: Block) -> None:
        """Add what an accepted block holds; its tallies are in the shapes already."""
        self.requests += block.requests
        self.events += block.events
        self.corrected |= block.corrected
        self.withheld += block.withheld
        self.opened += block.opened

    def fail(self, index: int, message: str, expected: str, found: str) -> None:
        if len(self.failures) < SHOWN:
            self.failures.append(Failure(5, self.part.file, message, expected, found, index))
        else:
            self.more += 1


CountLines = Callable[[bytearray, int], int]
"""How many line feeds there are in bytes, up to a place."""


def count_lines(data: bytearray, end: int) -> int:
    """`CountLines`, with the interpreter's lock."""
    return data.count(b"\n", 0, end)


def parts_of(root: Path, file: str, first: int, count_lines: CountLines = count_lines) -> Iterator[Part]:
    """Divide a file into runs of whole lines; a last line without LF goes along, and `count` refuses it."""
    offset, index = 0, first
    block = bytearray(PART)  # one for all: new memory for each costs as much as reading does
    with (root / file).open("rb") as lines:
        while size := lines.readinto(block):
            end = block.rfind(b"\n", 0, size) + 1
            if end:
                count = count_lines(block, end)
            else:  # a line that is longer, or the last one without its end
                lines.seek(offset)
                end, count = len(lines.readline()), 1
            yield Part(file, offset, end, index, count)
            offset, index = offset + end, index + count
            lines.seek(offset)


def read_lines(root: Path, part: Part) -> list[bytes]:
    """The part's lines, without LF; the last one keeps a b"" after it where the LF is there."""
    with (root / part.file).open("rb") as file:
        file.seek(part.offset)
        return file.read(part.size).split(b"\n")


def count_part(task: Task) -> Counted:
    """Check and count a part; a pure function of the files."""
    part = task.part
    counted, shapes = Counted(part), Shapes()
    known = Combinations(shapes, task.period)
    index = part.first
    for data in _blocks(task.root, part):
        lines = data.split(b"\n")
        ended = lines.pop() == b""
        end = index + len(lines)
        raw = read_range(task.root, index, end, task.total) if ended else None
        block = accept(index, data, lines, raw, shapes, known) if raw is not None else None
        if block is not None:
            counted.take(block)
        else:
            if not ended:
                counted.fail(end, "the last line does not end in a line feed", "LF", "end")
            entries = _entries(task.root, index, end, task.total)
            count(counted, range(index, end), lines, entries, task.period, shapes)
        index = end
    counted.end(shapes, task.deal)
    return counted


def _blocks(root: Path, part: Part) -> Iterator[bytes]:
    """The part's bytes in runs of whole lines."""
    with (root / part.file).open("rb") as file:
        file.seek(part.offset)
        left = part.size
        while left:
            data = file.read(min(BLOCK, left))
            if not data:
                break
            if len(data) < left and not data.endswith(b"\n"):
                data += file.readline(left - len(data))
            left -= len(data)
            yield data


def _entries(root: Path, first: int, end: int, total: int) -> Iterator[bytes | None]:
    """The log's commitments first..end-1; None for each that the log does not give."""
    end_known = min(end, total)
    for index in range(first // TILE_WIDTH, -(-end_known // TILE_WIDTH)):
        begin = index * TILE_WIDTH
        wanted = range(max(first, begin) - begin, min(end_known, begin + TILE_WIDTH) - begin)
        try:
            bundle = read_entries(root, index, total)
        except NoEntries:
            yield from (None for _ in wanted)
        else:
            yield from (bundle[34 * place + 2 : 34 * place + 34] for place in wanted)
    yield from (None for _ in range(max(first, end_known), end))


def count(
    counted: Counted,
    indexes: Sequence[int],
    lines: Iterable[bytes],
    entries: Iterable[bytes | None],
    period: str,
    shapes: Shapes,
) -> None:
    """Hash each line against its entry, hold it against the grammar and the half-year, and tally it.

    A line that is well-formed is counted even if it is not what was sealed, or of another half-year: that is
    this check's to say, and the table's to recount what is published.
    """
    numbers: dict[tuple[bytes, bytes, bytes, bool, bool], int | None] = {}
    match = _SHAPED.fullmatch
    for index, line, entry in zip(indexes, lines, entries, strict=True):
        found = match(line)
        if found is None:
            _count_other(counted, index, line, entry)
            continue
        digest = sha256(line).digest()
        if digest != entry:
            _mismatch(counted, index, digest, entry)
        kind, request, middle, accounts, marks, supersedes = found.groups()
        key = (kind, middle, marks, accounts == b"0", supersedes == b"-")
        try:
            number = numbers[key]
        except KeyError:
            number = numbers[key] = _new_shape(shapes, line)
        if number is None:
            _check_grammar(counted, index, line)
            continue
        shape = shapes.all[number]
        counted.opened += 1
        if shape.opening.period != period:
            counted.fail(index, "the line is dated into another half-year", period, shape.opening.period)
        if kind == b"cover" or kind == b"report":
            if kind == b"report":
                counted.reports.append((index, parse(line)))
            continue
        counted.requests += bytes.fromhex(request.decode())
        counted.events.append(index << EVENT_BITS | number)
        if kind == b"corrected":
            counted.corrected[index] = line
        else:
            shape.add(1, int(accounts))


def _new_shape(shapes: Shapes, line: bytes) -> int | None:
    """Read the first line of a shape; None where it is not well-formed, and then none of its lines is."""
    try:
        opening = parse(line)
    except FormatError:
        return None
    return shapes.number_of(line, opening)


def _count_other(counted: Counted, index: int, line: bytes, entry: bytes | None) -> None:
    """A withheld entry, or a line that obeys no grammar."""
    if not line.startswith(PREFIX):
        digest = commitment(line)
        if digest != entry:
            _mismatch(counted, index, digest, entry)
        _check_grammar(counted, index, line)
        return
    try:
        notice = parse_withheld(line)
    except FormatError as error:
        counted.fail(index, error.message, "withheld TAB reason TAB commitment", _shown(line))
        return
    counted.withheld.append((index, str(notice.reason)))
    if notice.commitment != entry:
        _mismatch(counted, index, notice.commitment, entry)


def _check_grammar(counted: Counted, index: int, line: bytes) -> None:
    try:
        parse(line)
    except FormatError as error:
        counted.fail(index, error.message, "a line of sagwan/1", _shown(line))
        return
    raise AssertionError(f"{line!r} is well-formed, but was not recognised")


def _mismatch(counted: Counted, index: int, digest: bytes, entry: bytes | None) -> None:
    if entry is None:
        counted.uncompared += 1
    else:
        counted.fail(index, "the line is not the one that was sealed", entry.hex(), digest.hex())


def _shown(line: bytes) -> str:
    return ascii(line[:200].decode("utf-8", "replace"))[1:-1]
