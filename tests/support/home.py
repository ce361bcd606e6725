"""A real home for a test: config, keys, database, people. One at a time is open in a process."""

import os
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import tests.support.django_ready  # noqa: F401 - before the models below
from sagwan.desk.casework.actions import Done, Step, execute
from sagwan.desk.home import config_text, home_from
from sagwan.desk.journal.fsck import Problem, fsck
from sagwan.desk.journal.store import JournalStore
from sagwan.desk.people.actions import add_person
from sagwan.desk.setup import Desk, open_desk
from sagwan.desk.vault.master import new_master_key, write_secret
from sagwan.record import commands as ask
from sagwan.record.events import Decision
from sagwan.record.request import Filing, Target
from sagwan.record.vocabulary import DataCategory, Outcome
from sagwan.seal.keeper import Keeper
from sagwan.seal.log_folder import LogFolder
from sagwan.seal.sealer import Sealer
from sagwan.tlog import KeyType, SigningKey, parse_signing_key
from tests.support.migrated import migrated

SEOUL = ZoneInfo("Asia/Seoul")
START = datetime(2016, 3, 2, 9, tzinfo=SEOUL)
CONTENT = (DataCategory.CONTENT,)

PAPER = {
    "issuer": "judicial-police",
    "approver": "judge",
    "presented": "yes",
    "suspect-named": "yes",
    "offence": "사기",
    "items-to-seize": "피의자 명의 계정의 대화 내용",
    "place": "서비스 제공자의 서버",
    "issued-on": "2016-03-01",
    "valid-until": "2016-12-31",
    "creation-period": "2016-01-01/2016-01-31",
}


def make_home(path: Path, *, database: str = "", **config: object) -> Desk:
    """A home of the provider `kakao` at `path`, opened, with three people in it."""
    values = {
        "provider": "kakao",
        "names": {"ko": "카카오", "en": "Kakao"},
        "services": {"kakao": {"ko": "카카오톡", "en": "KakaoTalk"}, "daum": {"ko": "다음", "en": "Daum"}},
        "origin": "demo.invalid/kakao",
        "synthetic": True,
        "database": database,
        **config,
    }
    home = home_from(path, values, "test")
    path.mkdir(parents=True, exist_ok=True)
    (path / "sagwan.toml").write_text(config_text(home), "utf-8")
    write_secret(home.keys / "master.key", new_master_key().text())
    log_key = SigningKey(home.origin, KeyType.ED25519, secrets.token_bytes(32))
    write_secret(home.keys / "log.key", log_key.private_text())
    desk = open_desk(path)
    migrated(desk)
    for name, roles in (
        ("kim", ("intake", "counsel")),
        ("lee", ("approver",)),
        ("park", ("counsel", "approver")),
    ):
        add_person(desk, name=name, full_name=name.title(), roles=roles, actor="test", at=START)
    return desk


def log_key(desk: Desk) -> SigningKey:
    return parse_signing_key((desk.home.keys / "log.key").read_text().strip())


def keeper(desk: Desk) -> Keeper:
    return Keeper(desk.home.keeper_path, desk.master.keeper, os.urandom)


def log(desk: Desk) -> LogFolder:
    return LogFolder(desk.home.log_path)


def sealer(desk: Desk, step: Callable[[str], None] = lambda name: None) -> Sealer:
    return Sealer(store=JournalStore(desk), keeper=keeper(desk), log=log(desk), key=log_key(desk), step=step)


def check(desk: Desk) -> list[Problem]:
    return fsck(desk, keeper(desk), log(desk), log_key(desk).verifier)


def filing(case: str = "2016-1", *, accounts: int = 2, **changes: object) -> Filing:
    """A sound warrant of March 2016."""
    values = {
        "service": "kakao",
        "jurisdiction": "KR",
        "instrument": "search-and-seizure-warrant",
        "data": CONTENT,
        "accounts": accounts,
        "authority": "가상서울경찰서",
        "case_number": case,
        "officials": ("가상 홍길동",),
        "targets": tuple(Target("account", f"{case}-{n}") for n in range(accounts)),
        "paper": PAPER,
    }
    return Filing(**(values | changes))


def receive(desk: Desk, *filings: Filing, at: datetime = START) -> list[Done]:
    return execute(desk, [Step("", ask.Receive(one, ""), "kim", at) for one in filings])


def complied(number: str, targets: Sequence[Target], at: datetime) -> list[Step]:
    """The rest of an undisturbed life, after receipt."""
    decision = Decision(Outcome.COMPLIED, "", CONTENT, len(targets))
    life = (
        (ask.StartReview(), "kim"),
        (ask.Propose(decision), "kim"),
        (ask.Approve(), "lee"),
        (ask.Disclose(CONTENT, len(targets), tuple(targets)), "kim"),
        (ask.Resolve(), "kim"),
    )
    return [Step(number, command, who, at) for command, who in life]


def live(desk: Desk, *cases: str, at: datetime = START) -> list[str]:
    """Whole lives of warrants, one a case number; their requests' numbers."""
    numbers = []
    for case in cases:
        one = filing(case)
        number = receive(desk, one, at=at)[0].request
        execute(desk, complied(number, one.targets, at + timedelta(hours=1)))
        numbers.append(number)
    return numbers
