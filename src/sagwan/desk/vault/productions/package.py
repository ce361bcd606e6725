"""What an official gets: one zip with a manifest that `sha256sum --check` reads, each time the same bytes."""

import hashlib
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sagwan.desk.vault.age import AgeError, Writer

MANIFEST = "manifest.txt"
_FOLDER = "files/"
_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a package: name, SHA-256 in hex, bytes."""

    name: str
    digest: str
    size: int


def manifest(title: Sequence[tuple[str, str]], created: datetime, entries: Iterable[Entry]) -> bytes:
    """The manifest: `# name: value` lines, then one `sha256sum` line a file, by name."""
    listed = sorted(entries, key=lambda entry: entry.name)
    head = (
        *title,
        ("created", f"{created.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"),
        ("files", str(len(listed))),
        ("bytes", str(sum(entry.size for entry in listed))),
    )
    lines = [f"# {name}: {value}" for name, value in head]
    lines += [f"{entry.digest}  {_FOLDER}{entry.name}" for entry in listed]
    return ("\n".join(lines) + "\n").encode()


class _Hashing:
    """Passes bytes on, and knows their digest."""

    def __init__(self, sink: object) -> None:
        self._write: Callable[[bytes], int] = sink.write  # type: ignore[attr-defined]
        self.hash = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes, /) -> int:
        self.hash.update(data)
        self.size += len(data)
        self._write(data)
        return len(data)

    def flush(self) -> None:
        """Nothing waits here."""


def write_zip(target: Path, text: bytes, files: Iterable[tuple[Entry, Callable[[Writer], object]]]) -> None:
    """Write the package; each file comes with a function that pours its bytes.

    Raise AgeError where a file is not what its entry says.
    """
    with zipfile.ZipFile(target, "x", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        archive.writestr(_info(MANIFEST), text)
        for entry, pour in sorted(files, key=lambda each: each[0].name):
            info = _info(_FOLDER + entry.name)
            with archive.open(info, "w", force_zip64=entry.size > zipfile.ZIP64_LIMIT) as sink:
                hashing = _Hashing(sink)
                pour(hashing)
            if hashing.hash.hexdigest() != entry.digest or hashing.size != entry.size:
                raise AgeError(f"{entry.name} is not what was checked", hint="take it out, put it in again")


def _info(name: str) -> zipfile.ZipInfo:
    """An entry that tells nothing of this machine or minute."""
    info = zipfile.ZipInfo(name, _DATE)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o100600 << 16
    info.create_system = 3
    return info
