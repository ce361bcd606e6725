from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagwan.compare.period import days_of, is_half, is_period, is_year, kind_of, period_of


@pytest.mark.parametrize(
    ("period", "first", "last", "kind"),
    [
        ("2016", date(2016, 1, 1), date(2016, 12, 31), "year"),
        ("2016H1", date(2016, 1, 1), date(2016, 6, 30), "half"),
        ("2016H2", date(2016, 7, 1), date(2016, 12, 31), "half"),
        ("2016Q1", date(2016, 1, 1), date(2016, 3, 31), "quarter"),
        ("2016Q4", date(2016, 10, 1), date(2016, 12, 31), "quarter"),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29), "month"),
        ("2016-12", date(2016, 12, 1), date(2016, 12, 31), "month"),
        ("2024-02-17/2024-12-31", date(2024, 2, 17), date(2024, 12, 31), "other"),
    ],
)
def test_a_period_has_days_and_a_kind(period: str, first: date, last: date, kind: str) -> None:
    assert is_period(period)
    assert days_of(period) == (first, last)
    assert period_of(first, last) == period
    assert kind_of(period) == kind
    assert is_half(period) == (kind == "half")
    assert is_year(period) == (kind == "year")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0000",
        "2016H3",
        "2016Q5",
        "2016-13",
        "2016-1",
        "16H1",
        "2016h1",
        "2016-02-30/2016-03-01",
        "2016-03-01/2016-02-01",
        "2016-01-01/2016-06-30",
        "2016-01-01/2016-12-31",
        "2016H1\n",
        "２０１６",
    ],
)
def test_what_is_no_period(text: str) -> None:
    """Days that have a shorter name are written with it: two names for one period would part rivals."""
    assert not is_period(text)


@given(st.dates(date(1, 1, 1), date(9990, 1, 1)), st.integers(0, 800))
def test_any_days_have_one_name(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    name = period_of(first, last)
    assert is_period(name)
    assert days_of(name) == (first, last)
