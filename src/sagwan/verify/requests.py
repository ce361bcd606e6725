"""What the opened lines count, half-year by half-year, and which lines stand in for which.

Part of check 6 is here: each correction replaces one line. Whether a request's lines follow each other as
they must is for `lives` to say, to which they are handed on.
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
from sagwan.verify.lives import Lives, Restated

LineAt = Callable[[int], bytes | None]
"""The opened line at a log index; None where that entry is withheld, or not in the openings."""


@dataclass(frozen=True, slots=True)
class Range:
    """The entries first..cut-1 of a half-year."""

    period: Period
    first: int
    cut: int


class Requests:
    """The tables that lines count in, by half-year.

    A line counts in the half-year whose batches hold it; a corrected line in that of the line that it stands
    in for, whose place it takes.
    """

    def __init__(self, findings: Findings, line_at: LineAt, lives: Lives) -> None:
        self.tables: dict[Period, Table] = {}
        self._findings = findings
        self._line_at = line_at
        self._lives = lives
        self._ranges: list[Range] = []
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
        file = counted.part.file
        restated = {index: self._correct(file, index, line) for index, line in counted.corrected.items()}
        self._lives.enter(counted, restated)

    def _correct(self, file: str, index: int, line: bytes) -> Restated | None:
        """Put a corrected line where it belongs; what it makes of its request, None where it cannot stand."""
        opening = parse(line)
        wrong = self._replace(index, opening)
        if wrong:
            expected, found = wrong
            message = f"request {opening.request}: this correction cannot replace what it names"
            self._findings.add(6, file, message, expected, found, index)
            return None
        if self._stands_for[index][0] is not LineKind.RESOLVED:
            return Restated.OTHERWISE
        return Restated.DISCLOSED if Outcome(opening.outcome).discloses else Restated.NOT_DISCLOSED

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
        return None

    def _stood_for(self, index: int, opening: Opening) -> tuple[LineKind, Period] | None:
        """Which kind of line an entry counts as, and in which half-year; None for one that counts nowhere."""
        if opening.kind is LineKind.CORRECTED:
            return self._stands_for.get(index)
        covered = self.range_of(index)
        if covered is None or opening.kind in (LineKind.COVER, LineKind.REPORT):
            return None
        return opening.kind, covered.period
