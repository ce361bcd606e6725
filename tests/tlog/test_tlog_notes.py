"""Signed notes and keys: the published examples, strictness, and whom a note convinces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagwan.tlog import (
    FormatError,
    KeyType,
    Note,
    Signature,
    SignatureError,
    SigningKey,
    TlogError,
    Verified,
    VerifierKey,
    parse_note,
    parse_signing_key,
    parse_verifier_key,
    sign_note,
    verify_note,
)

from .conftest import quick

# The example of C2SP signed-note.
SPEC_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
SPEC_NOTE = (
    "This is an example message.\n\n— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
).encode()

# The example of the Go package golang.org/x/mod/sumdb/note, its private key included.
GO_PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_TEXT = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
)
GO_LINE = (
    "— PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)

ALICE = SigningKey("alice.example/log", KeyType.ED25519, b"a" * 32)
BOB = SigningKey("bob.example/log", KeyType.ED25519, b"b" * 32)
TEXT = "first\n\nlast\n"


def test_the_example_of_the_specification() -> None:
    key = parse_verifier_key(SPEC_KEY)
    note = parse_note(SPEC_NOTE)
    assert verify_note(note, [key]) == (Verified(key, None),)
    assert note.text == "This is an example message.\n"
    assert bytes(note) == SPEC_NOTE
    assert str(key) == SPEC_KEY


def test_the_example_of_go() -> None:
    signer = parse_signing_key(GO_PRIVATE)
    assert str(signer.verifier) == GO_KEY
    assert signer.private_text() == GO_PRIVATE
    assert bytes(sign_note(GO_TEXT, signer)).decode() == GO_TEXT + "\n" + GO_LINE


@pytest.mark.parametrize(
    ("text", "key_type"),
    [
        ("TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6", KeyType.ED25519),
        ("remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2", KeyType.COSIGNATURE_V1),
    ],
)
def test_keys_of_others(text: str, key_type: KeyType) -> None:
    key = parse_verifier_key(text)
    assert key.type == key_type
    assert str(key) == text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "1 parts"),
        ("name+530d903a", "2 parts"),
        (SPEC_KEY.replace("530d", "530e"), "'530e903a', the key's is '530d903a'"),
        (SPEC_KEY.replace("530d903a", "530D903A"), "'530D903A'"),
        (SPEC_KEY.replace("foo", "fooo"), "says key id"),
        (SPEC_KEY[:-1], "base64"),
        (SPEC_KEY + "\n", "base64"),
        (SPEC_KEY[:-4], "has 29 bytes, must have 32"),
        ("+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "is empty"),
        ("a b+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "space"),
        ("a\u2003b+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "space"),
        ("n+00000000+" + "BukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "has 32 bytes, must have 1312"),
    ],
)
def test_malformed_keys(text: str, why: str) -> None:
    with pytest.raises(FormatError, match=why):
        parse_verifier_key(text)


def test_private_keys_stay_private() -> None:
    secret = GO_PRIVATE.rpartition("+")[2]
    assert "seed" not in repr(parse_signing_key(GO_PRIVATE))
    for broken in (
        GO_PRIVATE.replace("c74f", "c74e"),
        GO_PRIVATE + "AAAA",
        GO_PRIVATE.replace("PRIVATE+", "PRIVAT+"),
        GO_PRIVATE.replace("+c74f20a3", ""),
        GO_PRIVATE.replace("PeterNeumann+c74f20a3+", "PeterNeumann c74f20a3 "),
    ):
        with pytest.raises(FormatError) as caught:
            parse_signing_key(broken)
        assert secret[:20] not in str(caught.value)


@quick
@given(st.binary(min_size=32, max_size=32), st.sampled_from(KeyType))
def test_keys_are_read_back(seed: bytes, key_type: KeyType) -> None:
    key = SigningKey("demo.invalid/열쇠", key_type, seed)
    assert parse_signing_key(key.private_text()) == key
    assert parse_verifier_key(str(key.verifier)) == key.verifier


def test_whom_a_note_convinces() -> None:
    note = sign_note(TEXT, ALICE, BOB)
    a, b = ALICE.verifier, BOB.verifier
    assert verify_note(note, [a, b]) == (Verified(a, None), Verified(b, None))
    assert verify_note(note, [b, b]) == (Verified(b, None),)
    same_name = SigningKey(ALICE.name, KeyType.ED25519, b"c" * 32).verifier
    with pytest.raises(
        SignatureError, match=rf"signed by {a.name}\+{a.key_id.hex()}, .*{same_name.key_id.hex()}"
    ):
        verify_note(note, [same_name])
    with pytest.raises(SignatureError, match="known are none"):
        verify_note(note, [])


def test_a_bad_line_of_a_known_key_spoils_the_note() -> None:
    forged = Signature(BOB.name, BOB.verifier.key_id, b"\0" * 64)
    note = sign_note(TEXT, ALICE).with_signatures([forged])
    assert verify_note(note, [ALICE.verifier])
    for keys in ([ALICE.verifier, BOB.verifier], [BOB.verifier]):
        with pytest.raises(SignatureError, match=r"bob\.example/log.*does not verify"):
            verify_note(note, keys)
    again = sign_note(TEXT, ALICE).with_signatures([Signature(ALICE.name, ALICE.verifier.key_id, b"x")])
    with pytest.raises(SignatureError):
        verify_note(again, [ALICE.verifier])


def test_two_keys_of_one_name_and_id_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(VerifierKey, "key_id", property(lambda self: b"same"))
    with pytest.raises(FormatError, match="which one signed"):
        verify_note(
            sign_note(TEXT, ALICE), [VerifierKey("n", KeyType.ED25519, bytes([i]) * 32) for i in (1, 2)]
        )


def test_sixteen_signatures_and_more() -> None:
    keys = [SigningKey(f"k{i}.example", KeyType.ED25519, bytes([i]) * 32) for i in range(16)]
    data = bytes(sign_note(TEXT, *keys))
    assert len(verify_note(parse_note(data), [key.verifier for key in keys])) == 16
    note = parse_note(data)
    assert note.with_signatures(note.signatures) == note
    many = Note(TEXT, note.signatures * 7)
    with pytest.raises(FormatError, match="has 112 signatures, at most 100"):
        parse_note(bytes(many))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"text\n",
        b"text\n\n",
        SPEC_NOTE[:-1],
        SPEC_NOTE + b"\n",
        SPEC_NOTE + b"x\n",
        SPEC_NOTE.replace(b"\n\n", b"\n"),
        SPEC_NOTE.replace(b"example message", b"example\tmessage"),
        SPEC_NOTE.replace(b"example message", b"example\r\nmessage"),
        SPEC_NOTE.replace(b"example message", b"\xff"),
        SPEC_NOTE.replace("—".encode(), b"-"),
        SPEC_NOTE.replace(b"foo U", b"foo  U"),
        SPEC_NOTE.replace(b"foo U", b"foo\tU"),
        SPEC_NOTE.replace(b"foo U", b"fo+o U"),
        SPEC_NOTE.replace(b"aQM=", b"aQN="),
        SPEC_NOTE.replace(b"aQM=", b"aQM"),
        "text\n\n— example.com/foo Uw2QOg==\n".encode(),
        b"x" * 1_000_001,
    ],
)
def test_malformed_notes(data: bytes) -> None:
    with pytest.raises(FormatError):
        parse_note(data)


def test_texts_that_cannot_be_signed() -> None:
    for text in ("", "no line feed", "tab\t\n"):
        with pytest.raises(FormatError):
            sign_note(text, ALICE)
    with pytest.raises(FormatError, match="witness's"):
        sign_note(TEXT, SigningKey("w.example", KeyType.COSIGNATURE_V1, b"w" * 32))


@quick
@given(st.data())
def test_no_changed_byte_convinces(data: st.DataObject) -> None:
    good = bytes(sign_note(TEXT, ALICE))
    place = data.draw(st.integers(0, len(good) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != good[place]))
    changed = good[:place] + bytes([byte]) + good[place + 1 :]
    with pytest.raises(TlogError):
        verify_note(parse_note(changed), [ALICE.verifier])


@quick
@given(st.binary(max_size=80) | st.text(max_size=80).map(str.encode))
def test_whatever_is_read_is_written_back(data: bytes) -> None:
    for candidate in (data, data + SPEC_NOTE):
        try:
            note = parse_note(candidate)
        except FormatError:
            continue
        assert bytes(note) == candidate
