"""Clocks: when a duty falls due. The law's numbers, and the house's own where the law says 'without delay'.

Hours run from the instant. Days are counted as the Korean Civil Act does (Art. 157, 159): the first day is
not counted, and the last one counts to its end, so that a due instant is the first instant *after* it. A last
day that is a holiday is not moved to the next working day: the earlier is the safe side.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sagwan.law.citation import Citation, Label
from sagwan.law.in_force import InstrumentOnDay
from sagwan.law.model import ClockKind, DeadlineRule, ItemKind, ReportRule, Retention, Start, Who, holding
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
) -> tuple[Deadline, ...]:
    """The clocks of a request, in the pack's order, under the law of its day of receipt.

    `started` gives the starts that the desk has recorded besides the receipt. Where the execution's is not,
    its clock runs, provisionally, from the receipt. Raises UnknownInstrument, NotInForce, and InvalidValue
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
        _deadline(rule, filing, instrument, pack, starts, zone)
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
) -> Deadline:
    start = starts.get(rule.starts)
    assumed = start is None and rule.starts is Start.EXECUTION
    if assumed:
        start = starts[Start.RECEIVED]
    due: datetime | None = None
    all_known = True
    if rule.kind is ClockKind.PAPER_DATE:
        due = _paper_date(filing.paper.get(rule.item, ""), zone)
    elif start is not None:
        kind, number = (rule.policy.kind, rule.policy.number) if rule.policy else (rule.kind, rule.number)
        due, all_known = count(kind, number, start, zone, pack.holidays)
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
    )


def count(
    kind: ClockKind, number: int, start: datetime, zone: ZoneInfo, holidays: Mapping[int, frozenset[date]]
) -> tuple[datetime, bool]:
    """The due instant `number` hours, days or business days after `start`; are all holidays known?

    A year without holidays in the pack counts Monday to Friday, which can only be too early.
    """
    if kind is ClockKind.HOURS:
        return (start.astimezone(UTC) + timedelta(hours=number)).astimezone(zone), True
    day = start.astimezone(zone).date()
    if kind is ClockKind.DAYS:
        return _after(day + timedelta(days=number), zone), True
    if kind is not ClockKind.BUSINESS_DAYS:
        raise InvalidValue(f"{kind.value} has no number to count", hint="hours, days or business-days")
    all_known = True
    while number:
        day += timedelta(days=1)
        all_known = all_known and day.year in holidays
        if day.weekday() < 5 and day not in holidays.get(day.year, frozenset()):
            number -= 1
    return _after(day, zone), all_known


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


def _after(day: date, zone: ZoneInfo) -> datetime:
    """The first instant after that day, in the zone."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=zone)
