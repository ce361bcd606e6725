"""What the law says of a command before it is carried out: closed lists, terms, what an emergency may give.

`judge` returns the command with what the law adds to it, or raises what `law` raises.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache

from sagwan.desk.casework.bands import check_can_hide
from sagwan.desk.casework.duties import Clocks, filing_of_state
from sagwan.desk.casework.packs import Packs
from sagwan.desk.casework.progress import Progress
from sagwan.desk.setup import Desk
from sagwan.law import terms
from sagwan.law.finding import Code, blocking, codes
from sagwan.law.in_force import InstrumentOnDay
from sagwan.law.model import Binding, Opened
from sagwan.law.pack import Pack
from sagwan.law.paper import data_period
from sagwan.law.review import review
from sagwan.record import commands as ask
from sagwan.record import events as happened
from sagwan.record.disposition import Disposition
from sagwan.record.errors import IllegalStep, InvalidValue
from sagwan.record.state import State
from sagwan.record.vocabulary import Grant, Mark, Outcome, Release, Teller

_LAW_CODES = frozenset(map(str, Code))


class Judge:
    """Judges the commands of one transaction; each pack and instrument is read once."""

    def __init__(self, desk: Desk, packs: Packs, clocks: Clocks) -> None:
        self._home = desk.home
        self._services = desk.home.services
        self._synthetic = desk.home.synthetic
        self._zone = desk.home.zone
        self._packs = packs
        self._clocks = clocks
        self._instrument = lru_cache(maxsize=512)(
            lambda pack, slug, day: self._packs.pinned(pack).instrument_on(slug, day)
        )

    def received(self, command: ask.Receive, day: date) -> ask.Receive:
        """A filing with its findings, under the pack of the day."""
        filing = command.filing
        if filing.service not in self._services:
            raise InvalidValue(
                f"{filing.service!r} is not a service of this provider", hint=", ".join(self._services)
            )
        pack = self._packs.current(filing.jurisdiction)
        instrument: InstrumentOnDay = self._instrument(pack.hash, filing.instrument, day)
        if instrument.opened.how is Opened.BANDED:
            check_can_hide(self._home, filing.jurisdiction)
        found = review(filing, pack, day)
        return replace(
            command,
            pack=pack.hash,
            findings=codes(found),
            blocking=blocking(found),
            voluntary=instrument.binding.binding is Binding.VOLUNTARY,
            synthetic=self._synthetic,
            discloses=instrument.discloses,
        )

    def judge(self, command: ask.Command, progress: Progress, day: date) -> ask.Command:
        """The command as the law lets it be carried out on that day, on a request that there is."""
        check = _CHECKS.get(type(command))
        return command if check is None else check(self, command, progress, day)

    def pack(self, state: State) -> Pack:
        return self._packs.pinned(state.pack)

    def instrument(self, state: State, day: date) -> InstrumentOnDay:
        found: InstrumentOnDay = self._instrument(state.pack, state.instrument, day)
        return found

    def known_duties(self, progress: Progress) -> frozenset[str]:
        return self._clocks.slugs(progress)

    def is_banded(self, progress: Progress) -> bool:
        """Does the law of the day of receipt allow no more than bands of such requests?"""
        return self.instrument(progress.state, self.received_on(progress)).opened.how is Opened.BANDED

    def received_on(self, progress: Progress) -> date:
        return progress.received_at.astimezone(self._zone).date()


def _withdraw(judge: Judge, command: ask.Withdraw, progress: Progress, day: date) -> ask.Command:
    state = progress.state
    judge.pack(state).check_resolution(state.instrument, Outcome.WITHDRAWN, command.reason, (), day)
    return command


def _propose(judge: Judge, command: ask.Propose, progress: Progress, day: date) -> ask.Command:
    state, proposal = progress.state, command.proposal
    if isinstance(proposal, happened.FollowUp) or proposal.outcome is None:
        return command
    pack = judge.pack(state)
    pack.check_resolution(state.instrument, proposal.outcome, proposal.reason or None, proposal.data, day)
    for each in command.dispositions:
        _check_reason(pack, state, each, day)
    if command.period:
        _check_period(command.period, state)
    if isinstance(proposal, happened.Decision) and Mark.EMERGENCY in state.received.marks:
        instrument = judge.instrument(state, day)
        variant = instrument.emergency
        paper = state.ledger.paper if state.ledger else {}
        came = variant is not None and bool(paper.get(variant.follow_up, "").strip())
        terms.check_emergency(instrument, proposal.data, paper_came=came)
    return command


_EXPLAINED = {Grant.REFUSE: Outcome.REFUSED, Grant.NO_DATA: Outcome.NO_DATA}


def _check_reason(pack: Pack, state: State, disposition: Disposition, day: date) -> None:
    """A refused or missing part needs a reason of the pack's: of such an answer, or of a partial one."""
    outcome = _EXPLAINED.get(disposition.grant)
    if outcome is None:
        return
    allowed = [
        reason.slug
        for each in (outcome, Outcome.PARTIAL)
        for reason in pack.reasons_for(state.instrument, each, day)
    ]
    if disposition.reason not in allowed:
        raise InvalidValue(
            f"{disposition.reason!r} is not a reason for {disposition.grant} under {state.instrument}",
            hint=f"one of {', '.join(dict.fromkeys(allowed))}",
        )


def _check_period(granted: tuple[date, date], state: State) -> None:
    """Raise InvalidValue unless fewer days are granted than the document asks for."""
    first, last = granted
    if last < first:
        raise InvalidValue(f"the period ends on {last}, before it begins on {first}")
    asked = data_period(state.ledger.paper if state.ledger else {})
    if asked == granted:
        raise InvalidValue(
            "the whole period that was asked for is granted",
            hint="leave it out: it is meant where none is named",
        )
    if asked and not (asked[0] <= first and last <= asked[1]):
        raise InvalidValue(
            f"{first} to {last} is granted, {asked[0]} to {asked[1]} was asked for", hint="stay within that"
        )


def _supply(judge: Judge, command: ask.SupplyPaper, progress: Progress, day: date) -> ask.Command:
    """Judged anew under the law of the day of receipt; what was found of sender and documents stays, and
    what the command says of the new documents is added."""
    state = progress.state
    filing = filing_of_state(state)
    if filing is None:
        return command
    paper = {**filing.paper, **command.paper}
    found = review(replace(filing, paper=paper), judge.pack(state), judge.received_on(progress))
    other = [code for code in (*state.findings, *command.findings) if code not in _LAW_CODES]
    stand = [key for key in (*state.blocking, *command.blocking) if key.partition(":")[0] not in _LAW_CODES]
    return replace(
        command,
        findings=tuple(dict.fromkeys((*codes(found), *other))),
        blocking=tuple(dict.fromkeys((*blocking(found), *stand))),
    )


def _meet(judge: Judge, command: ask.MeetDuty, progress: Progress, day: date) -> ask.Command:
    known = judge.known_duties(progress)
    if command.duty not in known:
        raise InvalidValue(
            f"{command.duty!r} is no duty of this request", hint=f"duties: {', '.join(sorted(known))}"
        )
    return command


def _place(judge: Judge, command: ask.PlaceHold, progress: Progress, day: date) -> ask.Command:
    terms.check_hold(judge.instrument(progress.state, day), command.start, command.until)
    return command


def _extend(judge: Judge, command: ask.ExtendHold, progress: Progress, day: date) -> ask.Command:
    hold = progress.state.hold
    if hold is not None and not hold.extended:
        if day > hold.until:
            raise IllegalStep(f"the hold ended on {hold.until}", hint="release it: lapsed")
        terms.check_extension(judge.instrument(progress.state, day), hold.until, command.until)
    return command


def _release(judge: Judge, command: ask.ReleaseHold, progress: Progress, day: date) -> ask.Command:
    hold = progress.state.hold
    if hold is not None and command.reason is Release.LAPSED and day <= hold.until:
        raise IllegalStep(
            f"the hold has not lapsed: it stands until {hold.until}",
            hint="served, cancelled or ordered end it before",
        )
    return command


def _defer(judge: Judge, command: ask.DeferNotice, progress: Progress, day: date) -> ask.Command:
    if command.until < day:
        raise InvalidValue(f"{command.until} is past", hint="name the day until which notice is put off")
    earlier = progress.state.notice.deferrals
    terms.check_deferral(judge.instrument(progress.state, day), command.ground, command.until, earlier)
    return command


def _notice(judge: Judge, command: ask.RecordNotice, progress: Progress, day: date) -> ask.Command:
    if command.on > day:
        raise InvalidValue(f"{command.on} has not come yet", hint="record a notice once it was given")
    if command.who is Teller.PROVIDER:
        terms.check_provider_notice(judge.instrument(progress.state, day))
    return command


def _order(judge: Judge, command: ask.ImposeOrder, progress: Progress, day: date) -> ask.Command:
    if command.until is not None and command.until < day:
        raise InvalidValue(f"{command.until} is past", hint="name the order's last day, or none")
    return command


_CHECKS: dict[type, Callable[..., ask.Command]] = {
    ask.Withdraw: _withdraw,
    ask.Propose: _propose,
    ask.SupplyPaper: _supply,
    ask.MeetDuty: _meet,
    ask.PlaceHold: _place,
    ask.ExtendHold: _extend,
    ask.ReleaseHold: _release,
    ask.DeferNotice: _defer,
    ask.RecordNotice: _notice,
    ask.ImposeOrder: _order,
}
