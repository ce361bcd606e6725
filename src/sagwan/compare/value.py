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


class MissingState(StrEnum):
    """Why a cell gives no number."""

    NOT_REPORTED = "not-reported"
    NOT_APPLICABLE = "not-applicable"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Exact:
    """One number: a count, or a percentage (of 100) where the unit is `percent`."""

    number: Number
    printed: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Band:
    """Some number from `low` to `high`, both included, as printed: ends are kept, never their middle."""

    low: int
    high: int
    printed: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Missing:
    """No number; `state` says why and `printed` keeps what stood there."""

    state: MissingState
    printed: str = field(default="", compare=False)


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
        return Band(0, _whole(found[1]) - 1, text)
    return None


def _whole(digits: str) -> int:
    return int(digits.replace(",", ""))


def compatible(a: Stated, b: Stated) -> bool:
    """True where both can be true of one figure: equal, or one lies wholly within the other."""
    (low_a, high_a), (low_b, high_b) = bounds(a), bounds(b)
    return (low_a >= low_b and high_a <= high_b) or (low_b >= low_a and high_b <= high_a)


def bounds(value: Stated) -> tuple[Number, Number]:
    """The least and the greatest number that the value allows."""
    return (value.low, value.high) if isinstance(value, Band) else (value.number, value.number)
