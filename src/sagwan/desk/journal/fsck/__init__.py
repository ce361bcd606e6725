"""The whole store against itself: keys, chains, files, lines, places, keeper and log. Finds; mends nothing.

What one part says another says too, and each is read from where it lies: so a changed byte shows somewhere.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from django.db import DatabaseError

from sagwan.desk.journal.fsck import events, handovers, keeper_folder, log_files, places
from sagwan.desk.journal.fsck.handovers import every_key
from sagwan.desk.journal.fsck.problem import Problem
from sagwan.desk.setup import Desk
from sagwan.desk.vault.productions.queries import amiss
from sagwan.record.errors import SagwanError
from sagwan.seal.alarms import Alarms
from sagwan.seal.keeper import Keeper
from sagwan.seal.log_folder import LogFolder
from sagwan.tlog import TlogError, VerifierKey

__all__ = ["PARTS", "Problem", "fsck"]

PARTS = 11
"""How many parts are checked, for who shows the progress."""

_UNREADABLE = (SagwanError, TlogError, DatabaseError, ArithmeticError, LookupError, TypeError, ValueError)


def fsck(
    desk: Desk,
    keeper: Keeper,
    log: LogFolder,
    key: VerifierKey,
    progress: Callable[[str], None] = lambda what: None,
) -> list[Problem]:
    """Every problem found; an empty list means all of it holds together."""
    problems: list[Problem] = []
    try:
        keys = every_key(log, key)
    except SagwanError as error:
        problems, keys = [Problem("log/keys", error.message)], [key]
    checks: dict[str, Callable[[], Iterable[Problem]]] = {
        "database": places.database_file,
        "keys": partial(events.keys, desk),
        "events": partial(events.chains, desk),
        "documents": partial(events.documents, desk),
        "productions": lambda: (Problem(*found) for found in amiss(desk)),
        "lines": partial(events.lines, desk),
        "places": partial(places.places, desk),
        "keeper": partial(keeper_folder.keeper_folder, desk, keeper, keys),
        "log": partial(log_files.log_files, log, keys),
        "handovers": partial(handovers.handovers, log, key),
        "alarms": partial(_alarms, desk),
    }
    for name, check in checks.items():
        progress(name)
        problems += _survived(name, check)
    return problems


def _survived(name: str, check: Callable[[], Iterable[Problem]]) -> Iterator[Problem]:
    """The problems of one check; where it meets what cannot be read at all, that is one of them."""
    try:
        yield from check()
    except _UNREADABLE as error:
        yield Problem(name, f"cannot be checked further: {type(error).__name__}: {error}")


def _alarms(desk: Desk) -> Iterator[Problem]:
    for file in Alarms(desk.home.alarms_path).standing():
        yield Problem(f"alarms/{file.name}", "stands: a witness saw another history, and nothing is sealed")
