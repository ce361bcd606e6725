"""The master key: 32 bytes that live outside the database, and the keys that are derived from it."""

import base64
import binascii
import hmac
import os
import secrets
import unicodedata
from functools import cached_property
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sagwan.record.errors import SagwanError

NONCE_SIZE = 12
_HEADER = "sagwan-master-key/1 "


class KeyMissing(SagwanError):
    """A key that is not there, not readable, or not the right one."""


class MasterKey:
    """Derives, by HKDF-SHA256 (RFC 5869), one key for each use, so that no use can weaken another."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) != 32:
            raise KeyMissing(f"the master key has {len(secret)} bytes, not 32")
        self._secret = secret

    def derive(self, purpose: str) -> bytes:
        """32 bytes for `purpose`; the same for ever."""
        return HKDF(SHA256(), 32, salt=None, info=f"sagwan/{purpose}".encode()).derive(self._secret)

    @cached_property
    def wrapping(self) -> AESGCM:
        """Wraps the keys of streams."""
        return AESGCM(self.derive("wrap"))

    @cached_property
    def lines(self) -> AESGCM:
        """Encrypts opening lines until they are opened."""
        return AESGCM(self.derive("lines"))

    @cached_property
    def keeper(self) -> AESGCM:
        """Encrypts what the keeper holds."""
        return AESGCM(self.derive("keeper"))

    @cached_property
    def _index(self) -> bytes:
        return self.derive("index")

    def blind(self, field: str, value: str) -> bytes:
        """16 bytes by which a value can be found again: HMAC-SHA256 over field and folded value."""
        folded = unicodedata.normalize("NFKC", value).casefold().strip()
        return hmac.digest(self._index, f"{field}\0{folded}".encode(), "sha256")[:16]

    def text(self) -> str:
        """The key as text, for its file and for the sheet that is kept in a safe."""
        return _HEADER + base64.b64encode(self._secret).decode()


def seal(cipher: AESGCM, plain: bytes, context: bytes) -> bytes:
    """AES-256-GCM with a random nonce in front; `context` must be given again to open it."""
    nonce = os.urandom(NONCE_SIZE)
    return nonce + cipher.encrypt(nonce, plain, context)


def unseal(cipher: AESGCM, sealed: bytes, context: bytes) -> bytes:
    """Open what `seal` made; raise KeyMissing where key or context differ, or a byte was changed."""
    try:
        return cipher.decrypt(sealed[:NONCE_SIZE], sealed[NONCE_SIZE:], context)
    except (InvalidTag, ValueError):
        raise KeyMissing(
            f"cannot decrypt {context.decode(errors='replace')}",
            hint="the master key is another one, or the stored bytes were changed",
        ) from None


def new_master_key() -> MasterKey:
    return MasterKey(secrets.token_bytes(32))


def read_master_key(file: Path) -> MasterKey:
    """Read a master key's file; raise KeyMissing with what to do."""
    try:
        text = file.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise KeyMissing(
            f"the master key {file} cannot be read: {error}", hint="restore it from its sheet"
        ) from None
    if not text.startswith(_HEADER):
        raise KeyMissing(f"{file} is not a master key of this version")
    try:
        return MasterKey(base64.b64decode(text.removeprefix(_HEADER), validate=True))
    except binascii.Error:
        raise KeyMissing(f"{file} is damaged: not base64", hint="restore it from its sheet") from None


def write_secret(file: Path, text: str) -> None:
    """Write a secret so that only its owner reads it; refuse to replace one that is there."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise KeyMissing(f"{file} exists already", hint="a key is never replaced by a new one") from None
    with os.fdopen(descriptor, "w") as sink:
        sink.write(text + "\n")
        sink.flush()
        os.fsync(sink.fileno())
