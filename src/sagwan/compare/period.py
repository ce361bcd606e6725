"""The periods of claims: half-years (`2016H1`) and calendar years (`2016`), as text that sorts by time."""

import re

_FORM = re.compile(r"[0-9]{4}(?:H[12])?")


def is_period(text: str) -> bool:
    return _FORM.fullmatch(text) is not None


def is_half(period: str) -> bool:
    return "H" in period


def year_of(period: str) -> str:
    return period[:4]


def halves_of(period: str) -> tuple[str, str]:
    """The two half-years of the calendar year that the period is or lies in."""
    year = year_of(period)
    return f"{year}H1", f"{year}H2"
