"""A home under a law that allows only bands: letters and orders of 2026, and batches on the clock."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sagwan.desk.casework.actions import Step, execute
from sagwan.desk.journal import models
from sagwan.desk.setup import Desk
from sagwan.record import commands as ask
from sagwan.record.events import Decision
from sagwan.record.request import Filing, Target
from sagwan.record.vocabulary import DataCategory, Outcome
from tests.support.home import filing, receive

NEW_YORK = ZoneInfo("America/New_York")
US = {"jurisdiction": "US", "time_zone": "America/New_York"}
BEGIN = datetime(2026, 3, 2, 9, tzinfo=NEW_YORK)
DAY = timedelta(days=1)
SUBSCRIBER = (DataCategory.SUBSCRIBER,)
LETTER = "national-security-letter"


def letter(case: str, *, accounts: int = 1, **changes: object) -> Filing:
    """A sound national security letter."""
    values: dict[str, object] = {
        "service": "kakao",
        "jurisdiction": "US",
        "instrument": LETTER,
        "data": SUBSCRIBER,
        "accounts": accounts,
        "authority": "Fictional Bureau",
        "case_number": case,
        "officials": ("Jane Fiction",),
        "targets": tuple(Target("account", f"{case}-{n}") for n in range(accounts)),
        "paper": {"certified": "yes"},
    }
    return Filing(**(values | changes))  # type: ignore[arg-type]


def get(desk: Desk, case: str, at: datetime, **changes: object) -> str:
    """Receive a letter; its number."""
    return execute(desk, [Step("", ask.Receive(letter(case, **changes), ""), "kim", at)])[0].request


def answer(desk: Desk, number: str, case: str, at: datetime, *, accounts: int = 1) -> None:
    """Comply with a letter in full."""
    targets = tuple(Target("account", f"{case}-{n}") for n in range(accounts))
    decision = Decision(Outcome.COMPLIED, "", SUBSCRIBER, accounts)
    life = (
        (ask.StartReview(), "kim"),
        (ask.Propose(decision), "kim"),
        (ask.Approve(), "lee"),
        (ask.Disclose(SUBSCRIBER, accounts, targets), "kim"),
        (ask.Resolve(), "kim"),
    )
    execute(desk, [Step(number, command, who, at) for command, who in life])


def letters(desk: Desk, *cases: str, at: datetime, accounts: int = 1) -> list[str]:
    """Whole lives of letters, all at one instant."""
    numbers = []
    for case in cases:
        number = get(desk, case, at, accounts=accounts)
        answer(desk, number, case, at, accounts=accounts)
        numbers.append(number)
    return numbers


def warrants(desk: Desk, *cases: str, at: datetime) -> None:
    """Ordinary requests, each received and withdrawn: two lines that are opened."""
    for case in cases:
        number = receive(desk, filing(case), at=at)[0].request
        execute(desk, [Step(number, ask.Withdraw("withdrawn-by-authority"), "kim", at)])


def batches() -> list[tuple[str, int, int]]:
    """(half-year, size, banded entries) of every batch."""
    return [
        (
            row.period,
            row.size,
            models.Place.objects.filter(batch=row, line__behind__isnull=False).count(),
        )
        for row in models.Batch.objects.order_by("number")
    ]


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=NEW_YORK)
