"""Check 6: every line of a request follows what it must follow, and each correction replaces one line.

Lines are entered in log order, half-year by half-year; the state of a request is one small number.
"""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace

from sagwan.formats.errors import FormatError
from sagwan.formats.opening import NONE, Opening, parse
from sagwan.formats.tally import Table
from sagwan.record.period import Period
from sagwan.record.vocabulary import LineKind, Outcome
from sagwan.verify.findings import Findings
from sagwan.verify.lines import Counted

_RECEIVED, _RESOLVED, _DISCLOSED = 1, 2, 4
_ROW_BITS = 24  # distinct rows of a report: far fewer than 16 million
_ROW = (1 << _ROW_BITS) - 1

LineAt = Callable[[int], bytes | None]
"""The opened line at a log index; None where that entry is withheld, or not in the openings."""


@dataclass(frozen=True, slots=True)
class Range:
    """The entries first..cut-1 of a half-year."""

    period: Period
    first: int
    cut: int


class Requests:
    """The state of every request, and the tables that its lines count in, by half-year.

    A line counts in the half-year whose batches hold it; a corrected line in that of the line that it stands
    in for, whose place it takes.
    """

    def __init__(self, findings: Findings, line_at: LineAt) -> None:
        self.tables: dict[Period, Table] = {}
        self._findings = findings
        self._line_at = line_at
        self._ranges: list[Range] = []
        # Per request: last index << 27 | row << 3 | flags.
        self._state: dict[bytes, int] = {}
        self._rows: dict[tuple[str, str, str], int] = {}
        self._superseded: dict[int, int] = {}
        self._stands_for: dict[int, tuple[LineKind, Period]] = {}

    def begin(self, covered: Range) -> None:
        """Open a half-year's table."""
        self._ranges.append(covered)
        self.tables[covered.period] = Table()

    def range_of(self, index: int) -> Range | None:
        """The half-year that holds a log index, among those begun."""
        place = bisect_right(self._ranges, index, key=lambda covered: covered.first) - 1
        while place >= 0 and index >= self._ranges[place].cut:
            place -= 1  # empty half-years share their first index with the next
        return self._ranges[place] if place >= 0 and index >= self._ranges[place].first else None

    def counted_in(self, index: int) -> Period | None:
        """The half-year whose table an opened line counts in; None for one that counts nowhere."""
        if index in self._stands_for:
            return self._stands_for[index][1]
        covered = self.range_of(index)
        return covered.period if covered else None

    def enter(self, counted: Counted, home: Period) -> None:
        """Follow the lines of one run, all of which count in `home`, and add up their table."""
        table = self.tables[home]
        for shape in counted.shapes:
            if shape.lines:
                kind = shape.opening.kind
                table.add(replace(shape.opening, accounts=0), kind, shape.lines - 1)
                table.add(replace(shape.opening, accounts=shape.accounts), kind)
        known = [(shape.opening.kind, self._row(shape.opening), shape.opening) for shape in counted.shapes]
        file, states = counted.part.file, self._state
        for request, index, number in zip(counted.requests, counted.indexes, counted.shape_of, strict=True):
            kind, row, opening = known[number]
            state = states.get(request, 0)
            if not state and kind is LineKind.RECEIVED:  # half of all lines: the short way
                states[request] = index << _ROW_BITS + 3 | row << 3 | _RECEIVED
                continue
            if kind is LineKind.CORRECTED:
                self._correct(file, index, counted.corrected[index])
                continue
            wrong = _what_is_wrong(kind, state, row, index)
            if wrong:
                expected, found = wrong
                message = f"request {request.decode()}: {kind} does not follow what it must follow"
                self._findings.add(6, file, message, expected, found, index)
            states[request] = _after(kind, opening.outcome, state, row, index)

    def _row(self, opening: Opening) -> int:
        return self._rows.setdefault(opening.row, len(self._rows))

    def _correct(self, file: str, index: int, line: bytes) -> None:
        opening = parse(line)
        wrong = self._replace(index, opening)
        if wrong:
            expected, found = wrong
            message = f"request {opening.request}: this correction cannot replace what it names"
            self._findings.add(6, file, message, expected, found, index)

    def _replace(self, index: int, opening: Opening) -> tuple[str, str] | None:
        """Put a corrected line in the place of the one it supersedes; or what was expected, and found."""
        target = opening.supersedes
        assert target is not None  # noqa: S101  (the grammar: a corrected line has one)
        if target >= index:
            return f"an index below {index}", str(target)
        if target in self._superseded:
            return f"entry {target} is superseded once", f"superseded at {self._superseded[target]} already"
        old_line = self._line_at(target)
        if old_line is None:
            return f"entry {target} is opened", "it is withheld"
        try:
            old = parse(old_line)
        except FormatError:
            return f"entry {target} is an opening line", "it is none"
        if (old.request, *old.row) != (opening.request, *opening.row):
            return " ".join((old.request, *old.row)), " ".join((opening.request, *opening.row))
        origin = self._stood_for(target, old)
        if origin is None:
            return f"entry {target} is received, resolved, follow-up or a correction of one", str(old.kind)
        kind, home = origin
        if (kind is LineKind.RESOLVED) != (opening.outcome != NONE):
            return f"an outcome only if entry {target} has one", opening.outcome
        self._superseded[target] = index
        self._stands_for[index] = origin
        self.tables[home].add(old, kind, -1)
        self.tables[home].add(opening, kind)
        self._restate(opening, kind, index)
        return None

    def _stood_for(self, index: int, opening: Opening) -> tuple[LineKind, Period] | None:
        """Which kind of line an entry counts as, and in which half-year; None for one that counts nowhere."""
        if opening.kind is LineKind.CORRECTED:
            return self._stands_for.get(index)
        covered = self.range_of(index)
        if covered is None or opening.kind in (LineKind.COVER, LineKind.REPORT):
            return None
        return opening.kind, covered.period

    def _restate(self, opening: Opening, kind: LineKind, index: int) -> None:
        request = opening.request.encode()
        state = self._state.get(request, 0)
        if kind is LineKind.RESOLVED:
            state &= ~_DISCLOSED
            state |= _DISCLOSED if Outcome(opening.outcome).discloses else 0
        self._state[request] = _moved(state, index)


def _what_is_wrong(kind: LineKind, state: int, row: int, index: int) -> tuple[str, str] | None:
    """(expected, found) where a line cannot stand after what was opened of its request; None where it can."""
    if state and state >> _ROW_BITS + 3 >= index:
        return (
            "a line is opened only if all earlier lines of its request are",
            f"entry {state >> _ROW_BITS + 3} was opened before this one",
        )
    if kind is LineKind.RECEIVED:
        return ("received once", "received already") if state & _RECEIVED else None
    if not state & _RECEIVED:
        return "an opened received line before it", "none"
    if state >> 3 & _ROW != row:
        return "the service, jurisdiction and instrument that were received", "another"
    if kind is LineKind.RESOLVED:
        return ("resolved once", "resolved already") if state & _RESOLVED else None
    if not state & _RESOLVED:
        return "an opened resolved line before it", "none"
    return None if state & _DISCLOSED else ("resolved as complied or partial", "resolved otherwise")


def _after(kind: LineKind, outcome: str, state: int, row: int, index: int) -> int:
    if kind is LineKind.RECEIVED:
        state |= _RECEIVED | (0 if state else row << 3)
    elif kind is LineKind.RESOLVED:
        state |= _RESOLVED | (0 if state else row << 3)
        state |= _DISCLOSED if outcome in ("complied", "partial") else 0
    return _moved(state, index)


def _moved(state: int, index: int) -> int:
    last = state >> _ROW_BITS + 3
    return (index if index > last else last) << _ROW_BITS + 3 | state & (1 << _ROW_BITS + 3) - 1
