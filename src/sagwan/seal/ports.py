"""What the sealer needs of the store that holds the lines; the journal implements it."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sagwan.record.period import Period


@dataclass(frozen=True, slots=True)
class Batch:
    """Entries placed together, from log index `first` on, all of one half-year.

    `further`: placed beyond the last batch that its half-year was to have, because more banded lines waited
    than one batch holds.
    """

    number: int
    period: Period
    first: int
    at: datetime
    commitments: Sequence[bytes]
    further: bool = False

    @property
    def end(self) -> int:
        return self.first + len(self.commitments)


@dataclass(frozen=True, slots=True)
class Kept:
    """What the keeper holds of a batch, in the clear: `body` and the wrapped `keys` of its events.

    Both are texts of the store's own making, which the store reads again on recovery.
    """

    body: bytes
    keys: bytes


class SealStore(Protocol):
    """Where lines wait and places are fixed. Each method is one transaction, or reads only."""

    def alone(self) -> AbstractContextManager[None]:
        """Be the only sealer; raise where another is at work."""
        ...

    def size(self) -> int:
        """How many entries have a place: the tree size the log will have when all is written."""
        ...

    def checkpoint_sizes(self, count: int) -> list[int]:
        """The tree sizes of the last recorded checkpoints, at most `count`, the largest first."""
        ...

    def batches_from(self, size: int) -> list[Batch]:
        """The placed batches that end beyond tree size `size`, in order."""
        ...

    def batch_count(self) -> int:
        """How many batches were placed so far."""
        ...

    def place(self, now: datetime) -> Batch | None:
        """Fix the places, shuffled, of all waiting lines of the earliest half-year that has some, filled up
        to the batch floor with cover lines; of banded lines and their cover always the same number. None
        where nothing waits but what the next batch on the clock takes."""
        ...

    def close(self, now: datetime) -> list[Period]:
        """Fix the cut of every half-year that is over and has no line waiting; return those closed now."""
        ...

    def kept(self, batch: Batch) -> Kept:
        """What the keeper must hold to restore this batch: every event since the batch before, the lines,
        their places."""
        ...

    def record_checkpoint(self, size: int, period: Period, at: datetime, note: str) -> None:
        """Remember a checkpoint as it is published; again does no harm."""
        ...

    def record_cosigned(self, size: int, note: str, now: datetime) -> None:
        """Remember the signatures that a recorded checkpoint's note got since; again does no harm."""
        ...
