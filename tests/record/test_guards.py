"""Before anything goes out: the sender is known, no forgery is feared, blocking findings are answered."""

from dataclasses import replace

import pytest

from sagwan.record import commands as ask
from sagwan.record.errors import IllegalStep, InvalidValue
from sagwan.record.events import CalledBack, Decision, FollowUp, Resolved
from sagwan.record.lifecycle import decide
from sagwan.record.state import Stage, State
from sagwan.record.vocabulary import CallResult, FindingAnswer, LineKind, Mark, Outcome, Sender

from .make import ACCESS, ALL, CONTENT, NONE, RECEIVE, accounts, play

UNCONFIRMED = replace(RECEIVE, sender=Sender.UNCONFIRMED, sender_findings=("look-alike-domain",))
BLOCKED = replace(
    RECEIVE,
    findings=("item-missing", "no-accounts"),
    blocking=("item-missing:place", "item-missing:valid-until"),
)
FORGED = Decision(Outcome.REFUSED, "suspected-forgery", marks=(Mark.SUSPECTED_FORGERY,))
SUSPECT, CLEAR = ask.SuspectForgery("도메인이 다릅니다."), ask.ClearSuspicion("확인했습니다.")


def called(result: CallResult, who: str = "kim") -> tuple[str, ask.Command]:
    return who, ask.CallBack(result, "02-123-4567", "기관 누리집의 대표 번호", "당직실이 받음")


def reviewed(receive: ask.Receive = RECEIVE, *more: tuple[str, ask.Command]) -> State:
    state, _ = play(("intake", receive), ("kim", ask.StartReview()), *more)
    return state


def proposed(receive: ask.Receive, *more: tuple[str, ask.Command]) -> State:
    return reviewed(receive, ("kim", ask.Propose(ALL)), *more)


def test_while_the_sender_is_unconfirmed_nothing_is_approved_to_go_out() -> None:
    state = proposed(UNCONFIRMED)
    assert state.sender is Sender.UNCONFIRMED and "look-alike-domain" in state.open_findings
    with pytest.raises(IllegalStep, match="not confirmed"):
        decide(state, ask.Approve(), actor="lee")
    for result in (CallResult.NO_ANSWER, CallResult.CONFIRMED):
        state, _ = play(called(result), state=state)
    assert state.sender is Sender.CONFIRMED
    after, _ = play(("lee", ask.Approve()), state=state)
    assert after.stage is Stage.APPROVED


def test_an_emergency_needs_the_call_too() -> None:
    emergency = replace(UNCONFIRMED, filing=replace(UNCONFIRMED.filing, emergency=True))
    with pytest.raises(IllegalStep, match="not confirmed"):
        decide(proposed(emergency), ask.Approve(), actor="lee")


def test_an_unconfirmed_sender_can_be_refused() -> None:
    state = reviewed(UNCONFIRMED, ("kim", ask.Propose(NONE)), ("lee", ask.Approve()), ("kim", ask.Resolve()))
    assert state.stage is Stage.RESOLVED


def test_a_sender_that_is_denied_later_stops_what_was_approved() -> None:
    state = proposed(UNCONFIRMED, called(CallResult.CONFIRMED), ("lee", ask.Approve()))
    state, _ = play(called(CallResult.DENIED), state=state)
    with pytest.raises(IllegalStep, match="denied"):
        decide(state, ask.Disclose((ACCESS, CONTENT), 3), actor="kim")


def test_a_denied_request_is_only_suspected_or_withdrawn() -> None:
    state = reviewed(UNCONFIRMED, called(CallResult.DENIED))
    assert state.sender is Sender.DENIED
    for proposal in (ALL, NONE):
        with pytest.raises(IllegalStep, match="denied"):
            decide(state, ask.Propose(proposal), actor="kim")
    assert decide(state, ask.Withdraw("withdrawn-by-authority"), actor="kim")
    suspected, _ = play(("kim", SUSPECT), state=state)
    assert decide(suspected, ask.Propose(FORGED), actor="kim")


def test_who_recorded_the_denial_cannot_confirm_alone() -> None:
    state = reviewed(UNCONFIRMED, called(CallResult.DENIED, "kim"))
    with pytest.raises(IllegalStep, match="another person"):
        play(called(CallResult.CONFIRMED, "kim"), state=state)
    after, _ = play(called(CallResult.CONFIRMED, "park"), state=state)
    assert after.sender is Sender.CONFIRMED


def test_a_call_tells_its_number_and_where_it_was_found() -> None:
    (event,) = decide(reviewed(UNCONFIRMED), called(CallResult.CONFIRMED)[1], actor="kim")
    assert isinstance(event, CalledBack) and event.check is not None
    assert event.check.facts == {
        "number": "02-123-4567",
        "source": "기관 누리집의 대표 번호",
        "note": "당직실이 받음",
    }
    for missing in ("number", "source"):
        with pytest.raises(InvalidValue, match="is empty"):
            decide(reviewed(), replace(called(CallResult.CONFIRMED)[1], **{missing: " "}), actor="kim")


def test_nobody_comes_in_denied() -> None:
    with pytest.raises(InvalidValue, match="does not come in denied"):
        decide(None, replace(RECEIVE, sender=Sender.DENIED), actor="intake")


def test_a_suspected_request_ends_as_such_and_is_counted() -> None:
    state = proposed(RECEIVE, ("intake", SUSPECT))
    assert state.suspected_by == "intake"
    with pytest.raises(IllegalStep, match="complied is not possible"):
        decide(state, ask.Approve(), actor="lee")
    state, _ = play(("lee", ask.SendBack("위조")), state=state)
    for wrong in (
        ALL,
        NONE,
        replace(FORGED, marks=()),
        replace(FORGED, reason="document-defective"),
        replace(FORGED, outcome=Outcome.NO_DATA),
    ):
        with pytest.raises(IllegalStep, match="suspected to be forged"):
            decide(state, ask.Propose(wrong), actor="kim")
    state, history = play(
        ("kim", ask.Propose(FORGED)), ("lee", ask.Approve()), ("kim", ask.Resolve()), state=state
    )
    assert isinstance(history[-1], Resolved) and history[-1].marks == (Mark.SUSPECTED_FORGERY,)
    assert state.suspected_by  # its evidence is kept until a second person clears it
    cleared, _ = play(("lee", CLEAR), state=state)
    assert not cleared.suspected_by and cleared.resolution == state.resolution


def test_what_was_approved_before_stops() -> None:
    state = proposed(RECEIVE, ("lee", ask.Approve()), ("lee", SUSPECT))
    with pytest.raises(IllegalStep, match="nothing goes out"):
        decide(state, ask.Disclose((ACCESS, CONTENT), 3), actor="kim")
    with pytest.raises(IllegalStep, match="hide it from the counts"):
        decide(state, ask.Withdraw("withdrawn-by-authority"), actor="kim")
    with pytest.raises(IllegalStep):
        decide(state, ask.Resolve(), actor="kim")


def test_what_went_out_before_stays_counted_and_no_more_follows() -> None:
    state = proposed(RECEIVE, ("lee", ask.Approve()), ("kim", ask.Disclose((ACCESS,), 1)), ("kim", SUSPECT))
    state, _ = play(("kim", ask.SendBack("위조")), state=state)
    decision = Decision(Outcome.PARTIAL, "suspected-forgery", (ACCESS,), 1, marks=(Mark.SUSPECTED_FORGERY,))
    with pytest.raises(IllegalStep, match="handed over already"):
        decide(state, ask.Propose(FORGED), actor="kim")
    with pytest.raises(InvalidValue, match="no more may"):
        decide(state, ask.Propose(replace(decision, accounts=2)), actor="kim")
    state, _ = play(
        ("kim", ask.Propose(decision)), ("lee", ask.Approve()), ("kim", ask.Resolve()), state=state
    )
    (line,) = state.current(LineKind.RESOLVED)
    assert (line.outcome, line.accounts, line.marks) == (Outcome.PARTIAL, 1, (Mark.SUSPECTED_FORGERY,))


def test_clearing_takes_a_second_person() -> None:
    state = reviewed(RECEIVE, ("kim", SUSPECT))
    with pytest.raises(IllegalStep, match="four eyes"):
        decide(state, CLEAR, actor="kim")
    with pytest.raises(IllegalStep, match="already"):
        decide(state, SUSPECT, actor="lee")
    cleared, _ = play(("lee", CLEAR), state=state)
    with pytest.raises(IllegalStep, match="not suspected"):
        decide(cleared, CLEAR, actor="lee")
    assert decide(cleared, ask.Propose(ALL), actor="kim")


def test_nobody_refuses_as_forged_what_nobody_suspects() -> None:
    state = reviewed()
    for each in (FORGED, replace(NONE, marks=(Mark.SUSPECTED_FORGERY,)), replace(FORGED, marks=())):
        with pytest.raises(IllegalStep, match="nobody has marked"):
            decide(state, ask.Propose(each), actor="kim")
    waiting = reviewed(RECEIVE, ("kim", SUSPECT), ("kim", ask.Propose(FORGED)), ("lee", CLEAR))
    with pytest.raises(IllegalStep, match="nobody has marked"):
        decide(waiting, ask.Approve(), actor="lee")


def test_no_one_is_named_later_to_a_sender_who_was_denied() -> None:
    state = proposed(
        UNCONFIRMED,
        called(CallResult.CONFIRMED),
        ("lee", ask.Approve()),
        ("kim", ask.Disclose((ACCESS, CONTENT), 3)),
    )
    state, _ = play(called(CallResult.DENIED), state=state)
    with pytest.raises(IllegalStep, match="denied"):
        decide(state, ask.Resolve(), actor="kim")
    state, _ = play(
        called(CallResult.CONFIRMED, "park"),
        ("kim", ask.Resolve()),
        ("kim", ask.Propose(FollowUp((CONTENT,), 1), targets=accounts("d"))),
        state=state,
    )
    assert decide(state, ask.Approve(), actor="lee")


def answer(finding: str, said: FindingAnswer, note: str = "확인") -> tuple[str, ask.Command]:
    return "kim", ask.AnswerFinding(finding, said, note)


def test_blocking_findings_are_answered_first() -> None:
    state = reviewed(BLOCKED)
    assert state.open_findings == ("item-missing:place", "item-missing:valid-until", "no-accounts")
    with pytest.raises(IllegalStep, match="item-missing:place stands against it and nobody"):
        decide(state, ask.Propose(ALL), actor="kim")
    assert decide(state, ask.Propose(NONE), actor="kim")
    state, _ = play(answer("item-missing:place", FindingAnswer.DISMISSED), state=state)
    with pytest.raises(IllegalStep, match="item-missing:valid-until"):
        decide(state, ask.Propose(ALL), actor="kim")
    state, _ = play(answer("item-missing:valid-until", FindingAnswer.MENDED), state=state)
    assert state.open_findings == ("no-accounts",)
    assert decide(state, ask.Propose(ALL), actor="kim")


def test_one_answer_may_be_for_all_of_a_code() -> None:
    state = reviewed(BLOCKED, answer("item-missing", FindingAnswer.DOES_NOT_APPLY))
    assert state.open_findings == ("no-accounts",)
    assert decide(state, ask.Propose(ALL), actor="kim")


def test_an_accepted_finding_stands_against_a_disclosure_also_once_proposed() -> None:
    state = reviewed(BLOCKED, answer("item-missing", FindingAnswer.MENDED), ("kim", ask.Propose(ALL)))
    state, _ = play(answer("item-missing:place", FindingAnswer.ACCEPTED), state=state)
    with pytest.raises(IllegalStep, match="item-missing:place was accepted"):
        decide(state, ask.Approve(), actor="lee")


@pytest.mark.parametrize("said", [FindingAnswer.DISMISSED, FindingAnswer.DOES_NOT_APPLY])
def test_brushing_a_finding_aside_needs_a_reason(said: FindingAnswer) -> None:
    with pytest.raises(InvalidValue, match="reason why"):
        play(answer("no-accounts", said, " "), state=reviewed(BLOCKED))


def test_only_what_was_found_is_answered() -> None:
    with pytest.raises(InvalidValue, match="'item-missing:offence' is not a finding") as refused:
        play(answer("item-missing:offence", FindingAnswer.ACCEPTED), state=reviewed(BLOCKED))
    assert "item-missing:place" in refused.value.hint


def test_better_paper_changes_what_is_found() -> None:
    supply = ask.SupplyPaper(
        {"place": "서버"}, findings=("item-missing",), blocking=("item-missing:valid-until",)
    )
    state = reviewed(BLOCKED, ("intake", supply))
    assert state.ledger is not None
    assert state.ledger.paper == {"issuer": "judicial-police", "place": "서버"}
    assert state.ledger.authority == "가상경찰서"
    assert state.open_findings == ("item-missing:valid-until",)
    with pytest.raises(InvalidValue, match="no paper"):
        decide(state, ask.SupplyPaper(), actor="intake")
    with pytest.raises(IllegalStep, match="destroyed"):
        decide(replace(state, ledger=None), supply, actor="intake")
