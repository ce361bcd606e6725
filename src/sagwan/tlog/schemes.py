"""The signature schemes behind keys, Ed25519 (RFC 8032) and ML-DSA-44 (FIPS 204), from seeds of 32 bytes.

ML-DSA-44 holds against quantum computers; `cryptography` has it from version 47 on, where its OpenSSL does.
"""

import importlib
from typing import Any, Protocol

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sagwan.tlog.errors import SignatureError

ED25519_PUBLIC, ML_DSA_44_PUBLIC = 32, 1312
ED25519_SIGNATURE, ML_DSA_44_SIGNATURE = 64, 2420


class Scheme(Protocol):
    """`public_size` and `signature_size` in bytes."""

    public_size: int
    signature_size: int

    def public(self, seed: bytes) -> bytes:
        """The public key of a seed."""

    def sign(self, seed: bytes, message: bytes) -> bytes: ...

    def verify(self, public: bytes, signature: bytes, message: bytes) -> bool: ...


class Ed25519:
    public_size, signature_size = ED25519_PUBLIC, ED25519_SIGNATURE

    def public(self, seed: bytes) -> bytes:
        return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()

    def sign(self, seed: bytes, message: bytes) -> bytes:
        return Ed25519PrivateKey.from_private_bytes(seed).sign(message)

    def verify(self, public: bytes, signature: bytes, message: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


class MlDsa44:
    """Raises SignatureError where this installation has no ML-DSA."""

    public_size, signature_size = ML_DSA_44_PUBLIC, ML_DSA_44_SIGNATURE

    def public(self, seed: bytes) -> bytes:
        mldsa = _mldsa()
        try:
            return bytes(mldsa.MLDSA44PrivateKey.from_seed_bytes(seed).public_key().public_bytes_raw())
        except UnsupportedAlgorithm:
            raise _missing() from None

    def sign(self, seed: bytes, message: bytes) -> bytes:
        mldsa = _mldsa()
        try:
            return bytes(mldsa.MLDSA44PrivateKey.from_seed_bytes(seed).sign(message))
        except UnsupportedAlgorithm:
            raise _missing() from None

    def verify(self, public: bytes, signature: bytes, message: bytes) -> bool:
        mldsa = _mldsa()
        try:
            mldsa.MLDSA44PublicKey.from_public_bytes(public).verify(signature, message)
        except InvalidSignature:
            return False
        except UnsupportedAlgorithm:
            raise _missing() from None
        return True


def _mldsa() -> Any:
    try:
        return importlib.import_module("cryptography.hazmat.primitives.asymmetric.mldsa")
    except ImportError:
        raise _missing() from None


def _missing() -> SignatureError:
    return SignatureError(
        "this installation's cryptography has no ML-DSA-44: pip install --upgrade cryptography, or go by the "
        "witness's Ed25519 key"
    )
