"""What categories, countries and kinds of explanation are called; a name that is not here is its slug."""

from collections.abc import Mapping

from sagwan.compare.explain import Code
from sagwan.pages import N_

CATEGORIES: Mapping[str, Mapping[str, str]] = {
    "all": {"en": "All requests", "ko": "모든 요청"},
    "total-requests": {"en": "All requests", "ko": "모든 요청"},
    "legal-process-requests": {"en": "Legal process", "ko": "법적 절차"},
    "other-legal-requests": {"en": "Other legal requests", "ko": "그 밖의 법적 요청"},
    "emergency-disclosure-requests": {"en": "Emergency requests", "ko": "긴급 요청"},
    "emergency-disclosures": {"en": "Emergency requests (US)", "ko": "긴급 요청(미국)"},
    "emergency-requests": {"en": "Emergency requests", "ko": "긴급 요청"},
    "preservation-requests": {"en": "Preservation requests", "ko": "보존 요청"},
    "account-preservation-requests": {"en": "Account preservation", "ko": "계정 보존 요청"},
    "account-restriction-deletion-requests": {
        "en": "Account restriction or deletion",
        "ko": "계정 제한·삭제 요청",
    },
    "device-requests": {"en": "Requests about devices", "ko": "기기 요청"},
    "account-requests": {"en": "Requests about accounts", "ko": "계정 요청"},
    "financial-identifier-requests": {"en": "Requests about payments", "ko": "결제 식별자 요청"},
    "diplomatic-legal-requests": {"en": "Requests through diplomatic channels", "ko": "외교 경로 요청"},
    "subpoenas": {"en": "Subpoenas", "ko": "소환장(서피나)"},
    "subpoena": {"en": "Subpoenas", "ko": "소환장(서피나)"},
    "search-warrants": {"en": "Search warrants", "ko": "수색영장"},
    "search-warrant": {"en": "Search warrants", "ko": "수색영장"},
    "other-court-orders": {"en": "Other court orders", "ko": "그 밖의 법원 명령"},
    "court-order-other": {"en": "Other court orders", "ko": "그 밖의 법원 명령"},
    "court-order-18-usc-2703-d": {"en": "Court orders (18 USC 2703(d))", "ko": "법원 명령(18 USC 2703(d))"},
    "pen-register-orders": {"en": "Pen register orders", "ko": "통신 기록 장치 명령"},
    "pen-register-trap-and-trace": {"en": "Pen register, trap and trace", "ko": "통신 기록·추적 장치 명령"},
    "wiretap-orders": {"en": "Wiretap orders", "ko": "감청 명령"},
    "title-iii": {"en": "Wiretap orders (Title III)", "ko": "감청 명령(타이틀 III)"},
    "national-security-letters": {"en": "National security letters", "ko": "국가안보서신"},
    "nsls": {"en": "National security letters", "ko": "국가안보서신"},
    "national-security": {"en": "National security", "ko": "국가안보 요청"},
    "fisa-content-requests": {"en": "FISA, content", "ko": "FISA(내용)"},
    "fisa-content": {"en": "FISA, content", "ko": "FISA(내용)"},
    "fisa-non-content-requests": {"en": "FISA, other data", "ko": "FISA(내용 외)"},
    "fisa-non-content": {"en": "FISA, other data", "ko": "FISA(내용 외)"},
}
COUNTRIES: Mapping[str, Mapping[str, str]] = {
    "KR": {"en": "Korea", "ko": "한국"},
    "US": {"en": "United States", "ko": "미국"},
    "JP": {"en": "Japan", "ko": "일본"},
    "DE": {"en": "Germany", "ko": "독일"},
    "FR": {"en": "France", "ko": "프랑스"},
    "GB": {"en": "United Kingdom", "ko": "영국"},
    "EU": {"en": "European Union", "ko": "유럽연합"},
}
EXPLAINED: Mapping[Code, str] = {
    Code.ROWS_SHIFTED: N_("several rows of one source stand a row off"),
    Code.ANOTHER_METRIC: N_("another metric's value under this name"),
    Code.ANOTHER_CATEGORY: N_("the value of another kind of request"),
    Code.HALF_VS_YEAR: N_("a half-year's value for the year, or the year's for a half"),
    Code.ANOTHER_PERIOD: N_("another period's value"),
    Code.CHANGE_AS_TOTAL: N_("by how much it rose or fell, printed as what it was"),
    Code.SUM_OF_HALVES: N_("the sum of both half-years for one of them"),
    Code.SUM_OF_SERVICES: N_("a sum over services for one of them, or a total that leaves one out"),
    Code.SUM_OF_PARTS: N_("the sum of the parts that are printed, or of all but one"),
    Code.ANOTHER_POPULATION: N_("the value of a part, of another service or of another country"),
    Code.UNIT: N_("counted in thousands or millions, or another thing counted"),
    Code.PERCENT: N_("a percentage or average that the counts do not give"),
    Code.FRACTION: N_("a fraction of 1 beside a percentage"),
    Code.ROUNDING: N_("made round"),
    Code.ONE_DIGIT: N_("a slip of one digit"),
    Code.NOT_THE_SUM: N_("the parts add up to what stands, and not to this"),
    Code.RESTATEMENT: N_("a later edition says otherwise"),
}
"""Every kind of explanation, in words; a test holds that none is missing."""


def country(code: str, lang: str) -> str:
    return COUNTRIES.get(code, {}).get(lang, code)
