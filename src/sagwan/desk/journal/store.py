"""The journal as the sealer sees it: lines that wait, places that are fixed, batches for the keeper."""

import base64
import json
import secrets
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max

from sagwan.desk.journal import banded, locks, models, queries
from sagwan.desk.journal.actions import Recorder, new_number, new_salt, new_seed
from sagwan.desk.journal.lost import lost_commitments
from sagwan.desk.setup import Desk
from sagwan.desk.vault.bulk import insert_many
from sagwan.desk.vault.keyring import CHUNK
from sagwan.desk.vault.models import StreamKey
from sagwan.record.period import Period
from sagwan.record.vocabulary import LineKind
from sagwan.seal.errors import SealError
from sagwan.seal.lines import uncounted
from sagwan.seal.ports import Batch, Kept

_LINE_COLUMNS = ("stream", "number", "event_seq", "period", "commitment", "sealed", "behind")
COVER_STREAM = "system/cover"
EARLY = 23 / 24
"""A batch is due when so much of the interval is over: a little early rather than late, since no gap between
batches may be longer than the announced interval."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A line without a place: its id, stream, half-year, commitment, and whether only bands are allowed."""

    id: int
    stream: str
    period: str
    commitment: bytes
    banded: bool = False


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
            waiting = self._waiting(last.settled if last else 0)
            self._check_bands(waiting)
            period, further = self._ended(waiting, now)
            if period is None:
                period = min((Period.parse(one.period) for one in waiting if not one.banded), default=None)
            if period is None:
                period = self._cover_due(last, now)
            if period is None:
                return None
            return self._fix(last, period, now, waiting, self._chosen(waiting, period, now), further)

    def _check_bands(self, waiting: Sequence[_Waiting]) -> None:
        """Raise SealError where a banded line could not be hidden."""
        for period in {line.period for line in waiting if line.banded}:
            if not banded.per_batch(self._desk.home, Period.parse(period)):
                raise SealError(
                    "lines wait whose law allows only bands, but banded_per_batch is 0: sealed so, they would"
                    " tell how many there are",
                    hint="set banded_per_batch in sagwan.toml again",
                )

    def _ended(self, waiting: Sequence[_Waiting], now: datetime) -> tuple[Period | None, bool]:
        """The half-year that is over and needs a batch still, and whether that is one for banded lines beyond
        the last it was to have.

        Where bands are hidden, every half-year has one batch after its end, whether lines wait or not: else
        its being there would tell that some do. What that batch cannot take goes into further ones.
        """
        period, zone = self._next_to_close(), self._desk.home.zone
        while period is not None and period.end(zone) <= now:
            if banded.per_batch(self._desk.home, period):
                end = period.end(zone)
                if not models.Batch.objects.filter(period=str(period), at__gte=end).exists():
                    return period, False
                mine = [line for line in waiting if line.period == str(period)]
                if mine:
                    return period, any(line.banded for line in mine)
            period = period.next
        return None, False

    def _chosen(self, waiting: Sequence[_Waiting], period: Period, now: datetime) -> list[_Waiting]:
        """The lines of a batch: all that wait and may be counted, those banded that were written first, as
        many as each batch holds, and cover for what is missing of either kind."""
        mine = [line for line in waiting if line.period == str(period)]
        plain = [line for line in mine if not line.banded]
        each = banded.per_batch(self._desk.home, period)
        hidden = sorted((line for line in mine if line.banded), key=lambda line: line.id)[:each]
        missing = max(self._desk.home.batch_floor - each - len(plain), 0)
        if missing or len(hidden) < each:
            self._cover(missing, each - len(hidden), period, now)
            before = max((line.id for line in waiting), default=0)
            return [*plain, *hidden, *self._waiting(before)]
        return [*plain, *hidden]

    def _waiting(self, settled: int) -> list[_Waiting]:
        """Every line without a place."""
        rows = models.Line.objects.filter(id__gt=settled, place__isnull=True)
        columns = rows.values_list("id", "stream", "period", "commitment", "behind")
        waiting = [
            _Waiting(line, stream, period, bytes(digest), behind is not None)
            for line, stream, period, digest, behind in columns
        ]
        lost = lost_commitments() if waiting else set()  # a line found again is in the log already
        return [line for line in waiting if line.commitment not in lost]

    def _cover_due(self, last: models.Batch | None, now: datetime) -> Period | None:
        """With a batch floor, or where bands are hidden, a quiet day has a batch too: nothing but cover."""
        period = queries.period_clock(self._desk.home)(now)
        if not self._desk.home.batch_floor and not banded.per_batch(self._desk.home, period):
            return None
        if last is not None and now - last.at < self._interval * EARLY:
            return None
        return period

    @property
    def _interval(self) -> timedelta:
        return timedelta(hours=self._desk.home.batch_interval_hours)

    def _cover(self, plain: int, hidden: int, period: Period, now: datetime) -> None:
        """Write cover lines: some that are opened, and some that are closed like banded ones."""
        recorder = Recorder(self._desk)
        recorder.note(COVER_STREAM, "Covered", {"lines": plain + hidden}, actor="sealer", at=now)
        for number in range(plain + hidden):
            opening = uncounted(
                LineKind.COVER,
                request=new_number(),
                period=period,
                salt=new_salt(),
                private=secrets.token_bytes(32),
            )
            recorder.seal_line(COVER_STREAM, opening, new_seed(), None if number < plain else 0)
        recorder.flush()

    def _fix(
        self,
        last: models.Batch | None,
        period: Period,
        now: datetime,
        waiting: Sequence[_Waiting],
        chosen: Sequence[_Waiting],
        further: bool,
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
        return Batch(row.number, period, first, now, [line.commitment for line in chosen], further)

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
        """Is a batch due by the home's interval, or a half-year to be closed?"""
        last = models.Batch.objects.order_by("-number").first()
        closing = self._next_to_close()
        if closing is not None and closing.end(self._desk.home.zone) <= now:
            return True
        if last is None:
            return bool(self._desk.home.banded_per_batch) or models.Line.objects.exists()
        if now < last.at + self._interval * EARLY:
            return False
        period = queries.period_clock(self._desk.home)(now)
        covers = self._desk.home.batch_floor or banded.per_batch(self._desk.home, period)
        return bool(covers) or models.Line.objects.filter(id__gt=last.settled, place__isnull=True).exists()

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
                [*values, _text(commitment), _text(sealed), *([] if behind is None else [behind])]
                for *values, commitment, sealed, behind in lines.values_list(*_LINE_COLUMNS)
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
