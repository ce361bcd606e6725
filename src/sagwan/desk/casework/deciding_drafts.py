"""Half-made decisions: left, taken up again, thrown away once proposed. Rows that are no events."""

import json
from dataclasses import dataclass
from datetime import datetime

from sagwan.desk.casework import deciding
from sagwan.desk.casework.actions import STREAM
from sagwan.desk.casework.deciding import Sheet
from sagwan.desk.casework.models import DecisionDraft
from sagwan.desk.casework.queries import Story
from sagwan.desk.casework.roles import COUNSEL
from sagwan.desk.journal.locks import writing
from sagwan.desk.people.queries import Staff
from sagwan.desk.setup import Desk
from sagwan.desk.vault.keyring import KeyRing
from sagwan.record.errors import IllegalStep
from sagwan.record.events import Decision, Proposed
from sagwan.record.private import RecordClass
from sagwan.record.proposals import asked_of


class DraftMoved(IllegalStep):
    """Somebody else changed the half-made decision since the page was made."""

    def __init__(self, by: str) -> None:
        super().__init__(
            f"{by} changed this half-made decision meanwhile; nothing was done",
            hint="look at it as it is now, then send the form again if it still holds",
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """A half-made decision as it lies; `revision` 0: nothing is kept yet."""

    sheet: Sheet
    revision: int = 0
    changed_by: str = ""
    changed_at: datetime | None = None


def opened(desk: Desk, found: Story) -> Draft:
    """What was kept; else the last proposal, which was sent back; else a blank sheet."""
    asked = asked_of(found.progress.state)
    row = DecisionDraft.objects.filter(number=found.number).first()
    plain = row and _keys(desk, found.number).unseal(
        STREAM + found.number, RecordClass.MATTER, bytes(row.sealed), _context(found.number)
    )
    if row is None or plain is None:
        return Draft(_last_proposal(found) or deciding.blank(asked))
    sheet = deciding.from_members(asked, json.loads(plain))
    return Draft(sheet, row.revision, row.changed_by, row.changed_at)


def _last_proposal(found: Story) -> Sheet | None:
    for _, event in reversed(found.events):
        if isinstance(event, Proposed) and isinstance(event.proposal, Decision):
            if event.matter is None or not event.matter.dispositions:
                return None
            asked = asked_of(found.progress.state)
            return deciding.sheet_of(asked, event.matter.dispositions, event.matter.period)
    return None


def save(desk: Desk, number: str, sheet: Sheet, *, revision: int, actor: str, at: datetime) -> None:
    """Keep a sheet in place of revision `revision` (0: there was none).

    Raise DraftMoved where another came between, UnknownPerson where the actor may not decide.
    """
    Staff().require(actor, (COUNSEL,), "put a decision together")
    stream = STREAM + number
    with writing():
        row = DecisionDraft.objects.select_for_update().filter(number=number).first()
        if (row.revision if row else 0) != revision:
            raise DraftMoved(row.changed_by if row else "somebody")
        keys = _keys(desk, number)
        text = json.dumps(deciding.to_members(sheet), ensure_ascii=False, separators=(",", ":"))
        sealed = keys.seal(stream, RecordClass.MATTER, text.encode(), _context(number))
        keys.save()
        made = DecisionDraft(
            number=number, revision=revision + 1, changed_by=actor, changed_at=at, sealed=sealed
        )
        made.save(force_insert=row is None, force_update=row is not None)


def is_kept(number: str) -> bool:
    """Is there a half-made decision?"""
    return DecisionDraft.objects.filter(number=number).exists()


def discard(number: str) -> None:
    """Throw a half-made decision away."""
    DecisionDraft.objects.filter(number=number).delete()


def _keys(desk: Desk, number: str) -> KeyRing:
    keys = KeyRing(desk.master)
    keys.load([STREAM + number])
    return keys


def _context(number: str) -> bytes:
    return f"draft decision {number}".encode()
