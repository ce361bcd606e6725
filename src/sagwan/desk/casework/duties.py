"""What is still to be done about a request, and until when: the law's clocks, less what was done."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sagwan.desk.casework.packs import Packs
from sagwan.desk.casework.progress import Progress
from sagwan.desk.setup import Desk
from sagwan.law.citation import Citation, Label
from sagwan.law.clocks import Deadline, deadlines, start_of
from sagwan.law.duties import Done, still_open
from sagwan.law.model import MetBy, Start, Who
from sagwan.record.request import Filing
from sagwan.record.state import State
from sagwan.record.vocabulary import Mark

TELL_IMPERSONATED = "tell-impersonated-authority"
RELEASE_HOLD = "release-hold"
_LABELS = {
    TELL_IMPERSONATED: Label(
        "사칭된 기관의 독립 연락처에 알리기", "tell the impersonated authority, by its independent contact"
    ),
    RELEASE_HOLD: Label("보전 기간이 끝나면 보전 해제", "release the data when the hold ends"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One thing to be done. `due` is aware, the instant before which; None: no clock, or it cannot be told
    yet, or it stands still (`paused`). `citation` None: the house's own rule. `met_by`: what ends it."""

    slug: str
    due: datetime | None
    who: Who
    label: Label
    citation: Citation | None = None
    is_policy: bool = False
    provisional: bool = False
    stops: bool = False
    paused: bool = False
    met_by: MetBy = MetBy.END


class Clocks:
    """The clocks of one home's requests, under the law pack to which each is pinned."""

    def __init__(self, desk: Desk, packs: Packs | None = None) -> None:
        self._packs = packs or Packs(desk.home)
        self._zone = desk.home.zone

    def open(self, progress: Progress) -> tuple[Duty, ...]:
        """What is still to be done, what is due first first; () once the ledger's key is destroyed."""
        duties = [_duty(clock) for clock in self._clocks(progress)]
        state = progress.state
        if state.hold is not None and state.hold.released is None:
            due = start_of(state.hold.until + timedelta(days=1), self._zone)
            duties.append(_own(RELEASE_HOLD, due))
        if state.suspected_by and TELL_IMPERSONATED not in state.duties_met:
            duties.append(_own(TELL_IMPERSONATED, None))
        return tuple(sorted(duties, key=lambda duty: (duty.due is None, duty.due or progress.received_at)))

    def nearest(self, progress: Progress) -> tuple[datetime | None, str]:
        """The due instant and slug of the first open clock; (None, '') where none runs."""
        for duty in self.open(progress):
            if duty.due is not None:
                return duty.due, duty.slug
        return None, ""

    def slugs(self, progress: Progress) -> frozenset[str]:
        """The clocks that the law gives such a request, open or not; and the house's own."""
        return frozenset({TELL_IMPERSONATED, *(clock.slug for clock in self._all(progress))})

    def _clocks(self, progress: Progress) -> tuple[Deadline, ...]:
        running = still_open(self._all(progress), _done(progress.state))
        if progress.state.hold is None:
            return running
        # The hold as it was placed, and extended, has the last word on when data are released.
        return tuple(clock for clock in running if clock.met_by is not MetBy.RELEASE)

    def _all(self, progress: Progress) -> tuple[Deadline, ...]:
        filing = filing_of_state(progress.state, targets=False)
        if filing is None:
            return ()
        started = {}
        if progress.disclosed_at is not None:
            started = {Start.EXECUTION: progress.disclosed_at, Start.PROVISION: progress.disclosed_at}
        pack = self._packs.pinned(progress.state.pack)
        return deadlines(
            filing, pack, progress.received_at, self._zone, started=started, pauses=progress.pauses
        )


def filing_of_state(state: State, *, targets: bool = True) -> Filing | None:
    """The filing as the law judges it, with the paper as it is by now; None once the ledger is destroyed.

    `targets` False leaves the targets out, where they do not matter.
    """
    ledger = state.ledger
    if ledger is None:
        return None
    received = state.lines[0]  # as it came in: a correction is of what is counted, not of the demand
    return Filing(
        service=state.service,
        jurisdiction=state.jurisdiction,
        instrument=state.instrument,
        data=received.data,
        accounts=received.accounts,
        authority=ledger.authority,
        case_number=ledger.case_number,
        officials=ledger.officials,
        targets=state.asked_targets if targets else (),
        paper=ledger.paper,
        emergency=Mark.EMERGENCY in received.marks,
    )


def _done(state: State) -> Done:
    paper = state.ledger.paper if state.ledger else {}
    resolution = state.resolution
    return Done(
        met=frozenset(state.duties_met),
        paper=frozenset(slug for slug, value in paper.items() if value.strip()),
        disclosed=state.stages > 0,
        held=state.hold is not None,
        released=state.hold is not None and state.hold.released is not None,
        over=state.stage.is_over,
        complied=bool(resolution and resolution.outcome and resolution.outcome.discloses),
    )


def _duty(clock: Deadline) -> Duty:
    return Duty(
        slug=clock.slug,
        due=clock.due,
        who=clock.who,
        label=clock.duty,
        citation=clock.citation,
        is_policy=clock.is_policy,
        provisional=clock.provisional,
        stops=clock.stops,
        paused=clock.paused,
        met_by=clock.met_by,
    )


def _own(slug: str, due: datetime | None) -> Duty:
    return Duty(slug=slug, due=due, who=Who.PROVIDER, label=_LABELS[slug])
