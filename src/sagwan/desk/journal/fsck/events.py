"""What happened: keys that unwrap, chains that hold, documents and lines that decrypt to what they were."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import datetime

from sagwan.desk.journal import models, queries
from sagwan.desk.journal.actions import opened_line
from sagwan.desk.journal.chain import GENESIS, event_hash
from sagwan.desk.journal.fsck.problem import CHUNK, Problem
from sagwan.desk.journal.recovery import RECOVERED_STREAM
from sagwan.desk.setup import Desk
from sagwan.desk.vault import documents as vault
from sagwan.desk.vault.keyring import KeyRing
from sagwan.desk.vault.master import KeyMissing
from sagwan.desk.vault.models import Document, StreamKey
from sagwan.formats.opening import commitment, parse
from sagwan.record.errors import SagwanError
from sagwan.record.private import RecordClass


def keys(desk: Desk) -> Iterator[Problem]:
    """Each key unwraps, or was destroyed when the journal says that it was."""
    destroyed = _destroyed()
    for key in StreamKey.objects.order_by("id").iterator(chunk_size=CHUNK):
        where = f"key {key.stream} {key.record_class}"
        if key.wrapped is None:
            instants = destroyed.get((key.stream, key.record_class), set())
            if key.destroyed_at not in instants:
                yield Problem(
                    where, f"was destroyed at {key.destroyed_at}, of which the journal knows nothing"
                )
            continue
        if not _unwraps(desk, key):
            yield Problem(where, "cannot be unwrapped: it was changed, or the master key is another one")


def _unwraps(desk: Desk, key: StreamKey) -> bool:
    try:
        KeyRing(desk.master).unwrap(key.stream, key.record_class, bytes(key.wrapped or b""))
    except KeyMissing:
        return False
    return True


def _destroyed() -> dict[tuple[str, str], set[datetime]]:
    """When each key was destroyed, as the chained events have it."""
    found: dict[tuple[str, str], set[datetime]] = {}
    rows = models.Event.objects.filter(stream="system/keys", type="KeyDestroyed")
    for at, public in rows.values_list("at", "public"):
        details = json.loads(public)
        again = details.get("recovered_from")
        instant = datetime.fromisoformat(again) if again else at
        found.setdefault((details["stream"], details["class"]), set()).add(instant)
    return found


def chains(desk: Desk) -> Iterator[Problem]:
    """Each stream counts from 1, each hash follows from the one before, and what has a key decrypts."""
    previous, seq, stream = GENESIS, 0, ""
    batch: list[queries.Stored] = []
    for event in queries.all_events():
        if event.stream != stream:
            previous, seq, stream = GENESIS, 0, event.stream
        where = f"event {event.stream} {event.seq}"
        seq += 1
        if event.seq != seq:
            yield Problem(where, f"number {seq} was expected: an event is missing")
            seq = event.seq
        if event.previous != previous:
            yield Problem(where, f"follows {event.previous.hex()}, but the event before has {previous.hex()}")
        if (digest := _hash(event)) != event.hash:
            yield Problem(where, f"its bytes hash to {digest.hex()}, its hash is {event.hash.hex()}")
        previous = event.hash
        batch.append(event)
        if len(batch) >= CHUNK:
            yield from _readable(desk, batch)
            batch = []
    yield from _readable(desk, batch)


def _hash(event: queries.Stored) -> bytes:
    return event_hash(
        stream=event.stream,
        seq=event.seq,
        kind=event.type,
        at=event.at,
        actor=event.actor,
        public=event.public,
        ledger=event.ledger,
        matter=event.matter,
        previous=event.previous,
    )


def _readable(desk: Desk, events: list[queries.Stored]) -> Iterator[Problem]:
    """Private parts have a key, or had one; those of requests can be read where it unwraps."""
    ring, broken = loaded(desk, {event.stream for event in events})
    for event in events:
        if event.stream in broken:
            continue  # its key is told already
        where = f"event {event.stream} {event.seq}"
        for record_class, sealed in ((RecordClass.LEDGER, event.ledger), (RecordClass.MATTER, event.matter)):
            if sealed is not None and not ring.knows(event.stream, record_class):
                yield Problem(where, f"its key of class {record_class} is not there")
        if not event.stream.startswith(queries.REQUESTS):
            continue
        try:
            queries.read(event, ring)
        except SagwanError as error:
            yield Problem(where, str(error))


def loaded(desk: Desk, streams: Iterable[str]) -> tuple[KeyRing, set[str]]:
    """The keys of the streams, and those streams with a key that cannot be unwrapped."""
    names = sorted(set(streams))
    ring, broken = KeyRing(desk.master), set()
    try:
        ring.load(names)
    except KeyMissing:
        for name in names:
            try:
                ring.load([name])
            except KeyMissing:
                broken.add(name)
    return ring, broken


def documents(desk: Desk) -> Iterator[Problem]:
    """Each document decrypts to the bytes whose SHA-256 it is found by."""
    for stream, digest in Document.objects.order_by("id").values_list("stream", "digest"):
        ring, broken = loaded(desk, [stream])
        if broken:
            continue
        try:
            found = hashlib.sha256(vault.read(ring, stream, digest)).hexdigest()
        except SagwanError as error:
            yield Problem(f"document {digest} of {stream}", str(error))
            continue
        if found != digest:
            yield Problem(f"document {digest} of {stream}", f"has the SHA-256 {found}")


def lines(desk: Desk) -> Iterator[Problem]:
    """Each line decrypts, obeys the grammar, hashes to its commitment and names its half-year; the lines of
    a stream count from 0, and belong to events of it; all of a request are banded, or none."""
    expected: dict[str, int] = {}
    hidden: dict[str, bool] = {}
    last = dict(_last_events())
    for line in models.Line.objects.order_by("stream", "number").iterator(chunk_size=CHUNK):
        where, digest = f"line {line.stream} {line.number}", bytes(line.commitment)
        number = expected.get(line.stream, 0)
        if line.number != number:
            yield Problem(where, f"line {number} was expected")
        banded = hidden.setdefault(line.stream, line.behind is not None)
        if line.stream.startswith(queries.REQUESTS) and banded != (line.behind is not None):
            yield Problem(where, "is banded or not, otherwise than its request's first line")
        expected[line.stream] = line.number + 1
        if line.stream != RECOVERED_STREAM and not 1 <= line.event_seq <= last.get(line.stream, 0):
            yield Problem(where, f"belongs to event {line.event_seq}, which is not there")
        try:
            text, _ = opened_line(desk, digest, bytes(line.sealed))
            opening = parse(text)
        except SagwanError as error:
            yield Problem(where, str(error))
            continue
        if commitment(text) != digest:
            yield Problem(where, f"hashes to {commitment(text).hex()}, not to {digest.hex()}")
        if opening.period != line.period:
            yield Problem(where, f"names {opening.period}, but waits for {line.period}")


def _last_events() -> Iterator[tuple[str, int]]:
    """Each stream's last event's number."""
    rows = models.Event.objects.order_by("stream", "seq").values_list("stream", "seq")
    yield from rows.iterator(chunk_size=CHUNK)  # a dict of them keeps the last
