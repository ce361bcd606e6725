"""Writing files whole or not at all, and one writer at a time."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sagwan.seal.files import sync_folder

_LOCK = ".lock"
_HALF = ".half"


def write(path: Path, fill: Callable[[Path], object]) -> None:
    """Let `fill` write a file beside `path`, sync it, and put it in the place of `path` in one step."""
    half = path.with_name(path.name + _HALF)
    try:
        fill(half)
        with half.open("rb") as done:
            os.fsync(done.fileno())
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
    sync_folder(path.parent)


def _silently() -> None:
    """Waiting needs no word where nobody reads it."""


@contextmanager
def locked(folder: Path, waiting: Callable[[], None] = _silently) -> Iterator[None]:
    """Hold the folder's lock; a second writer calls `waiting` once, and waits. It ends with its process."""
    with (folder / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
