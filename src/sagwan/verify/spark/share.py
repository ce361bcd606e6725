"""What travels between executors, and what comes back to the driver."""

import heapq
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from sagwan.formats.opening import NONE, Opening, parse
from sagwan.formats.tally import RowKey, Table
from sagwan.record.vocabulary import LineKind
from sagwan.verify.columns import Shape
from sagwan.verify.events import EVENT_BITS, Deal, request_number
from sagwan.verify.findings import SHOWN
from sagwan.verify.lines import Counted, Part
from sagwan.verify.lives import LINE
from sagwan.verify.verdict import Failure

Order = tuple[int, int, int]
"""When lines are read: half-year, 0 for late lines and 1 for its own, then line number or log index."""

Changes = dict[tuple[int, int], dict[RowKey, Counter[str]]]
"""What lines add to tables: by the half-year that brings the change, and the one in whose table it counts."""


@dataclass(slots=True)
class Share:
    """The lines of one part whose requests belong to one partition of the shuffle.

    `kinds` are the part's shapes, as (kind, row, outcome); `dealt` has the lines as `Deal` deals them out.
    `corrected` has the corrected lines whole, `late` every line that was opened late, by log index.
    """

    order: Order
    home: int
    file: str
    kinds: list[tuple[str, RowKey, str]] = field(default_factory=list)
    dealt: bytes = b""
    corrected: dict[int, bytes] = field(default_factory=dict)
    late: dict[int, bytes] = field(default_factory=dict)

    def counted(self) -> Counted:
        """The share in the form that check 6 takes, with nothing in it to be added up again."""
        counted = Counted(Part(self.file, 0, 0, self.order[2], len(self.dealt) // LINE))
        counted.shapes = [Shape(_opening(*kind)) for kind in self.kinds]
        counted.dealt = [self.dealt]
        counted.corrected = self.corrected
        return counted

    def only(self, wanted: Callable[[int], bool]) -> "Share":
        """The share's lines of those requests."""
        dealt, indexes = array("Q"), set()
        pairs = iter(array("Q", self.dealt))
        for request, event in zip(pairs, pairs, strict=True):
            if wanted(request):
                dealt.extend((request, event))
                indexes.add(event >> EVENT_BITS)
        corrected = {index: line for index, line in self.corrected.items() if index in indexes}
        late = {index: line for index, line in self.late.items() if index in indexes}
        return replace(self, dealt=dealt.tobytes(), corrected=corrected, late=late)


def _opening(kind: str, row: RowKey, outcome: str) -> Opening:
    return Opening("", LineKind(kind), "", "", *row, outcome, NONE, (), 0, (), "")


def divide(counted: Counted, order: Order, home: int, deal: Deal) -> Iterator[tuple[int, Share]]:
    """A part's lines by the partition of their requests; of no line, nothing."""
    kinds = [(str(s.opening.kind), s.opening.row, s.opening.outcome) for s in counted.shapes]
    corrected: dict[int, dict[int, bytes]] = {}
    for index, line in counted.corrected.items():
        place = deal.place(request_number(parse(line).request))
        corrected.setdefault(place, {})[index] = line
    for place, dealt in enumerate(counted.dealt):
        if dealt:
            yield place, Share(order, home, counted.part.file, kinds, dealt, corrected.get(place, {}))


@dataclass(slots=True)
class Result:
    """What some lines come to, all that the driver sees of them: counts, reports, the first failures.

    `failures` have a key that puts them in the order of the files; `count` is how many each check has.
    """

    failures: list[tuple[tuple[int, ...], Failure]] = field(default_factory=list)
    count: Counter[int] = field(default_factory=Counter)
    changes: Changes = field(default_factory=dict)
    opened: Counter[int] = field(default_factory=Counter)
    withheld: dict[int, Counter[str]] = field(default_factory=dict)
    uncompared: int = 0
    reports: list[tuple[Order, str, int, str, str]] = field(default_factory=list)
    waiting: int = 0
    """Corrections whose old lines must still be fetched."""

    def fail(self, order: Order, failures: Iterable[Failure], more: int = 0) -> None:
        """Add failures of one run of lines; `more` counts further ones of the last one's check."""
        number = len(self.failures)
        for failure in failures:
            number += 1
            self.failures.append(((*order, failure.index or 0, number), failure))
            self.count[failure.check] += 1
        if more:
            self.count[self.failures[-1][1].check] += more

    def change(self, half: int, home: int, table: Table) -> None:
        """Add a table's counts to those that the half-year `half` brings to the table of `home`."""
        if table.rows:
            mine = self.changes.setdefault((half, home), {})
            for row, counts in table.rows.items():
                mine.setdefault(row, Counter()).update(counts)

    def merge(self, other: "Result") -> None:
        """Take another result in, keeping the first failures of each check."""
        self.failures = first_of(self.failures + other.failures)
        self.count.update(other.count)
        for (half, home), rows in other.changes.items():
            mine = self.changes.setdefault((half, home), {})
            for row, counts in rows.items():
                mine.setdefault(row, Counter()).update(counts)
        self.opened.update(other.opened)
        for half, reasons in other.withheld.items():
            self.withheld.setdefault(half, Counter()).update(reasons)
        self.uncompared += other.uncompared
        self.reports += other.reports
        self.waiting += other.waiting


def first_of(
    failures: list[tuple[tuple[int, ...], Failure]],
) -> list[tuple[tuple[int, ...], Failure]]:
    """The first failures of each check, as many as a verdict shows."""
    kept = []
    for check in sorted({failure.check for _, failure in failures}):
        mine = [item for item in failures if item[1].check == check]
        kept += heapq.nsmallest(SHOWN, mine, key=lambda item: item[0])
    return kept
