"""Who waits for whom: many writers or one placing sealer; one sealer and one run of duties at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction

from sagwan.desk.home import Home
from sagwan.record.errors import SagwanError

_JOURNAL, _SEALER, _TICK, _BANDED = 0x5A6A01, 0x5A6A02, 0x5A6A03, 0x5A6A04


class SealerBusy(SagwanError):
    """Another sealer is at work on this home."""


class TickBusy(SagwanError):
    """Another run of what falls due is at work on this home."""


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


def one_queue() -> None:
    """Within `writing()`: let no one else queue a banded line before this transaction ends, so that each
    knows how many wait before it."""
    _advisory("pg_advisory_xact_lock", _BANDED)


def _advisory(function: str, number: int) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [number])


@contextmanager
def sealer(home: Home) -> Iterator[None]:
    """Be the one sealer of a home, or raise SealerBusy at once."""
    busy = SealerBusy("another sealer is at work on this home", hint="wait until it is done, then try again")
    with _alone(home.path / "sealer.lock", _SEALER, busy):
        yield


@contextmanager
def ticking(home: Home) -> Iterator[None]:
    """Be the one run of what falls due on a home, or raise TickBusy at once."""
    busy = TickBusy("another run of sagwan tick is at work on this home", hint="it does what there is to do")
    with _alone(home.path / "tick.lock", _TICK, busy):
        yield


@contextmanager
def _alone(lock: Path, number: int, busy: SagwanError) -> Iterator[None]:
    """Hold a file lock, which counts on this machine, and an advisory lock in PostgreSQL, which counts
    between machines; both end with the process, however it ends."""
    with lock.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise busy from None
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
            if not cursor.fetchone()[0]:
                raise busy
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [number])
