"""The periods of claims, as text that sorts by time: half-years (`2016H1`), calendar years (`2016`), quarters
(`2016Q1`), months (`2016-03`), and for all else the first and last day (`2024-02-17/2024-12-31`)."""

import re
from calendar import monthrange
from datetime import date
from enum import StrEnum

_FORM = re.compile(r"([0-9]{4})(?:H([12])|Q([1-4])|-(0[1-9]|1[0-2]))?")
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_SPAN = re.compile(rf"({_DAY})/({_DAY})")


class PeriodKind(StrEnum):
    """How long a period is; `running` counts from some start until now, and is not over."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    RUNNING = "running"
    OTHER = "other"


def is_period(text: str) -> bool:
    if _FORM.fullmatch(text):
        return not text.startswith("0000")
    try:
        first, last = days_of(text)
    except ValueError:
        return False
    return first <= last and period_of(first, last) == text


def is_half(period: str) -> bool:
    return "H" in period


def is_year(period: str) -> bool:
    """True for a calendar year: a quarter, month or span is neither half nor year."""
    return len(period) == len("2016")


def kind_of(period: str) -> PeriodKind:
    """The kind that a period's form tells; `running` can only be stated."""
    if is_year(period):
        return PeriodKind.YEAR
    if "/" in period:
        return PeriodKind.OTHER
    return {"H": PeriodKind.HALF, "Q": PeriodKind.QUARTER}.get(period[4], PeriodKind.MONTH)


def year_of(period: str) -> str:
    """The calendar year that the period is, lies in or begins in."""
    return period[:4]


def halves_of(period: str) -> tuple[str, str]:
    """The two half-years of the calendar year that the period is or lies in."""
    year = year_of(period)
    return f"{year}H1", f"{year}H2"


def days_of(period: str) -> tuple[date, date]:
    """The first and the last day; raises ValueError for what is no period."""
    if span := _SPAN.fullmatch(period):
        return date.fromisoformat(span[1]), date.fromisoformat(span[2])
    if not (form := _FORM.fullmatch(period)):
        raise ValueError(f"{period!r} is not a period: write 2016H1, 2016, 2016Q1, 2016-03 or two days")
    year, half, quarter, month = (int(group) if group else 0 for group in form.groups())
    if half:
        return _months(year, half * 6 - 5, 6)
    if quarter:
        return _months(year, quarter * 3 - 2, 3)
    return _months(year, month, 1) if month else _months(year, 1, 12)


def period_of(first: date, last: date) -> str:
    """The shortest name of the days from `first` to `last`, both included."""
    year = f"{first.year:04}"
    names = [year, f"{year}H1", f"{year}H2", *(f"{year}Q{q}" for q in range(1, 5))]
    names += [f"{year}-{month:02}" for month in range(1, 13)]
    return next((n for n in names if days_of(n) == (first, last)), f"{first}/{last}")


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    first, end = date(year, month, 1), month + count - 1
    return first, date(year, end, monthrange(year, end)[1])
