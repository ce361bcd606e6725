"""Who put what in, took it out, sent it, fetched names: `system/production/<number>`, nothing private."""

from datetime import datetime

from sagwan.desk.journal.actions import Recorder
from sagwan.desk.setup import Desk

STREAM = "system/production/"


def note(desk: Desk, number: str, kind: str, actor: str, at: datetime, **public: object) -> None:
    """Write one event, inside a transaction of the caller's (`journal.locks.writing`)."""
    recorder = Recorder(desk)
    recorder.note(STREAM + number, kind, public, actor=actor, at=at)
    recorder.flush()
