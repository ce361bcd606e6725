"""From a request's events to its case row; the same code when an event happens and when all is rebuilt."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from sagwan.desk.casework.duties import Clocks
from sagwan.desk.casework.models import Case
from sagwan.desk.casework.progress import Progress
from sagwan.desk.vault.bulk import insert_many
from sagwan.record.vocabulary import LineKind

NO_CLOCK = datetime(9999, 1, 1, tzinfo=UTC)
"""Where a case without a clock stands in the queue: last."""
NO_END = date.max
"""The last day of a non-disclosure order that has none."""


def case_of(number: str, progress: Progress, clocks: Clocks) -> Case:
    """The case row of a request."""
    state = progress.state
    is_over = state.stage.is_over
    next_due, next_duty = clocks.nearest(progress)
    hold = state.hold
    received, resolution = state.received, state.resolution
    follow_ups = state.current(LineKind.FOLLOW_UP)
    marks = sorted({*received.marks, *(resolution.marks if resolution else ())})
    return Case(
        number=number,
        stage=state.stage,
        service=state.service,
        jurisdiction=state.jurisdiction,
        instrument=state.instrument,
        pack=state.pack,
        synthetic=state.synthetic,
        seq=progress.seq,
        received_at=progress.received_at,
        resolved_at=progress.resolved_at,
        changed_at=progress.changed_at,
        pending=type(state.pending).__name__.lower() if state.pending else "",
        proposed_by=state.proposed_by,
        outcome=(resolution.outcome or "") if resolution else "",
        reason=resolution.reason if resolution else "",
        accounts_asked=received.accounts,
        accounts_disclosed=resolution.accounts if resolution else state.disclosed_accounts,
        follow_ups=len(follow_ups),
        follow_up_accounts=sum(line.accounts for line in follow_ups),
        marks=",".join(marks),
        findings=",".join(state.findings),
        is_open=not is_over,
        filed_by=progress.filed_by,
        assigned=state.assigned,
        sender=state.sender,
        suspected=bool(state.suspected_by),
        unread=state.unread,
        open_findings=0 if is_over else len(state.open_findings),
        next_due=next_due,
        next_duty=next_duty,
        queue_at=next_due or NO_CLOCK,
        hold_until=hold.until if hold and hold.released is None else None,
        first_answer_at=progress.first_answer_at,
        order_until=(state.notice.order_until or NO_END) if state.notice.ordered else None,
        answer_seconds=_seconds(progress, progress.first_answer_at),
        resolution_seconds=_seconds(progress, progress.resolved_at),
    )


def _seconds(progress: Progress, at: datetime | None) -> float | None:
    return None if at is None else (at - progress.received_at).total_seconds()


COLUMNS = tuple(field.attname for field in Case._meta.concrete_fields)


def save(cases: Iterable[Case]) -> None:
    """Insert or update case rows."""
    rows = ([getattr(case, name) for name in COLUMNS] for case in cases)
    insert_many(Case, COLUMNS, rows, key="number")
