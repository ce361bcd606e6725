"""Checks 5 to 7 on many machines: jobs for the executors, and what their results come to."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from sagwan.formats.paths import openings, openings_starts
from sagwan.formats.tally import Table
from sagwan.record.period import Period
from sagwan.verify.events import Deal
from sagwan.verify.findings import Findings
from sagwan.verify.requests import Range
from sagwan.verify.source import Source
from sagwan.verify.spark.counting import Job
from sagwan.verify.spark.late import LateJob
from sagwan.verify.spark.parts import Feeds, count_feeds, fit, parts_of_file, stretches
from sagwan.verify.spark.place import place_of
from sagwan.verify.spark.share import Result
from sagwan.verify.verdict import Failure

if TYPE_CHECKING:
    from sagwan.verify.spark.engine import Spark

LINES = 1_000_000
"""Lines for each partition of the shuffle: some 40 MB at a time on an executor."""


class SparkOpenings:
    """The counted openings; see `CountedOpenings`. All is read when the first half-year is asked for."""

    def __init__(
        self, engine: "Spark", source: Source, ranges: Sequence[Range], total: int, findings: Findings
    ) -> None:
        self.reports: list[tuple[str, int, Period, str]] = []
        self.tables: dict[Period, Table] = {}
        self.uncompared = 0
        self._engine = engine
        self._place = place_of(source)
        self._ranges = tuple(ranges)
        self._total = total
        self._findings = findings
        self._result: Result | None = None

    def skip(self, covered: Range) -> None:
        """Pass over a half-year that cannot be read; its table is empty."""
        self.tables[covered.period] = Table()

    def read(self, covered: Range, progress: Callable[[int], None]) -> tuple[int, dict[str, int]]:
        """Check and count a half-year: how many entries are opened, and how many withheld, by reason."""
        if self._result is None:
            self._result = self._read_all()
        result, half = self._result, self._ranges.index(covered)
        self.tables[covered.period] = Table()
        for (when, home), rows in result.changes.items():
            if when == half:
                table = self.tables[self._ranges[home].period]
                for row, counts in rows.items():
                    mine = table.rows.setdefault(row, Counter())
                    for measure, count in counts.items():
                        mine[measure] += count
        progress(covered.cut)
        return result.opened[half], dict(sorted(result.withheld.get(half, {}).items()))

    def end(self) -> None:
        """Nothing is left: all was read together."""

    def _read_all(self) -> Result:
        lines = sum(covered.cut - covered.first for covered in self._ranges)
        partitions = self._engine.partitions_for(lines // LINES + 1)
        short = Result()
        deal = Deal.into(partitions)
        jobs = list(self._jobs(deal, short))
        late = LateJob(self._place, self._ranges, tuple(job.part for job in jobs), self._total, deal)
        result = self._engine.count(jobs, late)
        result.merge(short)
        for check in (5, 6):
            kept = [failure for _, failure in sorted(result.failures, key=_key) if failure.check == check]
            self._findings.take(kept, result.count[check] - len(kept))
        self.uncompared = result.uncompared
        for _, file, index, reported, manifest in sorted(result.reports):
            self.reports.append((file, index, Period.parse(reported.upper()), manifest))
        return result

    def _jobs(self, deal: Deal, short: Result) -> Iterator[Job]:
        """A job for each part of the openings; files with lines too few or too many go to `short`."""
        files: list[tuple[int, str, int, int, int]] = []
        for half, covered in enumerate(self._ranges):
            starts = openings_starts(covered.first, covered.cut)
            for start, end in pairwise([*starts, covered.cut]):
                file = openings(covered.period, start)
                files.append((half, file, start, end, self._place.size(file) or 0))
        feeds: dict[str, list[Feeds]] = {}
        every = [stretch for _, file, _, _, size in files for stretch in stretches(self._place, file, size)]
        for each in self._engine.each(count_feeds, every):
            feeds.setdefault(each.file, []).append(each)
        for half, file, start, end, size in files:
            parts = list(parts_of_file(file, size, start, feeds.get(file, [])))
            fitting, there = fit(parts, end)
            there = there or start
            period = str(self._ranges[half].period)
            for part, whole in zip(fitting, parts, strict=False):
                cut = part.lines < whole.lines
                yield Job(self._place, part, half, period, self._total, deal, cut)
            if there != end:
                short.fail((half, 1, min(there, end)), [_miscounted(file, start, end, there)])


def _miscounted(file: str, start: int, end: int, there: int) -> Failure:
    message = "opened and withheld lines are not as many as entries"
    return Failure(6, file, message, f"{end - start} lines", f"{there - start} lines", min(there, end))


def _key(item: tuple[tuple[int, ...], Failure]) -> tuple[int, ...]:
    return item[0]
