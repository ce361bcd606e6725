"""What stands on the document, item by item, against what the law of the day wants to stand there."""

import calendar
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from sagwan.law.citation import Label
from sagwan.law.finding import Code, Finding, found
from sagwan.law.in_force import InstrumentOnDay
from sagwan.law.model import Bound, DocumentItem, ItemKind, Limit
from sagwan.record.request import SAID, Filing

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_FORMS: Mapping[ItemKind, Label] = {
    ItemKind.TEXT: Label("정해진 형식의 글", "text of the form that the pack gives"),
    ItemKind.DATE: Label("2016-03-02와 같은 날짜", "a date such as 2016-03-02"),
    ItemKind.PERIOD: Label(
        "2016-01-01/2016-01-31과 같은 기간", "a period such as 2016-01-01/2016-01-31, in this order"
    ),
    ItemKind.YES: Label("yes", "yes"),
}


def read_day(text: str) -> date | None:
    """A date as the pack writes them, or None."""
    if not _DAY.match(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def read_period(text: str) -> tuple[date, date] | None:
    """First and last day, both included; or None."""
    first, slash, last = text.partition("/")
    start, end = read_day(first), read_day(last)
    return (start, end) if slash and start and end and start <= end else None


DATA_PERIODS = ("creation-period", "data-period", "period")
"""The items of a law pack that say from when to when the data asked for were made."""


def data_period(paper: Mapping[str, str]) -> tuple[date, date] | None:
    """The days, both included, of which data are asked for; None where the document names none."""
    found = [period for slug in DATA_PERIODS if (period := read_period(paper.get(slug, "")))]
    return (max(first for first, _ in found), min(last for _, last in found)) if found else None


def check_paper(filing: Filing, instrument: InstrumentOnDay) -> Iterator[Finding]:
    """Items missing, ill-formed, out of date or unknown; periods longer than the law allows."""
    for item in instrument.items:
        value = filing.paper.get(item.slug, "").strip()
        if value:
            yield from _check_value(item, value, instrument)
        elif is_wanted(item, filing, instrument):
            yield found(Code.ITEM_MISSING, item.citation, item.slug, item=item.label)
    known = {item.slug for item in instrument.items}
    for slug in sorted(slug for slug in set(filing.paper) - known if not slug.startswith(SAID)):
        yield found(Code.ITEM_UNKNOWN, None, slug, slug=slug)
    for limit in instrument.limits:
        yield from _check_limit(limit, filing, instrument)


def is_wanted(item: DocumentItem, filing: Filing, instrument: InstrumentOnDay) -> bool:
    """Must the item stand on this document? By its `required`, its `when` and the data asked for."""
    return (
        item.required
        and instrument.applies(item.when, filing.emergency)
        and (not item.data or bool(set(item.data) & set(filing.data)))
    )


def _check_value(item: DocumentItem, value: str, instrument: InstrumentOnDay) -> Iterator[Finding]:
    if not _well_formed(item, value):
        choices = ", ".join(item.choices)
        form = _FORMS.get(item.kind) or Label(choices, f"of {choices}")
        yield found(Code.ITEM_ILL_FORMED, item.citation, item.slug, item=item.label, value=value, form=form)
        return
    day = read_day(value)
    if item.bound is None or day is None:
        return
    if item.bound is Bound.NOT_AFTER and day > instrument.day:
        code = Code.DATED_LATER
    elif item.bound is Bound.NOT_BEFORE and day < instrument.day:
        code = Code.EXPIRED
    else:
        return
    yield found(code, item.citation, item.slug, item=item.label, value=value, day=str(instrument.day))


def _well_formed(item: DocumentItem, value: str) -> bool:
    match item.kind:
        case ItemKind.DATE:
            return read_day(value) is not None
        case ItemKind.PERIOD:
            return read_period(value) is not None
        case ItemKind.YES:
            return value == "yes"
        case ItemKind.CHOICE:
            return value in item.choices
        case ItemKind.CHOICES:
            given = [part.strip() for part in value.split(",")]
            return len(set(given)) == len(given) and set(given) <= set(item.choices)
        case ItemKind.TEXT:
            return not item.pattern or re.fullmatch(item.pattern, value) is not None
    return True  # issuer, approver and cited-law have checks of their own


def _check_limit(limit: Limit, filing: Filing, instrument: InstrumentOnDay) -> Iterator[Finding]:
    value = filing.paper.get(limit.item, "").strip()
    period = read_period(value)
    item = instrument.item(limit.item)
    if period is None or item is None:
        return
    approver = instrument.item_of_kind(ItemKind.APPROVER)
    if limit.approvers and (approver is None or filing.paper.get(approver.slug) not in limit.approvers):
        return
    first, last = period
    if last > _last_day(first, limit):
        longest = (
            Label(f"{limit.months}개월", f"{limit.months} months")
            if limit.months
            else Label(f"{limit.days}일", f"{limit.days} days")
        )
        yield found(
            Code.PERIOD_TOO_LONG, limit.citation, item.slug, item=item.label, value=value, longest=longest
        )


def _last_day(first: date, limit: Limit) -> date:
    """The last day of the longest period that begins on `first`; two months from 1 March end on 30 April."""
    if limit.days:
        return first + timedelta(days=limit.days - 1)
    years, month = divmod(first.month - 1 + limit.months, 12)
    year = first.year + years
    if first.day > calendar.monthrange(year, month + 1)[1]:
        return date(year, month + 1, calendar.monthrange(year, month + 1)[1])
    return date(year, month + 1, first.day) - timedelta(days=1)
