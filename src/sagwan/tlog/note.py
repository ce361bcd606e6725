"""Signed notes: a text and the signatures under it (C2SP signed-note)."""

from collections.abc import Iterable
from dataclasses import dataclass

from sagwan.tlog.cosignature import verify_cosignature
from sagwan.tlog.encoding import check_no_controls, decode_utf8
from sagwan.tlog.errors import FormatError, SignatureError
from sagwan.tlog.keys import KeyType, SigningKey, VerifierKey
from sagwan.tlog.signatures import Signature, parse_signature

MAX_NOTE_SIZE = 1_000_000
"""Bytes in the largest note that is read."""

MAX_SIGNATURES = 100
"""Signature lines in the largest note that is read; the specification asks for at least 16."""


@dataclass(frozen=True, slots=True)
class Note:
    """A text, which ends in LF, and its signature lines, none of them verified. `bytes()` gives the file.

    Raises FormatError if the text cannot stand in a note.
    """

    text: str
    signatures: tuple[Signature, ...]

    def __post_init__(self) -> None:
        if not self.text.endswith("\n"):
            raise FormatError("note: the text does not end in a line feed")
        check_no_controls(self.text, "signed note")

    def __bytes__(self) -> bytes:
        return "".join((self.text, "\n", *map(str, self.signatures))).encode()

    def with_signatures(self, signatures: Iterable[Signature]) -> "Note":
        """The same text with those lines below the ones it has, each line once."""
        return Note(self.text, tuple(dict.fromkeys((*self.signatures, *signatures))))


@dataclass(frozen=True, slots=True)
class Verified:
    """A signature that a known key made; `time` in POSIX seconds, on a witness's cosignature only."""

    key: VerifierKey
    time: int | None


def parse_note(data: bytes) -> Note:
    """Read a signed note; the last blank line divides text from signatures. Raises FormatError.

    The text must not be relied on until `verify_note` has accepted the note.
    """
    if len(data) > MAX_NOTE_SIZE:
        raise FormatError(f"note: has {len(data)} bytes, at most {MAX_NOTE_SIZE} are read")
    whole = decode_utf8(data, "signed note")
    text, blank, lines = whole.rpartition("\n\n")
    if not blank:
        raise FormatError("note: no blank line divides text from signatures")
    if not lines.endswith("\n"):
        raise FormatError("note: the last signature line does not end in a line feed")
    signatures = [parse_signature(line + "\n") for line in lines[:-1].split("\n")]
    if len(signatures) > MAX_SIGNATURES:
        raise FormatError(f"note: has {len(signatures)} signatures, at most {MAX_SIGNATURES} are read")
    return Note(text + "\n", tuple(signatures))


def sign_note(text: str, *keys: SigningKey) -> Note:
    """A note of that text (ending in LF), signed by Ed25519 keys of type 0x01. Raises FormatError."""
    return Note(text, tuple(_sign(text, key) for key in keys))


def verify_note(note: Note, keys: Iterable[VerifierKey]) -> tuple[Verified, ...]:
    """What the known keys signed, in the note's order.

    Lines of unknown keys are ignored. Raises SignatureError if a known key's line does not verify, which
    spoils the whole note, or if no known key signed.
    """
    known = _by_identity(keys)
    verified = []
    for signature in note.signatures:
        key = known.get((signature.name, signature.key_id))
        if key is not None:
            verified.append(Verified(key, _verify(note.text, signature, key)))
    if not verified:
        there = ", ".join(f"{s.name}+{s.key_id.hex()}" for s in note.signatures) or "none"
        wanted = ", ".join(f"{name}+{key_id.hex()}" for name, key_id in known) or "none"
        raise SignatureError(f"note: no signature by a known key; signed by {there}, known are {wanted}")
    return tuple(verified)


def _sign(text: str, key: SigningKey) -> Signature:
    if key.type != KeyType.ED25519:
        raise FormatError(f"key {key.name!r} is a witness's: it signs checkpoints, with `cosign`")
    return Signature(key.name, key.verifier.key_id, key.sign_bytes(text.encode()))


def _verify(text: str, signature: Signature, key: VerifierKey) -> int | None:
    if key.type.is_witness:
        return verify_cosignature(text, signature, key)
    key.verify_bytes(signature.value, text.encode())
    return None


def _by_identity(keys: Iterable[VerifierKey]) -> dict[tuple[str, bytes], VerifierKey]:
    known: dict[tuple[str, bytes], VerifierKey] = {}
    for key in keys:
        other = known.setdefault((key.name, key.key_id), key)
        if other != key:
            raise FormatError(f"two keys are named {key.name}+{key.key_id.hex()}: which one signed?")
    return known
