"""An old ledger, made here: a workbook in Korean with a mapping, and a plain CSV."""

import io
from datetime import date, timedelta

from openpyxl import Workbook

from sagwan.desk.intake.ledger import Ledger, open_ledger
from sagwan.desk.intake.ledger_mapping import LedgerMapping, parse_mapping
from tests.support.home import START

TODAY = START.date()
MAPPING = """
sheet = "대장"
header_row = 3
target_kind = "account"
ignore = ["순번", "비고"]

[columns]
case_number = "사건번호"
authority = ["기관", "부서"]
officials = "담당자"
instrument = "구분"
data = "요청 자료"
targets = "계정"
received_on = "접수일"
decided_on = "결정일"
decided_by = "처리자"
approved_by = "승인자"
outcome = "결과"
reason = "사유"
disclosed_accounts = "제공 계정수"

[defaults]
service = "kakao"

[values.instrument]
"압수" = "search-and-seizure-warrant"
"통신자료" = "subscriber-information"

[values.data]
"접속기록" = "access"
"가입자" = "subscriber"

[values.outcome]
"제공" = "complied"
"거절" = "refused"
"없음" = "no-data"

[values.reason]
"의무 없음" = "no-legal-obligation"
"보관기간 경과" = "retention-expired"

[dividers]
targets = ","
"""
HEADER = (
    "순번", "사건번호", "기관", "부서", "담당자", "구분", "요청 자료", "계정", "접수일", "결정일", "처리자",
    "승인자", "결과", "사유", "제공 계정수", "비고",
)  # fmt: skip


def mapping() -> LedgerMapping:
    return parse_mapping(MAPPING.encode(), "ledger.toml")


def row(number: int) -> list[object]:
    """Row `number` of an old ledger: most requests finished, every tenth still open."""
    day = date(2015, 7, 1) + timedelta(days=number % 150)
    start: list[object] = [number, f"가상-{number}", "가상경찰서", "수사과", f"경위 {number}"]
    if number % 10 == 0:
        return [*start, "압수", "접속기록", f"acc-{number}", day, None, None, None, None, None, None, ""]
    if number % 2:
        return [
            *start, "통신자료", "가입자", f"acc-{number}", day, day + timedelta(days=2), "옛 담당", "옛 팀장",
            "거절", "의무 없음", None, "영장 요청",
        ]  # fmt: skip
    return [
        *start, "압수", "접속기록", f"acc-{number},acc-{number}b", day, day + timedelta(days=3), "옛 담당",
        "옛 팀장", "제공", None, 2, None,
    ]  # fmt: skip


def workbook(
    rows: list[list[object]], *, header: tuple[str, ...] = HEADER, change=lambda sheet: None
) -> io.BytesIO:
    book = Workbook()
    sheet = book.active
    sheet.title = "대장"
    sheet.append(["2015년 하반기 요청 대장"])
    sheet.append([])
    sheet.append(list(header))
    for one in rows:
        sheet.append(one)
    change(sheet)
    book.create_sheet("설명").append(["이 대장은 가상입니다"])
    out = io.BytesIO()
    book.save(out)
    return out


def opened(stream: io.BytesIO, name: str = "a.xlsx", words: LedgerMapping | None = None) -> Ledger:
    return open_ledger(stream, name, jurisdiction="KR", today=TODAY, mapping=words)


PLAIN = "service;instrument;data;authority;case_number;outcome;received_on"


def plain(*rows: str) -> Ledger:
    return opened(io.BytesIO("\n".join((PLAIN, *rows)).encode("cp949")), "a.csv")
