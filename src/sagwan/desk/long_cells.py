"""Room for long CSV cells while somebody reads them: the csv module has one limit for the whole process."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

LONGEST = 4_000_000
"""Characters of a cell."""

_lock = Lock()
_before: list[int] = []
"""The limit that stood before, once for each reader at work."""


@contextmanager
def long_cells() -> Iterator[None]:
    """Take cells of up to `LONGEST` characters; the last of several readers puts the limit back."""
    with _lock:
        _before.append(csv.field_size_limit(LONGEST))
    try:
        yield
    finally:
        with _lock:
            limit = _before.pop()
            if not _before:
                csv.field_size_limit(limit)
