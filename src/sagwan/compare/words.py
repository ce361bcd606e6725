"""The words for metrics, categories and periods in sentences, in English and Korean.

A word that is not here is shown as printed: claims may come from anywhere.
"""

from collections.abc import Iterable
from typing import Literal

from sagwan.compare.claim import Claim, SourceKind
from sagwan.compare.names import NAMES
from sagwan.compare.value import Band, Exact, Number, Stated

Language = Literal["en", "ko"]
LANGUAGES: tuple[Language, ...] = ("en", "ko")

_WORDS: dict[str, tuple[str, str]] = {
    "requested": ("requested", "요청"),
    "processed": ("processed", "처리"),
    "accounts": ("accounts", "계정 수"),
    "issued": ("issued", "발부"),
    "refused": ("refused", "거부"),
    "documents": ("documents", "문서 수"),
    "numbers": ("numbers", "전화번호·아이디 수"),
    "compliance-percent": ("share complied with", "처리율"),
    "search-and-seizure-warrant": ("search and seizure warrants", "압수·수색영장"),
    "communication-restriction": ("communication restrictions", "통신제한조치"),
    "communication-confirmation": ("communication confirmation data", "통신사실확인자료"),
    "subscriber-information": ("subscriber information", "통신자료"),
}
_OWN: dict[SourceKind, tuple[str, str]] = {
    SourceKind.RECOUNTED: ("{provider}, recounted ({date})", "{provider} 재집계({date})"),
    SourceKind.COMPANY_REPORT: ("{provider}'s own table ({date})", "{provider} 자체 집계표({date})"),
    SourceKind.COMPANY_REPORT_COPY: (
        "{provider}'s own table (copy of {date})",
        "{provider} 자체 집계표({date} 사본)",
    ),
}
_MAX_NAMES = 2


def word(slug: str, language: Language) -> str:
    return _WORDS.get(slug, (slug, slug))[LANGUAGES.index(language)]


def period_name(period: str, language: Language) -> str:
    year, _, half = period.partition("H")
    if language == "ko":
        return f"{year}년" + (" 상반기" if half == "1" else " 하반기" if half else "")
    return ("the first half of " if half == "1" else "the second half of " if half else "") + year


def number(value: Number) -> str:
    return f"{value:,}"


def amount(value: Stated) -> str:
    """A value with thousands commas; a band keeps both ends."""
    return number(value.number) if isinstance(value, Exact) else _band(value)


def _band(value: Band) -> str:
    return f"{number(value.low)}–{number(value.high)}"


def who(claims: Iterable[Claim], language: Language) -> str:
    """Who prints something: at most two names, the best sources first, and how many more voices there are."""
    names: dict[str, str] = {}
    for claim in sorted(claims, key=lambda c: (c.source_kind.rank, c.source_publisher, c.id)):
        own = claim.source_kind.is_provider
        names.setdefault(claim.voice, _provider(claim, language) if own else claim.source_publisher)
    shown, more = list(names.values())[:_MAX_NAMES], len(names) - _MAX_NAMES
    if language == "ko":
        return ", ".join(shown) + (f" 외 {more}곳" if more > 0 else "")
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")


def _provider(claim: Claim, language: Language) -> str:
    english, korean = _OWN[claim.source_kind]
    name = NAMES.get(claim.provider, {}).get(language, claim.provider)
    return (korean if language == "ko" else english).format(provider=name, date=claim.source_date)
