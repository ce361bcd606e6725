"""The provider: the queue, what is due first first."""

from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import BaseModel

from sagwan.desk.api.calls.common import call, now, shown
from sagwan.desk.api.places import place_of, read_place
from sagwan.desk.api.scopes import Scope
from sagwan.desk.api.shapes import After, Limit, OneOf, Shown, SlugOrNone
from sagwan.desk.casework.models import Case
from sagwan.desk.casework.projection import NO_CLOCK
from sagwan.desk.casework.queries import Wanted, tally, worklist
from sagwan.record.state import Stage
from sagwan.record.vocabulary import Mark, Outcome, Sender

router = Router(tags=["provider"])

SHOWN = MappingProxyType({"open": True, "over": False, "all": None})
DUE = MappingProxyType({"overdue": timedelta(0), "day": timedelta(days=1), "week": timedelta(days=7)})
FLAGS = frozenset({"unread", "pending", "suspected", "findings"})


class Filters(BaseModel):
    """What the queue is narrowed to; '' does not narrow. `assigned` - is nobody. `only`: what nobody has read
    yet, what waits for a second person, what may be forged, what has findings that nobody has answered."""

    shown: Annotated[str, OneOf(frozenset(SHOWN))] = "open"
    stage: Annotated[str, OneOf(Stage, none=True)] = ""
    service: SlugOrNone = ""
    instrument: SlugOrNone = ""
    assigned: SlugOrNone = ""
    sender: Annotated[str, OneOf(Sender, none=True)] = ""
    outcome: Annotated[str, OneOf(Outcome, none=True)] = ""
    mark: Annotated[str, OneOf(Mark, none=True)] = ""
    due: Annotated[str, OneOf(frozenset(DUE), none=True)] = ""
    only: Annotated[str, OneOf(FLAGS, none=True)] = ""
    after: After = ""
    limit: Limit = 50


class QueueRow(Shown):
    """One request; nothing private. `seq` is the number of its last event, `next_due` its nearest clock."""

    number: str
    seq: int
    stage: str
    service: str
    instrument: str
    received_at: datetime
    changed_at: datetime
    outcome: str
    pending: str
    proposed_by: str
    assigned: str
    sender: str
    marks: list[str]
    accounts: int
    open_findings: int
    suspected: bool
    unread: bool
    next_due: datetime | None
    next_duty: str


class Queue(Shown):
    """A page. `total` counts all that the filters let through, and `stages` adds up to it."""

    requests: list[QueueRow]
    total: int
    stages: dict[str, int]
    next: str


@call(router, "GET", "/desk/queue", Scope.QUEUE, answers=Queue)
def read_queue(request: HttpRequest, filters: Query[Filters]) -> HttpResponse:
    """The queue: what is due first first, those without a clock last."""
    wanted, limit = _wanted(filters, now()), filters.limit
    after = read_place(filters.after)
    found = worklist(wanted, after=after, limit=limit + 1)
    stages = {key[0]: count for key, count in sorted(tally(wanted, "stage").items())}
    last = found[limit - 1] if len(found) > limit else None
    return shown(
        Queue(
            requests=[row_of(case) for case in found[:limit]],
            total=sum(stages.values()),
            stages=stages,
            next=place_of(last and (last.queue_at, last.number)),
        )
    )


def _wanted(filters: Filters, at: datetime) -> Wanted:
    due, only = DUE.get(filters.due), filters.only
    return Wanted(
        is_open=SHOWN[filters.shown],
        stage=filters.stage,
        service=filters.service,
        instrument=filters.instrument,
        assigned=filters.assigned,
        sender=filters.sender,
        outcome=filters.outcome,
        mark=filters.mark,
        due_before=None if due is None else at + due,
        unread=True if only == "unread" else None,
        pending=True if only == "pending" else None,
        suspected=True if only == "suspected" else None,
        open_findings=True if only == "findings" else None,
    )


def row_of(case: Case) -> QueueRow:
    """A case as the queue shows it."""
    return QueueRow(
        number=case.number,
        seq=case.seq,
        stage=case.stage,
        service=case.service,
        instrument=case.instrument,
        received_at=case.received_at,
        changed_at=case.changed_at,
        outcome=case.outcome,
        pending=case.pending,
        proposed_by=case.proposed_by,
        assigned=case.assigned,
        sender=case.sender,
        marks=[mark for mark in case.marks.split(",") if mark],
        accounts=case.accounts_asked,
        open_findings=case.open_findings,
        suspected=case.suspected,
        unread=case.unread,
        next_due=case.next_due,
        next_duty=case.next_duty if case.queue_at != NO_CLOCK else "",
    )
