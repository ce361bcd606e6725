"""How opened lines become the counts of a report: the one definition of every measure.

A table maps (service, jurisdiction, instrument) to counts by measure. Base measures are always there;
`reason.<slug>`, `received.<mark>` and `resolved.<mark>` only where they are not 0.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from sagwan.formats.errors import FormatError
from sagwan.formats.opening import NONE, Opening
from sagwan.record.vocabulary import LineKind, Outcome

RowKey = tuple[str, str, str]

BASE_MEASURES = (
    "requested",
    "processed",
    *(str(outcome) for outcome in Outcome),
    "accounts-asked",
    "accounts-disclosed",
    "follow-ups",
    "follow-up-accounts",
)
_PREFIXES = ("reason.", "received.", "resolved.")


def measures(opening: Opening, kind: LineKind) -> list[tuple[str, int]]:
    """What a line adds to its row, read as `kind` (for a corrected line: the kind it stands in for).

    **requested** counts `received` lines, **processed** the `complied` and `partial` among the `resolved`.
    """
    if kind is LineKind.RECEIVED:
        marks = [(f"received.{mark}", 1) for mark in opening.marks]
        return [("requested", 1), ("accounts-asked", opening.accounts), *marks]
    if kind is LineKind.FOLLOW_UP:
        return [("follow-ups", 1), ("follow-up-accounts", opening.accounts)]
    if kind is LineKind.RESOLVED:
        counts = [(opening.outcome, 1), ("accounts-disclosed", opening.accounts)]
        if Outcome(opening.outcome).discloses:
            counts.append(("processed", 1))
        if opening.reason != NONE:
            counts.append((f"reason.{opening.reason}", 1))
        return counts + [(f"resolved.{mark}", 1) for mark in opening.marks]
    if kind in (LineKind.COVER, LineKind.REPORT):
        return []
    raise FormatError(f"a {kind} line counts as the line it replaces; name that line's kind")


class Table:
    """Counts by row and measure, to which lines are added and from which they are taken away."""

    __slots__ = ("rows",)

    def __init__(self) -> None:
        self.rows: dict[RowKey, Counter[str]] = {}

    def add(self, opening: Opening, kind: LineKind, times: int = 1) -> None:
        """Count a line; `times=-1` takes a superseded one away again."""
        counted = measures(opening, kind)
        if not counted:
            return
        row = self.rows.get(opening.row)
        if row is None:
            row = self.rows[opening.row] = Counter()
        for measure, count in counted:
            row[measure] += times * count

    def merge(self, other: "Table") -> None:
        for key, counts in other.rows.items():
            row = self.rows.setdefault(key, Counter())
            for measure, count in counts.items():
                row[measure] += count

    def copy(self) -> "Table":
        twin = Table()
        twin.merge(self)
        return twin

    def counts(self) -> dict[RowKey, dict[str, int]]:
        """The rows in alphabetical order, each with its measures in the report's order."""
        return {key: ordered(self.rows[key]) for key in sorted(self.rows)}


def ordered(counts: Counter[str]) -> dict[str, int]:
    """All base measures, then the others that are not 0, alphabetically."""
    extra = sorted(name for name, count in counts.items() if count and name not in BASE_MEASURES)
    return {name: counts.get(name, 0) for name in (*BASE_MEASURES, *extra)}


def is_measure(name: str) -> bool:
    return name in BASE_MEASURES or name.startswith(_PREFIXES)


def differences(
    before: dict[RowKey, dict[str, int]], after: dict[RowKey, dict[str, int]]
) -> Iterator[tuple[RowKey, str, int, int]]:
    """(row, measure, before, after) for every cell that differs, in the report's order; absent reads as 0."""
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key, {}), after.get(key, {})
        for measure in _union(old, new):
            if old.get(measure, 0) != new.get(measure, 0):
                yield key, measure, old.get(measure, 0), new.get(measure, 0)


def _union(*sides: Iterable[str]) -> list[str]:
    names = {name for side in sides for name in side}
    return [*(n for n in BASE_MEASURES if n in names), *sorted(names - set(BASE_MEASURES))]
