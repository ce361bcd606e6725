"""What falls due with a request, and at which instant. Pure: the same request, the same agenda.

An item is done once, at the first run after its instant, however late; what has been done before is not asked
for here. docs/reference/duties.md lists the kinds.
"""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sagwan.desk.casework.duties import RELEASE_HOLD, Duty
from sagwan.desk.casework.progress import Progress
from sagwan.desk.tick.config import TickConfig
from sagwan.law.clocks import start_of
from sagwan.law.model import MetBy, NoticeRule, ProviderNotice, Start, Who
from sagwan.record.private import RecordClass


class Kind(StrEnum):
    """The kinds of item; each is the type of the event that says it was done."""

    REMINDED = "Reminded"
    FELL_DUE = "FellDue"
    STOP = "StopFellDue"
    PAPER_SOON = "PaperAwaited"
    PAPER_LATE = "PaperLate"
    HOLD_ENDING = "HoldEnding"
    HOLD_LAPSED = "HoldLapsed"
    ORDER_OVER = "OrderOver"
    DEFERRAL_OVER = "DeferralOver"
    NOTICE_SOON = "NoticeReminded"
    NOTICE_DUE = "NoticeFellDue"
    POLICY = "PolicyDrafted"
    DESTRUCTION = "DestructionProposed"
    VETTING_ENDING = "VettingEnding"
    VETTING_OVER = "VettingOver"

    @property
    def warns(self) -> bool:
        """Is it told before something, so that afterwards there is no use in telling it?"""
        return self in _WARN


_WARN = frozenset({Kind.REMINDED, Kind.PAPER_SOON, Kind.HOLD_ENDING, Kind.NOTICE_SOON, Kind.VETTING_ENDING})


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to be done from `at` on, because of what is due at `due`; both aware. `what` is a duty's
    slug, a policy's reason, a record class."""

    kind: Kind
    what: str
    due: datetime
    at: datetime

    @property
    def key(self) -> tuple[str, str, datetime]:
        """What tells it from every other item of its subject."""
        return str(self.kind), self.what, self.due


@dataclass(frozen=True, slots=True)
class Keep:
    """Until which day a class of private parts is kept, by which rules, or as people put its end off."""

    record_class: RecordClass
    until: date
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Watched:
    """A request as its agenda is made from it. `drafted` is the reason that a standing policy would give, ''
    for none."""

    number: str
    progress: Progress
    duties: tuple[Duty, ...]
    notice: NoticeRule | None = None
    drafted: str = ""
    keeps: tuple[Keep, ...] = ()


def agenda(watched: Watched, config: TickConfig, zone: ZoneInfo) -> tuple[Item, ...]:
    """Everything that falls due by itself with a request as it stands, what comes first first."""
    items = [
        *_clocks(watched, config, zone),
        *_notice(watched, config, zone),
        *(_ended(Kind.DESTRUCTION, str(keep.record_class), keep.until, zone) for keep in watched.keeps),
    ]
    if watched.drafted:
        received = watched.progress.received_at
        items.append(Item(Kind.POLICY, watched.drafted, received, received))
    return tuple(sorted(items, key=lambda item: (item.at, item.key)))


def split(
    items: Iterable[Item], now: datetime, done: Set[tuple[str, str, datetime]]
) -> tuple[list[Item], datetime | None]:
    """(what is due and was not done, in order; the next instant at which something will be, or None)."""
    listed = list(items)
    due = [item for item in listed if item.at <= now and item.key not in done]
    return due, min((item.at for item in listed if item.at > now), default=None)


def _clocks(watched: Watched, config: TickConfig, zone: ZoneInfo) -> Iterator[Item]:
    received, hold = watched.progress.received_at, watched.progress.state.hold
    hours = timedelta(hours=config.remind_hours)
    for duty in watched.duties:
        if duty.due is None:
            continue
        if duty.slug == RELEASE_HOLD:
            start = start_of(hold.start, zone) if hold else received
            ahead = _ahead(start, duty.due, timedelta(days=config.hold_warn_days))
            yield Item(Kind.HOLD_ENDING, duty.slug, duty.due, duty.due - ahead)
            yield Item(Kind.HOLD_LAPSED, duty.slug, duty.due, duty.due)
            continue
        before, after = _kinds(duty)
        yield Item(before, duty.slug, duty.due, duty.due - _ahead(received, duty.due, hours))
        yield Item(after, duty.slug, duty.due, duty.due)


def _kinds(duty: Duty) -> tuple[Kind, Kind]:
    """What is told of a clock before its end, and at it."""
    if duty.stops:
        return Kind.REMINDED, Kind.STOP
    if duty.who is Who.AUTHORITY and duty.met_by is MetBy.PAPER:
        return Kind.PAPER_SOON, Kind.PAPER_LATE
    return Kind.REMINDED, Kind.FELL_DUE


def _ahead(start: datetime, due: datetime, most: timedelta) -> timedelta:
    """How long before a clock's end somebody is told: never more than a quarter of the clock."""
    return max(min(most, (due - start) / 4), timedelta())


def _ended(kind: Kind, what: str, last: date, zone: ZoneInfo) -> Item:
    """What falls due when a last day is over."""
    over = start_of(last + timedelta(days=1), zone)
    return Item(kind, what, over, over)


def _notice(watched: Watched, config: TickConfig, zone: ZoneInfo) -> Iterator[Item]:
    notice = watched.progress.state.notice
    free: datetime | None = None
    if notice.ordered and notice.order_until is not None:
        item = _ended(Kind.ORDER_OVER, "order", notice.order_until, zone)
        free = item.at
        yield item
    if notice.told:
        return
    if notice.deferrals:
        item = _ended(Kind.DEFERRAL_OVER, "deferral", max(until for _, until in notice.deferrals), zone)
        free = max(item.at, free or item.at)
        yield item
    due = _notice_due(watched, zone)
    if due is None or (notice.ordered and notice.order_until is None):
        return  # nothing is owed, or an order without an end forbids it
    ahead = _ahead(watched.progress.received_at, due, timedelta(hours=config.remind_hours))
    earliest = free or due - ahead
    yield Item(Kind.NOTICE_SOON, "notice", due, max(due - ahead, earliest))
    yield Item(Kind.NOTICE_DUE, "notice", due, max(due, earliest))


def _notice_due(watched: Watched, zone: ZoneInfo) -> datetime | None:
    """Before which instant the provider must have told the person concerned; None where it need not, or the
    start of the term is not on record."""
    rule, progress = watched.notice, watched.progress
    if rule is None or rule.provider is not ProviderNotice.MUST:
        return None
    starts = {
        Start.RECEIVED: progress.received_at,
        Start.EXECUTION: progress.disclosed_at,
        Start.PROVISION: progress.disclosed_at,
    }
    start = starts.get(rule.starts)
    if start is None:
        return None
    return start_of(start.astimezone(zone).date() + timedelta(days=rule.days + 1), zone)
