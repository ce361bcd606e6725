"""What the next report will say, from the requests as they stand: its rows, and what stays out of it.

The sums are those that the report's openings add up to (`sagwan publish --preview` makes them from the sealed
lines themselves, and names small cells); a fixed number of statements.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case as Either
from django.db.models import Count, Q, Sum, Value, When
from django.db.models.functions import Substr

from sagwan.desk.casework.bands import report_bands
from sagwan.desk.casework.models import Case
from sagwan.desk.casework.packs import Packs
from sagwan.desk.casework.reporting import REPORT_STREAM
from sagwan.desk.casework.screens import half_year
from sagwan.desk.journal.models import Cut, Event, Line
from sagwan.desk.journal.queries import REQUESTS
from sagwan.desk.setup import Desk
from sagwan.formats.banded import Banded
from sagwan.formats.tally import RowKey
from sagwan.law.clocks import start_of
from sagwan.law.model import Opened
from sagwan.record import codec
from sagwan.record.events import Corrected, FollowedUp
from sagwan.record.period import Period
from sagwan.record.vocabulary import Outcome, WithheldReason

MEASURES = (
    "requested", "processed", "refused", "no-data", "withdrawn", "accounts-asked", "accounts-disclosed",
    "follow-ups", "follow-up-accounts",
)  # fmt: skip
"""The measures that the overview shows, as the report names them."""
_BY_LAW = {Opened.WITHHELD: "2-withheld", Opened.BANDED: "3-banded"}


@dataclass(frozen=True, slots=True)
class Kept:
    """Requests of one instrument that stay out of the report's sums. `by_law`: the law pack says so; else a
    non-disclosure order stands."""

    instrument: str
    by_law: bool
    reason: WithheldReason
    requests: int


@dataclass(frozen=True, slots=True)
class NextReport:
    """`rows` by (service, jurisdiction, instrument), each with every one of MEASURES; `total` their sum.
    `is_closed`: the half-year's last batch is sealed. `open` are requests that will count as unresolved.
    `banded`: what it would say in bands of the lines written so far."""

    period: Period
    is_closed: bool
    rows: dict[RowKey, dict[str, int]]
    total: dict[str, int]
    kept: tuple[Kept, ...]
    open: int
    banded: Banded | None = None


def next_period(desk: Desk, now: datetime) -> tuple[Period, bool]:
    """The first half-year that is closed and not published, else the one that runs; is it closed?"""
    events = Event.objects.filter(stream=REPORT_STREAM, type="ReportPublished").order_by("seq")
    published = {json.loads(public)["period"] for public in events.values_list("public", flat=True)}
    for text in Cut.objects.order_by("period").values_list("period", flat=True):
        if text not in published and text > max(published, default=""):
            return Period.parse(text), True
    running = Period.containing(now, desk.home.zone)
    after = Period.parse(max(published)).next if published else running
    return max(running, after), False


def next_report(desk: Desk, now: datetime) -> NextReport:
    """The report of the next half-year as it would be published at `now`."""
    period, is_closed = next_period(desk, now)
    span = half_year(str(period), desk.home.zone)
    if span is None:
        raise ValueError(f"{period} has no span")
    came = Q(received_at__gte=span[0], received_at__lt=span[1])
    ended = Q(resolved_at__gte=span[0], resolved_at__lt=span[1], is_open=False)
    rules = _kept_rules(desk, now)
    sums = _Sums()
    for group in _groups(came, ended, rules):
        sums.add(*group)
    rows = sums.rows
    _count_follow_ups(rows, period, rules)
    return NextReport(
        period,
        is_closed,
        {key: rows[key] for key in sorted(rows)},
        {measure: sum(row[measure] for row in rows.values()) for measure in MEASURES},
        tuple(
            Kept(instrument, why != ORDER, _REASONS[why], count)
            for (why, instrument), count in sorted(sums.kept.items())
        ),
        sums.open,
        report_bands(desk, Packs(desk.home), period),
    )


_ROW = ("service", "jurisdiction", "instrument")
ORDER = "1-order"
_REASONS = {
    ORDER: WithheldReason.NON_DISCLOSURE_ORDER,
    "2-withheld": WithheldReason.NON_DISCLOSURE_ORDER,
    "3-banded": WithheldReason.BANDED,
}
"""Why requests stay out: an order stands over them, or the law pack says so."""


class _Sums:
    """Adds up groups of alike requests."""

    def __init__(self) -> None:
        self.rows: dict[RowKey, dict[str, int]] = defaultdict(lambda: dict.fromkeys(MEASURES, 0))
        self.kept: dict[tuple[str, str], int] = defaultdict(int)
        self.open = 0

    def add(
        self, key: RowKey, outcome: str, why: str, came: bool, ended: bool, count: int, sums: tuple[int, int]
    ) -> None:
        """`sums` are the accounts asked for and disclosed of a group of `count` requests."""
        if why:
            self.kept[why, key[2]] += count
            return
        row = self.rows[key]
        if came:
            row["requested"] += count
            row["accounts-asked"] += sums[0]
            self.open += 0 if ended else count
        if ended:
            row["accounts-disclosed"] += sums[1]
            row["processed" if Outcome(outcome).discloses else outcome] += count


def _groups(came: Q, ended: Q, rules: dict[str, Q]) -> Iterator[Any]:
    """Groups of alike requests of the half-year, for `_Sums.add`; one reading of the table."""
    flags = {
        "came": Either(When(came, then=1), default=0),
        "ended": Either(When(ended, then=1), default=0),
        "why": Either(*(When(rule, then=Value(why)) for why, rule in rules.items()), default=Value("")),
    }
    columns = (*_ROW, "outcome", *flags)
    found = Case.objects.filter(came | ended).annotate(**flags).order_by().values_list(*columns)
    for *key, outcome, came_in, over, why, count, asked, disclosed in found.annotate(
        Count("number"), Sum("accounts_asked"), Sum("accounts_disclosed")
    ):
        yield _key(key), outcome, why, bool(came_in), bool(over), count, (asked, disclosed)


def _key(values: list[str]) -> RowKey:
    service, jurisdiction, instrument = values
    return service, jurisdiction, instrument


def _count_follow_ups(rows: dict[RowKey, dict[str, int]], period: Period, rules: dict[str, Q]) -> None:
    """Follow-ups that were sealed in the half-year, each with its best values of that half-year."""
    lines = Line.objects.filter(period=str(period), number__gte=2, stream__startswith=REQUESTS)
    numbers = {
        (stream, seq): number for stream, seq, number in lines.values_list("stream", "event_seq", "number")
    }
    if not numbers:
        return
    places = lines.annotate(request=Substr("stream", len(REQUESTS) + 1)).values("request")
    out = Q(number__in=())
    for rule in rules.values():
        out |= rule
    cases = Case.objects.filter(number__in=places).exclude(out)
    keys = {number: _key(key) for number, *key in cases.values_list("number", *_ROW)}
    accounts = _follow_up_accounts(lines, numbers, keys)
    for (stream, _), count in accounts.items():
        row = rows[keys[stream.removeprefix(REQUESTS)]]
        row["follow-ups"] += 1
        row["follow-up-accounts"] += count


def _follow_up_accounts(
    lines: Any, numbers: dict[tuple[str, int], int], keys: dict[str, RowKey]
) -> dict[tuple[str, int], int]:
    """(stream, number of the line) → accounts of each follow-up among the lines of requests in `keys`."""
    events = Event.objects.filter(type__in=("FollowedUp", "Corrected"), stream__in=lines.values("stream"))
    accounts: dict[tuple[str, int], int] = {}
    root: dict[tuple[str, int], int] = {}
    for stream, seq, kind, public in events.order_by("stream", "seq").values_list(
        "stream", "seq", "type", "public"
    ):
        number = numbers.get((stream, seq))
        if number is None or stream.removeprefix(REQUESTS) not in keys:
            continue  # sealed in another half-year, or withheld
        event = codec.decode(kind, public, {})
        if isinstance(event, FollowedUp):
            accounts[stream, number] = event.accounts
        elif isinstance(event, Corrected):
            first = root[stream, number] = root.get((stream, event.correction.line), event.correction.line)
            if (stream, first) in accounts:
                accounts[stream, first] = event.correction.accounts
    return accounts


def _kept_rules(desk: Desk, now: datetime) -> dict[str, Q]:
    """Why → which requests stay out; by the law of their pack and day of receipt, and by orders at `now`."""
    packs, zone = Packs(desk.home), desk.home.zone
    ordered = Q(order_until__gte=now.astimezone(zone).date())
    found: dict[str, Q] = {}
    for pack_hash in packs.kept():
        for instrument in packs.pinned(pack_hash).instruments:
            for rule in instrument.opened:
                if rule.how not in _BY_LAW:
                    continue
                these = Q(pack=pack_hash, instrument=instrument.slug)
                these &= Q(received_at__gte=start_of(rule.since, zone))
                if rule.until is not None:
                    these &= Q(received_at__lt=start_of(rule.until + timedelta(days=1), zone))
                why = _BY_LAW[rule.how]
                found[why] = found[why] | these if why in found else these
    hidden = {why: found.pop(why) for why in ("3-banded",) if why in found}
    return (
        hidden | {ORDER: ordered} | found
    )  # the first that fits: what is banded reads so under an order, too
