"""From entries to a report's counts, with what reaches back into earlier half-years."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sagwan.formats.opening import Opening, parse
from sagwan.formats.report import Restated, Rows
from sagwan.formats.tally import Table, differences
from sagwan.publish.ports import Entry
from sagwan.record.errors import SagwanError
from sagwan.record.vocabulary import LineKind, WithheldReason


class PublishError(SagwanError):
    """A report that cannot be published as things stand."""


@dataclass(slots=True)
class Books:
    """The running counts of all half-years, and what is needed to replace or add a line later.

    `lines` holds, by log index, each opened line with the kind it counts as and its half-year; `tables`
    each half-year's counts as they stand now.
    """

    lines: dict[int, tuple[Opening, LineKind, str]] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    withheld: dict[str, int] = field(default_factory=dict)

    def begin(self, period: str) -> dict[str, Rows]:
        """Open the table of a half-year; return the counts of the earlier ones as they stand before it."""
        before = {name: table.counts() for name, table in self.tables.items()}
        self.tables[period] = Table()
        self.withheld = {str(reason): 0 for reason in WithheldReason}
        return before

    def count(self, period: str, entries: Iterable[Entry]) -> None:
        """Count a half-year's own entries."""
        for entry in entries:
            if entry.line is None:
                if entry.withheld is None:
                    raise PublishError(f"entry {entry.index} is neither opened nor withheld")
                self.withheld[entry.withheld] += 1
            else:
                self.add(period, entry.index, parse(entry.line))

    def add(self, period: str, index: int, opening: Opening) -> None:
        """Count one opened line in its half-year; a correction, in that of the line it corrects."""
        if opening.supersedes is None:
            self.tables[period].add(opening, opening.kind)
            self.lines[index] = (opening, opening.kind, period)
            return
        replaced = self.lines.get(opening.supersedes)
        if replaced is None:
            raise PublishError(
                f"entry {index} corrects entry {opening.supersedes}, which is not opened",
                hint="a line is opened only if all earlier lines of its request are",
            )
        old, kind, home = replaced
        self.tables[home].add(old, kind, -1)
        self.tables[home].add(opening, kind)
        self.lines[index] = (opening, kind, home)

    def count_late(self, entries: Iterable[Entry]) -> None:
        """Count entries withheld before and opened now, each in its own half-year."""
        for entry in entries:
            if entry.line is not None:
                opening = parse(entry.line)
                self.add(opening.period, entry.index, opening)

    def restated(self, before: dict[str, Rows]) -> tuple[Restated, ...]:
        """The cells of earlier half-years that differ from `before`."""
        return tuple(
            Restated(period, key, measure, old, new)
            for period in sorted(before)
            for key, measure, old, new in differences(before[period], self.tables[period].counts())
        )
