"""Proofs to keep: that an entry is in a log and that witnesses saw it, in one text (C2SP tlog-proof@v1).

Such a file needs no network to verify, only the keys that its reader trusts.
"""

from dataclasses import dataclass

from sagwan.tlog.checkpoint_note import VerifiedCheckpoint, verify_checkpoint
from sagwan.tlog.encoding import MAX_INTEGER, decode_base64, decode_decimal, encode_base64
from sagwan.tlog.errors import FormatError
from sagwan.tlog.hashing import HASH_SIZE, leaf_hash
from sagwan.tlog.inclusion import verify_inclusion
from sagwan.tlog.policy import Policy

_FIRST_LINE = "c2sp.org/tlog-proof@v1"
_EXTRA = "extra "
_INDEX = "index "

MAX_HASHES = 63
"""Hashes in the longest inclusion proof."""


@dataclass(frozen=True, slots=True)
class TlogProof:
    """An inclusion proof (32-byte hashes, leaf's sibling first) and the cosigned checkpoint it leads to.

    The checkpoint is kept verbatim; `extra` is carried along and vouched for by nobody. `bytes()` gives the
    file.
    """

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes = b""

    def __post_init__(self) -> None:
        if not 0 <= self.index <= MAX_INTEGER:
            raise FormatError(f"proof: index {self.index} is not in 0..{MAX_INTEGER}")
        if len(self.hashes) > MAX_HASHES:
            raise FormatError(f"proof: has {len(self.hashes)} hashes, at most {MAX_HASHES} make sense")
        if any(len(step) != HASH_SIZE for step in self.hashes):
            raise FormatError(f"proof: a hash does not have {HASH_SIZE} bytes")

    def __bytes__(self) -> bytes:
        extra = [_EXTRA + encode_base64(self.extra)] if self.extra else []
        hashes = map(encode_base64, self.hashes)
        lines = (_FIRST_LINE, *extra, f"{_INDEX}{self.index}", *hashes, "", "")
        return "\n".join(lines).encode() + self.checkpoint


def parse_proof(data: bytes) -> TlogProof:
    """Read a proof file. Raises FormatError. Proves nothing before `verify_proof`."""
    head, blank, checkpoint = data.partition(b"\n\n")
    if not blank:
        raise FormatError("proof: no blank line divides it from its checkpoint")
    try:
        first, *lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError:
        raise FormatError("proof: not ASCII before the checkpoint") from None
    if first != _FIRST_LINE:
        raise FormatError(f"proof: the first line is {first!r}, must be {_FIRST_LINE!r}")
    extra = b""
    if lines and lines[0].startswith(_EXTRA):
        extra = decode_base64(lines.pop(0).removeprefix(_EXTRA), "proof: extra")
        if not extra:
            raise FormatError("proof: the line `extra` is empty, it must be left out then")
    if not lines or not lines[0].startswith(_INDEX):
        raise FormatError("proof: no line `index` with the entry's index")
    index = decode_decimal(lines.pop(0).removeprefix(_INDEX), "proof: index")
    hashes = tuple(decode_base64(line, f"proof: hash {n}", HASH_SIZE) for n, line in enumerate(lines))
    return TlogProof(index, hashes, checkpoint, extra)


def verify_proof(proof: TlogProof, entry: bytes, policy: Policy) -> VerifiedCheckpoint:
    """The checkpoint under which the entry lies at `proof.index`, signed and cosigned as the policy asks.

    Raises FormatError, SignatureError, QuorumError or ProofError. `proof.extra` stays unverified.
    """
    verified = verify_checkpoint(proof.checkpoint, policy)
    verify_inclusion(
        proof.hashes,
        index=proof.index,
        size=verified.checkpoint.size,
        leaf=leaf_hash(entry),
        root=verified.checkpoint.root,
    )
    return verified
