"""How far a request has come: its state, and the instants that clocks and counts need besides."""

from dataclasses import dataclass, replace
from datetime import datetime

from sagwan.law.clocks import Pause
from sagwan.record.events import (
    ClarificationAnswered,
    ClarificationAsked,
    Disclosed,
    Event,
    MessageSent,
    Resolved,
    Withdrawn,
)
from sagwan.record.lifecycle import evolve
from sagwan.record.state import State


@dataclass(frozen=True, slots=True)
class Progress:
    """A request's state with what a case needs besides: instants, who filed it, the number of events.

    `first_answer_at`: the provider first asked, wrote, handed over or resolved. `disclosed_at`: data first
    went out. `pauses`: while an answer was waited for.
    """

    state: State
    seq: int
    received_at: datetime
    changed_at: datetime
    filed_by: str = ""
    resolved_at: datetime | None = None
    first_answer_at: datetime | None = None
    disclosed_at: datetime | None = None
    pauses: tuple[Pause, ...] = ()

    @property
    def findings(self) -> tuple[str, ...]:
        return self.state.findings


def advance(progress: Progress | None, event: Event, at: datetime, actor: str) -> Progress:
    """The progress after one more event, which `actor` brought about."""
    if progress is None:
        return Progress(evolve(None, event), 1, at, at, actor)
    answers = isinstance(event, ClarificationAsked | MessageSent | Disclosed | Resolved)
    return replace(
        progress,
        state=evolve(progress.state, event),
        seq=progress.seq + 1,
        changed_at=at,
        resolved_at=at if isinstance(event, Resolved | Withdrawn) else progress.resolved_at,
        first_answer_at=progress.first_answer_at or (at if answers else None),
        disclosed_at=progress.disclosed_at or (at if isinstance(event, Disclosed) else None),
        pauses=_pauses(progress.pauses, event, at),
    )


def _pauses(pauses: tuple[Pause, ...], event: Event, at: datetime) -> tuple[Pause, ...]:
    if isinstance(event, ClarificationAsked):
        return (*pauses, Pause(at, None))
    if isinstance(event, ClarificationAnswered | Withdrawn) and pauses and pauses[-1].end is None:
        return (*pauses[:-1], Pause(pauses[-1].begin, at))
    return pauses
