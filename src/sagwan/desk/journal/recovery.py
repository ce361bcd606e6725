"""Bring a restored database up to what the keeper, and at last the log itself, know."""

import base64
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sagwan.desk.journal import models
from sagwan.desk.journal.actions import Recorder
from sagwan.desk.journal.locks import placing
from sagwan.desk.journal.lost import lost_commitments
from sagwan.desk.journal.store import decode_event
from sagwan.desk.setup import Desk
from sagwan.desk.vault.keyring import CHUNK
from sagwan.desk.vault.models import StreamKey
from sagwan.record.period import Period
from sagwan.seal.keeper import Keeper
from sagwan.seal.log_folder import LogFolder
from sagwan.tlog import decode_bundle, parse_checkpoint, parse_note, tile_at

RECOVERED_STREAM = "system/recovered"


@dataclass(slots=True)
class Recovered:
    """What was brought back: batches, events, lines; streams where the restored database went another way
    meanwhile (its events stay, the keeper's are not in it); entries whose line is gone."""

    batches: int = 0
    events: int = 0
    lines: int = 0
    lost: int = 0
    conflicts: list[str] = field(default_factory=list)
    streams: set[str] = field(default_factory=set)


def recover(
    desk: Desk,
    keeper: Keeper,
    log: LogFolder,
    *,
    now: datetime,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Recovered:
    """Replay every batch of the keeper that the database lacks, then the entries that only the log has.

    A keeper that turns up after its entries were given up for lost brings their lines back. Each batch is
    one transaction; again does no harm. Projections and the index are rebuilt by the caller for
    `Recovered.streams`.
    """
    done = Recovered()
    with placing():
        known = models.Batch.objects.count()
    numbers = [number for number in keeper.batch_numbers() if number > known]
    for count, number in enumerate(numbers, 1):
        kept = keeper.batch(number)
        with placing():
            _replay(json.loads(kept.body), json.loads(kept.keys), done)
        progress(count, len(numbers))
    for number in keeper.batch_numbers():
        if number <= known and (lost := lost_commitments()):
            kept = keeper.batch(number)
            with placing():
                _bring_back(json.loads(kept.body), json.loads(kept.keys), lost, done)
    with placing():
        _lost_entries(desk, log, now, done)
        _checkpoints(keeper, log)
        _note_conflicts(desk, now, done)
    return done


def _note_conflicts(desk: Desk, now: datetime, done: Recovered) -> None:
    """Write down which streams went another way: what the keeper has of them is explained for ever."""
    if fresh := sorted(set(done.conflicts) - conflicts()):
        recorder = Recorder(desk)
        recorder.note(RECOVERED_STREAM, "WentAnotherWay", {"streams": fresh}, actor="recover", at=now)
        recorder.flush()


def conflicts() -> set[str]:
    """The streams of which the keeper has other events than this database, since a recovery."""
    rows = models.Event.objects.filter(stream=RECOVERED_STREAM, type="WentAnotherWay")
    return {
        stream for public in rows.values_list("public", flat=True) for stream in json.loads(public)["streams"]
    }


def _bring_back(body: dict[str, Any], keys: list[list[str]], lost: set[bytes], done: Recovered) -> None:
    """Insert the events and lines of a batch whose entries stand in the log without a line."""
    if lost.isdisjoint(bytes.fromhex(entry) for entry in body["entries"]):
        return
    _insert_events(body["events"], done)
    _insert_keys(keys)
    done.lines += _insert_lines(body["lines"])


def _replay(body: dict[str, Any], keys: list[list[str]], done: Recovered) -> None:
    _insert_events(body["events"], done)
    _insert_keys(keys)
    done.lines += _insert_lines(body["lines"])
    lines = {bytes.fromhex(entry): None for entry in body["entries"]}
    commitments = list(lines)
    for start in range(0, len(commitments), CHUNK):
        found = models.Line.objects.filter(commitment__in=commitments[start : start + CHUNK])
        lines.update({bytes(c): i for c, i in found.values_list("commitment", "id")})
    batch = models.Batch(
        number=body["number"],
        period=body["period"],
        first=body["first"],
        size=len(commitments),
        at=datetime.fromisoformat(body["at"]),
        last_event=0,  # ids differ in this database: let the next batch keep all of it again
        last_line=0,
        settled=0,
    )
    batch.save(force_insert=True)
    models.Place.objects.bulk_create(
        (
            models.Place(index=body["first"] + offset, line_id=lines[c], commitment=c, batch=batch)
            for offset, c in enumerate(commitments)
        ),
        batch_size=CHUNK,
    )
    done.batches += 1


def _insert_events(rows: Iterable[list[Any]], done: Recovered) -> None:
    """Insert the events that are not there; a stream that went another way is left as it is."""
    by_stream: dict[str, list[dict[str, Any]]] = {}
    for values in rows:
        row = decode_event(values)
        by_stream.setdefault(row["stream"], []).append(row)
    names = list(by_stream)
    there: dict[tuple[str, int], bytes] = {}
    for start in range(0, len(names), CHUNK):
        found = models.Event.objects.filter(stream__in=names[start : start + CHUNK])
        there.update({(s, n): bytes(h) for s, n, h in found.values_list("stream", "seq", "hash")})
    fresh = []
    for stream, events in by_stream.items():
        if stream in done.conflicts:
            continue
        if any(there.get((stream, e["seq"]), e["hash"]) != e["hash"] for e in events):
            done.conflicts.append(stream)
            continue
        new = [models.Event(**event) for event in events if (stream, event["seq"]) not in there]
        if new:
            fresh += new
            done.streams.add(stream)
    models.Event.objects.bulk_create(fresh, batch_size=CHUNK)
    done.events += len(fresh)


def _insert_keys(keys: list[list[str]]) -> None:
    wanted = {(stream, kind): wrapped for stream, kind, wrapped in keys}
    names = sorted({stream for stream, _ in wanted})
    for start in range(0, len(names), CHUNK):
        found = StreamKey.objects.filter(stream__in=names[start : start + CHUNK])
        for place in found.values_list("stream", "record_class"):
            wanted.pop(place, None)
    StreamKey.objects.bulk_create(
        (
            StreamKey(stream=stream, record_class=kind, wrapped=base64.b64decode(wrapped))
            for (stream, kind), wrapped in wanted.items()
        ),
        batch_size=CHUNK,
    )


def _insert_lines(rows: list[list[Any]]) -> int:
    """Insert the lines that are not there. One whose place in its stream is taken goes to a stream of
    recovered lines, so that it can still be opened."""
    count = 0
    recovered = models.Line.objects.filter(stream=RECOVERED_STREAM).count()
    for stream, number, event_seq, period, commitment, sealed, *behind in rows:
        digest = base64.b64decode(commitment)
        if models.Line.objects.filter(commitment=digest).exists():
            continue
        if models.Line.objects.filter(stream=stream, number=number).exists():
            stream, number, recovered = RECOVERED_STREAM, recovered, recovered + 1
        models.Line(
            stream=stream,
            number=number,
            event_seq=event_seq,
            period=period,
            commitment=digest,
            sealed=base64.b64decode(sealed),
            behind=behind[0] if behind else None,
        ).save(force_insert=True)
        count += 1
    return count


def _lost_entries(desk: Desk, log: LogFolder, now: datetime, done: Recovered) -> None:
    """Give the entries that only the published log knows their places, without a line: withheld as lost."""
    note = log.checkpoint()
    if note is None:
        return
    size = parse_checkpoint(parse_note(note).text).size
    last = models.Batch.objects.order_by("-number").first()
    first = last.first + last.size if last else 0
    if size <= first:
        return
    entries: list[bytes] = []
    for bundle in range(first // 256, (size - 1) // 256 + 1):
        tile = tile_at(None, bundle, size)
        held = decode_bundle(log.read(tile), tile.width)
        entries += held[max(first - bundle * 256, 0) :]
    batch = models.Batch(
        number=last.number + 1 if last else 1,
        period=last.period if last else str(Period.containing(now, desk.home.zone)),
        first=first,
        size=len(entries),
        at=now,
        last_event=0,
        last_line=0,
        settled=0,
    )
    batch.save(force_insert=True)
    found = models.Line.objects.filter(commitment__in=entries).values_list("commitment", "id")
    lines = {bytes(commitment): line for commitment, line in found}
    models.Place.objects.bulk_create(
        (
            models.Place(index=first + offset, line_id=lines.get(entry), commitment=entry, batch=batch)
            for offset, entry in enumerate(entries)
        ),
        batch_size=CHUNK,
    )
    done.lost += sum(entry not in lines for entry in entries)


def _checkpoints(keeper: Keeper, log: LogFolder) -> None:
    """Remember every checkpoint that keeper or log hold and the database lacks."""
    there = set(models.Checkpoint.objects.values_list("size", flat=True))
    batches = {b.first + b.size: b for b in models.Batch.objects.all()}
    published = log.checkpoint()
    for note in (*keeper.checkpoints(), *([published] if published else [])):
        size = parse_checkpoint(parse_note(note).text).size
        batch = batches.get(size)
        if size not in there and batch is not None:
            models.Checkpoint(size=size, period=batch.period, at=batch.at, note=note.decode()).save(
                force_insert=True
            )
            there.add(size)
