"""Days and periods as they are printed: three orders of date, half-years by many names."""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from sagwan.compare.period import PeriodKind, days_of, kind_of, period_of

_YMD = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[T ]00:00(?::00)?)?")
_PARTS = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4}|[0-9]{2})(?: 0?0:00(?::00)?)?")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sep", "sept"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        1,
    )
    for name in names
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_MONTHS_OF = re.compile(
    rf"({_MONTH})\.?,? ?([0-9]{{4}})? ?(?:[-\u2013\u2014]|to) ?({_MONTH})\.?,? ?([0-9]{{4}})", re.IGNORECASE
)
_HALF = re.compile(r"([0-9]{4})[ _-]?[Hh]([12])")
_HALF_FIRST = re.compile(r"[Hh]([12])[ _-]?([0-9]{4})|([12])[Hh][ _-]?([0-9]{4})")
_A_DAY = r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?: 00:00:00)?|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2,4}"
_SPAN = re.compile(rf"({_A_DAY}) ?(?:/|-|\u2013|\u2014|to) ?({_A_DAY})")
_KOREAN = re.compile(r"([0-9]{4}) ?년(?:도)? ?(상|하)반기")
_KOREAN_YEAR = re.compile(r"([0-9]{4}) ?년(?:도)?")
_CENTURY = 2000


class Order(StrEnum):
    """Which of a date's parts comes first."""

    YEAR = "year-month-day"
    MONTH = "month-day-year"
    DAY = "day-month-year"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a figure covers, and what its source calls them."""

    first: date
    last: date
    printed: str = ""

    @property
    def period(self) -> str:
        return _period_of(self.first, self.last)

    @property
    def kind(self) -> PeriodKind:
        return kind_of(self.period)


# A file names few periods, and each in many rows.
_period_of = lru_cache(maxsize=1024)(period_of)


def order_of(texts: Iterable[str]) -> Order:
    """The order of a column's dates; `UNKNOWN` where no day above 12 settles it, or two are mixed."""
    found = set()
    for text in texts:
        if _YMD.fullmatch(text.strip()):
            found.add(Order.YEAR)
        elif parts := _PARTS.fullmatch(text.strip()):
            first, second = int(parts[1]), int(parts[2])
            if first > 12 or second > 12:
                found.add(Order.DAY if first > 12 else Order.MONTH)
    return found.pop() if len(found) == 1 else Order.UNKNOWN


def read_day(text: str, order: Order = Order.UNKNOWN) -> date:
    """A printed day. Raises ValueError where it is none, or where its order is not known.

    `31/12/13` needs no order; `6/7/13` does. Two digits of a year are of this century.
    """
    cell = text.strip()
    if ymd := _YMD.fullmatch(cell):
        return date(int(ymd[1]), int(ymd[2]), int(ymd[3]))
    parts = _PARTS.fullmatch(cell)
    if not parts:
        raise ValueError(f"{text!r} is not a day")
    one, two, year = int(parts[1]), int(parts[2]), int(parts[3])
    own = order_of([cell])
    if own is Order.UNKNOWN:
        own = Order.MONTH if one == two else order
    if own not in (Order.MONTH, Order.DAY):
        raise ValueError(f"{text!r} may be two days: month first, or day first?")
    month, day = (one, two) if own is Order.MONTH else (two, one)
    return date(year + _CENTURY if len(parts[3]) == 2 else year, month, day)


def half_ending(text: str, order: Order = Order.UNKNOWN) -> Span:
    """The half-year that ends on a printed day. Raises ValueError where none does."""
    last = read_day(text, order)
    if (last.month, last.day) not in ((6, 30), (12, 31)):
        raise ValueError(f"{text!r} is not the last day of a half-year")
    return Span(date(last.year, last.month - 5, 1), last, text)


def half_of(day: date, printed: str = "") -> Span:
    """The half-year in which a day lies."""
    first = 1 if day.month <= 6 else 7
    return Span(date(day.year, first, 1), date(day.year, first + 5, 30 if first == 1 else 31), printed)


def read_period(text: str) -> Span:
    """A period: `2013 H1`, `2013`, `Jan-Jun 2013`, `2016년 상반기`, `2025-07-01/2025-12-31`, `2016-03`.

    Raises ValueError where it is none of these.
    """
    cell = " ".join(text.split())
    if half := _HALF.fullmatch(cell):
        return _named(f"{half[1]}H{half[2]}", text)
    if half := _HALF_FIRST.fullmatch(cell):
        return _named(f"{half[2] or half[4]}H{half[1] or half[3]}", text)
    if half := _KOREAN.fullmatch(cell):
        return _named(f"{half[1]}H{1 if half[2] == '상' else 2}", text)
    if year := _KOREAN_YEAR.fullmatch(cell):
        return _named(year[1], text)
    if months := _MONTHS_OF.fullmatch(cell):
        return _months(months, text)
    if days := _SPAN.fullmatch(cell):
        order = order_of(days.groups())
        return _days(read_day(days[1], order), read_day(days[2], order), text)
    return _named(cell, text)


def find_period(text: str) -> Span | None:
    """The one period that stands in a title or a file's name; None where there is none, or more than one."""
    found = {
        match[0]
        for form in (_MONTHS_OF, _HALF, _HALF_FIRST, _KOREAN)
        for match in form.finditer(" ".join(text.split()))
    }
    spans = {(span.first, span.last): span for span in map(read_period, sorted(found))}
    return next(iter(spans.values())) if len(spans) == 1 else None


def _named(period: str, printed: str) -> Span:
    return Span(*days_of(period), printed)


def _months(found: re.Match[str], printed: str) -> Span:
    last_year = int(found[4])
    last = _MONTHS[found[3].casefold()]
    first = date(int(found[2] or last_year), _MONTHS[found[1].casefold()], 1)
    return _days(first, date(last_year, last, monthrange(last_year, last)[1]), printed)


def _days(first: date, last: date, printed: str) -> Span:
    if first > last:
        raise ValueError(f"{printed!r} ends before it begins")
    return Span(first, last, printed)
