"""Writing the journal: events, keys, index rows and opening lines of one transaction, all at once."""

import json
import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError

from sagwan.desk.journal import banded, locks, models, queries
from sagwan.desk.journal.chain import GENESIS, event_hash
from sagwan.desk.setup import Desk
from sagwan.desk.vault import index
from sagwan.desk.vault.bulk import insert_many
from sagwan.desk.vault.keyring import KeyRing
from sagwan.desk.vault.master import seal, unseal
from sagwan.formats.opening import Opening, commitment
from sagwan.record import codec
from sagwan.record.errors import SagwanError
from sagwan.record.events import Event
from sagwan.record.period import Period
from sagwan.record.private import RecordClass
from sagwan.record.request import Target
from sagwan.seal.lines import SEED_SIZE

LINE_COLUMNS = ("stream", "number", "event_seq", "period", "commitment", "sealed", "behind")


class ConcurrentChange(SagwanError):
    """Someone else changed the same request first; nothing was written."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where a stream ends: its last event's number and hash, and how many sealed lines it has."""

    seq: int = 0
    hash: bytes = GENESIS
    lines: int = 0


class Recorder:
    """Collects what one transaction appends, encrypted and chained; `flush` writes it in few statements.

    Use it inside `locks.writing()`. Nothing is in the database before `flush`.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.keys = KeyRing(desk.master)
        self.period = queries.period_clock(desk.home)
        self._heads: dict[str, Head] = {}
        self._events: list[tuple] = []
        self._lines: list[tuple] = []
        self._found: list[tuple[str, str, str, RecordClass]] = []
        self._queued: int | None = None

    def load(self, streams: Iterable[str]) -> dict[str, list[queries.Stored]]:
        """The histories of request streams; their keys and heads are remembered."""
        wanted = set(streams)
        found = queries.histories(wanted)
        self.keys.load(found)
        counts = queries.line_count(found)
        for stream in wanted:
            history = found.get(stream)
            if history:
                last = history[-1]
                self._heads[stream] = Head(last.seq, last.hash, counts.get(stream, 0))
            else:
                self._heads[stream] = Head()
        return found

    def begin(self, stream: str) -> None:
        """Know, without asking the database, that a stream with a fresh random name is empty."""
        self._heads[stream] = Head()

    def head(self, stream: str) -> Head:
        if stream not in self._heads:
            last = queries.last_of(stream)
            self._heads[stream] = (
                Head() if last is None else Head(*last, queries.line_count([stream]).get(stream, 0))
            )
        return self._heads[stream]

    def append(
        self, stream: str, event: Event, *, actor: str, at: datetime, known: Collection[Target] = ()
    ) -> Head:
        """Append an event of a request; return the stream's head after it.

        `known` are the request's targets that are in the blind index already.
        """
        encoded = codec.encode(event)
        seq = self.head(stream).seq + 1
        private = {
            record_class: self.keys.encrypt(stream, seq, record_class, text)
            for record_class, text in encoded.private.items()
        }
        self._found += [(stream, *entry) for entry in index.entries_of(event, known)]
        return self._append(stream, encoded.type, encoded.public, private, actor, at)

    def note(
        self,
        stream: str,
        kind: str,
        public: Mapping[str, Any],
        *,
        actor: str,
        at: datetime,
        private: Mapping[str, Any] | None = None,
    ) -> Head:
        """Append an event of another stream (person, authority, access, system).

        `private` members are encrypted under the stream's LEDGER key; load it first where there is one.
        """
        sealed = {}
        if private:
            seq = self.head(stream).seq + 1
            sealed[RecordClass.LEDGER] = self.keys.encrypt(stream, seq, RecordClass.LEDGER, _members(private))
        return self._append(stream, kind, _members(public), sealed, actor, at)

    def _append(
        self,
        stream: str,
        kind: str,
        public: str,
        private: Mapping[RecordClass, bytes],
        actor: str,
        at: datetime,
    ) -> Head:
        head = self.head(stream)
        seq = head.seq + 1
        parts = {"ledger": private.get(RecordClass.LEDGER), "matter": private.get(RecordClass.MATTER)}
        digest = event_hash(
            stream=stream, seq=seq, kind=kind, at=at, actor=actor, public=public, previous=head.hash, **parts
        )
        self._events.append((stream, seq, kind, at, actor, public, *parts.values(), head.hash, digest))
        self._heads[stream] = Head(seq, digest, head.lines)
        return self._heads[stream]

    def seal_line(self, stream: str, opening: Opening, seed: bytes, behind: int | None = None) -> bytes:
        """Keep an opening line for the sealer, with its items' seed; return the line.

        The line belongs to the stream's last event. `behind` is a number for a banded line: see `queue`.
        """
        head = self.head(stream)
        line = opening.line()
        digest = commitment(line)
        sealed = sealed_line(self.desk, digest, line, seed)
        self._lines.append((stream, head.lines, head.seq, opening.period, digest, sealed, behind))
        self._heads[stream] = Head(head.seq, head.hash, head.lines + 1)
        return line

    def queue(self, period: Period) -> int:
        """How many full batches of banded lines wait before one that is written now: its `behind`."""
        if self._queued is None:
            locks.one_queue()
            self._queued = banded.waiting()
        self._queued += 1
        return (self._queued - 1) // max(banded.per_batch(self.desk.home, period), 1)

    def flush(self) -> None:
        """Write all of it; raise ConcurrentChange where a place was taken meanwhile."""
        try:
            insert_many(models.Event, queries.EVENT_COLUMNS, self._events)
        except IntegrityError as error:
            raise ConcurrentChange(
                "the request was changed by someone else just now", hint="look at it again, then repeat"
            ) from error
        insert_many(models.Line, LINE_COLUMNS, self._lines)
        self.keys.save()
        index.write(self.desk.master, self._found)
        self._events, self._lines, self._found = [], [], []


def _members(members: Mapping[str, Any]) -> str:
    return json.dumps(members, ensure_ascii=False, separators=(",", ":"))


def sealed_line(desk: Desk, digest: bytes, line: bytes, seed: bytes) -> bytes:
    """A line and its items' seed, encrypted under the master key."""
    return seal(desk.master.lines, seed + line, b"line " + digest)


def opened_line(desk: Desk, digest: bytes, sealed: bytes) -> tuple[bytes, bytes]:
    """(line, seed) of what `sealed_line` made."""
    plain = unseal(desk.master.lines, sealed, b"line " + digest)
    return plain[SEED_SIZE:], plain[:SEED_SIZE]


def new_salt() -> str:
    return secrets.token_hex(16)


def new_seed() -> bytes:
    return secrets.token_bytes(SEED_SIZE)


def new_number() -> str:
    """A request's number: 16 random hex digits."""
    return secrets.token_hex(8)
