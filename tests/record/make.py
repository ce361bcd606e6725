"""Small requests, and short ways to a stage of their lives."""

from typing import Any

from sagwan.record import commands as ask
from sagwan.record.events import Correction, Decision, Event, FollowUp
from sagwan.record.lifecycle import decide, evolve
from sagwan.record.request import Filing, Target
from sagwan.record.state import Stage, State
from sagwan.record.vocabulary import DataCategory, Mark, Outcome

ACCESS, CONTENT, SUBSCRIBER = DataCategory.ACCESS, DataCategory.CONTENT, DataCategory.SUBSCRIBER


def accounts(*names: str) -> tuple[Target, ...]:
    return tuple(Target("account", name) for name in names)


def filing(**changes: Any) -> Filing:
    values: dict[str, Any] = {
        "service": "kakao",
        "jurisdiction": "KR",
        "instrument": "search-and-seizure-warrant",
        "data": (ACCESS, CONTENT),
        "accounts": 3,
        "authority": "가상경찰서",
        "case_number": "가상-1",
        "officials": ("경위 가상",),
        "targets": accounts("a", "b", "c"),
        "paper": {"issuer": "judicial-police"},
        "text": "첫 줄\n둘째 줄",
    }
    return Filing(**{**values, **changes})


RECEIVE = ask.Receive(filing(), pack="0" * 64, synthetic=True)
ALL = Decision(Outcome.COMPLIED, "", (ACCESS, CONTENT), 3)
PART = Decision(Outcome.PARTIAL, "scope-narrowed", (ACCESS,), 2, (Mark.NARROWED,))
NONE = Decision(Outcome.NO_DATA, "retention-expired")
NAMED = FollowUp((CONTENT,), 2, (Mark.NOTIFIED,))

Step = tuple[str, ask.Command]

REVIEWED: list[Step] = [("intake", RECEIVE), ("kim", ask.StartReview())]
WAY: dict[Stage, list[Step]] = {
    Stage.RECEIVED: REVIEWED[:1],
    Stage.UNDER_REVIEW: REVIEWED,
    Stage.CLARIFICATION_ASKED: [*REVIEWED, ("kim", ask.AskClarification("무엇을?"))],
    Stage.DECISION_PROPOSED: [*REVIEWED, ("kim", ask.Propose(ALL))],
    Stage.APPROVED: [*REVIEWED, ("kim", ask.Propose(ALL)), ("lee", ask.Approve())],
}
WAY[Stage.DISCLOSED] = [
    *WAY[Stage.APPROVED],
    ("kim", ask.Disclose((ACCESS, CONTENT), 3, accounts("a", "b", "c"))),
]
WAY[Stage.RESOLVED] = [*WAY[Stage.DISCLOSED], ("kim", ask.Resolve())]
WAY[Stage.WITHDRAWN] = [*REVIEWED, ("intake", ask.Withdraw("withdrawn-by-authority"))]

COMMANDS: dict[str, ask.Command] = {
    "StartReview": ask.StartReview(),
    "AskClarification": ask.AskClarification("무엇을?"),
    "AnswerClarification": ask.AnswerClarification("이것을."),
    "Propose": ask.Propose(ALL),
    "Approve": ask.Approve(),
    "SendBack": ask.SendBack("줄이십시오."),
    "Disclose": ask.Disclose((ACCESS,), 0),
    "Resolve": ask.Resolve(),
    "Withdraw": ask.Withdraw("withdrawn-by-authority"),
}
"""One command of each kind, sound wherever its stage takes it (but see `fitting`)."""


def fitting(stage: Stage, name: str) -> ask.Command:
    """The command of that name that a stage which takes it can carry out."""
    if name == "Propose" and stage in (Stage.RESOLVED, Stage.WITHDRAWN):
        return ask.Propose(Correction(0, None, data=(ACCESS,), accounts=2))
    return COMMANDS[name]


def play(*steps: Step, state: State | None = None) -> tuple[State, list[Event]]:
    """Carry the steps out, from nothing or from `state`; the state reached and the events brought."""
    history: list[Event] = []
    for actor, command in steps:
        for event in decide(state, command, actor=actor):
            state = evolve(state, event)
            history.append(event)
    assert state is not None
    return state, history


def at(stage: Stage) -> State:
    state, _ = play(*WAY[stage])
    assert state.stage is stage
    return state


def decided(decision: Decision) -> list[Step]:
    """From receipt to the approved decision."""
    return [*REVIEWED, ("kim", ask.Propose(decision)), ("lee", ask.Approve())]
