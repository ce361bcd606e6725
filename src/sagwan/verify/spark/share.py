"""What travels between executors, and what comes back to the driver."""

import heapq
from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from sagwan.formats.opening import NONE, Opening
from sagwan.formats.tally import RowKey, Table
from sagwan.record.vocabulary import LineKind
from sagwan.verify.findings import SHOWN
from sagwan.verify.lines import Counted, Part, Shape
from sagwan.verify.verdict import Failure

Order = tuple[int, int, int]
"""When lines are read: half-year, 0 for late lines and 1 for its own, then line number or log index."""

Changes = dict[tuple[int, int], dict[RowKey, Counter[str]]]
"""What lines add to tables: by the half-year that brings the change, and the one in whose table it counts."""


@dataclass(slots=True)
class Share:
    """The lines of one part whose requests belong to one partition of the shuffle.

    `kinds` are the distinct (kind, row, outcome) of lines; `requests` (16 hex digits each), `indexes` and
    `kind_of` go together. `corrected` has the corrected lines whole, `late` every line that was opened late.
    """

    order: Order
    home: int
    file: str
    kinds: list[tuple[str, RowKey, str]] = field(default_factory=list)
    requests: list[bytes] = field(default_factory=list)
    indexes: "array[int]" = field(default_factory=lambda: array("Q"))
    kind_of: "array[int]" = field(default_factory=lambda: array("I"))
    corrected: dict[int, bytes] = field(default_factory=dict)
    late: dict[int, bytes] = field(default_factory=dict)

    def counted(self) -> Counted:
        """The share in the form that check 6 takes, with nothing in it to be added up again."""
        counted = Counted(Part(self.file, 0, 0, self.order[2], len(self.requests)))
        counted.shapes = [Shape(_opening(*kind)) for kind in self.kinds]
        counted.requests, counted.indexes, counted.shape_of = self.requests, self.indexes, self.kind_of
        counted.corrected = self.corrected
        return counted

    def only(self, wanted: frozenset[bytes], inside: bool) -> "Share":
        """The share's lines of those requests, or (not `inside`) of all others."""
        kept = replace(self, requests=[], indexes=array("Q"), kind_of=array("I"), corrected={}, late={})
        for request, index, kind in zip(self.requests, self.indexes, self.kind_of, strict=True):
            if (request in wanted) is inside:
                kept.requests.append(request)
                kept.indexes.append(index)
                kept.kind_of.append(kind)
                if index in self.corrected:
                    kept.corrected[index] = self.corrected[index]
                if index in self.late:
                    kept.late[index] = self.late[index]
        return kept


def _opening(kind: str, row: RowKey, outcome: str) -> Opening:
    return Opening("", LineKind(kind), "", "", *row, outcome, NONE, (), 0, (), "")


def divide(counted: Counted, order: Order, home: int, partitions: int) -> dict[int, Share]:
    """A part's lines by the partition of their request: its last digits, which are random."""
    shares: dict[int, Share] = {}
    numbers: dict[tuple[str, RowKey, str], int] = {}
    kinds = [(str(s.opening.kind), s.opening.row, s.opening.outcome) for s in counted.shapes]
    known = [numbers.setdefault(kind, len(numbers)) for kind in kinds]
    for request, index, shape in zip(counted.requests, counted.indexes, counted.shape_of, strict=True):
        place = int(request, 16) % partitions
        share = shares.get(place)
        if share is None:
            share = shares[place] = Share(order, home, counted.part.file, list(numbers))
        share.requests.append(request)
        share.indexes.append(index)
        share.kind_of.append(known[shape])
        if index in counted.corrected:
            share.corrected[index] = counted.corrected[index]
    return shares


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
