"""How the published totals fall on single requests: one life for each, drawn from the seed. Invented.

The totals are met by construction: outcomes and accounts are shared out, never drawn one by one.
"""

from dataclasses import dataclass
from enum import StrEnum

from sagwan.demo.draw import Draw, apportion
from sagwan.demo.model import Habits, RowKey, Scenario, Totals
from sagwan.record.vocabulary import DataCategory, Mark, Outcome

DEFECTIVE = "document-defective"
NARROWED = "scope-narrowed"
EXPIRED = "partly-expired"


class Move(StrEnum):
    """What is done with a request, step by step; all but the first have a lag in the scenario."""

    RECEIVE = "receive"
    REVIEW = "review"
    ASK = "ask"
    ANSWER = "answer"
    PROPOSE_TOO_MUCH = "propose-too-much"
    SEND_BACK = "send-back"
    PROPOSE = "propose"
    APPROVE = "approve"
    DISCLOSE = "disclose"
    RESOLVE = "resolve"
    WITHDRAW = "withdraw"
    FOLLOW_UP = "follow-up"
    APPROVE_FOLLOW_UP = "approve-follow-up"


@dataclass(frozen=True, slots=True)
class Life:
    """One request from end to end, without its dates and names.

    `asked` and `disclosed` count accounts, `handed` is the data that went out, in `stages` stages;
    `follow_up` is how many accounts were named afterwards (0: none).
    """

    service: str
    instrument: str
    outcome: Outcome
    reason: str
    data: tuple[DataCategory, ...]
    handed: tuple[DataCategory, ...]
    asked: int
    disclosed: int
    stages: int
    marks: tuple[Mark, ...]
    clarified: bool
    sent_back: bool
    follow_up: int = 0

    @property
    def emergency(self) -> bool:
        return Mark.EMERGENCY in self.marks

    def moves(self) -> tuple[Move, ...]:
        """The steps of the life in their order."""
        asking = (Move.ASK, Move.ANSWER) if self.clarified else ()
        if self.outcome is Outcome.WITHDRAWN:
            return (Move.RECEIVE, Move.REVIEW, *asking[:1], Move.WITHDRAW)
        wide = (Move.PROPOSE_TOO_MUCH, Move.SEND_BACK) if self.sent_back else ()
        later = (Move.FOLLOW_UP, Move.APPROVE_FOLLOW_UP) if self.follow_up else ()
        return (
            *(Move.RECEIVE, Move.REVIEW, *asking, *wide, Move.PROPOSE, Move.APPROVE),
            *([Move.DISCLOSE] * self.stages),
            *(Move.RESOLVE, *later),
        )


def lives(scenario: Scenario, row: RowKey) -> list[Life]:
    """The lives of one service's requests under one instrument; they add up to the published totals."""
    totals, habits = scenario.published[row], scenario.habits[row[1]]
    draw = Draw(scenario.seed, "lives", *row)
    endings = _processed(totals, habits, draw) + _not_processed(totals, habits, draw)
    follow_ups = _follow_ups(scenario, row)
    found = []
    for number, (outcome, reason, asked, disclosed) in enumerate(endings):
        named = follow_ups[number] if number < len(follow_ups) else None
        found.append(_life(row, habits, draw, outcome, reason, asked, disclosed, named))
    return draw.shuffled(found)


_End = tuple[Outcome, str, int, int]


def _processed(totals: Totals, habits: Habits, draw: Draw) -> list[_End]:
    """Outcome, reason, accounts asked and disclosed of those complied with, in full or in part."""
    weights = [draw.tail_weight(habits.heavy_tail) for _ in range(totals.processed)]
    disclosed = [1 + more for more in apportion(totals.accounts - totals.processed, weights)]
    shares = [share for _, share in habits.partial]
    counts = apportion(totals.processed, [*shares, 1 - sum(shares)])
    reasons = [
        reason for (reason, _), count in zip(habits.partial, counts, strict=False) for _ in range(count)
    ]
    ends: list[_End] = []
    for number, accounts in enumerate(disclosed):
        if number < len(reasons):
            more = draw.between(1, max(1, accounts // 2))
            ends.append((Outcome.PARTIAL, reasons[number], accounts + more, accounts))
        else:
            ends.append((Outcome.COMPLIED, "", accounts, accounts))
    return ends


def _not_processed(totals: Totals, habits: Habits, draw: Draw) -> list[_End]:
    number = totals.requested - totals.processed
    counts = apportion(number, [ending.share for ending in habits.not_processed])
    return [
        (ending.outcome, ending.reason, int(draw.tail_weight(habits.asked_up_to)), 0)
        for ending, count in zip(habits.not_processed, counts, strict=True)
        for _ in range(count)
    ]


def _follow_ups(scenario: Scenario, row: RowKey) -> tuple[int, ...]:
    """For each of the blinded requests, how many accounts its follow-up names (0: none)."""
    blinded = scenario.blinded.get(row)
    if blinded is None:
        return ()
    return (*blinded.follow_ups, *[0] * (blinded.requests - len(blinded.follow_ups)))


def _life(
    row: RowKey,
    habits: Habits,
    draw: Draw,
    outcome: Outcome,
    reason: str,
    asked: int,
    disclosed: int,
    named: int | None,
) -> Life:
    data = draw.weighted(habits.data, [each.weight for each in habits.data]).categories
    emergency = draw.chance(habits.emergency) and outcome is not Outcome.WITHDRAWN and reason != DEFECTIVE
    staged = draw.chance(habits.staged) and disclosed > 1
    asks = reason == DEFECTIVE or draw.chance(habits.clarified)
    sent_back = draw.chance(habits.sent_back) and reason == NARROWED
    marks = {
        Mark.BLINDED: named is not None,
        Mark.EMERGENCY: emergency,
        Mark.NARROWED: reason == NARROWED,
        Mark.VOLUNTARY: habits.voluntary,
    }
    return Life(
        *row,
        outcome,
        reason,
        data,
        _handed(data, outcome, reason),
        asked,
        disclosed,
        stages=(2 if staged else 1) if outcome.discloses else 0,
        marks=tuple(mark for mark in Mark if marks.get(mark)),
        clarified=asks and not emergency,
        sent_back=sent_back and not emergency,
        follow_up=named or 0,
    )


def _handed(data: tuple[DataCategory, ...], outcome: Outcome, reason: str) -> tuple[DataCategory, ...]:
    """The data that goes out; content is what expires first."""
    if not outcome.discloses:
        return ()
    kept = tuple(each for each in data if each is not DataCategory.CONTENT)
    return kept if reason == EXPIRED and kept else data
