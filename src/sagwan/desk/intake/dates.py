"""Days in running text, as Korean and English documents write them."""

import re
from dataclasses import dataclass
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",),
            ("june", "jun"), ("july", "jul"), ("august", "aug"), ("september", "sep", "sept"),
            ("october", "oct"), ("november", "nov"), ("december", "dec"),
        ),
        1,
    )
    for name in names
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAYS = re.compile(
    r"(?<!\d)(?:"
    r"(?P<y1>(?:19|20)\d{2})\s*년\s*(?P<m1>\d{1,2})\s*월\s*(?P<d1>\d{1,2})\s*일"
    r"|(?P<y2>(?:19|20)\d{2})\s*[.]\s*(?P<m2>\d{1,2})\s*[.]\s*(?P<d2>\d{1,2})(?!\d)[.]?"
    r"|(?P<y3>(?:19|20)\d{2})(?P<sign>[-/])(?P<m3>\d{1,2})(?P=sign)(?P<d3>\d{1,2})(?!\d)"
    rf"|(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m4>{_MONTH})\.?,?\s+(?P<y4>(?:19|20)\d{{2}})(?!\d)"
    rf"|(?<![a-z])(?P<m5>{_MONTH})\.?\s+(?P<d5>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y5>(?:19|20)\d{{2}})(?!\d)"
    r"|(?P<m6>\d{1,2})\s*월\s*(?P<d6>\d{1,2})\s*일"
    r"|(?<=[~∼〜–-])\s{0,3}(?P<m7>\d{1,2})\s*[.]\s*(?P<d7>\d{1,2})(?!\d)[.]?"
    r")",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day and where in the text it stands."""

    value: date
    start: int
    end: int


def days_in(text: str) -> tuple[Day, ...]:
    """Every day in the text, in order. A month and a day alone take the year of the day before them; what is
    no day of the calendar (31 February) is passed over."""
    found: list[Day] = []
    year = 0
    for match in _DAYS.finditer(text):
        groups = {key: value for key, value in match.groupdict().items() if value and key != "sign"}
        written = next((value for key, value in groups.items() if key[0] == "y"), None)
        month = next(value for key, value in groups.items() if key[0] == "m").lower()
        day = next(value for key, value in groups.items() if key[0] == "d")
        of = int(written) if written else year
        try:
            value = date(of, _MONTHS.get(month) or int(month), int(day))
        except ValueError:
            continue
        year = of
        found.append(Day(value, match.start(), match.end()))
    return tuple(found)
