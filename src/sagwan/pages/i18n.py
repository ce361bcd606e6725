"""Korean and English: messages through gettext, and how each language writes numbers, dates and half-years.

Messages are written in English in code and templates; `src/sagwan/locale` holds their translations.
"""

import gettext
import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files

from sagwan.record.errors import InvalidValue

LANGUAGES = ("ko", "en")
DOMAIN = "sagwan"
_DATE = re.compile(r"(?P<year>[0-9]{4})(-(?P<month>[0-9]{2})(-(?P<day>[0-9]{2}))?)?\Z")
_PERIOD = re.compile(r"(?P<year>[0-9]{4})(H(?P<half>[12]))?\Z")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

Number = int | Decimal | Fraction


def N_(message: str) -> str:
    """Mark a message for the catalogue where it is only stored; `_` translates it later."""
    return message


@cache
def translator(lang: str) -> gettext.NullTranslations:
    """The messages of `ko` or `en`; raise InvalidValue for another language."""
    if lang not in LANGUAGES:
        raise InvalidValue(f"{lang!r} is not a language of these pages", hint="write ko or en")
    if lang == "en":
        return gettext.NullTranslations()
    with (files("sagwan") / "locale" / lang / "LC_MESSAGES" / f"{DOMAIN}.mo").open("rb") as catalogue:
        return gettext.GNUTranslations(catalogue)


def number(value: Number) -> str:
    """A count with a comma between thousands; a fraction with at most one decimal. Both languages agree."""
    if isinstance(value, int):
        return f"{value:,}"
    rounded = _rounded(Fraction(value), Decimal("0.1"))
    return f"{rounded:,}".removesuffix(".0")


def percent(share: Number) -> str:
    """A share of one, in percent with one decimal, halves away from zero: 0.7085 is `70.9%`."""
    return f"{_rounded(Fraction(share) * 100, Decimal('0.1')):,}%"


def _rounded(value: Fraction, step: Decimal) -> Decimal:
    # One division in Decimal at 28 digits: exact enough for a step of a tenth, and the same on every machine.
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(step, ROUND_HALF_UP)


def day(text: str, lang: str) -> str:
    """`2016-08-04`, `2016-08` or `2016` as the language writes it; anything else stays as it was printed."""
    found = _DATE.match(text)
    month = int(found["month"] or 0) if found else 0
    if not found or month > 12 or (found["month"] and not month):
        return text
    year, date = found["year"], int(found["day"] or 0)
    if lang == "ko":
        parts = [f"{year}년", f"{month}월" if month else "", f"{date}일" if date else ""]
    else:
        parts = [str(date) if date else "", _MONTHS[month - 1] if month else "", year]
    return " ".join(part for part in parts if part)


def period_name(text: str, lang: str) -> str:
    """`2016H1` as `first half of 2016` or `2016년 상반기`, `2016` as `year 2016`; else as printed."""
    found = _PERIOD.match(text)
    if not found:
        return text
    year, half = found["year"], found["half"]
    if lang == "ko":
        return f"{year}년" + {"1": " 상반기", "2": " 하반기"}.get(half or "", "")
    return {"1": "first half of ", "2": "second half of "}.get(half or "", "year ") + year


def listing(words: Sequence[str], lang: str) -> str:
    """`Kakao, Daum and Naver`, `카카오, 다음, 네이버`."""
    if lang == "ko" or len(words) < 2:
        return ", ".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
