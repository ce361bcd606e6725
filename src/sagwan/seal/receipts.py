"""Receipts: a line, the items that tie it to its holder, and a promise signed by the receipts key."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sagwan.formats.items import Item, prove
from sagwan.formats.opening import commitment, parse
from sagwan.formats.receipt import Promise, Receipt, instant
from sagwan.tlog import SigningKey, sign_note

HOLDER_ITEMS = frozenset({"authority", "case-number", "official"})
"""The items that an official's receipt shows, so that one line cannot serve two officials."""


def make_receipt(
    *,
    line: bytes,
    items: Sequence[Item],
    key: SigningKey,
    made: datetime,
    batch_interval: timedelta,
    synthetic: bool,
    shown: Iterable[str] = HOLDER_ITEMS,
) -> Receipt:
    """The receipt for a line: the promise falls due two batch intervals after `made`.

    `key` is the receipts key, named `<origin>/receipts`. The same arguments give the same bytes.
    """
    wanted = set(shown)
    promise = Promise(key.name.removesuffix("/receipts"), commitment(line), made, made + 2 * batch_interval)
    note = sign_note(promise.text(), key)
    opening = parse(line)
    summary = {
        "request": opening.request,
        "what": str(opening.kind),
        "service": opening.service,
        "instrument": opening.instrument,
        "recorded": instant(made),
        "in-the-log-by": instant(promise.due),
    }
    proven = prove(items, [index for index, item in enumerate(items) if item.name in wanted])
    return Receipt(line, proven, bytes(note).decode(), synthetic, summary)
