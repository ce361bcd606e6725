"""One signature line of a signed note (C2SP signed-note)."""

from dataclasses import dataclass

from sagwan.tlog.encoding import decode_base64, encode_base64
from sagwan.tlog.errors import FormatError
from sagwan.tlog.keys import check_key_name

_BEGIN = "\N{EM DASH} "


@dataclass(frozen=True, slots=True)
class Signature:
    """A claim, not yet verified, that the key of that name and 4-byte id made `value`. `str()` its line."""

    name: str
    key_id: bytes
    value: bytes

    def __str__(self) -> str:
        return f"{_BEGIN}{self.name} {encode_base64(self.key_id + self.value)}\n"


def parse_signature(line: str) -> Signature:
    """Read one line, its final LF included: em dash, space, key name, space, base64 of key id and signature.

    Raises FormatError.
    """
    if not line.startswith(_BEGIN) or not line.endswith("\n"):
        raise FormatError(f"signature line {line!r}: must begin with an em dash and end in a line feed")
    name, space, encoded = line[len(_BEGIN) : -1].partition(" ")
    if not space:
        raise FormatError(f"signature line {line!r}: has no key name and signature")
    check_key_name(name)
    data = decode_base64(encoded, f"signature line of {name!r}")
    if len(data) < 5:
        raise FormatError(f"signature line of {name!r}: has {len(data)} bytes, must have more than 4")
    return Signature(name, data[:4], data[4:])
