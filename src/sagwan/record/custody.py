"""What is kept, told and handed over: holds on data, notice to the person concerned, fetched productions.

How long each may last is the law pack's to say (`sagwan.law.terms`); here is what may follow what.
"""

from collections.abc import Callable
from dataclasses import replace

from sagwan.record import commands as ask
from sagwan.record import events as happened
from sagwan.record.errors import IllegalStep, InvalidValue
from sagwan.record.private import Check
from sagwan.record.request import check_slug
from sagwan.record.state import Hold, State
from sagwan.record.vocabulary import Release, Sender, Teller
from sagwan.record.words import written

WHILE_OPEN = ("PlaceHold",)
ALWAYS = (
    "ExtendHold",
    "ReleaseHold",
    "DeferNotice",
    "RecordNotice",
    "ImposeOrder",
    "EndOrder",
    "Fetch",
    "Expire",
)


def _place_hold(state: State, command: ask.PlaceHold, actor: str) -> list[happened.Event]:
    if state.hold is not None:
        raise IllegalStep("a hold was placed already", hint="extend it, or wait for a new request")
    if state.suspected_by or state.sender is Sender.DENIED:
        raise IllegalStep("no hold is placed for a request that is denied or suspected to be forged")
    if command.until < command.start:
        raise InvalidValue(f"the hold would end on {command.until}, before it starts on {command.start}")
    scope = written(command.scope, "scope of the hold")
    return [happened.HoldPlaced(start=command.start, until=command.until, by=actor, matter=scope)]


def _standing(state: State) -> Hold:
    if state.hold is None:
        raise IllegalStep("there is no hold", hint="place one first (PlaceHold)")
    if state.hold.released is not None:
        raise IllegalStep(f"the hold was released: {state.hold.released}")
    return state.hold


def _extend_hold(state: State, command: ask.ExtendHold, actor: str) -> list[happened.Event]:
    hold = _standing(state)
    if hold.extended:
        raise IllegalStep("the hold was extended already", hint="it can be extended once")
    if command.until <= hold.until:
        raise InvalidValue(f"{command.until} does not extend a hold until {hold.until}")
    return [happened.HoldExtended(until=command.until, by=actor)]


def _release_hold(state: State, command: ask.ReleaseHold, actor: str) -> list[happened.Event]:
    _standing(state)
    if not isinstance(command.reason, Release):
        raise InvalidValue(f"{command.reason!r} is no reason", hint=f"one of {', '.join(Release)}")
    return [happened.HoldReleased(reason=command.reason, by=actor)]


def _defer_notice(state: State, command: ask.DeferNotice, actor: str) -> list[happened.Event]:
    check_slug(command.ground, "ground")
    matter = written(command.note, "note", required=False)
    return [happened.NoticeDeferred(ground=command.ground, until=command.until, by=actor, matter=matter)]


def _record_notice(state: State, command: ask.RecordNotice, actor: str) -> list[happened.Event]:
    if not isinstance(command.who, Teller):
        raise InvalidValue(f"{command.who!r} cannot tell", hint=f"one of {', '.join(Teller)}")
    if command.who is Teller.PROVIDER and state.notice.forbidden_on(command.on):
        raise IllegalStep("a non-disclosure order forbids telling anyone", hint="wait for its end (EndOrder)")
    if command.who is Teller.PROVIDER and state.suspected_by:
        raise IllegalStep("the request is suspected to be forged; there is nothing to tell of it yet")
    matter = written(command.note, "note", required=False)
    return [happened.NoticeRecorded(who=command.who, on=command.on, by=actor, matter=matter)]


def _impose_order(state: State, command: ask.ImposeOrder, actor: str) -> list[happened.Event]:
    matter = written(command.note, "note", required=False)
    return [happened.OrderImposed(until=command.until, by=actor, matter=matter)]


def _end_order(state: State, command: ask.EndOrder, actor: str) -> list[happened.Event]:
    if not state.notice.ordered:
        raise IllegalStep("there is no non-disclosure order")
    return [happened.OrderEnded(by=actor)]


def _ready(state: State, stage: int) -> None:
    """Raise IllegalStep unless something was handed over in that stage and can still be fetched."""
    if type(stage) is not int or not 1 <= stage <= state.stages:
        raise IllegalStep(f"nothing was handed over in stage {stage}", hint=f"stages so far: {state.stages}")
    if stage in state.expired:
        raise IllegalStep(f"what was handed over in stage {stage} can be fetched no more")


def _fetch(state: State, command: ask.Fetch, actor: str) -> list[happened.Event]:
    _ready(state, command.stage)
    if state.suspected_by or state.sender is Sender.DENIED:
        raise IllegalStep("the request is denied or suspected to be forged; nothing more is handed out")
    return [happened.Fetched(stage=command.stage, check=Check({"official": actor}))]


def _expire(state: State, command: ask.Expire, actor: str) -> list[happened.Event]:
    _ready(state, command.stage)
    return [happened.Expired(stage=command.stage, by=actor)]


DECIDERS: dict[type, Callable[..., list[happened.Event]]] = {
    ask.PlaceHold: _place_hold,
    ask.ExtendHold: _extend_hold,
    ask.ReleaseHold: _release_hold,
    ask.DeferNotice: _defer_notice,
    ask.RecordNotice: _record_notice,
    ask.ImposeOrder: _impose_order,
    ask.EndOrder: _end_order,
    ask.Fetch: _fetch,
    ask.Expire: _expire,
}


def _placed(state: State, event: happened.HoldPlaced) -> State:
    return replace(state, hold=Hold(event.start, event.until))


def _extended(state: State, event: happened.HoldExtended) -> State:
    return replace(state, hold=replace(_standing(state), until=event.until, extended=True))


def _released(state: State, event: happened.HoldReleased) -> State:
    return replace(state, hold=replace(_standing(state), released=event.reason))


def _deferred(state: State, event: happened.NoticeDeferred) -> State:
    deferrals = (*state.notice.deferrals, (event.ground, event.until))
    return replace(state, notice=replace(state.notice, deferrals=deferrals))


def _told(state: State, event: happened.NoticeRecorded) -> State:
    told = (*state.notice.told, (event.who, event.on))
    return replace(state, notice=replace(state.notice, told=told))


def _ordered(state: State, event: happened.OrderImposed) -> State:
    return replace(state, notice=replace(state.notice, ordered=True, order_until=event.until))


def _order_ended(state: State, event: happened.OrderEnded) -> State:
    return replace(state, notice=replace(state.notice, ordered=False, order_until=None))


def _fetched(state: State, event: happened.Fetched) -> State:
    return replace(state, fetched=(*state.fetched, event.stage))


def _expired(state: State, event: happened.Expired) -> State:
    return replace(state, expired=(*state.expired, event.stage))


EVOLVERS: dict[type, Callable[..., State]] = {
    happened.HoldPlaced: _placed,
    happened.HoldExtended: _extended,
    happened.HoldReleased: _released,
    happened.NoticeDeferred: _deferred,
    happened.NoticeRecorded: _told,
    happened.OrderImposed: _ordered,
    happened.OrderEnded: _order_ended,
    happened.Fetched: _fetched,
    happened.Expired: _expired,
}
