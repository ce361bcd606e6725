"""Files of productions in a home: clear ones for a moment, encrypted ones until they end.

productions/<sha256>.age   an encrypted file, 0600, named by the digest of its bytes
productions/work/<hex>/    the clear files of one piece of work, 0700, with a lock that ends with its process
productions/uploads/       clear files while a browser sends them (web/uploads.py), gone with their request
productions/.lock          taken alone while a work folder is made or leftovers are swept, shared while an
                           encrypted file comes in and its row is committed
"""

import contextlib
import fcntl
import hashlib
import os
import secrets
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.db import connection

from sagwan.desk.home import Home
from sagwan.desk.vault.models import Production, ProductionFile
from sagwan.record.errors import InvalidValue

CHUNK = 1024 * 1024
MAX_FILE = 2 * 1024**3
"""Bytes of one file."""
_WORK, _UPLOADS, _LOCK, _SUFFIX = "work", "uploads", "lock", ".age"


def folder(home: Home) -> Path:
    """Where a home's productions lie; made where it is not there."""
    path = home.path / "productions"
    (path / _WORK).mkdir(mode=0o700, parents=True, exist_ok=True)
    path.chmod(0o700)
    return path


def uploads(home: Home) -> Path:
    """Where files lie while a browser sends them; made where it is not there."""
    path = folder(home) / _UPLOADS
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def sweep_uploads(home: Home) -> int:
    """Destroy what a killed server left of uploads; how many files. Only before the server takes any."""
    found = list(uploads(home).iterdir())
    for path in found:
        _shred(path)
    return len(found)


def blob_path(home: Home, blob: str) -> Path:
    return folder(home) / (blob + _SUFFIX)


@contextmanager
def working(home: Home) -> Iterator[Path]:
    """A private folder for clear files; they are overwritten and gone at the end, however it ends.

    What a killed process left is swept first. Not within a transaction: it would wait for minutes.
    """
    check_outside()
    sweep(home)
    place = folder(home) / _WORK / secrets.token_hex(8)
    with _locked(home, fcntl.LOCK_EX):
        place.mkdir(mode=0o700)
        lock = (place / _LOCK).open("w")
        fcntl.flock(lock, fcntl.LOCK_EX)
    try:
        with lock:
            yield place
    finally:
        _destroy(place)


@contextmanager
def coming_in(home: Home) -> Iterator[None]:
    """While encrypted files are put in their place and their rows are committed: nobody sweeps.

    Not within a transaction: files would be in their place, or gone, and their rows taken back.
    """
    check_outside()
    with _locked(home, fcntl.LOCK_SH):
        yield


def check_outside() -> None:
    """Raise RuntimeError within a transaction: what is done to files could not be taken back with it."""
    if connection.in_atomic_block:
        raise RuntimeError("productions are written outside of transactions")


@contextmanager
def _locked(home: Home, how: int) -> Iterator[None]:
    with (folder(home) / ".lock").open("a") as file:
        fcntl.flock(file, how)
        yield


def copy_in(source: BinaryIO, target: Path, name: str) -> None:
    """Copy a file into a work folder; raise InvalidValue where it is larger than MAX_FILE."""
    size = 0
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as sink:
        while chunk := source.read(CHUNK):
            size += len(chunk)
            if size > MAX_FILE:
                raise InvalidValue(f"{name} has more than {MAX_FILE:,} bytes", hint="split it")
            sink.write(chunk)


def digest_of(file: Path) -> tuple[str, int]:
    """(SHA-256 in hex, bytes) of a file."""
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest(), file.stat().st_size


def keep(home: Home, sealed: Path) -> tuple[str, int]:
    """Move an encrypted file from a work folder to its place, durably; return its digest and size.

    Inside `coming_in`; a crash before the row is committed leaves a file that the next sweep takes away.
    """
    digest, size = digest_of(sealed)
    sealed.chmod(0o600)
    with sealed.open("rb") as file:
        os.fsync(file.fileno())
    target = blob_path(home, digest)
    sealed.rename(target)
    descriptor = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return digest, size


def forget(home: Home, blobs: Collection[str]) -> None:
    """Unlink encrypted files that no row names any more; who fetches one just now still gets all of it."""
    for blob in blobs:
        blob_path(home, blob).unlink(missing_ok=True)


def sweep(home: Home) -> int:
    """Destroy what killed processes left: clear files, and encrypted ones that no row names; how many files.

    Nothing is done while another process brings something in.
    """
    root = folder(home)
    gone = 0
    with (root / ".lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return 0
        for place in (root / _WORK).iterdir():
            gone += _abandoned(place)
        known = known_blobs()
        for blob in root.glob("*" + _SUFFIX):
            if blob.name.removesuffix(_SUFFIX) not in known:
                blob.unlink(missing_ok=True)
                gone += 1
    return gone


def known_blobs() -> set[str]:
    """The encrypted files that some row names."""
    rows = (Production.objects.exclude(blob=""), ProductionFile.objects.exclude(blob=""))
    return {blob for found in rows for blob in found.values_list("blob", flat=True)}


def _abandoned(place: Path) -> int:
    """Destroy a work folder whose process is gone; how many files it had."""
    with contextlib.suppress(FileNotFoundError), (place / _LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return 0
    return _destroy(place)


def _destroy(place: Path) -> int:
    files = [path for path in place.rglob("*") if path.is_file() and path.name != _LOCK]
    for path in files:
        _shred(path)
    shutil.rmtree(place, ignore_errors=True)
    return len(files)


def _shred(file: Path) -> None:
    """Overwrite and unlink. Best effort: a file system that copies on write, or a disk that levels its wear,
    may keep the old bytes; docs/how-to/hand-over-data.md says what to do about that."""
    with contextlib.suppress(FileNotFoundError):
        with contextlib.suppress(OSError), file.open("r+b") as sink:
            left = file.stat().st_size
            while left > 0:
                left -= sink.write(bytes(min(left, CHUNK)))
            sink.flush()
            os.fsync(sink.fileno())
        file.unlink()
