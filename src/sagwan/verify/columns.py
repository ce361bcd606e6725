"""Check 5, the short way: a block of lines is accepted as a whole, column by column, or not at all.

Nothing here finds words for what is wrong. A block in which anything at all is doubtful is left to
`lines.count`, which reads it line by line and says what does not hold. Whole columns are compared by the
interpreter's own loops in C, in blocks that stay in the processor's cache.
"""

import re
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from itertools import compress

from sagwan.formats.errors import FormatError
from sagwan.formats.opening import FORMAT, Opening, parse
from sagwan.formats.withheld import PREFIX, parse_withheld
from sagwan.record.vocabulary import LineKind
from sagwan.verify.events import EVENT_BITS

BLOCK = 1 << 18
"""Bytes of lines that are taken together."""

_START = FORMAT.encode() + b"\t"
_HEAD = len(_START) + 33
"""Bytes of a line before its kind: format, salt."""
_TAIL = 67
"""Bytes of a line after its marks: private root, and `-` for nothing superseded."""
_MIDDLE = 9
"""Fields of a line from its period to its marks."""
_HEX = b"0123456789abcdef"
_TAB = ord("\t")
_INTEGER = re.compile(rb"0|[1-9][0-9]{0,17}")
_LENGTH = b"\x00\x20"  # before each commitment of an entry bundle (C2SP tlog-tiles)

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


class Combinations(dict[Combination, int]):
    """Numbers the combinations of fields as they are met; raises Doubt where no line can have one.

    Apart from shapes, so that equal accounts are added up by counting.
    """

    def __init__(self, shapes: Shapes, period: str) -> None:
        self.shape_of: list[int] = []
        self.accounts: list[int] = []
        self.counted: list[bool] = []
        self._shapes = shapes
        self._period = period

    def __missing__(self, key: Combination) -> int:
        kind, fields = key
        middle = fields.split(b"\t")
        accounts = middle[-2] if len(middle) == _MIDDLE else b""
        if not _INTEGER.fullmatch(accounts):
            raise Doubt
        shape_key = (kind, *middle[:-2], b"0" if accounts == b"0" else b"1", middle[-1])
        opening = _read(shape_key)
        if opening is None or opening.period != self._period or opening.kind is LineKind.REPORT:
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
    """What an accepted block holds: requests (8 bytes each) with their events, and withheld entries."""

    __slots__ = ("events", "opened", "requests", "withheld")

    def __init__(self) -> None:
        self.requests = b""
        self.events = array("Q")
        self.withheld: list[tuple[int, str]] = []
        self.opened = 0


def accept(first: int, data: bytes, entries: bytes, shapes: Shapes, known: Combinations) -> Block | None:
    """A block of whole lines, the first of them that of log entry `first`; None where anything is doubtful.

    `entries` are the log's entries there, as bundles hold them. Tallies are added to `shapes`.
    """
    lines = data.split(b"\n")
    if lines.pop():
        return None  # the last line does not end in a line feed
    block = Block()
    digests = [sha256(line).digest() for line in lines]
    indexes: Sequence[int] = range(first, first + len(lines))
    if PREFIX in data:
        try:
            lines, indexes = _set_aside(lines, digests, first, block)
        except FormatError:
            return None
    if _LENGTH + _LENGTH.join(digests) != entries:
        return None
    if not lines:
        return block
    try:
        _take(lines, indexes, shapes, known, block)
    except Doubt:
        return None
    return block


def _set_aside(
    lines: list[bytes], digests: list[bytes], first: int, block: Block
) -> tuple[list[bytes], list[int]]:
    """Take the withheld entries out: the other lines, with their indexes."""
    opened, indexes = [], []
    for place, line in enumerate(lines):
        if line.startswith(PREFIX):
            notice = parse_withheld(line)
            digests[place] = notice.commitment
            block.withheld.append((first + place, str(notice.reason)))
        else:
            opened.append(line)
            indexes.append(first + place)
    return opened, indexes


def _take(
    lines: list[bytes], indexes: Sequence[int], shapes: Shapes, known: Combinations, block: Block
) -> None:
    """Hold opened lines against the grammar, and tally them; raise Doubt."""
    # Columns of fixed places first: what is between them is then split at the first two TABs.
    _check_fixed(
        b"".join([line[:_HEAD] for line in lines]), _HEAD, {**dict(enumerate(_START)), _HEAD - 1: _TAB}
    )
    _check_fixed(b"".join([line[-_TAIL:] for line in lines]), _TAIL, {0: _TAB, 65: _TAB, 66: ord("-")})
    split = [line[_HEAD:-_TAIL].split(b"\t", 2) for line in lines]
    try:
        kinds, requests, middles = zip(*split, strict=True)
    except ValueError:
        raise Doubt from None
    numbers = list(map(known.__getitem__, zip(kinds, middles, strict=True)))
    joined = b"".join(requests)
    if set(map(len, requests)) != {16} or joined.translate(None, _HEX):
        raise Doubt
    counted = known.counted
    for number, times in Counter(numbers).items():
        if counted[number]:  # cover counts nowhere
            shapes.all[known.shape_of[number]].add(times, times * known.accounts[number])
    block.opened = len(lines)
    shape_of = map(known.shape_of.__getitem__, numbers)
    events = [index << EVENT_BITS | shape for index, shape in zip(indexes, shape_of, strict=True)]
    if all(counted):
        block.requests = bytes.fromhex(joined.decode())
        block.events = array("Q", events)
        return
    kept = [counted[number] for number in numbers]
    block.requests = bytes.fromhex(b"".join(compress(requests, kept)).decode())
    block.events = array("Q", compress(events, kept))


def _check_fixed(joined: bytes, width: int, places: Mapping[int, int]) -> None:
    """Rows of `width` bytes have these bytes at these places, and else hex digits; raise Doubt."""
    rows, left = divmod(len(joined), width)
    if left or any(joined[at::width] != bytes([byte]) * rows for at, byte in places.items()):
        raise Doubt
    others = bytes(byte for _, byte in sorted(places.items()) if byte not in _HEX)
    if joined.translate(None, _HEX) != others * rows:
        raise Doubt
