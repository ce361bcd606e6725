"""Files that are whole or not there: written beside, synced, renamed, and the folder synced."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path


def write_whole(file: Path, data: bytes, *, mode: int = 0o644) -> None:
    """Put `data` at `file` so that a crash leaves the old file or the new one, never a part."""
    _write_beside(file, data, mode)
    sync_folder(file.parent)


def write_many(files: Iterable[tuple[Path, bytes]]) -> None:
    """`write_whole` for many files that never change, each folder synced once.

    A file that is there is taken to hold these bytes: a stopped run wrote it, and only its name may not be
    durable yet.
    """
    folders = set()
    for file, data in files:
        if not file.exists():
            _write_beside(file, data, 0o644)
        folders.add(file.parent)
    for folder in sorted(folders):
        sync_folder(folder)


def _write_beside(file: Path, data: bytes, mode: int) -> None:
    make_folder(file.parent)
    part = file.with_name(file.name + ".part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(descriptor, "wb") as sink:
            sink.write(data)
            sink.flush()
            os.fsync(sink.fileno())
        part.replace(file)
    except OSError as error:
        with suppress(OSError):
            part.unlink()  # a full disk needs the room
        # A write that fails does not say where.
        raise OSError(error.errno, error.strerror, str(file)) from error


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, durably: a synced file in a folder whose own name is lost is lost."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_if_there(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
