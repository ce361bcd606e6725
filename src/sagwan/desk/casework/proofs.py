"""The proof that a sealed line is in the log: a C2SP tlog-proof, made from the log's own folder."""

from dataclasses import replace

from sagwan.desk.casework.actions import STREAM
from sagwan.desk.journal import queries
from sagwan.desk.setup import Desk
from sagwan.formats.opening import commitment
from sagwan.formats.receipt import Receipt
from sagwan.record.errors import SagwanError
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


def proof(log: LogFolder, line: bytes, index: int | None) -> TlogProof:
    """That a line is in the log at `index`, under the published checkpoint with its cosignatures.

    It is checked against the checkpoint's root before it is given away. Raise NoProof while the line is not
    in the log, or its checkpoint is not published yet.
    """
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


def with_proof(desk: Desk, receipt: Receipt, number: str, line: int) -> Receipt:
    """The receipt, and with it the proof once its line is in the log.

    Without a proof the receipt is whole all the same, and its promise binds: so a log that cannot prove the
    line does not keep the receipt from its holder.
    """
    index = queries.line_indexes(STREAM + number, [line]).get(line)
    try:
        found = proof(LogFolder(desk.home.log_path), receipt.line, index)
    except NoProof:
        return receipt
    return replace(receipt, proof=bytes(found).decode())
