"""Proof files: written, read back, and worthless once anything in them is changed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagwan.tlog import (
    Checkpoint,
    FormatError,
    KeyType,
    Policy,
    PolicyLog,
    PolicyWitness,
    QuorumError,
    SigningKey,
    TlogError,
    TlogProof,
    cosign,
    inclusion_proof,
    leaf_hash,
    leaf_nodes,
    parse_proof,
    root_of,
    sign_note,
    verify_proof,
)

from .conftest import quick

LOG = SigningKey("naver.demo.invalid/log", KeyType.ED25519, b"l" * 32)
WITNESS = SigningKey("w.example", KeyType.COSIGNATURE_V1, b"w" * 32)
POLICY = Policy((PolicyLog(LOG.verifier),), (PolicyWitness("w", WITNESS.verifier),), (), "w")


def make(index: int, size: int, extra: bytes = b"") -> TlogProof:
    leaves = [leaf_hash(b"%d" % number) for number in range(size)]
    text = str(Checkpoint(LOG.name, size, root_of(leaves)))
    note = sign_note(text, LOG).with_signatures([cosign(text, WITNESS, 1_470_000_000)])
    return TlogProof(index, tuple(inclusion_proof(leaf_nodes(leaves), index, size)), bytes(note), extra)


@quick
@given(st.integers(1, 80), st.binary(max_size=40), st.data())
def test_there_and_back(size: int, extra: bytes, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof = make(index, size, extra)
    assert parse_proof(bytes(proof)) == proof
    verified = verify_proof(proof, b"%d" % index, POLICY)
    assert verified.checkpoint.size == size
    assert verified.times == {"w": 1_470_000_000}


def test_layout() -> None:
    lines = bytes(make(2, 3, b"salt")).decode().split("\n")
    assert lines[:3] == ["c2sp.org/tlog-proof@v1", "extra c2FsdA==", "index 2"]
    assert lines[4:7] == ["", LOG.name, "3"]
    alone = bytes(make(0, 1)).decode().split("\n")
    assert alone[:4] == ["c2sp.org/tlog-proof@v1", "index 0", "", LOG.name]


@quick
@given(st.data())
def test_no_changed_byte_convinces(data: st.DataObject) -> None:
    good = bytes(make(5, 11))
    place = data.draw(st.integers(0, len(good) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != good[place]))
    with pytest.raises(TlogError):
        verify_proof(parse_proof(good[:place] + bytes([byte]) + good[place + 1 :]), b"5", POLICY)


def test_what_does_not_convince() -> None:
    proof = make(5, 11)
    for wrong, entry in (
        (proof, b"6"),
        (replace(proof, index=4), b"5"),
        (replace(proof, hashes=proof.hashes[1:]), b"5"),
        (replace(proof, checkpoint=make(5, 12).checkpoint), b"5"),
    ):
        with pytest.raises(TlogError):
            verify_proof(wrong, entry, POLICY)
    only_log = sign_note(proof.checkpoint.decode().partition("\n\n")[0] + "\n", LOG)
    with pytest.raises(QuorumError):
        verify_proof(replace(proof, checkpoint=bytes(only_log)), b"5", POLICY)


GOOD = bytes(make(1, 2, b"salt"))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        GOOD.partition(b"\n\n")[0],
        GOOD.replace(b"@v1", b"@v2"),
        GOOD.replace(b"index 1\n", b""),
        GOOD.replace(b"index 1\n", b"index 01\n"),
        GOOD.replace(b"index 1\n", b"index 1\nindex 1\n"),
        GOOD.replace(b"index 1\n", b"index 1\n \n"),
        GOOD.replace(b"index 1\n", b"index 1\nAAAA\n"),
        GOOD.replace(b"index 1\n", b"index 1\n" + b"A" * 43 + b"=\n" + (b"A" * 43 + b"=\n") * 63),
        GOOD.replace(b"extra ", b"extra"),
        GOOD.replace(b"extra c2FsdA==", b"extra c2FsdB=="),
        GOOD.replace(b"extra c2FsdA==", "extra 솔트".encode()),
        GOOD.replace(b"extra c2FsdA==", b"extra "),
        GOOD.replace(b"extra c2FsdA==\nindex 1", b"index 1\nextra c2FsdA=="),
        GOOD.replace(b"\n", b"\r\n"),
    ],
)
def test_malformed(data: bytes) -> None:
    with pytest.raises(FormatError):
        parse_proof(data)


def test_impossible_values() -> None:
    for index, hashes in ((-1, ()), (2**63, ()), (0, (b"short",)), (0, (bytes(32),) * 64)):
        with pytest.raises(FormatError):
            TlogProof(index, hashes, b"")
