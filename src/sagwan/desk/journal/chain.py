"""The hash chain of a stream, over header and ciphertext: it can be checked after the keys are gone."""

import hashlib
import json
from datetime import UTC, datetime

GENESIS = bytes(32)


def event_hash(
    *,
    stream: str,
    seq: int,
    kind: str,
    at: datetime,
    actor: str,
    public: str,
    ledger: bytes | None,
    matter: bytes | None,
    previous: bytes,
) -> bytes:
    """SHA-256 over `sagwan-event/1 LF`, the previous hash and a JSON array of all the rest.

    Private parts stand in the array as the SHA-256 of their ciphertext in hex, or null.
    """
    header = json.dumps(
        [stream, seq, kind, instant(at), actor, public, _digest(ledger), _digest(matter)],
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(b"sagwan-event/1\n" + previous + header.encode()).digest()


def instant(at: datetime) -> str:
    """An aware instant in UTC to the microsecond, as it is hashed."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _digest(ciphertext: bytes | None) -> str | None:
    return None if ciphertext is None else hashlib.sha256(ciphertext).hexdigest()
