from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagwan.compare.importers.dates import (
    Order,
    find_period,
    half_ending,
    half_of,
    order_of,
    read_day,
    read_period,
)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2013 H1", "2013H1"),
        ("2016H2", "2016H2"),
        ("H1 2013", "2013H1"),
        ("1H 2016", "2016H1"),
        ("Jan-Jun 2013", "2013H1"),
        ("Jul-Dec 2025", "2025H2"),
        ("January - June 2013", "2013H1"),
        ("July – December 2015", "2015H2"),
        ("January 2017 - June 2017", "2017H1"),
        ("Jan-Mar 2020", "2020Q1"),
        ("2016년 상반기", "2016H1"),
        ("2016년도 하반기", "2016H2"),
        ("2016년", "2016"),
        ("2016", "2016"),
        ("2016-03", "2016-03"),
        ("2025-07-01/2025-12-31", "2025H2"),
        ("2024-02-17/2024-12-31", "2024-02-17/2024-12-31"),
        ("2025-07-01 - 2025-12-31", "2025H2"),
        ("2025-07-01 00:00:00 to 2025-12-31 00:00:00", "2025H2"),
        ("01/07/2025 - 31/12/2025", "2025H2"),
        ("7/1/25 – 12/31/25", "2025H2"),
        ("2013 1H", "2013H1"),
        ("1h_2025", "2025H1"),
        ("First half of 2016", "2016H1"),
        ("2016 2nd half", "2016H2"),
        ("January 1 - June 30, 2018", "2018H1"),
        ("July 1st, 2018 through December 31st, 2018", "2018H2"),
        ("2018 (July - December)", "2018H2"),
        ("Jan-Jun-2024", "2024H1"),
        ("\uff12\uff10\uff11\uff16H1", "2016H1"),
    ],
)
def test_periods_by_their_names(text: str, period: str) -> None:
    assert read_period(text).period == period
    assert read_period(text).printed == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2025-07-01/2025-12-32",
        "H1",
        "first half",
        "2025-12-31/2025-07-01",
        "2016 H3",
        "Jun-Jan 2013",
        "1/7/25-2/7/25",
        "January 15 - June 30, 2018",
        "January 1 - June 15, 2018",
    ],
)
def test_what_is_no_period_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_period(text)


@pytest.mark.parametrize(
    "text",
    ["2013-12-31", "12/31/2013", "12/31/13", "31.12.2013", "31/12/13", "2013/12/31", "2013-12-31 00:00:00"],
)
def test_three_orders_of_a_date(text: str) -> None:
    if not text.endswith("00:00:00"):
        assert read_day(text) == date(2013, 12, 31)
    assert half_ending(text.removesuffix(" 00:00:00")).period == "2013H2"


def test_a_column_settles_the_order_of_its_dates() -> None:
    assert order_of(["1/1/13", "6/30/13"]) is Order.MONTH
    assert order_of(["1/1/13", "30/6/13"]) is Order.DAY
    assert order_of(["2013-06-30"]) is Order.YEAR
    assert order_of(["1/2/13"]) is Order.UNKNOWN
    assert order_of(["6/30/13", "30/6/13"]) is Order.UNKNOWN


def test_a_date_that_may_be_two_days_is_not_guessed() -> None:
    with pytest.raises(ValueError, match="may be two days"):
        read_day("6/7/13")
    assert read_day("6/7/13", Order.MONTH) == date(2013, 6, 7)
    assert read_day("6/7/13", Order.DAY) == date(2013, 7, 6)
    assert read_day("7/7/13") == date(2013, 7, 7)


def test_a_day_within_a_half_year_is_not_its_end() -> None:
    with pytest.raises(ValueError, match="not the last day"):
        half_ending("2013-12-30")
    assert half_of(date(2020, 7, 27)).period == "2020H2"
    assert half_of(date(2020, 6, 30)).period == "2020H1"


def test_a_period_within_a_title() -> None:
    assert find_period("Requests received from July - December 2015").period == "2015H2"
    assert find_period("PRPL-Facebook-Government-Report-2013_H1.csv").period == "2013H1"
    assert find_period("Data Requests-2017-H2.csv").period == "2017H2"
    assert find_period("no period here") is None
    assert find_period("2013 H1 and 2013 H2") is None


@given(st.dates(date(2000, 1, 1), date(2079, 12, 31)))
def test_every_day_is_read_in_every_order(day: date) -> None:
    assert read_day(day.isoformat()) == day
    assert read_day(f"{day.month}/{day.day}/{day.year}", Order.MONTH) == day
    assert read_day(f"{day.day}.{day.month}.{day:%y}", Order.DAY) == day


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading(text: str) -> None:
    find_period(text)
    for reader in (read_day, read_period):
        try:
            reader(text)
        except ValueError:
            continue


@pytest.mark.parametrize(
    "text",
    ["30-Jun-16", "30 June 2016", "June 30, 2016", "2016년 6월 30일", "2016. 6. 30.", "2016-06-30T00:00:00Z"],
)
def test_days_with_names_and_in_korean(text: str) -> None:
    assert read_day(text) == date(2016, 6, 30)


@pytest.mark.parametrize(
    ("name", "period"),
    [
        ("Microsoft-LERR-2018-H1", "2018H1"),
        ("2h_2025_kakao_transparency_report_en.xlsx", "2025H2"),
        ("report_jul-dec_2012.csv", "2012H2"),
        ("투명성 보고서 2025년 하반기.xlsx", "2025H2"),
    ],
)
def test_a_period_in_a_file_s_name(name: str, period: str) -> None:
    span = find_period(name)
    assert span is not None and span.period == period
    assert find_period(f"{name} and 2011 H1") is None
