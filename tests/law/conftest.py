"""A 2016 request under each instrument, clean under the law of its day, and the Korean pack."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from sagwan.law.library import builtin_pack
from sagwan.law.pack import Pack
from sagwan.record.request import Filing, Target
from sagwan.record.vocabulary import DataCategory

PAPERS: dict[str, tuple[DataCategory, dict[str, str]]] = {
    "search-and-seizure-warrant": (
        DataCategory.CONTENT,
        {
            "issuer": "judicial-police",
            "approver": "judge",
            "presented": "yes",
            "suspect-named": "yes",
            "offence": "사기",
            "items-to-seize": "피의자 명의 계정의 대화 내용",
            "place": "서비스 제공자의 서버",
            "issued-on": "2016-03-02",
            "valid-until": "2016-03-09",
            "creation-period": "2016-01-01/2016-01-31",
            "cited-law": "형사소송법 제215조",
        },
    ),
    "communication-restriction": (
        DataCategory.CONTENT,
        {
            "issuer": "judicial-police",
            "approver": "court",
            "permit-cover": "yes",
            "identity-checked": "yes",
            "target-matches": "yes",
            "measure": "전기통신의 감청",
            "scope": "대상자의 대화",
            "period": "2016-03-02/2016-05-01",
            "place": "서비스 제공자의 서버",
            "method": "집행 위탁",
            "issued-on": "2016-03-02",
            "collection": "stored",
            "cited-law": "통신비밀보호법 제6조",
        },
    ),
    "communication-confirmation": (
        DataCategory.ACCESS,
        {
            "issuer": "prosecutor",
            "approver": "court",
            "permission-copy": "yes",
            "identity-checked": "yes",
            "reason": "수사",
            "link": "피의자의 계정",
            "scope": "접속 일시와 IP 주소",
            "issued-on": "2016-03-02",
            "cited-law": "통신비밀보호법 제13조제2항",
        },
    ),
    "subscriber-information": (
        DataCategory.SUBSCRIBER,
        {
            "issuer": "investigating-office-head",
            "approver": "senior-superintendent",
            "approver-name": "홍길동",
            "request-paper": "yes",
            "reason": "수사",
            "link": "피의자의 계정",
            "items-asked": "name,phone-number",
            "issued-on": "2016-03-02",
            "cited-law": "전기통신사업법 제83조 제3항",
        },
    ),
}


def filing_of(instrument: str, **changes: object) -> Filing:
    """A clean request of March 2016; `paper` in `changes` is laid over its paper, None takes an item away."""
    category, paper = PAPERS[instrument]
    over = changes.pop("paper", {})
    assert isinstance(over, dict)
    merged = {slug: value for slug, value in (paper | over).items() if value is not None}
    clean = Filing(
        service="kakao",
        jurisdiction="KR",
        instrument=instrument,
        data=(category,),
        accounts=1,
        authority="서울지방경찰청",
        case_number="2016-1",
        targets=(Target("account", "someone"),),
        paper=merged,
    )
    return replace(clean, **changes)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def kr() -> Pack:
    return builtin_pack("kr")


@pytest.fixture
def filing() -> Callable[..., Filing]:
    return filing_of
