"""Checkpoints, cosignatures, and a checkpoint held against a reader's policy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagwan.tlog import (
    EMPTY_ROOT,
    Checkpoint,
    FormatError,
    KeyType,
    Note,
    Policy,
    PolicyGroup,
    PolicyLog,
    PolicyWitness,
    ProofError,
    QuorumError,
    Signature,
    SignatureError,
    SigningKey,
    Verified,
    cosign,
    leaf_hash,
    parse_checkpoint,
    parse_note,
    sign_note,
    verify_checkpoint,
    verify_cosignature,
    verify_note,
)

from .conftest import quick

ORIGIN = "kakao.demo.invalid/log"
ROOT = leaf_hash(b"x")
CHECKPOINT = Checkpoint(ORIGIN, 7, ROOT)
LOG = SigningKey(ORIGIN, KeyType.ED25519, b"l" * 32)
W1, W2, W3 = (SigningKey(f"w{i}.example", KeyType.COSIGNATURE_V1, bytes([i]) * 32) for i in (1, 2, 3))
POLICY = Policy(
    (PolicyLog(LOG.verifier),),
    tuple(PolicyWitness(f"witness-{i}", key.verifier) for i, key in enumerate((W1, W2, W3), 1)),
    (PolicyGroup("two", 2, ("witness-1", "witness-2", "witness-3")),),
    "two",
)


def test_text() -> None:
    empty = f"{ORIGIN}\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
    assert str(Checkpoint(ORIGIN, 0, EMPTY_ROOT)) == empty
    assert parse_checkpoint(empty) == Checkpoint(ORIGIN, 0, EMPTY_ROOT)
    extended = Checkpoint("go.sum database tree", 2**63 - 1, ROOT, ("one", "two words"))
    assert parse_checkpoint(str(extended)) == extended
    assert str(extended).endswith("=\none\ntwo words\n")


GOOD = str(CHECKPOINT)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n\n",
        GOOD[:-1],
        GOOD + "\n",
        GOOD + "\nextension\n",
        GOOD.replace("\n7\n", "\n07\n"),
        GOOD.replace("\n7\n", "\n+7\n"),
        GOOD.replace("\n7\n", "\n-7\n"),
        GOOD.replace("\n7\n", "\n 7\n"),
        GOOD.replace("\n7\n", "\n٧\n"),
        GOOD.replace("\n7\n", "\n7_0\n"),
        GOOD.replace("\n7\n", "\n\n"),
        GOOD.replace("\n7\n", f"\n{2**63}\n"),
        GOOD.replace("\n7\n", "\n" + "9" * 5000 + "\n"),
        GOOD.replace(ORIGIN, ""),
        GOOD.replace(ORIGIN, "a\tb"),
        GOOD.replace("=", ""),
        GOOD.replace("=", "=="),
        GOOD.replace("\n7\n", "\n7\nAA"),
    ],
)
def test_malformed(text: str) -> None:
    with pytest.raises(FormatError):
        parse_checkpoint(text)


def test_impossible_values() -> None:
    for origin, size, root in (
        ("", 1, ROOT),
        ("a\nb", 1, ROOT),
        (ORIGIN, -1, ROOT),
        (ORIGIN, 2**63, ROOT),
        (ORIGIN, 1, ROOT[1:]),
    ):
        with pytest.raises(FormatError):
            Checkpoint(origin, size, root)
    with pytest.raises(FormatError, match="extension line ''"):
        Checkpoint(ORIGIN, 1, ROOT, ("",))


@quick
@given(st.integers(0, 2**63 - 1))
def test_cosignature(time: int) -> None:
    line = cosign(GOOD, W1, time)
    assert verify_cosignature(GOOD, line, W1.verifier) == time
    assert line.value[:8] == time.to_bytes(8, "big")
    note = sign_note(GOOD, LOG).with_signatures([line])
    assert verify_note(parse_note(bytes(note)), [LOG.verifier, W1.verifier]) == (
        Verified(LOG.verifier, None),
        Verified(W1.verifier, time),
    )


def test_what_a_cosignature_covers() -> None:
    line = cosign(GOOD, W1, 1_467_331_200)
    key_id = W1.verifier.key_id
    for text, value in (
        (GOOD.replace("\n7\n", "\n8\n"), line.value),
        (GOOD + "extension\n", line.value),
        (GOOD, (1_467_331_201).to_bytes(8, "big") + line.value[8:]),
        (GOOD, line.value[:-1]),
        (GOOD, line.value + b"\0"),
        (GOOD, line.value[8:]),
        (GOOD, b"\x80" + line.value[1:]),
        (GOOD, line.value[:-1] + bytes([line.value[-1] ^ 1])),
    ):
        with pytest.raises(SignatureError):
            verify_cosignature(text, Signature(W1.name, key_id, value), W1.verifier)
    with pytest.raises(SignatureError, match=r"w2\.example.*does not verify"):
        verify_cosignature(GOOD, line, W2.verifier)
    with pytest.raises(SignatureError, match="not a witness's key"):
        verify_cosignature(GOOD, line, LOG.verifier)


def test_a_time_past_the_largest_is_refused_though_signed() -> None:
    time = 2**63
    signed = W1.sign_bytes(f"cosignature/v1\ntime {time}\n{GOOD}".encode())
    line = Signature(W1.name, W1.verifier.key_id, time.to_bytes(8, "big") + signed)
    with pytest.raises(SignatureError, match=f"its time {time} is past"):
        verify_cosignature(GOOD, line, W1.verifier)


def test_what_cannot_be_cosigned() -> None:
    for text, key, time in (("no\ncheckpoint\n", W1, 1), (GOOD, LOG, 1), (GOOD, W1, -1), (GOOD, W1, 2**63)):
        with pytest.raises(FormatError):
            cosign(text, key, time)


def test_against_a_policy() -> None:
    note = sign_note(GOOD, LOG)
    lines = [cosign(GOOD, W1, 100), cosign(GOOD, W1, 90), cosign(GOOD, W3, 110)]
    with pytest.raises(QuorumError, match=r"size 7: cosigned by witness-1 of .* quorum is 'two'"):
        verify_checkpoint(bytes(note.with_signatures(lines[:2])), POLICY)
    with pytest.raises(QuorumError, match="cosigned by none"):
        verify_checkpoint(bytes(note), POLICY)
    verified = verify_checkpoint(bytes(note.with_signatures(lines)), POLICY)
    assert verified.checkpoint == CHECKPOINT
    assert verified.times == {"witness-1": 90, "witness-3": 110}
    assert verify_checkpoint(bytes(note), Policy((PolicyLog(LOG.verifier),))).times == {}


def test_an_empty_log_has_one_root() -> None:
    alone = Policy((PolicyLog(LOG.verifier),))
    assert verify_checkpoint(bytes(sign_note(str(Checkpoint(ORIGIN, 0, EMPTY_ROOT)), LOG)), alone)
    with pytest.raises(ProofError, match=f"size 0 with root {ROOT.hex()}"):
        verify_checkpoint(bytes(sign_note(str(Checkpoint(ORIGIN, 0, ROOT)), LOG)), alone)


def test_the_log_must_be_known_and_of_that_name() -> None:
    lines = [cosign(GOOD, W1, 100), cosign(GOOD, W2, 100)]
    stranger = SigningKey(ORIGIN, KeyType.ED25519, b"s" * 32)
    with pytest.raises(SignatureError, match="not signed by a known log"):
        verify_checkpoint(bytes(sign_note(GOOD, stranger).with_signatures(lines)), POLICY)
    other = SigningKey("naver.demo.invalid/log", KeyType.ED25519, b"n" * 32)
    both = Policy((PolicyLog(LOG.verifier), PolicyLog(other.verifier)))
    assert verify_checkpoint(bytes(sign_note(GOOD, LOG, other)), both)
    with pytest.raises(SignatureError, match=r"known logs that signed: naver\.demo\.invalid/log"):
        verify_checkpoint(bytes(sign_note(GOOD, other)), both)
    spoilt = sign_note(GOOD, LOG).with_signatures(
        [*lines, Signature(W3.name, W3.verifier.key_id, b"\0" * 72)]
    )
    with pytest.raises(SignatureError, match=r"w3\.example"):
        verify_checkpoint(bytes(spoilt), POLICY)


def test_a_witness_of_the_logs_name_is_not_the_log() -> None:
    namesake = SigningKey(ORIGIN, KeyType.COSIGNATURE_V1, b"w" * 32)
    policy = Policy((PolicyLog(LOG.verifier),), (PolicyWitness("w", namesake.verifier),), (), "w")
    line = cosign(GOOD, namesake, 1)
    assert verify_checkpoint(bytes(sign_note(GOOD, LOG).with_signatures([line])), policy)
    with pytest.raises(SignatureError, match="known logs that signed: none"):
        verify_checkpoint(bytes(Note(GOOD, (line,))), policy)
