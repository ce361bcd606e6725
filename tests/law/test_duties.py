"""Which clocks run on: what a paper, a disclosure, a hold or a word ends, and what outlives the end."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagwan.law.clocks import Deadline, Pause, count, deadlines
from sagwan.law.duties import Done, still_open
from sagwan.law.library import pack_bytes
from sagwan.law.model import ClockKind
from sagwan.law.pack import Pack
from sagwan.law.parse import load_pack
from sagwan.record.request import Filing

Make = Callable[..., Filing]
SEOUL = ZoneInfo("Asia/Seoul")


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=SEOUL)  # type: ignore[misc,arg-type]


RECEIVED = at(2016, 3, 3, 9)


def slugs(clocks: tuple[Deadline, ...], **done: object) -> list[str]:
    return [clock.slug for clock in still_open(clocks, Done(**done))]  # type: ignore[arg-type]


@pytest.fixture
def interception(kr: Pack, filing: Make) -> tuple[Deadline, ...]:
    urgent = filing(
        "communication-restriction", emergency=True, paper={"permit-cover": None, "emergency-paper": "yes"}
    )
    return deadlines(urgent, kr, RECEIVED, SEOUL)


def test_an_emergency_leaves_its_duties_open(interception: tuple[Deadline, ...]):
    every = ["begin", "permit-follows", "stop-without-permit", "period-ends"]
    assert slugs(interception) == every
    assert slugs(interception, disclosed=True) == every[1:]
    assert slugs(interception, disclosed=True, over=True, complied=True) == every[1:]
    assert slugs(interception, paper=frozenset({"permit-cover"})) == ["begin", "period-ends"]
    assert slugs(interception, met=frozenset({"permit-follows"}), disclosed=True) == every[2:]


def test_a_refused_request_leaves_no_duty(interception: tuple[Deadline, ...]):
    assert slugs(interception, over=True) == []


def test_a_preservation_ends_with_its_release(kr: Pack, filing: Make):
    paper = {"preservation-period": "2026-10-10/2026-12-08"}
    request = replace(filing("search-and-seizure-warrant"), instrument="preservation-request", paper=paper)
    clocks = deadlines(request, kr, at(2026, 10, 10, 9), SEOUL)
    assert slugs(clocks) == ["preserve", "report-result", "release"]
    assert slugs(clocks, held=True) == ["report-result", "release"]
    assert slugs(clocks, held=True, over=True, complied=True) == ["release"]
    assert slugs(clocks, held=True, released=True, over=True, complied=True) == []


def test_a_warrant_is_carried_out_in_time_or_lapses(kr: Pack, filing: Make):
    clocks = deadlines(filing("search-and-seizure-warrant"), kr, RECEIVED, SEOUL)
    assert slugs(clocks) == ["execute-by"]
    assert slugs(clocks, disclosed=True) == []


def test_hours_stand_still_exactly():
    pause = Pause(at(2016, 3, 3, 12), at(2016, 3, 4, 12))
    assert count(ClockKind.HOURS, 36, RECEIVED, SEOUL, {}, (pause,)) == (at(2016, 3, 5, 21), True)
    before = Pause(at(2016, 3, 1, 9), at(2016, 3, 2, 9))
    later = Pause(at(2016, 3, 9, 9), at(2016, 3, 10, 9))
    assert count(ClockKind.HOURS, 36, RECEIVED, SEOUL, {}, (before, later)) == (at(2016, 3, 4, 21), True)


def test_only_whole_days_of_a_pause_are_left_out():
    same_day = Pause(at(2016, 3, 4, 0, 30), at(2016, 3, 4, 23))
    assert count(ClockKind.DAYS, 10, RECEIVED, SEOUL, {}, (same_day,)) == (at(2016, 3, 14), True)
    from_noon = Pause(at(2016, 3, 4, 12), at(2016, 3, 7, 12))  # the 5th and the 6th
    assert count(ClockKind.DAYS, 10, RECEIVED, SEOUL, {}, (from_noon,)) == (at(2016, 3, 16), True)
    from_midnight = Pause(at(2016, 3, 5), at(2016, 3, 7))
    assert count(ClockKind.DAYS, 10, RECEIVED, SEOUL, {}, (from_midnight,)) == (at(2016, 3, 16), True)


def test_business_days_within_a_pause_are_left_out(kr: Pack):
    pause = Pause(at(2016, 3, 4), at(2016, 3, 8))  # Friday to Monday
    due, _ = count(ClockKind.BUSINESS_DAYS, 2, RECEIVED, SEOUL, kr.holidays, (pause,))
    assert due == at(2016, 3, 10)  # Tuesday and Wednesday


hours = st.integers(0, 200)


@given(hours, st.lists(st.tuples(st.integers(1, 60), st.integers(1, 60)), max_size=4))
def test_a_pause_never_makes_a_clock_shorter(number: int, spans: list[tuple[int, int]]):
    pauses, instant = [], RECEIVED.astimezone(UTC)
    for gap, length in spans:
        begin = instant + timedelta(hours=gap)
        instant = begin + timedelta(hours=length)
        pauses.append(Pause(begin, instant))
    due, _ = count(ClockKind.HOURS, number, RECEIVED, SEOUL, {}, pauses)
    stood = sum((min(p.end, due) - p.begin for p in pauses if p.end and p.begin < due), timedelta())
    assert due - RECEIVED == timedelta(hours=number) + stood
    for kind in (ClockKind.DAYS, ClockKind.BUSINESS_DAYS):
        plain, _ = count(kind, number, RECEIVED, SEOUL, {})
        paused, _ = count(kind, number, RECEIVED, SEOUL, {}, pauses)
        assert paused >= plain


def test_only_clocks_that_the_pack_says_stand_still(kr: Pack, filing: Make):
    urgent = filing("communication-restriction", emergency=True)
    asked = (Pause(at(2016, 3, 3, 10), None),)
    running = {clock.slug: clock for clock in deadlines(urgent, kr, RECEIVED, SEOUL, pauses=asked)}
    assert not any(clock.paused for clock in running.values())  # no Korean clock pauses
    text = pack_bytes("kr").decode()
    eu = load_pack(text.replace('slug = "begin"\n', 'slug = "begin"\npauses = true\n', 1).encode())
    still = {clock.slug: clock for clock in deadlines(urgent, eu, RECEIVED, SEOUL, pauses=asked)}
    assert still["begin"].paused and still["begin"].due is None
    assert still["permit-follows"].due == running["permit-follows"].due
    over = (Pause(asked[0].begin, at(2016, 3, 3, 15)),)
    again = {clock.slug: clock for clock in deadlines(urgent, eu, RECEIVED, SEOUL, pauses=over)}
    assert again["begin"].due == at(2016, 3, 3, 16) and not again["begin"].paused
