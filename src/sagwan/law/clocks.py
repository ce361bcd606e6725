"""Clocks: when a duty falls due. The law's numbers, and the house's own where the law says 'without delay'.

Hours run from the instant. Days are counted as the Korean Civil Act does (Art. 157, 159): the first day is
not counted, and the last one counts to its end, so that a due instant is the first instant *after* it. A last
day that is a holiday is not moved to the next working day: the earlier is the safe side.

Some clocks stand still while the provider waits for an answer (EU 2023/1543, Art. 10(6)). Hours are then
added exactly; of days, only those that lie wholly within a pause are not counted: again the safe side.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sagwan.law.citation import Citation, Label
from sagwan.law.in_force import InstrumentOnDay
from sagwan.law.model import (
    ClockKind,
    DeadlineRule,
    ItemKind,
    MetBy,
    ReportRule,
    Retention,
    Start,
    Who,
    holding,
)
from sagwan.law.pack import Pack
from sagwan.law.paper import read_day, read_period
from sagwan.record.errors import InvalidValue
from sagwan.record.period import Period
from sagwan.record.request import Filing


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One clock of one request.

    `due` is aware, in the provider's zone; the duty must be done before it. None: it cannot be told yet.
    `is_policy`: the number is the house's, the law gives none. `provisional`: the earliest that it can be
    (the start is not recorded, or the pack has no holidays of that year). `stops`: the provider must stop.
    `paused`: the clock stands still, and `due` is None until it goes on. `met_by`, `paper`: what ends it.
    """

    slug: str
    kind: ClockKind
    who: Who
    due: datetime | None
    duty: Label
    citation: Citation
    is_policy: bool = False
    provisional: bool = False
    stops: bool = False
    paused: bool = False
    met_by: MetBy = MetBy.END
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Pause:
    """From when until when clocks stood still; `end` None: they still do."""

    begin: datetime
    end: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDeadline:
    """A half-yearly report that the provider owes, and the instant before which."""

    rule: ReportRule
    period: Period
    due: datetime


def deadlines(
    filing: Filing,
    pack: Pack,
    received_at: datetime,
    zone: ZoneInfo,
    *,
    started: Mapping[Start, datetime] | None = None,
    pauses: Sequence[Pause] = (),
) -> tuple[Deadline, ...]:
    """The clocks of a request, in the pack's order, under the law of its day of receipt.

    `started` gives the starts that the desk has recorded besides the receipt. Where the execution's is not,
    its clock runs, provisionally, from the receipt. `pauses` are those of the request, in order; they matter
    only to clocks of which the pack says so. Raises UnknownInstrument, NotInForce, and InvalidValue
    for an instant without a time zone.
    """
    starts = {**(started or {}), Start.RECEIVED: received_at}
    for start, instant in starts.items():
        if instant.tzinfo is None:
            raise InvalidValue(
                f"the instant of {start.value} has no time zone", hint="give an aware datetime"
            )
    instrument = pack.instrument_on(filing.instrument, received_at.astimezone(zone).date())
    return tuple(
        _deadline(rule, filing, instrument, pack, starts, zone, pauses)
        for rule in instrument.deadlines
        if _is_meant(rule, filing, instrument)
    )


def _is_meant(rule: DeadlineRule, filing: Filing, instrument: InstrumentOnDay) -> bool:
    if not instrument.applies(rule.when, filing.emergency):
        return False
    issuer = instrument.item_of_kind(ItemKind.ISSUER)
    if rule.issuers and (issuer is None or filing.paper.get(issuer.slug) not in rule.issuers):
        return False
    item = instrument.item(rule.item) if rule.item else None
    return item is None or item.required or item.slug in filing.paper


def _deadline(
    rule: DeadlineRule,
    filing: Filing,
    instrument: InstrumentOnDay,
    pack: Pack,
    starts: Mapping[Start, datetime],
    zone: ZoneInfo,
    pauses: Sequence[Pause],
) -> Deadline:
    start = starts.get(rule.starts)
    assumed = start is None and rule.starts is Start.EXECUTION
    if assumed:
        start = starts[Start.RECEIVED]
    due: datetime | None = None
    all_known = True
    stood = pauses if rule.pauses else ()
    paused = any(pause.end is None for pause in stood)
    if rule.kind is ClockKind.PAPER_DATE:
        due = _paper_date(filing.paper.get(rule.item, ""), zone)
    elif start is not None and not paused:
        kind, number = (rule.policy.kind, rule.policy.number) if rule.policy else (rule.kind, rule.number)
        due, all_known = count(kind, number, start, zone, pack.holidays, stood)
    return Deadline(
        slug=rule.slug,
        kind=rule.kind,
        who=rule.who,
        due=due,
        duty=rule.label,
        citation=rule.citation,
        is_policy=rule.policy is not None,
        provisional=due is not None and (assumed or not all_known),
        stops=rule.stops,
        paused=paused,
        met_by=rule.met_by,
        paper=rule.paper,
    )


def count(
    kind: ClockKind,
    number: int,
    start: datetime,
    zone: ZoneInfo,
    holidays: Mapping[int, frozenset[date]],
    pauses: Sequence[Pause] = (),
) -> tuple[datetime, bool]:
    """The due instant `number` hours, days or business days after `start`; are all holidays known?

    A year without holidays in the pack counts Monday to Friday, which can only be too early. `pauses` are in
    order, ended, and do not overlap.
    """
    if kind is ClockKind.HOURS:
        return _after_hours(timedelta(hours=number), start.astimezone(UTC), pauses).astimezone(zone), True
    day = start.astimezone(zone).date()
    if kind is ClockKind.DAYS and not pauses:
        return _after(day + timedelta(days=number), zone), True
    if kind not in (ClockKind.DAYS, ClockKind.BUSINESS_DAYS):
        raise InvalidValue(f"{kind.value} has no number to count", hint="hours, days or business-days")
    business, all_known = kind is ClockKind.BUSINESS_DAYS, True
    still = _whole_days(pauses, zone)
    while number:
        day += timedelta(days=1)
        all_known = all_known and (not business or day.year in holidays)
        works = not business or (day.weekday() < 5 and day not in holidays.get(day.year, frozenset()))
        if works and not any(first <= day < end for first, end in still):
            number -= 1
    return _after(day, zone), all_known


def _after_hours(left: timedelta, start: datetime, pauses: Sequence[Pause]) -> datetime:
    """The instant after so much time outside the pauses."""
    for pause in pauses:
        if pause.end is None or pause.end <= start:
            continue
        if start + left <= pause.begin:
            break
        left -= max(pause.begin - start, timedelta())
        start = pause.end.astimezone(UTC)
    return start + left


def _whole_days(pauses: Sequence[Pause], zone: ZoneInfo) -> list[tuple[date, date]]:
    """For each pause the days wholly within it: the first, and the one after the last."""
    days = []
    for pause in pauses:
        if pause.end is not None:
            begin, end = pause.begin.astimezone(zone), pause.end.astimezone(zone)
            days.append((begin.date() + timedelta(days=begin.time() > time()), end.date()))
    return days


def report_deadlines(pack: Pack, period: Period, zone: ZoneInfo) -> tuple[ReportDeadline, ...]:
    """The reports owed on a half-year, under the law of the day after it."""
    first = period.next.first_day
    return tuple(
        ReportDeadline(rule=rule, period=period, due=_after(first + timedelta(days=rule.days - 1), zone))
        for rule in holding(pack.reports, first)
    )


def retention_of(pack: Pack, instrument: str, day: date) -> tuple[Retention, ...]:
    """How long each class of record of such a request must be kept, under the law of that day."""
    return tuple(rule for rule in holding(pack.retention, day) if instrument in rule.instruments)


def keep_until(rule: Retention, made: date) -> date:
    """The last day on which a record made on `made` must still be kept."""
    try:
        return made.replace(year=made.year + rule.years)
    except ValueError:  # 29 February, or past the year 9999
        return date(made.year + rule.years, 2, 28) if made.year + rule.years <= 9999 else date.max


def _paper_date(value: str, zone: ZoneInfo) -> datetime | None:
    day = read_day(value)
    period = read_period(value)
    last = period[1] if period else day
    return _after(last, zone) if last else None


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of that day, in the zone."""
    return datetime.combine(day, time(), tzinfo=zone)


def _after(day: date, zone: ZoneInfo) -> datetime:
    """The first instant after that day, in the zone."""
    return start_of(day + timedelta(days=1), zone)
