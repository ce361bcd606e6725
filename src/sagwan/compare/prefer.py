"""Which of several readings stands: the order of preference, and why it decided.

Recounted > company report > copy of one > ministry > NGO > news; a value in its place over one that slipped
in from another row; a restatement over what it restates; then the value that most voices give; then the one
that agrees with its neighbours; then the source whose other figures hold; then the latest.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sagwan.compare.forms import is_rounding
from sagwan.compare.reading import Reading, restates


class Why(StrEnum):
    """What decided for the preferred reading."""

    ONLY = "only"
    KIND = "kind"
    IN_PLACE = "in-place"
    LATER_EDITION = "later-edition"
    VOICES = "voices"
    POSSIBLE = "possible"
    TRACK_RECORD = "track-record"
    LATEST = "latest"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Preference:
    """The reading that stands, over which others, and what decided against the one next to it."""

    reading: Reading
    over: tuple[Reading, ...]
    why: Why


# Of more values than this for one figure no two are held against each other: that many are no restatements
# or roundings of one number, and to try every pair would let a hostile table cost its square.
MOST_PAIRED = 200
Judge = Callable[[Reading], int]


def undecided(_: Reading) -> int:
    """The judge who prefers no reading to another."""
    return 0


def prefer(
    candidates: Sequence[Reading],
    *,
    misplaced: Judge = undecided,
    conflicts: Judge = undecided,
    record: Judge = undecided,
) -> Preference | None:
    """The preferred reading, or None where there is none.

    `misplaced` gives 1 for a value that belongs to another category, `conflicts` counts the neighbouring
    figures that a reading cannot stand with, `record` how many neighbouring figures its sources got right
    less those they got wrong.
    """
    if not candidates:
        return None
    if len(candidates) == 1:
        return Preference(candidates[0], (), Why.ONLY)
    strays = {id(reading): misplaced(reading) for reading in candidates}
    paired = candidates if len(candidates) <= MOST_PAIRED else ()
    in_place = [reading for reading in paired if not strays[id(reading)]]
    ranked = []
    for reading in candidates:
        peers = [r for r in in_place if r.rank == reading.rank and r is not reading]
        key = (
            reading.rank,
            strays[id(reading)],
            any(restates(other, reading) for other in peers),
            -_support(reading, paired),
            conflicts(reading),
            -record(reading),
            -reading.last_day.toordinal(),
            reading.best.id,
        )
        ranked.append((key, reading))
    (best, first), *rest = sorted(ranked, key=lambda pair: pair[0])
    pairs = zip(best, rest[0][0], list(Why)[1:], strict=True)
    why = next(why for mine, other, why in pairs if mine != other)
    return Preference(first, tuple(reading for _, reading in rest), why)


def _support(reading: Reading, candidates: Sequence[Reading]) -> int:
    """How many voices give the value, those that give it made round included."""
    return len(reading.voices.union(*(r.voices for r in candidates if is_rounding(r.value, reading.value))))
