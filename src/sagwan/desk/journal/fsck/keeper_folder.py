"""The keeper against the database: the same batches, keys and checkpoints, and what was destroyed."""

import base64
import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sagwan.desk.journal import models, queries
from sagwan.desk.journal.fsck.problem import Problem
from sagwan.desk.journal.recovery import conflicts
from sagwan.desk.journal.store import JournalStore, encode_event, wrapped_keys
from sagwan.desk.setup import Desk
from sagwan.desk.vault.models import StreamKey
from sagwan.record.errors import SagwanError
from sagwan.seal.keeper import Keeper
from sagwan.seal.ports import Kept
from sagwan.tlog import TlogError, VerifierKey, parse_note, verify_note


def keeper_folder(desk: Desk, keeper: Keeper, keys: Sequence[VerifierKey]) -> Iterator[Problem]:
    """Every file of the keeper is readable and says what the database says."""
    yield from _batches(desk, keeper)
    yield from _destroyed(keeper)
    yield from _checkpoints(keeper)
    yield from _head(keeper, keys)


def _batches(desk: Desk, keeper: Keeper) -> Iterator[Problem]:
    kept_numbers, known = set(keeper.batch_numbers()), set()
    store, another_way = JournalStore(desk), conflicts()
    recovered = False
    for row in models.Batch.objects.order_by("number").iterator():
        known.add(row.number)
        where = f"keeper's batch {row.number}"
        recovered, before = not row.last_event, recovered
        if row.number not in kept_numbers:
            if models.Place.objects.filter(batch=row, line__isnull=False).exists():
                yield Problem(where, "is missing")
            continue
        try:
            kept = keeper.batch(row.number)
            batch = store.batch(row.number)
        except SagwanError as error:
            yield Problem(where, str(error))
            continue
        if recovered or before:
            yield from _contained(where, json.loads(kept.body), another_way)
        else:
            yield from _same(where, store.kept(batch), kept)
        yield from _keys(where, json.loads(kept.keys))
    for number in sorted(kept_numbers - known):
        yield Problem(f"keeper's batch {number}", "is not in the database: run sagwan recover")


def _same(where: str, wanted: Kept, kept: Kept) -> Iterator[Problem]:
    """What the sealer would keep of the batch now is what it kept: events, lines, entries, all of it."""
    ours, theirs = json.loads(wanted.body), json.loads(kept.body)
    for name in sorted(ours.keys() | theirs.keys()):
        if ours.get(name) != theirs.get(name):
            yield Problem(where, f"has other {name} than the database")


def _contained(where: str, body: dict[str, Any], another_way: set[str]) -> Iterator[Problem]:
    """A batch from about a recovery: its entries are the places, its events and lines are there."""
    places = models.Place.objects.filter(batch_id=body["number"]).order_by("index")
    if [bytes(c).hex() for c in places.values_list("commitment", flat=True)] != body["entries"]:
        yield Problem(where, "has other entries than the database")
    for values in body["events"]:
        stream, seq = values[:2]
        if stream in another_way:
            continue
        found = (
            models.Event.objects.filter(stream=stream, seq=seq).values_list(*queries.EVENT_COLUMNS).first()
        )
        if found is None or encode_event(found) != values:
            yield Problem(where, f"has another event {stream} {seq} than the database")
    for stream, number, _, _, commitment, _, *behind in body["lines"]:
        rows = models.Line.objects.filter(commitment=base64.b64decode(commitment))
        if list(rows.values_list("behind", flat=True)) != (behind or [None]):
            yield Problem(where, f"says otherwise whether line {number} of {stream} is banded")


def _keys(where: str, keys: list[list[str]]) -> Iterator[Problem]:
    """Wrapped keys are those of the database; one that was destroyed is in no batch."""
    there = {(stream, name): wrapped for stream, name, wrapped in wrapped_keys(key[0] for key in keys)}
    for stream, record_class, wrapped in keys:
        ours = there.get((stream, record_class))
        if ours is None:
            yield Problem(where, f"holds the key {stream} {record_class}, which is destroyed or unknown")
        elif ours != wrapped:
            yield Problem(where, f"holds another key {stream} {record_class} than the database")


def _destroyed(keeper: Keeper) -> Iterator[Problem]:
    """What the keeper remembers as destroyed is, since the same instant."""
    for name, when in keeper.destroyed().items():
        number, _, record_class = name.rpartition(".")
        where = f"keeper's destroyed/{name}"
        key = StreamKey.objects.filter(stream=queries.REQUESTS + number, record_class=record_class).first()
        if key is None or key.destroyed_at is None:
            yield Problem(where, "that key is not destroyed in the database")
        elif datetime.fromisoformat(when) != key.destroyed_at:
            yield Problem(where, f"says {when}, the database {key.destroyed_at}")


def _checkpoints(keeper: Keeper) -> Iterator[Problem]:
    """Each kept checkpoint is the recorded one, cosignatures and all."""
    for size in keeper.checkpoint_sizes():
        recorded = queries.checkpoint_note(size)
        if recorded is None:
            yield Problem(f"keeper's checkpoint {size}", "is not in the database")
        elif recorded.encode() != keeper.checkpoint(size):
            yield Problem(f"keeper's checkpoint {size}", "is another one than in the database")


def _head(keeper: Keeper, keys: Sequence[VerifierKey]) -> Iterator[Problem]:
    """The head is signed, and is the last checkpoint as the log key signed it."""
    data = keeper.head()
    if data is None:
        return
    try:
        head = parse_note(data)
        verify_note(head, keys)
    except TlogError as error:
        yield Problem("keeper's head", str(error))
        return
    last = models.Checkpoint.objects.order_by("-size").values_list("size", flat=True).first()
    note = None if last is None else parse_note((queries.checkpoint_note(last) or "").encode())
    if note is None or note.text != head.text or not set(head.signatures) <= set(note.signatures):
        yield Problem("keeper's head", "is not the last checkpoint of the database")
