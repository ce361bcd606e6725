"""A request's whole life by hand, step by step, as a legal team would do it."""

import json
from pathlib import Path

from tests.cli.conftest import Ran, decided, ok, received, run


def stage(number: str) -> str:
    return ok("show", number, "--json").json["stage"]


def do(name: str, number: str, *more: object, by: str = "kim", day: int = 3) -> Ran:
    return ok(name, number, *more, "--by", by, "--at", f"2016-03-{day:02}T12:00:00+09:00")


def test_a_request_goes_every_step_and_comes_back(home: Path) -> None:
    number = received()
    assert stage(number) == "received"
    do("review", number)
    do("ask", number, "어느 계정입니까?")
    assert stage(number) == "clarification-asked"
    do("answer", number, "첫째 계정입니다.")
    complied = ("propose", number, "--outcome", "complied", "--by", "kim", "--accounts", 2)
    early = run(*complied, "--data", "access")
    assert early.code == 1 and "item-missing:issuer" in early.err
    do("finding", number, "item-missing", "dismissed", "--note", "가상 문서")
    do("propose", number, "--outcome", "complied", "--data", "access,content", "--accounts", 2)
    do("send-back", number, "내용은 빼십시오.", by="lee")
    assert stage(number) == "under-review"
    do(
        "propose", number, "--outcome", "partial", "--reason", "scope-narrowed", "--data", "access",
        "--accounts", 2, "--mark", "narrowed",
    )  # fmt: skip
    assert ok("show", number, "--json").json["pending"]["outcome"] == "partial"
    do("approve", number, by="lee")
    do("disclose", number, "--data", "access", "--accounts", 1, "--target", "account:가상계정-1")
    manifest = home / "handed-over.txt"
    manifest.write_text("what went out")
    do("disclose", number, "--data", "access", "--accounts", 1, "--manifest", manifest)
    do("resolve", number)
    shown = ok("show", number, "--json").json
    assert shown["stage"] == "resolved"
    assert [event["type"] for event in shown["events"]] == [
        "RequestReceived", "ReviewStarted", "ClarificationAsked", "ClarificationAnswered",
        "FindingAnswered", "Proposed", "SentBack", "Proposed", "Approved", "Disclosed", "Disclosed",
        "Resolved",
    ]  # fmt: skip
    last = shown["lines"][1]
    assert (last["outcome"], last["reason"], last["data"], last["accounts"], last["marks"]) == (
        "partial", "scope-narrowed", ["access"], 2, ["narrowed"],
    )  # fmt: skip
    assert last["log-index"] is None
    ok("seal", "--at", "2016-03-04T03:00:00+09:00")
    assert {line["log-index"] for line in ok("show", number, "--json").json["lines"]} == {0, 1}


def test_a_follow_up_and_a_correction_are_lines_of_their_own(home: Path) -> None:
    number = received()
    decided(number, "complied", "--mark", "blinded")
    do(
        "propose",
        number,
        "--follow-up",
        "--data",
        "content",
        "--accounts",
        1,
        "--target",
        "account:셋째",
        day=4,
    )
    ran = do("approve", number, by="lee", day=4)
    assert f"{number}-2.receipt" in ran.out
    early = run(
        "propose", number, "--correct", 1, "--outcome", "complied", "--data", "access", "--accounts", 1,
        "--by", "kim", "--at", "2016-03-05T12:00:00+09:00",
    )  # fmt: skip
    assert early.code == 0
    waits = run("approve", number, "--by", "lee", "--at", "2016-03-05T12:00:00+09:00")
    assert waits.code == 1 and "not in the log yet" in waits.err
    ok("seal", "--at", "2016-03-05T13:00:00+09:00")
    do("approve", number, by="lee", day=6)
    lines = ok("show", number, "--json").json["lines"]
    assert [line["kind"] for line in lines] == ["received", "resolved", "follow-up", "resolved"]
    assert [line["superseded"] for line in lines] == [False, True, False, False]
    assert lines[3]["replaces"] == 1 and lines[3]["accounts"] == 1


def test_withdrawn_is_withdrawn(home: Path) -> None:
    number = received()
    do("withdraw", number, by="choi")
    assert stage(number) == "withdrawn"
    assert (home / "receipts" / f"{number}-1.receipt").exists()


def test_decide_hands_over_what_was_asked_for(home: Path) -> None:
    number = received()
    decided(number)
    shown = ok("show", number, "--private", "--by", "kim", "--json").json
    assert shown["lines"][1]["accounts"] == 2
    assert shown["lines"][1]["data"] == ["access", "content"]
    handed = [part for part in shown["private"]["matter"] if part["type"] == "Disclosed"]
    assert handed[0]["targets"] == ["account:가상계정-1", "account:가상계정-2"]


def test_the_queue_is_filtered_and_shows_nothing_private(home: Path) -> None:
    first, second = received(case="가상-1"), received(case="가상-2", at="2016-03-01T10:00:00+09:00")
    decided(first, "refused", "--reason", "document-defective")
    listed = ok("list", "--json")
    assert [row["number"] for row in listed.json] == [second, first]
    assert "가상" not in listed.out
    assert [r["number"] for r in ok("list", "--stage", "resolved", "--json").json] == [first]
    assert ok("list", "--service", "daum", "--json").json == []
    assert [r["number"] for r in ok("list", "--limit", 1, "--json").json] == [second]
    assert "가상" not in ok("list").out + ok("show", first).out + ok("show", first, "--json").out


def test_looking_and_searching_are_recorded(home: Path) -> None:
    number = received()
    shown = ok("show", number, "--private", "--by", "nam")
    assert "가상경찰서" in shown.out and "account:가상계정-1" in shown.out
    found = ok("find", "--field", "case-number", "--value", "가상-1", "--by", "lee", "--json")
    assert [row["number"] for row in found.json] == [number]
    assert ok("find", "--field", "target", "--value", "가상계정-9", "--by", "lee", "--json").json == []
    refused = run("find", "--field", "target", "--value", "x", "--by", "hong")
    assert refused.code == 1 and "may not look" in refused.err

    from sagwan.desk.journal.models import Event  # noqa: PLC0415 - the home is open now

    events = {
        (e.stream, e.type): json.loads(e.public) for e in Event.objects.filter(stream__startswith="access/")
    }
    assert events["access/nam", "Viewed"] == {"request": number, "assigned": ""}
    assert events["access/lee", "Searched"]["field"] == "target"
    assert not any("가상" in json.dumps(public, ensure_ascii=False) for public in events.values())
    assert not any(stream == "access/hong" for stream, _ in events)


def test_findings_are_told_in_both_languages(home: Path) -> None:
    arguments = (
        "receive", "--service", "kakao", "--instrument", "communication-confirmation", "--data", "content",
        "--authority", "가상경찰서", "--case", "1", "--target", "account:a", "--by", "kim",
        "--at", "2016-03-02T10:00:00+09:00",
    )  # fmt: skip
    assert "blocks: " in ok(*arguments).out
    korean = ok(*arguments, "--lang", "ko").out
    assert "통신비밀보호법" in korean
    codes = {finding["code"] for finding in ok(*arguments, "--json").json["findings"]}
    assert "data-not-covered" in codes


def test_people_are_added_by_an_administrator_only(home: Path) -> None:
    refused = run("person", "add", "park", "박 상담", "--roles", "counsel", "--by", "kim")
    assert refused.code == 1 and "administrator" in refused.err
    assert run("person", "add", "park", "박 상담", "--roles", "counsel").code == 2
    ok("person", "add", "park", "박 상담", "--roles", "counsel,approver", "--by", "hong")
    people = {person["name"]: person["roles"] for person in ok("person", "list", "--json").json}
    assert people["park"] == ["approver", "counsel"]
    assert "박 상담" in ok("person", "list").out
    assert run("person", "add", "park", "박 상담", "--roles", "counsel", "--by", "hong").code == 1


def test_the_home_is_found_by_option_environment_and_folder(home: Path, monkeypatch) -> None:
    number = received()
    monkeypatch.delenv("SAGWAN_HOME")
    assert run("list").code == 2
    assert number in ok("list", "--home", home).out
    monkeypatch.chdir(home)
    assert number in ok("list").out
