"""Every command at every stage: taken where the table says so, refused with the table's words elsewhere."""

import pytest

from sagwan.record import commands as ask
from sagwan.record.errors import InvalidValue
from sagwan.record.events import RequestReceived
from sagwan.record.lifecycle import ALLOWED, IllegalStep, decide, evolve, replay
from sagwan.record.state import Stage

from .make import COMMANDS, RECEIVE, WAY, at, fitting, play

CELLS = [(stage, name) for stage in Stage for name in COMMANDS]

LEADS_TO = {
    (Stage.RECEIVED, "StartReview"): Stage.UNDER_REVIEW,
    (Stage.UNDER_REVIEW, "AskClarification"): Stage.CLARIFICATION_ASKED,
    (Stage.CLARIFICATION_ASKED, "AnswerClarification"): Stage.UNDER_REVIEW,
    (Stage.UNDER_REVIEW, "Propose"): Stage.DECISION_PROPOSED,
    (Stage.DECISION_PROPOSED, "Approve"): Stage.APPROVED,
    (Stage.DECISION_PROPOSED, "SendBack"): Stage.UNDER_REVIEW,
    (Stage.APPROVED, "SendBack"): Stage.UNDER_REVIEW,
    (Stage.APPROVED, "Disclose"): Stage.DISCLOSED,
    (Stage.DISCLOSED, "Disclose"): Stage.DISCLOSED,
    (Stage.DISCLOSED, "SendBack"): Stage.UNDER_REVIEW,
    (Stage.DISCLOSED, "Resolve"): Stage.RESOLVED,
    (Stage.RESOLVED, "Propose"): Stage.RESOLVED,
    (Stage.WITHDRAWN, "Propose"): Stage.WITHDRAWN,
} | {
    (stage, "Withdraw"): Stage.WITHDRAWN
    for stage in (
        Stage.RECEIVED,
        Stage.UNDER_REVIEW,
        Stage.CLARIFICATION_ASKED,
        Stage.DECISION_PROPOSED,
        Stage.APPROVED,
    )
}
"""Each step that a request complied with in full can take; written by hand, so that the table has a rival."""

ONLY_WITHOUT_DATA = (Stage.APPROVED, "Resolve")


def test_the_table_allows_what_is_listed_here_and_nothing_more() -> None:
    table = {(stage, name) for stage, names in ALLOWED.items() for name in names}
    assert table == {*LEADS_TO, ONLY_WITHOUT_DATA}


@pytest.mark.parametrize(("stage", "name"), CELLS)
def test_every_step(stage: Stage, name: str) -> None:
    state = at(stage)
    if (stage, name) in LEADS_TO:
        after, events = play(("park", fitting(stage, name)), state=state)
        assert after.stage is LEADS_TO[stage, name]
        assert len(events) == 1
    elif (stage, name) != ONLY_WITHOUT_DATA:
        with pytest.raises(IllegalStep) as refused:
            decide(state, fitting(stage, name), actor="park")
        assert name in refused.value.message and stage.value in refused.value.message
        assert refused.value.hint == "possible now: " + ", ".join(ALLOWED[stage])


def test_what_must_be_disclosed_first_cannot_be_resolved() -> None:
    with pytest.raises(IllegalStep, match="nothing was disclosed yet"):
        decide(at(Stage.APPROVED), ask.Resolve(), actor="kim")


@pytest.mark.parametrize("name", COMMANDS)
def test_nothing_is_done_with_a_request_that_does_not_exist(name: str) -> None:
    with pytest.raises(IllegalStep, match="no such request"):
        decide(None, COMMANDS[name], actor="kim")


@pytest.mark.parametrize("stage", Stage)
def test_a_request_is_received_once(stage: Stage) -> None:
    with pytest.raises(IllegalStep, match="received already"):
        decide(at(stage), RECEIVE, actor="intake")


@pytest.mark.parametrize("actor", ["", "  "])
def test_somebody_must_act(actor: str) -> None:
    with pytest.raises(InvalidValue, match="nobody"):
        decide(at(Stage.RECEIVED), ask.StartReview(), actor=actor)


def test_receiving_keeps_what_was_filed() -> None:
    command = RECEIVE
    state, (event,) = play(("intake", command))
    assert isinstance(event, RequestReceived)
    assert (event.service, event.instrument, event.accounts, event.data) == (
        "kakao",
        "search-and-seizure-warrant",
        3,
        command.filing.data,
    )
    assert event.ledger is not None and event.ledger.paper == {"issuer": "judicial-police"}
    assert state.asked_targets == command.filing.targets
    assert state.received.accounts == 3 and state.resolution is None


@pytest.mark.parametrize("stage", Stage)
def test_events_alone_rebuild_the_state(stage: Stage) -> None:
    state, history = play(*WAY[stage])
    assert replay(history) == state


def test_no_events_are_no_request() -> None:
    assert replay([]) is None


def test_a_first_event_must_be_the_receipt() -> None:
    _, history = play(*WAY[Stage.UNDER_REVIEW])
    with pytest.raises(IllegalStep, match="ReviewStarted without a request"):
        evolve(None, history[1])
