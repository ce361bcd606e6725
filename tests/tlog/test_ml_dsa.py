"""Cosignatures of ML-DSA-44: made, verified, part of a quorum; and refused in every other case."""

import importlib
from dataclasses import replace

import pytest

from sagwan.tlog import (
    Checkpoint,
    FormatError,
    KeyType,
    Policy,
    PolicyGroup,
    PolicyLog,
    PolicyWitness,
    QuorumError,
    SignatureError,
    SigningKey,
    cosign,
    leaf_hash,
    parse_policy,
    parse_signing_key,
    parse_verifier_key,
    sign_note,
    verify_checkpoint,
    verify_cosignature,
)

LOG = SigningKey("example.com/log", KeyType.ED25519, bytes(32))
CLASSIC = SigningKey("witness.example/w", KeyType.COSIGNATURE_V1, b"\1" * 32)
NEW = SigningKey("witness.example/w", KeyType.ML_DSA_44, b"\1" * 32)
TREE = Checkpoint(LOG.name, 1, leaf_hash(b"entry"))
TEXT = str(TREE)


def test_keys_are_read_back():
    assert len(NEW.verifier.public) == 1312
    assert parse_verifier_key(str(NEW.verifier)) == NEW.verifier
    assert parse_signing_key(NEW.private_text()) == NEW
    assert NEW.verifier.key_id != CLASSIC.verifier.key_id


def test_a_cosignature_holds_for_its_tree_time_and_name_alone():
    line = cosign(TEXT, NEW, 1234)
    assert len(line.value) == 8 + 2420
    assert verify_cosignature(TEXT, line, NEW.verifier) == 1234
    later = replace(line, value=(1235).to_bytes(8, "big") + line.value[8:])
    renamed = replace(NEW.verifier, name="witness.example/other")
    others = [
        Checkpoint(LOG.name, 2, TREE.root),
        Checkpoint(LOG.name, 1, leaf_hash(b"x")),
        Checkpoint("o", 1, TREE.root),
    ]
    for text, signature, key in (
        *((str(other), line, NEW.verifier) for other in others),
        (TEXT, later, NEW.verifier),
        (TEXT, line, renamed),
        (TEXT, replace(line, value=line.value[:-1]), NEW.verifier),
        (TEXT, cosign(TEXT, CLASSIC, 1234), NEW.verifier),
    ):
        with pytest.raises(SignatureError):
            verify_cosignature(text, signature, key)


def test_a_quorum_of_both_kinds():
    note = sign_note(TEXT, LOG)
    witnesses = (PolicyWitness("old", CLASSIC.verifier), PolicyWitness("new", NEW.verifier))
    both = PolicyGroup("both", 2, ("old", "new"))
    policy = Policy((PolicyLog(LOG.verifier),), witnesses, (both,), "both")
    assert parse_policy(bytes(policy)) == policy
    cosigned = note.with_signatures([cosign(TEXT, CLASSIC, 5), cosign(TEXT, NEW, 6)])
    assert dict(verify_checkpoint(bytes(cosigned), policy).times) == {"old": 5, "new": 6}
    with pytest.raises(QuorumError):
        verify_checkpoint(bytes(note.with_signatures([cosign(TEXT, CLASSIC, 5)])), policy)


def test_a_log_is_not_signed_by_a_witness_key():
    with pytest.raises(FormatError):
        sign_note(TEXT, NEW)
    with pytest.raises(FormatError):
        Policy((PolicyLog(NEW.verifier),))


def test_names_too_long_for_it():
    long = Checkpoint("o" * 256, 1, TREE.root)
    with pytest.raises(FormatError, match="255"):
        cosign(str(long), NEW, 1)


def test_where_it_is_missing_the_error_says_what_to_do(monkeypatch):
    line = cosign(TEXT, NEW, 1)

    def without(name):
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", without)
    with pytest.raises(SignatureError, match="upgrade cryptography"):
        verify_cosignature(TEXT, line, NEW.verifier)
