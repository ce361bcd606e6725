"""A reading that is stated beside a printed cell."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagwan.compare.stated import READING, as_columns, read_stated
from sagwan.compare.value import Band, Exact, Missing, MissingState, State, bounds, compatible, read_value


def test_without_a_state_the_cell_speaks_for_itself() -> None:
    assert read_stated("1,809", "requests") == Exact(1809)
    read = read_stated("13-499", "range", rule="50-usc-1874-500", reason="letters released")
    assert read == Band(13, 499)
    assert isinstance(read, Band) and (read.rule, read.reason) == ("50-usc-1874-500", "letters released")


@pytest.mark.parametrize(
    ("text", "columns", "value", "code"),
    [
        ("1.809", {"state": "exact", "low": "1809", "high": "1809"}, Exact(1809), State.EXACT),
        ("0.33", {"state": "exact", "low": "33"}, Exact(33), State.EXACT),
        ("none", {"state": "zero", "low": "0"}, Exact(0), State.ZERO),
        ("0", {"state": "zero"}, Exact(0), State.ZERO),
        ("0 | 499", {"state": "range", "low": "0", "high": "499"}, Band(0, 499), State.RANGE),
        ("<10", {"state": "threshold"}, Band(0, 9), State.THRESHOLD),
        ("fewer than 10", {"state": "threshold", "low": "1", "high": "9"}, Band(1, 9), State.THRESHOLD),
        (
            "40m",
            {"state": "rounded", "low": "40000000", "rule": "nearest-1000000"},
            Exact(40000000),
            State.ROUNDED,
        ),
        ("", {"state": "suppressed", "reason": "law"}, Missing(MissingState.SUPPRESSED), State.SUPPRESSED),
        ("-", {"state": "not-yet-due"}, Missing(MissingState.NOT_YET_DUE), State.NOT_YET_DUE),
        ("12", {"state": "withdrawn"}, Missing(MissingState.WITHDRAWN), State.WITHDRAWN),
        ("0", {"state": "not-reported"}, Missing(MissingState.NOT_REPORTED), State.NOT_REPORTED),
        ("66.107", {"state": "unreadable"}, Missing(MissingState.UNREADABLE), State.UNREADABLE),
        ("x", {"state": "not-applicable"}, Missing(MissingState.NOT_APPLICABLE), State.NOT_APPLICABLE),
    ],
)
def test_every_state_can_be_stated(text: str, columns: dict[str, str], value: object, code: State) -> None:
    read = read_stated(text, "count", **columns)
    assert (read, read.code, read.printed) == (value, code, text)


@pytest.mark.parametrize(
    "columns",
    [
        {"low": "1"},
        {"state": "guess"},
        {"state": "exact", "low": "1", "high": "2"},
        {"state": "exact", "low": "0"},
        {"state": "exact"},
        {"state": "zero", "low": "1"},
        {"state": "range", "low": "5"},
        {"state": "range", "low": "9", "high": "5"},
        {"state": "range", "low": "x", "high": "y"},
        {"state": "unreadable", "low": "1"},
        {"state": "rounded", "low": "1000"},
        {"state": "rounded", "low": "1000", "rule": "nearest-0"},
    ],
)
def test_what_cannot_be_is_refused(columns: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_stated("some text", "count", **columns)


def test_a_rounded_number_agrees_with_what_it_may_have_been() -> None:
    rounded = read_stated("40,000", "users", "rounded", rule="nearest-1000")
    assert isinstance(rounded, Exact)
    assert bounds(rounded) == (39_500, 40_499)
    assert compatible(rounded, Exact(40_499)) and not compatible(rounded, Exact(40_500))
    assert rounded == Exact(40_000)


CELLS = st.sampled_from(["0", "12", "1,809", "0-499", "<10", "", "-", "n/a", "#REF!", "12.5", "80%"])


@given(CELLS, st.sampled_from(["count", "percent", "average"]))
def test_columns_of_a_reading_say_the_same_again(text: str, unit: str) -> None:
    read = read_value(text, unit)
    columns = as_columns(read)
    assert set(columns) == set(READING)
    again = read_stated(text, unit, **columns)
    assert (again, again.code) == (read, read.code)


def test_numbers_go_out_as_they_were_read() -> None:
    assert as_columns(Exact(Decimal("12.5"))) == dict(
        zip(READING, ("exact", "12.5", "12.5", "", ""), strict=True)
    )
    assert as_columns(Exact(40_000, "", 1000))["rule"] == "nearest-1000"
