"""A standing policy drafts a refusal for the requests that it is for, and decides nothing."""

from dataclasses import replace

import pytest

from sagwan.record import commands as ask
from sagwan.record.errors import InvalidValue
from sagwan.record.events import Decision
from sagwan.record.policy import Policy, draft, read_policy
from sagwan.record.state import Stage
from sagwan.record.vocabulary import Outcome

from .make import RECEIVE, at, filing, play

WARRANT = "search-and-seizure-warrant"
REFUSE = Policy("no-legal-obligation", instrument=WARRANT, service="kakao")


def test_the_first_that_fits_drafts() -> None:
    state = at(Stage.UNDER_REVIEW)
    other = replace(REFUSE, instrument="subscriber-information")
    assert draft([other, REFUSE, Policy("document-defective")], state) == Decision(
        Outcome.REFUSED, "no-legal-obligation"
    )
    assert draft([other], state) is None
    assert draft([replace(REFUSE, service="daum")], state) is None
    assert draft([Policy("document-defective")], at(Stage.RECEIVED)) is not None


def test_it_drafts_only_while_nothing_was_decided_and_nobody_suspects() -> None:
    for stage in set(Stage) - {Stage.RECEIVED, Stage.UNDER_REVIEW}:
        assert draft([REFUSE], at(stage)) is None
    suspected, _ = play(("kim", ask.SuspectForgery("위조")), state=at(Stage.UNDER_REVIEW))
    assert draft([REFUSE], suspected) is None
    back, _ = play(("kim", ask.SendBack("다시")), state=at(Stage.DISCLOSED))
    assert draft([REFUSE], back) is None


def test_emergencies_are_left_to_people_unless_it_says_so() -> None:
    state, _ = play(("intake", replace(RECEIVE, filing=filing(emergency=True))))
    assert draft([REFUSE], state) is None
    assert draft([replace(REFUSE, emergency=True)], state) is not None


def test_a_policy_is_read_from_a_table() -> None:
    table = {"outcome": "refused", "reason": "no-legal-obligation", "instrument": WARRANT, "service": "kakao"}
    assert read_policy(table) == REFUSE
    assert read_policy({"reason": "x", "emergency": True}) == Policy("x", emergency=True)


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({}, "reason is missing"),
        ({"reason": "x", "mood": "good"}, "'mood' is no key"),
        ({"reason": "Not a slug"}, "not a slug"),
        ({"reason": 3}, "reason is 3"),
        ({"reason": "x", "instrument": "-"}, "not a slug"),
        ({"reason": "x", "emergency": "yes"}, "neither true nor false"),
        ({"reason": "x", "outcome": "complied"}, "outcome is 'complied'"),
    ],
)
def test_what_is_no_policy_says_so(table: dict, says: str) -> None:
    with pytest.raises(InvalidValue, match=says):
        read_policy(table)
