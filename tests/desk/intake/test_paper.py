"""What stands on the paper, read out of its text and held against the form."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagwan.desk.intake.compare_paper import differences
from sagwan.desk.intake.dates import days_in
from sagwan.desk.intake.findings import Code
from sagwan.desk.intake.paper import TITLES, Found, read_paper
from sagwan.desk.intake.pdf import inspect
from sagwan.law.library import builtin_pack
from sagwan.record.request import Filing
from sagwan.record.vocabulary import DataCategory
from tests.desk.intake import pdfs

SOURCES = builtin_pack("kr").source_names
WARRANT = """압 수 · 수 색 영 장
영장번호 제 2016 - 12345 호
사 건 번 호: 2016형제 4821
서울중앙지방법원   판사 가상 홍길동
발부일자  2016. 3. 2.     유효기간 2016. 3. 9.까지
압수할 물건: 피의자 명의 계정의 대화 내용
전기통신의 작성기간 2016. 1. 1.부터 2016. 1. 31.까지
「형사소송법」 제215조 제2항, 제219조에 따라 통신사실 확인자료는 포함하지 아니한다.
"""
ENGLISH = """SEARCH AND SEIZURE WARRANT
Seoul Central District Court
Case No. 2016-4821
Issued on 2 March 2016, valid until March 9th, 2016
Creation period: 1 January 2016 to 31 January 2016
under Criminal Procedure Act, Article 215(2)
"""


def test_a_korean_warrant_is_read() -> None:
    found = read_paper(WARRANT, sources=SOURCES.values())
    assert found.case_numbers == ("2016-12345", "2016형제4821")
    assert (found.issued_on, found.valid_until) == (date(2016, 3, 2), date(2016, 3, 9))
    assert found.period == (date(2016, 1, 1), date(2016, 1, 31))
    assert found.court == "서울중앙지방법원" and found.instrument == "search-and-seizure-warrant"
    assert found.laws == ("형사소송법 제215조제2항",)
    assert found.paper()["creation-period"] == "2016-01-01/2016-01-31"


def test_an_english_one_is_read() -> None:
    found = read_paper(ENGLISH, sources=SOURCES.values())
    assert found == Found(
        ("2016-4821",), date(2016, 3, 2), date(2016, 3, 9), (date(2016, 1, 1), date(2016, 1, 31)),
        "Seoul Central District Court", "search-and-seizure-warrant",
        ("Criminal Procedure Act, Article 215(2)",),
    )  # fmt: skip


def test_the_paper_is_read_through_a_real_pdf() -> None:
    found = read_paper(inspect(pdfs.text_pdf(WARRANT)).text, sources=SOURCES.values())
    assert found == read_paper(WARRANT, sources=SOURCES.values())


@pytest.mark.parametrize(
    ("text", "instrument"),
    [
        ("통신사실 확인자료 제공요청", "communication-confirmation"),
        ("통신이용자정보 제공 요청서", "subscriber-information"),
        ("통신제한조치 허가서", "communication-restriction"),
        ("전자정보 보전요청서", "preservation-request"),
        ("압수ㆍ수색ㆍ검증영장", "search-and-seizure-warrant"),
        ("A letter", ""),
    ],
)
def test_the_title_tells_the_instrument(text: str, instrument: str) -> None:
    assert read_paper(text).instrument == instrument


def test_the_titles_are_the_law_packs_instruments() -> None:
    assert TITLES.keys() <= {instrument.slug for instrument in builtin_pack("kr").instruments}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2016년 3월 2일 ~ 3월 9일", [(2016, 3, 2), (2016, 3, 9)]),
        ("2016. 3. 2.~3. 9.", [(2016, 3, 2), (2016, 3, 9)]),
        ("2016-03-02, 2016/3/9", [(2016, 3, 2), (2016, 3, 9)]),
        ("the 2nd of March 2016; Sept. 9, 2016", [(2016, 3, 2), (2016, 9, 9)]),
        ("2016. 2. 31. 12016-03-021 2016-3/2 013월 2일", []),
        ("3월 2일", []),
    ],
)
def test_days_as_people_write_them(text: str, days: list[tuple[int, int, int]]) -> None:
    assert [day.value for day in days_in(text)] == [date(*day) for day in days]


def filing(**changes: object) -> Filing:
    values = {
        "service": "kakao", "jurisdiction": "KR", "instrument": "search-and-seizure-warrant",
        "data": (DataCategory.CONTENT,), "accounts": 1, "authority": "가상경찰서",
        "case_number": "2016형제4821호",
        "paper": {
            "issued-on": "2016-03-02", "valid-until": "2016-03-09",
            "creation-period": "2016-01-01/2016-01-31", "cited-law": "cpa 215",
        },
    }  # fmt: skip
    return Filing(**(values | changes))  # type: ignore[arg-type]


def test_a_form_that_says_the_same_differs_nowhere() -> None:
    assert differences(filing(), read_paper(WARRANT, sources=SOURCES.values()), sources=SOURCES) == ()


@pytest.mark.parametrize(
    ("changes", "both"),
    [
        ({"case_number": "2016형제4822"}, ("2016형제4821", "2016형제4822")),
        ({"instrument": "communication-confirmation"}, ("search-and-seizure", "communication-confirmation")),
        ({"paper": {"issued-on": "2016-03-03"}}, ("2016-03-02", "2016-03-03")),
        ({"paper": {"creation-period": "2016-01-01/2016-02-28"}}, ("2016-01-31", "2016-02-28")),
        ({"paper": {"cited-law": "통신비밀보호법 제13조"}}, ("형사소송법 제215조", "통신비밀보호법 제13조")),
    ],
)
def test_each_difference_names_both(changes: dict[str, object], both: tuple[str, str]) -> None:
    (one,) = differences(filing(**changes), read_paper(WARRANT, sources=SOURCES.values()), sources=SOURCES)
    assert one.code is Code.DOCUMENT_SAYS_OTHERWISE
    assert all(value in one.sentence(lang) for value in both for lang in ("ko", "en"))


def test_a_paper_that_says_nothing_contradicts_nothing() -> None:
    assert differences(filing(), read_paper("nothing of the kind"), sources=SOURCES) == ()


@given(st.text() | st.lists(st.sampled_from([*WARRANT.split(), *ENGLISH.split(), "\n", " "])).map(" ".join))
def test_any_text_can_be_read(text: str) -> None:
    found = read_paper(text, sources=SOURCES.values())
    assert found.period is None or found.period[0] <= found.period[1]
