"""Keys of signed notes: verifier keys, as people exchange them, and private ones (C2SP signed-note)."""

from dataclasses import dataclass, field
from enum import IntEnum
from hashlib import sha256

from sagwan.tlog.encoding import check_no_controls, decode_base64, encode_base64
from sagwan.tlog.errors import FormatError, SignatureError
from sagwan.tlog.schemes import Ed25519, MlDsa44, Scheme

_SECRET = "PRIVATE+KEY"  # noqa: S105  (the prefix, not a key)


class KeyType(IntEnum):
    """What a key signs; the signature type byte of its verifier key."""

    ED25519 = 0x01
    """The note's text itself: logs, receipts."""
    COSIGNATURE_V1 = 0x04
    """A time and the text of a checkpoint: witnesses (C2SP tlog-cosignature)."""
    ML_DSA_44 = 0x06
    """A time, an origin and a tree: witnesses, with a signature that quantum computers cannot forge."""

    @property
    def scheme(self) -> Scheme:
        return _ML_DSA_44 if self is KeyType.ML_DSA_44 else _ED25519

    @property
    def is_witness(self) -> bool:
        """Does a key of this type cosign checkpoints?"""
        return self is not KeyType.ED25519


_ED25519, _ML_DSA_44 = Ed25519(), MlDsa44()


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """The public half of a key: name, type and bytes (Ed25519: 32, ML-DSA-44: 1312). `str()` is the vkey."""

    name: str
    type: KeyType
    public: bytes

    def __post_init__(self) -> None:
        check_key_name(self.name)
        size = self.type.scheme.public_size
        if len(self.public) != size:
            raise FormatError(f"verifier key {self.name!r}: has {len(self.public)} bytes, must have {size}")

    @property
    def key_id(self) -> bytes:
        """4 bytes that tell keys of one name apart; no protection by themselves."""
        return sha256(self.name.encode() + b"\n" + bytes([self.type]) + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{encode_base64(bytes([self.type]) + self.public)}"

    def verify_bytes(self, signature: bytes, message: bytes) -> None:
        """Raise SignatureError unless these bytes are this key's signature of the message."""
        if not self.type.scheme.verify(self.public, signature, message):
            raise SignatureError(f"a signature by {self.name}+{self.key_id.hex()} does not verify")


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The private half of a key: name, type and a 32-byte seed (RFC 8032, FIPS 204); `repr` hides it."""

    name: str
    type: KeyType
    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        check_key_name(self.name)
        if len(self.seed) != 32:
            raise FormatError(f"private key {self.name!r}: has {len(self.seed)} bytes, must have 32")

    @property
    def verifier(self) -> VerifierKey:
        """The public half."""
        return VerifierKey(self.name, self.type, self.type.scheme.public(self.seed))

    def private_text(self) -> str:
        """`PRIVATE+KEY+name+id+base64(type || seed)`, the form in which the Go tools keep keys.

        A secret: whoever reads it can sign in this name.
        """
        secret = encode_base64(bytes([self.type]) + self.seed)
        return f"{_SECRET}+{self.name}+{self.verifier.key_id.hex()}+{secret}"

    def sign_bytes(self, message: bytes) -> bytes:
        """The signature of the message: 64 bytes of Ed25519, 2420 of ML-DSA-44."""
        return self.type.scheme.sign(self.seed, message)


def parse_verifier_key(text: str) -> VerifierKey:
    """Read a vkey, `name+key id in hex+base64(type || public key)`.

    Raises FormatError if it is malformed, its key id is not its key's, or its type is none of KeyType.
    """
    # Names hold no `+`, base64 may: so the first two divide.
    name, key_id, rest = _three(text, "verifier key")
    key_type, public = _typed(rest, f"verifier key {name!r}")
    key = VerifierKey(name, key_type, public)
    _check_key_id(key, key_id, "verifier key")
    return key


def parse_signing_key(text: str) -> SigningKey:
    """Read what `SigningKey.private_text` writes. Raises FormatError, which never shows the secret part."""
    prefix, separator, rest = text.partition(f"{_SECRET}+")
    if prefix or not separator:
        raise FormatError(f"private key: does not begin with {_SECRET}+")
    name, key_id, secret = _three(rest, "private key", show=False)
    try:
        key_type, seed = _typed(secret, f"private key {name!r}")
    except FormatError:
        raise FormatError(f"private key {name!r}: its last part is no base64 of a known key type") from None
    key = SigningKey(name, key_type, seed)
    _check_key_id(key.verifier, key_id, "private key")
    return key


def check_key_name(name: str) -> None:
    """Raise FormatError if the name is empty or holds `+`, a space of any script or a control character."""
    if not name:
        raise FormatError("key name: is empty")
    if "+" in name or name.split() != [name]:
        raise FormatError(f"key name {name!r}: holds a space or a plus sign")
    check_no_controls(name, f"key name {name!r}")
    try:
        name.encode()
    except UnicodeEncodeError:
        raise FormatError(f"key name {name!r}: not valid UTF-8") from None


def _three(text: str, what: str, *, show: bool = True) -> tuple[str, str, str]:
    parts = text.split("+", 2)
    if len(parts) != 3:
        shown = f" {text!r}" if show else ""
        raise FormatError(f"{what}{shown}: has {len(parts)} parts, must be name+id+key")
    return parts[0], parts[1], parts[2]


def _typed(text: str, what: str) -> tuple[KeyType, bytes]:
    data = decode_base64(text, what)
    known = [key_type for key_type in KeyType if data[:1] == bytes([key_type])]
    if not known:
        raise FormatError(f"{what}: signature type 0x{data[:1].hex() or '-'} is not supported")
    return known[0], data[1:]


def _check_key_id(key: VerifierKey, key_id: str, what: str) -> None:
    if key_id != key.key_id.hex():
        raise FormatError(f"{what} {key.name!r}: says key id {key_id!r}, the key's is {key.key_id.hex()!r}")
