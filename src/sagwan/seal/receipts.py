"""Receipts: a line, the items that tie it to its holder, and a promise signed by the receipts key."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sagwan.formats.items import Item, prove
from sagwan.formats.opening import Opening, commitment, parse
from sagwan.formats.receipt import Promise, Receipt, instant
from sagwan.tlog import SigningKey, sign_note

BATCHES_TO_PROMISE = 2
"""A line is promised to be in the log so many batch intervals after its event; a banded one so many more as
full batches of such lines wait before it."""
HOLDER_ITEMS = frozenset({"authority", "case-number", "official"})
"""The items that an official's receipt shows, so that one line cannot serve two officials."""


def for_official(item: Item) -> bool:
    """Does an official's receipt show the item?"""
    return item.name in HOLDER_ITEMS


def make_receipt(
    *,
    line: bytes,
    items: Sequence[Item],
    key: SigningKey,
    made: datetime,
    batch_interval: timedelta,
    synthetic: bool,
    shown: Callable[[Item], bool] = for_official,
    behind: int = 0,
) -> Receipt:
    """The receipt for a line: the promise falls due two batch intervals after `made`, and `behind` more.

    `shown` says which items the holder sees. `key` is the receipts key, named `<origin>/receipts`. The same
    arguments give the same bytes.
    """
    due = made + (BATCHES_TO_PROMISE + behind) * batch_interval
    promise = Promise(key.name.removesuffix("/receipts"), commitment(line), made, due)
    note = sign_note(promise.text(), key)
    opening = parse(line)
    summary = {
        "request": opening.request,
        "what": str(opening.kind),
        "service": opening.service,
        "instrument": opening.instrument,
        "recorded": instant(made),
        "in-the-log-by": instant(promise.due),
        **_sentences(opening, promise),
    }
    proven = prove(items, [index for index, item in enumerate(items) if shown(item)])
    return Receipt(line, proven, bytes(note).decode(), synthetic, summary)


def _sentences(opening: Opening, promise: Promise) -> dict[str, str]:
    """What the receipt says, for people; it proves nothing by itself."""
    made, due = instant(promise.made), instant(promise.due)
    what = f"{opening.kind} {opening.request} ({opening.service}, {opening.instrument})"
    return {
        "en": f"The provider recorded {what} on {made}, and promises that its line stands in the log "
        f"{promise.origin} by {due}. If it does not, this receipt proves the broken promise.",
        "ko": f"사업자는 {made}에 {what}을(를) 기록했으며, 그 줄을 {due}까지 "
        f"로그 {promise.origin}에 올리기로 "
        "약속합니다. 지키지 않으면 이 접수증이 약속 위반의 증거입니다.",
    }
