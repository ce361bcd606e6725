"""What a run would do at an instant, without doing any of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from sagwan.desk.journal.store import JournalStore
from sagwan.desk.mail.sending import waiting
from sagwan.desk.setup import Desk
from sagwan.desk.tick import candidates, ledger, sessions, vettings
from sagwan.desk.tick.acts import Done
from sagwan.desk.tick.agenda import agenda, split
from sagwan.desk.tick.config import tick_config
from sagwan.desk.tick.reading import Reader
from sagwan.desk.tick.recipients import Directory
from sagwan.desk.tick.run import CHUNK
from sagwan.desk.vault.models import Production


@dataclass(slots=True)
class Planned:
    """What would be done; `mail` are the rows of the outbox that wait already."""

    done: list[Done] = field(default_factory=list)
    productions: int = 0
    seal: bool = False
    mail: int = 0
    sessions: int = 0


def plan(
    desk: Desk, now: datetime, progress: Callable[[int, int], None] = lambda done, total: None
) -> Planned:
    """What `tick` would do at `now`; what follows from its own acts is not foreseen."""
    found = candidates.find(desk, now)
    reader, directory, config = Reader(desk), Directory(), tick_config(desk.home)
    planned = Planned(
        productions=Production.objects.filter(expires_at__lte=now).exclude(blob="").count(),
        seal=JournalStore(desk).is_due(now),
        mail=waiting(timezone.now()),
        sessions=sessions.ended(),
    )
    count = 0
    for chunk in found.chunks(CHUNK):
        done = ledger.done(chunk)
        for watched in reader.read(chunk):
            items = agenda(watched, config, desk.home.zone)
            due, _ = split(items, now, done.get(watched.number, set()))
            state, filed_by = watched.progress.state, watched.progress.filed_by
            for item in due:
                people = directory.of_request(item.kind, state, filed_by)
                planned.done.append(Done(watched.number, item, tuple(person.name for person in people)))
        count += len(chunk)
        progress(count, found.total)
    for subject, item in vettings.due(config, now):
        people = directory.of_house(item.kind)
        planned.done.append(Done(subject, item, tuple(person.name for person in people)))
    return planned
