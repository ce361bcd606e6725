"""age encryption (C2SP age v1) by pyrage: to a person's key, to a passphrase, to a key of our own."""

import io
import secrets
from pathlib import Path
from typing import Protocol

import pyrage  # type: ignore[import-untyped]

from sagwan.record.errors import InvalidValue, SagwanError

MAX_PASSPHRASE_PACKAGE = 256 * 1024 * 1024
"""Bytes. With a passphrase the whole package stands in memory: pyrage streams to keys only."""
MAX_RECIPIENTS = 10
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_GROUPS, _GROUP = 5, 5
PASSPHRASE_BITS = 123
"""25 characters of 31, each drawn apart: 25 × log2(31) = 123.8 bits."""

Recipient = object
"""A public key as pyrage holds it, X25519 or SSH."""


class Writer(Protocol):
    """What decrypted bytes are written to."""

    def write(self, data: bytes, /) -> int: ...

    def flush(self) -> None: ...


class AgeError(SagwanError):
    """Something that age cannot decrypt: another key, or changed bytes."""


def read_recipient(text: str) -> Recipient:
    """A public key: `age1…` (X25519), `ssh-ed25519 …` or `ssh-rsa …`; raise InvalidValue."""
    key = text.strip()
    if "AGE-SECRET-KEY-" in key.upper() or "PRIVATE KEY" in key.upper():
        raise InvalidValue(
            "that is a private key, no public key: nobody may see it but its owner",
            hint="make a new pair, and give the line that begins with age1",
        )
    kind = pyrage.ssh if key.startswith("ssh-") else pyrage.x25519
    try:
        return kind.Recipient.from_str(key)
    except pyrage.RecipientError:
        raise InvalidValue(
            f"{key[:40]!r} is no public key that age can encrypt to",
            hint="age1… as age-keygen prints it, or a line ssh-ed25519 … or ssh-rsa …",
        ) from None


def read_recipients(texts: tuple[str, ...]) -> list[Recipient]:
    """One to ten public keys; raise InvalidValue."""
    if not 1 <= len(texts) <= MAX_RECIPIENTS:
        raise InvalidValue(f"{len(texts)} public keys", hint=f"1 to {MAX_RECIPIENTS}")
    return [read_recipient(text) for text in texts]


def encrypt_to(recipients: list[Recipient], clear: Path, sealed: Path) -> None:
    """Encrypt a file to every one of the recipients, piece by piece."""
    with clear.open("rb") as source, sealed.open("xb") as sink:
        pyrage.encrypt_io(source, sink, recipients)


def encrypt_with(passphrase: str, clear: Path, sealed: Path) -> None:
    """Encrypt a file with a passphrase (scrypt); raise InvalidValue where it is too large for that."""
    size = clear.stat().st_size
    if size > MAX_PASSPHRASE_PACKAGE:
        raise InvalidValue(
            f"a package of {size:,} bytes is too large for a passphrase",
            hint=f"at most {MAX_PASSPHRASE_PACKAGE:,}; encrypt it to a public key",
        )
    sealed.write_bytes(pyrage.passphrase.encrypt(clear.read_bytes(), passphrase))


def new_passphrase(groups: int = _GROUPS) -> str:
    """Random characters in groups of five, without those that are easily mistaken; five groups: 123 bits."""
    found = ("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(groups))
    return "-".join(found)


def encrypt_text(text: str, recipient: Recipient) -> str:
    """A short text for one public key, in age's armour: lines that can be copied from a page."""
    return bytes(pyrage.encrypt(text.encode(), [recipient], armored=True)).decode("ascii")


def new_identity() -> bytes:
    """A fresh private key, as text."""
    return str(pyrage.x25519.Identity.generate()).encode()


def encrypt_to_own(identity: bytes, clear: Path, sealed: Path) -> None:
    """Encrypt a file to a private key of `new_identity`."""
    encrypt_to([_identity(identity).to_public()], clear, sealed)


def decrypt_own(identity: bytes, sealed: Path, sink: Writer) -> None:
    """Decrypt what `encrypt_to_own` wrote, piece by piece; raise AgeError, perhaps after some pieces."""
    try:
        with sealed.open("rb") as source:
            pyrage.decrypt_io(source, sink, [_identity(identity)])
    except (pyrage.DecryptError, OSError, io.UnsupportedOperation) as error:
        raise AgeError(f"{sealed.name} cannot be decrypted: {error}", hint="put the file in again") from None


def _identity(text: bytes) -> pyrage.x25519.Identity:
    return pyrage.x25519.Identity.from_str(text.decode())
