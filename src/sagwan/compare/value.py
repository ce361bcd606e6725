"""What a printed cell says: an exact number, a band, or that there is no number.

A cell is read only where one reading is possible; all else is `unreadable` and keeps its text.
Missing is never 0, and 0 is never missing.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

Number = int | Decimal

# 18 digits hold every count there is, and keep a hostile cell from costing time.
_WHOLE = r"(?:0|[1-9][0-9]{0,17}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,5})"
_COUNT = re.compile(_WHOLE)
_DECIMAL = re.compile(rf"({_WHOLE}(?:\.[0-9]{{1,18}})?)(?P<sign> ?%)?")
_BAND = re.compile(rf"({_WHOLE}) ?[-\u2010-\u2013~] ?({_WHOLE})")
_BELOW = re.compile(rf"< ?({_WHOLE})")
_NOT_REPORTED = frozenset({"", "-", "\u2013", "\u2014"})
_NOT_APPLICABLE = frozenset({"n/a"})

PERCENT = "percent"
AVERAGE = "average"


class State(StrEnum):
    """What is known of a number: the codes of a claim's `state`."""

    EXACT = "exact"
    RANGE = "range"
    """It lies between two ends, both included; a rule says why no more is printed."""
    THRESHOLD = "threshold"
    """It lies below a number, such as `<10`."""
    ROUNDED = "rounded"
    """It was made round; the rule says to what."""
    ZERO = "zero"
    """A printed nought, which is an exact number too."""
    NOT_REPORTED = "not-reported"
    NOT_APPLICABLE = "not-applicable"
    SUPPRESSED = "suppressed"
    """Held back; the reason says by what law, or by whose choice."""
    NOT_YET_DUE = "not-yet-due"
    WITHDRAWN = "withdrawn"
    """Printed once, and taken back by its source without another number."""
    UNREADABLE = "unreadable"


class MissingState(StrEnum):
    """Why a cell gives no number: the states of a claim without one."""

    NOT_REPORTED = State.NOT_REPORTED.value
    NOT_APPLICABLE = State.NOT_APPLICABLE.value
    SUPPRESSED = State.SUPPRESSED.value
    NOT_YET_DUE = State.NOT_YET_DUE.value
    WITHDRAWN = State.WITHDRAWN.value
    UNREADABLE = State.UNREADABLE.value


@dataclass(frozen=True, slots=True)
class Exact:
    """One number: a count, or a percentage (of 100) where the unit is `percent`.

    `rounded_to` is the unit it was made round to (1000), where its source says so; else None.
    """

    number: Number
    printed: str = field(default="", compare=False)
    rounded_to: int | None = field(default=None, compare=False)

    @property
    def code(self) -> State:
        if self.rounded_to is not None:
            return State.ROUNDED
        return State.EXACT if self.number else State.ZERO


@dataclass(frozen=True, slots=True)
class Band:
    """Some number from `low` to `high`, both included, as printed: ends are kept, never their middle.

    `rule` names the rule that made the band (`50-usc-1874-b-500`), `reason` says why in its source's words.
    """

    low: int
    high: int
    printed: str = field(default="", compare=False)
    threshold: bool = field(default=False, compare=False)
    rule: str = field(default="", compare=False)
    reason: str = field(default="", compare=False)

    @property
    def code(self) -> State:
        return State.THRESHOLD if self.threshold else State.RANGE


@dataclass(frozen=True, slots=True)
class Missing:
    """No number; `state` says why, `reason` more of it, and `printed` keeps what stood there."""

    state: MissingState
    printed: str = field(default="", compare=False)
    reason: str = field(default="", compare=False)

    @property
    def code(self) -> State:
        return State(self.state.value)


Stated = Exact | Band
Value = Exact | Band | Missing


def read_value(text: str, unit: str) -> Value:
    """Read a printed cell under its column's unit. Never raises, never guesses.

    Percent signs are read only under the unit `percent`, fractions only there and under `average`, bands and
    `<10` only under counts. A count cannot be negative: `-1` is unreadable, not a number.
    """
    cell = text.strip()
    if cell in _NOT_REPORTED:
        return Missing(MissingState.NOT_REPORTED, text)
    if cell.casefold() in _NOT_APPLICABLE:
        return Missing(MissingState.NOT_APPLICABLE, text)
    read = _read_measure if unit in (PERCENT, AVERAGE) else _read_count
    return read(cell, unit, text) or Missing(MissingState.UNREADABLE, text)


def _read_measure(cell: str, unit: str, text: str) -> Value | None:
    found = _DECIMAL.fullmatch(cell)
    if not found or (found["sign"] and unit != PERCENT):
        return None
    digits = found[1].replace(",", "")
    return Exact(Decimal(digits) if "." in digits else int(digits), text)


def _read_count(cell: str, unit: str, text: str) -> Value | None:
    if _COUNT.fullmatch(cell):
        return Exact(_whole(cell), text)
    if found := _BAND.fullmatch(cell):
        low, high = _whole(found[1]), _whole(found[2])
        return Band(low, high, text) if low <= high else None
    if (found := _BELOW.fullmatch(cell)) and _whole(found[1]) > 0:
        return Band(0, _whole(found[1]) - 1, text, threshold=True)
    return None


def _whole(digits: str) -> int:
    return int(digits.replace(",", ""))


def compatible(a: Stated, b: Stated) -> bool:
    """True where both can be true of one figure: equal, or one lies wholly within the other."""
    (low_a, high_a), (low_b, high_b) = bounds(a), bounds(b)
    return (low_a >= low_b and high_a <= high_b) or (low_b >= low_a and high_b <= high_a)


def bounds(value: Stated) -> tuple[Number, Number]:
    """The least and the greatest number that the value allows; of a count made round, what it may have been
    (half up: 40,000 to the nearest 1,000 is 39,500 to 40,499)."""
    if isinstance(value, Band):
        return value.low, value.high
    if value.rounded_to is None or not isinstance(value.number, int):
        return value.number, value.number
    return max(0, value.number - value.rounded_to // 2), value.number + (value.rounded_to - 1) // 2
