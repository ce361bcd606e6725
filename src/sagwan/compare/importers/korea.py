"""Words of Korea's reports: the four categories by the names that Kakao, Naver and the ministry use."""

from collections.abc import Mapping

from sagwan.compare.importers.table import key

KOREA = "KR"

CATEGORIES: Mapping[str, str] = {
    key(name): category
    for category, names in {
        "search-and-seizure-warrant": (
            "Search and seizure warrant",
            "Search and seizure warrants",
            "압수·수색·검증영장",
            "압수·수색영장",
            "압수수색영장",
            "압수영장",
            "warrant",
            "seizure_warrant",
        ),
        "communication-restriction": (
            "Comm. restricting measure",
            "Communication restricting measure",
            "Communication-restricting measures",
            "통신제한조치",
            "감청",
            "commRestriction",
            "comm_restriction",
        ),
        "communication-confirmation": (
            "Comm. confirmation data",
            "Communication confirmation data",
            "통신사실확인자료",
            "commConfirmationData",
            "comm_confirmation_data",
        ),
        "subscriber-information": (
            "Comm. user information",
            "Communication user information",
            "통신자료",
            "통신이용자정보",
            "commData",
            "comm_user_information",
        ),
    }.items()
    for name in (category, *names)
}

SERVICES: Mapping[str, tuple[str, str]] = {
    key(name): (provider, service)
    for provider, service, names in (
        ("kakao", "daum", ("다음", "Daum")),
        ("kakao", "kakao", ("카카오", "Kakao", "카카오톡", "KakaoTalk")),
        ("naver", "naver", ("네이버", "Naver")),
    )
    for name in names
}

AUTHORITIES: Mapping[str, str] = {
    key(name): authority
    for authority, names in {
        "prosecution": ("검찰", "prosecutors"),
        "police": ("경찰",),
        "nis": ("국정원", "국가정보원"),
        "cio": ("공수처", "고위공직자범죄수사처"),
        "military": ("군수사기관", "군"),
        "other": ("기타", "기타기관"),
    }.items()
    for name in (authority, *names)
}

MEDIA: Mapping[str, str] = {
    key(name): medium
    for medium, names in {
        "fixed-line": ("유선전화", "유선"),
        "mobile": ("이동전화", "무선", "이동통신"),
        "internet": ("인터넷", "인터넷 등"),
    }.items()
    for name in (medium, *names)
}


UNKNOWN = "{!r} is none of Korea's four categories"


def category(printed: str) -> str:
    """The category of a printed name, or nothing."""
    return CATEGORIES.get(key(printed), "")
