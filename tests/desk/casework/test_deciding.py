"""What stands against a decision, and what it lets out: findings, forgery, targets one by one, policy."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from sagwan.desk.casework import destruction, queries
from sagwan.desk.casework.duties import TELL_IMPERSONATED
from sagwan.desk.casework.packs import Packs
from sagwan.desk.home import load_home
from sagwan.desk.setup import Desk
from sagwan.record import commands as ask
from sagwan.record.disposition import Disposition
from sagwan.record.errors import IllegalStep, InvalidValue, SagwanError
from sagwan.record.events import Decision
from sagwan.record.private import RecordClass
from sagwan.record.vocabulary import (
    CallResult,
    DataCategory,
    Grant,
    Mark,
    Outcome,
    Sender,
)
from tests.support.home import CONTENT, START, filing, keeper

from .make import (
    ALL,
    FORGED,
    assert_rebuilt_the_same,
    case,
    emergency,
    lacking,
    receive,
    told,
    work,
)

ACCESS = (DataCategory.ACCESS,)
CALLED = ask.CallBack(CallResult.CONFIRMED, "+82 2 700 0000", "정부 기관 전화번호부")
UNCONFIRMED = {"sender": Sender.UNCONFIRMED, "sender_findings": ("new-domain",)}


def test_a_forged_request_is_counted_and_its_evidence_kept(desk: Desk) -> None:
    number = receive(desk, filing(), **UNCONFIRMED)
    work(
        desk,
        number,
        ("kim", ask.SuspectForgery("사칭")),
        ("kim", ask.StartReview()),
        ("kim", ask.Propose(FORGED)),
        ("lee", ask.Approve()),
    )
    done = work(desk, number, ("kim", ask.Resolve()), at=START + timedelta(hours=1))[0]
    assert done.line is not None and b"\trefused\tsuspected-forgery\t" in done.line
    assert b"\tsuspected-forgery\t" in done.line.split(b"suspected-forgery", 1)[1]  # the mark, too
    assert [duty.slug for duty in queries.duties(desk, told(desk, number))] == [TELL_IMPERSONATED]
    destroy = {"record_class": RecordClass.MATTER, "by": "kim", "approved_by": "lee", "at": START}
    with pytest.raises(destruction.DestructionRefused, match="evidence is kept"):
        destruction.destroy(desk, keeper(desk), number=number, **destroy)
    later = START + timedelta(days=1)
    work(
        desk,
        number,
        ("kim", ask.MeetDuty(TELL_IMPERSONATED, "대표 번호로 알림")),
        ("lee", ask.ClearSuspicion("증거가 더 필요하지 않음")),
        at=later,
    )
    assert queries.duties(desk, told(desk, number)) == ()
    assert destruction.destroy(desk, keeper(desk), number=number, **destroy | {"at": later})
    assert_rebuilt_the_same(desk)


def test_a_case_forgets_with_its_ledger(desk: Desk) -> None:
    number = receive(desk, emergency())
    decision = Decision(Outcome.COMPLIED, "", ACCESS, 2)
    work(
        desk,
        number,
        ("kim", ask.StartReview()),
        ("kim", ask.Propose(decision)),
        ("lee", ask.Approve()),
        ("kim", ask.Disclose(ACCESS, 2)),
        ("kim", ask.Resolve()),
    )
    assert case(number).next_duty == "permission-follows"
    destruction.destroy(
        desk,
        keeper(desk),
        number=number,
        record_class=RecordClass.LEDGER,
        by="kim",
        approved_by="lee",
        at=START + timedelta(days=400),
    )
    assert case(number).next_due is None and case(number).next_duty == ""
    assert_rebuilt_the_same(desk)
    with pytest.raises(IllegalStep, match="destroyed"):
        work(desk, number, ("kim", ask.SupplyPaper({"place": "x"})), at=START + timedelta(days=401))


def test_blocking_findings_hold_a_disclosure_back_and_paper_mends_them(desk: Desk) -> None:
    number = receive(desk, lacking())
    state = told(desk, number).progress.state
    assert state.blocking == ("item-missing:place", "item-missing:valid-until")
    work(desk, number, ("kim", ask.StartReview()))
    with pytest.raises(IllegalStep, match="item-missing:place"):
        work(desk, number, ("kim", ask.Propose(ALL)), at=START + timedelta(hours=1))
    paper = {"place": "서버", "valid-until": "2016-03-09"}
    work(desk, number, ("kim", ask.SupplyPaper(paper)), at=START + timedelta(hours=2))
    found = told(desk, number)
    assert found.progress.state.blocking == () and queries.findings_now(desk, Packs(desk.home), found) == ()
    assert case(number).findings == "" and case(number).next_duty == "execute-by"
    work(desk, number, ("kim", ask.Propose(ALL)), at=START + timedelta(hours=3))


def test_paper_is_judged_under_the_law_of_the_day_of_receipt(desk: Desk) -> None:
    number = receive(desk, lacking(), sender=Sender.UNCONFIRMED, sender_findings=("free-mail",))
    years_later = START + timedelta(days=3650)  # by then an original must be presented
    work(desk, number, ("kim", ask.SupplyPaper({"place": "서버"})), at=years_later)
    state = told(desk, number).progress.state
    assert state.blocking == ("item-missing:valid-until",)
    assert state.findings == ("item-missing", "free-mail")


def test_what_is_found_of_the_sender_may_block_too(desk: Desk) -> None:
    number = receive(
        desk,
        filing(),
        sender=Sender.CONFIRMED,
        sender_findings=("look-alike-domain", "odd-hours"),
        sender_blocking=("look-alike-domain",),
    )
    work(desk, number, ("kim", ask.StartReview()))
    with pytest.raises(IllegalStep, match="look-alike-domain"):
        work(desk, number, ("kim", ask.Propose(ALL)), at=START + timedelta(hours=1))
    assert case(number).open_findings == 2


def test_deciding_per_target_holds_what_goes_out(desk: Desk) -> None:
    one = filing(accounts=3)
    number = receive(desk, one)
    a, b, c = one.targets
    dispositions = (
        Disposition(Grant.DISCLOSE, CONTENT, (a,)),
        Disposition(Grant.REFUSE, CONTENT, (b,), "scope-narrowed"),
        Disposition(Grant.NO_DATA, CONTENT, (c,), "retention-expired"),
    )
    decision = Decision(Outcome.PARTIAL, "scope-narrowed", CONTENT, 1, (Mark.NARROWED,))
    strange = (replace(dispositions[0]), replace(dispositions[1], reason="mood"), dispositions[2])
    work(desk, number, ("kim", ask.StartReview()))
    with pytest.raises(InvalidValue, match="'mood' is not a reason for refuse"):
        work(desk, number, ("kim", ask.Propose(decision, dispositions=strange)))
    sound = ask.Propose(decision, dispositions=dispositions)
    work(desk, number, ("kim", sound), at=START + timedelta(hours=1))
    work(desk, number, ("lee", ask.Approve()), at=START + timedelta(hours=2))
    with pytest.raises(IllegalStep, match="content of 1 targets was not approved"):
        work(desk, number, ("kim", ask.Disclose(CONTENT, 1, (b,))), at=START + timedelta(hours=3))
    work(
        desk,
        number,
        ("kim", ask.Disclose(CONTENT, 1, (a,))),
        ("kim", ask.Resolve()),
        at=START + timedelta(hours=3),
    )
    assert told(desk, number).progress.state.dispositions == dispositions
    assert (case(number).outcome, case(number).accounts_disclosed, case(number).marks) == (
        "partial", 1, "narrowed"
    )  # fmt: skip
    assert_rebuilt_the_same(desk)


def test_in_one_call_too_each_target_is_held_to_what_was_granted(desk: Desk) -> None:
    one = filing(accounts=2)
    number = receive(desk, one)
    first, second = one.targets
    dispositions = (
        Disposition(Grant.DISCLOSE, CONTENT, (first,)),
        Disposition(Grant.REFUSE, CONTENT, (second,), "scope-narrowed"),
    )
    decision = Decision(Outcome.PARTIAL, "scope-narrowed", CONTENT, 1, (Mark.NARROWED,))
    life = (
        ("kim", ask.StartReview()),
        ("kim", ask.Propose(decision, dispositions=dispositions)),
        ("lee", ask.Approve()),
        ("kim", ask.Disclose(CONTENT, 1, (second,))),
    )
    with pytest.raises(SagwanError, match="was not approved"):
        work(desk, number, *life)
    assert case(number).stage == "received"


def test_a_standing_policy_drafts_and_people_decide(make_desk: Callable[..., Desk]) -> None:
    table = {"reason": "no-legal-obligation", "instrument": "subscriber-information", "outcome": "refused"}
    desk = make_desk(policy={"voluntary": table})
    one = filing(
        instrument="subscriber-information",
        data=(DataCategory.SUBSCRIBER,),
        paper={"issuer": "prosecutor"},
    )
    number, warrant = receive(desk, one), receive(desk, filing())
    assert queries.drafted(desk, told(desk, warrant)) is None
    decision = queries.drafted(desk, told(desk, number))
    assert decision == Decision(Outcome.REFUSED, "no-legal-obligation")
    work(desk, number, ("kim", ask.StartReview()), ("kim", ask.Propose(decision)))
    with pytest.raises(SagwanError):
        work(desk, number, ("kim", ask.Approve()), at=START + timedelta(hours=1))
    work(desk, number, ("lee", ask.Approve()), ("kim", ask.Resolve()), at=START + timedelta(hours=1))
    assert case(number).reason == "no-legal-obligation"
    assert load_home(desk.home.path).policies == desk.home.policies
