"""Half-years: how they are written, and where they begin and end on the clock of the provider."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagwan.record.errors import InvalidValue
from sagwan.record.period import Period

SEOUL = ZoneInfo("Asia/Seoul")
ZONES = [
    ZoneInfo(name) for name in ("Asia/Seoul", "UTC", "America/New_York", "Pacific/Kiritimati", "Pacific/Niue")
]
periods = st.builds(Period, st.integers(1000, 9998), st.sampled_from([1, 2]))


@pytest.mark.parametrize(
    ("instant", "period"),
    [
        ("2015-12-31T14:59:59+00:00", "2015H2"),
        ("2015-12-31T15:00:00+00:00", "2016H1"),
        ("2016-06-30T14:59:59.999999+00:00", "2016H1"),
        ("2016-06-30T15:00:00+00:00", "2016H2"),
        ("2016-07-01T00:00:00+09:00", "2016H2"),
        ("2016-06-30T23:59:59-05:00", "2016H2"),
    ],
)
def test_the_providers_clock_decides(instant: str, period: str) -> None:
    assert str(Period.containing(datetime.fromisoformat(instant), SEOUL)) == period


def test_one_instant_lies_in_two_half_years_of_two_zones() -> None:
    instant = datetime(2016, 6, 30, 20, tzinfo=UTC)
    assert [str(Period.containing(instant, zone)) for zone in (SEOUL, ZoneInfo("America/New_York"))] == [
        "2016H2",
        "2016H1",
    ]


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(InvalidValue, match="no time zone"):
        Period.containing(datetime(2016, 6, 30), SEOUL)  # noqa: DTZ001  just what is refused


def test_days_and_neighbours() -> None:
    first, second = Period.parse("2016H1"), Period.parse("2016H2")
    assert (first.first_day, first.last_day) == (date(2016, 1, 1), date(2016, 6, 30))
    assert (second.first_day, second.last_day) == (date(2016, 7, 1), date(2016, 12, 31))
    assert (first.next, second.previous, second.next, first.previous) == (
        second,
        first,
        Period(2017, 1),
        Period(2015, 2),
    )
    assert Period(9999, 2).last_day == date(9999, 12, 31)


@pytest.mark.parametrize(
    "text", ["", "2016", "2016h1", "2016H3", "16H1", "2016H1 ", "2016H1\n", "２０１６H1", "0000H1", "12016H1"]
)
def test_anything_else_is_not_a_half_year(text: str) -> None:
    with pytest.raises(InvalidValue, match="not a half-year"):
        Period.parse(text)


@given(periods)
def test_written_and_read(period: Period) -> None:
    assert Period.parse(str(period)) == period
    assert period.next.previous == period < period.next
    assert period.last_day + timedelta(days=1) == period.next.first_day


@given(periods, st.sampled_from(ZONES))
def test_the_end_is_the_first_instant_outside(period: Period, zone: ZoneInfo) -> None:
    end = period.end(zone)
    assert Period.containing(end, zone) == period.next
    assert Period.containing(end.astimezone(UTC) - timedelta(microseconds=1), zone) == period
