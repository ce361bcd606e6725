"""aics-tlog, another reading of the same specifications, says that our vectors and folders are right."""

from base64 import b64decode
from hashlib import sha256

import pytest

pytestmark = pytest.mark.outside


@pytest.fixture(scope="session")
def aics():
    return pytest.importorskip("aics_tlog")


def commitment(number: int) -> bytes:
    return sha256(b"%d" % number).digest()


def keys(aics, texts) -> list:
    return [aics.parse_vkey(text) for text in texts]


def test_checkpoints_and_cosignatures(aics, ours):
    log, witnesses = aics.parse_vkey(ours["log"]), keys(aics, ours["witnesses"])
    for tree in ours["trees"]:
        found = aics.verify_checkpoint(
            aics.parse_note(tree["checkpoint"]), log, witnesses, 2, expected_origin=ours["origin"]
        )
        assert found.ok, found
        changed = tree["checkpoint"].replace(f"\n{tree['size']}\n", f"\n{tree['size'] + 1}\n", 1)
        assert not aics.verify_checkpoint(aics.parse_note(changed), log, witnesses, 2).ok


def test_roots_and_proofs(aics, ours):
    roots = {tree["size"]: b64decode(tree["root"]) for tree in ours["trees"]}
    for tree in ours["trees"]:
        size, root = tree["size"], roots[tree["size"]]
        assert aics.MerkleTree(commitment(number) for number in range(size)).root() == root
        for index, proof in tree["inclusion"].items():
            steps = [b64decode(step) for step in proof]
            assert aics.verify_leaf_inclusion(commitment(int(index)), int(index), size, steps, root)
            assert not aics.verify_leaf_inclusion(commitment(int(index) + 1), int(index), size, steps, root)
        for old, proof in tree["consistency"].items():
            steps = [b64decode(step) for step in proof]
            assert aics.verify_consistency(int(old), size, roots[int(old)], root, steps)
            assert not aics.verify_consistency(int(old), size, bytes(32), root, steps)


def test_large_roots(aics, ours):
    for size, root in ours["roots"].items():
        assert aics.MerkleTree(commitment(number) for number in range(int(size))).root() == b64decode(root)


def test_files_of_a_log(aics, ours, tmp_path):
    """Its writer writes the same tiles and bundles, byte for byte, whatever the size."""
    for size, wanted in ours["files"].items():
        found = aics.TileWriter([commitment(number) for number in range(int(size))]).materialise()
        assert {path: sha256(data).hexdigest() for path, data in found.items()} == wanted


def test_it_follows_a_published_folder(aics, published, notes, url):
    """Over plain HTTP: every checkpoint, every tile, every entry, and that each tree begins with the last."""
    log = aics.parse_vkey(published.keys.vkey)
    witnesses = keys(aics, (str(witness.verifier) for witness in published.keys.witnesses))
    reader = aics.HttpTileReader(f"{url}/log")
    before = None
    assert len(notes) > 10
    for note in notes:
        parsed = aics.parse_note(note)
        assert aics.verify_checkpoint(parsed, log, witnesses, 2, expected_origin=published.keys.origin).ok
        size, root = int(note.split(b"\n")[1]), b64decode(note.split(b"\n")[2])
        assert aics.tree_root_from_tiles(reader, size, len(published.entries)) == root
        if before:
            proof = aics.consistency_proof_from_tiles(reader, before[0], size, len(published.entries))
            assert aics.verify_consistency(before[0], size, before[1], root, proof)
        before = (size, root)
    size, root = before
    assert size == len(published.entries)
    aics.audit_tiles(reader, size, root)
    for index in range(0, size, 7):
        assert aics.read_entry(reader, index, size) == published.entries[index]
        proof = aics.inclusion_proof_from_tiles(reader, index, size)
        assert aics.verify_leaf_inclusion(published.entries[index], index, size, proof, root)
