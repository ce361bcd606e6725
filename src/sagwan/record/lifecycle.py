"""The life of a request: `decide` turns a command into events, `evolve` turns events into a state.

received → under-review ⇄ clarification-asked
           under-review → decision-proposed → approved → disclosed (in stages) → resolved
           decision-proposed, approved, disclosed → under-review (sent back); what went out stays counted,
           and the next decision must cover it
           before any disclosure → withdrawn
resolved → follow-ups and corrections, each proposed by one person and approved by another
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import singledispatch

from sagwan.record import commands as ask
from sagwan.record import events as happened
from sagwan.record.errors import IllegalStep, InvalidValue
from sagwan.record.private import Ledger, Matter
from sagwan.record.proposals import (
    check_correction,
    check_covers,
    check_decision,
    check_follow_up,
    check_named,
)
from sagwan.record.request import MAX_TEXT, Document, Target, check_count, check_slug, check_words, clean
from sagwan.record.state import SealedLine, Stage, State
from sagwan.record.vocabulary import DataCategory, LineKind, Mark, Outcome

__all__ = ["ALLOWED", "IllegalStep", "decide", "evolve", "replay"]

_SHA256 = re.compile(r"[0-9a-f]{64}\Z")

ALLOWED: dict[Stage, tuple[str, ...]] = {
    Stage.RECEIVED: ("StartReview", "Withdraw"),
    Stage.UNDER_REVIEW: ("AskClarification", "Propose", "Withdraw"),
    Stage.CLARIFICATION_ASKED: ("AnswerClarification", "Withdraw"),
    Stage.DECISION_PROPOSED: ("Approve", "SendBack", "Withdraw"),
    Stage.APPROVED: ("Disclose", "Resolve", "SendBack", "Withdraw"),
    Stage.DISCLOSED: ("Disclose", "Resolve", "SendBack"),
    Stage.RESOLVED: ("Propose",),
    Stage.WITHDRAWN: ("Propose",),
}
"""The commands that each stage takes; docs/reference/lifecycle.md prints this table. Once data went out, no
stage takes Withdraw."""


def decide(state: State | None, command: ask.Command, *, actor: str) -> list[happened.Event]:
    """The events that `command` by `actor` brings about, or IllegalStep / InvalidValue and nothing at all.

    `state` is None for a request that does not exist yet.
    """
    if state is None or isinstance(command, ask.Receive):
        if state is not None or not isinstance(command, ask.Receive):
            raise IllegalStep("no such request" if state is None else "the request was received already")
        return _receive(command)
    if not actor.strip():
        raise InvalidValue("nobody is named as the one who does this", hint="say who acts")
    name = type(command).__name__
    if name not in _allowed(state):
        raise IllegalStep(
            f"{name} is not possible while the request is {state.stage}",
            hint="possible now: " + ", ".join(_allowed(state)),
        )
    return _DECIDERS[type(command)](state, command, actor)


def _allowed(state: State) -> tuple[str, ...]:
    """What may be done now: the stage's commands, or, while a follow-up or correction waits, its answer."""
    if state.pending is not None and state.stage is not Stage.DECISION_PROPOSED:
        return ("Approve", "SendBack")
    if state.stages:
        return tuple(name for name in ALLOWED[state.stage] if name != "Withdraw")
    return ALLOWED[state.stage]


def _receive(command: ask.Receive) -> list[happened.Event]:
    filing = command.filing
    marks = [Mark.EMERGENCY] * filing.emergency + [Mark.VOLUNTARY] * command.voluntary
    return [
        happened.RequestReceived(
            service=filing.service,
            jurisdiction=filing.jurisdiction,
            instrument=filing.instrument,
            data=filing.data,
            accounts=filing.accounts,
            marks=tuple(marks),
            channel=filing.channel,
            pack=command.pack,
            findings=command.findings,
            synthetic=command.synthetic,
            ledger=Ledger(filing.authority, filing.case_number, filing.officials, filing.paper),
            matter=_matter(filing.targets, filing.text, filing.documents),
        )
    ]


def _matter(
    targets: tuple[Target, ...] = (), text: str = "", documents: tuple[Document, ...] = ()
) -> Matter | None:
    """The private matter, or None where there is none to keep."""
    return Matter(targets, text, documents) if targets or text or documents else None


def _start_review(state: State, command: ask.StartReview, actor: str) -> list[happened.Event]:
    return [happened.ReviewStarted(by=actor)]


def _ask(state: State, command: ask.AskClarification, actor: str) -> list[happened.Event]:
    text = clean(command.text, "question", longest=MAX_TEXT, lines=True)
    return [happened.ClarificationAsked(by=actor, matter=_matter(text=text))]


def _answer(state: State, command: ask.AnswerClarification, actor: str) -> list[happened.Event]:
    text = clean(command.text, "answer", longest=MAX_TEXT, lines=True)
    return [happened.ClarificationAnswered(matter=_matter(text=text))]


def _propose(state: State, command: ask.Propose, actor: str) -> list[happened.Event]:
    proposal = command.proposal
    over = state.stage in (Stage.RESOLVED, Stage.WITHDRAWN)
    if isinstance(proposal, happened.Decision):
        if over:
            raise IllegalStep(f"the request is {state.stage}; a decision can only be corrected")
        check_decision(proposal)
        check_covers(state, proposal)
    elif isinstance(proposal, happened.FollowUp):
        check_follow_up(state, proposal)
        check_named(command.targets, proposal.accounts)
    else:
        check_correction(state, proposal)
    note = clean(command.note, "note", longest=MAX_TEXT, required=False, lines=True)
    return [happened.Proposed(proposal, by=actor, matter=_matter(command.targets, note))]


def _approve(state: State, command: ask.Approve, actor: str) -> list[happened.Event]:
    if actor == state.proposed_by:
        raise IllegalStep(
            f"{actor} proposed this and cannot approve it", hint="a second person must approve (four eyes)"
        )
    note = clean(command.note, "note", longest=MAX_TEXT, required=False, lines=True)
    approved = happened.Approved(by=actor, matter=_matter(text=note))
    match state.pending:
        case happened.FollowUp(data, accounts, marks):
            matter = _matter(state.pending_targets)
            return [approved, happened.FollowedUp(data, accounts, marks, by=actor, matter=matter)]
        case happened.Correction():
            return [approved, happened.Corrected(state.pending, by=actor)]
    return [approved]


def _send_back(state: State, command: ask.SendBack, actor: str) -> list[happened.Event]:
    text = clean(command.note, "reason for sending back", longest=MAX_TEXT, lines=True)
    return [happened.SentBack(by=actor, matter=_matter(text=text))]


def _disclose(state: State, command: ask.Disclose, actor: str) -> list[happened.Event]:
    decision = state.decision
    if decision is None or not decision.outcome.discloses:
        raise IllegalStep("the approved decision discloses nothing", hint="resolve the request instead")
    check_words(command.data, DataCategory, "data categories")
    check_count(command.accounts, "accounts")
    if command.manifest and not _SHA256.match(command.manifest):
        raise InvalidValue(
            f"manifest {command.manifest!r} is not a SHA-256", hint="64 hex digits, or nothing"
        )
    outside = set(command.data) - set(decision.data)
    if outside or not command.data:
        what = ", ".join(sorted(outside)) or "no data category"
        raise IllegalStep(f"{what} was not approved", hint=f"approved: {', '.join(decision.data)}")
    total = state.disclosed_accounts + command.accounts
    if total > decision.accounts:
        raise IllegalStep(f"{total:,} accounts would be disclosed; {decision.accounts:,} were approved")
    check_named(command.targets, command.accounts)
    if state.disclosed_targets and not set(state.disclosed_targets).isdisjoint(command.targets):
        raise InvalidValue(
            "a target was disclosed in an earlier stage", hint="name and count each target once"
        )
    return [
        happened.Disclosed(
            stage=state.stages + 1,
            data=command.data,
            accounts=command.accounts,
            by=actor,
            manifest=command.manifest,
            matter=_matter(command.targets),
        )
    ]


def _resolve(state: State, command: ask.Resolve, actor: str) -> list[happened.Event]:
    decision = state.decision
    if decision is None:
        raise IllegalStep("nothing was decided yet", hint="propose a decision and have it approved")
    if decision.outcome.discloses and state.stage is not Stage.DISCLOSED:
        raise IllegalStep(f"the decision is {decision.outcome}, but nothing was disclosed yet")
    if decision.outcome is Outcome.COMPLIED and (
        state.disclosed_accounts < decision.accounts or set(state.disclosed_data) != set(decision.data)
    ):
        raise IllegalStep(
            f"{state.disclosed_accounts:,} of {decision.accounts:,} approved accounts were disclosed",
            hint="disclose the rest; complied means all of it",
        )
    return [
        happened.Resolved(
            outcome=decision.outcome,
            reason=decision.reason,
            data=state.disclosed_data,
            accounts=state.disclosed_accounts,
            marks=decision.marks,
            by=actor,
        )
    ]


def _withdraw(state: State, command: ask.Withdraw, actor: str) -> list[happened.Event]:
    check_slug(command.reason, "reason")
    return [happened.Withdrawn(reason=command.reason, by=actor)]


_DECIDERS: dict[type, Callable[..., list[happened.Event]]] = {
    ask.StartReview: _start_review,
    ask.AskClarification: _ask,
    ask.AnswerClarification: _answer,
    ask.Propose: _propose,
    ask.Approve: _approve,
    ask.SendBack: _send_back,
    ask.Disclose: _disclose,
    ask.Resolve: _resolve,
    ask.Withdraw: _withdraw,
}


def replay(history: Iterable[happened.Event]) -> State | None:
    """The state that a request's events, in order, add up to; None for no events."""
    state: State | None = None
    for event in history:
        state = evolve(state, event)
    return state


def evolve(state: State | None, event: happened.Event) -> State:
    """The state after `event`. Trusts events: they were decided when they were written."""
    if isinstance(event, happened.RequestReceived):
        received = SealedLine(LineKind.RECEIVED, None, "", event.data, event.accounts, event.marks)
        return State(
            stage=Stage.RECEIVED,
            service=event.service,
            jurisdiction=event.jurisdiction,
            instrument=event.instrument,
            pack=event.pack,
            synthetic=event.synthetic,
            lines=(received,),
            asked_targets=event.matter.targets if event.matter else (),
            documents=event.matter.documents if event.matter else (),
            ledger=event.ledger,
        )
    if state is None:
        raise IllegalStep(f"{type(event).__name__} without a request")
    return _evolve(event, state)


@singledispatch
def _evolve(event: happened.Event, state: State) -> State:
    raise IllegalStep(f"{type(event).__name__} is not an event of a request")


@_evolve.register
def _(event: happened.ReviewStarted, state: State) -> State:
    return replace(state, stage=Stage.UNDER_REVIEW)


@_evolve.register
def _(event: happened.ClarificationAsked, state: State) -> State:
    return replace(state, stage=Stage.CLARIFICATION_ASKED)


@_evolve.register
def _(event: happened.ClarificationAnswered, state: State) -> State:
    return replace(state, stage=Stage.UNDER_REVIEW)


@_evolve.register
def _(event: happened.Proposed, state: State) -> State:
    decides = isinstance(event.proposal, happened.Decision)
    return replace(
        state,
        stage=Stage.DECISION_PROPOSED if decides else state.stage,
        pending=event.proposal,
        proposed_by=event.by,
        pending_targets=event.matter.targets if event.matter else (),
    )


@_evolve.register
def _(event: happened.Approved, state: State) -> State:
    settled = replace(state, pending=None, proposed_by="")
    if isinstance(state.pending, happened.Decision):
        stage = Stage.DISCLOSED if state.stages else Stage.APPROVED
        return replace(settled, stage=stage, decision=state.pending)
    return settled


@_evolve.register
def _(event: happened.SentBack, state: State) -> State:
    decides = state.stage in (Stage.DECISION_PROPOSED, Stage.APPROVED, Stage.DISCLOSED)
    stage = Stage.UNDER_REVIEW if decides else state.stage
    return replace(state, stage=stage, pending=None, proposed_by="", pending_targets=())


@_evolve.register
def _(event: happened.Disclosed, state: State) -> State:
    targets = event.matter.targets if event.matter else ()
    return replace(
        state,
        stage=Stage.DISCLOSED,
        stages=event.stage,
        disclosed_data=tuple(sorted({*state.disclosed_data, *event.data})),
        disclosed_accounts=state.disclosed_accounts + event.accounts,
        disclosed_targets=state.disclosed_targets + targets,
    )


@_evolve.register
def _(event: happened.Resolved, state: State) -> State:
    line = SealedLine(LineKind.RESOLVED, event.outcome, event.reason, event.data, event.accounts, event.marks)
    return replace(state, stage=Stage.RESOLVED, lines=(*state.lines, line))


@_evolve.register
def _(event: happened.Withdrawn, state: State) -> State:
    line = SealedLine(LineKind.RESOLVED, Outcome.WITHDRAWN, event.reason, (), 0, ())
    return replace(state, stage=Stage.WITHDRAWN, pending=None, proposed_by="", lines=(*state.lines, line))


@_evolve.register
def _(event: happened.FollowedUp, state: State) -> State:
    line = SealedLine(LineKind.FOLLOW_UP, None, "", event.data, event.accounts, event.marks)
    return replace(state, lines=(*state.lines, line))


@_evolve.register
def _(event: happened.Corrected, state: State) -> State:
    correction = event.correction
    replaced = state.lines[correction.line]
    line = SealedLine(
        replaced.kind,
        correction.outcome,
        correction.reason,
        correction.data,
        correction.accounts,
        correction.marks,
        replaces=correction.line,
    )
    lines = list(state.lines)
    lines[correction.line] = replace(replaced, superseded=True)
    return replace(state, lines=(*lines, line))
