"""Recreate every projection from the events: cases, people and authorities, what fell due and was done, and
the blind index where keys are left."""

from collections.abc import Callable, Iterator

from django.db import transaction

from sagwan.desk.casework.actions import STREAM
from sagwan.desk.casework.duties import Clocks
from sagwan.desk.casework.models import Case
from sagwan.desk.casework.progress import advance
from sagwan.desk.casework.projection import case_of, save
from sagwan.desk.journal import queries
from sagwan.desk.journal.models import Event
from sagwan.desk.people.rebuild import rebuild_people
from sagwan.desk.setup import Desk
from sagwan.desk.tick.ledger import rebuild_acts
from sagwan.desk.vault import index
from sagwan.desk.vault.keyring import KeyRing
from sagwan.desk.vault.models import BlindIndex

CHUNK = 500


def rebuild(desk: Desk, progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Throw the projections away and make them anew, in one transaction; return the number of requests."""
    with transaction.atomic():
        Case.objects.all().delete()
        BlindIndex.objects.all().delete()
        rebuild_people(desk)
        rebuild_acts()
        clocks = Clocks(desk)
        total = Event.objects.filter(stream__startswith=STREAM, seq=1).count()
        count = 0
        for chunk in _chunks(queries.all_events(STREAM)):
            _cases(desk, chunk, clocks)
            count += len(chunk)
            progress(count, total)
    return count


def refresh(desk: Desk, number: str) -> None:
    """Make one request's case anew: what a key that was destroyed no longer tells is gone from it, too."""
    histories = queries.histories([STREAM + number])
    keys = KeyRing(desk.master)
    keys.load(histories)
    clocks = Clocks(desk)
    for history in histories.values():
        progress = None
        for stored in history:
            progress = advance(progress, queries.read(stored, keys, matter=False), stored.at, stored.actor)
        if progress is not None:
            save([case_of(number, progress, clocks)])


def _chunks(events: Iterator[queries.Stored]) -> Iterator[dict[str, list[queries.Stored]]]:
    """Whole histories, some hundred streams at a time."""
    chunk: dict[str, list[queries.Stored]] = {}
    for event in events:
        if event.stream not in chunk and len(chunk) >= CHUNK:
            yield chunk
            chunk = {}
        chunk.setdefault(event.stream, []).append(event)
    if chunk:
        yield chunk


def _cases(desk: Desk, histories: dict[str, list[queries.Stored]], clocks: Clocks) -> None:
    keys = KeyRing(desk.master)
    keys.load(histories)
    cases, found = [], []
    for stream, history in histories.items():
        progress = None
        for stored in history:
            event = queries.read(stored, keys)
            known = progress.state.asked_targets if progress else ()
            found += [(stream, *entry) for entry in index.entries_of(event, known)]
            progress = advance(progress, event, stored.at, stored.actor)
        if progress is not None:
            cases.append(case_of(stream.removeprefix(STREAM), progress, clocks))
    save(cases)
    index.write(desk.master, found)
