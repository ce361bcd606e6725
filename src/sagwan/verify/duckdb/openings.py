"""Checks 5 to 7 by SQL: the openings files of each half-year, handed to lines.sql and what follows it."""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from sagwan.formats.paths import late, openings, openings_starts
from sagwan.formats.tally import Table
from sagwan.record.period import Period
from sagwan.verify.duckdb.files import is_readable
from sagwan.verify.findings import Findings
from sagwan.verify.requests import Range
from sagwan.verify.source import OPENINGS_LIMIT, Source

if TYPE_CHECKING:
    from sagwan.verify.duckdb.engine import DuckDB

_HALF = {"half": "UINTEGER", "period": "VARCHAR", "first": "UBIGINT", "cut": "UBIGINT"}


class SqlOpenings:
    """The counted openings; see `CountedOpenings`. All is read when the first half-year is asked for."""

    def __init__(
        self, engine: "DuckDB", source: Source, ranges: Sequence[Range], total: int, findings: Findings
    ) -> None:
        self.reports: list[tuple[str, int, Period, str]] = []
        self.tables: dict[Period, Table] = {}
        self.uncompared = 0
        self._engine = engine
        self._source = source
        self._ranges = list(ranges)
        self._findings = findings
        self._done = False
        self._total = total
        rows = [(half, str(r.period), r.first, r.cut) for half, r in enumerate(self._ranges)]
        engine.table("given", _HALF, rows)
        engine.ask("INSERT INTO half_year SELECT * FROM given")

    def skip(self, covered: Range) -> None:
        """Pass over a half-year that cannot be read; its table is empty."""
        self.tables[covered.period] = Table()

    def read(self, covered: Range, progress: Callable[[int], None]) -> tuple[int, dict[str, int]]:
        """Check and count a half-year: how many entries are opened, and how many withheld, by reason."""
        if not self._done:
            self._read_all(progress)
            self._done = True
        half = self._ranges.index(covered)
        self.tables[covered.period] = Table()
        for home, *row, measure, count in self._engine.ask(_CHANGES, [half]):
            table = self.tables[self._ranges[home].period]
            table.rows.setdefault((row[0], row[1], row[2]), Counter())[measure] += int(count)
        ((opened,),) = self._engine.ask(
            "SELECT coalesce(sum(opened), 0)::UBIGINT FROM tally WHERE half = $1", [half]
        )
        withheld = self._engine.ask(
            "SELECT reason, count(*) FROM withheld WHERE half = $1 GROUP BY reason ORDER BY reason", [half]
        )
        return int(opened), dict(withheld)

    def end(self) -> None:
        """Nothing is left: all was read together."""

    def _read_all(self, progress: Callable[[int], None]) -> None:
        engine = self._engine
        for half, covered in enumerate(self._ranges):
            engine.set(half=half)
            self._read_late(covered)
            for start, end in pairwise([*openings_starts(covered.first, covered.cut), covered.cut]):
                self._read_own(covered, start, end)
                progress(end)
        engine.run("requests")
        while engine.run("jump"):
            pass
        engine.run("follow")
        engine.run("totals")
        for check in (5, 6):
            engine.found(self._findings, check)
        ((self.uncompared,),) = engine.ask("SELECT coalesce(sum(uncompared), 0)::UBIGINT FROM tally")
        for file, index, reported, manifest in engine.ask(
            "SELECT file, i, reported, manifest FROM report ORDER BY place"
        ):
            self.reports.append((file, index, Period.parse(reported.upper()), manifest))

    def _read_own(self, covered: Range, start: int, end: int) -> None:
        file = openings(covered.period, start)
        if self._open(file, start, end - start):
            self._engine.run("own")
            self._engine.run("lines")
            self._engine.run("own_done")
        else:
            message = "opened and withheld lines are not as many as entries"
            self._findings.add(6, file, message, f"{end - start} lines", "0 lines", start)

    def _read_late(self, covered: Range) -> None:
        """Entries of earlier half-years, withheld then and opened now, in log order."""
        file = late(covered.period)
        self._source.fetch([file], OPENINGS_LIMIT)
        if (self._source.root / file).exists() and self._open(file, covered.first, 0):
            for part in ("late", "lines", "late_done"):
                self._engine.run(part)

    def _open(self, file: str, first: int, limit: int) -> bool:
        """Lay a file's lines before the engine; False where it has none that can be read."""
        self._source.fetch([file], OPENINGS_LIMIT)
        path = self._source.root / file
        if not is_readable(path, OPENINGS_LIMIT):
            return False
        where = f"{self._engine.reach(self._source)}/{file}"
        given = {"path": where, "file": file, "first": first, "limit": limit, "bytes": path.stat().st_size}
        try:
            self._engine.run("read", **given)
        except self._engine.errors as error:
            reason = str(error).partition("\n")[0]
            self._findings.add(
                5, file, f"DuckDB cannot read the lines: {reason}", "lines that end in LF", "others", first
            )
            return False
        return True


_CHANGES = """
SELECT home, service, jurisdiction, instrument, measure, "count" FROM total WHERE half = $1
"""
