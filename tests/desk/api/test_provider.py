"""What a provider's program does, each call once as it should be and once refused."""

import hashlib
import time
from typing import Any

import tests.support.django_ready  # noqa: F401
from sagwan.desk.api.scopes import Scope
from sagwan.desk.casework.models import Case
from sagwan.desk.casework.queries import looks_at, story
from sagwan.desk.setup import Desk
from sagwan.desk.vault.productions.queries import check
from sagwan.record import commands as ask
from sagwan.record.state import Stage
from sagwan.record.vocabulary import Outcome
from tests.desk.api.programs import Program, approved, do, filed, problem, program, proposed
from tests.desk.vault.make import ROWS
from tests.support.desk_site import code_of
from tests.support.people import SECRET

DECISION = {"type": "decision", "outcome": "complied", "data": ["content"], "accounts": 2}
SHARES = [
    {"grant": "disclose", "data": ["content"], "targets": [{"kind": "account", "value": "2016-1-0"}]},
    {
        "grant": "refuse", "data": ["content"], "targets": [{"kind": "account", "value": "2016-1-1"}],
        "reason": "scope-narrowed",
    },
]  # fmt: skip


def code(ago: int = 0) -> str:
    return code_of(SECRET, time.time() - ago)


def seen(who: Program, number: str) -> str:
    answer = who.read(f"/desk/requests/{number}")
    assert answer.status_code == 200, answer.content
    return answer["ETag"]


def step(who: Program, number: str, what: str, body: object) -> Any:
    return who.send(f"/desk/requests/{number}/{what}", body, seen=seen(who, number))


def test_the_queue_is_read_page_by_page_in_its_order_with_counts_that_add_up(desk: Desk) -> None:
    for n in range(4):
        filed(desk, case=f"2026-{n}")
    who, shown, after = program(desk, "choi", Scope.QUEUE), [], ""
    for _ in range(4):
        page = who.read("/desk/queue", data={"limit": 2, "after": after}).json()
        shown += [row["number"] for row in page["requests"]]
        assert page["total"] == sum(page["stages"].values()) == Case.objects.filter(is_open=True).count()
        after = page["next"]
        if not after:
            break
    wanted = list(Case.objects.filter(is_open=True).order_by("queue_at", "number"))
    assert shown == [case.number for case in wanted]
    assert looks_at(shown[0]) == ()  # nothing private is in it


def test_the_queue_is_narrowed(desk: Desk) -> None:
    number = filed(desk)
    proposed(desk, number)
    who = program(desk, "lee", Scope.QUEUE)
    for query in (
        {"only": "pending"},
        {"stage": "decision-proposed"},
        {"only": "pending", "service": "kakao"},
    ):
        assert [row["number"] for row in who.read("/desk/queue", data=query).json()["requests"]] == [number]
    assert who.read("/desk/queue", data={"only": "pending", "service": "daum"}).json()["total"] == 0
    for odd in ({"stage": "x"}, {"service": "X\0"}, {"after": "20160302T000000.000000Z_\0"}, {"limit": 201}):
        assert problem(who.read("/desk/queue", data=odd)) == "invalid"
    assert problem(program(desk, "seo", Scope.PROPOSE).read("/desk/queue")) == "not-for-this-token"


def test_a_request_is_inspected_with_its_private_parts_and_that_is_recorded(desk: Desk) -> None:
    number, who = filed(desk), program(desk, "choi", Scope.INSPECT)
    shown = who.read(f"/desk/requests/{number}").json()
    assert (shown["case_number"], shown["targets"], shown["stage"]) == ("2016-1", 2, "received")
    assert [one["type"] for one in shown["events"]] == ["RequestReceived"]
    assert {one["key"] for one in shown["findings"]} >= set(shown["blocking"]) - {"unconfirmed-sender"}
    page = who.read(f"/desk/requests/{number}/targets", data={"offset": 1, "limit": 5}).json()
    assert page == {"targets": [{"kind": "account", "value": "2016-1-1"}], "total": 2}
    assert [(look.person, look.what) for look in looks_at(number)] == [("choi", "Viewed")] * 2
    assert problem(who.read("/desk/requests/0000000000000000")) == "not-found"
    assert (
        problem(program(desk, "choi", Scope.QUEUE).read(f"/desk/requests/{number}")) == "not-for-this-token"
    )


def test_a_document_is_taken_as_it_came(desk: Desk) -> None:
    from tests.desk.api.programs import FILING  # noqa: PLC0415

    sent = program(desk, "park-official").send_parts("/filings", FILING, {"documents": [("a.txt", b"one")]})
    number, digest = sent.json()["number"], hashlib.sha256(b"one").hexdigest()
    who = program(desk, "seo", Scope.INSPECT)
    answer = who.read(f"/desk/requests/{number}/documents/{digest}")
    assert answer.content == b"one" and 'filename="a.txt"' in answer["Content-Disposition"]
    assert [look.what for look in looks_at(number)] == ["DocumentRead"]
    assert problem(who.read(f"/desk/requests/{number}/documents/{'0' * 64}")) == "not-found"


def test_a_letter_comes_as_pdf(desk: Desk) -> None:
    number, who = filed(desk), program(desk, "seo", Scope.INSPECT)
    answer = who.read(f"/desk/requests/{number}/letters/acknowledgement", data={"lang": "en"})
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF-")
    assert [look.details["letter"] for look in looks_at(number)] == ["acknowledgement"]
    refused = who.read(f"/desk/requests/{number}/letters/refusal")
    assert problem(refused) == "not-possible", refused.content
    assert problem(who.read(f"/desk/requests/{number}/letters/love")) == "invalid"


def test_counsel_proposes_and_another_approves_with_a_code(desk: Desk) -> None:
    number = filed(desk)
    counsel, approver = program(desk, "seo"), program(desk, "lee")
    answer = step(counsel, number, "review", {})
    assert (answer.json()["stage"], answer["ETag"]) == ("under-review", f'"{answer.json()["seq"]}"')
    _answer_findings(desk, number)
    answer = step(counsel, number, "proposal", DECISION)
    assert (answer.status_code, answer.json()["stage"]) == (200, "decision-proposed"), answer.content
    shown = approver.read(f"/desk/requests/{number}").json()["proposal"]
    assert (shown["by"], shown["approved"], shown["outcome"]) == ("seo", False, "complied")
    assert problem(step(approver, number, "approval", {"code": "000000"})) == "second-factor"
    answer = step(approver, number, "approval", {"code": code()})
    assert (answer.status_code, answer.json()["stage"]) == (200, "approved"), answer.content
    decision = story(desk, number).progress.state.decision
    assert decision is not None and decision.outcome is Outcome.COMPLIED


def _answer_findings(desk: Desk, number: str) -> None:
    from sagwan.record.vocabulary import FindingAnswer  # noqa: PLC0415

    for key in story(desk, number).progress.state.blocking:
        do(desk, number, ("seo", ask.AnswerFinding(key, FindingAnswer.DISMISSED, "seen")))


def test_nobody_approves_what_they_proposed_by_whichever_token(desk: Desk) -> None:
    number, both = filed(desk), program(desk, "park")  # counsel and approver
    step(both, number, "review", {})
    _answer_findings(desk, number)
    assert step(both, number, "proposal", DECISION).status_code == 200
    answer = step(both, number, "approval", {"code": code()})
    assert problem(answer) == "not-possible" and "park" in answer.json()["detail"]
    assert story(desk, number).progress.state.stage is Stage.DECISION_PROPOSED
    assert problem(step(program(desk, "seo"), number, "approval", {"code": code()})) == "not-for-this-token"


def test_a_decision_may_be_made_target_by_target(desk: Desk) -> None:
    number, counsel = filed(desk), program(desk, "seo")
    do(desk, number, ("seo", ask.StartReview()))
    _answer_findings(desk, number)
    partial = DECISION | {
        "outcome": "partial", "reason": "scope-narrowed", "accounts": 1, "marks": ["narrowed"],
        "dispositions": SHARES,
    }  # fmt: skip
    wrong = partial | {"accounts": 2}
    assert problem(step(counsel, number, "proposal", wrong)) == "invalid"
    answer = step(counsel, number, "proposal", partial)
    assert answer.status_code == 200, answer.content
    assert [len(one.targets) for one in story(desk, number).progress.state.dispositions] == [1, 1]
    answer = step(counsel, number, "proposal", partial | {"type": "wish"})
    assert problem(answer) == "invalid"


def test_a_decision_is_sent_back(desk: Desk) -> None:
    number, approver = filed(desk), program(desk, "lee")
    proposed(desk, number)
    assert problem(step(approver, number, "return", {"note": ""})) == "invalid"
    answer = step(approver, number, "return", {"note": "narrower, please"})
    assert answer.json()["stage"] == "under-review"
    assert problem(step(approver, number, "return", {"note": "again"})) == "not-possible"


def test_what_moved_on_meanwhile_is_not_decided_upon(desk: Desk) -> None:
    number, counsel = filed(desk), program(desk, "seo")
    before, where = seen(counsel, number), f"/desk/requests/{number}/review"
    do(desk, number, ("seo", ask.AddNote("meanwhile")))
    assert problem(counsel.send(where, {}, seen=before)) == "moved-on"
    assert problem(counsel.send(where, {})) == "no-if-match"
    for odd in ("*", '"x"', '"1", "2"', "1"):
        assert problem(counsel.send(where, {}, seen=odd)) in ("moved-on", "no-if-match")
    assert story(desk, number).progress.state.stage is Stage.RECEIVED
    assert problem(counsel.send("/desk/requests/0000000000000000/review", {}, seen='"1"')) == "not-found"


FILE = {
    "data": "content", "targets": [{"kind": "account", "value": "2016-1-0"}],
    "first": "2016-01-01", "last": "2016-01-31",
}  # fmt: skip


def test_a_file_is_put_in_once_and_checked_against_what_was_approved(desk: Desk) -> None:
    number, who = filed(desk), program(desk, "seo", Scope.PRODUCE)
    approved(desk, number)
    where = f"/desk/requests/{number}/production/files"
    parts = {"file": [("talk.zip", b"words")]}
    answer = who.send_parts(where, FILE, parts, key="put-it-in")
    assert answer.status_code == 201, answer.content
    assert answer.json()["files"][0]["sha256"] == hashlib.sha256(b"words").hexdigest()
    again = who.send_parts(where, FILE, parts, key="put-it-in")
    assert (again.status_code, again.json()) == (201, answer.json())
    outside = FILE | {"last": "2016-02-29"}
    refused = who.send_parts(where, outside, {"file": [("more.zip", b"words")]}, key="outside-it")
    assert problem(refused) == "invalid" and refused.json()["errors"]
    mended = who.send_parts(where, FILE, {"file": [("more.zip", b"words")]}, key="outside-it")
    assert mended.status_code == 201, "what failed may be sent again under its key"
    assert problem(who.send_parts(where, FILE, {})) == "malformed"
    assert problem(who.send(where, FILE)) == "malformed"
    shown = who.read(f"/desk/requests/{number}/production").json()
    assert ([one["name"] for one in shown["files"]], shown["missing"]) == (["talk.zip", "more.zip"], 1)
    assert [one.declared.name for one in check(desk, number).files] == ["talk.zip", "more.zip"]


def test_a_table_is_read_row_by_row(desk: Desk) -> None:
    number, who = filed(desk), program(desk, "seo", Scope.PRODUCE)
    approved(desk, number)
    where = f"/desk/requests/{number}/production/files"
    said = FILE | {"columns": {"target": ROWS.target, "time": ROWS.time}}
    good = b"account,at\n2016-1-0,2016-01-02T10:00:00+09:00\n"
    answer = who.send_parts(where, said, {"file": [("rows.csv", good)]})
    assert (answer.status_code, answer.json()["files"][0]["rows"]) == (201, 1), answer.content
    bad = who.send_parts(where, said, {"file": [("others.csv", good.replace(b"1-0", b"9-9"))]})
    assert problem(bad) == "invalid"


def test_a_connector_is_named_not_described_by_the_caller(make_desk: Any, tmp_path: Any) -> None:
    from tests.desk.api.home_with_staff import staff  # noqa: PLC0415

    place = tmp_path / "handover"
    desk = staff(make_desk(connectors={"archive": {"connector": "folder", "path": str(place)}}))
    number, who = filed(desk), program(desk, "seo", Scope.PRODUCE)
    approved(desk, number)
    folder = place / number / "content" / "account=2016-1-0"
    folder.mkdir(parents=True)
    (folder / "talk.txt").write_bytes(b"words")
    (folder / "talk.txt.scope.json").write_text('{"first": "2016-01-01", "last": "2016-01-31"}')
    where = f"/desk/requests/{number}/production/connector"
    answer = who.send(where, {"connector": "archive"})
    assert (answer.status_code, answer.json()["files"][0]["source"]) == (201, "folder"), answer.content
    assert problem(who.send(where, {"connector": "folder"})) == "invalid"
    assert problem(who.send(where, {"connector": "archive", "path": "/"})) == "invalid"
