"""What an official's program does, each call once as it should be and once refused."""

import base64
import json
import time
from datetime import UTC, datetime

import pyrage
import pytest

import tests.support.django_ready  # noqa: F401
from sagwan.desk.api.scopes import Scope
from sagwan.desk.casework.models import Case
from sagwan.desk.casework.queries import looks_at, story, thread
from sagwan.desk.setup import Desk
from sagwan.formats.receipt import decode_receipt
from sagwan.record import commands as ask
from sagwan.record.state import Stage
from sagwan.record.vocabulary import Sender
from sagwan.tlog import parse_proof
from tests.desk.api.programs import FILING, WARRANT, do, filed, handed_over, problem, program
from tests.desk.vault.make import unpacked
from tests.support.desk_site import code_of
from tests.support.home import check, sealer
from tests.support.people import SECRET

PARK = "park-official"


def test_the_processes_of_today_are_listed_with_what_they_want(desk: Desk) -> None:
    answer = program(desk, PARK, Scope.READ).read("/instruments")
    found = {one["slug"]: one for one in answer.json()["instruments"]}
    assert answer.json()["jurisdiction"] == "KR"
    assert [one["slug"] for one in answer.json()["services"]] == ["kakao", "daum"]
    assert "content" in found[WARRANT]["data"]
    assert "valid-until" in [item["slug"] for item in found[WARRANT]["items"]]
    assert found[WARRANT]["withdrawal"]
    assert problem(program(desk, "seo", Scope.QUEUE).read("/instruments")) == "not-for-this-token"


def test_a_request_is_filed_as_it_was_sent(desk: Desk) -> None:
    data = "압수수색영장".encode()
    document = {"name": "warrant.txt", "content": base64.b64encode(data).decode()}
    answer = program(desk, PARK).send("/filings", FILING | {"documents": [document]})
    assert answer.status_code == 201, answer.content
    number = answer.json()["number"]
    assert answer["Location"] == f"/api/v1/requests/{number}"
    assert (answer.json()["status"], answer.json()["targets"]) == ("under-review", 2)
    first = story(desk, number).received
    assert (first.channel, first.accounts, first.sender) == ("api", 2, Sender.UNCONFIRMED)
    assert first.ledger is not None and first.matter is not None
    assert first.ledger.case_number == "2026-수사-1"
    assert [one.value for one in first.matter.targets] == ["raven-001", "raven-002"]
    assert [one.size for one in first.matter.documents] == [len(data)]
    assert first.findings and check(desk) == []


def test_documents_may_come_as_parts_of_a_form(desk: Desk) -> None:
    person = program(desk, PARK)
    files = {"documents": [("a.txt", b"one"), ("b.txt", b"two")]}
    answer = person.send_parts("/filings", FILING, files, key="the-same-key")
    assert answer.status_code == 201, answer.content
    again = person.send_parts("/filings", FILING, files, key="the-same-key")
    assert (again.json(), again["Idempotency-Replayed"]) == (answer.json(), "true")
    other = {"documents": [("a.txt", b"one"), ("b.txt", b"other")]}
    assert problem(person.send_parts("/filings", FILING, other, key="the-same-key")) == "other-body"
    matter = story(desk, answer.json()["number"]).received.matter
    assert matter is not None and [one.name for one in matter.documents] == ["a.txt", "b.txt"]
    assert Case.objects.filter(filed_by=PARK).count() == 1


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"data": ["nothing"]}, "#/data/0"),
        ({"targets": []}, "#/targets"),
        ({"targets": [{"kind": "account", "value": "x"}, {"kind": "e-mail", "value": "no"}]}, "#/targets/1"),
        ({"accounts": "12"}, "#/accounts"),
        ({"emergency": "yes"}, "#/emergency"),
        ({"documents": [{"name": "x", "content": "!"}]}, "#/documents/0/content"),
        ({"nickname": "x"}, "#/nickname"),
    ],
)
def test_what_cannot_be_filed_says_where_it_is_wrong_and_repeats_no_value(
    desk: Desk, changes: dict[str, object], pointer: str
) -> None:
    answer = program(desk, PARK).send("/filings", FILING | changes)
    assert (answer.status_code, problem(answer)) == (422, "invalid")
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert "input_value" not in answer.content.decode() and not Case.objects.filter(filed_by=PARK).exists()


def test_whoever_may_not_file_files_nothing(desk: Desk) -> None:
    from sagwan.desk.people.models import Authority  # noqa: PLC0415

    person = program(desk, PARK)
    Authority.objects.filter(slug="seoul-gasang").update(vetted_at=None, vetted_until=None)
    assert problem(person.send("/filings", FILING)) == "not-allowed"
    assert problem(program(desk, "oh-official", Scope.READ).send("/filings", FILING)) == "not-for-this-token"
    assert not Case.objects.filter(filed_by__in=(PARK, "oh-official")).exists()


def test_one_s_own_requests_are_listed_page_by_page(desk: Desk) -> None:
    numbers = [filed(desk, case=f"2016-{n}") if n % 2 else filed(desk, "han-official") for n in range(5)]
    filed(desk, "oh-official")
    person, seen, after = program(desk, PARK, Scope.READ), [], ""
    for _ in range(3):
        page = person.read("/requests", data={"limit": 2, "after": after}).json()
        seen += [row["number"] for row in page["requests"]]
        after = page["next"]
    assert (seen, after) == (numbers[::-1], "")
    for odd in ({"limit": 0}, {"limit": "x"}, {"after": "x"}):
        assert problem(person.read("/requests", data=odd)) == "invalid"


def test_a_request_is_read_and_that_is_recorded(desk: Desk) -> None:
    number = filed(desk)
    answer = program(desk, PARK, Scope.READ).read(f"/requests/{number}")
    shown = answer.json()
    assert (shown["status"], shown["case_number"], shown["targets"]) == ("under-review", "2016-1", 2)
    assert shown["lines"] == [{"line": 0, "kind": "received", "index": None}]
    assert answer["ETag"] and answer["Cache-Control"] == "no-store"
    assert [(look.person, look.what) for look in looks_at(number)] == [(PARK, "Viewed")]
    assert problem(program(desk, "oh-official").read(f"/requests/{number}")) == "not-found"
    assert problem(program(desk, PARK).read("/requests/nonsense")) == "invalid"
    assert len(looks_at(number)) == 1


def test_the_mark_tells_nothing_of_the_work_and_all_of_the_answer(desk: Desk) -> None:
    number, person = filed(desk), program(desk, PARK)
    before = person.read(f"/requests/{number}")["ETag"]
    do(desk, number, ("seo", ask.StartReview()), ("seo", ask.AddNote("inside")))
    assert person.read(f"/requests/{number}")["ETag"] == before
    do(desk, number, ("seo", ask.AskClarification("which month?")))
    answer = person.read(f"/requests/{number}")
    assert answer["ETag"] != before and answer.json()["status"] == "asked"


def test_a_question_is_answered(desk: Desk) -> None:
    number, person = filed(desk), program(desk, PARK)
    do(desk, number, ("seo", ask.StartReview()), ("seo", ask.AskClarification("which month?")))
    where = f"/requests/{number}/messages"
    said = person.read(where)
    assert [one["text"] for one in said.json()["messages"]] == ["which month?"]
    file = {"name": "more.txt", "content": base64.b64encode(b"January").decode()}
    answer = person.send(where, {"text": "January", "documents": [file]}, seen=said["ETag"])
    assert (answer.status_code, answer.json()["status"]) == (200, "under-review")
    told = story(desk, number)
    assert told.progress.state.stage is Stage.UNDER_REVIEW
    assert [(one.incoming, one.clarifies) for one in thread(told)] == [
        (False, True), (True, False), (True, True),
    ]  # fmt: skip
    assert problem(person.send(where, {"text": "more"}, seen=said["ETag"])) == "moved-on"
    assert problem(person.send(where, {"text": "more"})) == "no-if-match"
    assert problem(program(desk, PARK, Scope.READ).send(where, {"text": "x"})) == "not-for-this-token"
    stranger = program(desk, "oh-official")
    assert problem(stranger.send(where, {"text": "x"}, seen=said["ETag"])) == "not-found"
    assert len(thread(story(desk, number))) == 3


def test_a_request_is_taken_back_once_for_a_reason_of_the_law(desk: Desk) -> None:
    number, person = filed(desk), program(desk, PARK)
    reasons = person.read("/instruments").json()["instruments"]
    reason = next(one for one in reasons if one["slug"] == WARRANT)["withdrawal"][0]["slug"]
    seen, where = person.read(f"/requests/{number}")["ETag"], f"/requests/{number}/withdrawal"
    assert problem(person.send(where, {"reason": "whim"}, seen=seen)) == "invalid"
    answer = person.send(where, {"reason": reason}, seen=seen)
    assert answer.json() == {"number": number, "status": "withdrawn"}
    seen = person.read(f"/requests/{number}")["ETag"]
    again = person.send(where, {"reason": reason}, seen=seen)
    assert problem(again) == "not-possible"
    assert "withdrawn" not in json.dumps(again.json())  # where it stands inside is not told


def test_better_paper_comes_later(desk: Desk) -> None:
    number, person = filed(desk), program(desk, PARK)
    seen, where = person.read(f"/requests/{number}")["ETag"], f"/requests/{number}/paper"
    assert problem(person.send(where, {}, seen=seen)) == "invalid"
    answer = person.send(where, {"paper": {"offence": "공갈"}}, seen=seen)
    assert answer.status_code == 200
    ledger = story(desk, number).progress.state.ledger
    assert ledger is not None and ledger.paper["offence"] == "공갈"


def test_a_receipt_is_there_at_once_and_its_proof_after_sealing(desk: Desk) -> None:
    number, person = filed(desk), program(desk, PARK, Scope.READ)
    where = f"/requests/{number}/receipts/0"
    receipt = person.read(where)
    assert decode_receipt(receipt.content).line and person.read(where).content == receipt.content
    assert problem(person.read(f"{where}/proof")) == "not-sealed-yet"
    sealer(desk).run(now=datetime.now(UTC))
    answer = person.read(f"{where}/proof")
    assert answer["Content-Type"].startswith("text/plain")
    assert parse_proof(answer.content).index == story(desk, number).indexes[0]
    for other in ("1", "1/proof"):
        assert problem(person.read(f"/requests/{number}/receipts/{other}")) == "not-found"
    assert problem(program(desk, "oh-official").read(f"{where}/proof")) == "not-found"


def code() -> str:
    return code_of(SECRET, time.time())


def test_what_was_handed_over_is_fetched_with_a_code_and_once_a_key(desk: Desk) -> None:
    number, identity = handed_over(desk)
    person, where = program(desk, PARK), f"/requests/{number}/answers/1"
    (out,) = person.read(f"/requests/{number}").json()["answers"]
    assert (out["stage"], out["open"], out["fetched"]) == (1, True, 0)
    assert problem(person.send(where, {"code": "000000"})) == "second-factor"
    body = {"code": code()}
    answer = person.send(where, body, key="fetch-it-once")
    assert answer.status_code == 200, answer.content
    sealed = b"".join(answer.streaming_content)
    assert len(sealed) == int(answer["Content-Length"])
    assert unpacked(pyrage.decrypt(sealed, [identity]))["files/talk.zip"] == b"words"
    assert problem(person.send(where, body, key="fetch-it-once")) == "answered-already"
    assert problem(person.send(where, body)) == "second-factor"  # a code is taken once
    assert story(desk, number).progress.state.fetched == (1,)


def test_nothing_is_fetched_by_others_or_without_the_scope(desk: Desk) -> None:
    number, _ = handed_over(desk)
    where = f"/requests/{number}/answers/1"
    assert problem(program(desk, "oh-official").send(where, {"code": code()})) == "not-found"
    assert problem(program(desk, PARK, Scope.READ).send(where, {"code": code()})) == "not-for-this-token"
    assert problem(program(desk, "han-official").send(f"{where}0", {"code": code()})) == "not-possible"
    assert story(desk, number).progress.state.fetched == ()


def test_wrong_codes_are_not_tried_for_ever(desk: Desk) -> None:
    number, _ = handed_over(desk)
    person, where = program(desk, PARK), f"/requests/{number}/answers/1"
    for _ in range(5):
        assert problem(person.send(where, {"code": "000000"})) == "second-factor"
    answer = person.send(where, {"code": code()})
    assert problem(answer) == "too-many" and int(answer["Retry-After"]) == 300
