"""One run of what falls due by itself; as often as one likes, two at once, or killed in between.

Each item is one transaction that reads the request anew, checks that the item was not done, does it, writes
its event and its mail. Which requests are looked at: those to which something happened since the last run,
and those whose next instant has come; all of them after a change of the settings.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import IntegrityError
from django.utils import timezone

from sagwan.desk.journal import locks
from sagwan.desk.journal.actions import ConcurrentChange
from sagwan.desk.journal.store import JournalStore
from sagwan.desk.mail.sending import Sent, send_due
from sagwan.desk.setup import Desk
from sagwan.desk.tick import candidates, ledger, sessions, vettings
from sagwan.desk.tick.acts import Done, do_house, do_request
from sagwan.desk.tick.agenda import Item, Watched, agenda, split
from sagwan.desk.tick.candidates import Candidates
from sagwan.desk.tick.config import tick_config
from sagwan.desk.tick.reading import Reader
from sagwan.desk.tick.recipients import Directory
from sagwan.desk.vault.productions.actions import expire_due
from sagwan.record.errors import SagwanError

CHUNK = 200
AGAIN = timedelta(minutes=10)
"""When what could not be done is tried again."""

Seal = Callable[[datetime], object]
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Ticked:
    """What a run did. `failed` are (of what, why), each tried again later; `sealed` is the sealer's word,
    None where no batch was due."""

    done: list[Done] = field(default_factory=list)
    productions: int = 0
    sealed: object = None
    mail: Sent = field(default_factory=Sent)
    sessions: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)


def tick(
    desk: Desk,
    now: datetime,
    *,
    seal: Seal | None = None,
    step: Callable[[str], None] = lambda name: None,
    progress: Progress = lambda done, total: None,
) -> Ticked:
    """Do everything that is due at `now`; raise TickBusy where another run is at work on this home.

    `seal` runs the sealer, where this process may; it is called when a batch is due. `step` is told each
    station, for tests. One thing that fails stops no other.
    """
    with locks.ticking(desk.home):
        run = _Run(desk, now, step)
        run.requests(progress)
        run.authorities()
        run.attempt("productions", run.productions)
        if seal is not None:
            run.attempt("sealing", lambda: run.seal(seal))
        run.attempt("sessions", run.sessions)
        run.attempt("mail", run.mail)
        return run.ticked


class _Run:
    """One run: the people, packs and settings of the home are read once."""

    def __init__(self, desk: Desk, now: datetime, step: Callable[[str], None]) -> None:
        self._desk, self._now, self._step = desk, now, step
        self._zone, self._config = desk.home.zone, tick_config(desk.home)
        self._reader, self._directory = Reader(desk), Directory()
        self.ticked = Ticked()

    def attempt(self, what: str, work: Callable[[], None]) -> None:
        try:
            work()
        except SagwanError as error:
            self.ticked.failed.append((what, str(error)))

    def requests(self, progress: Progress) -> None:
        found: Candidates = candidates.find(self._desk, self._now)
        count = 0
        for chunk in found.chunks(CHUNK):
            self._chunk(chunk)
            count += len(chunk)
            progress(count, found.total)
            self._step("chunk")
        candidates.looked(found)

    def _chunk(self, numbers: list[str]) -> None:
        """Look at some requests; only those of which something is due are read a second time."""
        read = self._reader.read(numbers)
        done = ledger.done(watched.number for watched in read)
        quiet: dict[str, datetime | None] = {}
        for watched in read:
            due, then = self._split(watched, done.get(watched.number, set()))
            if due:
                failed: set[ledger.Key] = set()
                while self._next(watched.number, failed):
                    self._step("committed")
            else:
                quiet[watched.number] = then
        with locks.writing():
            candidates.wake(quiet)

    def _split(self, watched: Watched, done: set[ledger.Key]) -> tuple[list[Item], datetime | None]:
        return split(agenda(watched, self._config, self._zone), self._now, done)

    def _next(self, number: str, failed: set[ledger.Key]) -> bool:
        """Do the first item of a request that is due, as it stands in the transaction that does it.

        Returns False where nothing is left; what could not be done joins `failed`, and is tried again later.
        """
        item: Item | None = None
        try:
            with locks.writing():
                watched = self._reader.read([number])[0]
                due, then = self._split(watched, ledger.done([number]).get(number, set()) | failed)
                if not due:
                    again = self._now + AGAIN if failed else None
                    candidates.wake({number: min(filter(None, (then, again)), default=None)})
                    return False
                item = due[0]
                done = do_request(self._desk, self._directory, watched, item, self._now)
                self._step("acted")
        except (ConcurrentChange, IntegrityError):
            failed.update([item.key] if item else [])  # somebody works on it just now
        except SagwanError as error:
            if item is None:
                raise
            failed.add(item.key)
            self.ticked.failed.append((number, f"{item.kind}: {error}"))
        else:
            self.ticked.done.append(done)
        return True

    def authorities(self) -> None:
        """Who must be vetted again."""
        for subject, item in vettings.due(self._config, self._now):
            try:
                with locks.writing():
                    done = do_house(self._desk, self._directory, subject, item, self._now)
                    self._step("acted")
            except (ConcurrentChange, IntegrityError):
                continue
            self.ticked.done.append(done)
            self._step("committed")

    def productions(self) -> None:
        self.ticked.productions = expire_due(self._desk, self._now)
        self._step("expired")

    def seal(self, seal: Seal) -> None:
        if JournalStore(self._desk).is_due(self._now):
            self.ticked.sealed = seal(self._now)
            self._step("sealed")

    def sessions(self) -> None:
        self.ticked.sessions = sessions.clean()

    def mail(self) -> None:
        self.ticked.mail = send_due(self._desk, timezone.now(), self._step)
