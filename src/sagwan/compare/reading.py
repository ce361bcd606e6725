"""What is said of a figure: claims that give the same value are one reading of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sagwan.compare.claim import Claim, SourceKind
from sagwan.compare.forms import same_number
from sagwan.compare.value import AVERAGE, PERCENT, Exact, Missing, Stated
from sagwan.compare.voices import voices

LATER_DAYS = 365
NOT_COUNTS = frozenset({PERCENT, AVERAGE})
RANK = {kind: kind.rank for kind in SourceKind}

Article = tuple[str, str]
"""Voice and date: all that one source printed on one day."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One value of a figure, the claims that print it and the voices behind them."""

    value: Stated
    claims: tuple[Claim, ...]
    voices: frozenset[str]

    @property
    def rank(self) -> int:
        """The best rank among the sources, 0 first."""
        return min([RANK[claim.source_kind] for claim in self.claims])

    @property
    def first_day(self) -> date:
        return min(claim.first_day for claim in self.claims)

    @property
    def last_day(self) -> date:
        return max(claim.last_day for claim in self.claims)

    @property
    def best(self) -> Claim:
        """The claim to show: of the best kind, and of those the latest."""
        if len(self.claims) == 1:
            return self.claims[0]
        return min(
            self.claims, key=lambda claim: (RANK[claim.source_kind], -claim.last_day.toordinal(), claim.id)
        )


def readings(claims: Iterable[Claim]) -> tuple[Reading, ...]:
    """The values that are stated, in the order of the claims; a claim without a number is no reading."""
    claims = tuple(claims)
    if len(claims) == 1:  # as most figures have it
        value = claims[0].read
        return () if isinstance(value, Missing) else (Reading(value, claims, voices(claims)),)
    groups: dict[Stated, list[Claim]] = {}
    for claim in claims:
        if not isinstance(claim.read, Missing):
            groups.setdefault(claim.read, []).append(claim)
    return tuple(Reading(value, tuple(group), voices(group)) for value, group in groups.items())


def is_count(reading: Reading) -> bool:
    """True of an exact number that is neither a percentage nor an average."""
    return isinstance(reading.value, Exact) and all(claim.unit not in NOT_COUNTS for claim in reading.claims)


def same_value(claims: Iterable[Claim], value: Stated) -> tuple[Claim, ...]:
    """The claims that give this value."""
    return tuple(claim for claim in claims if claim.read == value)


def articles(reading: Reading) -> frozenset[Article]:
    """Every article that prints a reading."""
    return frozenset((claim.voice, claim.source_date) for claim in reading.claims)


def restates(later: Reading, earlier: Reading) -> bool:
    """True where `later` looks like a restatement of `earlier`, by dates and voices alone.

    Either every voice that says both says `later` last; or all sources of `later` follow those of `earlier`
    by a year or more and at least one side has two voices (one stray figure a year later is no restatement).
    The same number in another form is the same statement.
    """
    if same_number(later.value, earlier.value):
        return False
    if both := later.voices & earlier.voices:
        return all(_last(earlier, voice) < _first(later, voice) for voice in both)
    gap = (later.first_day - earlier.last_day).days
    return gap >= LATER_DAYS and max(len(later.voices), len(earlier.voices)) >= 2


def _last(reading: Reading, voice: str) -> date:
    return max(claim.last_day for claim in reading.claims if claim.voice == voice)


def _first(reading: Reading, voice: str) -> date:
    return min(claim.first_day for claim in reading.claims if claim.voice == voice)
