"""Reading the journal: histories, heads, the half-year that new lines belong to."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sagwan.desk.home import Home
from sagwan.desk.journal.models import Checkpoint, CosignedLate, Cut, Event, Line, Place
from sagwan.desk.vault.keyring import CHUNK, KeyRing
from sagwan.record import codec
from sagwan.record.events import Event as Happening
from sagwan.record.period import Period
from sagwan.record.private import RecordClass


@dataclass(frozen=True, slots=True)
class Stored:
    """One event as it lies in the journal, its private parts still encrypted."""

    stream: str
    seq: int
    type: str
    at: datetime
    actor: str
    public: str
    ledger: bytes | None
    matter: bytes | None
    previous: bytes
    hash: bytes


REQUESTS = "request/"
"""The streams of requests begin so; what follows is the request's number."""
EVENT_COLUMNS = tuple(Stored.__dataclass_fields__)


def stored(row: tuple) -> Stored:
    """A row of the event table, in the order of Stored's fields."""
    head, blobs = row[:6], (None if blob is None else bytes(blob) for blob in row[6:])
    return Stored(*head, *blobs)


def histories(streams: Iterable[str]) -> dict[str, list[Stored]]:
    """The events of each stream in order; a stream without events is not in the answer."""
    names = sorted(set(streams))
    found: dict[str, list[Stored]] = {}
    for start in range(0, len(names), CHUNK):
        rows = Event.objects.filter(stream__in=names[start : start + CHUNK]).order_by("stream", "seq")
        for row in rows.values_list(*EVENT_COLUMNS):
            found.setdefault(row[0], []).append(stored(row))
    return found


def all_events(prefix: str = "") -> Iterator[Stored]:
    """Every event of the streams that begin with `prefix`, stream by stream, in order; streamed."""
    rows = Event.objects.order_by("stream", "seq")
    if prefix:
        rows = rows.filter(stream__startswith=prefix)
    for row in rows.values_list(*EVENT_COLUMNS).iterator(chunk_size=2000):
        yield stored(row)


def read(event: Stored, keys: KeyRing, *, matter: bool = True) -> Happening:
    """The event itself; classes whose key is destroyed, and matter that is not wanted, read as None."""
    private = {}
    parts = ((RecordClass.LEDGER, event.ledger), (RecordClass.MATTER, event.matter if matter else None))
    for record_class, sealed in parts:
        if sealed is not None:
            text = keys.decrypt(event.stream, event.seq, record_class, sealed)
            if text is not None:
                private[record_class] = text
    return codec.decode(event.type, event.public, private)


def last_of(stream: str) -> tuple[int, bytes] | None:
    """(seq, hash) of a stream's last event."""
    row = Event.objects.filter(stream=stream).order_by("-seq").values_list("seq", "hash").first()
    return None if row is None else (row[0], bytes(row[1]))


def period_clock(home: Home) -> Callable[[datetime], Period]:
    """Which half-year's batches will hold a line made at an instant: a closed one takes no more lines."""
    closed = [Period.parse(text) for text in Cut.objects.values_list("period", flat=True)]
    open_from = max(closed).next if closed else None

    def period(at: datetime) -> Period:
        natural = Period.containing(at, home.zone)
        return natural if open_from is None or natural >= open_from else open_from

    return period


def line_indexes(stream: str, numbers: Sequence[int]) -> dict[int, int]:
    """Log index by line number, for those lines of the stream that have a place."""
    placed = Place.objects.filter(line__stream=stream, line__number__in=numbers)
    return dict(placed.values_list("line__number", "index"))


def checkpoint_note(size: int) -> str | None:
    """The note of the checkpoint at a tree size, with all its cosignatures; None where none is recorded."""
    late = CosignedLate.objects.filter(checkpoint_id=size).order_by("-id").values_list("note", flat=True)
    first = Checkpoint.objects.filter(size=size).values_list("note", flat=True)
    return late.first() or first.first()


def checkpoint_notes(period: Period, as_of: datetime | None) -> list[str]:
    """The notes of a half-year's checkpoints, by ascending tree size, with the cosignatures that were there
    at an instant; with all of them for None."""
    notes = dict(Checkpoint.objects.filter(period=str(period)).order_by("size").values_list("size", "note"))
    late = CosignedLate.objects.filter(checkpoint__period=str(period)).order_by("id")
    if as_of is not None:
        late = late.filter(at__lte=as_of)
    notes |= late.values_list("checkpoint_id", "note")
    return list(notes.values())


def line_count(streams: Iterable[str]) -> dict[str, int]:
    """How many sealed lines each stream has so far."""
    counts: dict[str, int] = {}
    names = list(streams)
    for start in range(0, len(names), CHUNK):
        for stream in Line.objects.filter(stream__in=names[start : start + CHUNK]).values_list(
            "stream", flat=True
        ):
            counts[stream] = counts.get(stream, 0) + 1
    return counts


def public(event: Stored) -> dict:
    """The public members of an event of any stream."""
    members: dict = json.loads(event.public)
    return members
