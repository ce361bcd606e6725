"""From the bytes of a signed note to a statement that a reader's policy accepts."""

from collections.abc import Mapping
from dataclasses import dataclass

from sagwan.tlog.checkpoint import Checkpoint, parse_checkpoint
from sagwan.tlog.errors import ProofError, QuorumError, SignatureError
from sagwan.tlog.hashing import EMPTY_ROOT
from sagwan.tlog.note import Note, parse_note, verify_note
from sagwan.tlog.policy import Policy


@dataclass(frozen=True, slots=True)
class VerifiedCheckpoint:
    """A checkpoint whose signatures were verified.

    `times` has, for each witness of the policy that cosigned, its name there and the earliest time (POSIX
    seconds) at which it did.
    """

    checkpoint: Checkpoint
    note: Note
    times: Mapping[str, int]


def verify_checkpoint(data: bytes, policy: Policy) -> VerifiedCheckpoint:
    """Read a checkpoint's signed note and hold it against a policy.

    It must be signed by a log of the policy whose key's name is the checkpoint's origin, and cosigned as the
    quorum asks. Raises FormatError, SignatureError (a bad line of any known key spoils the note) or
    QuorumError, and ProofError if it says that an empty log has a root other than EMPTY_ROOT.
    """
    note = parse_note(data)
    checkpoint = parse_checkpoint(note.text)
    if checkpoint.size == 0 and checkpoint.root != EMPTY_ROOT:
        raise ProofError(
            f"checkpoint of {checkpoint.origin!r}: size 0 with root {checkpoint.root.hex()}, "
            f"the empty tree's is {EMPTY_ROOT.hex()}"
        )
    signatures = verify_note(note, policy.keys)
    logs = {log.key for log in policy.logs}
    signers = [item.key.name for item in signatures if item.key in logs]
    if checkpoint.origin not in signers:
        raise SignatureError(
            f"checkpoint of {checkpoint.origin!r}: not signed by a known log of that name; "
            f"known logs that signed: {', '.join(signers) or 'none'}"
        )
    times: dict[str, int] = {}
    for item in signatures:
        if item.time is not None:
            for name in policy.witness_names([item.key]):
                times[name] = min(item.time, times.get(name, item.time))
    if not policy.quorum_met(times.keys()):
        raise QuorumError(
            f"checkpoint of {checkpoint.origin!r} at size {checkpoint.size}: cosigned by "
            f"{', '.join(sorted(times)) or 'none'} of the policy's witnesses, the quorum is {policy.quorum!r}"
        )
    return VerifiedCheckpoint(checkpoint, note, times)
