from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagwan.compare.measures import (
    Ratio,
    accounts_per_processed,
    compliance_rate,
    display,
    display_ratio,
)
from sagwan.compare.value import Band, Exact, Missing, MissingState

NOT_REPORTED = Missing(MissingState.NOT_REPORTED)
NOT_APPLICABLE = Missing(MissingState.NOT_APPLICABLE)
counts = st.integers(1, 10**9)


def test_rates_are_exact() -> None:
    rate = compliance_rate(Exact(2255), Exact(1809))
    assert rate == Ratio(Fraction(1809, 2255), Fraction(1809, 2255))
    assert display_ratio(rate, percent=True, places=1) == "80.2%"
    assert display_ratio(accounts_per_processed(Exact(261884), Exact(1809)), places=1) == "144.8"
    assert display_ratio(accounts_per_processed(Exact(50452), Exact(3387))) == "15"


def test_missing_stays_missing_and_nothing_is_divided_by_zero() -> None:
    assert compliance_rate(NOT_REPORTED, Exact(1)) == NOT_REPORTED
    assert compliance_rate(Exact(1), NOT_REPORTED) == NOT_REPORTED
    assert accounts_per_processed(Exact(0), Exact(0)) == NOT_APPLICABLE
    assert compliance_rate(Band(0, 499), Exact(3)) == NOT_APPLICABLE
    assert display_ratio(NOT_REPORTED, percent=True) == "–"


def test_zero_is_a_number() -> None:
    assert display_ratio(compliance_rate(Exact(76), Exact(0)), percent=True) == "0%"


def test_bands_stay_intervals() -> None:
    rate = compliance_rate(Exact(1000), Band(500, 749))
    assert rate == Ratio(Fraction(1, 2), Fraction(749, 1000))
    assert display_ratio(rate, percent=True) == "50%–75%"


@given(st.tuples(counts, counts).map(sorted), st.tuples(counts, counts).map(sorted), st.data())
def test_an_interval_holds_every_ratio_of_its_bands(a: list[int], b: list[int], data: st.DataObject) -> None:
    part, whole = data.draw(st.integers(*a)), data.draw(st.integers(*b))
    ratio = accounts_per_processed(Band(*a), Band(*b))
    assert isinstance(ratio, Ratio)
    assert ratio.low <= Fraction(part, whole) <= ratio.high


@pytest.mark.parametrize(
    ("number", "places", "text"),
    [
        (Fraction(1, 2), 0, "1"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(1234567, 1), 0, "1,234,567"),
        (Fraction(2, 3), 3, "0.667"),
        (Fraction(1, 100), 3, "0.010"),
        (Fraction(-1, 8), 2, "-0.13"),
        (Fraction(-1, 8), 0, "0"),
        (Fraction(10**30 * 2 + 1, 2), 0, f"{10**30 + 1:,}"),
    ],
)
def test_halves_go_up_in_the_one_place_that_rounds(number: Fraction, places: int, text: str) -> None:
    assert display(number, places=places) == text
