"""A line's place in a log by a carried proof (C2SP tlog-proof): the keys to check it by, and the check."""

from collections.abc import Sequence

from sagwan.formats.handover import SignedHandover
from sagwan.formats.opening import commitment
from sagwan.record.errors import SagwanError
from sagwan.tlog import TlogProof, parse_checkpoint, parse_note, verify_proof
from sagwan.verify.trust import Anchors, Trust, settle


def known_anchors(trust: Trust, origin: str, hints: str, handovers: Sequence[SignedHandover] = ()) -> Anchors:
    """The keys of a log, as `settle` chooses them; raise SagwanError where none is known."""
    anchors = settle(trust, origin, hints, handovers)
    if not anchors.policy.logs:
        raise SagwanError(
            f"no key of the log {origin} is known", hint="name it, or a folder whose key file has it"
        )
    return anchors


def proven_size(line: bytes, proof: TlogProof, anchors: Anchors) -> int:
    """The size of the log under whose checkpoint the line's commitment is proven; raise TlogError.

    The checkpoint must be signed by a key that is believed at its size.
    """
    size = parse_checkpoint(parse_note(proof.checkpoint).text).size
    return verify_proof(proof, commitment(line), anchors.policy_at(size)).checkpoint.size
