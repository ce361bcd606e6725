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
    contents: Sequence[tuple[bytes, ...]] = (),
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[Done]:
    """Receive every filing, in order, in one transaction; raise and receive none where one may not be.

    `contents` are, for each filing, the bytes of its documents; empty where no filing names one.
    """
    files = contents or [()] * len(filings)
    done: list[Done] = []
    with writing():
        for start in range(0, len(filings), CHUNK):
            chunk = zip(filings[start : start + CHUNK], files[start : start + CHUNK], strict=True)
            steps = [Step("", Receive(filing, pack=""), actor, at, held) for filing, held in chunk]
            done += execute(desk, steps)
            progress(len(done), len(filings))
    return done
