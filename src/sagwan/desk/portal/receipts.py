"""The receipts that officials take with them."""

from sagwan.desk.casework.proofs import with_proof
from sagwan.desk.casework.queries import Story
from sagwan.desk.casework.receipts import receipt_of, receipts_key
from sagwan.desk.setup import Desk
from sagwan.formats.receipt import Receipt
from sagwan.record.vocabulary import LineKind


def receipt(desk: Desk, number: str, line: int) -> Receipt:
    """The receipt of a sealed line, with its proof once it is in the log.

    Raise KeyMissing, or NoReceipt where there is no such line.
    """
    return with_proof(desk, receipt_of(desk, receipts_key(desk), number, line), number, line)


def lines_of(story: Story) -> list[tuple[int, LineKind, int | None]]:
    """(number, kind, index in the log or None while it is not sealed yet) of each line of a request."""
    return [
        (number, line.kind, story.indexes.get(number))
        for number, line in enumerate(story.progress.state.lines)
    ]
