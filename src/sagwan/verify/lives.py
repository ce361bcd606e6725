"""Check 6: every line of a request follows what it must follow.

Lines are entered in the order in which they are read. They are dealt out to partitions, so that all lines of
one request are in one of them; at the end each partition is followed by itself, in a process of its own where
there are many lines. So memory stays bounded, whatever the size of the log: the partitions of a large one lie
in a temporary folder.
"""

import io
import tempfile
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from sagwan.formats.opening import Opening
from sagwan.record.vocabulary import LineKind
from sagwan.verify.events import EVENT_BITS, SHAPE, Deal
from sagwan.verify.findings import SHOWN, Findings
from sagwan.verify.lines import Counted
from sagwan.verify.verdict import Failure

if TYPE_CHECKING:
    from sagwan.verify.work import Work

PARTITION = 1 << 17
"""Lines that a partition holds, about: the states of its requests stay in the processor's cache."""

MOST = 4096
"""Partitions at most: a wrong folder may announce any size."""

LINE = 16
"""Bytes of a line: a request and an event."""

_RECEIVED, _RESOLVED, _DISCLOSED, _CORRECTED = 1, 2, 4, 8  # the last: corrected before anything was read
LOW_BITS = EVENT_BITS
"""Bits of a state below the index of the request's last line: those of a shape, so that an event's index is
where a state has it."""

_FLAGS = 4
_ROW = (1 << LOW_BITS - _FLAGS) - 1  # distinct rows of a report: far fewer than a million

_LOW = (1 << LOW_BITS) - 1
_NEVER = 1 << 63  # no state


class Restated(IntEnum):
    """What a correction makes of its request."""

    OTHERWISE = 0
    """It stands in for a line without outcome."""
    NOT_DISCLOSED = 1
    DISCLOSED = 2


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a shape means for its request. `restated`: of a correction only; None where it cannot stand."""

    kind: LineKind
    row: int
    discloses: bool = False
    restated: Restated | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Lines of one file that a partition holds, `size` bytes of them: each a request and an event."""

    file: str
    size: int
    meanings: Sequence[Meaning]
    corrections: Mapping[int, Meaning]
    """By log index."""


@dataclass(slots=True)
class Partition:
    """The lines of some requests, in the order of reading; in memory, or in a file where one is named."""

    file: Path | None
    runs: list[Run] = field(default_factory=list)
    data: bytearray = field(default_factory=bytearray)

    def add(self, data: bytes, run: Run) -> None:
        self.runs.append(run)
        if self.file is None:
            self.data += data
            return
        with self.file.open("ab") as file:
            file.write(data)

    def lines(self) -> Iterator[tuple[Run, "array[int]"]]:
        """Each run with its lines: request and event in turn."""
        with io.BytesIO(self.data) if self.file is None else self.file.open("rb") as data:
            for run in self.runs:
                yield run, array("Q", data.read(run.size))


class Lives:
    """The lives of all requests of a log of about `size` entries. Use it as a context."""

    def __init__(self, size: int, work: "Work") -> None:
        self._work = work
        self.deal = Deal.into(min(max(1, -(-size // PARTITION)), MOST))
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        if self.deal.count > 1:
            self._folder = tempfile.TemporaryDirectory(prefix="sagwan-verify-")
        self._partitions = [Partition(self._file(number)) for number in range(self.deal.count)]
        self._rows: dict[tuple[str, str, str], int] = {}
        self._meanings: dict[Meaning, Meaning] = {}  # each once, so that runs take little room
        self._size = 0

    def _file(self, number: int) -> Path | None:
        return Path(self._folder.name) / str(number) if self._folder else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._folder:
            self._folder.cleanup()

    def enter(self, counted: Counted, restated: Mapping[int, Restated | None]) -> None:
        """Take in the lines of a run; `restated` says of each corrected one what it came to."""
        meanings = [self._meaning(shape.opening) for shape in counted.shapes]
        corrections = {
            index: Meaning(LineKind.CORRECTED, 0, restated=what) for index, what in restated.items()
        }
        for partition, data in zip(self._partitions, counted.dealt, strict=True):
            if data:
                self._size += len(data) // LINE
                partition.add(data, Run(counted.part.file, len(data), meanings, corrections))

    def _meaning(self, opening: Opening) -> Meaning:
        row = self._rows.setdefault(opening.row, len(self._rows))
        meaning = Meaning(opening.kind, row, opening.outcome in ("complied", "partial"))
        return self._meanings.setdefault(meaning, meaning)

    def check(self, findings: Findings) -> None:
        """Follow every request; what does not hold goes to check 6, in the order of the log."""
        found: list[Failure] = []
        more = 0
        filled = [partition for partition in self._partitions if partition.runs]
        for failures, others in self._work.map_in_order(self._work.follow, filled, self._size):
            found += failures
            more += others
        found.sort(key=lambda failure: failure.index or 0)
        findings.take(found, more)


def follow(partition: Partition) -> tuple[list[Failure], int]:
    """Follow the requests of a partition: the first failures, and how many more there are."""
    # Per request: last index << LOW_BITS | row << _FLAGS | flags.
    states: dict[int, int] = {}
    state_of = states.get
    failures: list[Failure] = []
    more = 0
    last = -1
    for run, lines in partition.lines():
        found, moved = _usual_ways(run.meanings)
        if lines[1] >> EVENT_BITS <= last:  # opened late: indexes must be looked at line by line
            found = [_NEVER] * len(found)
        last = max(last, lines[-1] >> EVENT_BITS)
        for request, event in zip(lines[0::2], lines[1::2], strict=True):
            number = event & SHAPE
            state = state_of(request, 0)
            if state & _LOW == found[number]:
                states[request] = event + moved[number]
                continue
            index = event >> EVENT_BITS
            meaning = run.corrections.get(index, run.meanings[number])
            wrong = _what_is_wrong(meaning, state, index)
            if wrong:
                message = f"request {_hex(request)}: {meaning.kind} does not follow what it must follow"
                if len(failures) < SHOWN:
                    failures.append(Failure(6, run.file, message, *wrong, index))
                else:
                    more += 1
            states[request] = _after(meaning, state, index)
    return failures, more


def _usual_ways(meanings: Sequence[Meaning]) -> tuple[list[int], list[int]]:
    """By shape: what a line finds in the usual way, and what turns its event into the state it makes."""
    ways = [usual(meaning) for meaning in meanings]
    moved = [(fresh or after) - number for number, (fresh, _, after) in enumerate(ways)]
    return [0 if fresh else before for fresh, before, _ in ways], moved


def usual(meaning: Meaning) -> tuple[int, int, int]:
    """The states, without index, that a line makes in the usual ways, and that it finds there.

    As (what it makes of a request of which nothing was read; what it follows; what it makes of that). Nearly
    all lines come so: received first, resolved once after it, followed up after a disclosure.
    """
    row = meaning.row << _FLAGS
    if meaning.kind is LineKind.RECEIVED:
        return row | _RECEIVED, _NEVER, 0
    if meaning.kind is LineKind.RESOLVED:
        return 0, row | _RECEIVED, row | _RECEIVED | _RESOLVED | (_DISCLOSED if meaning.discloses else 0)
    if meaning.kind is LineKind.FOLLOW_UP:
        disclosed = row | _RECEIVED | _RESOLVED | _DISCLOSED
        return 0, disclosed, disclosed
    return 0, _NEVER, 0


def _hex(request: int) -> str:
    return request.to_bytes(8, "little").hex()


def _what_is_wrong(meaning: Meaning, state: int, index: int) -> tuple[str, str] | None:
    """(expected, found) where a line cannot stand after what was opened of its request; None where it can."""
    kind = meaning.kind
    if kind is LineKind.CORRECTED:
        return None  # judged where it was put in its place
    if state and state >> LOW_BITS >= index:
        return (
            "a line is opened only if all earlier lines of its request are",
            f"entry {state >> LOW_BITS} was opened before this one",
        )
    if kind is LineKind.RECEIVED:
        return ("received once", "received already") if state & _RECEIVED else None
    if not state & _RECEIVED:
        return "an opened received line before it", "none"
    if state >> _FLAGS & _ROW != meaning.row:
        return "the service, jurisdiction and instrument that were received", "another"
    if kind is LineKind.RESOLVED:
        return ("resolved once", "resolved already") if state & _RESOLVED else None
    if not state & _RESOLVED:
        return "an opened resolved line before it", "none"
    return None if state & _DISCLOSED else ("resolved as complied or partial", "resolved otherwise")


def _after(meaning: Meaning, state: int, index: int) -> int:
    if meaning.kind is LineKind.CORRECTED:
        return _restated(meaning.restated, state, index)
    if meaning.kind is LineKind.RECEIVED and not state & _RECEIVED:
        state |= _RECEIVED | meaning.row << _FLAGS
    elif meaning.kind is LineKind.RESOLVED:
        state = state & ~_DISCLOSED | _RESOLVED | (_DISCLOSED if meaning.discloses else 0)
    return _moved(state, index)


def _restated(restated: Restated | None, state: int, index: int) -> int:
    if restated is None:
        return state
    if restated is not Restated.OTHERWISE:
        state &= ~_DISCLOSED
        state |= _DISCLOSED if restated is Restated.DISCLOSED else 0
    return _moved(state or _CORRECTED, index)


def _moved(state: int, index: int) -> int:
    last = state >> LOW_BITS
    return (index if index > last else last) << LOW_BITS | state & _LOW
