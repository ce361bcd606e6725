"""The manifest of a report: `sha256sum` lines, so that `sha256sum -c` checks it without Sagwan."""

import hashlib
import re
from collections.abc import Mapping

from sagwan.formats.errors import FormatError

_LINE = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9][A-Za-z0-9./_-]*)\Z")


def encode_manifest(digests: Mapping[str, str]) -> bytes:
    """`digest, two blanks, path` a line, ordered by path; digests are 64 hex digits."""
    return "".join(f"{digests[path]}  {path}\n" for path in sorted(digests)).encode("ascii")


def parse_manifest(data: bytes) -> dict[str, str]:
    """Path → SHA-256 in hex; raise FormatError on a line that is none, out of order, or leaves the folder."""
    if not data.endswith(b"\n"):
        raise FormatError("the manifest does not end with a line feed")
    digests: dict[str, str] = {}
    last = ""
    for number, raw in enumerate(data.decode("utf-8", "replace").split("\n")[:-1], 1):
        found = _LINE.match(raw)
        if not found or any(part in ("", ".", "..") for part in found[2].split("/")):
            raise FormatError(f"manifest line {number}: {raw[:120]!r} is not 'sha256, two blanks, path'")
        if found[2] <= last:
            raise FormatError(f"manifest line {number}: {found[2]!r} is out of order")
        last = found[2]
        digests[last] = found[1]
    return digests


def digest(data: bytes) -> str:
    """SHA-256 of a file's bytes, in hex."""
    return hashlib.sha256(data).hexdigest()
