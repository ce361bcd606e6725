"""The commands of a case: what each of its moves asks of the lifecycle."""

from sagwan.demo.cases import Case
from sagwan.demo.filing import accounts, filing
from sagwan.demo.lives import Life, Move
from sagwan.demo.model import Scenario
from sagwan.record import commands as ask
from sagwan.record.events import Decision, FollowUp
from sagwan.record.vocabulary import Mark, Outcome

_TOO_MUCH = frozenset({Mark.NARROWED})


def command(scenario: Scenario, case: Case, place: int) -> ask.Command:
    """The command of the case's move number `place` (from 0)."""
    life, texts = case.life, scenario.texts
    match case.moves[place]:
        case Move.RECEIVE:
            return _receive(scenario, case)
        case Move.REVIEW:
            return ask.StartReview()
        case Move.ASK:
            return ask.AskClarification(texts["question"])
        case Move.ANSWER:
            return ask.AnswerClarification(texts["answer"])
        case Move.PROPOSE_TOO_MUCH:
            return ask.Propose(_all_of_it(life), texts["too-much"])
        case Move.SEND_BACK:
            return ask.SendBack(texts["send-back"])
        case Move.PROPOSE:
            return ask.Propose(_decision(life))
        case Move.APPROVE | Move.APPROVE_FOLLOW_UP:
            return ask.Approve()
        case Move.DISCLOSE:
            return _disclose(scenario, case, stage=case.moves[:place].count(Move.DISCLOSE) + 1)
        case Move.RESOLVE:
            return ask.Resolve()
        case Move.WITHDRAW:
            return ask.Withdraw(life.reason)
        case Move.FOLLOW_UP:
            return _follow_up(scenario, case)


def _receive(scenario: Scenario, case: Case) -> ask.Receive:
    day = case.times[0].date()
    return ask.Receive(
        filing(scenario, case.life, case.number, case.first, day),
        pack="",
        voluntary=Mark.VOLUNTARY in case.life.marks,
        synthetic=True,
    )


def _decision(life: Life) -> Decision:
    return Decision(life.outcome, life.reason, life.handed, life.disclosed, life.marks)


def _all_of_it(life: Life) -> Decision:
    """The proposal that a second pair of eyes turns back: everything that was asked for."""
    marks = tuple(mark for mark in life.marks if mark not in _TOO_MUCH)
    return Decision(Outcome.COMPLIED, "", life.data, life.asked, marks)


def _disclose(scenario: Scenario, case: Case, stage: int) -> ask.Disclose:
    """All at once, or the first half and then the rest."""
    life = case.life
    half = life.disclosed // life.stages
    start, end = ((stage - 1) * half, life.disclosed if stage == life.stages else stage * half)
    handed = accounts(scenario, life.service, case.first + start, end - start)
    return ask.Disclose(life.handed, end - start, handed)


def _follow_up(scenario: Scenario, case: Case) -> ask.Propose:
    life = case.life
    named = accounts(scenario, life.service, case.first + life.asked, life.follow_up)
    return ask.Propose(FollowUp(life.handed, life.follow_up), targets=named)
