"""Measures: exact, and never surer than what they are made of."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagwan.compare.measures import (
    Change,
    Ratio,
    Sum,
    accounts_per_request,
    add_up,
    change,
    half_before,
    per_million,
    share,
    year_before,
)
from sagwan.compare.value import Band, Exact, Missing, MissingState, Stated, bounds

NOT_REPORTED = Missing(MissingState.NOT_REPORTED)
UNREADABLE = Missing(MissingState.UNREADABLE)
exact = st.integers(0, 10**6).map(Exact)
bands = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)).map(sorted).map(lambda ends: Band(*ends))
stated = exact | bands


def inside(value: Stated, data: st.DataObject) -> int:
    low, high = bounds(value)
    return data.draw(st.integers(int(low), int(high)))


def test_requests_for_every_million_users() -> None:
    assert per_million(Exact(3148), Exact(40_000_000)) == Ratio(Fraction(787, 10), Fraction(787, 10))
    assert per_million(Band(0, 499), Exact(1_000_000)) == Ratio(Fraction(0), Fraction(499))
    assert per_million(NOT_REPORTED, Exact(5)) == NOT_REPORTED
    assert per_million(Exact(5), UNREADABLE) == UNREADABLE


def test_accounts_for_each_request() -> None:
    assert accounts_per_request(Exact(20876), Exact(1932)) == Ratio(
        Fraction(20876, 1932), Fraction(20876, 1932)
    )


def test_a_share_is_cut_at_one_but_a_part_that_is_too_large_is_shown() -> None:
    assert share(Band(0, 499), Exact(100)) == Ratio(Fraction(0), Fraction(1))
    assert share(Exact(21), Exact(20)) == Ratio(Fraction(21, 20), Fraction(21, 20))
    assert share(Exact(5), Exact(0)) == Missing(MissingState.NOT_APPLICABLE)


def test_change_of_counts() -> None:
    moved = change(Exact(2132), Exact(3148))
    assert isinstance(moved, Change) and moved.relative is not None
    assert moved.difference == Ratio(Fraction(1016), Fraction(1016))
    assert moved.relative.low == Fraction(1016, 2132)
    assert moved.grew is True
    fell = change(Exact(7635), Exact(7030))
    assert isinstance(fell, Change) and fell.grew is False
    same = change(Exact(5), Exact(5))
    assert isinstance(same, Change) and same.unchanged and same.grew is None


def test_change_from_nothing_has_no_percentage_and_missing_stays_missing() -> None:
    moved = change(Exact(0), Exact(9))
    assert isinstance(moved, Change)
    assert moved.relative is None and moved.grew is True
    assert change(NOT_REPORTED, Exact(1)) == NOT_REPORTED
    assert change(Exact(1), UNREADABLE) == UNREADABLE


def test_bands_that_overlap_leave_the_direction_open() -> None:
    moved = change(Band(0, 499), Band(0, 499))
    assert isinstance(moved, Change)
    assert moved.grew is None and not moved.unchanged
    assert moved.difference == Ratio(Fraction(-499), Fraction(499))


@given(stated, stated, st.data())
def test_a_change_holds_every_change_of_its_bands(before: Stated, after: Stated, data: st.DataObject) -> None:
    moved = change(before, after)
    assert isinstance(moved, Change)
    old, new = inside(before, data), inside(after, data)
    assert moved.difference.low <= new - old <= moved.difference.high
    if moved.relative:
        assert moved.relative.low <= Fraction(new, old) - 1 <= moved.relative.high
    if moved.grew is not None:
        assert moved.grew == (new > old)


@pytest.mark.parametrize(
    ("period", "year", "half"),
    [("2016H1", "2015H1", "2015H2"), ("2016H2", "2015H2", "2016H1"), ("2016", "2015", None)],
)
def test_the_periods_to_compare_with(period: str, year: str, half: str | None) -> None:
    assert (year_before(period), half_before(period)) == (year, half)


def test_sums_of_gaps_and_bands() -> None:
    assert add_up([Exact(15), Exact(18), Exact(17)]) == Sum(50, 50)
    assert add_up([Exact(15), None]) == Sum(15, None, 1)
    assert add_up([Exact(15), NOT_REPORTED]) == Sum(15, None, 1)
    assert add_up([Exact(1), Band(0, 499)]) == Sum(1, 500)
    assert add_up([None, NOT_REPORTED]) is None
    assert add_up([Exact(0)]) == Sum(0, 0)


@given(st.lists(st.none() | stated, min_size=1, max_size=6), st.data())
def test_a_sum_holds_every_sum_of_its_parts(values: list[Stated | None], data: st.DataObject) -> None:
    found = add_up(values)
    known = [value for value in values if value is not None]
    if not known:
        assert found is None
        return
    assert found is not None
    drawn = sum(inside(value, data) for value in known)
    assert found.low <= drawn
    assert found.is_floor == (len(known) < len(values))
    assert found.high is None or drawn <= found.high
