"""Disclosure in stages: never more than was approved, each account counted once, nothing forgotten."""

from typing import Any

import pytest

from sagwan.record import commands as ask
from sagwan.record.errors import InvalidValue, SagwanError
from sagwan.record.events import Decision, Disclosed, Resolved
from sagwan.record.lifecycle import IllegalStep, decide
from sagwan.record.state import Stage
from sagwan.record.vocabulary import DataCategory, Outcome

from .make import ACCESS, ALL, CONTENT, NONE, PART, SUBSCRIBER, accounts, at, decided, play

FIRST = ask.Disclose((ACCESS,), 1, accounts("a"), manifest="ab" * 32)


def test_two_stages_add_up() -> None:
    state, events = play(
        *decided(ALL),
        ("kim", FIRST),
        ("lee", ask.Disclose((ACCESS, CONTENT), 2, accounts("b", "c"))),
        ("kim", ask.Resolve()),
    )
    stages = [event for event in events if isinstance(event, Disclosed)]
    assert [(event.stage, event.accounts, event.by) for event in stages] == [(1, 1, "kim"), (2, 2, "lee")]
    assert stages[0].manifest == "ab" * 32
    resolved = events[-1]
    assert isinstance(resolved, Resolved)
    assert (resolved.outcome, resolved.accounts, resolved.data) == (Outcome.COMPLIED, 3, (ACCESS, CONTENT))
    assert state.resolution is not None and state.resolution.accounts == 3
    assert state.disclosed_targets == accounts("a", "b", "c")


def test_more_data_of_the_same_accounts_is_a_stage_without_accounts() -> None:
    state, _ = play(*decided(ALL), ("kim", ask.Disclose((ACCESS,), 3)), ("kim", ask.Disclose((CONTENT,), 0)))
    assert (state.stages, state.disclosed_accounts, state.disclosed_data) == (2, 3, (ACCESS, CONTENT))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"data": (SUBSCRIBER,)}, "subscriber was not approved"),
        ({"data": ()}, "no data category was not approved"),
        ({"data": (CONTENT, ACCESS)}, "not in alphabetical order"),
        ({"data": ("secrets",)}, "'secrets' is not known"),
        ({"accounts": 4}, "4 accounts would be disclosed; 3 were approved"),
        ({"accounts": -1}, "accounts is -1"),
        ({"targets": accounts("a", "b")}, "2 targets are named but 1 accounts counted"),
        ({"accounts": 2, "targets": accounts("a", "a")}, "named twice"),
        ({"manifest": "a manifest"}, "not a SHA-256"),
    ],
)
def test_what_was_not_approved_stays_in(changes: dict[str, Any], says: str) -> None:
    values: dict[str, Any] = {"data": (ACCESS,), "accounts": 1, "targets": accounts("a")}
    with pytest.raises(SagwanError, match=says):
        decide(at(Stage.APPROVED), ask.Disclose(**{**values, **changes}), actor="kim")


def test_stages_together_stay_within_the_approval() -> None:
    state, _ = play(*decided(ALL), ("kim", FIRST))
    with pytest.raises(IllegalStep, match="4 accounts would be disclosed; 3 were approved"):
        decide(state, ask.Disclose((ACCESS,), 3), actor="kim")


def test_an_account_is_not_counted_in_two_stages() -> None:
    state, _ = play(*decided(ALL), ("kim", FIRST))
    with pytest.raises(InvalidValue, match="earlier stage"):
        decide(state, ask.Disclose((CONTENT,), 1, accounts("a")), actor="kim")


def test_complied_means_all_of_it() -> None:
    state, _ = play(*decided(ALL), ("kim", FIRST))
    with pytest.raises(IllegalStep, match="1 of 3 approved accounts"):
        decide(state, ask.Resolve(), actor="kim")
    state, _ = play(("kim", ask.Disclose((ACCESS,), 2)), state=state)
    with pytest.raises(IllegalStep, match="complied means all of it"):
        decide(state, ask.Resolve(), actor="kim")


def test_partial_counts_what_went_out() -> None:
    _, events = play(*decided(PART), ("kim", FIRST), ("kim", ask.Resolve()))
    resolved = events[-1]
    assert isinstance(resolved, Resolved)
    assert (resolved.reason, resolved.accounts, resolved.marks) == ("scope-narrowed", 1, PART.marks)


def test_a_decision_without_data_discloses_nothing() -> None:
    state, _ = play(*decided(NONE))
    with pytest.raises(IllegalStep, match="discloses nothing"):
        decide(state, FIRST, actor="kim")
    state, events = play(("kim", ask.Resolve()), state=state)
    assert isinstance(events[0], Resolved) and (events[0].data, events[0].accounts) == ((), 0)
    assert state.stage is Stage.RESOLVED


def _sent_back_after_a_stage() -> Any:
    state, _ = play(*decided(ALL), ("kim", FIRST), ("lee", ask.SendBack("나머지는 없습니다.")))
    return state


def test_where_the_rest_cannot_follow_the_decision_is_made_anew() -> None:
    less = Decision(Outcome.PARTIAL, "partly-expired", (ACCESS,), 1)
    state, events = play(
        ("kim", ask.Propose(less)),
        ("lee", ask.Approve()),
        ("kim", ask.Resolve()),
        state=_sent_back_after_a_stage(),
    )
    resolved = events[-1]
    assert isinstance(resolved, Resolved)
    assert (resolved.outcome, resolved.reason, resolved.accounts) == (Outcome.PARTIAL, "partly-expired", 1)
    assert state.stages == 1


@pytest.mark.parametrize(
    "denying",
    [
        NONE,
        Decision(Outcome.PARTIAL, "partly-expired", (CONTENT,), 1),
        Decision(Outcome.PARTIAL, "partly-expired", (ACCESS,), 0),
    ],
)
def test_a_new_decision_cannot_deny_what_went_out(denying: Decision) -> None:
    with pytest.raises(IllegalStep, match=r"1 accounts \(access\) were handed over already"):
        decide(_sent_back_after_a_stage(), ask.Propose(denying), actor="kim")


def test_after_a_disclosure_no_request_is_withdrawn() -> None:
    state = _sent_back_after_a_stage()
    with pytest.raises(IllegalStep) as refused:
        decide(state, ask.Withdraw("withdrawn-by-authority"), actor="kim")
    assert refused.value.hint == "possible now: AskClarification, Propose"


@pytest.mark.parametrize(
    ("decision", "says"),
    [
        (Decision(Outcome.COMPLIED, "scope-narrowed", (ACCESS,), 1), "complied in full needs no reason"),
        (Decision(Outcome.COMPLIED, "", (), 1), "without a data category"),
        (Decision(Outcome.PARTIAL, "", (ACCESS,), 1), "partial needs a reason"),
        (Decision(Outcome.REFUSED, "-"), "refused needs a reason"),
        (Decision(Outcome.REFUSED, "Kein Recht"), "refused needs a reason"),
        (Decision(Outcome.REFUSED, "no-legal-obligation", (ACCESS,)), "refused with data or accounts"),
        (Decision(Outcome.NO_DATA, "retention-expired", (), 1), "no-data with data or accounts"),
        (Decision(Outcome.COMPLIED, "", (CONTENT, ACCESS), 1), "not in alphabetical order"),
        (Decision(Outcome.COMPLIED, "", (ACCESS, ACCESS), 1), "each once"),
        (Decision(Outcome.COMPLIED, "", (ACCESS,), -1), "accounts is -1"),
        (Decision(Outcome.COMPLIED, "", (ACCESS,), 10**18), "at most"),
        (Decision(Outcome.COMPLIED, "", (ACCESS,), 1.5), "whole number"),  # type: ignore[arg-type]
        (Decision(Outcome.COMPLIED, "", (ACCESS,), 1, ("famous",)), "'famous' is not known"),  # type: ignore[arg-type]
        (Decision(Outcome.COMPLIED, "", (DataCategory.TRAFFIC, "x"), 1), "'x' is not known"),  # type: ignore[arg-type]
    ],
)
def test_decisions_that_contradict_themselves(decision: Decision, says: str) -> None:
    with pytest.raises(InvalidValue, match=says):
        decide(at(Stage.UNDER_REVIEW), ask.Propose(decision), actor="kim")
