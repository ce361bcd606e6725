"""From a request's events to its case row; the same code when an event happens and when all is rebuilt."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sagwan.desk.casework.models import Case
from sagwan.desk.vault.bulk import insert_many
from sagwan.record.events import Event, RequestReceived, Resolved, Withdrawn
from sagwan.record.lifecycle import evolve
from sagwan.record.state import State
from sagwan.record.vocabulary import LineKind


@dataclass(frozen=True, slots=True)
class Progress:
    """A request's state with what a case needs besides: instants, findings, the number of events."""

    state: State
    seq: int
    received_at: datetime
    changed_at: datetime
    resolved_at: datetime | None = None
    findings: tuple[str, ...] = ()


def advance(progress: Progress | None, event: Event, at: datetime) -> Progress:
    """The progress after one more event."""
    if progress is None:
        findings = event.findings if isinstance(event, RequestReceived) else ()
        return Progress(evolve(None, event), 1, at, at, findings=findings)
    resolved = at if isinstance(event, Resolved | Withdrawn) else progress.resolved_at
    return replace(
        progress,
        state=evolve(progress.state, event),
        seq=progress.seq + 1,
        changed_at=at,
        resolved_at=resolved,
    )


def case_of(number: str, progress: Progress) -> Case:
    """The case row of a request."""
    state = progress.state
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
        findings=",".join(progress.findings),
    )


COLUMNS = tuple(field.attname for field in Case._meta.concrete_fields)


def save(cases: Iterable[Case]) -> None:
    """Insert or update case rows."""
    rows = ([getattr(case, name) for name in COLUMNS] for case in cases)
    insert_many(Case, COLUMNS, rows, key="number")
