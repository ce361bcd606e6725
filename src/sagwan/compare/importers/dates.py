"""Days and periods as they are printed: three orders of date, half-years by many names."""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from sagwan.compare.importers.written import plain
from sagwan.compare.period import PeriodKind, days_of, kind_of, period_of

_MIDNIGHT = r"(?:[T ]0?0:00(?::00)?(?:\.0+)?Z?)?"
_YMD = re.compile(rf"([0-9]{{4}})[-/.] ?([0-9]{{1,2}})[-/.] ?([0-9]{{1,2}})\.?{_MIDNIGHT}")
_PARTS = re.compile(rf"([0-9]{{1,2}})[-/.] ?([0-9]{{1,2}})[-/.] ?([0-9]{{4}}|[0-9]{{2}}){_MIDNIGHT}")
_KOREAN_DAY = re.compile(r"([0-9]{4})년 ?([0-9]{1,2})월 ?([0-9]{1,2})일")
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
_FIRST_DAY = r"(?: 0?1(?:st)?)?"
_LAST_DAY = r"(?: (?:28|29|30|31)(?:st|th)?)?"
_TO = r"(?:[-\u2013\u2014~]|to|through|and|until)"
_A_MONTH = rf"(?<![a-z])({_MONTH})(?![a-z])\.?"
_MONTHS_OF = re.compile(
    rf"{_A_MONTH}{_FIRST_DAY},?[ _]?([0-9]{{4}})?[ _]?{_TO}[ _]?{_A_MONTH}{_LAST_DAY},?[ _-]?([0-9]{{4}})"
    r"(?![0-9])",
    re.IGNORECASE,
)
_YEAR_OF_MONTHS = re.compile(
    rf"(?<![0-9])([0-9]{{4}})[ _,:-]{{0,2}}\(?{_A_MONTH}[ _]?{_TO}[ _]?{_A_MONTH}\)?(?![ _,-]*[0-9]{{4}})",
    re.IGNORECASE,
)
_DAY_MONTH = re.compile(rf"([0-9]{{1,2}})[ -]({_MONTH})\.?[ -]([0-9]{{4}}|[0-9]{{2}})", re.IGNORECASE)
_MONTH_DAY = re.compile(rf"({_MONTH})\.? ([0-9]{{1,2}}),? ([0-9]{{4}})", re.IGNORECASE)
_FIRST_HALF = re.compile(
    r"(?:the )?(first|second|1st|2nd) half (?:of )?([0-9]{4})|([0-9]{4}) (first|second|1st|2nd) half",
    re.IGNORECASE,
)
_HALF_WORDS = {"first": 1, "1st": 1, "second": 2, "2nd": 2}
_HALF = re.compile(r"(?<![0-9])([0-9]{4})[ _-]?(?:[Hh]([12])|([12])[Hh])(?![0-9A-Za-z])")
_HALF_FIRST = re.compile(r"(?<![0-9A-Za-z])(?:[Hh]([12])|([12])[Hh])[ _-]?([0-9]{4})(?![0-9])")
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
        if _YMD.fullmatch(plain(text)):
            found.add(Order.YEAR)
        elif parts := _PARTS.fullmatch(plain(text)):
            first, second = int(parts[1]), int(parts[2])
            if first > 12 or second > 12:
                found.add(Order.DAY if first > 12 else Order.MONTH)
    return found.pop() if len(found) == 1 else Order.UNKNOWN


def read_day(text: str, order: Order = Order.UNKNOWN) -> date:
    """A printed day. Raises ValueError where it is none, or where its order is not known.

    `31/12/13` needs no order; `6/7/13` does. Two digits of a year are of this century.
    """
    cell = plain(text)
    if ymd := _YMD.fullmatch(cell) or _KOREAN_DAY.fullmatch(cell):
        return date(int(ymd[1]), int(ymd[2]), int(ymd[3]))
    if named := _DAY_MONTH.fullmatch(cell):
        return date(_year(named[3]), _MONTHS[named[2].casefold()], int(named[1]))
    if named := _MONTH_DAY.fullmatch(cell):
        return date(int(named[3]), _MONTHS[named[1].casefold()], int(named[2]))
    parts = _PARTS.fullmatch(cell)
    if not parts:
        raise ValueError(f"{text!r} is not a day")
    one, two = int(parts[1]), int(parts[2])
    own = order_of([cell])
    if own is Order.UNKNOWN:
        own = Order.MONTH if one == two else order
    if own not in (Order.MONTH, Order.DAY):
        raise ValueError(f"{text!r} may be two days: month first, or day first?")
    month, day = (one, two) if own is Order.MONTH else (two, one)
    return date(_year(parts[3]), month, day)


def _year(digits: str) -> int:
    return int(digits) + (_CENTURY if len(digits) == 2 else 0)


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
    cell = " ".join(plain(text).split())
    if half := _HALF.fullmatch(cell):
        return _named(f"{half[1]}H{half[2] or half[3]}", text)
    if half := _HALF_FIRST.fullmatch(cell):
        return _named(f"{half[3]}H{half[1] or half[2]}", text)
    if half := _FIRST_HALF.fullmatch(cell):
        word = (half[1] or half[4]).casefold()
        return _named(f"{half[2] or half[3]}H{_HALF_WORDS[word]}", text)
    if half := _KOREAN.fullmatch(cell):
        return _named(f"{half[1]}H{1 if half[2] == '상' else 2}", text)
    if year := _KOREAN_YEAR.fullmatch(cell):
        return _named(year[1], text)
    if months := _MONTHS_OF.fullmatch(cell):
        return _months(months[1], months[2], months[3], months[4], text)
    if months := _YEAR_OF_MONTHS.fullmatch(cell):
        return _months(months[2], None, months[3], months[1], text)
    if days := _SPAN.fullmatch(cell):
        order = order_of(days.groups())
        return _days(read_day(days[1], order), read_day(days[2], order), text)
    return _named(cell, text)


def find_period(text: str) -> Span | None:
    """The one period that stands in a title or a file's name; None where there is none, or more than one."""
    found = {
        match[0]
        for form in (_MONTHS_OF, _YEAR_OF_MONTHS, _HALF, _HALF_FIRST, _FIRST_HALF, _KOREAN)
        for match in form.finditer(" ".join(plain(text).split()))
    }
    spans = {(span.first, span.last): span for span in map(read_period, sorted(found))}
    return next(iter(spans.values())) if len(spans) == 1 else None


def _named(period: str, printed: str) -> Span:
    return Span(*days_of(period), printed)


def _months(first: str, first_year: str | None, last: str, last_year: str, printed: str) -> Span:
    month, year = _MONTHS[last.casefold()], int(last_year)
    begins = date(int(first_year or year), _MONTHS[first.casefold()], 1)
    return _days(begins, date(year, month, monthrange(year, month)[1]), printed)


def _days(first: date, last: date, printed: str) -> Span:
    if first > last:
        raise ValueError(f"{printed!r} ends before it begins")
    return Span(first, last, printed)
