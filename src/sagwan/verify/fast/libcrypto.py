"""OpenSSL's own SHA-256, called from compiled code: the library that `hashlib` has loaded already.

`SHA256_Init`, `_Update` and `_Final` cost a third of a call through `hashlib`, which asks for the algorithm
anew each time. They are deprecated since OpenSSL 3.0 and still there; where one is missing, nothing here
works, and the caller goes on with `hashlib`.
"""

import ctypes
import ctypes.util
import hashlib

from llvmlite import binding
from numba import types

NAMES = ("SHA256_Init", "SHA256_Update", "SHA256_Final")
CONTEXT = 128
"""Bytes kept for a SHA256_CTX, which has 112."""

init = types.ExternalFunction("SHA256_Init", types.int32(types.intp))
update = types.ExternalFunction("SHA256_Update", types.int32(types.intp, types.intp, types.intp))
final = types.ExternalFunction("SHA256_Final", types.int32(types.intp, types.intp))


def register() -> None:
    """Tell the compiler where the functions are; raise OSError or AttributeError where they are not."""
    library = _library()
    for name in NAMES:
        address = ctypes.cast(getattr(library, name), ctypes.c_void_p).value
        if not address:
            raise AttributeError(name)
        binding.add_symbol(name, address)


def _library() -> ctypes.CDLL:
    """The library behind `hashlib`, or else the system's."""
    try:
        import _hashlib  # noqa: PLC0415 - absent where Python was built without OpenSSL

        loaded = ctypes.CDLL(_hashlib.__file__)
        if all(hasattr(loaded, name) for name in NAMES):
            return loaded
    except (ImportError, AttributeError, OSError):
        pass
    found = ctypes.util.find_library("crypto")
    if found is None:
        raise OSError("no libcrypto")
    return ctypes.CDLL(found)


def expected(message: bytes) -> bytes:
    """What the functions must give, by `hashlib`."""
    return hashlib.sha256(message).digest()
