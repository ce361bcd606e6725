"""A reading that is stated beside a printed cell: its state, ends, rule and reason, checked against the cell.

An importer knows more than the cell says: that a dash means 'not yet due', that two columns are the ends of a
band, that 1.809 is German for 1,809. It writes down what it read; nothing here overrules the printed text.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from sagwan.compare.value import Band, Exact, Missing, MissingState, State, Stated, Value, read_value

READING = ("state", "low", "high", "rule", "reason")
_NEAREST = re.compile(r"nearest-([1-9][0-9]{0,17})")
_MISSING: Mapping[str, MissingState] = {state.value: state for state in MissingState}


def read_stated(
    text: str, unit: str, state: str = "", low: str = "", high: str = "", rule: str = "", reason: str = ""
) -> Value:
    """The value of a claim; raises ValueError where what is stated cannot be.

    Without a `state` the cell speaks for itself. Otherwise `low` and `high` are the ends (both the same, or
    `low` alone, for one number; nothing where the cell's own reading is meant). `rule` of a rounded
    number is `nearest-1000`.
    """
    if not state:
        if low or high:
            raise ValueError("low and high need a state")
        read = _read(text, unit)
        return _with_rule(read, rule, reason) if rule or reason else read
    if state in _MISSING:
        if low or high:
            raise ValueError(f"state {state} has no number, but low or high is given")
        return Missing(_MISSING[state], text, reason)
    if state not in list(State):
        raise ValueError(f"{state!r} is not one of {', '.join(State)}")
    return _number(text, unit, State(state), low, high, rule, reason)


# Small numbers, blanks and noughts stand in many rows; a megabyte cell is not kept.
_remembered = lru_cache(maxsize=65536)(read_value)


def _read(text: str, unit: str) -> Value:
    return _remembered(text, unit) if len(text) < 32 else read_value(text, unit)


def _number(text: str, unit: str, state: State, low: str, high: str, rule: str, reason: str) -> Value:
    if state in (State.RANGE, State.THRESHOLD):
        band = _band(text, unit, low, high)
        return replace(band, printed=text, rule=rule, reason=reason, threshold=state is State.THRESHOLD)
    number = read_value(low or text, unit)
    if not isinstance(number, Exact) or high not in ("", low):
        raise ValueError(f"state {state} needs one number, not {low or text!r}")
    if (state is State.ZERO) != (not number.number) and state is not State.ROUNDED:
        raise ValueError(f"state {state} does not fit {low or text!r}")
    return Exact(number.number, text, _rounded_to(rule) if state is State.ROUNDED else None)


def _band(text: str, unit: str, low: str, high: str) -> Band:
    if bool(low) != bool(high):
        raise ValueError("a band needs both low and high")
    # A band of percentages is no count; the ends are read as counts all the same.
    read = read_value(f"{low}-{high}" if low else text, unit if not low else "count")
    if not isinstance(read, Band):
        raise ValueError(f"{low}-{high} is not a band" if low else f"{text!r} is not a band")
    return read


def _rounded_to(rule: str) -> int:
    found = _NEAREST.fullmatch(rule)
    if not found:
        raise ValueError(f"a rounded number needs a rule such as nearest-1000, not {rule!r}")
    return int(found[1])


def _with_rule(value: Value, rule: str, reason: str) -> Value:
    if isinstance(value, Band) and (rule or reason):
        return replace(value, rule=rule, reason=reason)
    return replace(value, reason=reason) if isinstance(value, Missing) and reason else value


def as_columns(value: Stated | Missing) -> dict[str, str]:
    """The reading as the columns `state`, `low`, `high`, `rule`, `reason`: what engines query."""
    if isinstance(value, Missing):
        return dict(zip(READING, (value.code.value, "", "", "", value.reason), strict=True))
    if isinstance(value, Band):
        ends = (str(value.low), str(value.high), value.rule, value.reason)
    else:
        rule = f"nearest-{value.rounded_to}" if value.rounded_to is not None else ""
        ends = (str(value.number), str(value.number), rule, "")
    return dict(zip(READING, (value.code.value, *ends), strict=True))
