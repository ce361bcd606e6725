"""Reading requests: the queue, one request's whole story, and finding by a private value."""

from dataclasses import dataclass
from datetime import datetime

from sagwan.desk.casework.actions import STREAM
from sagwan.desk.casework.models import Case
from sagwan.desk.casework.packs import Packs
from sagwan.desk.casework.projection import Progress, advance
from sagwan.desk.journal import queries
from sagwan.desk.setup import Desk
from sagwan.desk.vault import index
from sagwan.desk.vault.keyring import KeyRing
from sagwan.law.finding import Finding
from sagwan.law.review import review
from sagwan.record.events import Event, RequestReceived
from sagwan.record.lifecycle import IllegalStep
from sagwan.record.private import Ledger, Matter
from sagwan.record.request import Filing
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
        progress = advance(progress, event, stored.at)
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
    """The numbers of the requests in which a private field has that value."""
    return [s.removeprefix(STREAM) for s in index.find(desk.master, field, value) if s.startswith(STREAM)]
