"""Requests that are ready for a letter, and reading a letter back from its PDF."""

import io
import unicodedata
from datetime import date, timedelta

from pypdf import PdfReader

from sagwan.desk.setup import Desk
from sagwan.record import commands as ask
from sagwan.record.disposition import Disposition
from sagwan.record.events import Decision
from sagwan.record.request import Filing, Target
from sagwan.record.vocabulary import DataCategory, Grant, Mark, Outcome
from tests.desk.casework.make import FORGED, LAST, TODAY, preservation, receive, work
from tests.support.home import CONTENT, START, filing

HEAD = {
    "unit": {"ko": "통신비밀 업무팀", "en": "Law Enforcement Response"},
    "address": {"ko": "제주특별자치도 제주시 가상로 1|(우) 00000", "en": "1 Gasang-ro, Jeju-si|Jeju 00000"},
    "contact": {"ko": "전화 02-000-0000", "en": "Telephone +82 2 000 0000"},
    "signers": {"lee": {"ko": "법무실장", "en": "General Counsel"}},
}
VOLUNTARY_PAPER = {
    "issuer": "judicial-police",
    "reason": "사기 사건 수사",
    "link": "피의자의 계정",
    "scope": "가입자 성명",
}
REFUSE = Decision(Outcome.REFUSED, "no-legal-obligation")


def voluntary(**changes: object) -> Filing:
    values = {
        "instrument": "subscriber-information",
        "data": (DataCategory.SUBSCRIBER,),
        "paper": VOLUNTARY_PAPER,
        **changes,
    }
    return filing("2016-형제-1234", **values)


def refused(desk: Desk, *, approve: bool = True, **changes: object) -> str:
    number = receive(desk, voluntary(**changes))
    steps = [("kim", ask.StartReview()), ("kim", ask.Propose(REFUSE))]
    work(desk, number, *steps, *([("lee", ask.Approve())] if approve else []))
    return number


def asked(desk: Desk, question: str) -> str:
    number = receive(desk, filing())
    work(desk, number, ("kim", ask.StartReview()), ("kim", ask.AskClarification(question)))
    return number


def narrowed(desk: Desk, accounts: int = 5, value: str = "user{n}@example.kr") -> str:
    """A warrant for content and access data of accounts, phones, one nickname; granted in part."""
    targets = [Target("account", value.format(n=n)) for n in range(accounts)]
    targets += [Target("phone", f"+82 10 0000 000{n}") for n in range(3)]
    odd = Target("name", "홍길동(洪吉童) 별명 '뷁'")
    data = (DataCategory.ACCESS, DataCategory.CONTENT)
    everyone = (*targets, odd)
    number = receive(desk, filing("2016-77", accounts=len(everyone), targets=everyone, data=data))
    gone, given = tuple(targets[-3:]), tuple(targets[:-3])
    decision = Decision(Outcome.PARTIAL, "partly-expired", data, len(targets), (Mark.NARROWED,))
    answers = (
        Disposition(Grant.DISCLOSE, (DataCategory.ACCESS,), tuple(targets)),
        Disposition(Grant.DISCLOSE, CONTENT, given),
        Disposition(Grant.NO_DATA, CONTENT, gone, "retention-expired"),
        Disposition(Grant.REFUSE, data, (odd,), "scope-narrowed"),
    )
    work(
        desk,
        number,
        ("kim", ask.StartReview()),
        ("kim", ask.Propose(decision, dispositions=answers)),
        ("lee", ask.Approve()),
    )
    return number


def without_data(desk: Desk) -> str:
    number = receive(desk, filing())
    decision = Decision(Outcome.NO_DATA, "identifier-insufficient")
    work(desk, number, ("kim", ask.StartReview()), ("kim", ask.Propose(decision)), ("lee", ask.Approve()))
    return number


def held(desk: Desk, until: date = LAST) -> str:
    number = receive(desk, preservation(), at=TODAY)
    hold = ask.PlaceHold("계정 2개의 대화 내용", TODAY.date(), until)
    work(desk, number, ("kim", ask.StartReview()), ("kim", hold), at=TODAY)
    return number


def handed_over(desk: Desk, manifest: str = "ab" * 32) -> str:
    one = filing()
    number = receive(desk, one)
    work(
        desk,
        number,
        ("kim", ask.StartReview()),
        ("kim", ask.Propose(Decision(Outcome.COMPLIED, "", CONTENT, 2))),
        ("lee", ask.Approve()),
        ("lee", ask.Disclose(CONTENT, 2, one.targets, manifest=manifest)),
    )
    return number


def suspected(desk: Desk, decided: bool = False) -> str:
    number = receive(desk, filing())
    work(desk, number, ("kim", ask.StartReview()), ("kim", ask.SuspectForgery("가짜 직인")))
    if decided:
        work(
            desk, number, ("kim", ask.Propose(FORGED)), ("lee", ask.Approve()), at=START + timedelta(hours=1)
        )
    return number


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def squeezed(text: str) -> str:
    """Text without blanks, composed: what is left when line breaks are a matter of layout."""
    return "".join(unicodedata.normalize("NFC", text).split())


def read(pdf: bytes) -> str:
    return squeezed("".join(pages(pdf)))
