"""Holds, notice and productions: what may follow what, and what the last line says of it."""

from dataclasses import replace
from datetime import date

import pytest

from sagwan.record import commands as ask
from sagwan.record.errors import IllegalStep, InvalidValue
from sagwan.record.events import Decision, Resolved
from sagwan.record.lifecycle import decide
from sagwan.record.state import Hold, Notice, Stage, State
from sagwan.record.vocabulary import CallResult, LineKind, Mark, Outcome, Release, Sender, Teller

from .make import ACCESS, CONTENT, RECEIVE, WAY, at, play

FIRST, LAST, LATER = date(2026, 10, 10), date(2026, 12, 8), date(2027, 1, 7)
PLACE = ask.PlaceHold("계정 a의 대화 내용", FIRST, LAST)
PRESERVE = replace(RECEIVE, discloses=False)
KEPT = Decision(Outcome.COMPLIED, "", (ACCESS, CONTENT))


def held(*more: tuple[str, ask.Command]) -> State:
    state, _ = play(("intake", PRESERVE), ("kim", ask.StartReview()), ("kim", PLACE), *more)
    return state


def test_a_preservation_is_complied_with_by_a_hold() -> None:
    state, history = play(
        ("kim", ask.Propose(KEPT)), ("lee", ask.Approve()), ("kim", ask.Resolve()), state=held()
    )
    last = history[-1]
    assert isinstance(last, Resolved)
    assert (last.outcome, last.data, last.accounts) == (Outcome.COMPLIED, (ACCESS, CONTENT), 0)
    assert state.hold == Hold(FIRST, LAST)  # it outlives the request


def test_without_a_hold_nothing_was_complied_with() -> None:
    state, _ = play(
        ("intake", PRESERVE),
        ("kim", ask.StartReview()),
        ("kim", ask.Propose(KEPT)),
        ("lee", ask.Approve()),
    )
    with pytest.raises(IllegalStep, match="nothing is held"):
        decide(state, ask.Resolve(), actor="kim")
    with pytest.raises(IllegalStep, match="nothing is handed over under this instrument"):
        decide(state, ask.Disclose((ACCESS,), 0), actor="kim")
    with pytest.raises(InvalidValue, match="hands nothing over"):
        decide(held(), ask.Propose(replace(KEPT, accounts=1)), actor="kim")


def test_a_hold_is_extended_once_and_released_once() -> None:
    state = held(("kim", ask.ExtendHold(LATER)))
    assert state.hold == Hold(FIRST, LATER, extended=True)
    with pytest.raises(IllegalStep, match="extended already"):
        decide(state, ask.ExtendHold(date(2027, 2, 1)), actor="kim")
    with pytest.raises(InvalidValue, match="does not extend"):
        decide(held(), ask.ExtendHold(LAST), actor="kim")
    state, _ = play(("tick", ask.ReleaseHold(Release.LAPSED)), state=state)
    assert state.hold == Hold(FIRST, LATER, True, Release.LAPSED)
    for command in (ask.ExtendHold(LATER), ask.ReleaseHold(Release.SERVED)):
        with pytest.raises(IllegalStep, match="released: lapsed"):
            decide(state, command, actor="kim")
    with pytest.raises(IllegalStep, match="placed already"):
        decide(state, PLACE, actor="kim")


def test_a_hold_needs_a_scope_an_end_and_a_sender() -> None:
    state = at(Stage.UNDER_REVIEW)
    with pytest.raises(InvalidValue, match="before it starts"):
        decide(state, replace(PLACE, until=date(2026, 10, 9)), actor="kim")
    with pytest.raises(InvalidValue, match="scope"):
        decide(state, replace(PLACE, scope=""), actor="kim")
    for command in (ask.ExtendHold(LAST), ask.ReleaseHold(Release.ORDERED)):
        with pytest.raises(IllegalStep, match="no hold"):
            decide(state, command, actor="kim")
    denied, _ = play(("kim", ask.CallBack(CallResult.DENIED, "1", "누리집")), state=state)
    assert denied.sender is Sender.DENIED
    suspected, _ = play(("kim", ask.SuspectForgery("위조")), state=state)
    for each in (denied, suspected):
        with pytest.raises(IllegalStep, match="no hold is placed"):
            decide(each, PLACE, actor="kim")
    unconfirmed, _ = play(("intake", replace(PRESERVE, sender=Sender.UNCONFIRMED)), ("kim", PLACE))
    assert unconfirmed.hold is not None  # keeping data hands nothing over, and cannot wait


def test_the_last_line_says_that_the_person_was_told_or_not_yet() -> None:
    defer = ask.DeferNotice("life", LATER)
    told = ask.RecordNotice(Teller.AUTHORITY, LAST)
    for steps, marks in (
        ([], ()),
        ([defer], (Mark.NOTICE_DEFERRED,)),
        ([defer, told], (Mark.NOTIFIED,)),
        ([told], (Mark.NOTIFIED,)),
    ):
        state, _ = play(*WAY[Stage.DISCLOSED], *(("kim", step) for step in steps), ("kim", ask.Resolve()))
        assert state.current(LineKind.RESOLVED)[0].marks == marks
    after, _ = play(("kim", told), state=at(Stage.RESOLVED))
    assert after.current(LineKind.RESOLVED)[0].marks == ()  # a line that is sealed stays
    assert after.notice.told == ((Teller.AUTHORITY, LAST),)


def test_an_order_silences_the_provider_until_its_end() -> None:
    tell = ask.RecordNotice(Teller.PROVIDER, LAST)
    state, _ = play(("kim", ask.ImposeOrder(LAST, "법원 명령")), state=at(Stage.RESOLVED))
    with pytest.raises(IllegalStep, match="non-disclosure order"):
        decide(state, tell, actor="kim")
    assert decide(state, replace(tell, who=Teller.AUTHORITY), actor="kim")
    assert decide(state, replace(tell, on=LATER), actor="kim")
    endless, _ = play(("kim", ask.ImposeOrder(None)), state=state)
    with pytest.raises(IllegalStep, match="non-disclosure order"):
        decide(endless, replace(tell, on=date.max), actor="kim")
    ended, _ = play(("kim", ask.EndOrder()), state=endless)
    assert decide(ended, tell, actor="kim")
    with pytest.raises(IllegalStep, match="no non-disclosure order"):
        decide(ended, ask.EndOrder(), actor="kim")


def test_notice_knows_its_days() -> None:
    notice = Notice(deferrals=(("life", LAST),), ordered=True, order_until=FIRST)
    assert notice.deferred_on(LAST) and not notice.deferred_on(LATER)
    assert notice.forbidden_on(FIRST) and not notice.forbidden_on(LAST)
    assert not Notice().forbidden_on(FIRST) and not Notice().deferred_on(FIRST)


def test_the_user_is_not_told_of_what_may_be_forged() -> None:
    state, _ = play(("kim", ask.SuspectForgery("위조")), state=at(Stage.UNDER_REVIEW))
    with pytest.raises(IllegalStep, match="nothing to tell"):
        decide(state, ask.RecordNotice(Teller.PROVIDER, LAST), actor="kim")


def test_a_production_is_fetched_until_it_expires() -> None:
    state, _ = play(("hong", ask.Fetch(1)), ("hong", ask.Fetch(1)), state=at(Stage.RESOLVED))
    assert state.fetched == (1, 1)
    for stage in (0, 2, True):
        with pytest.raises(IllegalStep, match="nothing was handed over"):
            decide(state, ask.Fetch(stage), actor="hong")
    state, _ = play(("tick", ask.Expire(1)), state=state)
    for command in (ask.Fetch(1), ask.Expire(1)):
        with pytest.raises(IllegalStep, match="no more"):
            decide(state, command, actor="hong")


def test_a_suspected_or_denied_sender_fetches_nothing() -> None:
    for step in (ask.SuspectForgery("위조"), ask.CallBack(CallResult.DENIED, "1", "누리집")):
        state, _ = play(("kim", step), state=at(Stage.DISCLOSED))
        with pytest.raises(IllegalStep, match="nothing more is handed out"):
            decide(state, ask.Fetch(1), actor="hong")
