"""Requests of 2016 and 2026 in a home, and short ways to work on them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.forms.models import model_to_dict

from sagwan.desk.casework.actions import Done, Step, execute
from sagwan.desk.casework.models import Case
from sagwan.desk.casework.queries import Story, story
from sagwan.desk.casework.rebuild import rebuild
from sagwan.desk.setup import Desk
from sagwan.record import commands as ask
from sagwan.record.events import Decision
from sagwan.record.request import Filing
from sagwan.record.vocabulary import DataCategory, Mark, Outcome
from tests.support.home import CONTENT, PAPER, START, check, filing

SEOUL = ZoneInfo("Asia/Seoul")
TODAY = datetime(2026, 10, 12, 9, tzinfo=SEOUL)
"""A Monday under the law of 2026."""
ALL = Decision(Outcome.COMPLIED, "", CONTENT, 2)
FORGED = Decision(Outcome.REFUSED, "suspected-forgery", marks=(Mark.SUSPECTED_FORGERY,))

EMERGENCY_PAPER = {
    "issuer": "judicial-police",
    "emergency-paper": "yes",
    "identity-checked": "yes",
    "reason": "자살 우려",
    "link": "실종자의 계정",
    "scope": "접속 일시와 IP 주소",
}
PRESERVATION_PAPER = {
    "issuer": "prosecutor",
    "request-paper": "yes",
    "reason": "수사",
    "link": "피의자의 계정",
    "scope": "대화 내용",
    "offence-grave-enough": "yes",
    "intended-instrument": "search-and-seizure-warrant",
    "first-request": "yes",
    "preservation-period": "2026-10-12/2026-12-10",
    "issued-on": "2026-10-12",
}
FIRST, LAST = date(2026, 10, 12), date(2026, 12, 10)


def emergency(case: str = "긴급-1") -> Filing:
    return filing(
        case,
        instrument="communication-confirmation",
        data=(DataCategory.ACCESS,),
        paper=EMERGENCY_PAPER,
        emergency=True,
    )


def preservation(case: str = "보전-1") -> Filing:
    return filing(case, instrument="preservation-request", paper=PRESERVATION_PAPER)


def lacking(case: str = "2016-9") -> Filing:
    """A warrant without its place and without its last day."""
    paper = {slug: value for slug, value in PAPER.items() if slug not in ("place", "valid-until")}
    return filing(case, paper=paper)


def receive(desk: Desk, one: Filing, at: datetime = START, actor: str = "kim", **sender: object) -> str:
    return execute(desk, [Step("", ask.Receive(one, "", **sender), actor, at)])[0].request


def work(desk: Desk, number: str, *steps: tuple[str, ask.Command], at: datetime = START) -> list[Done]:
    """Carry steps out, each a minute after the one before."""
    return execute(
        desk,
        [
            Step(number, command, who, at + timedelta(minutes=minute))
            for minute, (who, command) in enumerate(steps, 1)
        ],
    )


def case(number: str) -> Case:
    return Case.objects.get(number=number)


def told(desk: Desk, number: str) -> Story:
    return story(desk, number)


def rows() -> list[dict]:
    return [model_to_dict(row) for row in Case.objects.order_by("number")]


def assert_rebuilt_the_same(desk: Desk) -> None:
    before = rows()
    rebuild(desk)
    assert rows() == before
    assert check(desk) == []
