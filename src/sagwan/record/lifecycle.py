"""The life of a request: `decide` turns a command into events, `evolve` turns events into a state.

received → under-review ⇄ clarification-asked
           under-review → decision-proposed → approved → disclosed (in stages) → resolved
           decision-proposed, approved, disclosed → under-review (sent back); what went out stays counted,
           and the next decision must cover it
           before any disclosure → withdrawn
resolved → follow-ups and corrections, each proposed by one person and approved by another

What is done besides (notes, call-backs, holds, …) moves no stage: `handling` and `custody`. What must be so
before anything goes out: `guards`.
"""

import re
from collections.abc import Callable

from sagwan.record import commands as ask
from sagwan.record import custody, handling
from sagwan.record import events as happened
from sagwan.record.errors import IllegalStep, InvalidValue
from sagwan.record.evolve import evolve, replay
from sagwan.record.guards import check_decided, check_going_out
from sagwan.record.private import Ledger
from sagwan.record.proposals import (
    check_correction,
    check_covers,
    check_decision,
    check_disposed,
    check_follow_up,
    check_granted,
    check_named,
)
from sagwan.record.request import check_count, check_slug, check_words
from sagwan.record.state import Stage, State
from sagwan.record.vocabulary import DataCategory, Mark, Outcome, Sender
from sagwan.record.words import matter, written

__all__ = ["ALLOWED", "ALWAYS", "WHILE_OPEN", "IllegalStep", "decide", "evolve", "replay"]

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
WHILE_OPEN = handling.WHILE_OPEN + custody.WHILE_OPEN
"""Taken besides at every stage but `resolved` and `withdrawn`."""
ALWAYS = handling.ALWAYS + custody.ALWAYS
"""Taken besides at every stage."""


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
    if name not in _allowed(state) and not _besides(state, name):
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


def _besides(state: State, name: str) -> bool:
    """Is it one of the commands that move no stage, and possible now?"""
    return name in ALWAYS or (name in WHILE_OPEN and not state.stage.is_over)


def _receive(command: ask.Receive) -> list[happened.Event]:
    filing = command.filing
    if command.sender is Sender.DENIED:
        raise InvalidValue("a request does not come in denied", hint="take it in unconfirmed, then call back")
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
            findings=tuple(dict.fromkeys((*command.findings, *command.sender_findings))),
            synthetic=command.synthetic,
            sender=command.sender,
            blocking=tuple(dict.fromkeys((*command.blocking, *command.sender_blocking))),
            discloses=command.discloses,
            ledger=Ledger(filing.authority, filing.case_number, filing.officials, filing.paper),
            matter=matter(filing.targets, filing.text, filing.documents),
        )
    ]


def _start_review(state: State, command: ask.StartReview, actor: str) -> list[happened.Event]:
    return [happened.ReviewStarted(by=actor)]


def _ask(state: State, command: ask.AskClarification, actor: str) -> list[happened.Event]:
    return [happened.ClarificationAsked(by=actor, matter=written(command.text, "question"))]


def _answer(state: State, command: ask.AnswerClarification, actor: str) -> list[happened.Event]:
    return [happened.ClarificationAnswered(matter=written(command.text, "answer"))]


def _propose(state: State, command: ask.Propose, actor: str) -> list[happened.Event]:
    proposal = command.proposal
    if isinstance(proposal, happened.Decision):
        if state.stage.is_over:
            raise IllegalStep(f"the request is {state.stage}; a decision can only be corrected")
        check_decision(proposal)
        check_covers(state, proposal)
        check_decided(state, proposal)
        check_disposed(state, proposal, command.dispositions, command.period)
    elif command.dispositions or command.period:
        raise InvalidValue("dispositions and a period go with a decision, not a follow-up or a correction")
    elif isinstance(proposal, happened.FollowUp):
        check_follow_up(state, proposal)
        check_named(command.targets, proposal.accounts)
    else:
        check_correction(state, proposal)
    note = written(command.note, "note", required=False)
    text = note.text if note else ""
    parts = matter(command.targets, text, dispositions=command.dispositions, period=command.period)
    return [happened.Proposed(proposal, by=actor, matter=parts)]


def _approve(state: State, command: ask.Approve, actor: str) -> list[happened.Event]:
    if actor == state.proposed_by:
        raise IllegalStep(
            f"{actor} proposed this and cannot approve it", hint="a second person must approve (four eyes)"
        )
    approved = happened.Approved(by=actor, matter=written(command.note, "note", required=False))
    match state.pending:
        case happened.Decision() as decision:
            check_decided(state, decision)
            if decision.outcome.discloses and not state.suspected_by:
                check_going_out(state)
        case happened.FollowUp(data, accounts, marks):
            check_going_out(state)
            named = matter(state.pending_targets)
            return [approved, happened.FollowedUp(data, accounts, marks, by=actor, matter=named)]
        case happened.Correction():
            return [approved, happened.Corrected(state.pending, by=actor)]
    return [approved]


def _send_back(state: State, command: ask.SendBack, actor: str) -> list[happened.Event]:
    return [happened.SentBack(by=actor, matter=written(command.note, "reason for sending back"))]


def _disclose(state: State, command: ask.Disclose, actor: str) -> list[happened.Event]:
    decision = state.decision
    if decision is None or not decision.outcome.discloses:
        raise IllegalStep("the approved decision discloses nothing", hint="resolve the request instead")
    if not state.discloses:
        raise IllegalStep("nothing is handed over under this instrument", hint="place a hold, then resolve")
    check_going_out(state)
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
    check_granted(state, command.targets, command.data)
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
            matter=matter(command.targets),
        )
    ]


def _resolve(state: State, command: ask.Resolve, actor: str) -> list[happened.Event]:
    decision = state.decision
    if decision is None:
        raise IllegalStep("nothing was decided yet", hint="propose a decision and have it approved")
    check_decided(state, decision)
    if decision.outcome.discloses:
        _check_done(state, decision)
    return [
        happened.Resolved(
            outcome=decision.outcome,
            reason=decision.reason,
            data=state.disclosed_data if state.discloses else decision.data,
            accounts=state.disclosed_accounts,
            marks=tuple(sorted({*decision.marks, *_facts(state)})),
            by=actor,
        )
    ]


def _check_done(state: State, decision: happened.Decision) -> None:
    """Raise IllegalStep where what was decided has not been done."""
    if not state.discloses:
        if state.hold is None:
            raise IllegalStep("nothing is held yet", hint="place the hold (PlaceHold), then resolve")
        return
    if state.stage is not Stage.DISCLOSED:
        raise IllegalStep(f"the decision is {decision.outcome}, but nothing was disclosed yet")
    if decision.outcome is Outcome.COMPLIED and (
        state.disclosed_accounts < decision.accounts or set(state.disclosed_data) != set(decision.data)
    ):
        raise IllegalStep(
            f"{state.disclosed_accounts:,} of {decision.accounts:,} approved accounts were disclosed",
            hint="disclose the rest; complied means all of it",
        )


def _facts(state: State) -> list[Mark]:
    """Marks that are facts by now, not decisions: the person was told, or telling was put off."""
    if state.notice.told:
        return [Mark.NOTIFIED]
    return [Mark.NOTICE_DEFERRED] if state.notice.deferrals else []


def _withdraw(state: State, command: ask.Withdraw, actor: str) -> list[happened.Event]:
    check_slug(command.reason, "reason")
    if state.suspected_by:
        raise IllegalStep(
            "the request is suspected to be forged; a withdrawal would hide it from the counts",
            hint="refuse it as suspected-forgery, or have the suspicion cleared first",
        )
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
    **handling.DECIDERS,
    **custody.DECIDERS,
}
