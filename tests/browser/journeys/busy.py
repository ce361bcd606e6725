"""A desk in the middle of a week: people of every role, and requests in every stage of their life."""

import hashlib
import io
import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pyrage

import tests.support.django_ready  # noqa: F401 - before the models below
from sagwan.desk.casework.actions import Step, execute
from sagwan.desk.casework.queries import story
from sagwan.desk.people.actions import add_person
from sagwan.desk.setup import Desk
from sagwan.desk.vault.master import write_secret
from sagwan.desk.vault.productions import actions
from sagwan.desk.vault.productions.declare import Declared
from sagwan.desk.vault.productions.shipping import Locking
from sagwan.record import commands as ask
from sagwan.record.disposition import Disposition
from sagwan.record.events import Decision
from sagwan.record.request import Document, Filing, Target
from sagwan.record.vocabulary import (
    CallResult,
    DataCategory,
    FindingAnswer,
    Grant,
    Mark,
    Outcome,
    Sender,
)
from sagwan.tlog import KeyType, SigningKey
from tests.desk.casework.make import EMERGENCY_PAPER, PRESERVATION_PAPER
from tests.desk.intake import pdfs
from tests.support.desk_site import furnish
from tests.support.home import CONTENT, PAPER, filing

PEOPLE = (
    ("yoon", "윤서기", "intake"),
    ("seo", "서변호", "counsel"),
    ("moon", "Moon Ji-an", "counsel"),
    ("baek", "백승인", "approver"),
)
POLICY = {"voluntary": {"instrument": "subscriber-information", "reason": "no-legal-obligation"}}
"""What the home's config says under `policy`."""

WARRANT = """압 수 · 수 색 영 장
영장번호 제 2026 - 12345 호
사 건 번 호: 2026형제 4821
서울중앙지방법원   판사 가상 홍길동
발부일자  {issued}     유효기간 {until}까지
압수할 물건: 피의자 명의 계정의 대화 내용
전기통신의 작성기간 2026. 1. 1.부터 2026. 1. 31.까지
「형사소송법」 제215조 제2항, 제219조에 따라
"""
LONG = (
    "계정 목록의 순서는 첨부한 별지 1과 같습니다. 회신은 되도록 이번 주 안에 부탁드리며, 대화방의 다른"
    " 참여자는 가려 주셔도 됩니다.\n\n담당: 형사과 가상 박형사"
)


def staff(desk: Desk, *, at: datetime) -> None:
    """A key for receipts, and more people of the team."""
    key = SigningKey(f"{desk.home.origin}/receipts", KeyType.ED25519, secrets.token_bytes(32))
    write_secret(desk.home.keys / "receipts.key", key.private_text())
    for name, full, role in PEOPLE:
        add_person(desk, name=name, full_name=full, roles=(role,), actor="hong", at=at)


def warrant_pdf(today: date) -> bytes:
    """A warrant of these days with a Korean text, signed."""
    issued, until = today - timedelta(days=3), today + timedelta(days=20)
    text = WARRANT.format(issued=_korean(issued), until=_korean(until))
    plain = pdfs.text_pdf(text, "별지 1\n대상 계정 145개\n")
    with ThreadPoolExecutor(1) as aside:  # signing runs an event loop, and so does a browser's thread
        return aside.submit(pdfs.signed, plain, pdfs.root().signer("Gasang Court")).result()


def _korean(day: date) -> str:
    return f"{day.year}. {day.month}. {day.day}."


def paper(today: date) -> dict[str, str]:
    """What stands on a sound warrant of these days."""
    return PAPER | {
        "issued-on": str(today - timedelta(days=3)),
        "valid-until": str(today + timedelta(days=20)),
        "creation-period": "2026-01-01/2026-01-31",
    }


class Week:
    """Makes the week's requests, each some hours old; `numbers` has them by what they are examples of."""

    def __init__(self, desk: Desk, now: datetime) -> None:
        self.desk, self.now = desk, now
        self.numbers: dict[str, str] = {}
        self.paper = paper(now.date())

    def take_in(
        self,
        name: str,
        one: Filing,
        *,
        hours: float,
        by: str = "yoon",
        contents: tuple[bytes, ...] = (),
        **known: object,
    ) -> str:
        at = self.now - timedelta(hours=hours)
        command = ask.Receive(one, "", **known)  # type: ignore[arg-type]
        self.numbers[name] = execute(self.desk, [Step("", command, by, at, contents)])[0].request
        return self.numbers[name]

    def go_on(self, name: str, *steps: tuple[str, ask.Command], hours: float) -> None:
        """Steps by people, a minute apart from `hours` ago."""
        at = self.now - timedelta(hours=hours)
        number = self.numbers[name]
        for minute, (who, command) in enumerate(steps):
            execute(self.desk, [Step(number, command, who, at + timedelta(minutes=minute))])

    def answered(self, name: str) -> list[tuple[str, ask.Command]]:
        """Steps that set every blocking finding aside."""
        blocking = story(self.desk, self.numbers[name]).progress.state.blocking
        return [("seo", ask.AnswerFinding(key, FindingAnswer.DISMISSED, "원본과 대조함")) for key in blocking]

    def approved(self, name: str, decision: Decision, *, hours: float, **more: object) -> None:
        propose = ask.Propose(decision, **more)  # type: ignore[arg-type]
        steps = [("seo", ask.StartReview()), *self.answered(name), ("seo", propose), ("lee", ask.Approve())]
        self.go_on(name, *steps, hours=hours)


def fill(desk: Desk, now: datetime | None = None) -> Week:
    """A busy home; `seo` is counsel, `lee` and `baek` approve, `yoon` takes in, `park-official` files."""
    at = now or datetime.now(UTC)
    furnish(desk)
    staff(desk, at=at)
    week = Week(desk, at)
    for make in (_in_review, _proposed, _released, _emergency, _forged, _voluntary, _kept, _asked):
        make(week)
    return week


def _in_review(week: Week) -> None:
    """A warrant for 145 accounts with a signed paper, taken on, with questions and answers."""
    data = warrant_pdf(week.now.date())
    document = Document("영장-2026-12345.pdf", hashlib.sha256(data).hexdigest(), len(data))
    lacking = {slug: value for slug, value in week.paper.items() if slug != "place"}
    one = filing(
        "2026형제 4821", accounts=145, paper=lacking, documents=(document,), text=LONG, channel="portal",
        targets=tuple(Target("account", f"raven-{number:03}") for number in range(145)),
    )  # fmt: skip
    week.take_in("in-review", one, hours=30, by="park-official", contents=(data,), sender=Sender.CONFIRMED)
    week.go_on(
        "in-review",
        ("seo", ask.Assign("seo")), ("seo", ask.StartReview()), ("seo", ask.AskClarification("작성기간은?")),
        ("park-official", ask.AnswerClarification("2026년 1월 한 달입니다.")),
        ("seo", ask.AddNote("작년 사건과 같은 수사팀으로 보임. 별지 1의 42번은 탈퇴한 계정.")),
        ("park-official", ask.ReceiveMessage("회신 시점을 알려 주십시오.")),
        hours=20,
    )  # fmt: skip


def _proposed(week: Week) -> None:
    """A narrowed answer that waits for the second person."""
    targets = tuple(Target("e-mail", f"crow-{number}@example.kr") for number in range(6))
    week.take_in(
        "proposed",
        filing("2026-수사-77", accounts=6, targets=targets, paper=week.paper),
        hours=50,
        sender=Sender.CONFIRMED,
    )
    parts = (
        Disposition(Grant.DISCLOSE, CONTENT, targets[:4]),
        Disposition(Grant.REFUSE, CONTENT, targets[4:5], "scope-narrowed"),
        Disposition(Grant.NO_DATA, CONTENT, targets[5:], "no-such-account"),
    )
    decision = Decision(Outcome.PARTIAL, "scope-narrowed", CONTENT, 4, (Mark.NARROWED,))
    propose = ask.Propose(decision, "별지의 5번은 영장의 범위 밖", dispositions=parts)
    week.go_on(
        "proposed",
        ("seo", ask.StartReview()), *week.answered("proposed"), ("seo", propose), hours=5,
    )  # fmt: skip


def _released(week: Week) -> None:
    """Two that were approved: of one a file is put in, of the other it went out and can be fetched."""
    whole = Decision(Outcome.COMPLIED, "", CONTENT, 2)
    for name in ("approved", "released"):
        one = filing(f"2026-{name}", paper=week.paper, channel="portal")
        week.take_in(name, one, hours=60, by="park-official", sender=Sender.CONFIRMED)
        week.approved(name, whole, hours=10)
        names = tuple(target for target in one.targets)
        file = Declared(
            "대화.zip", names, data=DataCategory.CONTENT, first=date(2026, 1, 1), last=date(2026, 1, 31)
        )
        at = week.now - timedelta(hours=9)
        actions.put_in(week.desk, week.numbers[name], file, io.BytesIO(b"words"), actor="seo", at=at)
    key = Locking((str(pyrage.x25519.Identity.generate().to_public()),))
    at = week.now - timedelta(hours=8)
    actions.seal_and_release(week.desk, week.numbers["released"], releaser="lee", at=at, locking=key)


def _emergency(week: Week) -> None:
    one = filing(
        "긴급-2026-3", instrument="communication-confirmation", data=(DataCategory.ACCESS,),
        paper=EMERGENCY_PAPER, emergency=True, accounts=1, targets=(Target("phone", "+82-10-0000-1234"),),
    )  # fmt: skip
    found = ("new-domain", "odd-hours")
    week.take_in(
        "emergency", one, hours=3, sender=Sender.UNCONFIRMED, sender_findings=found, sender_blocking=found[:1]
    )


def _forged(week: Week) -> None:
    one = filing("2026-9999", paper=week.paper, authority="가상부산지방검찰청")
    week.take_in("forged", one, hours=28, sender=Sender.UNCONFIRMED)
    week.go_on("forged", ("yoon", ask.SuspectForgery("도장이 복사본이고 번호가 없는 번호")), hours=27)


def _voluntary(week: Week) -> None:
    one = filing(
        "2026-통신-8", instrument="subscriber-information", data=(DataCategory.SUBSCRIBER,), paper={}
    )
    week.take_in("voluntary", one, hours=2, sender=Sender.CONFIRMED)


def _kept(week: Week) -> None:
    today = week.now.date()
    first, last = today - timedelta(days=2), today + timedelta(days=50)
    stated = PRESERVATION_PAPER | {"preservation-period": f"{first}/{last}", "issued-on": str(first)}
    one = filing("보전-2026-1", instrument="preservation-request", paper=stated)
    week.take_in("kept", one, hours=40, by="park-official", sender=Sender.CONFIRMED)
    week.go_on("kept", ("seo", ask.StartReview()), hours=39)
    week.go_on("kept", *week.answered("kept"), ("seo", ask.PlaceHold("대화 내용", first, last)), hours=38)


def _asked(week: Week) -> None:
    week.take_in(
        "asked",
        filing("2026-수사-12", paper=week.paper, channel="portal"),
        hours=26,
        by="park-official",
        sender=Sender.UNCONFIRMED,
    )
    week.go_on(
        "asked",
        ("seo", ask.StartReview()),
        ("seo", ask.CallBack(CallResult.NO_ANSWER, "02-0000-1234", "정부 전화번호부 2026", "점심시간")),
        ("seo", ask.AskClarification("어느 서비스의 계정인지 알려 주십시오.")),
        hours=25,
    )  # fmt: skip
