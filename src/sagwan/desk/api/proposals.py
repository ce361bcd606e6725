"""Proposals as bodies and answers: a decision, a follow-up or a correction, and what adds up to it."""

from typing import Annotated, Literal

from pydantic import Field, StrictInt

from sagwan.desk.api.shapes import Body, Count, Day, OneOf, Shown, SlugOrNone, Target, Text
from sagwan.record import commands as ask
from sagwan.record import request as record
from sagwan.record.disposition import Disposition
from sagwan.record.events import Correction, Decision, FollowUp
from sagwan.record.request import MAX_TARGETS
from sagwan.record.state import State
from sagwan.record.vocabulary import DataCategory, Grant, Mark, Outcome

Data = Annotated[list[Annotated[str, OneOf(DataCategory)]], Field(max_length=4)]
Marks = Annotated[list[Annotated[str, OneOf(Mark)]], Field(max_length=7)]
Targets = Annotated[list[Target], Field(max_length=MAX_TARGETS)]


class Share(Body):
    """What becomes of these data categories of these targets; `reason` where they are not disclosed."""

    grant: Annotated[str, OneOf(Grant)]
    data: Data
    targets: Targets
    reason: SlugOrNone = ""


class NewDecision(Body):
    """How the request shall end. With `dispositions` each category of each target is answered once, and the
    decision is what they add up to. `first` and `last` where fewer days are granted than were asked for."""

    type: Literal["decision"] = "decision"
    outcome: Annotated[str, OneOf(Outcome)]
    reason: SlugOrNone = ""
    data: Data = Field(default_factory=list)
    accounts: Count = 0
    marks: Marks = Field(default_factory=list)
    dispositions: Annotated[list[Share], Field(max_length=10_000)] = Field(default_factory=list)
    first: Day | None = None
    last: Day | None = None
    note: Text = ""


class NewFollowUp(Body):
    """More accounts named under a further request, after a first, blinded disclosure."""

    type: Literal["follow-up"]
    data: Data
    accounts: Count
    marks: Marks = Field(default_factory=list)
    targets: Targets = Field(default_factory=list)
    note: Text = ""


class NewCorrection(Body):
    """Better values for a sealed line; all values of the line anew."""

    type: Literal["correction"]
    line: Annotated[StrictInt, Field(ge=0, le=10**6)]
    outcome: Annotated[str, OneOf(Outcome, none=True)] = ""
    reason: SlugOrNone = ""
    data: Data = Field(default_factory=list)
    accounts: Count = 0
    marks: Marks = Field(default_factory=list)
    note: Text = ""


class Proposed(Shown):
    """A proposal as it stands. `approved`: a second person has said yes."""

    type: str
    approved: bool
    by: str
    line: int | None
    outcome: str
    reason: str
    data: list[str]
    accounts: int
    marks: list[str]


def command_of(body: NewDecision | NewFollowUp | NewCorrection) -> ask.Propose:
    """What the desk is asked; raise InvalidValue."""
    data = tuple(sorted({DataCategory(word) for word in body.data}))
    marks = tuple(sorted({Mark(word) for word in body.marks}))
    if isinstance(body, NewFollowUp):
        return ask.Propose(FollowUp(data, body.accounts, marks), body.note, _targets(body.targets))
    if isinstance(body, NewCorrection):
        outcome = Outcome(body.outcome) if body.outcome else None
        return ask.Propose(Correction(body.line, outcome, body.reason, data, body.accounts, marks), body.note)
    return ask.Propose(
        Decision(Outcome(body.outcome), body.reason, data, body.accounts, marks),
        body.note,
        dispositions=tuple(_disposition(share) for share in body.dispositions),
        period=(body.first, body.last) if body.first and body.last else None,
    )


def _disposition(share: Share) -> Disposition:
    data = tuple(sorted({DataCategory(word) for word in share.data}))
    return Disposition(Grant(share.grant), data, _targets(share.targets), share.reason)


def _targets(named: list[Target]) -> tuple[record.Target, ...]:
    return tuple(record.Target(one.kind, one.value) for one in named)


def proposed(state: State) -> Proposed | None:
    """What waits for a second person; else what was decided last; None before both."""
    found = state.pending or state.decision
    if found is None:
        return None
    kind = {Decision: "decision", FollowUp: "follow-up", Correction: "correction"}[type(found)]
    return Proposed(
        type=kind,
        approved=state.pending is None,
        by=state.proposed_by,
        line=found.line if isinstance(found, Correction) else None,
        outcome="" if isinstance(found, FollowUp) else found.outcome or "",
        reason="" if isinstance(found, FollowUp) else found.reason,
        data=list(found.data),
        accounts=found.accounts,
        marks=list(found.marks),
    )
