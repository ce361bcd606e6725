"""Letters about a request: which can be written now, one as it would be sent, and those that were sent."""

import io
from dataclasses import dataclass
from datetime import datetime

from pypdf import PdfReader

from sagwan.desk.casework.queries import Story
from sagwan.desk.journal.queries import Stored
from sagwan.desk.letters.facts import Letter
from sagwan.desk.letters.glyphs import Replaced
from sagwan.desk.letters.kinds import Kind
from sagwan.desk.letters.letters import Wish, compose
from sagwan.desk.letters.typeset import pictures, typeset
from sagwan.desk.setup import Desk
from sagwan.desk.vault.documents import described
from sagwan.record import commands as ask
from sagwan.record.events import ClarificationAsked, Decision, Disclosed, MessageSent
from sagwan.record.request import Document
from sagwan.record.vocabulary import Outcome, Sender

ANSWERS = {
    Outcome.REFUSED: Kind.REFUSAL,
    Outcome.PARTIAL: Kind.PARTIAL,
    Outcome.NO_DATA: Kind.NO_DATA,
}
"""The letter with which a decision is answered; what is complied with in full is answered with the data."""


@dataclass(frozen=True, slots=True)
class Writable:
    """A kind of letter that the record has the matter for. `waits`: only as a preview, since its decision
    waits for a second person."""

    kind: Kind
    waits: bool = False


def writable(found: Story) -> tuple[Writable, ...]:
    """The letters that can be written now, the answer first; what else stands against one, `compose` says."""
    state = found.progress.state
    kinds = {type(event) for _, event in found.events}
    pending = state.pending if isinstance(state.pending, Decision) else None
    made: list[Writable] = []
    decision = pending or state.decision
    if decision and decision.outcome in ANSWERS:
        made.append(Writable(ANSWERS[decision.outcome], pending is not None))
    if Disclosed in kinds:
        made.append(Writable(Kind.PRODUCTION))
    if state.hold is not None and state.hold.released is None:
        made += [Writable(Kind.PRESERVATION), Writable(Kind.PRESERVATION_ENDING)]
    if ClarificationAsked in kinds:
        made.append(Writable(Kind.CLARIFICATION))
    made.append(Writable(Kind.ACKNOWLEDGEMENT))
    if state.suspected_by or state.sender is Sender.DENIED:
        made = [Writable(Kind.FORGERY)] if state.suspected_by else []
    elif Disclosed in kinds:
        made.append(Writable(Kind.NOTICE))
    return tuple(made)


@dataclass(frozen=True, slots=True)
class Written:
    """A letter, set: its file, its text page by page, and the characters that its font lacks."""

    letter: Letter
    pdf: bytes
    pages: tuple[str, ...]
    replaced: tuple[Replaced, ...]

    @property
    def document(self) -> Document:
        """The file as the thread names it."""
        return described(f"{self.letter.kind}-{self.letter.number}-{self.letter.lang}.pdf", self.pdf)


def write(desk: Desk, number: str, wish: Wish, at: datetime) -> Written:
    """Set a letter; raise what `compose` and `typeset` raise."""
    letter = compose(desk, number, wish, at=at)
    made = typeset(letter)
    pages = tuple(page.extract_text() for page in PdfReader(io.BytesIO(made.pdf)).pages)
    return Written(letter, made.pdf, pages, made.replaced)


def picture(desk: Desk, number: str, wish: Wish, page: int, at: datetime) -> bytes | None:
    """One page of a letter, from 1, as PNG; None where there is none."""
    drawn = pictures(compose(desk, number, wish, at=at))
    return drawn[page - 1] if 1 <= page <= len(drawn) else None


def sending(written: Written, text: str) -> tuple[ask.SendMessage, tuple[bytes, ...]]:
    """The message that carries a letter to the official, and its file."""
    return ask.SendMessage(text, (written.document,)), (written.pdf,)


def sent(found: Story) -> tuple[tuple[Stored, Document], ...]:
    """Every file that went to the official in the thread, with the event that sent it."""
    return tuple(
        (stored, document)
        for stored, event in found.events
        if isinstance(event, MessageSent) and event.matter
        for document in event.matter.documents
    )
