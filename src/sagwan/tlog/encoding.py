"""Strict readers for the few encodings that C2SP texts are made of."""

import base64
import binascii
import re

from sagwan.tlog.errors import FormatError

MAX_INTEGER = 2**63 - 1
"""Largest tree size, index or time: what a signed 64-bit integer holds."""

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}")


def encode_base64(data: bytes) -> str:
    """Standard, padded base64 (RFC 4648 section 4)."""
    return base64.b64encode(data).decode("ascii")


def decode_base64(text: str, what: str, length: int | None = None) -> bytes:
    """Decode the one standard base64 form of some bytes (of `length` bytes, if given).

    Text that decodes but is not what `encode_base64` would write (stray bits, line breaks) is refused, so
    that no two texts mean the same bytes. Raises FormatError naming `what`.
    """
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise FormatError(f"{what}: {_shown(text)} is not base64") from None
    if encode_base64(data) != text:
        raise FormatError(f"{what}: {_shown(text)} is not the standard base64 of its bytes")
    if length is not None and len(data) != length:
        raise FormatError(f"{what}: has {len(data)} bytes, must have {length}")
    return data


def decode_decimal(text: str, what: str, maximum: int = MAX_INTEGER) -> int:
    """Decode an ASCII decimal from 0 to `maximum` without sign or leading zeros, or raise FormatError."""
    if not _DECIMAL.fullmatch(text):
        raise FormatError(f"{what}: {_shown(text)} is not a decimal number without leading zeros")
    value = int(text)
    if value > maximum:
        raise FormatError(f"{what}: {value} is more than {maximum}")
    return value


def decode_utf8(data: bytes, what: str) -> str:
    """Decode UTF-8 without control characters below U+0020 but LF (signed-note). Raises FormatError."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FormatError(f"{what}: not UTF-8 at byte {error.start}") from None
    check_no_controls(text, what)
    return text


def check_no_controls(text: str, what: str) -> None:
    """Raise FormatError at the first control character below U+0020 other than LF."""
    found = _CONTROL.search(text)
    if found:
        raise FormatError(f"{what}: control character U+{ord(found[0]):04X} at position {found.start()}")


def _shown(text: str) -> str:
    return ascii(text if len(text) <= 80 else text[:77] + "...")
