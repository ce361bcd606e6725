"""What letters are written from: one request's story, the law that it is judged under, the home's names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import TypeVar

from sagwan.desk.casework.queries import Story
from sagwan.desk.home import Home
from sagwan.desk.journal.queries import Stored
from sagwan.desk.letters import words
from sagwan.desk.letters.kinds import LetterNotPossible
from sagwan.law.in_force import InstrumentOnDay
from sagwan.law.model import Reason
from sagwan.law.pack import Pack
from sagwan.record.events import Approved, Decision, Disclosed, Event, Proposed
from sagwan.record.private import Ledger
from sagwan.record.state import State
from sagwan.record.vocabulary import DataCategory, Outcome

E = TypeVar("E", bound=Event)


@dataclass(frozen=True)
class Source:
    """`day` is the letter's date on the provider's calendar. `duties`, `missing` and `defects` are sentences
    already: what the authority owes with its due time, what the document lacks, and what a person confirmed
    to be wrong with it. `to_fetch`: by stage, until when its production can be fetched."""

    story: Story
    pack: Pack
    home: Home
    lang: str
    day: date
    preview: bool = False
    duties: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    defects: tuple[str, ...] = ()
    to_fetch: Mapping[int, datetime] = field(default_factory=dict)

    @property
    def state(self) -> State:
        return self.story.progress.state

    @property
    def ledger(self) -> Ledger:
        """Who asked; raise LetterNotPossible where its key is destroyed."""
        if self.state.ledger is None:
            raise LetterNotPossible(
                f"who filed {self.story.number} is not known any more: the ledger's key was destroyed"
            )
        return self.state.ledger

    @cached_property
    def received_on(self) -> date:
        return self.day_of(self.story.progress.received_at)

    @cached_property
    def instrument(self) -> InstrumentOnDay:
        """The instrument as it was law on the day of receipt."""
        return self.pack.instrument_on(self.state.instrument, self.received_on)

    @property
    def service(self) -> str:
        names = self.home.services.get(self.state.service, {})
        return names.get(self.lang, self.state.service)

    def day_of(self, at: datetime) -> date:
        return at.astimezone(self.home.zone).date()

    def moment(self, at: datetime) -> str:
        return words.moment(at, self.home.zone, self.lang)

    def dated(self, value: date) -> str:
        return words.day(value, self.lang)

    def data(self, categories: Sequence[DataCategory]) -> tuple[str, ...]:
        return tuple(words.word(words.DATA, category, self.lang) for category in categories)

    def last(self, kind: type[E]) -> tuple[Stored, E] | None:
        """The latest event of a kind, with its stored header."""
        for stored, event in reversed(self.story.events):
            if isinstance(event, kind):
                return stored, event
        return None

    def disclosed(self, stage: int | None = None) -> tuple[Stored, Disclosed] | None:
        """The hand-over of a stage, the latest for None."""
        for stored, event in reversed(self.story.events):
            if isinstance(event, Disclosed) and stage in (None, event.stage):
                return stored, event
        return None

    def decision(self) -> tuple[Decision, Stored | None]:
        """The decision that stands, with its approval; in a preview also one that waits (approval None)."""
        state = self.state
        if isinstance(state.pending, Decision):
            if self.preview:
                return state.pending, None
            raise LetterNotPossible(
                "the decision waits for a second person", hint="approve it first, or make a preview"
            )
        approval = self._approval()
        if state.decision is None or approval is None:
            raise LetterNotPossible("nothing was decided", hint="propose a decision first (sagwan propose)")
        return state.decision, approval

    def _approval(self) -> Stored | None:
        """The approval of the last approved decision, not of a follow-up or a correction."""
        found, decides = None, False
        for stored, event in self.story.events:
            if isinstance(event, Proposed):
                decides = isinstance(event.proposal, Decision)
            elif isinstance(event, Approved) and decides:
                found = stored
        return found

    def reason(self, slug: str, on: date) -> Reason | None:
        """A reason of the pack's, as it was law on that day for this instrument."""
        for outcome in (Outcome.REFUSED, Outcome.NO_DATA, Outcome.PARTIAL):
            for reason in self.pack.reasons_for(self.state.instrument, outcome, on):
                if reason.slug == slug:
                    return reason
        return None
