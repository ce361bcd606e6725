"""What a team does with a request besides deciding it moves no stage, and is kept."""

from dataclasses import replace

import pytest

from sagwan.record import commands as ask
from sagwan.record import events as happened
from sagwan.record.errors import IllegalStep, InvalidValue
from sagwan.record.lifecycle import ALWAYS, WHILE_OPEN, decide
from sagwan.record.request import MAX_DOCUMENTS, Document
from sagwan.record.state import Stage, State
from sagwan.record.vocabulary import CallResult, FindingAnswer

from .make import RECEIVE, WAY, at, play

FILE = Document("공문.pdf", "ab" * 32, 4)
FOUND = replace(RECEIVE, findings=("no-accounts",))

BESIDES: dict[str, ask.Command] = {
    "Assign": ask.Assign("park"),
    "AnswerFinding": ask.AnswerFinding("no-accounts", FindingAnswer.ACCEPTED),
    "CallBack": ask.CallBack(CallResult.NO_ANSWER, "02-123", "기관 누리집"),
    "RecordIdentification": ask.RecordIdentification("경위 가상", "공무원증"),
    "SuspectForgery": ask.SuspectForgery("도메인"),
    "AddNote": ask.AddNote("메모"),
    "SendMessage": ask.SendMessage("안녕하세요", (FILE,)),
    "ReceiveMessage": ask.ReceiveMessage("답장"),
    "SupplyPaper": ask.SupplyPaper({"place": "서버"}),
    "MeetDuty": ask.MeetDuty("begin"),
}
"""Commands that need nothing before them."""


def found(stage: Stage) -> State:
    (who, _), *rest = WAY[stage]
    state, _ = play((who, FOUND), *rest)
    return state


@pytest.mark.parametrize("name", BESIDES)
@pytest.mark.parametrize("stage", Stage)
def test_it_is_taken_where_the_lists_say_and_moves_no_stage(stage: Stage, name: str) -> None:
    state, command = found(stage), BESIDES[name]
    if name in ALWAYS or (name in WHILE_OPEN and not stage.is_over):
        after, events = play(("park", command), state=state)
        assert after.stage is stage and len(events) == 1
        assert (after.pending, after.decision, after.lines) == (state.pending, state.decision, state.lines)
    else:
        with pytest.raises(IllegalStep, match=f"{name} is not possible while the request is {stage}"):
            decide(state, command, actor="park")


def test_it_is_taken_while_a_follow_up_waits_too() -> None:
    waiting, _ = play(
        ("kim", ask.Propose(happened.FollowUp(RECEIVE.filing.data, 1))), state=at(Stage.RESOLVED)
    )
    assert decide(waiting, ask.AddNote("메모"), actor="kim")
    with pytest.raises(IllegalStep):
        decide(waiting, ask.Assign("kim"), actor="kim")


def test_a_request_is_taken_and_handed_back() -> None:
    state, _ = play(("kim", ask.Assign("kim")), state=at(Stage.RECEIVED))
    assert state.assigned == "kim"
    with pytest.raises(IllegalStep, match="kim works on it already"):
        decide(state, ask.Assign("kim"), actor="lee")
    state, _ = play(("lee", ask.Assign("park")), state=state)
    assert state.assigned == "park"
    state, _ = play(("park", ask.HandBack()), state=state)
    assert state.assigned == ""
    with pytest.raises(IllegalStep, match="nobody works on it"):
        decide(state, ask.HandBack(), actor="park")


def test_a_message_is_unread_until_it_is_read_or_answered() -> None:
    state, _ = play(("hong", ask.ReceiveMessage("언제 됩니까?")), state=at(Stage.UNDER_REVIEW))
    assert state.unread
    for command in (ask.MarkRead(), ask.SendMessage("내일입니다.")):
        after, _ = play(("kim", command), state=state)
        assert not after.unread
    with pytest.raises(IllegalStep, match="no unread"):
        decide(at(Stage.UNDER_REVIEW), ask.MarkRead(), actor="kim")


def test_what_is_written_is_private_and_checked() -> None:
    state = at(Stage.UNDER_REVIEW)
    (note,) = decide(state, ask.AddNote("첫 줄\r\n둘째 줄 "), actor="kim")
    assert isinstance(note, happened.NoteAdded) and note.matter is not None
    assert note.matter.text == "첫 줄\n둘째 줄"
    (sent,) = decide(state, ask.SendMessage("", (FILE,)), actor="kim")
    assert isinstance(sent, happened.MessageSent) and sent.matter is not None
    assert sent.matter.documents == (FILE,)
    for empty in (ask.AddNote(" "), ask.SendMessage(""), ask.ReceiveMessage("\n"), ask.SuspectForgery("")):
        with pytest.raises(InvalidValue, match="is empty"):
            decide(state, empty, actor="kim")
    with pytest.raises(InvalidValue, match="attached twice"):
        decide(state, ask.SendMessage("a", (FILE, FILE)), actor="kim")
    many = tuple(replace(FILE, digest=f"{n:064x}") for n in range(MAX_DOCUMENTS + 1))
    with pytest.raises(InvalidValue, match="at most"):
        decide(state, ask.ReceiveMessage("a", many), actor="kim")


def test_the_check_of_identity_answers_the_finding_that_asks_for_it() -> None:
    missing = "item-missing:identity-checked"
    state = replace(at(Stage.RECEIVED), findings=("item-missing",), blocking=(missing,))
    command = ask.RecordIdentification("경위 가상", "공무원증")
    checked, events = play(("kim", command), state=state)
    assert [type(event) for event in events] == [happened.IdentityChecked, happened.FindingAnswered]
    assert checked.answer(missing) is FindingAnswer.MENDED and not checked.open_findings
    dismissed, _ = play(
        ("kim", ask.AnswerFinding(missing, FindingAnswer.DISMISSED, "문서에 있음")), state=state
    )
    _, (once,) = play(("kim", command), state=dismissed)
    assert isinstance(once, happened.IdentityChecked), "what a person answered stays"


def test_who_showed_what_is_kept() -> None:
    command = ask.RecordIdentification("경위 가상", "공무원증", "서장 가상", "총경", "사본 보관")
    state, (event,) = play(("kim", command), state=at(Stage.RECEIVED))
    assert state.identified and isinstance(event, happened.IdentityChecked) and event.check is not None
    assert event.check.facts == {
        "officer": "경위 가상",
        "document": "공무원증",
        "approver": "서장 가상",
        "approver-rank": "총경",
        "note": "사본 보관",
    }
    with pytest.raises(InvalidValue, match="officer is empty"):
        decide(state, replace(command, officer=""), actor="kim")


def test_a_duty_is_met_once() -> None:
    state, _ = play(("kim", ask.MeetDuty("permit-follows", "팩스로 받음")), state=at(Stage.RESOLVED))
    assert state.duties_met == ("permit-follows",)
    with pytest.raises(IllegalStep, match="met already"):
        decide(state, ask.MeetDuty("permit-follows"), actor="lee")
    with pytest.raises(InvalidValue, match="slug"):
        decide(state, ask.MeetDuty("Permit"), actor="lee")
