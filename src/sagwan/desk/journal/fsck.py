"""The whole store against itself: chains, files, lines, places, keeper and log. Finds; mends nothing."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sagwan.desk.journal import models, queries
from sagwan.desk.journal.actions import opened_line
from sagwan.desk.journal.chain import GENESIS, event_hash
from sagwan.desk.setup import Desk
from sagwan.desk.vault import documents
from sagwan.desk.vault.keyring import KeyRing
from sagwan.desk.vault.models import Document
from sagwan.desk.vault.productions.queries import amiss
from sagwan.formats.opening import commitment, parse
from sagwan.record.errors import SagwanError
from sagwan.seal.keeper import Keeper
from sagwan.seal.log_folder import LogFolder
from sagwan.tlog import (
    Tile,
    TlogError,
    VerifierKey,
    grow,
    leaf_hash,
    parse_checkpoint,
    parse_note,
    root_of,
    verify_note,
)

CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it must be: where, and what."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def fsck(
    desk: Desk,
    keeper: Keeper,
    log: LogFolder,
    key: VerifierKey,
    progress: Callable[[str], None] = lambda what: None,
) -> list[Problem]:
    """Every problem found; an empty list means all of it holds together."""
    problems: list[Problem] = []
    for name, check in (
        ("events", lambda: _events(desk)),
        ("documents", lambda: _documents(desk)),
        ("productions", lambda: (Problem(*found) for found in amiss(desk))),
        ("lines", lambda: _lines(desk)),
        ("places", _places),
        ("keeper", lambda: _keeper(keeper)),
        ("log", lambda: _log(log, key)),
    ):
        progress(name)
        problems += check()
    return problems


def _events(desk: Desk) -> Iterator[Problem]:
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
        digest = event_hash(
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
        if digest != event.hash:
            yield Problem(where, f"its bytes hash to {digest.hex()}, its hash is {event.hash.hex()}")
        previous = event.hash
        batch.append(event)
        if len(batch) >= CHUNK:
            yield from _readable(desk, batch)
            batch = []
    yield from _readable(desk, batch)


def _readable(desk: Desk, events: list[queries.Stored]) -> Iterator[Problem]:
    keys = KeyRing(desk.master)
    keys.load({event.stream for event in events})
    for event in events:
        if not event.stream.startswith(queries.REQUESTS):
            continue
        try:
            queries.read(event, keys)
        except SagwanError as error:
            yield Problem(f"event {event.stream} {event.seq}", str(error))


def _documents(desk: Desk) -> Iterator[Problem]:
    """Each document decrypts to the bytes whose SHA-256 it is found by."""
    for stream, digest in Document.objects.order_by("id").values_list("stream", "digest"):
        keys = KeyRing(desk.master)
        keys.load([stream])
        try:
            found = hashlib.sha256(documents.read(keys, stream, digest)).hexdigest()
        except SagwanError as error:
            yield Problem(f"document {digest} of {stream}", str(error))
            continue
        if found != digest:
            yield Problem(f"document {digest} of {stream}", f"has the SHA-256 {found}")


def _lines(desk: Desk) -> Iterator[Problem]:
    """Each line decrypts, obeys the grammar, hashes to its commitment and names its half-year."""
    for line in models.Line.objects.order_by("id").iterator(chunk_size=CHUNK):
        where, digest = f"line {line.stream} {line.number}", bytes(line.commitment)
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


def _places() -> Iterator[Problem]:
    """Places are without gap, each in its batch, each with its line's commitment."""
    expected = 0
    for batch in models.Batch.objects.order_by("number").iterator():
        if batch.first != expected:
            yield Problem(f"batch {batch.number}", f"begins at {batch.first}, not at {expected}")
        expected = batch.first + batch.size
    index = 0
    places = models.Place.objects.select_related("line").order_by("index")
    for place in places.iterator(chunk_size=CHUNK):
        if place.index != index:
            yield Problem(f"place {place.index}", f"place {index} was expected")
            index = place.index
        if place.line is not None and bytes(place.line.commitment) != bytes(place.commitment):
            yield Problem(f"place {place.index}", "its commitment is not its line's")
        index += 1
    if index != expected:
        yield Problem("places", f"{index} places, but the batches hold {expected}")


def _keeper(keeper: Keeper) -> Iterator[Problem]:
    """The keeper holds every batch, readable, with the same entries."""
    kept = set(keeper.batch_numbers())
    for batch in models.Batch.objects.order_by("number").iterator():
        where = f"keeper's batch {batch.number}"
        if batch.number not in kept:
            if models.Place.objects.filter(batch=batch, line__isnull=False).exists():
                yield Problem(where, "is missing")
            continue
        try:
            keeper.batch(batch.number)
        except SagwanError as error:
            yield Problem(where, str(error))


def _log(log: LogFolder, key: VerifierKey) -> Iterator[Problem]:
    """The public checkpoint is ours, its tree is the places', every file of the log has the right bytes."""
    note = log.checkpoint()
    placed = models.Place.objects.count()
    if note is None:
        if placed:
            yield Problem("log/checkpoint", f"is missing, but {placed} entries have a place")
        return
    try:
        parsed = parse_note(note)
        verify_note(parsed, [key])
        checkpoint = parse_checkpoint(parsed.text)
    except TlogError as error:
        yield Problem("log/checkpoint", str(error))
        return
    if checkpoint.size != placed:
        yield Problem("log/checkpoint", f"has size {checkpoint.size}, but {placed} entries have a place")
    places = models.Place.objects.filter(index__lt=checkpoint.size).order_by("index")
    entries = [bytes(c) for c in places.values_list("commitment", flat=True)]
    root = root_of(map(leaf_hash, entries))
    if root != checkpoint.root:
        yield Problem("log/checkpoint", f"has root {checkpoint.root.hex()}, the places give {root.hex()}")
    yield from _files(log, entries)


def _files(log: LogFolder, entries: list[bytes]) -> Iterator[Problem]:
    """Every tile of the tree's present size, and every partial that is still there, byte for byte."""
    right = dict(grow(0, entries, _no_tile))
    for path, data in right.items():
        file = log.folder / path
        if not file.exists():
            yield Problem(f"log/{path}", "is missing")
        elif file.read_bytes() != data:
            yield Problem(f"log/{path}", "has other bytes than the places give")
    for file in sorted((log.folder / "tile").rglob("*")):
        path = file.relative_to(log.folder).as_posix()
        if file.is_file() and path not in right and not path.endswith(".part"):
            yield from _partial(path, file.read_bytes(), right)


def _partial(path: str, data: bytes, right: dict[str, bytes]) -> Iterator[Problem]:
    """An older partial tile must be the beginning of what the tile holds now."""
    head, mark, _ = path.rpartition(".p/")
    grown = next((d for p, d in right.items() if p == head or p.startswith(head + ".p/")), None)
    if not mark or grown is None:
        yield Problem(f"log/{path}", "does not belong to the log")
    elif not grown.startswith(data):
        yield Problem(f"log/{path}", "has other bytes than the places give")


def _no_tile(tile: Tile) -> bytes:
    raise TlogError(f"{tile.path} of an empty log was asked for")
