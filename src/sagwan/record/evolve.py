"""From events to the state they add up to; nothing is refused here, since events have happened."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from sagwan.record import custody, handling
from sagwan.record import events as happened
from sagwan.record.errors import IllegalStep
from sagwan.record.state import SealedLine, Stage, State
from sagwan.record.vocabulary import LineKind, Outcome


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
            discloses=event.discloses,
            findings=event.findings,
            blocking=event.blocking,
            sender=event.sender,
        )
    if state is None:
        raise IllegalStep(f"{type(event).__name__} without a request")
    return _EVOLVERS[type(event)](state, event)


def _review_started(state: State, event: happened.ReviewStarted) -> State:
    return replace(state, stage=Stage.UNDER_REVIEW)


def _clarification_asked(state: State, event: happened.ClarificationAsked) -> State:
    return replace(state, stage=Stage.CLARIFICATION_ASKED)


def _clarification_answered(state: State, event: happened.ClarificationAnswered) -> State:
    return replace(state, stage=Stage.UNDER_REVIEW)


def _proposed(state: State, event: happened.Proposed) -> State:
    decides = isinstance(event.proposal, happened.Decision)
    dispositions = event.matter.dispositions if event.matter else ()
    return replace(
        state,
        stage=Stage.DECISION_PROPOSED if decides else state.stage,
        pending=event.proposal,
        proposed_by=event.by,
        pending_targets=event.matter.targets if event.matter else (),
        dispositions=dispositions if decides else state.dispositions,
        period=(event.matter.period if event.matter else None) if decides else state.period,
    )


def _approved(state: State, event: happened.Approved) -> State:
    settled = replace(state, pending=None, proposed_by="")
    if isinstance(state.pending, happened.Decision):
        stage = Stage.DISCLOSED if state.stages else Stage.APPROVED
        return replace(settled, stage=stage, decision=state.pending)
    return settled


def _sent_back(state: State, event: happened.SentBack) -> State:
    decides = state.stage in (Stage.DECISION_PROPOSED, Stage.APPROVED, Stage.DISCLOSED)
    return replace(
        state,
        stage=Stage.UNDER_REVIEW if decides else state.stage,
        pending=None,
        proposed_by="",
        pending_targets=(),
        dispositions=() if decides else state.dispositions,
        period=None if decides else state.period,
    )


def _disclosed(state: State, event: happened.Disclosed) -> State:
    targets = event.matter.targets if event.matter else ()
    return replace(
        state,
        stage=Stage.DISCLOSED,
        stages=event.stage,
        disclosed_data=tuple(sorted({*state.disclosed_data, *event.data})),
        disclosed_accounts=state.disclosed_accounts + event.accounts,
        disclosed_targets=state.disclosed_targets + targets,
    )


def _resolved(state: State, event: happened.Resolved) -> State:
    line = SealedLine(LineKind.RESOLVED, event.outcome, event.reason, event.data, event.accounts, event.marks)
    return replace(state, stage=Stage.RESOLVED, lines=(*state.lines, line))


def _withdrawn(state: State, event: happened.Withdrawn) -> State:
    line = SealedLine(LineKind.RESOLVED, Outcome.WITHDRAWN, event.reason, (), 0, ())
    return replace(state, stage=Stage.WITHDRAWN, pending=None, proposed_by="", lines=(*state.lines, line))


def _followed_up(state: State, event: happened.FollowedUp) -> State:
    line = SealedLine(LineKind.FOLLOW_UP, None, "", event.data, event.accounts, event.marks)
    return replace(state, lines=(*state.lines, line))


def _corrected(state: State, event: happened.Corrected) -> State:
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


_EVOLVERS: dict[type, Callable[..., State]] = {
    happened.ReviewStarted: _review_started,
    happened.ClarificationAsked: _clarification_asked,
    happened.ClarificationAnswered: _clarification_answered,
    happened.Proposed: _proposed,
    happened.Approved: _approved,
    happened.SentBack: _sent_back,
    happened.Disclosed: _disclosed,
    happened.Resolved: _resolved,
    happened.Withdrawn: _withdrawn,
    happened.FollowedUp: _followed_up,
    happened.Corrected: _corrected,
    **handling.EVOLVERS,
    **custody.EVOLVERS,
}
