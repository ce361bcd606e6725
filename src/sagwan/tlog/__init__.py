"""A verifiable log: bytes in, bytes out, no I/O, and no knowledge of what the entries are.

It speaks the formats of C2SP, so that any tool of that ecosystem can follow such a log: tlog-tiles,
signed-note, tlog-checkpoint, tlog-cosignature, tlog-policy, tlog-proof, over the Merkle tree of RFC 6962.

Hashes are `bytes` of length 32, sizes and indexes `int` up to 2^63 - 1, times POSIX seconds. Everything is a
frozen value or a function, except `Frontier`, which grows. What fails raises a `TlogError`, with both values
in it.

Growing a log
    `grow(old_size, entries, read)` yields `(path, bytes)` of every file that a batch changes, in the order to
    write them. `read(tile)` gets the old edge. The new root: `frontier_at(old_size, tile_nodes(old_size,
    read))`, then `.extend(map(leaf_hash, entries))` and `.root()`.
Signing it
    `sign_note(str(Checkpoint(origin, size, root)), key)` makes the checkpoint's note; `bytes(note)` is the
    file. `note.with_signatures([...])` adds the lines of witnesses.
Trusting it
    `verify_checkpoint(data, policy)` is the one door: signed by a known log, cosigned by the quorum.
Hashing it again
    `root_of(leaf_hashes)` at once; `Frontier` piece by piece, with `absorb` for chunks that were hashed
    apart.
Proving
    `inclusion_proof` and `consistency_proof` work on a `NodeReader`: `leaf_nodes(leaf_hashes)` in memory,
    `tile_nodes(size, read)` from tiles. `verify_inclusion`, `verify_consistency` and `verify_proof` raise.
"""

from sagwan.tlog.checkpoint import Checkpoint, parse_checkpoint
from sagwan.tlog.checkpoint_note import VerifiedCheckpoint, verify_checkpoint
from sagwan.tlog.consistency import consistency_proof, verify_consistency
from sagwan.tlog.cosignature import cosign, verify_cosignature
from sagwan.tlog.errors import FormatError, ProofError, QuorumError, SignatureError, TlogError
from sagwan.tlog.hashing import EMPTY_ROOT, HASH_SIZE, leaf_hash, node_hash
from sagwan.tlog.inclusion import inclusion_proof, verify_inclusion
from sagwan.tlog.keys import KeyType, SigningKey, VerifierKey, parse_signing_key, parse_verifier_key
from sagwan.tlog.note import Note, Verified, parse_note, sign_note, verify_note
from sagwan.tlog.policy import NO_QUORUM, Policy, PolicyGroup, PolicyLog, PolicyWitness
from sagwan.tlog.policy_file import parse_policy
from sagwan.tlog.proof import TlogProof, parse_proof, verify_proof
from sagwan.tlog.signatures import Signature, parse_signature
from sagwan.tlog.tiles import (
    TILE_WIDTH,
    Tile,
    TileSource,
    changed_tiles,
    decode_bundle,
    encode_bundle,
    full_tiles,
    grow,
    parse_path,
    split_hashes,
    tile_at,
    tile_nodes,
    tiles_of_size,
)
from sagwan.tlog.tree import Frontier, NodeReader, frontier_at, leaf_nodes, root_of

__all__ = [
    "EMPTY_ROOT",
    "HASH_SIZE",
    "NO_QUORUM",
    "TILE_WIDTH",
    "Checkpoint",
    "FormatError",
    "Frontier",
    "KeyType",
    "NodeReader",
    "Note",
    "Policy",
    "PolicyGroup",
    "PolicyLog",
    "PolicyWitness",
    "ProofError",
    "QuorumError",
    "Signature",
    "SignatureError",
    "SigningKey",
    "Tile",
    "TileSource",
    "TlogError",
    "TlogProof",
    "Verified",
    "VerifiedCheckpoint",
    "VerifierKey",
    "changed_tiles",
    "consistency_proof",
    "cosign",
    "decode_bundle",
    "encode_bundle",
    "frontier_at",
    "full_tiles",
    "grow",
    "inclusion_proof",
    "leaf_hash",
    "leaf_nodes",
    "node_hash",
    "parse_checkpoint",
    "parse_note",
    "parse_path",
    "parse_policy",
    "parse_proof",
    "parse_signature",
    "parse_signing_key",
    "parse_verifier_key",
    "root_of",
    "sign_note",
    "split_hashes",
    "tile_at",
    "tile_nodes",
    "tiles_of_size",
    "verify_checkpoint",
    "verify_consistency",
    "verify_cosignature",
    "verify_inclusion",
    "verify_note",
    "verify_proof",
]
