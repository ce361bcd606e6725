"""What a printed cell of a provider's table is read as, where the cell alone does not tell.

A reading is stated beside the cell, which stays as printed. What cannot be read stays unreadable: nothing
here rounds, and nothing guesses.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sagwan.compare.importers.written import canonical, is_dash, plain, split_mark
from sagwan.compare.stated import READING
from sagwan.compare.value import PERCENT, Band, Missing, MissingState, State, Value, read_value

COUNT = "count"
RANGE = "range"
HOURS = "hours"

FOOTNOTE = "footnote mark"
_NOT_APPLICABLE = frozenset({"na", "n.a.", "n/a", "not applicable", "해당없음", "해당 없음"})
# 20 decimals hold every fraction that a workbook stores; as a percentage they are 18.
_PART = re.compile(r"0?\.[0-9]{1,20}")
_COMMA_PART = re.compile(r"0,[0-9]{1,20}")
_FRACTION = re.compile(rf"{_PART.pattern}|0|1(?:\.0+)?")


@dataclass(frozen=True, slots=True)
class Reading:
    """The columns of a claim that say what its cell is read as; all empty: the cell speaks for itself."""

    state: str = ""
    low: str = ""
    high: str = ""
    rule: str = ""
    reason: str = ""

    @property
    def columns(self) -> dict[str, str]:
        ends = (self.state, self.low, self.high, self.rule, self.reason)
        return {name: text for name, text in zip(READING, ends, strict=True) if text}


PLAIN = Reading()


def reading(cell: str, unit: str) -> Reading:
    """How a cell is read under a count's or a percentage's column.

    A footnote mark behind a number is left out of the number; any dash alone is 'not reported'; digits and
    groups may be written in any of the ways of `written`.
    """
    if is_dash(cell):
        return Reading(MissingState.NOT_REPORTED.value, reason="a dash is printed")
    if plain(cell).casefold() in _NOT_APPLICABLE:
        return Reading(MissingState.NOT_APPLICABLE.value)
    if not plain(cell) and cell.strip():
        return Reading(MissingState.NOT_REPORTED.value, reason="nothing that can be seen is printed")
    text = canonical(cell, unit)
    if text == cell:
        return PLAIN
    mark = split_mark(plain(cell))[1]
    return _stated(read_value(text, unit), text, f"{FOOTNOTE} {mark}" if mark else f"read as {text}")


def _stated(read: Value, text: str, reason: str) -> Reading:
    if isinstance(read, Missing):
        return Reading(read.code.value, reason=reason)
    if isinstance(read, Band):
        return Reading(read.code.value, str(read.low), str(read.high), reason=reason)
    return Reading(read.code.value, text, reason=reason)


def are_fractions(cells: Iterable[str]) -> bool:
    """True where a column of percentages holds fractions of 1: one lies between 0 and 1, none has a sign or
    exceeds 1. Zeros and ones alone settle nothing."""
    texts = [_pointed(cell) for cell in cells if not _is_missing(cell)]
    return all(_FRACTION.fullmatch(text) for text in texts) and any(_PART.fullmatch(text) for text in texts)


def fraction(cell: str) -> Reading:
    """A fraction of 1 as a percentage, exactly: `0.33` is 33 %. What is no fraction speaks for itself."""
    text = _pointed(cell)
    if not _FRACTION.fullmatch(text):
        return reading(cell, PERCENT)
    percent = Decimal(text) * 100
    number = format(percent.normalize(), "f") if percent else "0"
    state = State.EXACT if percent else State.ZERO
    return Reading(state.value, number, reason="printed as a fraction of 1")


def lone_fraction(cell: str) -> bool:
    """True for a number below 1 with decimals and no sign, among percentages that carry one."""
    return _PART.fullmatch(_pointed(cell)) is not None


def _pointed(cell: str) -> str:
    """A fraction of 1 with a point: a comma behind a 0 parts decimals, whatever follows."""
    text, _ = split_mark(plain(cell))
    return "." + text.removeprefix("0,") if _COMMA_PART.fullmatch(text) else text


def _is_missing(cell: str) -> bool:
    if is_dash(cell) or not plain(cell):
        return True
    read = read_value(cell, PERCENT)
    return isinstance(read, Missing) and read.state is not MissingState.UNREADABLE


def between(low: str, high: str) -> str:
    """Two columns, MIN and MAX, as the one band that they print."""
    return f"{low}-{high}" if low.strip() and high.strip() else low or high
