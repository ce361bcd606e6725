"""Authorities and officials from the command line, as a how-to would walk through them."""

import re
from pathlib import Path

import pytest

from sagwan.cli.wiring import open_office
from tests.cli.conftest import PEOPLE, make_home, ok, run

AT = ("--at", "2016-03-02T10:00:00+09:00")
VET = (
    "authority", "vet", "seoul-police", "--domain", "police.go.kr", "--head", "가상 서장",
    "--phone", "+82 2 700 0000", "--source-kind", "government-directory",
    "--source", "정부 기관 전화번호부 17쪽", "--how", "called the switchboard", *AT,
)  # fmt: skip


@pytest.fixture
def vetted(home: Path) -> Path:
    ok(
        "authority", "add", "seoul-police", "--kind", "police", "--name-ko", "가상서울경찰서",
        "--name-en", "Imagined Seoul Police", "--by", "hong", *AT,
    )  # fmt: skip
    ok(*VET, "--by", "hong")
    ok("authority", "approve", "seoul-police", "--by", "lee", *AT)
    return home


def invited(*more: str) -> str:
    out = ok(
        "official", "invite", "seoul-police", "--full-name", "가상 홍길동", "--email", "hong@police.go.kr",
        "--phone", "02-700-1234", "--by", "hong", *more, *AT,
    ).out  # fmt: skip
    assert re.search(r"https?://\S+/join/[A-Za-z0-9_-]{43}/\n", out)
    return out.split()[0]


def state() -> str:
    return ok("official", "list", "--json").json[0]["state"]


def test_vet_invite_confirm_suspend_and_lift(vetted: Path) -> None:
    assert "vetted" in ok("authority", "list", *AT).out
    name = invited()
    assert state() == "invited"
    ok("official", "confirm", name, "--result", "confirmed", "--spoke-to", "당직", "--by", "kim", *AT)
    assert state() == "confirmed"
    out = ok("authority", "suspend", "seoul-police", "--reason", "sold", "--by", "kim", *AT).out
    assert out == "seoul-police is suspended, with 1 official\n"
    assert "suspended" in ok("authority", "list", *AT).out
    ok("authority", "lift", "seoul-police", "--reason", "mended", "--by", "hong", *AT)
    ok("official", "suspend", name, "--reason", "left", "--by", "lee", *AT)
    assert state() == "suspended"
    assert run("official", "suspend", "kim", "--reason", "no official", "--by", "hong", *AT).code == 1
    ok("person", "lift", name, "--reason", "is back", "--by", "hong", *AT)
    assert (
        "denied"
        not in ok(
            "official", "confirm", name, "--result", "denied", "--spoke-to", "x", "--by", "kim", *AT
        ).out
    )
    assert state() == "suspended"
    shown = ok("authority", "show", "seoul-police", "--json", *AT).json
    assert shown["contact"]["source"] == "정부 기관 전화번호부 17쪽" and shown["officials"] == [name]
    assert shown["failed-call-backs"] == 1 and shown["vetted"]["approved-by"] == "lee"
    table = ok("authority", "show", "seoul-police", *AT).out
    assert "contact.phone" in table and "+82 2 700 0000" in table and "proposed" not in table
    assert "official" not in ok("person", "list").out


def test_four_eyes_and_errors_that_help(home: Path, vetted: Path) -> None:
    ok(*VET, "--by", "hong")
    refused = run("authority", "approve", "seoul-police", "--by", "hong", *AT)
    assert refused.code == 1 and "hong proposed" in refused.err and "second person" in refused.err
    ok("authority", "approve", "seoul-police", "--decline", "taken from the letter", "--by", "lee", *AT)
    cases = (
        (("authority", "show", "none"), 1, "no authority 'none'"),
        (("authority", "approve", "seoul-police", "--by", "lee", *AT), 1, "no vetting"),
        ((*VET[:-2], "--source-kind", "the-request", "--by", "hong"), 2, "government-directory"),
        (
            ("authority", "add", "x", "--kind", "spy", "--name-ko", "가", "--name-en", "A", "--by", "hong"),
            2,
            "police",
        ),
        (("official", "invite", "seoul-police", "--by", "hong"), 2, "--full-name"),
        (("official", "confirm", "o-1", "--result", "maybe", "--by", "kim"), 2, "no-answer"),
        (("official", "confirm", "o-1", "--result", "no-answer", "--by", "kim"), 1, "no official 'o-1'"),
        (("official", "list", "--authority", "none"), 1, "no authority"),
        (("person", "suspend", "hong", "--reason", "x", "--by", "hong"), 1, "last administrator"),
        (("person", "suspend", "kim", "--reason", "x", "--by", "lee"), 1, "may not suspend"),
    )
    for words, code, message in cases:
        ran = run(*words)
        assert (ran.code, message in ran.err) == (code, True), (words, ran)


def test_who_asked_for_an_account_is_listed_and_let_in(vetted: Path) -> None:
    office = open_office(vetted)
    from sagwan.desk.people.officials import ask_account  # noqa: PLC0415 - models wait for an open home

    name = ask_account(
        office.desk,
        full_name="가상 이몽룡", email="lee@police.go.kr", phone="010-1111-2222", authority="어느 서",
        at=office.now(AT[1]),
    )  # fmt: skip
    ask_account(
        office.desk,
        full_name="가상 변학도", email="byun@police-kr.com", phone="010-3333-4444", authority="경찰",
        at=office.now("2016-03-02T11:00:00+09:00"),
    )  # fmt: skip
    good, bad = ok("official", "list", "--asked", "--json").json
    assert (good["name"], good["seen"]) == (name, "") and "look-alike-domain" in bad["seen"]
    assert name in ok("official", "invite", "seoul-police", "--asked", name, "--by", "hong", *AT).out
    assert [one["full-name"] for one in ok("official", "list", "--asked", "--json").json] == ["가상 변학도"]
    assert (
        run("official", "invite", "seoul-police", "--asked", name, "--phone", "1", "--by", "hong").code == 2
    )


def test_the_first_administrator_is_invited_by_whoever_holds_the_machine(home: Path) -> None:
    assert "/join/" in ok("person", "invite", "hong", *AT).out
    refused = run("person", "invite", "kim", *AT)
    assert refused.code == 1 and "first-people" in refused.err
    assert "kim joins here" in ok("person", "invite", "kim", "--days", "2", "--by", "hong", *AT).out
    assert run("person", "invite", "kim", "--days", "0", "--by", "hong", *AT).code == 2
    none = run("person", "agree", "kim", "--by", "lee", *AT)
    assert none.code == 1 and "no invitation of kim waits" in none.err


def test_a_persons_mail_is_taken_and_checked(home: Path) -> None:
    add = ("person", "add", "yun", "Yun", "--roles", "auditor", "--by", "hong", *AT)
    assert run(*add, "--email", "nothing").code == 2
    ok(*add, "--email", "yun@kakao.example")
    again = run(
        "person", "add", "yun2", "Yun", "--roles", "auditor", "--by", "hong", "--email", "YUN@kakao.example"
    )
    assert again.code == 1 and "another person" in again.err
    assert len(ok("person", "list", "--json").json) == len(PEOPLE) + 1


def test_vetting_days_of_the_config_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "other"
    make_home(path)
    config = path / "sagwan.toml"
    assert "vetting_days = 365" in config.read_text("utf-8")
    config.write_text(config.read_text("utf-8").replace("vetting_days = 365", "vetting_days = 0"), "utf-8")
    ran = run("authority", "list", "--home", path)
    assert ran.code == 2 and "vetting_days" in ran.err
