"""What a team does with requests, through the one door; and the same case rows again after a rebuild."""

from datetime import UTC, timedelta

import pytest

from sagwan.desk.casework import queries
from sagwan.desk.casework.actions import Step, execute
from sagwan.desk.setup import Desk
from sagwan.desk.vault import documents
from sagwan.desk.vault.keyring import KeyRing
from sagwan.record import commands as ask
from sagwan.record.errors import IllegalStep, InvalidValue
from sagwan.record.events import Correction, Decision
from sagwan.record.vocabulary import (
    CallResult,
    DataCategory,
    FindingAnswer,
    Mark,
    Outcome,
    Sender,
)
from tests.support.home import START, filing, sealer

from .make import (
    FIRST,
    LAST,
    TODAY,
    assert_rebuilt_the_same,
    case,
    emergency,
    lacking,
    preservation,
    receive,
    told,
    work,
)

ACCESS = (DataCategory.ACCESS,)
CALLED = ask.CallBack(CallResult.CONFIRMED, "+82 2 700 0000", "정부 기관 전화번호부")
UNCONFIRMED = {"sender": Sender.UNCONFIRMED, "sender_findings": ("new-domain",)}


def test_a_day_with_everything_is_rebuilt_exactly(desk: Desk) -> None:
    one, two = receive(desk, filing("2016-1")), receive(desk, emergency(), **UNCONFIRMED)
    three, four = receive(desk, lacking()), receive(desk, preservation(), at=TODAY)
    work(
        desk,
        one,
        ("kim", ask.Assign("park")),
        ("kim", ask.AddNote("메모")),
        ("kim", ask.StartReview()),
        ("kim", ask.ReceiveMessage("언제 됩니까?")),
    )
    work(desk, two, ("kim", CALLED), ("lee", ask.SuspectForgery("도메인")))
    work(desk, three, ("kim", ask.AnswerFinding("item-missing:place", FindingAnswer.MENDED)))
    work(desk, four, ("park", ask.PlaceHold("대화", FIRST, LAST)), at=TODAY)
    sealer(desk).run(START + timedelta(days=1))
    assert case(one).assigned == "park" and case(one).unread and case(one).filed_by == "kim"
    assert case(two).sender == "confirmed" and case(two).suspected
    assert case(three).open_findings == 1
    assert case(four).hold_until == LAST and case(four).sender == "not-asked"
    assert_rebuilt_the_same(desk)


def test_the_queue_runs_by_the_nearest_clock(desk: Desk) -> None:
    warrant, urgent = receive(desk, filing("2016-1")), receive(desk, emergency())
    plain = receive(
        desk,
        filing(
            "2016-3",
            instrument="subscriber-information",
            data=(DataCategory.SUBSCRIBER,),
            paper={"issuer": "prosecutor"},
        ),
    )
    assert case(urgent).next_duty == "begin"
    assert case(urgent).next_due == START.astimezone(UTC) + timedelta(hours=2)
    assert case(warrant).next_duty == "execute-by"
    assert case(plain).next_due is None
    numbers = [row.number for row in queries.worklist(queries.Wanted())]
    assert numbers == [urgent, warrant, plain]


def test_a_disclosed_emergency_leaves_the_paper_that_must_follow(desk: Desk) -> None:
    number = receive(desk, emergency(), **UNCONFIRMED)
    decision = Decision(Outcome.COMPLIED, "", ACCESS, 2, (Mark.EMERGENCY,))
    work(desk, number, ("kim", ask.StartReview()), ("kim", ask.Propose(decision)))
    with pytest.raises(IllegalStep, match="not confirmed"):
        work(desk, number, ("lee", ask.Approve()), at=START + timedelta(hours=1))
    work(
        desk,
        number,
        ("kim", CALLED),
        ("lee", ask.Approve()),
        ("kim", ask.Disclose(ACCESS, 2, emergency().targets)),
        ("kim", ask.Resolve()),
        at=START + timedelta(hours=1),
    )
    assert case(number).next_duty == "permission-follows" and not case(number).is_open
    assert [duty.slug for duty in queries.duties(desk, told(desk, number))] == ["permission-follows"]
    work(desk, number, ("kim", ask.SupplyPaper({"permission-copy": "yes"})), at=START + timedelta(days=1))
    assert queries.duties(desk, told(desk, number)) == ()
    assert case(number).next_due is None
    assert_rebuilt_the_same(desk)


def test_duties_are_met_by_a_word_and_only_those_that_there_are(desk: Desk) -> None:
    number = receive(desk, emergency())
    with pytest.raises(InvalidValue, match="'dance' is no duty") as refused:
        work(desk, number, ("kim", ask.MeetDuty("dance")))
    assert "permission-follows" in refused.value.hint
    work(desk, number, ("kim", ask.MeetDuty("begin", "시작함")))
    assert case(number).next_duty == "permission-follows"


def test_messages_bring_files_that_go_with_the_key(desk: Desk) -> None:
    number = receive(desk, filing())
    data = "답변서".encode()
    file = documents.described("답변서.pdf", data)
    message = ask.SendMessage("첨부합니다.", (file,))
    with pytest.raises(InvalidValue, match="1 documents are named, 0 files"):
        work(desk, number, ("kim", message))
    for at in (START + timedelta(minutes=5), START + timedelta(minutes=9)):  # a file is kept once
        execute(desk, [Step(number, message, "kim", at, (data,))])
    work(desk, number, ("kim", ask.ReceiveMessage("감사합니다.")), at=START + timedelta(minutes=20))
    thread = queries.thread(told(desk, number))
    assert [(each.incoming, each.text) for each in thread] == [
        (False, "첨부합니다."),
        (False, "첨부합니다."),
        (True, "감사합니다."),
    ]
    keys = KeyRing(desk.master)
    keys.load([f"request/{number}"])
    assert documents.read(keys, f"request/{number}", file.digest) == data
    assert case(number).first_answer_at == START + timedelta(minutes=5)


def test_a_clarification_belongs_to_the_thread_and_stops_the_clock(desk: Desk) -> None:
    number = receive(desk, filing())
    work(
        desk,
        number,
        ("kim", ask.StartReview()),
        ("kim", ask.AskClarification("어느 계정입니까?")),
        ("kim", ask.AnswerClarification("a입니다.")),
    )
    found = told(desk, number)
    assert [(each.clarifies, each.incoming) for each in queries.thread(found)] == [
        (True, False),
        (True, True),
    ]
    (pause,) = found.progress.pauses
    assert (pause.begin, pause.end) == (START + timedelta(minutes=2), START + timedelta(minutes=3))


def test_a_correction_changes_no_clock(desk: Desk) -> None:
    """Not even one that leaves no data category in the `received` line."""
    number = receive(desk, emergency())
    work(
        desk,
        number,
        ("kim", ask.StartReview()),
        ("kim", ask.Propose(Decision(Outcome.COMPLIED, "", ACCESS, 2))),
        ("lee", ask.Approve()),
        ("kim", ask.Disclose(ACCESS, 2)),
        ("kim", ask.Resolve()),
    )
    before = queries.duties(desk, told(desk, number))
    sealer(desk).run(START + timedelta(days=1))
    work(
        desk,
        number,
        ("kim", ask.Propose(Correction(0, None, accounts=1))),
        ("lee", ask.Approve()),
        ("kim", ask.AddNote("정정함")),
        at=START + timedelta(days=2),
    )
    assert queries.duties(desk, told(desk, number)) == before != ()
    assert_rebuilt_the_same(desk)


def test_nothing_is_entered_before_what_happened_last(desk: Desk) -> None:
    number = receive(desk, filing())
    work(desk, number, ("kim", ask.AddNote("메모")), at=START + timedelta(hours=2))
    with pytest.raises(InvalidValue, match="before the request's last event"):
        work(desk, number, ("kim", ask.AddNote("메모")))
