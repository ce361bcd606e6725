"""Doing what fell due: one item, one transaction, with its event and its mail; or nothing of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sagwan.desk.casework.actions import Step, execute
from sagwan.desk.casework.roles import CLOCK
from sagwan.desk.journal.actions import Recorder
from sagwan.desk.mail.outbox import put
from sagwan.desk.people.models import Person
from sagwan.desk.setup import Desk
from sagwan.desk.tick import ledger
from sagwan.desk.tick.agenda import Item, Kind, Watched
from sagwan.desk.tick.recipients import Directory
from sagwan.desk.tick.words import note
from sagwan.record import commands as ask
from sagwan.record.vocabulary import Release


@dataclass(frozen=True, slots=True)
class Done:
    """An item that was done, or would be: of a request or `authority/<slug>`; whom it was told."""

    subject: str
    item: Item
    people: tuple[str, ...]


_COMMANDS: dict[Kind, ask.Command] = {
    Kind.HOLD_LAPSED: ask.ReleaseHold(Release.LAPSED),
    Kind.ORDER_OVER: ask.EndOrder(),
}
"""What is done to the request itself; of everything else people are told."""


def do_request(desk: Desk, directory: Directory, watched: Watched, item: Item, now: datetime) -> Done:
    """Do an item of a request, inside `locks.writing()`, in which `watched` was read.

    Raise SagwanError where the request does not allow it (any more), IntegrityError where another run did it.
    """
    state = watched.progress.state
    command = _COMMANDS.get(item.kind)
    if command is not None:
        execute(desk, [Step(watched.number, command, CLOCK, now)])
    people = directory.of_request(item.kind, state, watched.progress.filed_by)
    keep = next((k for k in watched.keeps if str(k.record_class) == item.what), None)
    proposes = item.kind is Kind.DESTRUCTION
    return _tell(desk, watched.number, item, people, now, keep if proposes else None)


def do_house(desk: Desk, directory: Directory, subject: str, item: Item, now: datetime) -> Done:
    """Do an item that belongs to no request, inside `locks.writing()`."""
    return _tell(desk, subject, item, directory.of_house(item.kind), now, None)


def _tell(
    desk: Desk,
    subject: str,
    item: Item,
    people: Sequence[Person],
    now: datetime,
    keep: ledger.Keep | None,
) -> Done:
    names = tuple(person.name for person in people)
    recorder = Recorder(desk)
    ledger.record(recorder, subject, item, names, now, keep)
    recorder.flush()
    if not (item.kind.warns and now >= item.due):  # too late to warn: what fell due is told itself
        for person in people:
            put(desk, person.email, note(item, subject))
    return Done(subject, item, names)
