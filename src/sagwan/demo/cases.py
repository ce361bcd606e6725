"""The requests of one provider: each life with its number, its dates, its accounts and its people."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sagwan.demo.draw import Draw
from sagwan.demo.lives import Life, Move, lives
from sagwan.demo.model import Provider, Scenario
from sagwan.demo.schedule import times

_BY_REVIEWER = frozenset(
    {Move.REVIEW, Move.ASK, Move.PROPOSE_TOO_MUCH, Move.PROPOSE, Move.DISCLOSE, Move.RESOLVE, Move.FOLLOW_UP}
)
_BY_APPROVER = frozenset({Move.APPROVE, Move.SEND_BACK, Move.APPROVE_FOLLOW_UP})


@dataclass(frozen=True, slots=True)
class Case:
    """Request `number` (from 1, by arrival) of a provider.

    `first` numbers its first account within its service; the accounts asked for come first, those named by a
    follow-up after them. `times[i]` is the instant of `moves[i]`. The people are keys; `approver` is never
    `reviewer`.
    """

    number: int
    life: Life
    moves: tuple[Move, ...]
    times: tuple[datetime, ...]
    first: int
    intake: str
    reviewer: str
    approver: str

    def actor(self, move: Move) -> str:
        """Who takes the step."""
        if move in _BY_APPROVER:
            return self.approver
        return self.reviewer if move in _BY_REVIEWER else self.intake


def cases(scenario: Scenario, provider: Provider) -> list[Case]:
    """All requests of the half-year in the order of arrival."""
    dated: list[tuple[tuple[datetime, ...], int, Life]] = []
    for row in scenario.rows(provider.slug):
        draw = Draw(scenario.seed, "times", *row)
        for life in lives(scenario, row):
            dated.append((times(scenario, life, draw), len(dated), life))
    dated.sort(key=lambda entry: (entry[0][0], entry[1]))
    draw = Draw(scenario.seed, "people", provider.slug)
    named: Counter[str] = Counter()
    found = []
    for number, (instants, _, life) in enumerate(dated, start=1):
        people = _people(provider, draw)
        found.append(Case(number, life, life.moves(), instants, named[life.service], *people))
        named[life.service] += life.asked + life.follow_up
    return found


def _people(provider: Provider, draw: Draw) -> tuple[str, str, str]:
    """Intake, reviewer and approver; two different pairs of eyes."""
    reviewer = draw.one_of(provider.who("review"))
    approver = draw.one_of([person for person in provider.who("approve") if person != reviewer])
    return draw.one_of(provider.who("intake")).key, reviewer.key, approver.key
