"""The journal as the sealer sees it: lines that wait, places that are fixed, batches for the keeper."""

import base64
import json
import secrets
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max

from sagwan.desk.journal import locks, models, queries
from sagwan.desk.journal.actions import Recorder, new_number, new_salt, new_seed
from sagwan.desk.journal.lost import lost_commitments
from sagwan.desk.setup import Desk
from sagwan.desk.vault.bulk import insert_many
from sagwan.desk.vault.keyring import CHUNK
from sagwan.desk.vault.models import StreamKey
from sagwan.record.period import Period
from sagwan.record.vocabulary import LineKind
from sagwan.seal.lines import uncounted
from sagwan.seal.ports import Batch, Kept

_LINE_COLUMNS = ("stream", "number", "event_seq", "period", "commitment", "sealed")
COVER_STREAM = "system/cover"


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A line without a place: its id, stream, half-year and commitment."""

    id: int
    stream: str
    period: str
    commitment: bytes


def shuffled(lines: Sequence[_Waiting]) -> list[_Waiting]:
    """The lines in random order, but those of one request in the order in which they were written, so that
    what must follow something also stands after it in the log."""
    order = list(lines)
    secrets.SystemRandom().shuffle(order)
    by_stream: dict[str, list[_Waiting]] = {}
    for line in sorted(lines, key=lambda line: line.id):
        by_stream.setdefault(line.stream, []).append(line)
    turns = {stream: iter(written) for stream, written in by_stream.items()}
    return [next(turns[line.stream]) for line in order]


class JournalStore:
    """Implements `seal.ports.SealStore` on the journal's tables."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def alone(self) -> AbstractContextManager[None]:
        return locks.sealer(self._desk.home)

    def size(self) -> int:
        last = models.Batch.objects.order_by("-number").first()
        return 0 if last is None else last.first + last.size

    def batch_count(self) -> int:
        return models.Batch.objects.aggregate(n=Max("number"))["n"] or 0

    def checkpoint_sizes(self, count: int) -> list[int]:
        sizes = models.Checkpoint.objects.order_by("-size").values_list("size", flat=True)
        return list(sizes[:count])

    def batches_from(self, size: int) -> list[Batch]:
        found: list[Batch] = []
        while True:  # from the last one back, and no further than needed
            rows = models.Batch.objects.order_by("-number")[len(found) : len(found) + 50]
            fresh = [row for row in rows if row.first + row.size > size]
            found += map(_batch, fresh)
            if len(fresh) < 50:
                return found[::-1]

    def batch(self, number: int) -> Batch:
        """A placed batch, with its entries."""
        return _batch(models.Batch.objects.get(number=number))

    def place(self, now: datetime) -> Batch | None:
        with locks.placing():
            last = models.Batch.objects.order_by("-number").first()
            settled = last.settled if last else 0
            waiting = self._waiting(settled)
            period = min((Period.parse(line.period) for line in waiting), default=None)
            if period is None:
                period = self._cover_due(last, now)
                if period is None:
                    return None
            chosen = [line for line in waiting if line.period == str(period)]
            floor = self._desk.home.batch_floor
            if len(chosen) < floor:
                self._cover(floor - len(chosen), period, now)
                waiting = self._waiting(settled)
                chosen = [line for line in waiting if line.period == str(period)]
            return self._fix(last, period, now, waiting, chosen)

    def _waiting(self, settled: int) -> list[_Waiting]:
        """Every line without a place."""
        rows = models.Line.objects.filter(id__gt=settled, place__isnull=True)
        columns = rows.values_list("id", "stream", "period", "commitment")
        waiting = [_Waiting(line, stream, period, bytes(digest)) for line, stream, period, digest in columns]
        lost = lost_commitments() if waiting else set()  # a line found again is in the log already
        return [line for line in waiting if line.commitment not in lost]

    def _cover_due(self, last: models.Batch | None, now: datetime) -> Period | None:
        """With a batch floor, a quiet day has a batch too, of nothing but cover."""
        if not self._desk.home.batch_floor:
            return None
        interval = timedelta(hours=self._desk.home.batch_interval_hours)
        if last is not None and now - last.at < interval:
            return None
        return queries.period_clock(self._desk.home)(now)

    def _cover(self, count: int, period: Period, now: datetime) -> None:
        recorder = Recorder(self._desk)
        recorder.note(COVER_STREAM, "Covered", {"lines": count}, actor="sealer", at=now)
        for _ in range(count):
            opening = uncounted(
                LineKind.COVER,
                request=new_number(),
                period=period,
                salt=new_salt(),
                private=secrets.token_bytes(32),
            )
            recorder.seal_line(COVER_STREAM, opening, new_seed())
        recorder.flush()

    def _fix(
        self,
        last: models.Batch | None,
        period: Period,
        now: datetime,
        waiting: Sequence[_Waiting],
        chosen: Sequence[_Waiting],
    ) -> Batch:
        """Write the batch and its places, shuffled, so that an entry's place does not tell its minute."""
        chosen = shuffled(chosen)
        first = last.first + last.size if last else 0
        placed = {line.id for line in chosen}
        left = [line.id for line in waiting if line.id not in placed]
        row = models.Batch(
            number=last.number + 1 if last else 1,
            period=str(period),
            first=first,
            size=len(chosen),
            at=now,
            last_event=models.Event.objects.aggregate(n=Max("id"))["n"] or 0,
            last_line=models.Line.objects.aggregate(n=Max("id"))["n"] or 0,
            settled=min(left) - 1 if left else max(placed),
        )
        row.save(force_insert=True)
        insert_many(
            models.Place,
            ("index", "line_id", "commitment", "batch_id"),
            ((first + offset, line.id, line.commitment, row.number) for offset, line in enumerate(chosen)),
        )
        return Batch(row.number, period, first, now, [line.commitment for line in chosen])

    def close(self, now: datetime) -> list[Period]:
        closed: list[Period] = []
        due = self._next_to_close()
        if due is None or due.end(self._desk.home.zone) > now:
            return closed
        with locks.placing():
            period = self._next_to_close()
            last = models.Batch.objects.order_by("-number").first()
            waiting = {line.period for line in self._waiting(last.settled if last else 0)}
            while period is not None and period.end(self._desk.home.zone) <= now:
                if any(Period.parse(name) <= period for name in waiting):
                    break
                batches = models.Batch.objects.filter(period__lte=str(period)).order_by("-number")
                final = batches.first()
                size = final.first + final.size if final else 0
                models.Cut(period=str(period), size=size, at=now).save(force_insert=True)
                closed.append(period)
                period = period.next
        return closed

    def is_due(self, now: datetime) -> bool:
        """Is a batch due by the home's interval, or a half-year to be closed?

        A little early rather than late: no gap between batches may be longer than the announced interval.
        """
        last = models.Batch.objects.order_by("-number").first()
        closing = self._next_to_close()
        if closing is not None and closing.end(self._desk.home.zone) <= now:
            return True
        if last is None:
            return models.Line.objects.exists()
        interval = timedelta(hours=self._desk.home.batch_interval_hours)
        if now < last.at + interval * 23 / 24:
            return False
        floor = self._desk.home.batch_floor
        return bool(floor) or models.Line.objects.filter(id__gt=last.settled, place__isnull=True).exists()

    def _next_to_close(self) -> Period | None:
        last = models.Cut.objects.order_by("-period").first()
        if last is not None:
            return Period.parse(last.period).next
        first = models.Line.objects.order_by("id").values_list("period", flat=True).first()
        return None if first is None else Period.parse(first)

    def kept(self, batch: Batch) -> Kept:
        row = models.Batch.objects.get(number=batch.number)
        before = models.Batch.objects.filter(number=batch.number - 1).first()
        events = models.Event.objects.filter(
            id__gt=before.last_event if before else 0, id__lte=row.last_event
        ).order_by("id")
        lines = models.Line.objects.filter(
            id__gt=before.last_line if before else 0, id__lte=row.last_line
        ).order_by("id")
        rows = [encode_event(values) for values in events.values_list(*queries.EVENT_COLUMNS)]
        body = {
            "number": row.number,
            "period": row.period,
            "first": row.first,
            "at": row.at.isoformat(),
            "entries": [commitment.hex() for commitment in batch.commitments],
            "events": rows,
            "lines": [
                [*values, _text(commitment), _text(sealed)]
                for *values, commitment, sealed in lines.values_list(*_LINE_COLUMNS)
            ],
        }
        return Kept(_json(body), _json(wrapped_keys(event[0] for event in rows)))

    def record_checkpoint(self, size: int, period: Period, at: datetime, note: str) -> None:
        there = models.Checkpoint.objects.filter(size=size).exists()
        if not there:
            models.Checkpoint(size=size, period=str(period), at=at, note=note).save(force_insert=True)

    def record_cosigned(self, size: int, note: str, now: datetime) -> None:
        known = queries.checkpoint_note(size)
        if known is not None and known != note:
            models.CosignedLate(checkpoint_id=size, at=now, note=note).save(force_insert=True)


def _batch(row: models.Batch) -> Batch:
    # By their indexes, which is a range of the primary key whatever the log's size.
    places = models.Place.objects.filter(index__gte=row.first, index__lt=row.first + row.size).order_by(
        "index"
    )
    commitments = [bytes(c) for c in places.values_list("commitment", flat=True)]
    return Batch(row.number, Period.parse(row.period), row.first, row.at, commitments)


def wrapped_keys(streams) -> list[list[str]]:
    """[stream, class, wrapped key] of the streams' keys that are not destroyed, in order."""
    names = sorted(set(streams))
    found = []
    for start in range(0, len(names), CHUNK):
        keys = StreamKey.objects.filter(stream__in=names[start : start + CHUNK], wrapped__isnull=False)
        rows = keys.values_list("stream", "record_class", "wrapped")
        found += [[stream, kind, _text(wrapped)] for stream, kind, wrapped in rows]
    return sorted(found)


def encode_event(values: Sequence) -> list:
    """A row of the event table as JSON values."""
    stream, seq, kind, at, actor, public, *blobs = values
    return [stream, seq, kind, at.isoformat(), actor, public, *map(_text, blobs)]


def decode_event(values: Sequence) -> dict:
    """The columns of an event, from what `encode_event` made."""
    row = dict(zip(queries.EVENT_COLUMNS, values, strict=True))
    row["at"] = datetime.fromisoformat(row["at"])
    for name in ("ledger", "matter", "previous", "hash"):
        row[name] = None if row[name] is None else base64.b64decode(row[name])
    return row


def _text(blob: bytes | None) -> str | None:
    return None if blob is None else base64.b64encode(bytes(blob)).decode()


def _json(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
