"""Sheets of Korea's services in layouts of their own: each number is read by the words round it."""

import pytest

from sagwan.compare import Claim, Exact
from sagwan.compare.importers import Understood, UnknownFormat
from sagwan.compare.value import State

from .make import some, take, the, workbook

MERGED = [
    ["1H 2025 Transparency Report"],
    [None],
    ["Service", "Communication user information", None, None, "Search and seizure warrants", None, None],
    [None, "Requests", "Processed", "Accounts", "Requests", "Processed", "Accounts"],
    ["Daum", 5, 0, 0, 7, 6, 60],
    ["Kakao", 8, 0, 0, 9, "8 (2)", "1,200"],
]
LISTED = [
    ["구분", "연도", "반기", "항목", "요청건수(건)", "처리건수(건)", "계정수(개)"],
    ["카카오", 2025, "상반기", "압수·수색영장", 9, 8, "1,200"],
    [None, None, None, "통신자료", 8, 0, 0],
    ["다음", 2025, "상반기", "압수·수색영장", 7, 6, 60],
    [None, None, None, "통신자료", 5, 0, 0],
]
STACKED = {
    service: [
        ["압수·수색영장"],
        ["기간", "요청", "처리", "계정"],
        ["2025년 상반기", *warrants],
        [None],
        ["통신자료"],
        ["기간", "요청", "처리", "계정"],
        ["2025년 상반기", *subscribers],
    ]
    for service, warrants, subscribers in (
        ("Daum", (7, 6, 60), (5, 0, 0)),
        ("카카오", (9, 8, "1,200건"), (8, 0, 0)),
    )
}
ACROSS = [
    ["항목", "2025년 상반기", None, None],
    [None, "요청", "처리", "계정"],
    ["다음"],
    ["압수·수색영장", 7, 6, 60],
    ["통신자료", 5, 0, 0],
    [None],
    ["카카오"],
    ["항목", "2025년 상반기", None, None],
    [None, "요청", "처리", "계정"],
    ["압수·수색영장", 9, 8, 1200],
    ["통신자료", 8, 0, 0],
]


def numbers(taken: Understood) -> dict[tuple[str, str, str], object]:
    return {(c.service, c.category, c.metric): c.read for c in taken.claims if not c.part}


WARRANT, SUBSCRIBER = "search-and-seizure-warrant", "subscriber-information"
EXPECTED = {
    (service, category, metric): Exact(number)
    for service, category, counts in (
        ("daum", WARRANT, (7, 6, 60)),
        ("daum", SUBSCRIBER, (5, 0, 0)),
        ("kakao", WARRANT, (9, 8, 1200)),
        ("kakao", SUBSCRIBER, (8, 0, 0)),
    )
    for metric, number in zip(("requested", "processed", "accounts"), counts, strict=True)
}


@pytest.mark.parametrize(
    "sheets",
    [{"S": MERGED}, {"통계": LISTED}, STACKED, {"S": ACROSS}],
    ids=["merged", "list", "stacks", "across"],
)
def test_layouts(sheets: dict[str, list[list[object]]]) -> None:
    taken = take(workbook(**sheets), "1h_2025_kakao_transparency_report_en.xlsx")
    assert (taken.format, taken.periods, taken.jurisdictions, taken.unread) == (
        "korea-sheet",
        ("2025H1",),
        ("KR",),
        (),
    )
    assert numbers(taken) == EXPECTED


def test_a_number_in_brackets_behind_another_is_the_follow_up() -> None:
    taken = take(workbook(S=MERGED), "1h_2025_kakao.xlsx")
    follow: Claim = the(taken, part="stage=follow-up")
    assert (follow.value, follow.read, follow.metric, follow.row) == ("8 (2)", Exact(2), "processed", "6")
    assert the(taken, service="kakao", category=WARRANT, metric="processed", part="").read == Exact(8)


def test_what_stands_for_a_number_among_numbers_is_a_claim() -> None:
    rows = [*LISTED[:2], [None, None, None, "통신자료", "#REF!", "-", "약 10"]]
    taken = take(workbook(S=rows), "x.xlsx")
    states = {c.metric: c.read.code for c in some(taken, category=SUBSCRIBER)}
    assert states == {
        "requested": State.UNREADABLE,
        "processed": State.NOT_REPORTED,
        "accounts": State.UNREADABLE,
    }


@pytest.mark.parametrize(
    ("rows", "name", "what"),
    [
        ([["", "요청", "처리"], ["압수영장", 1, 2]], "2025_H1.xlsx", "service"),
        ([["", "요청", "처리"], ["압수영장", 1, 2]], "kakao.xlsx", "half-year"),
        ([["서비스", "요청", "처리"], ["다음", 1, 2], ["압수영장", 3, 4]], "kakao-2025H1.xlsx", "category"),
        ([["", "요청", "2024H1"], ["압수영장", 1, 2]], "kakao-2025H1.xlsx", "measure"),
    ],
)
def test_a_number_that_lacks_a_word_is_not_read_and_not_dropped(
    rows: list[list[object]], name: str, what: str
) -> None:
    taken = take(workbook(S=rows), name)
    assert what in taken.unread[0].why
    printed = {str(cell) for row in rows for cell in row if isinstance(cell, int)}
    assert {c.value for c in taken.claims} | {one.printed for one in taken.unread} == printed


def test_a_table_of_other_things_is_none_of_these() -> None:
    with pytest.raises(UnknownFormat):
        take(workbook(S=[["항목", "요청"], ["취소", 5]]), "kakao-2025H1.xlsx")
