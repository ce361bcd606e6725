"""The words for metrics, categories and periods in sentences, in English and Korean.

A word that is not here is shown as printed: claims may come from anywhere.
"""

from collections.abc import Iterable
from typing import Literal

from sagwan.compare.claim import Claim, SourceKind
from sagwan.compare.figure import split_part
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
    "accounts-per-processed": ("accounts per request complied with", "처리 건당 계정 수"),
    "requests": ("requests", "요청 건수"),
    "devices": ("devices", "기기 수"),
    "customers": ("customers", "고객 수"),
    "letters": ("letters", "공문 수"),
    "authority": ("authorities", "기관"),
    "channel": ("channels", "경로"),
    "medium": ("media", "통신 수단"),
    "requester": ("requesters", "요청 주체"),
    "urgency": ("degrees of urgency", "긴급 여부"),
    "police": ("police", "경찰"),
    "prosecution": ("prosecution", "검찰"),
    "nis": ("intelligence service", "국가정보원"),
    "military": ("military", "군"),
    "other": ("others", "기타"),
    "mobile": ("mobile", "이동전화"),
    "fixed-line": ("fixed line", "유선전화"),
    "internet": ("internet", "인터넷"),
    "services:parts": ("services", "서비스별"),
    "halves:parts": ("half-years", "반기별"),
    "authority:parts": ("authorities", "기관별"),
    "channel:parts": ("channels", "경로별"),
    "medium:parts": ("media", "통신 수단별"),
    "requester:parts": ("requesters", "요청 주체별"),
    "urgency:parts": ("degrees of urgency", "긴급 여부별"),
    "KR": ("South Korea", "대한민국"),
    "US": ("the United States", "미국"),
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
_RANK = {kind: place for place, kind in enumerate(SourceKind)}


def word(slug: str, language: Language) -> str:
    return _WORDS.get(slug, (slug, slug))[LANGUAGES.index(language)]


def named(slug: str, language: Language) -> str:
    """What a provider or service is called."""
    return NAMES.get(slug, {}).get(language, slug)


def part_name(part: str, language: Language) -> str:
    """A part by its values: `police`, or `mlat, police` where it is of two kinds."""
    return ", ".join(word(value, language) for value in split_part(part).values())


def period_name(period: str, language: Language) -> str:
    """A period in words: half-year, year, quarter, month, or the first and last day of another."""
    year, rest = period[:4], period[4:]
    english, korean = {
        "": ("{year}", "{year}년"),
        "H1": ("the first half of {year}", "{year}년 상반기"),
        "H2": ("the second half of {year}", "{year}년 하반기"),
    }.get(rest, ("{period}", "{period}"))
    if rest.startswith("Q"):
        english, korean = "quarter {n} of {year}", "{year}년 {n}분기"
    elif rest.startswith("-") and "/" not in rest:
        english, korean = "{period}", "{year}년 {n}월"
    template = korean if language == "ko" else english
    return template.format(year=year, n=rest[1:].lstrip("0"), period=period.replace("/", "–"))


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
    for claim in sorted(claims, key=_best_first):
        if claim.voice not in names:
            own = claim.source_kind in _OWN
            names[claim.voice] = _provider(claim, language) if own else claim.source_publisher
    shown, more = list(names.values())[:_MAX_NAMES], len(names) - _MAX_NAMES
    if language == "ko":
        return ", ".join(shown) + (f" 외 {more}곳" if more > 0 else "")
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")


def _best_first(claim: Claim) -> tuple[int, str, str]:
    return _RANK[claim.source_kind], claim.source_publisher, claim.id


def _provider(claim: Claim, language: Language) -> str:
    english, korean = _OWN[claim.source_kind]
    name = NAMES.get(claim.provider, {}).get(language, claim.provider)
    return (korean if language == "ko" else english).format(provider=name, date=claim.source_date)
