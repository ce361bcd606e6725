"""What a printed cell of a provider's table is read as, where the cell alone does not tell.

A reading is stated beside the cell, which stays as printed. What cannot be read stays unreadable: nothing
here rounds, and nothing guesses.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sagwan.compare.stated import READING
from sagwan.compare.value import PERCENT, Exact, Missing, MissingState, State, read_value

COUNT = "count"
RANGE = "range"
HOURS = "hours"

FOOTNOTE = "footnote mark"
_MARKED = re.compile(
    r"(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?(?: ?%)?) ?(?P<mark>[*+\u2020\u2021\u00b9\u00b2\u00b3]+)"
)
# 20 decimals hold every fraction that a workbook stores; as a percentage they are 18.
_PART = re.compile(r"0?\.[0-9]{1,20}")
_FRACTION = re.compile(rf"{_PART.pattern}|0|1(?:\.0+)?")
_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212")


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

    A footnote mark behind a number is left out of the number; any dash alone is 'not reported'.
    """
    text = cell.strip()
    if text and set(text) <= _DASHES:
        return Reading(MissingState.NOT_REPORTED.value, reason="a dash is printed")
    if marked := _MARKED.fullmatch(text):
        return _exact(marked["number"], unit, f"{FOOTNOTE} {marked['mark']}")
    return PLAIN


def _exact(number: str, unit: str, reason: str) -> Reading:
    read = read_value(number, unit)
    if not isinstance(read, Exact):
        return Reading(MissingState.UNREADABLE.value, reason=reason)
    state = State.EXACT if read.number else State.ZERO
    return Reading(state.value, number, "", "", reason)


def are_fractions(cells: Iterable[str]) -> bool:
    """True where a column of percentages holds fractions of 1: one lies between 0 and 1, none has a sign or
    exceeds 1. Zeros and ones alone settle nothing."""
    texts = [cell.strip() for cell in cells if not _is_missing(cell)]
    return all(_FRACTION.fullmatch(text) for text in texts) and any(_PART.fullmatch(text) for text in texts)


def fraction(cell: str) -> Reading:
    """A fraction of 1 as a percentage, exactly: `0.33` is 33 %. What is no fraction speaks for itself."""
    text = cell.strip()
    if not _FRACTION.fullmatch(text):
        return reading(cell, PERCENT)
    percent = Decimal(text) * 100
    number = format(percent.normalize(), "f") if percent else "0"
    state = State.EXACT if percent else State.ZERO
    return Reading(state.value, number, reason="printed as a fraction of 1")


def lone_fraction(cell: str) -> bool:
    """True for a number below 1 with decimals and no sign, among percentages that carry one."""
    return _PART.fullmatch(cell.strip()) is not None


def _is_missing(cell: str) -> bool:
    read = read_value(cell, PERCENT)
    return isinstance(read, Missing) and read.state is not MissingState.UNREADABLE


def between(low: str, high: str) -> str:
    """Two columns, MIN and MAX, as the one band that they print."""
    return f"{low}-{high}" if low.strip() and high.strip() else low or high
