"""Revealing chosen private items of one sealed line, with their proofs, to somebody whom they concern.

Two people stand for it, as for all that goes out: one asks, an approver approves. That it was done is an
event of the `access/<person>` stream: which items by number, to whom, and the SHA-256 of the file; no value.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sagwan.desk.casework.access import record_access
from sagwan.desk.casework.actions import STREAM
from sagwan.desk.casework.proofs import NoProof, proof
from sagwan.desk.casework.receipts import behind_line
from sagwan.desk.journal import queries
from sagwan.desk.people.queries import Staff
from sagwan.desk.setup import Desk
from sagwan.formats.items import Item, prove
from sagwan.formats.revealed import Revealed, encode_revealed
from sagwan.record.errors import SagwanError
from sagwan.seal.log_folder import LogFolder
from sagwan.seal.receipts import HOLDER_ITEMS
from sagwan.tlog import TlogProof

WHO_ASKS = ("counsel", "approver")


class RevealRefused(SagwanError):
    """Items that cannot be revealed: one person alone, no such item, or a line that is not in the log yet."""


class Recipient(StrEnum):
    """To whom items are shown."""

    COURT = "court"
    REGULATOR = "regulator"
    AUTHORITY = "authority"
    USER = "user"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is to be revealed: of which sealed line of which request, by whom, approved by whom, to whom.

    `items`: names (`target`: all of that name) and places (`3`); empty: those of an official's receipt.
    """

    number: str
    line: int = 0
    items: tuple[str, ...] = ()
    by: str
    approved_by: str
    to: Recipient


def items_of_line(desk: Desk, number: str, line: int, *, by: str, at: datetime) -> list[Item]:
    """The private items behind a sealed line, to choose from; that they were looked at is recorded."""
    Staff().require(by, WHO_ASKS, "choose what is revealed")
    _, items, _ = behind_line(desk, number, line)
    record_access(desk, person=by, what="Viewed", details={"request": number, "line": line}, at=at)
    return items


def reveal(desk: Desk, log: LogFolder, wanted: Request, *, at: datetime) -> bytes:
    """The file with the wanted items; the event is written before it is given back.

    Raise RevealRefused, UnknownPerson, UnknownRequest, or NoReceipt where the private parts are destroyed.
    """
    _check_people(wanted)
    line, items, _ = behind_line(desk, wanted.number, wanted.line)
    places = chosen(items, wanted.items)
    found = _proof(log, line, _index(wanted))
    revealed = Revealed(line, prove(items, places), bytes(found).decode(), desk.home.synthetic)
    data = encode_revealed(revealed)
    details = {
        "request": wanted.number,
        "line": wanted.line,
        "items": places,
        "to": str(wanted.to),
        "approved_by": wanted.approved_by,
        "digest": hashlib.sha256(data).hexdigest(),
    }
    record_access(desk, person=wanted.by, what="ItemsRevealed", details=details, at=at)
    return data


def _check_people(wanted: Request) -> None:
    staff = Staff()
    staff.require(wanted.by, WHO_ASKS, "reveal private items")
    staff.require(wanted.approved_by, ("approver",), "approve what is revealed")
    if wanted.by == wanted.approved_by:
        raise RevealRefused(
            f"{wanted.by} cannot approve it too", hint="a second person must approve (four eyes)"
        )


def chosen(items: Sequence[Item], words: Iterable[str]) -> list[int]:
    """The places of the items that the words name, in order, each once; raise RevealRefused."""
    wanted = list(words) or sorted(HOLDER_ITEMS & {item.name for item in items})
    places = set[int]()
    for word in wanted:
        if word.isascii() and word.isdecimal() and int(word) < len(items):
            places.add(int(word))
            continue
        found = {place for place, item in enumerate(items) if item.name == word}
        if not found:
            names = ", ".join(sorted({item.name for item in items}))
            raise RevealRefused(
                f"the line has no item {word!r}", hint=f"names: {names}; places: 0 to {len(items) - 1}"
            )
        places |= found
    return sorted(places)


def _index(wanted: Request) -> int:
    found = queries.line_indexes(STREAM + wanted.number, [wanted.line])
    if wanted.line not in found:
        raise RevealRefused(
            f"line {wanted.line} of {wanted.number} is not in the log yet", hint="seal first: sagwan seal"
        )
    return found[wanted.line]


def _proof(log: LogFolder, line: bytes, index: int) -> TlogProof:
    try:
        return proof(log, line, index)
    except NoProof as error:
        hint = error.hint or "seal first: sagwan seal"
        raise RevealRefused(f"entry {index} is not proven: {error.message}", hint=hint) from error
