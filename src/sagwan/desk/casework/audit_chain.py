"""The chain of events of one request as an auditor reads it: who, when, hashes, sizes; does it hold?"""

from dataclasses import dataclass
from datetime import datetime

from sagwan.desk.casework.actions import STREAM
from sagwan.desk.journal import models, queries
from sagwan.desk.journal.chain import GENESIS, event_hash
from sagwan.desk.journal.queries import Stored


@dataclass(frozen=True, slots=True)
class Link:
    """One event: `hash` in hex covers it and all before it; `holds`: recomputed, it is the stored one.

    `ledger` and `matter` are the bytes of its encrypted parts, None where it has none.
    """

    seq: int
    type: str
    at: datetime
    by: str
    hash: str
    holds: bool
    ledger: int | None
    matter: int | None


@dataclass(frozen=True, slots=True)
class Sealed:
    """One sealed line: of which event, its commitment in hex, the bytes of its encrypted form, and its place
    in the log (None while it waits)."""

    number: int
    event: int
    period: str
    commitment: str
    size: int
    index: int | None


@dataclass(frozen=True, slots=True)
class Chain:
    """All of it; no private part is decrypted."""

    links: tuple[Link, ...]
    lines: tuple[Sealed, ...]

    @property
    def holds(self) -> bool:
        return all(link.holds for link in self.links)


def chain(number: str) -> Chain:
    """The chain of a request; empty where there is no such request. Three statements."""
    stream = STREAM + number
    history = queries.histories([stream]).get(stream, [])
    before = [GENESIS, *(stored.hash for stored in history)]
    links = tuple(_link(stored, before[place], place + 1) for place, stored in enumerate(history))
    rows = list(models.Line.objects.filter(stream=stream).order_by("number"))
    indexes = queries.line_indexes(stream, [row.number for row in rows])
    lines = tuple(
        Sealed(
            row.number, row.event_seq, row.period, bytes(row.commitment).hex(), len(bytes(row.sealed)),
            indexes.get(row.number),
        )
        for row in rows
    )  # fmt: skip
    return Chain(links, lines)


def _link(stored: Stored, previous: bytes, seq: int) -> Link:
    digest = event_hash(
        stream=stored.stream, seq=stored.seq, kind=stored.type, at=stored.at, actor=stored.actor,
        public=stored.public, ledger=stored.ledger, matter=stored.matter, previous=stored.previous,
    )  # fmt: skip
    holds = (digest, stored.previous, stored.seq) == (stored.hash, previous, seq)
    return Link(
        stored.seq, stored.type, stored.at, stored.actor, stored.hash.hex(), holds,
        None if stored.ledger is None else len(stored.ledger),
        None if stored.matter is None else len(stored.matter),
    )  # fmt: skip
