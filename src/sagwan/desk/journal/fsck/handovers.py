"""The handovers of the log's keys: whole, signed, of this log's tree, and ending at the key in place."""

from collections.abc import Iterator

from sagwan.desk.journal.fsck.problem import Problem
from sagwan.formats.handover import KeyUse, Reason, SignedHandover
from sagwan.seal.handovers import handover_file, handovers_of, keys_at
from sagwan.seal.log_folder import LogFolder
from sagwan.tlog import VerifierKey


def every_key(log: LogFolder, key: VerifierKey) -> list[VerifierKey]:
    """The log's key and all that gave way to it; raise SealError where a handover cannot be read."""
    return keys_at(handovers_of(log), key, 0)


def handovers(log: LogFolder, key: VerifierKey) -> Iterator[Problem]:
    """Every handover against the log; `key` is the log's present one."""
    found = handovers_of(log)
    for number, one in enumerate(found, 1):
        where, handover = f"log/{handover_file(number)}", one.handover
        if (handover.origin, handover.number) != (key.name, number):
            yield Problem(where, f"is handover {handover.number} of {handover.origin}")
        if not _signed(one):
            yield Problem(where, "is not signed as it must be")
        if log.frontier(handover.size).root() != handover.root:
            yield Problem(where, f"names another root than the log's at size {handover.size}")
    ended = [one.handover for one in found if one.handover.use is KeyUse.LOG]
    if ended and ended[-1].new != key:
        yield Problem("keys/log.key", f"is not the key of handover {ended[-1].number}")


def _signed(one: SignedHandover) -> bool:
    """By the new key, and by the old one where it was planned; the recovery key is for readers to judge."""
    handover = one.handover
    rotated = handover.reason is Reason.ROTATED
    return one.signed_by(handover.new, handover.old) if rotated else one.signed_by(handover.new)
