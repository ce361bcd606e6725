"""Other implementations' vectors: transparency-dev/merkle, transparency-dev/tessera, FiloSottile/sunlight."""

import json
from base64 import b64decode
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from sagwan.tlog import (
    Policy,
    PolicyLog,
    PolicyWitness,
    ProofError,
    Tile,
    consistency_proof,
    decode_bundle,
    frontier_at,
    grow,
    parse_checkpoint,
    parse_note,
    parse_verifier_key,
    sign_note,
    tile_nodes,
    tiles_of_size,
    verify_checkpoint,
    verify_consistency,
    verify_inclusion,
    verify_note,
)
from sagwan.tlog.keys import parse_signing_key

TESSERA_KEY = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"

# The one case where we differ: its equal roots have 12 bytes, and here a hash must have 32. (Consistency from
# size 0, which that library refuses and C2SP accepts, has such roots in its cases too.)
REFUSED_FOR_LENGTH = {"consistency/additional/sizes-are-equal-one-and-proof-is-empty.json"}


def cases(folder: Path) -> list[tuple[str, dict[str, Any]]]:
    found = sorted(folder.rglob("*.json"))
    assert len(found) == 98
    return [(str(path.relative_to(folder.parent)), json.loads(path.read_text())) for path in found]


def refused(check: Callable[[], None]) -> bool:
    try:
        check()
    except ProofError:
        return True
    return False


def hashes(case: dict[str, Any]) -> list[bytes]:
    return [b64decode(step) for step in case["proof"] or ()]


def test_inclusion_vectors(vectors: Path) -> None:
    others = set()
    for name, case in cases(vectors / "merkle/testdata/inclusion"):
        leaf, root = b64decode(case["leafHash"] or ""), b64decode(case["root"] or "")
        outcome = refused(
            lambda case=case, leaf=leaf, root=root: verify_inclusion(
                hashes(case), index=case["leafIdx"], size=case["treeSize"], leaf=leaf, root=root
            )
        )
        if outcome != case["wantErr"]:
            others.add(name)
    assert others == set()


def test_consistency_vectors(vectors: Path) -> None:
    others = set()
    for name, case in cases(vectors / "merkle/testdata/consistency"):
        old_root, new_root = b64decode(case["root1"] or ""), b64decode(case["root2"] or "")
        outcome = refused(
            lambda case=case, old_root=old_root, new_root=new_root: verify_consistency(
                hashes(case),
                old_size=case["size1"],
                new_size=case["size2"],
                old_root=old_root,
                new_root=new_root,
            )
        )
        if outcome != case["wantErr"]:
            others.add(name)
    assert others == REFUSED_FOR_LENGTH


def test_a_whole_log_of_tessera(vectors: Path) -> None:
    log = vectors / "tessera/testdata/log"
    key = parse_verifier_key(TESSERA_KEY)
    policy = Policy((PolicyLog(key),))
    entries = decode_bundle((log / "tile/entries/000.p/15").read_bytes(), 15)
    checkpoints = [
        verify_checkpoint((log / f"checkpoint.{size}").read_bytes(), policy).checkpoint for size in range(16)
    ]

    def read(tile: Tile) -> bytes:
        return (log / tile.path).read_bytes()

    for size, checkpoint in enumerate(checkpoints):
        assert checkpoint.size == size
        assert {tile.path for tile in tiles_of_size(size)} == {
            path for path, content in grow(0, entries[:size], read) if (log / path).read_bytes() == content
        }
        assert frontier_at(size, tile_nodes(size, read)).root() == checkpoint.root
        for old in checkpoints[:size]:
            verify_consistency(
                consistency_proof(tile_nodes(size, read), old.size, size),
                old_size=old.size,
                new_size=size,
                old_root=old.root,
                new_root=checkpoint.root,
            )
        if size:
            steps = dict(grow(size - 1, entries[size - 1 : size], read))
            assert steps == {path: (log / path).read_bytes() for path in steps}
    assert (log / "checkpoint").read_bytes() == (log / "checkpoint.15").read_bytes()


def test_signing_as_tessera_signed(vectors: Path) -> None:
    script = (vectors / "tessera/testdata/build_log.sh").read_text()
    signer = parse_signing_key(next(part for part in script.split('"') if part.startswith("PRIVATE+KEY+")))
    assert str(signer.verifier) == TESSERA_KEY
    for path in sorted((vectors / "tessera/testdata/log").glob("checkpoint*")):
        data = path.read_bytes()
        assert bytes(sign_note(parse_note(data).text, signer)) == data


def test_a_cosigned_checkpoint_of_sunlight(vectors: Path) -> None:
    folder = vectors / "sunlight/cmd/skylight/testdata/witness"
    about = json.loads((folder / "witness.v0.json").read_text())
    witness = parse_verifier_key(about["verifier_keys"][0])
    assert str(witness) == about["verifier_keys"][0]
    (path,) = folder.glob("0*/checkpoint")
    data = path.read_bytes()
    note = parse_note(data)
    checkpoint = parse_checkpoint(note.text)
    assert sha256(checkpoint.origin.encode()).hexdigest() == path.parent.name
    (verified,) = verify_note(note, [witness])
    assert (verified.key, verified.time) == (witness, 1_767_139_200)
    with pytest.raises(ValueError, match="does not verify"):
        verify_note(parse_note(data.replace(b"\n300\n", b"\n301\n")), [witness])
    assert Policy(witnesses=(PolicyWitness("w", witness),), quorum="w").quorum_met({"w"})
