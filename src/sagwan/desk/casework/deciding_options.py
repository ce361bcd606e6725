"""What may be decided: the law pack's reasons, what may go out at all, and what a sheet comes to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sagwan.desk.casework.deciding import Period, Sheet, dispositions
from sagwan.desk.casework.packs import Packs
from sagwan.desk.casework.queries import Story
from sagwan.desk.setup import Desk
from sagwan.law.errors import NotInForce
from sagwan.law.in_force import InstrumentOnDay
from sagwan.law.pack import Pack
from sagwan.law.paper import data_period
from sagwan.law.terms import emergency_data
from sagwan.record.disposition import Totals, add_up
from sagwan.record.errors import InvalidValue
from sagwan.record.guards import FORGED
from sagwan.record.state import State
from sagwan.record.vocabulary import DataCategory, Grant, Mark, Outcome


@dataclass(frozen=True, slots=True)
class Why:
    """A reason of the law pack in one language; citation '' where it states a fact, not a right."""

    slug: str
    label: str
    citation: str


@dataclass(frozen=True, slots=True)
class Options:
    """What the law of `day` lets a decision say.

    `reasons`: by answer to a part (refuse, no-data). `endings`: by outcome of the whole. `partly`: what a
    part's reason is called for a partial answer. `allowed`: the data categories that may go out now;
    `waits`: in an emergency, the paper for which the others wait, and `cited` the article. `period`: the days
    that the document asks about. `keeps`: data are kept, not handed over.
    """

    day: date
    reasons: Mapping[Grant, tuple[Why, ...]]
    endings: Mapping[Outcome, tuple[Why, ...]]
    partly: Mapping[str, str]
    allowed: frozenset[DataCategory]
    waits: str
    cited: str
    period: Period | None
    keeps: bool

    def label(self, slug: str) -> Why:
        """A reason by its slug; itself where the pack does not know it that day."""
        for found in (*self.reasons.values(), *self.endings.values()):
            for why in found:
                if why.slug == slug:
                    return why
        return Why(slug, slug, "")


def options_of(desk: Desk, found: Story, lang: str, day: date) -> Options:
    """What the request's law pack lets it be answered with on that day."""
    state = found.progress.state
    pack = Packs(desk.home).pinned(state.pack)
    instrument = _law(pack, state, day, found.progress.received_at.astimezone(desk.home.zone).date())
    endings = {outcome: _reasons(pack, state, outcome, day, lang) for outcome in Outcome}
    partial = endings[Outcome.PARTIAL]
    allowed, waits, cited = _going_out(state, instrument, lang)
    return Options(
        day=day,
        reasons={
            Grant.REFUSE: _merged(endings[Outcome.REFUSED], partial),
            Grant.NO_DATA: _merged(endings[Outcome.NO_DATA], partial),
        },
        endings=endings,
        partly=pack.partly(state.instrument, day),
        allowed=allowed,
        waits=waits,
        cited=cited,
        period=data_period(state.ledger.paper if state.ledger else {}),
        keeps=not state.discloses,
    )


def _law(pack: Pack, state: State, day: date, received: date) -> InstrumentOnDay:
    try:
        return pack.instrument_on(state.instrument, day)
    except NotInForce:
        return pack.instrument_on(state.instrument, received)


def _reasons(pack: Pack, state: State, outcome: Outcome, day: date, lang: str) -> tuple[Why, ...]:
    """The closed list, without the reason that only a suspected request has."""
    return tuple(
        Why(reason.slug, reason.label.text(lang), reason.citation.text(lang) if reason.citation else "")
        for reason in pack.reasons_for(state.instrument, outcome, day)
        if (reason.slug == FORGED) is bool(state.suspected_by)
    )


def _merged(*lists: tuple[Why, ...]) -> tuple[Why, ...]:
    return tuple({why.slug: why for found in lists for why in found}.values())


def _going_out(
    state: State, instrument: InstrumentOnDay, lang: str
) -> tuple[frozenset[DataCategory], str, str]:
    """Which categories may go out now; in an emergency also the paper that others wait for, and where the
    law says so."""
    variant = instrument.emergency
    if variant is None or Mark.EMERGENCY not in state.received.marks:
        return instrument.categories, "", ""
    paper = state.ledger.paper if state.ledger else {}
    if paper.get(variant.follow_up, "").strip():
        return instrument.categories, "", ""
    item = instrument.item(variant.follow_up)
    name = item.label.text(lang) if item else variant.follow_up
    return emergency_data(instrument), name, variant.citation.text(lang)


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What a sheet comes to. `problem` says why it cannot be proposed yet, and then the rest is empty.

    `reasons`: those that the whole may be given, `reason` the one that fits best. `accounts` None: the
    request counts others than its targets, so a person states the number.
    """

    problem: InvalidValue | None = None
    totals: Totals | None = None
    reasons: tuple[Why, ...] = ()
    reason: str = ""
    accounts: int | None = None


def conclude(sheet: Sheet, state: State, options: Options) -> Conclusion:
    """What the sheet's dispositions add up to, and which reason of the law pack the whole may have."""
    try:
        totals = add_up(sheet.asked, dispositions(sheet), narrower=sheet.period is not None)
    except InvalidValue as error:
        return Conclusion(problem=error)
    counted = len(sheet.asked.targets) == sheet.asked.accounts
    accounts = 0 if not state.discloses or not totals.accounts else totals.accounts if counted else None
    if totals.outcome is Outcome.COMPLIED:
        return Conclusion(totals=totals, accounts=accounts)
    known = options.endings[totals.outcome]
    if totals.outcome is Outcome.PARTIAL:
        fitting = known
        reason = totals.reason(options.partly, _first(known, "scope-narrowed"))
    else:
        fitting = tuple(why for slug in totals.reasons for why in known if why.slug == slug)
        reason = _first(fitting)
    if not fitting:
        problem = InvalidValue(
            f"nothing goes out, and {', '.join(totals.reasons)} is a reason for a part only",
            hint=f"give one of {', '.join(why.slug for why in known)}",
        )
        return Conclusion(problem=problem)
    return Conclusion(totals=totals, reasons=fitting, reason=reason, accounts=accounts)


def _first(found: tuple[Why, ...], wanted: str = "") -> str:
    slugs = [why.slug for why in found]
    return wanted if wanted in slugs else next(iter(slugs), "")
