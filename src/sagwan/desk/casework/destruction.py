"""Destroying the key of a request's private parts, when the law's keeping time ends: for ever."""

import json
from collections.abc import Callable
from datetime import datetime

from sagwan.desk.casework.actions import STREAM
from sagwan.desk.casework.models import Case
from sagwan.desk.casework.queries import UnknownRequest
from sagwan.desk.casework.rebuild import refresh
from sagwan.desk.journal import queries
from sagwan.desk.journal.actions import Recorder
from sagwan.desk.journal.chain import instant
from sagwan.desk.journal.locks import writing
from sagwan.desk.people.queries import Staff
from sagwan.desk.setup import Desk
from sagwan.desk.vault.keyring import destroy_key
from sagwan.desk.vault.models import StreamKey
from sagwan.record.errors import SagwanError
from sagwan.record.private import RecordClass
from sagwan.record.state import Stage
from sagwan.seal.keeper import Keeper

KEYS_STREAM = "system/keys"


class DestructionRefused(SagwanError):
    """A key that may not be destroyed: the request is open, or one person alone asks."""


def destroy(
    desk: Desk,
    keeper: Keeper,
    *,
    number: str,
    record_class: RecordClass,
    by: str,
    approved_by: str,
    at: datetime,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> bool:
    """Destroy the key in the database, with its event, then in the keeper's batches, and the home's receipts.

    A crash in between leaves copies in the keeper: the same call again removes them. Returns False where
    the key had been destroyed before. Raise DestructionRefused, UnknownPerson or UnknownRequest.
    """
    _check(number, by, approved_by)
    stream = STREAM + number
    with writing():
        fresh = destroy_key(stream=stream, record_class=record_class, at=at)
        if fresh:
            recorder = Recorder(desk)
            details = {"stream": stream, "class": str(record_class), "approved_by": approved_by}
            recorder.note(KEYS_STREAM, "KeyDestroyed", details, actor=by, at=at)
            recorder.flush()
            refresh(desk, number)
        key = StreamKey.objects.filter(stream=stream, record_class=record_class).first()
        if key is None or key.destroyed_at is None:
            raise DestructionRefused(
                f"{number} has no private parts of class {record_class}", hint="nothing is to be destroyed"
            )
    keeper.note_destroyed(f"{number}.{record_class}", instant(key.destroyed_at))
    _forget(keeper, {(stream, str(record_class))}, progress)
    if record_class is RecordClass.LEDGER:
        for file in desk.home.receipts_path.glob(f"{number}*.receipt"):
            file.unlink(missing_ok=True)  # it shows authority and case number
    return fresh


def _check(number: str, by: str, approved_by: str) -> None:
    staff = Staff()
    staff.require(by, ("counsel", "administrator"), "have a key destroyed")
    staff.require(approved_by, ("approver",), "approve that a key is destroyed")
    if by == approved_by:
        raise DestructionRefused(
            f"{by} cannot approve it too", hint="a second person must approve (four eyes)"
        )
    case = Case.objects.filter(number=number).first()
    if case is None:
        raise UnknownRequest(f"there is no request {number}", hint="sagwan list shows the numbers")
    if case.stage not in (Stage.RESOLVED, Stage.WITHDRAWN):
        raise DestructionRefused(
            f"{number} is {case.stage}: its private parts are still needed", hint="resolve it first"
        )
    if case.suspected:
        raise DestructionRefused(
            f"{number} is suspected to be forged: its evidence is kept",
            hint="a second person can clear the suspicion once the evidence is needed no more",
        )


def destroy_again(desk: Desk, keeper: Keeper, *, at: datetime) -> int:
    """After a recovery: destroy what journal or keeper say is destroyed and a backup brought back.

    The keeper knows of those whose event was in no batch yet; their event is written again. Return how many
    keys came back and are gone again.
    """
    known = _known_destroyed()
    kept = {_named(name): datetime.fromisoformat(when) for name, when in keeper.destroyed().items()}
    count = 0
    with writing():
        recorder = Recorder(desk)
        for (stream, name), when in {**kept, **known}.items():
            count += destroy_key(stream=stream, record_class=RecordClass(name), at=when)
            if not StreamKey.objects.filter(stream=stream, record_class=name).exists():
                # the recovered stream has no key row at all: say that there was one
                StreamKey(stream=stream, record_class=name, wrapped=None, destroyed_at=when).save()
            if (stream, name) not in known:
                details = {"stream": stream, "class": name, "recovered_from": instant(when)}
                recorder.note(KEYS_STREAM, "KeyDestroyed", details, actor="recover", at=at)
        recorder.flush()
        for stream, _ in {**kept, **known}:
            refresh(desk, stream.removeprefix(STREAM))
    _forget(keeper, {*kept, *known})
    return count


def _known_destroyed() -> dict[tuple[str, str], datetime]:
    """(stream, class) → instant of every key that the journal says is destroyed."""
    found = {}
    for stored in queries.all_events(KEYS_STREAM):
        if stored.type == "KeyDestroyed":
            public = queries.public(stored)
            found[public["stream"], public["class"]] = stored.at
    return found


def _named(name: str) -> tuple[str, str]:
    number, _, kind = name.partition(".")
    return STREAM + number, kind


def _forget(
    keeper: Keeper,
    gone: set[tuple[str, str]],
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> None:
    """Take keys out of every batch that the keeper holds."""
    if not gone:
        return
    numbers = keeper.batch_numbers()
    for count, number in enumerate(numbers, 1):
        keys = json.loads(keeper.batch(number).keys)
        left = [key for key in keys if (key[0], key[1]) not in gone]
        if len(left) != len(keys):
            keeper.replace_keys(number, json.dumps(left, separators=(",", ":")).encode())
        progress(count, len(numbers))
