"""The receipts that officials take with them, and, once it is sealed, the proof that a line is in the log."""

from sagwan.desk.casework.queries import Story
from sagwan.desk.casework.receipts import receipt_of, receipts_key
from sagwan.desk.setup import Desk
from sagwan.formats.opening import commitment
from sagwan.formats.receipt import Receipt
from sagwan.record.errors import SagwanError
from sagwan.record.vocabulary import LineKind
from sagwan.seal.errors import SealError
from sagwan.seal.log_folder import LogFolder
from sagwan.tlog import (
    TlogError,
    TlogProof,
    inclusion_proof,
    leaf_hash,
    parse_checkpoint,
    parse_note,
    tile_nodes,
    verify_inclusion,
)


class NoProof(SagwanError):
    """A line that is not under a published checkpoint yet."""


def receipt(desk: Desk, number: str, line: int) -> Receipt:
    """The receipt of a sealed line; raise KeyMissing, or NoReceipt where there is no such line."""
    return receipt_of(desk, receipts_key(desk), number, line)


def lines_of(story: Story) -> list[tuple[int, LineKind, int | None]]:
    """(number, kind, index in the log or None while it is not sealed yet) of each line of a request."""
    return [
        (number, line.kind, story.indexes.get(number))
        for number, line in enumerate(story.progress.state.lines)
    ]


def proof(desk: Desk, line: bytes, index: int | None) -> TlogProof:
    """That a line is in the log at `index`, under the published checkpoint with its cosignatures.

    It is checked against the checkpoint's root before it is given away. Raise NoProof while the line is not
    in the log, or its checkpoint is not published yet.
    """
    log = LogFolder(desk.home.log_path)
    note, leaf = log.checkpoint(), leaf_hash(commitment(line))
    if index is None or note is None:
        raise NoProof("the line is not in the log yet")
    try:
        checkpoint = parse_checkpoint(parse_note(note).text)
        if checkpoint.size <= index:
            raise NoProof("the line's checkpoint is not published yet")
        hashes = inclusion_proof(tile_nodes(checkpoint.size, log.read), index, checkpoint.size)
        verify_inclusion(hashes, index=index, size=checkpoint.size, leaf=leaf, root=checkpoint.root)
    except (TlogError, SealError) as error:
        raise NoProof(f"the log cannot prove it: {error}", hint="tell the provider") from error
    return TlogProof(index, tuple(hashes), note)
