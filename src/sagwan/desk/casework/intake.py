"""Many filings at once: all of them, or none."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sagwan.desk.casework.actions import Done, Step, execute
from sagwan.desk.journal.locks import writing
from sagwan.desk.setup import Desk
from sagwan.record.commands import Receive
from sagwan.record.request import Filing

CHUNK = 250


def receive_all(
    desk: Desk,
    filings: Sequence[Filing],
    *,
    actor: str,
    at: datetime,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[Done]:
    """Receive every filing, in order, in one transaction; raise and receive none where one may not be."""
    done: list[Done] = []
    with writing():
        for start in range(0, len(filings), CHUNK):
            chunk = filings[start : start + CHUNK]
            done += execute(desk, [Step("", Receive(filing, pack=""), actor, at) for filing in chunk])
            progress(len(done), len(filings))
    return done
