"""Reading requests as their agenda needs them, many at a time: a few statements, whatever their number."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from sagwan.desk.casework.actions import STREAM
from sagwan.desk.casework.duties import Clocks
from sagwan.desk.casework.packs import Packs
from sagwan.desk.casework.progress import Progress, advance
from sagwan.desk.casework.roles import CLOCK
from sagwan.desk.journal import queries
from sagwan.desk.setup import Desk
from sagwan.desk.tick.agenda import Keep, Watched
from sagwan.desk.tick.config import tick_config
from sagwan.desk.tick.models import Destruction
from sagwan.desk.tick.retention import keeps
from sagwan.desk.vault.keyring import KeyRing
from sagwan.desk.vault.models import StreamKey
from sagwan.law.model import NoticeRule
from sagwan.law.terms import notice_rule
from sagwan.record.errors import IllegalStep
from sagwan.record.policy import draft
from sagwan.record.state import State


class Reader:
    """Reads the requests of one home; each law pack is read once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._packs = Packs(desk.home)
        self._clocks = Clocks(desk, self._packs)
        self._policies = desk.home.policies
        self._keep_years = tick_config(desk.home).keep_years
        self._zone = desk.home.zone

    def read(self, numbers: Collection[str]) -> list[Watched]:
        """The requests with these numbers, in the order of their numbers."""
        histories = queries.histories(STREAM + number for number in numbers)
        keys = KeyRing(self._desk.master)
        keys.load(histories)
        classes, postponed = _classes(histories), _postponed(numbers)
        found = []
        for stream, history in sorted(histories.items()):
            number = stream.removeprefix(STREAM)
            progress, last = _replay(history, keys)
            found.append(
                Watched(
                    number=number,
                    progress=progress,
                    duties=self._clocks.open(progress),
                    notice=self._notice(progress),
                    drafted=self._drafted(progress.state),
                    keeps=self._keeps(
                        progress, last, classes.get(stream, frozenset()), postponed.get(number, {})
                    ),
                )
            )
        return found

    def _notice(self, progress: Progress) -> NoticeRule | None:
        """Who tells the person concerned, under the law of the day of receipt."""
        pack = self._packs.pinned(progress.state.pack)
        return notice_rule(pack.instrument_on(progress.state.instrument, self._day(progress.received_at)))

    def _drafted(self, state: State) -> str:
        if state.pending is not None:
            return ""
        decision = draft(self._policies, state)
        return decision.reason if decision else ""

    def _keeps(
        self, progress: Progress, last: datetime, classes: frozenset[str], postponed: dict[str, date]
    ) -> tuple[Keep, ...]:
        """Nothing may be destroyed of what is open, held or evidence of a forgery."""
        state = progress.state
        held = state.hold is not None and state.hold.released is None
        if not state.stage.is_over or held or state.suspected_by or state.pending is not None or not classes:
            return ()
        pack = self._packs.pinned(state.pack)
        return keeps(pack, state.instrument, self._day(last), classes, postponed, self._keep_years)

    def _day(self, at: datetime) -> date:
        return at.astimezone(self._zone).date()


def _replay(history: list[queries.Stored], keys: KeyRing) -> tuple[Progress, datetime]:
    """Where a request stands, and when a person last did something about it: what falls due by itself does
    not prolong how long it is kept."""
    progress: Progress | None = None
    last = history[0].at
    for stored in history:
        progress = advance(progress, queries.read(stored, keys, matter=False), stored.at, stored.actor)
        if stored.actor != CLOCK:
            last = max(last, stored.at)
    if progress is None:
        raise IllegalStep("a request without events")
    return progress, last


def _classes(streams: Iterable[str]) -> dict[str, frozenset[str]]:
    """Which classes of private parts of each stream have a key."""
    found: dict[str, set[str]] = {}
    rows = StreamKey.objects.filter(stream__in=list(streams), destroyed_at__isnull=True)
    for stream, record_class in rows.values_list("stream", "record_class"):
        found.setdefault(stream, set()).add(record_class)
    return {stream: frozenset(classes) for stream, classes in found.items()}


def _postponed(numbers: Collection[str]) -> dict[str, dict[str, date]]:
    """Until when people put a destruction off, by request and class."""
    found: dict[str, dict[str, date]] = {}
    rows = Destruction.objects.filter(number__in=list(numbers), postponed_until__isnull=False)
    for number, record_class, until in rows.values_list("number", "record_class", "postponed_until"):
        if until is not None:
            found.setdefault(number, {})[record_class] = until
    return found
