"""What an official may know of requests: their own and their colleagues', and of these no internal matter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sagwan.desk.casework import queries as casework
from sagwan.desk.casework.models import Case
from sagwan.desk.casework.queries import Story, UnknownRequest
from sagwan.desk.people.models import Person
from sagwan.desk.setup import Desk
from sagwan.pages.i18n import N_
from sagwan.record.events import (
    ClarificationAnswered,
    ClarificationAsked,
    MessageReceived,
    MessageSent,
    PaperSupplied,
    RequestReceived,
)
from sagwan.record.request import Document
from sagwan.record.state import Stage
from sagwan.record.vocabulary import Outcome

PAGE = 50

_STAGES = {
    Stage.RECEIVED: ("wait", N_("under review")),
    Stage.UNDER_REVIEW: ("wait", N_("under review")),
    Stage.DECISION_PROPOSED: ("wait", N_("under review")),
    Stage.APPROVED: ("wait", N_("under review")),
    Stage.CLARIFICATION_ASKED: ("warn", N_("we asked you something")),
    Stage.DISCLOSED: ("good", N_("answered with data")),
    Stage.WITHDRAWN: ("", N_("taken back")),
}
"""What the official is told, and how it is marked. What happens in between is not."""
_OUTCOMES = {
    Outcome.COMPLIED: ("good", N_("answered in full")),
    Outcome.PARTIAL: ("good", N_("answered in part")),
    Outcome.REFUSED: ("stop", N_("refused")),
    Outcome.NO_DATA: ("", N_("no such data")),
}


@dataclass(frozen=True, slots=True)
class Status:
    """Where a request stands in an official's words: `text` is a message, `kind` one of the macro `tag`."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Mine:
    """One line of an official's list."""

    number: str
    status: Status
    instrument: str
    service: str
    received_at: datetime
    filed_by: str


def status_of(stage: str, outcome: str) -> Status:
    """Where a request stands, in an official's words."""
    if stage == Stage.RESOLVED and outcome:
        return Status(*_OUTCOMES[Outcome(outcome)])
    return Status(*_STAGES[Stage(stage)])


def colleagues(person: Person) -> list[str]:
    """The names of the officials of one's authority, oneself among them."""
    if not person.is_official or person.authority_id is None:
        return []
    return list(Person.objects.filter(authority_id=person.authority_id).values_list("name", flat=True))


def mine(person: Person, *, page: int = 1, names: Iterable[str] | None = None) -> tuple[list[Mine], int]:
    """A page of an official's requests, the newest first, and how many there are."""
    rows = Case.objects.filter(filed_by__in=colleagues(person) if names is None else list(names))
    first = (page - 1) * PAGE
    shown = rows.order_by("-received_at", "-number")[first : first + PAGE]
    return [
        Mine(
            row.number, status_of(row.stage, row.outcome), row.instrument, row.service, row.received_at,
            row.filed_by,
        )
        for row in shown
    ], rows.count()  # fmt: skip


def own_story(desk: Desk, person: Person, number: str) -> Story:
    """A request of one's own or of a colleague's; raise UnknownRequest, for any other as for none."""
    if not Case.objects.filter(number=number, filed_by__in=colleagues(person)).exists():
        raise UnknownRequest("there is no such request among yours")
    return casework.story(desk, number)


_SHARED = (
    RequestReceived,
    ClarificationAsked,
    ClarificationAnswered,
    MessageReceived,
    MessageSent,
    PaperSupplied,
)
"""What officials and the provider said to each other; files of other events stay in the house."""


def documents_of(story: Story) -> list[Document]:
    """Every file that the official sent or was sent, each once, in the order of the events."""
    found: dict[str, Document] = {}
    for _, event in story.events:
        if isinstance(event, _SHARED) and event.matter is not None:
            for document in event.matter.documents:
                found.setdefault(document.digest, document)
    return list(found.values())
