"""The opened lines of all half-years read so far: counted in order, and found again by index."""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise

from sagwan.formats.errors import FormatError
from sagwan.formats.paths import late, openings, openings_starts
from sagwan.formats.tally import Table
from sagwan.formats.withheld import PREFIX, parse_late
from sagwan.record.period import Period
from sagwan.verify import lines
from sagwan.verify.columns import Shapes
from sagwan.verify.findings import Findings
from sagwan.verify.lines import Counted, Part, parts_of, read_lines
from sagwan.verify.lives import Lives
from sagwan.verify.requests import Range, Requests
from sagwan.verify.source import OPENINGS_LIMIT, Source
from sagwan.verify.tree import NoEntries, entry_at
from sagwan.verify.work import Work


class Openings:
    """Reads openings files for checks 5 and 6; `total` is how many entries the log gives.

    `withheld` holds the reason of each entry that is not opened, by index, and `reports` the opened `report`
    lines as (file, index, reported half-year, manifest's SHA-256 in hex).
    """

    def __init__(self, source: Source, total: int, findings: Findings, lives: Lives, work: Work) -> None:
        self.withheld: dict[int, str] = {}
        self.reports: list[tuple[str, int, Period, str]] = []
        self.uncompared = 0
        self.requests = Requests(findings, self.line_at, lives)
        self._lives = lives
        self._work = work
        self._source = source
        self._total = total
        self._findings = findings
        self._parts: list[Part] = []
        self._late: dict[int, bytes] = {}
        self._lines_of: Callable[[Part], list[bytes]] = lru_cache(maxsize=4)(self._read)

    @property
    def tables(self) -> dict[Period, Table]:
        """The half-years' tables, as they stand after the last one read."""
        return self.requests.tables

    def skip(self, covered: Range) -> None:
        """Pass over a half-year that cannot be read; its table is empty."""
        self.requests.begin(covered)

    def read(self, covered: Range, progress: Callable[[int], None]) -> tuple[int, dict[str, int]]:
        """Check and count a half-year: how many entries are opened, and how many withheld, by reason."""
        self.requests.begin(covered)
        self._read_late(covered)
        opened = 0
        withheld: dict[str, int] = {}
        tasks = (
            lines.Task(self._source.root, part, str(covered.period), self._total, self._lives.deal)
            for part in self._find_parts(covered)
        )
        for counted in self._work.map_in_order(self._work.count_part, tasks, covered.cut - covered.first):
            self._parts.append(counted.part)
            self._enter(counted, covered.period)
            opened += counted.opened
            for index, reason in counted.withheld:
                self.withheld[index] = reason
                withheld[reason] = withheld.get(reason, 0) + 1
            progress(counted.part.first + counted.part.lines)
        return opened, withheld

    def end(self) -> None:
        """Follow every request from its first line to its last."""
        self._lives.check(self._findings)

    def line_at(self, index: int) -> bytes | None:
        """The opened line of an entry, as published; None where it is withheld or was never read."""
        if index in self._late:
            return self._late[index]
        place = bisect_right(self._parts, index, key=lambda part: part.first) - 1
        if place < 0 or index >= self._parts[place].first + self._parts[place].lines:
            return None
        part = self._parts[place]
        line = self._lines_of(part)[index - part.first]
        return None if line.startswith(PREFIX) else line

    def lines_with(self, request: str) -> Iterator[tuple[int, bytes]]:
        """The opened lines (index, line) that name a request, in log order; others may be among them."""
        wanted = b"\t%s\t" % request.encode()
        found = [(index, line) for index, line in self._late.items() if wanted in line]
        for part in self._parts:
            for index, line in enumerate(read_lines(self._source.root, part), part.first):
                if wanted in line:
                    found.append((index, line))
        yield from sorted(found)

    def _read(self, part: Part) -> list[bytes]:
        return read_lines(self._source.root, part)

    def _enter(self, counted: Counted, home: Period) -> None:
        self._findings.take(counted.failures, counted.more)
        self.uncompared += counted.uncompared
        for index, opening in counted.reports:
            self.reports.append((counted.part.file, index, opening.reported, opening.private))
        self.requests.enter(counted, home)

    def _find_parts(self, covered: Range) -> Iterator[Part]:
        """The parts of a half-year's files; each file has one line for every entry from its first on."""
        starts = openings_starts(covered.first, covered.cut)
        for start, end in pairwise([*starts, covered.cut]):
            file = openings(covered.period, start)
            self._source.fetch([file], OPENINGS_LIMIT)
            there = start
            try:
                for part in parts_of(self._source.root, file, start, self._work.count_lines):
                    kept = min(part.lines, end - part.first)
                    there = part.first + part.lines
                    if kept == part.lines:
                        yield part
                    elif kept > 0:
                        yield self._shortened(part, kept)
            except OSError:
                there = start
            if there != end:
                self._findings.add(
                    6,
                    file,
                    "opened and withheld lines are not as many as entries",
                    f"{end - start} lines",
                    f"{there - start} lines",
                    min(there, end),
                )

    def _shortened(self, part: Part, kept: int) -> Part:
        """The part without the lines that no entry is left for."""
        size = sum(len(line) + 1 for line in self._read(part)[:kept])
        return Part(part.file, part.offset, size, part.first, kept)

    def _read_late(self, covered: Range) -> None:
        """Entries of earlier half-years, withheld then and opened now, in log order."""
        file = late(covered.period)
        self._source.fetch([file], OPENINGS_LIMIT)
        if not (self._source.root / file).exists():
            return
        before = -1
        for index, line in self._late_lines(file):
            home = self.requests.range_of(index)
            if index <= before:
                self._findings.add(
                    6, file, "late lines are in log order", f"an index above {before}", index, index
                )
            elif index >= covered.first or home is None or index not in self.withheld:
                self._findings.add(
                    6, file, "only an entry withheld before can be opened late",
                    f"an entry below {covered.first} that is withheld", f"entry {index} is not", index,
                )  # fmt: skip
            else:
                self._open_late(file, index, line, home.period)
            before = max(index, before)

    def _open_late(self, file: str, index: int, line: bytes, home: Period) -> None:
        counted, shapes = Counted(Part(file, 0, 0, index, 1)), Shapes()
        lines.count(counted, [index], [line], [self._entry(index)], str(home), shapes)
        counted.end(shapes, self._lives.deal)
        if counted.opened:
            del self.withheld[index]
            self._late[index] = line
        self._enter(counted, home)

    def _entry(self, index: int) -> bytes | None:
        try:
            return entry_at(self._source.root, index, self._total) if index < self._total else None
        except NoEntries:
            return None

    def _late_lines(self, file: str) -> Iterator[tuple[int, bytes]]:
        number = 0
        with (self._source.root / file).open("rb") as raw:
            for number, line in enumerate(raw, 1):
                try:
                    if not line.endswith(b"\n"):
                        raise FormatError("the last line does not end in a line feed")
                    yield parse_late(line[:-1])
                except FormatError as error:
                    self._findings.add(
                        5, file, f"line {number}: {error.message}", "index TAB line", ascii(line[:80])
                    )
