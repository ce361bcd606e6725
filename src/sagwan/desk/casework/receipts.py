"""Receipts made again from the journal: line and seed as they were stored, items from the events."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from sagwan.desk.casework.actions import STREAM
from sagwan.desk.casework.progress import Progress, advance
from sagwan.desk.casework.queries import UnknownRequest
from sagwan.desk.journal import models, queries
from sagwan.desk.journal.actions import opened_line
from sagwan.desk.journal.chain import instant
from sagwan.desk.setup import Desk
from sagwan.desk.vault.keyring import CHUNK, KeyRing
from sagwan.desk.vault.master import KeyMissing
from sagwan.formats.items import Item
from sagwan.formats.opening import parse
from sagwan.formats.receipt import Receipt
from sagwan.record.errors import SagwanError
from sagwan.record.request import Target
from sagwan.seal.errors import SealError
from sagwan.seal.handovers import require_current
from sagwan.seal.lines import facts_of, items_of
from sagwan.seal.log_folder import LogFolder
from sagwan.seal.receipts import make_receipt
from sagwan.tlog import SigningKey, TlogError, parse_signing_key


def receipts_key(desk: Desk) -> SigningKey:
    """The home's key for receipts; raise KeyMissing where it is not there, or another home's."""
    file = desk.home.keys / "receipts.key"
    try:
        key = parse_signing_key(file.read_text("ascii").strip())
    except (OSError, UnicodeDecodeError, TlogError):
        raise KeyMissing(
            "the receipts key cannot be read", hint="restore it from where you keep it"
        ) from None
    if key.name != f"{desk.home.origin}/receipts":
        raise KeyMissing("the receipts key is another home's", hint="restore it from where you keep it")
    try:
        require_current(LogFolder(desk.home.log_path), key.verifier)
    except SealError as error:
        raise KeyMissing(error.message, hint=error.hint) from error
    return key


class NoReceipt(SagwanError):
    """A receipt that cannot be made: no such line, or its private parts are destroyed."""


def receipt_of(desk: Desk, key: SigningKey, number: str, line: int = 0) -> Receipt:
    """The receipt of one sealed line of a request; the same bytes each time.

    `key` is the receipts key. Raise UnknownRequest or NoReceipt.
    """
    for _, receipt in receipts_of(desk, key, [(number, line)]):
        return receipt
    raise UnknownRequest(f"there is no request {number}", hint="sagwan list shows the numbers")


def receipt_of_user(desk: Desk, key: SigningKey, number: str, target: Target) -> tuple[int, Receipt]:
    """(line, receipt) for a notified user: the last line that holds the target, and of its items that alone.

    Raise UnknownRequest, or NoReceipt where no line holds it or the private parts are destroyed.
    """
    own = ("target", f"{target.kind} {target.value}")  # as seal/lines.py writes it
    for line in reversed(range(models.Line.objects.filter(stream=STREAM + number).count())):
        opening, items, made = behind_line(desk, number, line)
        row = models.Line.objects.get(stream=STREAM + number, number=line)
        if own not in [(item.name, item.value) for item in items]:
            continue
        receipt = make_receipt(
            line=opening,
            items=items,
            key=key,
            made=made,
            batch_interval=timedelta(hours=desk.home.batch_interval_hours),
            synthetic=desk.home.synthetic,
            shown=lambda item: (item.name, item.value) == own,
            behind=row.behind or 0,
        )
        return line, receipt
    raise NoReceipt(f"no line of {number} holds that target", hint="sagwan show lists the targets")


def receipts_of(
    desk: Desk, key: SigningKey, wanted: Iterable[tuple[str, int]]
) -> Iterator[tuple[tuple[str, int], Receipt]]:
    """((number, line), receipt) of many lines, a few statements for some hundred of them."""
    todo = list(wanted)
    for start in range(0, len(todo), CHUNK):
        chunk = todo[start : start + CHUNK]
        streams = {STREAM + number for number, _ in chunk}
        histories = queries.histories(streams)
        keys = KeyRing(desk.master)
        keys.load(histories)
        rows = {(row.stream, row.number): row for row in models.Line.objects.filter(stream__in=streams)}
        for number, line in chunk:
            history, row = histories.get(STREAM + number), rows.get((STREAM + number, line))
            if history is None:
                continue
            if row is None:
                raise NoReceipt(f"{number} has no sealed line {line}", hint="sagwan show lists its lines")
            yield (number, line), _receipt(desk, key, history, row, keys)


def behind_line(desk: Desk, number: str, line: int = 0) -> tuple[bytes, list[Item], datetime]:
    """(the line's bytes, its private items in order, the instant of its event) of one sealed line.

    Raise UnknownRequest, or NoReceipt where there is no such line or its private parts are destroyed.
    """
    stream = STREAM + number
    history = queries.histories([stream]).get(stream)
    if history is None:
        raise UnknownRequest(f"there is no request {number}", hint="sagwan list shows the numbers")
    row = models.Line.objects.filter(stream=stream, number=line).first()
    if row is None:
        raise NoReceipt(f"{number} has no sealed line {line}", hint="sagwan show lists its lines")
    keys = KeyRing(desk.master)
    keys.load([stream])
    data, seed = opened_line(desk, bytes(row.commitment), bytes(row.sealed))
    return data, *_items(history, row, keys, seed, parse(data).private)


def _receipt(
    desk: Desk, key: SigningKey, history: list[queries.Stored], row: models.Line, keys: KeyRing
) -> Receipt:
    line, seed = opened_line(desk, bytes(row.commitment), bytes(row.sealed))
    items, made = _items(history, row, keys, seed, parse(line).private)
    return make_receipt(
        line=line,
        items=items,
        key=key,
        made=made,
        batch_interval=timedelta(hours=desk.home.batch_interval_hours),
        synthetic=desk.home.synthetic,
        behind=row.behind or 0,
    )


def _items(
    history: list[queries.Stored], row: models.Line, keys: KeyRing, seed: bytes, root: str
) -> tuple[list[Item], datetime]:
    """The private items of a line, proven against its field 14, and the instant of its event."""
    progress: Progress | None = None
    for stored in history[: row.event_seq]:
        progress = advance(progress, queries.read(stored, keys), stored.at, stored.actor)
    last = history[row.event_seq - 1]
    if progress is None:
        raise NoReceipt(f"{row.stream} has no events before its line {row.number}")
    items, found = items_of(seed, facts_of(progress.state, at=instant(last.at), head=last.hash))
    if found.hex() != root:
        raise NoReceipt(
            f"the private parts behind line {row.number} of {row.stream.removeprefix(STREAM)} are gone",
            hint="their key was destroyed; only a receipt that was handed out before can show them",
        )
    return items, last.at
