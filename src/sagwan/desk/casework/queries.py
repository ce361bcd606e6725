"""Reading requests: the queue, one request's whole story, and finding by a private value."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from sagwan.desk.casework.actions import STREAM
from sagwan.desk.casework.duties import Clocks, Duty, filing_of_state
from sagwan.desk.casework.models import Case
from sagwan.desk.casework.packs import Packs
from sagwan.desk.casework.progress import Progress, advance
from sagwan.desk.journal import queries
from sagwan.desk.journal.models import Event as JournalEvent
from sagwan.desk.people.models import Person
from sagwan.desk.setup import Desk
from sagwan.desk.vault import index
from sagwan.desk.vault.keyring import KeyRing
from sagwan.law.finding import Finding
from sagwan.law.review import review
from sagwan.record.events import (
    ClarificationAnswered,
    ClarificationAsked,
    Decision,
    Event,
    MessageReceived,
    MessageSent,
    RequestReceived,
)
from sagwan.record.lifecycle import IllegalStep
from sagwan.record.policy import draft
from sagwan.record.private import Ledger, Matter
from sagwan.record.request import Document, Filing
from sagwan.record.vocabulary import Mark


class UnknownRequest(IllegalStep):
    """A number that no request has."""


@dataclass(frozen=True, slots=True)
class Story:
    """One request: where it stands, its events with their stored headers, its lines' log indexes."""

    number: str
    progress: Progress
    events: tuple[tuple[queries.Stored, Event], ...]
    indexes: dict[int, int]

    @property
    def received(self) -> RequestReceived:
        first = self.events[0][1]
        if not isinstance(first, RequestReceived):
            raise IllegalStep(f"the first event of {self.number} is no receipt", hint="run sagwan fsck")
        return first


def queue(
    *,
    stage: str = "",
    service: str = "",
    instrument: str = "",
    numbers: list[str] | None = None,
    limit: int = 0,
) -> list[Case]:
    """Case rows, the oldest first, filtered; `limit` 0 is all."""
    rows = Case.objects.order_by("received_at", "number")
    wanted = {"stage": stage, "service": service, "instrument": instrument}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    if numbers is not None:
        rows = rows.filter(number__in=numbers)
    return list(rows[:limit] if limit else rows)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases a worklist shows; '' and None do not narrow.

    `assigned` '-' is nobody. `due_from` and `due_before` are aware: cases whose nearest clock ends then or
    later, or before. `received_in`, `resolved_in`: from the first instant on, before the second. `numbers`
    are those that a search found.
    """

    is_open: bool | None = True
    stage: str = ""
    service: str = ""
    jurisdiction: str = ""
    instrument: str = ""
    assigned: str = ""
    filed_by: tuple[str, ...] | None = None
    sender: str = ""
    mark: str = ""
    outcome: str = ""
    suspected: bool | None = None
    unread: bool | None = None
    pending: bool | None = None
    open_findings: bool | None = None
    due_from: datetime | None = None
    due_before: datetime | None = None
    received_in: tuple[datetime, datetime] | None = None
    resolved_in: tuple[datetime, datetime] | None = None
    numbers: Sequence[str] | None = None


Place = tuple[datetime, str]
"""Where a case stands in the worklist: its `queue_at` and number."""


def worklist(wanted: Wanted, *, after: Place | None = None, limit: int = 50) -> list[Case]:
    """Cases, what is due first first, those without a clock last; the page after a case's place.

    One statement, which an index answers in the order of the rows, however many there are.
    """
    rows = _rows(wanted)
    if after is not None:
        at, number = after
        rows = rows.filter(Q(queue_at__gt=at) | Q(queue_at=at, number__gt=number), queue_at__gte=at)
    return list(rows.order_by("queue_at", "number")[:limit])


def tally(wanted: Wanted, *fields: str) -> dict[tuple, int]:
    """How many cases there are of each combination of values of `fields` (`stage`, `instrument`, …).

    The counts add up to `total(wanted)`.
    """
    counted = _rows(wanted).order_by().values_list(*fields).annotate(n=Count("number"))
    return {tuple(row[:-1]): row[-1] for row in counted}


def total(wanted: Wanted) -> int:
    """How many cases there are."""
    return _rows(wanted).count()


def _rows(wanted: Wanted) -> QuerySet[Case]:
    exact = {
        "is_open": wanted.is_open,
        "suspected": wanted.suspected,
        "unread": wanted.unread,
        "queue_at__gte": wanted.due_from,
        "queue_at__lt": wanted.due_before,
        "filed_by__in": wanted.filed_by,
        "number__in": wanted.numbers,
    }
    names = ("stage", "service", "jurisdiction", "instrument", "sender", "outcome")
    words = {name: getattr(wanted, name) for name in names}
    if wanted.mark:
        words["marks__contains"] = wanted.mark
    rows = Case.objects.filter(
        **{name: value for name, value in exact.items() if value is not None},
        **{name: value for name, value in words.items() if value},
    )
    for column, span in (("received_at", wanted.received_in), ("resolved_at", wanted.resolved_in)):
        if span is not None:
            rows = rows.filter(**{f"{column}__gte": span[0], f"{column}__lt": span[1]})
    if wanted.assigned:
        rows = rows.filter(assigned="" if wanted.assigned == "-" else wanted.assigned)
    if wanted.pending is not None:
        rows = rows.exclude(pending="") if wanted.pending else rows.filter(pending="")
    if wanted.open_findings is not None:
        rows = rows.filter(**{"open_findings__gt" if wanted.open_findings else "open_findings": 0})
    return rows


@dataclass(frozen=True, slots=True)
class Look:
    """Someone looked at a request: `what` is Viewed, DocumentRead, ReceiptMade, …"""

    at: datetime
    person: str
    what: str
    details: Mapping[str, object]


def looks_at(number: str) -> tuple[Look, ...]:
    """Who looked at a request's private parts, and when; searches that found it are among them."""
    # Stream by stream, which the index on streams answers; a prefix would read the whole journal.
    streams = [f"access/{name}" for name in Person.objects.values_list("name", flat=True)]
    rows = JournalEvent.objects.filter(stream__in=streams, public__contains=f'"{number}"')
    columns = rows.order_by("at", "id").values_list("at", "actor", "type", "public")
    looks = [Look(at, person, what, json.loads(public)) for at, person, what, public in columns]
    return tuple(
        look
        for look in looks
        if look.details.get("request") == number or number in _listed(look.details.get("found"))
    )


def _listed(found: object) -> list[object]:
    return found if isinstance(found, list) else []


def holds_past(day: date) -> list[str]:
    """The requests whose hold ended before that day and was not released, the oldest first."""
    rows = Case.objects.filter(hold_until__lt=day).order_by("hold_until", "number")
    return list(rows.values_list("number", flat=True))


def story(desk: Desk, number: str, *, private: bool = True) -> Story:
    """Everything about one request; without `private` no private part is decrypted.

    Raise UnknownRequest where there is none.
    """
    stream = STREAM + number
    history = queries.histories([stream]).get(stream)
    if not history:
        raise UnknownRequest(f"there is no request {number}", hint="sagwan list shows the numbers")
    keys = KeyRing(desk.master)
    if private:
        keys.load([stream])
    progress: Progress | None = None
    events = []
    for stored in history:
        event = queries.read(stored, keys)
        events.append((stored, event))
        progress = advance(progress, event, stored.at, stored.actor)
    if progress is None:
        raise UnknownRequest(f"there is no request {number}")
    lines = range(len(progress.state.lines))
    return Story(number, progress, tuple(events), queries.line_indexes(stream, list(lines)))


def findings(desk: Desk, packs: Packs, received: RequestReceived, at: datetime) -> tuple[Finding, ...] | None:
    """What the law's check says of a request as it came in; None where its private parts are gone."""
    if received.ledger is None:
        return None
    filing = filing_of(received, received.ledger, received.matter)
    return review(filing, packs.pinned(received.pack), at.astimezone(desk.home.zone).date())


def findings_now(desk: Desk, packs: Packs, found: Story) -> tuple[Finding, ...] | None:
    """What the law's check says with the paper as it is by now; None where the private parts are gone.

    People answer each finding under its `key`.
    """
    state = found.progress.state
    filing = filing_of_state(state)
    if filing is None:
        return None
    day = found.progress.received_at.astimezone(desk.home.zone).date()
    return review(filing, packs.pinned(state.pack), day)


def duties(desk: Desk, found: Story) -> tuple[Duty, ...]:
    """What is still to be done about a request, what is due first first."""
    return Clocks(desk).open(found.progress)


def drafted(desk: Desk, found: Story) -> Decision | None:
    """What the home's standing policies would answer; a person proposes it, another approves."""
    return draft(desk.home.policies, found.progress.state)


@dataclass(frozen=True, slots=True)
class Message:
    """One entry of the thread with the official. `incoming`: they wrote it. `clarifies`: a question that
    stops the decision, or its answer. Text None: its key is destroyed."""

    at: datetime
    by: str
    incoming: bool
    clarifies: bool
    text: str | None
    documents: tuple[Document, ...]


def thread(found: Story) -> tuple[Message, ...]:
    """What provider and official wrote to each other, in order."""
    kinds = (ClarificationAnswered, ClarificationAsked, MessageReceived, MessageSent)
    return tuple(
        Message(
            at=stored.at,
            by=stored.actor,
            incoming=isinstance(event, ClarificationAnswered | MessageReceived),
            clarifies=isinstance(event, ClarificationAnswered | ClarificationAsked),
            text=event.matter.text if event.matter else None,
            documents=event.matter.documents if event.matter else (),
        )
        for stored, event in found.events
        if isinstance(event, kinds)
    )


def filing_of(received: RequestReceived, ledger: Ledger, matter: Matter | None) -> Filing:
    """The filing that a receipt event was made from."""
    return Filing(
        service=received.service,
        jurisdiction=received.jurisdiction,
        instrument=received.instrument,
        data=received.data,
        accounts=received.accounts,
        authority=ledger.authority,
        case_number=ledger.case_number,
        officials=ledger.officials,
        targets=matter.targets if matter else (),
        paper=ledger.paper,
        text=matter.text if matter else "",
        emergency=Mark.EMERGENCY in received.marks,
        channel=received.channel,
        documents=matter.documents if matter else (),
    )


def find(desk: Desk, field: str, value: str) -> list[str]:
    """The numbers of the requests in which a private field has that value, however it is written there."""
    streams = index.find(desk.master, field, value, desk.home.zone)
    return [stream.removeprefix(STREAM) for stream in streams if stream.startswith(STREAM)]
