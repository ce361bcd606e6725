"""What publishing needs of the store; the journal implements it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from sagwan.formats.banded import Banded
from sagwan.record.period import Period
from sagwan.record.vocabulary import WithheldReason


@dataclass(frozen=True, slots=True)
class Entry:
    """One log entry: the line to open, or why it is withheld (then `line` is None)."""

    index: int
    commitment: bytes
    line: bytes | None
    withheld: WithheldReason | None = None


@dataclass(frozen=True, slots=True)
class SealedReport:
    """The `report` line, and the first checkpoint of the log that holds it, as a signed note."""

    line: bytes
    checkpoint: bytes


class PublishStore(Protocol):
    """Where lines, cuts and checkpoints are read from. Reads only, but for `seal_report`."""

    def cut(self, period: Period) -> int | None:
        """The tree size after the half-year's last batch; None while it is not closed."""
        ...

    def earlier(self, period: Period) -> list[Period]:
        """The closed half-years before `period` that have a report, in order."""
        ...

    def first(self, period: Period) -> int:
        """The cut of the half-year before; 0 for the first."""
        ...

    def entries(self, first: int, cut: int, report: Period) -> Iterator[Entry]:
        """The entries first … cut-1 in log order, opened or withheld as the report of that half-year has
        them: as of its publication, or as things stand where it is not published yet."""
        ...

    def checkpoints(self, period: Period) -> list[bytes]:
        """The half-year's checkpoints as signed notes, by ascending tree size."""
        ...

    def stated(self, period: Period) -> Mapping[str, int | float | None]:
        """What openings cannot carry: medians of days and the like."""
        ...

    def banded(self, period: Period) -> Banded | None:
        """What the report says of figures that the law allows only in bands; None where nothing is banded."""
        ...

    def seal_report(self, period: Period, manifest: bytes) -> SealedReport:
        """Seal the `report` line that binds the manifest's SHA-256. The same manifest again gives the same
        line; another one raises, since a report is published once."""
        ...
