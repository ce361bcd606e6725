"""The receipts that officials take with them."""

from sagwan.desk.casework.queries import Story
from sagwan.desk.casework.receipts import receipt_of
from sagwan.desk.setup import Desk
from sagwan.desk.vault.master import KeyMissing
from sagwan.formats.receipt import Receipt
from sagwan.record.vocabulary import LineKind
from sagwan.tlog import SigningKey, TlogError, parse_signing_key


def receipt(desk: Desk, number: str, line: int) -> Receipt:
    """The receipt of a sealed line; raise KeyMissing, or NoReceipt where there is no such line."""
    return receipt_of(desk, _key(desk), number, line)


def lines_of(story: Story) -> list[tuple[int, LineKind, int | None]]:
    """(number, kind, index in the log or None while it is not sealed yet) of each line of a request."""
    return [
        (number, line.kind, story.indexes.get(number))
        for number, line in enumerate(story.progress.state.lines)
    ]


def _key(desk: Desk) -> SigningKey:
    file = desk.home.keys / "receipts.key"
    try:
        key = parse_signing_key(file.read_text("ascii").strip())
    except (OSError, UnicodeDecodeError, TlogError):
        raise KeyMissing(
            "the receipts key cannot be read", hint="restore it from where you keep it"
        ) from None
    if key.name != f"{desk.home.origin}/receipts":
        raise KeyMissing("the receipts key is another home's", hint="restore it from where you keep it")
    return key
