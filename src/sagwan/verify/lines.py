"""Check 5, and the counting: every line of an openings file is hashed, read and tallied in one pass.

Lines of one *shape* (the same in all but salt, request, private root, accounts and superseded index) differ
in nothing that the grammar relates to each other. So each shape is read once by `sagwan.formats.opening`,
which decides what is well-formed, and the lines of a shape are only recognised, hashed and added up.
"""

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from sagwan.formats.errors import FormatError
from sagwan.formats.opening import Opening, commitment, parse
from sagwan.formats.withheld import PREFIX, parse_withheld
from sagwan.tlog import TILE_WIDTH
from sagwan.verify.findings import SHOWN
from sagwan.verify.tree import NoEntries, read_entries
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


@dataclass(slots=True)
class Shape:
    """Lines that count in the same cells: how many there are, and their accounts together."""

    opening: Opening
    lines: int = 0
    accounts: int = 0


@dataclass(slots=True)
class Counted:
    """What a run of lines comes to.

    `requests`, `indexes` and `shape_of` go together: the lines that belong to a request, in log order; the
    corrected ones among them also stand, whole, in `corrected`. `uncompared` lines had no entry to compare
    with.
    """

    part: Part
    shapes: list[Shape] = field(default_factory=list)
    requests: list[bytes] = field(default_factory=list)
    indexes: "array[int]" = field(default_factory=lambda: array("Q"))
    shape_of: "array[int]" = field(default_factory=lambda: array("I"))
    corrected: dict[int, bytes] = field(default_factory=dict)
    reports: list[tuple[int, Opening]] = field(default_factory=list)
    withheld: list[tuple[int, str]] = field(default_factory=list)
    opened: int = 0
    uncompared: int = 0
    failures: list[Failure] = field(default_factory=list)
    more: int = 0

    def fail(self, index: int, message: str, expected: str, found: str) -> None:
        if len(self.failures) < SHOWN:
            self.failures.append(Failure(5, self.part.file, message, expected, found, index))
        else:
            self.more += 1


def parts_of(root: Path, file: str, first: int) -> Iterator[Part]:
    """Divide a file into runs of whole lines; a last line without LF goes along, and `count` refuses it."""
    offset, index = 0, first
    with (root / file).open("rb") as lines:
        while block := lines.read(PART):
            end = block.rfind(b"\n") + 1
            if not end:
                block += lines.readline()
                end = len(block)
            block = block[:end]
            count = block.count(b"\n") + (not block.endswith(b"\n"))
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
    lines = read_lines(task.root, part)
    counted = Counted(part)
    if lines.pop() != b"" or len(lines) != part.lines:
        counted.fail(part.first + part.lines - 1, "the last line does not end in a line feed", "LF", "end")
    indexes = range(part.first, part.first + len(lines))
    entries = list(_entries(task.root, part.first, part.first + len(lines), task.total))
    count(counted, indexes, lines, entries, task.period)
    return counted


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
) -> None:
    """Hash each line against its entry, hold it against the grammar and the half-year, and tally it.

    A line that is well-formed is counted even if it is not what was sealed, or of another half-year: that is
    this check's to say, and the table's to recount what is published.
    """
    shapes: dict[tuple[bytes, bytes, bytes, bool, bool], int | None] = {}
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
            number = shapes[key]
        except KeyError:
            number = shapes[key] = _new_shape(counted, index, line)
        if number is None:
            _check_grammar(counted, index, line)
            continue
        shape = counted.shapes[number]
        counted.opened += 1
        if shape.opening.period != period:
            counted.fail(index, "the line is dated into another half-year", period, shape.opening.period)
        if kind == b"cover" or kind == b"report":
            if kind == b"report":
                counted.reports.append((index, parse(line)))
            continue
        counted.requests.append(request)
        counted.indexes.append(index)
        counted.shape_of.append(number)
        if kind == b"corrected":
            counted.corrected[index] = line
        else:
            shape.lines += 1
            shape.accounts += int(accounts)


def _new_shape(counted: Counted, index: int, line: bytes) -> int | None:
    """Read the first line of a shape; None where it is not well-formed, and then none of its lines is."""
    try:
        opening = parse(line)
    except FormatError:
        return None
    counted.shapes.append(Shape(opening))
    return len(counted.shapes) - 1


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
