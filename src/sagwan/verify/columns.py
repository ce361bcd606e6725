"""Check 5, the short way: a block of lines is accepted as a whole, column by column, or not at all.

Nothing here finds words for what is wrong. A block in which anything at all is doubtful is left to
`lines.count`, which reads it line by line and says what does not hold. Whole columns are compared by the
interpreter's own loops in C, in blocks that stay in the processor's cache.
"""

import re
from array import array
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from itertools import compress
from operator import itemgetter, or_

from sagwan.formats.errors import FormatError
from sagwan.formats.opening import FORMAT, Opening, parse
from sagwan.formats.withheld import PREFIX, parse_withheld
from sagwan.record.vocabulary import LineKind
from sagwan.verify.events import EVENT_BITS

BLOCK = 1 << 18
"""Bytes of lines that are taken together."""

_FORMAT = FORMAT.encode()
_TAIL = 67
"""Bytes of a line after its marks: private root, and `-` for nothing superseded."""
_MIDDLE = 9
"""Fields of a line from its period to its marks."""
_BEFORE, _LAST = itemgetter(slice(None, -_TAIL)), itemgetter(slice(-_TAIL, None))
_HEX = b"0123456789abcdef"
_INTEGER = re.compile(rb"0|[1-9][0-9]{0,17}")
_LENGTH = b"\x00\x20"  # before each commitment of an entry bundle (C2SP tlog-tiles)
_CORRECTED = b"\t%s\t" % LineKind.CORRECTED.encode()

Combination = tuple[bytes, bytes]
"""A line's kind, and the fields from its period to its marks."""


class Doubt(Exception):
    """The block is not beyond doubt."""


class Shape:
    """Lines that count in the same cells: how many there are, and their accounts together."""

    __slots__ = ("accounts", "lines", "opening")

    def __init__(self, opening: Opening) -> None:
        self.opening = opening
        self.lines = 0
        self.accounts = 0

    def add(self, lines: int, accounts: int) -> None:
        self.lines += lines
        self.accounts += accounts


class Shapes:
    """The shapes of a part's lines, numbered as they are met.

    Lines of one shape are the same in all but salt, request, private root, accounts (but 0 is a shape of its
    own) and superseded index: in nothing that the grammar relates to each other. So each shape is read once.
    """

    def __init__(self) -> None:
        self.all: list[Shape] = []
        self._numbers: dict[tuple[bytes, ...], int] = {}

    def number(self, key: tuple[bytes, ...], opening: Opening) -> int:
        """The number of the shape of a line that was read; `key` must tell it from all others."""
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = len(self.all)
            self.all.append(Shape(opening))
        return found

    def number_of(self, line: bytes, opening: Opening) -> int:
        """The number of a line's shape, by the line itself."""
        _, _, kind, _, *middle, accounts, marks, _, supersedes = line.split(b"\t")
        corrected = (b"corrected",) if supersedes != b"-" else ()
        return self.number((kind, *middle, b"0" if accounts == b"0" else b"1", marks, *corrected), opening)


class Combinations(dict[Combination, int]):
    """Numbers the combinations of fields as they are met; raises Doubt where no line can have one.

    Apart from shapes, so that equal accounts are added up by counting.
    """

    def __init__(self, shapes: Shapes, period: str) -> None:
        self.shape_of: list[int] = []
        self.accounts: list[int] = []
        self.counted: list[bool] = []
        self.period = period
        self._shapes = shapes

    def __missing__(self, key: Combination) -> int:
        kind, fields = key
        middle = fields.split(b"\t")
        accounts = middle[-2] if len(middle) == _MIDDLE else b""
        if not _INTEGER.fullmatch(accounts):
            raise Doubt
        shape_key = (kind, *middle[:-2], b"0" if accounts == b"0" else b"1", middle[-1])
        opening = _read(shape_key)
        if opening is None or opening.period != self.period or opening.kind is LineKind.REPORT:
            raise Doubt
        number = self[key] = len(self.shape_of)
        self.shape_of.append(self._shapes.number(shape_key, opening))
        self.accounts.append(int(accounts))
        self.counted.append(opening.kind is not LineKind.COVER)
        return number


@lru_cache(maxsize=1 << 16)
def _read(key: tuple[bytes, ...]) -> Opening | None:
    kind, *middle = key
    line = b"\t".join((FORMAT.encode(), b"0" * 32, kind, b"0" * 16, *middle, b"0" * 64, b"-"))
    try:
        return parse(line)
    except FormatError:
        return None


class Block:
    """What an accepted block holds: requests (8 bytes each) with their events, corrected lines by log index,
    and withheld entries."""

    __slots__ = ("corrected", "events", "opened", "requests", "withheld")

    def __init__(self) -> None:
        self.requests = b""
        self.events = array("Q")
        self.corrected: dict[int, bytes] = {}
        self.withheld: list[tuple[int, str]] = []
        self.opened = 0

    def mingle(self, requests: Sequence[bytes], events: Sequence[int]) -> None:
        """Put other events, with their requests, among these, in log order."""
        both = [*self.events, *events]
        heads = [*(self.requests[at : at + 8] for at in range(0, len(self.requests), 8)), *requests]
        order = sorted(range(len(both)), key=both.__getitem__)
        self.events = array("Q", map(both.__getitem__, order))
        self.requests = b"".join(map(heads.__getitem__, order))


def accept(
    first: int, data: bytes, lines: list[bytes], entries: bytes, shapes: Shapes, known: Combinations
) -> Block | None:
    """The `lines` of a block, the first of them that of log entry `first`; None where anything is doubtful.

    `entries` are the log's entries there, as bundles hold them. Tallies are added to `shapes`.
    """
    block = Block()
    digests = [sha256(line).digest() for line in lines]
    places: Sequence[int] = range(first << EVENT_BITS, first + len(lines) << EVENT_BITS, 1 << EVENT_BITS)
    if PREFIX in data or _CORRECTED in data:
        try:
            lines, places = _set_aside(lines, digests, first, block)
        except FormatError:
            return None
    if _LENGTH + _LENGTH.join(digests) != entries:
        return None
    try:
        corrections = _read_corrected(shapes, known.period, block)
        if lines:
            _take(lines, places, shapes, known, block)  # the last that can doubt: it tallies
    except (Doubt, FormatError):
        return None
    if corrections:
        block.mingle(*zip(*corrections, strict=True))
    return block


def _set_aside(
    lines: list[bytes], digests: list[bytes], first: int, block: Block
) -> tuple[list[bytes], list[int]]:
    """Take withheld entries and corrections out: the other lines, with their events but for the shapes."""
    opened, places = [], []
    for place, line in enumerate(lines):
        if line.startswith(PREFIX):
            notice = parse_withheld(line)
            digests[place] = notice.commitment
            block.withheld.append((first + place, str(notice.reason)))
        elif _CORRECTED in line:
            block.corrected[first + place] = line
        else:
            opened.append(line)
            places.append(first + place << EVENT_BITS)
    return opened, places


def _read_corrected(shapes: Shapes, period: str, block: Block) -> list[tuple[bytes, int]]:
    """Request and event of each correction, read one by one; raise Doubt or FormatError."""
    found = []
    for index, line in block.corrected.items():
        opening = parse(line)
        if opening.kind is not LineKind.CORRECTED or opening.period != period:
            raise Doubt
        number = shapes.number_of(line, opening)
        found.append((bytes.fromhex(opening.request), index << EVENT_BITS | number))
    block.opened += len(found)
    return found


def _take(
    lines: list[bytes], places: Sequence[int], shapes: Shapes, known: Combinations, block: Block
) -> None:
    """Hold opened lines against the grammar, and tally them; raise Doubt."""
    try:
        formats, salts, kinds, requests, rests = zip(*[line.split(b"\t", 4) for line in lines], strict=True)
    except ValueError:
        raise Doubt from None
    if formats.count(_FORMAT) != len(lines):
        raise Doubt
    _check_hex(b"\t".join(salts), 32, len(lines))
    hexed = _check_hex(b"\t".join(requests), 16, len(lines))
    _check_tails(b"".join(map(_LAST, rests)), len(lines))
    numbers = list(map(known.__getitem__, zip(kinds, map(_BEFORE, rests), strict=True)))
    counted = known.counted
    for number, times in Counter(numbers).items():
        if counted[number]:  # cover counts nowhere
            shapes.all[known.shape_of[number]].add(times, times * known.accounts[number])
    block.opened += len(lines)
    shape_of = map(known.shape_of.__getitem__, numbers)
    events = map(or_, places, shape_of)
    if all(counted):
        block.requests = bytes.fromhex(hexed.decode())
        block.events = array("Q", events)
        return
    kept = [counted[number] for number in numbers]
    block.requests = bytes.fromhex(b"".join(compress(requests, kept)).decode())
    block.events = array("Q", compress(events, kept))


def _check_hex(joined: bytes, width: int, count: int) -> bytes:
    """The digits of `count` fields joined by TABs, each of `width` hex digits; raise Doubt."""
    between = b"\t" * (count - 1)
    if joined[width :: width + 1] != between or joined.translate(None, _HEX) != between:
        raise Doubt
    if len(joined) != width * count + count - 1:
        raise Doubt
    return joined


def _check_tails(joined: bytes, count: int) -> None:
    """The ends of `count` lines: TAB, 64 hex digits, TAB, `-`; raise Doubt."""
    tabs = b"\t" * count
    if len(joined) != _TAIL * count or joined[0::_TAIL] != tabs or joined[65::_TAIL] != tabs:
        raise Doubt
    if joined.translate(None, _HEX) != b"\t\t-" * count:
        raise Doubt
