"""Clocks: hours, days, business days, 'without delay', dates on the paper, half-years and years."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from sagwan.law.clocks import Deadline, count, deadlines, keep_until, report_deadlines, retention_of
from sagwan.law.errors import NotInForce
from sagwan.law.model import ClockKind, Start, Who
from sagwan.law.pack import Pack
from sagwan.record.errors import InvalidValue
from sagwan.record.period import Period
from sagwan.record.request import Filing

SEOUL = ZoneInfo("Asia/Seoul")
Make = Callable[..., Filing]
RECEIVED = datetime(2016, 3, 3, 15, 30, tzinfo=SEOUL)


def clocks(filing: Filing, pack: Pack, at: datetime = RECEIVED, **started: datetime) -> dict[str, Deadline]:
    starts = {Start(name): instant for name, instant in started.items()}
    return {deadline.slug: deadline for deadline in deadlines(filing, pack, at, SEOUL, started=starts)}


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=SEOUL)  # type: ignore[arg-type]


def test_an_ordinary_interception_has_no_emergency_clock(kr: Pack, filing: Make):
    found = clocks(filing("communication-restriction"), kr)
    assert list(found) == ["period-ends"]
    assert found["period-ends"].due == at(2016, 5, 2)  # its last day is 1 May
    assert found["period-ends"].stops


def test_an_emergency_interception_stops_after_36_hours(kr: Pack, filing: Make):
    urgent = filing("communication-restriction", emergency=True)
    stop = clocks(urgent, kr)["stop-without-permit"]
    assert (stop.due, stop.kind, stop.who) == (at(2016, 3, 5, 3, 30), ClockKind.HOURS, Who.PROVIDER)
    assert stop.stops and stop.provisional and not stop.is_policy
    executed = clocks(urgent, kr, execution=at(2016, 3, 3, 20))["stop-without-permit"]
    assert executed.due == at(2016, 3, 5, 8) and not executed.provisional
    assert str(stop.citation) == "pcsa-d 16(2)"
    permit = clocks(urgent, kr)["permit-follows"]
    assert (permit.due, permit.who, permit.stops) == (stop.due, Who.AUTHORITY, False)


def test_without_delay_bears_the_houses_number_and_says_so(kr: Pack, filing: Make):
    begin = clocks(filing("communication-restriction", emergency=True), kr)["begin"]
    assert begin.kind is ClockKind.WITHOUT_DELAY and begin.is_policy
    assert begin.due == at(2016, 3, 3, 17, 30)


def test_business_days_skip_weekends_and_holidays(kr: Pack, filing: Make):
    urgent = filing("subscriber-information", emergency=True)
    # Received on Thursday, 4 February 2016: Friday is one; then the New Year's days until Wednesday the 10th.
    paper = clocks(urgent, kr, at(2016, 2, 4, 9))["request-paper-follows"]
    assert paper.due == at(2016, 2, 12) and paper.is_policy and not paper.provisional


def test_a_year_without_holidays_counts_weekdays_and_is_provisional(kr: Pack):
    due, known = count(ClockKind.BUSINESS_DAYS, 2, at(2015, 2, 17, 9), SEOUL, kr.holidays)
    assert due == at(2015, 2, 20) and not known
    due, known = count(ClockKind.BUSINESS_DAYS, 1, at(2016, 12, 30, 9), SEOUL, kr.holidays)
    assert due == at(2017, 1, 3) and known


def test_days_leave_the_first_one_out_and_count_the_last_to_its_end(kr: Pack):
    for hour in (0, 9, 23):
        assert count(ClockKind.DAYS, 30, at(2016, 3, 3, hour), SEOUL, {}) == (at(2016, 4, 3), True)


def test_hours_are_hours_across_a_change_of_the_clock():
    berlin = ZoneInfo("Europe/Berlin")
    due, _ = count(ClockKind.HOURS, 36, datetime(2016, 3, 26, 12, tzinfo=berlin), berlin, {})
    assert due == datetime(2016, 3, 28, 1, tzinfo=berlin)  # an hour was left out in the night


def test_no_number_cannot_be_counted():
    with pytest.raises(InvalidValue):
        count(ClockKind.WITHOUT_DELAY, 1, RECEIVED, SEOUL, {})


def test_the_day_of_receipt_is_the_providers(kr: Pack, filing: Make):
    request = filing("subscriber-information")
    assert "confirm-user" not in clocks(request, kr, datetime(2023, 12, 31, 14, 59, tzinfo=UTC))
    new = clocks(request, kr, datetime(2023, 12, 31, 15, 0, tzinfo=UTC))  # midnight in Seoul
    assert new["confirm-user"].due is None
    asked = clocks(request, kr, at(2026, 9, 22, 9), asked=at(2026, 9, 23, 9))
    assert asked["confirm-user"].due == at(2026, 10, 1)  # three days of Chuseok and a weekend between


def test_the_warrants_validity_is_its_clock(kr: Pack, filing: Make):
    assert clocks(filing("search-and-seizure-warrant"), kr)["execute-by"].due == at(2016, 3, 10)
    unread = filing("search-and-seizure-warrant", paper={"valid-until": "soon"})
    assert clocks(unread, kr)["execute-by"].due is None


def test_a_clock_for_one_issuer_only(kr: Pack, filing: Make):
    urgent = filing("communication-confirmation", emergency=True)
    assert "stop-without-permit" not in clocks(urgent, kr)
    security = filing(
        "communication-confirmation", emergency=True, paper={"issuer": "intelligence-agency-head"}
    )
    assert "stop-without-permit" in clocks(security, kr)


def test_preservation_is_released_at_its_end(kr: Pack, filing: Make):
    paper = {"preservation-period": "2026-10-10/2026-12-08"}
    request = replace(filing("search-and-seizure-warrant"), instrument="preservation-request", paper=paper)
    found = clocks(request, kr, at(2026, 10, 10, 9))
    assert set(found) == {"preserve", "report-result", "release"}
    assert found["preserve"].due == at(2026, 10, 10, 13)
    assert found["report-result"].due == at(2026, 10, 13)
    assert found["release"].due == at(2026, 12, 9)
    extended = replace(request, paper=paper | {"extension-period": "2026-12-09/2027-01-07"})
    assert clocks(extended, kr, at(2026, 10, 10, 9))["release-extended"].due == at(2027, 1, 8)
    with pytest.raises(NotInForce):
        clocks(request, kr)


def test_an_instant_without_a_zone_is_refused(kr: Pack, filing: Make):
    with pytest.raises(InvalidValue, match="received"):
        clocks(filing("communication-restriction"), kr, datetime(2016, 3, 3))  # noqa: DTZ001
    with pytest.raises(InvalidValue, match="execution"):
        clocks(filing("communication-restriction"), kr, execution=datetime(2016, 3, 3))  # noqa: DTZ001


def test_reports_on_a_half_year(kr: Pack):
    owed = report_deadlines(kr, Period(2016, 1), SEOUL)
    assert {each.rule.slug for each in owed} == {
        "confirmation-data",
        "subscriber-information",
        "subscriber-information-to-agencies",
    }
    assert {each.due for each in owed} == {at(2016, 7, 31)}  # thirty days end with 30 July
    assert {each.due for each in report_deadlines(kr, Period(2016, 2), SEOUL)} == {at(2017, 1, 31)}
    assert owed[0].rule.to.ko == "미래창조과학부장관"
    assert report_deadlines(kr, Period(2026, 1), SEOUL)[0].rule.to.ko == "과학기술정보통신부장관"


@pytest.mark.parametrize(
    ("instrument", "years"),
    [
        ("search-and-seizure-warrant", {}),
        ("communication-restriction", {"permit-cover": 3, "ledger": 3}),
        ("communication-confirmation", {"ledger": 7, "request-papers": 7}),
        ("subscriber-information", {"ledger": 1}),
    ],
)
@pytest.mark.parametrize("day", [date(2016, 3, 3), date(2026, 10, 10)])
def test_how_long_records_are_kept(kr: Pack, instrument: str, years: dict[str, int], day: date):
    assert {rule.record: rule.years for rule in retention_of(kr, instrument, day)} == years


def test_keep_until(kr: Pack):
    seven = next(rule for rule in kr.retention if rule.years == 7)
    assert keep_until(seven, date(2016, 3, 3)) == date(2023, 3, 3)
    assert keep_until(seven, date(2016, 2, 29)) == date(2023, 2, 28)
    assert keep_until(seven, date(9998, 1, 1)) == date.max
