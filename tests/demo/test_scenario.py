"""The half-year of the demo: its totals are the published ones, its lives are lawful, its names invented."""

import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice, pairwise
from pathlib import Path

import pytest

from sagwan.demo.scenario import Scenario, ScenarioError, days
from sagwan.record.request import Target
from sagwan.record.vocabulary import LineKind, Mark, Outcome

from .lived import Lived, live, totals

WARRANT, RESTRICTION = "search-and-seizure-warrant", "communication-restriction"
CONFIRMATION, SUBSCRIBER = "communication-confirmation", "subscriber-information"

PUBLISHED = {
    "kakao": {
        ("kakao", WARRANT): (2255, 1809, 261884),
        ("kakao", RESTRICTION): (15, 15, 15),
        ("kakao", CONFIRMATION): (802, 697, 1028),
        ("kakao", SUBSCRIBER): (76, 0, 0),
        ("daum", WARRANT): (1932, 1295, 20876),
        ("daum", RESTRICTION): (18, 18, 39),
        ("daum", CONFIRMATION): (2397, 1123, 3018),
        ("daum", SUBSCRIBER): (586, 0, 0),
    },
    "naver": {
        ("naver", WARRANT): (3975, 3387, 50452),
        ("naver", RESTRICTION): (17, 17, 47),
        ("naver", CONFIRMATION): (2665, 2307, 7053),
        ("naver", SUBSCRIBER): (373, 0, 0),
    },
}
REASONS = {
    Outcome.COMPLIED: {""},
    Outcome.PARTIAL: {"scope-narrowed", "partly-expired"},
    Outcome.NO_DATA: {"retention-expired", "account-closed", "identifier-insufficient"},
    Outcome.WITHDRAWN: {"withdrawn-by-authority"},
}


def test_the_totals_are_the_published_ones(lived: Lived) -> None:
    assert totals(lived) == PUBLISHED[lived.provider]


def test_all_together() -> None:
    rows = [row for provider in PUBLISHED.values() for row in provider.values()]
    assert (sum(row[0] for row in rows), sum(row[2] for row in rows)) == (15_111, 344_412)


def test_requests_are_counted_before_they_come(scenario: Scenario, lived: Lived) -> None:
    assert scenario.requests(lived.provider) == len(lived.states)


def test_every_request_ends_with_a_reason_of_its_instrument(lived: Lived) -> None:
    for state in lived.states.values():
        end = state.resolution
        assert end is not None and end.outcome is not None
        if state.instrument == SUBSCRIBER:
            assert (end.outcome, end.reason) == (Outcome.REFUSED, "no-legal-obligation")
        elif end.outcome is Outcome.REFUSED:
            assert end.reason == "document-defective"
        else:
            assert end.reason in REASONS[end.outcome]


def test_the_law_of_the_day_blocks_the_defective_and_no_others(lived: Lived) -> None:
    defective = {
        number
        for number, state in lived.states.items()
        if state.resolution is not None and state.resolution.reason == "document-defective"
    }
    assert set(lived.blocked) == defective
    assert defective


def test_every_kind_of_life_is_lived(lived: Lived) -> None:
    expected = {
        "RequestReceived", "ReviewStarted", "ClarificationAsked", "ClarificationAnswered", "Proposed",
        "Approved", "SentBack", "Disclosed", "Resolved", "Withdrawn",
    }  # fmt: skip
    assert set(lived.events) - {"FollowedUp"} == expected
    assert max(state.stages for state in lived.states.values()) == 2
    assert any(Mark.EMERGENCY in state.received.marks for state in lived.states.values())


def test_marks_say_what_happened(lived: Lived) -> None:
    for state in lived.states.values():
        end = state.resolution
        assert end is not None and state.synthetic
        assert (Mark.NARROWED in end.marks) == (end.reason == "scope-narrowed")
        assert (Mark.VOLUNTARY in end.marks) == (state.instrument == SUBSCRIBER)
        assert (Mark.EMERGENCY in end.marks) == (Mark.EMERGENCY in state.received.marks)


def test_more_is_asked_than_disclosed_only_where_something_was_left_out(lived: Lived) -> None:
    for state in lived.states.values():
        end = state.resolution
        assert end is not None
        if end.outcome is Outcome.COMPLIED:
            assert state.received.accounts == end.accounts
        else:
            assert state.received.accounts > end.accounts


def test_kakaos_wiretaps_are_followed_up_apart(lived: Lived) -> None:
    if lived.provider == "naver":
        assert lived.follow_ups == {}
        return
    assert len(lived.follow_ups) == 4
    for number, accounts in lived.follow_ups.items():
        state = lived.states[number]
        assert (state.service, state.instrument) == ("kakao", RESTRICTION)
        assert [line.accounts for line in state.current(LineKind.FOLLOW_UP)] == [accounts]
        assert state.resolution is not None and Mark.BLINDED in state.resolution.marks


def test_days_are_the_whole_half_year_in_order(lived: Lived) -> None:
    first, last = date(2016, 1, 1), date(2016, 6, 30)
    assert lived.days == [first + timedelta(days=n) for n in range((last - first).days + 1)]


def test_steps_come_in_the_order_of_time_on_their_own_day(lived: Lived) -> None:
    for day, at, _, _, _ in lived.steps:
        assert at.tzinfo is not None and str(at.tzinfo) == "Asia/Seoul"
        assert at.date() == day
    instants = [(at, request) for _, at, request, _, _ in lived.steps]
    assert instants == sorted(instants)
    for step, following in pairwise(sorted(lived.steps, key=lambda step: (step[2], step[1]))):
        assert step[2] != following[2] or step[1] < following[1]


def test_requests_are_numbered_as_they_arrive(lived: Lived) -> None:
    assert lived.arrivals == list(range(1, len(lived.states) + 1))


def test_offices_keep_their_hours(scenario: Scenario, lived: Lived) -> None:
    emergencies = {n for n, state in lived.states.items() if Mark.EMERGENCY in state.received.marks}
    nights = 0
    for day, at, request, _, _ in lived.steps:
        open_now = day.weekday() < 5 and day not in scenario.hours.closed and 9 <= at.hour < 19
        assert open_now or request in emergencies
        nights += not open_now
    assert nights > len(emergencies)


def test_two_pairs_of_eyes(scenario: Scenario, lived: Lived) -> None:
    people = {person.key: person.does for person in scenario.provider(lived.provider).people}
    assert all(one != other for one, other in lived.eyes)
    assert {actor for *_, actor in lived.steps} == set(people)
    does = {"Approve": "approve", "SendBack": "approve", "Propose": "review", "Receive": "intake"}
    for _, _, _, name, actor in lived.steps:
        assert does.get(name, name) in people[actor] or name not in does


def test_what_is_disclosed_was_asked_for(lived: Lived) -> None:
    assert lived.strays == []


def test_no_account_is_asked_for_twice(lived: Lived) -> None:
    assert max(lived.accounts.values()) == 1
    assert all(name.partition("-")[0] in {"kakao", "daum", "naver"} for name in lived.accounts)


def test_few_requests_name_most_accounts(lived: Lived) -> None:
    asked = sorted((state.received.accounts for state in lived.states.values()), reverse=True)
    assert sum(asked[: len(asked) // 10]) > sum(asked) / 2
    assert asked[len(asked) // 2] <= 10


def test_every_name_says_that_it_is_invented(lived: Lived) -> None:
    cases = Counter(case for _, case, _, _, _ in lived.filings.values())
    assert max(cases.values()) == 1
    for authority, case, officials, text, synthetic in lived.filings.values():
        assert all("가상" in name for name in (authority, case, *officials))
        assert synthetic and "지어낸" in text


def test_the_same_scenario_gives_the_same_steps(lived: Lived) -> None:
    """In another process, whose sets and dictionaries are ordered otherwise."""
    code = (
        "from sagwan.demo.scenario import load\n"
        "from tests.demo.conftest import SCENARIO\n"
        "from tests.demo.lived import digest_of\n"
        f"print(digest_of(load(SCENARIO), {lived.provider!r}))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "2016", "PYTHONPATH": str(Path(__file__).parents[2])}
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
    assert run.stdout.strip() == lived.digest, run.stderr


@pytest.mark.slow
def test_another_seed_gives_other_requests_with_the_same_totals(scenario: Scenario) -> None:
    reseeded = replace(scenario, seed=scenario.seed + 1)
    assert totals(live(reseeded, "naver")) == PUBLISHED["naver"]
    one, other = (tuple(islice(days(each, "naver"), 10)) for each in (scenario, reseeded))
    assert one != other


def test_days_are_made_when_they_are_reached(scenario: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    plain = Target.__post_init__
    monkeypatch.setattr(Target, "__post_init__", lambda self: (made.append(1), plain(self))[1])
    half_year = days(scenario, "kakao")
    for _ in range(10):
        next(half_year)
    assert 0 < len(made) < 100_000


def test_an_unknown_provider(scenario: Scenario) -> None:
    with pytest.raises(ScenarioError, match=r"no provider 'line'.*kakao, naver"):
        next(days(scenario, "line"))
