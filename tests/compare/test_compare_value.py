from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagwan.compare.value import Band, Exact, Missing, MissingState, Value, compatible, read_value

UNITS = st.sampled_from(["requests", "accounts", "count", "percent", "average", "range", "users"])
counts = st.integers(0, 10**18 - 1)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("0", "count", Exact(0)),
        ("1809", "requests", Exact(1809)),
        ("1,094", "count", Exact(1094)),
        (" 1094 ", "count", Exact(1094)),
        ("80%", "percent", Exact(80)),
        ("80", "percent", Exact(80)),
        ("0.33", "percent", Exact(Decimal("0.33"))),
        ("14.5", "average", Exact(Decimal("14.5"))),
        ("0-499", "range", Band(0, 499)),
        ("1,000 - 1,249", "range", Band(1000, 1249)),
        ("0 – 249", "count", Band(0, 249)),
        ("<10", "count", Band(0, 9)),
        ("", "count", Missing(MissingState.NOT_REPORTED)),
        ("-", "percent", Missing(MissingState.NOT_REPORTED)),
        ("N/A", "count", Missing(MissingState.NOT_APPLICABLE)),
    ],
)
def test_what_is_read(text: str, unit: str, value: Value) -> None:
    read = read_value(text, unit)
    assert read == value
    assert read.printed == text


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("-1", "accounts"),
        ("80%", "count"),
        ("80%", "average"),
        ("1.5", "count"),
        ("1,5", "percent"),
        ("12,34", "count"),
        ("1,0000", "count"),
        ("007", "count"),
        ("499-0", "range"),
        ("10*", "count"),
        ("about 40", "users"),
        ("#REF!", "count"),
        ("1e3", "count"),
        ("１８", "count"),
        ("٣", "count"),
        ("<0", "count"),
        ("1 809", "count"),
        ("9" * 19, "count"),
        ("9" * 100_000, "count"),
        ("0.5-0.7", "percent"),
        ("NaN", "percent"),
        ("10+", "count"),
    ],
)
def test_what_is_not_guessed(text: str, unit: str) -> None:
    assert read_value(text, unit) == Missing(MissingState.UNREADABLE)


@given(counts)
def test_counts_with_and_without_commas(number: int) -> None:
    assert read_value(str(number), "count") == read_value(f"{number:,}", "count") == Exact(number)


@given(counts, counts, st.sampled_from(["-", " - ", "–", "~"]))
def test_bands_keep_both_ends_or_are_unreadable(low: int, high: int, dash: str) -> None:
    read = read_value(f"{low:,}{dash}{high}", "range")
    assert read == (Band(low, high) if low <= high else Missing(MissingState.UNREADABLE))


@given(st.text(), UNITS)
def test_any_text_is_read_or_kept(text: str, unit: str) -> None:
    read = read_value(text, unit)
    assert read.printed == text
    if isinstance(read, Exact):
        assert read.number >= 0
        assert any(character in "0123456789" for character in text)


@given(st.text(alphabet="0123456789,.-–<% ", max_size=12), UNITS)
def test_no_digit_is_lost_or_made_up(text: str, unit: str) -> None:
    read = read_value(text, unit)
    digits = "".join(c for c in text if c.isdigit())
    if isinstance(read, Exact):
        assert str(read.number).replace(".", "") == digits
    if isinstance(read, Band) and "<" not in text:
        assert f"{read.low}{read.high}" == digits


@given(st.tuples(counts, counts).map(sorted), counts)
def test_a_number_agrees_with_a_band_that_holds_it(ends: list[int], number: int) -> None:
    band = Band(ends[0], ends[1])
    assert (
        compatible(band, Exact(number)) == compatible(Exact(number), band) == (ends[0] <= number <= ends[1])
    )


def test_bands_that_overlap_only_in_part_disagree() -> None:
    assert compatible(Band(0, 499), Band(0, 999))
    assert not compatible(Band(0, 499), Band(250, 999))
