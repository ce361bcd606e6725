"""Holds and notice in a home: the law's terms, on time, and the same after a rebuild."""

from datetime import date, datetime, timedelta

import pytest

from sagwan.desk.casework import queries
from sagwan.desk.casework.duties import RELEASE_HOLD
from sagwan.desk.setup import Desk
from sagwan.law.errors import TermNotAllowed
from sagwan.record import commands as ask
from sagwan.record.errors import IllegalStep, InvalidValue
from sagwan.record.events import Decision
from sagwan.record.vocabulary import (
    CallResult,
    DataCategory,
    Outcome,
    Release,
    Sender,
    Teller,
)
from tests.support.home import CONTENT, filing

from .make import (
    FIRST,
    LAST,
    SEOUL,
    TODAY,
    assert_rebuilt_the_same,
    case,
    preservation,
    receive,
    told,
    work,
)

ACCESS = (DataCategory.ACCESS,)
CALLED = ask.CallBack(CallResult.CONFIRMED, "+82 2 700 0000", "정부 기관 전화번호부")
UNCONFIRMED = {"sender": Sender.UNCONFIRMED, "sender_findings": ("new-domain",)}


def test_a_hold_keeps_to_the_laws_terms_and_lapses_on_time(desk: Desk) -> None:
    number = receive(desk, preservation(), at=TODAY)
    assert case(number).next_duty == "preserve"
    with pytest.raises(TermNotAllowed, match="longer than 60 days"):
        work(desk, number, ("park", ask.PlaceHold("대화", FIRST, date(2026, 12, 11))), at=TODAY)
    work(desk, number, ("park", ask.PlaceHold("대화", FIRST, LAST)), at=TODAY)
    with pytest.raises(TermNotAllowed, match="longer than 30 days"):
        work(desk, number, ("park", ask.ExtendHold(date(2027, 1, 10))), at=TODAY + timedelta(days=1))
    work(desk, number, ("park", ask.ExtendHold(date(2027, 1, 9))), at=TODAY + timedelta(days=1))
    work(
        desk,
        number,
        ("kim", ask.StartReview()),
        ("kim", ask.Propose(Decision(Outcome.COMPLIED, "", CONTENT))),
        ("lee", ask.Approve()),
        ("kim", ask.Resolve()),
        at=TODAY + timedelta(days=2),
    )
    kept = case(number)
    assert (kept.outcome, kept.accounts_disclosed) == ("complied", 0)
    assert kept.next_duty == RELEASE_HOLD and kept.hold_until == date(2027, 1, 9)
    assert kept.next_due == datetime(2027, 1, 10, tzinfo=SEOUL)
    last_day = datetime(2027, 1, 9, 12, tzinfo=SEOUL)
    assert queries.holds_past(last_day.date()) == []
    with pytest.raises(IllegalStep, match="has not lapsed"):
        work(desk, number, ("@tick", ask.ReleaseHold(Release.LAPSED)), at=last_day)
    after = last_day + timedelta(days=1)
    assert queries.holds_past(after.date()) == [number]
    work(desk, number, ("@tick", ask.ReleaseHold(Release.LAPSED)), at=after)
    assert case(number).hold_until is None and case(number).next_due is None
    assert queries.holds_past(after.date()) == []
    assert_rebuilt_the_same(desk)


def test_a_hold_that_ended_is_not_extended(desk: Desk) -> None:
    number = receive(desk, preservation(), at=TODAY)
    work(desk, number, ("park", ask.PlaceHold("대화", FIRST, LAST)), at=TODAY)
    with pytest.raises(IllegalStep, match="ended on 2026-12-10"):
        work(
            desk,
            number,
            ("park", ask.ExtendHold(date(2027, 1, 5))),
            at=datetime(2026, 12, 11, tzinfo=SEOUL),
        )


def test_only_a_preservation_request_has_a_hold(desk: Desk) -> None:
    number = receive(desk, filing())
    with pytest.raises(TermNotAllowed, match="asks for no hold"):
        work(desk, number, ("park", ask.PlaceHold("대화", date(2016, 3, 2), date(2016, 3, 3))))


def test_notice_follows_the_law(desk: Desk) -> None:
    number = receive(
        desk,
        filing(
            instrument="subscriber-information",
            data=(DataCategory.SUBSCRIBER,),
            paper={"issuer": "prosecutor"},
        ),
        at=TODAY,
    )
    with pytest.raises(TermNotAllowed, match="'mood' is no ground"):
        work(desk, number, ("kim", ask.DeferNotice("mood", date(2026, 11, 1))), at=TODAY)
    with pytest.raises(InvalidValue, match="is past"):
        work(desk, number, ("kim", ask.DeferNotice("justice", date(2026, 10, 1))), at=TODAY)
    with pytest.raises(TermNotAllowed, match="cannot be put off until"):
        work(desk, number, ("kim", ask.DeferNotice("justice", date(2027, 2, 1))), at=TODAY)
    with pytest.raises(TermNotAllowed, match="does not tell"):
        work(desk, number, ("kim", ask.RecordNotice(Teller.PROVIDER, TODAY.date())), at=TODAY)
    with pytest.raises(InvalidValue, match="has not come yet"):
        work(desk, number, ("kim", ask.RecordNotice(Teller.AUTHORITY, date(2026, 10, 13))), at=TODAY)
    with pytest.raises(InvalidValue, match="is past"):
        work(desk, number, ("kim", ask.ImposeOrder(date(2026, 10, 11))), at=TODAY)
    work(
        desk,
        number,
        ("kim", ask.DeferNotice("justice", date(2027, 1, 12), "법원 승인")),
        ("kim", ask.ImposeOrder(None)),
        ("kim", ask.RecordNotice(Teller.AUTHORITY, TODAY.date())),
        ("kim", ask.EndOrder()),
        at=TODAY,
    )
    notice = told(desk, number).progress.state.notice
    assert notice.deferrals == (("justice", date(2027, 1, 12)),) and not notice.ordered
    assert notice.told == ((Teller.AUTHORITY, TODAY.date()),)
