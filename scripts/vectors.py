"""Make the test vectors of the log's formats: `python scripts/vectors.py`, `--check` in the tests.

Deterministic: keys are made from seeds, Ed25519 signs without chance, entry number n is SHA-256 of n in
decimal. tests/outside lets implementations that are not ours say whether the vectors are right.
"""

import argparse
import json
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from sagwan.tlog import (
    Checkpoint,
    KeyType,
    SigningKey,
    TlogProof,
    consistency_proof,
    cosign,
    grow,
    inclusion_proof,
    leaf_hash,
    leaf_nodes,
    root_of,
    sign_note,
)

FILE = Path(__file__).resolve().parent.parent / "tests" / "vectors" / "tlog.json"
ORIGIN = "vectors.invalid/log"
SIZES = (1, 2, 3, 7, 8, 9, 255, 256, 257, 511, 512, 513, 1023, 1024, 1025)
LARGE = (65_535, 65_536, 65_537)
TIME = 1_467_331_200


def entry(number: int) -> bytes:
    """The commitment at a log index."""
    return sha256(b"%d" % number).digest()


def key(name: str, kind: KeyType) -> SigningKey:
    return SigningKey(name, kind, sha256(f"vectors {name}".encode()).digest())


LOG = key(ORIGIN, KeyType.ED25519)
WITNESSES = [key(f"witness{n}.vectors.invalid", KeyType.COSIGNATURE_V1) for n in (1, 2)]


def text(data: bytes) -> str:
    return b64encode(data).decode()


def note_of(size: int, root: bytes) -> bytes:
    """A checkpoint, signed by the log and cosigned by both witnesses."""
    note = sign_note(str(Checkpoint(ORIGIN, size, root)), LOG)
    lines = [cosign(note.text, witness, TIME + number) for number, witness in enumerate(WITNESSES)]
    return bytes(note.with_signatures(lines))


def trees(leaves: list[bytes]) -> Iterator[dict[str, object]]:
    for size in SIZES:
        node = leaf_nodes(leaves[:size])
        root = root_of(leaves[:size])
        note = note_of(size, root)
        indexes = sorted({0, size // 2, size - 1})
        olds = [old for old in SIZES if old < size]
        proofs = {index: inclusion_proof(node, index, size) for index in indexes}
        yield {
            "size": size,
            "root": text(root),
            "checkpoint": note.decode(),
            "inclusion": {str(index): [text(step) for step in proof] for index, proof in proofs.items()},
            "consistency": {
                str(old): [text(step) for step in consistency_proof(node, old, size)] for old in olds
            },
            "tlog-proof": bytes(TlogProof(size - 1, tuple(proofs[size - 1]), note, b"extra")).decode(),
        }


def files(size: int) -> dict[str, str]:
    """Each file of a log that was written at once: its path, and the SHA-256 of its bytes."""

    def nothing(tile: object) -> bytes:
        raise AssertionError(f"a new log has no {tile}")

    written = grow(0, [entry(number) for number in range(size)], nothing)
    return {path: sha256(data).hexdigest() for path, data in written}


def make() -> str:
    leaves = [leaf_hash(entry(number)) for number in range(max(LARGE))]
    document = {
        "origin": ORIGIN,
        "log": str(LOG.verifier),
        "witnesses": [str(witness.verifier) for witness in WITNESSES],
        "times": [TIME + number for number in range(len(WITNESSES))],
        "trees": list(trees(leaves)),
        "roots": {str(size): text(root_of(leaves[:size])) for size in LARGE},
        "files": {str(size): files(size) for size in (1, 255, 256, 257, 1025)},
    }
    return json.dumps(document, indent=1) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="say whether the file is what would be made")
    if parser.parse_args().check:
        if FILE.read_text() != make():
            raise SystemExit(f"{FILE.name} is not what scripts/vectors.py makes: look why, then run it")
        return
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(make())


if __name__ == "__main__":
    main()
