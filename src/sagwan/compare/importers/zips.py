"""Archives, read without trust in what they say of themselves: number, size and growth are bounded."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from sagwan.compare.importers.errors import ImporterError, TooLarge
from sagwan.compare.importers.limits import MIB, Limits

MAGIC = b"PK\x03\x04"
_CHUNK = 256 * 1024
# What the zipfile module stumbles over in an archive that is broken, locked or of a method it does not know.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    struct.error,
)


def open_zip(data: bytes, name: str, limits: Limits) -> zipfile.ZipFile:
    """An archive whose members' announced sizes are within the limits. Raises ImporterError, TooLarge."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (*_BROKEN, OSError) as error:
        raise ImporterError(f"{name} is not a sound archive: {error}") from None
    members = archive.infolist()
    if len(members) > limits.members:
        raise TooLarge(f"{name} holds {len(members):,} files, more than {limits.members:,}")
    if sum(member.file_size for member in members) > limits.unpacked:
        raise TooLarge(f"{name} unpacks to more than {limits.unpacked // MIB:,} MiB")
    for member in members:
        _check_growth(f"{name}/{member.filename}", member.file_size, member.compress_size, limits)
    return archive


def members(data: bytes, name: str, limits: Limits) -> Iterator[tuple[str, bytes]]:
    """The files of an archive, by name. Raises ImporterError where a member is locked or broken."""
    with open_zip(data, name, limits) as archive:
        for member in sorted(archive.infolist(), key=lambda one: one.filename):
            if not member.is_dir():
                yield member.filename, read_member(archive, member, f"{name}/{member.filename}", limits)


def read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, limits: Limits) -> bytes:
    """A member's bytes, unpacked in pieces so that a false size cannot fill the memory."""
    parts, size = [], 0
    try:
        with archive.open(member) as stream:
            while part := stream.read(_CHUNK):
                size += len(part)
                limits.check_bytes(name, size)
                _check_growth(name, size, member.compress_size, limits)
                parts.append(part)
    except (*_BROKEN, OSError) as error:
        raise ImporterError(f"{name} cannot be unpacked: {error}") from None
    return b"".join(parts)


def _check_growth(name: str, unpacked: int, packed: int, limits: Limits) -> None:
    limits.check_bytes(name, unpacked)
    if unpacked > MIB and unpacked > limits.ratio * max(packed, 1):
        raise TooLarge(
            f"{name} grows {unpacked // max(packed, 1):,} times when unpacked, more than {limits.ratio}",
            hint="it looks like an archive made to fill the memory",
        )
