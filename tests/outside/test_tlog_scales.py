"""tlog-scales, a third reading of the specifications, and ours verify each other's ML-DSA-44 cosignatures."""

from hashlib import sha256

import pytest
from cryptography.exceptions import InvalidSignature

from sagwan.tlog import (
    Checkpoint,
    KeyType,
    SigningKey,
    cosign,
    parse_signature,
    parse_verifier_key,
    verify_cosignature,
)

pytestmark = pytest.mark.outside
KEY = SigningKey("witness.example/w", KeyType.ML_DSA_44, b"\5" * 32)
TREE = Checkpoint("example.com/log", 42, sha256(b"root").digest())


@pytest.fixture(scope="session")
def signing():
    return pytest.importorskip("tlog_scales.signing")


@pytest.fixture(scope="session")
def theirs():
    """Our checkpoint, as that package has it."""
    tlog = pytest.importorskip("tlog_scales.tlog")
    return tlog.Checkpoint(TREE.origin, TREE.size, TREE.root, [])


def test_it_verifies_our_cosignature(signing, theirs):
    vkey = signing.Vkey.from_string(str(KEY.verifier))
    line = cosign(str(TREE), KEY, 1_467_331_200)
    verifier = signing.MLDSA44CosignatureVerifier(vkey)
    verifier.verify(line.value, theirs)
    with pytest.raises(InvalidSignature):
        verifier.verify(line.value[:-1] + bytes([line.value[-1] ^ 1]), theirs)


def test_we_verify_its_cosignature(signing, theirs):
    made = signing.MLDSA44CosignatureSigner(KEY.name, KEY.seed).sign(theirs)
    line = parse_signature(made.serialize().rstrip("\n") + "\n")
    assert verify_cosignature(str(TREE), line, parse_verifier_key(str(KEY.verifier))) > 1_700_000_000
