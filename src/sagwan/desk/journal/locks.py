"""Who waits for whom: many writers or one placing sealer; one sealer at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from sagwan.desk.home import Home
from sagwan.record.errors import SagwanError

_JOURNAL, _SEALER = 0x5A6A01, 0x5A6A02


class SealerBusy(SagwanError):
    """Another sealer is at work on this home."""


@contextmanager
def writing() -> Iterator[None]:
    """A transaction that appends. On PostgreSQL it shares a lock that `placing` takes alone, so that no
    event with a lower id becomes visible after a batch was placed. SQLite has one writer anyway."""
    with transaction.atomic():
        _advisory("pg_advisory_xact_lock_shared", _JOURNAL)
        yield


@contextmanager
def placing() -> Iterator[None]:
    """A transaction that fixes places or closes a half-year: no writer is half-way meanwhile."""
    with transaction.atomic():
        _advisory("pg_advisory_xact_lock", _JOURNAL)
        yield


def _advisory(function: str, number: int) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [number])


@contextmanager
def sealer(home: Home) -> Iterator[None]:
    """Be the one sealer of a home, or raise SealerBusy at once.

    A file lock holds on this machine, an advisory lock in PostgreSQL between machines; both end with the
    process, however it ends.
    """
    with (home.path / "sealer.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise _busy() from None
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [_SEALER])
            if not cursor.fetchone()[0]:
                raise _busy()
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_SEALER])


def _busy() -> SealerBusy:
    return SealerBusy("another sealer is at work on this home", hint="wait until it is done, then try again")
