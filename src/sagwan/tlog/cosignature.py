"""Witness cosignatures with a time, cosignature/v1 with Ed25519 (C2SP tlog-cosignature).

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
    if key.type != KeyType.COSIGNATURE_V1:
        raise FormatError(f"key {key.name!r} is of type {key.type:#04x}, no witness's key")
    if not 0 <= time <= MAX_INTEGER:
        raise FormatError(f"time {time} is not in 0..{MAX_INTEGER}")
    parse_checkpoint(text)
    value = time.to_bytes(8, "big") + key.sign_bytes(_message(text, time))
    return Signature(key.name, key.verifier.key_id, value)


def verify_cosignature(text: str, signature: Signature, key: VerifierKey) -> int:
    """The time, in POSIX seconds, at which the witness cosigned this checkpoint text.

    Raises SignatureError if it did not: wrong length, time out of range, or not this key's signature.
    """
    if key.type != KeyType.COSIGNATURE_V1:
        raise SignatureError(f"{key.name}+{key.key_id.hex()} is not a witness's key")
    if len(signature.value) != 72:
        raise SignatureError(
            f"a cosignature by {key.name}+{key.key_id.hex()} has {len(signature.value)} bytes, must have 72"
        )
    time = int.from_bytes(signature.value[:8], "big")
    if time > MAX_INTEGER:
        raise SignatureError(f"a cosignature by {key.name}: its time {time} is past {MAX_INTEGER}")
    key.verify_bytes(signature.value[8:], _message(text, time))
    return time


def _message(text: str, time: int) -> bytes:
    return f"cosignature/v1\ntime {time}\n{text}".encode()
