"""Witness cosignatures with a time, of Ed25519 (cosignature/v1) or ML-DSA-44 (C2SP tlog-cosignature).

One says: as of that time, this was the largest consistent tree of this origin that the witness had seen. The
times are the independent evidence of when an entry was there.
"""

from sagwan.tlog.checkpoint import parse_checkpoint
from sagwan.tlog.encoding import MAX_INTEGER
from sagwan.tlog.errors import FormatError, SignatureError
from sagwan.tlog.keys import KeyType, SigningKey, VerifierKey
from sagwan.tlog.signatures import Signature


def cosign(text: str, key: SigningKey, time: int) -> Signature:
    """The witness's signature line for a checkpoint's note text, at `time` in POSIX seconds.

    Raises FormatError if the text is no checkpoint, the key no witness's, or the time out of range.
    """
    if not key.type.is_witness:
        raise FormatError(f"key {key.name!r} is of type {key.type:#04x}, no witness's key")
    if not 0 <= time <= MAX_INTEGER:
        raise FormatError(f"time {time} is not in 0..{MAX_INTEGER}")
    parse_checkpoint(text)
    value = time.to_bytes(8, "big") + key.sign_bytes(_message(text, time, key.verifier))
    return Signature(key.name, key.verifier.key_id, value)


def verify_cosignature(text: str, signature: Signature, key: VerifierKey) -> int:
    """The time, in POSIX seconds, at which the witness cosigned this checkpoint text.

    Raises SignatureError if it did not: wrong length, time out of range, or not this key's signature.
    """
    if not key.type.is_witness:
        raise SignatureError(f"{key.name}+{key.key_id.hex()} is not a witness's key")
    size = 8 + key.type.scheme.signature_size
    if len(signature.value) != size:
        found = f"has {len(signature.value)} bytes, must have {size}"
        raise SignatureError(f"a cosignature by {key.name}+{key.key_id.hex()} {found}")
    time = int.from_bytes(signature.value[:8], "big")
    if time > MAX_INTEGER:
        raise SignatureError(f"a cosignature by {key.name}: its time {time} is past {MAX_INTEGER}")
    key.verify_bytes(signature.value[8:], _message(text, time, key))
    return time


def _message(text: str, time: int, key: VerifierKey) -> bytes:
    """What is signed; raise FormatError where the text is no checkpoint, or a name too long for ML-DSA-44."""
    if key.type is KeyType.COSIGNATURE_V1:
        return f"cosignature/v1\ntime {time}\n{text}".encode()
    checkpoint = parse_checkpoint(text)
    whole = (0).to_bytes(8, "big") + checkpoint.size.to_bytes(8, "big") + checkpoint.root
    return b"subtree/v1\n\0" + _short(key.name) + time.to_bytes(8, "big") + _short(checkpoint.origin) + whole


def _short(text: str) -> bytes:
    data = text.encode()
    if len(data) > 255:
        raise FormatError(f"{text[:40]!r}… has {len(data)} bytes, and a cosignature of ML-DSA-44 holds 255")
    return bytes([len(data)]) + data
