"""Read what stands on the paper out of its text: case number, dates, court, period, instrument, quoted law.

Small pure functions over text, for Korean and English documents, as they come out of a PDF: blanks between
the syllables of a label, line ends anywhere. What they find prefills the form, and is held against what was
filed; it decides nothing. A value is only taken where its label stands before it, or its own form leaves no
doubt.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sagwan.desk.intake.dates import Day, days_in
from sagwan.law.citation import Label

MAX_TEXT = 300_000
"""Characters that are looked at: a warrant states these on its first pages."""
_GAP = r"[ \t]*"
_AFTER = r"\s*[:：]?\s*"


def _label(*words: str) -> str:
    """A pattern for labels whose syllables may stand apart."""
    return "(?:" + "|".join(_GAP.join(map(re.escape, word)) for word in words) + ")"


def _hangul(word: str) -> bool:
    return any("가" <= letter <= "힣" for letter in word)


_NUMBER = (
    r"(?:제\s*)?(?P<value>(?:[가-힣A-Z]{1,12}[- ]?)?(?:19|20)\d{2}[-가-힣A-Za-z. ]{1,8}\d{1,8}"
    r"(?:[-의]\d{1,6})?)(?:\s*호)?"
)
_ANY_NUMBER = r"(?P<value>[A-Z0-9가-힣][\w./:-]{0,40}\d[\w./-]{0,20})"
_CASE_LABEL = _label("사건번호", "수사사건번호", "영장번호", "허가번호", "문서번호", "접수번호", "사건")
_ENGLISH_CASE = r"\b(?:Case|Docket|File|Reference|Our ref)\b\.?\s*(?:No\b\.?|Number|Ref\b\.?)?"
_CASES = (
    re.compile(_CASE_LABEL + _AFTER + _NUMBER),
    re.compile(_CASE_LABEL + _AFTER + _ANY_NUMBER),
    re.compile(_ENGLISH_CASE + _AFTER + _ANY_NUMBER, re.I),
)
_MAX_CASES = 20

_COURTS = (
    re.compile(
        r"(?P<value>[가-힣]{2,8}(?:고등|지방|행정|가정|회생|군사)법원(?:\s?[가-힣]{2,5}지원)?"
        r"|대법원|중앙지역군사법원)"
    ),
    re.compile(
        r"(?P<value>(?:[A-Z][a-z]+ ){1,4}(?:District|High|Supreme|Central|Magistrates'?|County|Superior) "
        r"Court(?: of(?: [A-Z][a-z]+){1,4})?)"
    ),
)

_ISSUED = (
    _label("발부일자", "발부일", "발부연월일", "작성일자", "작성일", "허가일", "요청일", "시행일자")
    + r"|\b(?:Date of issue|Issued on|Issued|Dated)\b"
)
_VALID = _label("유효기간", "유효기한") + r"|\b(?:Valid until|Expires on|Expiry(?: date)?)\b"
_PERIOD = _label("전기통신의작성기간", "작성기간", "자료의기간", "대상기간", "보전기간") + (
    r"|\b(?:Creation period|Period of (?:the )?communications|Data period|Period)\b"
)

TITLES: Mapping[str, tuple[str, ...]] = {
    "search-and-seizure-warrant": (
        "압수수색영장", "압수수색검증영장", "search and seizure warrant", "search warrant",
    ),
    "communication-restriction": (
        "통신제한조치허가서", "통신제한조치집행", "긴급감청서", "interception warrant",
    ),
    "communication-confirmation": ("통신사실확인자료", "communication confirmation data"),
    "subscriber-information": ("통신이용자정보", "통신자료제공", "subscriber information"),
    "preservation-request": ("보전요청", "전자정보보전", "preservation request"),
}  # fmt: skip
"""Instrument → what the title of its document says, without blanks and middle dots."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the text says; '' or () or None where it says nothing that can be told.

    `case_numbers` in the order in which they stand: the first is the likeliest. `laws` as they are quoted.
    """

    case_numbers: tuple[str, ...] = ()
    issued_on: date | None = None
    valid_until: date | None = None
    period: tuple[date, date] | None = None
    court: str = ""
    instrument: str = ""
    laws: tuple[str, ...] = ()

    def paper(self) -> dict[str, str]:
        """The form's document items that the text fills, by the slugs and in the forms of the law pack."""
        values = {
            "issued-on": str(self.issued_on or ""),
            "valid-until": str(self.valid_until or ""),
            "creation-period": "/".join(map(str, self.period or ())),
            "cited-law": "; ".join(self.laws),
        }
        return {slug: value for slug, value in values.items() if value}


def read_paper(
    text: str, *, titles: Mapping[str, tuple[str, ...]] = TITLES, sources: Iterable[Label] = ()
) -> Found:
    """What stands on the document whose text this is. `sources` are the acts' names that it may quote."""
    text = _plain(text)
    days = days_in(text)
    return Found(
        case_numbers=case_numbers(text),
        issued_on=day_after(_ISSUED, text, days),
        valid_until=day_after(_VALID, text, days, last=True),
        period=period_after(_PERIOD, text, days),
        court=court(text),
        instrument=instrument(text, titles),
        laws=quoted_laws(text, sources),
    )


def _plain(text: str) -> str:
    """One kind of middle dot and of digits, and no run of blanks: a pattern would crawl through it."""
    dots = text[:MAX_TEXT].translate(dict.fromkeys(map(ord, "∙ㆍ‧・"), "·"))
    lines = re.sub(r"\s*[\n\r\f\v]\s*", "\n", re.sub(r"[^\S\n\r\f\v]+", " ", dots))
    return unicodedata.normalize("NFKC", lines)


def case_numbers(text: str) -> tuple[str, ...]:
    """The numbers that stand after a label for one, each once; blanks within one taken out."""
    found: dict[str, None] = {}
    for pattern in _CASES:
        for match in pattern.finditer(text):
            number = re.sub(r"\s+", "", match["value"]).rstrip(".-")
            if len(found) < _MAX_CASES and not any(number in other for other in found):
                found[number] = None
    return tuple(found)


def court(text: str) -> str:
    """The court that the document names first."""
    for pattern in _COURTS:
        if match := pattern.search(text):
            return " ".join(match["value"].split())
    return ""


def instrument(text: str, titles: Mapping[str, tuple[str, ...]]) -> str:
    """The instrument whose title stands first in the text; where two begin together, the longer title's."""
    flat = re.sub(r"[\s·,.\-]+", "", text[:20_000]).casefold()
    best: tuple[int, int, str] | None = None
    for slug, words in titles.items():
        for word in words:
            place = flat.find(re.sub(r"[\s·,.\-]+", "", word).casefold())
            if place >= 0 and (best is None or (place, -len(word)) < best[:2]):
                best = (place, -len(word), slug)
    return best[2] if best else ""


def day_after(label: str, text: str, days: tuple[Day, ...], *, last: bool = False) -> date | None:
    """The day that stands within the line after a label; `last`: of a span, the day on which it ends."""
    for match in re.finditer(label, text, re.I):
        near = _near(days, match.end(), 40)
        if near:
            span = _span(text, near)
            return span[1] if span and last else near[0].value
    return None


def period_after(label: str, text: str, days: tuple[Day, ...]) -> tuple[date, date] | None:
    """The first and last day of the span that stands after a label."""
    for match in re.finditer(label, text, re.I):
        if span := _span(text, _near(days, match.end(), 80)):
            return span
    return None


def _near(days: tuple[Day, ...], place: int, reach: int) -> list[Day]:
    """The two days that begin next after a place, within reach."""
    first = bisect_left(days, place, key=lambda day: day.start)
    return [day for day in days[first : first + 2] if day.start <= place + reach]


def _span(text: str, near: list[Day]) -> tuple[date, date] | None:
    """Two days with a word or sign for 'until' between them, the earlier first."""
    if len(near) < 2:
        return None
    first, second = near[0], near[1]
    between = text[first.end : second.start]
    if len(between) <= 30 and re.search(
        r"[~∼〜–—-]|부터|에서|\bto\b|\buntil\b|\bthrough\b|\band\b", between, re.I
    ):
        return (first.value, second.value) if first.value <= second.value else None
    return None


def quoted_laws(text: str, sources: Iterable[Label]) -> tuple[str, ...]:
    """`통신비밀보호법 제13조제4항`, `Criminal Procedure Act, Art. 215(2)`: each once, in order."""
    names = sorted({name for label in sources for name in (label.ko, label.en)}, key=lambda n: (-len(n), n))
    if not names:
        return ()
    spaced = "|".join(
        r"\s*".join(map(re.escape, n.replace(" ", ""))) if _hangul(n) else re.escape(n) for n in names
    )
    pattern = re.compile(
        rf"(?P<act>{spaced})[」』\"']?\s*,?\s*"
        r"(?P<article>제\s*\d+\s*조(?:\s*의\s*\d+)?(?:\s*제\s*\d+\s*항)?(?:\s*제\s*\d+\s*호)?"
        r"|Art(?:icle|\.)?\s*\d+(?:-\d+)?(?:\s*\(\d+\))?)"
    )
    known = {re.sub(r"\s", "", name): name for name in names}
    found: dict[str, None] = {}
    for match in pattern.finditer(text):
        act = known.get(re.sub(r"\s", "", match["act"]), " ".join(match["act"].split()))
        article = re.sub(r"\s+", "" if _hangul(match["article"]) else " ", match["article"])
        found[f"{act} {article}" if _hangul(act) else f"{act}, {article}"] = None
    return tuple(found)
