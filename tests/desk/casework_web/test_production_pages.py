"""What goes out, in the browser: put in, refused, looked into, released, ended, carried out."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pyrage
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

import tests.support.django_ready  # noqa: F401
from sagwan.desk.casework.actions import Step, execute
from sagwan.desk.casework.queries import story
from sagwan.desk.journal.models import Event
from sagwan.desk.people import keys
from sagwan.desk.setup import current
from sagwan.desk.vault.productions import queries
from sagwan.record import commands as ask
from sagwan.record.events import Decision, FollowUp
from sagwan.record.request import Target
from sagwan.record.vocabulary import Outcome, Sender
from tests.desk.vault.make import MESSAGES, approved, blobs, leftovers, opaque, put, to_key, unpacked
from tests.support.home import CONTENT, PAPER, START, filing
from tests.support.people import Visitor

Visit = Callable[..., Visitor]


def upload(name: str = "talk.zip", data: bytes = b"12345") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def said(*files: SimpleUploadedFile, **changes: object) -> dict[str, object]:
    """What the form of files sends."""
    return {
        "files": list(files) or [upload()],
        "data": "content",
        "whose": "all",
        "first": "2016-01-01",
        "last": "2016-01-31",
        "kind": "opaque",
        **changes,
    }


def where(number: str, step: str = "") -> str:
    return f"/request/{number}/production/{step}"


def shown(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def of_official() -> str:
    """The number of an official's request whose decision seo proposed and lee approved."""
    at = datetime.now(UTC)
    command = ask.Receive(
        filing(channel="portal", paper=PAPER | {"valid-until": "2030-12-31"}), "", sender=Sender.CONFIRMED
    )
    number = execute(current(), [Step("", command, "park-official", at)])[0].request
    from sagwan.record.vocabulary import FindingAnswer  # noqa: PLC0415

    for key in story(current(), number).progress.state.blocking:
        answer = ask.AnswerFinding(key, FindingAnswer.DISMISSED, "seen")
        execute(current(), [Step(number, answer, "seo", datetime.now(UTC))])
    decision = ask.Propose(Decision(Outcome.COMPLIED, "", CONTENT, 2))
    for who, step in (("seo", ask.StartReview()), ("seo", decision), ("lee", ask.Approve())):
        execute(current(), [Step(number, step, who, datetime.now(UTC))])
    return number


def seen(number: str) -> dict[str, object]:
    """What the page of a release holds of what it showed."""
    found = queries.check(current(), number)
    return {"seq": found.seq, "contents": found.digest}


def test_files_are_checked_one_by_one_and_what_is_outside_is_refused(visitor: Visit) -> None:
    number = approved(current())
    scope = {"data": "content", "targets": [{"kind": "account", "value": "stranger"}], "first": "2016-01-01",
             "last": "2016-01-31"}  # fmt: skip
    files = (
        upload("good.zip"), upload("other.zip"),
        upload("other.zip.scope.json", json.dumps(scope).encode()),
    )  # fmt: skip
    page = shown(visitor("seo").post(where(number, "put/"), said(*files)))
    assert "put in" in page and "good.zip" in page
    assert "Outside what was approved" in page and "account stranger" in page
    assert [held.declared.name for held in queries.check(current(), number).files] == ["good.zip"]
    assert leftovers(current()) == []


def test_rows_outside_are_named_by_their_line(visitor: Visit) -> None:
    number = approved(current())
    table = b"account,at\n2016-1-0,2016-01-05T10:00:00+09:00\nstranger,2016-02-05T10:00:00+09:00\n"
    values = said(upload("rows.csv", table), kind="table", target="account", time="at")
    page = shown(visitor("seo").post(where(number, "put/"), values))
    assert "line 3: account is &#39;stranger&#39;" in page
    assert "line 3: at is 2016-02-05" in page
    assert queries.check(current(), number).files == ()


def test_a_conversation_is_blinded_and_can_be_looked_at(visitor: Visit) -> None:
    number = approved(current())
    talk = {"kind": "talk", "sender": "sender", "nick": "nick", "text": "text", "time": "at"}
    whose = {"whose": "these", "targets": "account:2016-1-0"}
    seo = visitor("seo")
    page = shown(
        seo.post(where(number, "put/"), said(upload("chat.csv", MESSAGES.encode()), **talk, **whose))
    )
    assert "2 other people blinded" in page and "HMAC-SHA-256" in page
    (pk,) = queries.check(current(), number).ids
    look = shown(seo.get(where(number, f"files/{pk}/")))
    assert "철수" in look and "민수" not in look and "~" in look
    whole = b"".join(seo.get(where(number, f"files/{pk}/file/")).streaming_content).decode()
    assert "minsu77" not in whole and whole.startswith("sender,nick,at,text")
    assert leftovers(current()) == []
    assert visitor("yoon").get(where(number, f"files/{pk}/")).status_code == 403
    details = [json.loads(one) for one in _accesses("seo", "ProductionViewed")]
    assert sum(one.get("file") == pk for one in details) == 2


def _accesses(person: str, kind: str) -> list[str]:
    return list(Event.objects.filter(stream=f"access/{person}", type=kind).values_list("public", flat=True))


def test_nothing_is_put_in_before_approval(visitor: Visit) -> None:
    from tests.desk.casework.make import receive  # noqa: PLC0415

    number = receive(current(), filing(), at=START)
    assert visitor("seo").get(where(number, "put/"))["Location"] == where(number)
    assert "No approved decision lets data out." in shown(visitor("seo").get(where(number)))
    assert visitor("seo").post(where(number, "put/"), said()).status_code == 302
    assert queries.check(current(), number).files == ()


def test_fields_that_are_missing_are_said_and_nothing_is_kept(visitor: Visit) -> None:
    number = approved(current())
    page = shown(visitor("seo").post(where(number, "put/"), said(data="", whose="", kind="table")))
    assert page.count("Say it of the files that have no .scope.json.") >= 2
    assert "Name this column." in page
    assert queries.check(current(), number).files == ()


@pytest.mark.parametrize("name", ["a:b.zip", ".hidden", "~x", "con*.txt"])
def test_a_name_that_is_no_plain_file_is_refused(name: str, visitor: Visit) -> None:
    number = approved(current())
    page = shown(visitor("seo").post(where(number, "put/"), said(upload(name), upload("fine.zip"))))
    assert "refused" in page
    assert [held.declared.name for held in queries.check(current(), number).files] == ["fine.zip"]


def test_a_file_is_taken_out(visitor: Visit) -> None:
    number = approved(current())
    put(current(), number)
    (pk,) = queries.check(current(), number).ids
    seo = visitor("seo")
    assert "talk.zip" in shown(seo.get(where(number, f"files/{pk}/take-out/")))
    assert seo.post(where(number, f"files/{pk}/take-out/")).status_code == 302
    assert queries.check(current(), number).files == () and blobs(current()) == []
    assert seo.post(where(number, f"files/{pk}/take-out/")).status_code == 404


def test_an_approver_releases_to_the_officials_key(visitor: Visit) -> None:
    number = of_official()
    put(current(), number, by="seo")
    identity, locking = to_key()
    keys.register_key(current(), name="park-official", recipient=locking.recipients[0], at=datetime.now(UTC))
    lee = visitor("lee")
    page = shown(lee.get(where(number, "release/")))
    assert locking.recipients[0] in page and "talk.zip" in page and "newer than the last call-back" in page
    answer = lee.post(where(number, "release/"), {"to": "park-official", "days": 7, **seen(number)})
    assert "It was released" in shown(answer) and answer["Cache-Control"] == "no-store"
    (sealed,) = blobs(current())
    assert unpacked(pyrage.decrypt(sealed, [identity]))["files/talk.zip"] == b"12345"
    assert story(current(), number).progress.state.stages == 1
    page = shown(lee.get(where(number)))
    assert "can be fetched" in page and "not yet" in page and "a key of the officials" in page


def test_a_passphrase_is_shown_once_and_opens_the_package(visitor: Visit) -> None:
    number = approved(current())
    put(current(), number)
    lee = visitor("lee")
    values = {"to": "@passphrase", "days": 7, **seen(number)}
    page = shown(lee.post(where(number, "release/"), values))
    phrase = page.split('<code class="secret">')[1].split("<")[0]
    (sealed,) = blobs(current())
    assert b"manifest.txt" in pyrage.passphrase.decrypt(sealed, phrase)
    assert phrase not in shown(lee.get(where(number)))
    assert not Event.objects.filter(public__contains=phrase).exists()
    again = lee.post(where(number, "release/"), values)
    assert again.status_code == 302 and phrase not in shown(lee.get(where(number)))
    assert story(current(), number).progress.state.stages == 1


def test_a_release_needs_the_second_factor_again(visitor: Visit) -> None:
    number = approved(current())
    put(current(), number)
    lee = visitor("lee")
    lee.forget_freshness()
    for method in (lee.get, lee.post):
        assert method(where(number, "release/"))["Location"].startswith("/again/code/")
    assert story(current(), number).progress.state.stages == 0


def test_who_put_in_or_proposed_does_not_release(visitor: Visit) -> None:
    number = approved(current())
    put(current(), number, by="park")
    assert "You put files in" in shown(visitor("park").get(where(number, "release/"), follow=True))
    other = approved(current(), filing("2016-1"), actor="kim")
    execute(current(), [Step(other, ask.SendBack("again"), "lee", datetime.now(UTC))])
    propose = ask.Propose(Decision(Outcome.COMPLIED, "", CONTENT, 2))
    execute(current(), [Step(other, propose, "park", datetime.now(UTC))])
    execute(current(), [Step(other, ask.Approve(), "lee", datetime.now(UTC))])
    put(current(), other, by="kim")
    page = shown(visitor("park").post(where(other, "release/"), {**seen(other)}, follow=True))
    assert "You proposed the decision" in page
    assert {story(current(), one).progress.state.stages for one in (number, other)} == {0}


def test_what_changed_since_the_page_is_not_released(visitor: Visit) -> None:
    number = approved(current())
    put(current(), number)
    values = {"to": "@passphrase", "days": 7, **seen(number)}
    put(current(), number, opaque("more.zip"))
    lee = visitor("lee")
    page = shown(lee.post(where(number, "release/"), values))
    assert "nothing was done" in page and "more.zip" in page and seen(number)["contents"] in page
    execute(current(), [Step(number, ask.AddNote("wait for the chief"), "kim", datetime.now(UTC))])
    page = shown(lee.post(where(number, "release/"), {**values, "contents": seen(number)["contents"]}))
    assert "wait for the chief" in page and story(current(), number).progress.state.stages == 0
    assert "It was released" in shown(lee.post(where(number, "release/"), {**values, **seen(number)}))


def test_a_package_is_ended_before_it_is_fetched(visitor: Visit) -> None:
    number = released_by(visitor)
    seo = visitor("seo")
    assert "It was not fetched yet." in shown(seo.get(where(number, "data/1/end/")))
    old = story(current(), number).progress.seq - 1
    assert seo.post(where(number, "data/1/end/"), {"seq": old})["Location"].endswith("/data/1/end/")
    assert len(blobs(current())) == 1
    assert seo.post(where(number, "data/1/end/"), {"seq": old + 1})["Location"] == where(number)
    assert blobs(current()) == [] and story(current(), number).progress.state.expired == (1,)
    assert seo.get(where(number, "data/1/end/")).status_code == 404
    assert "can be fetched no more" in shown(seo.get(where(number)))


def released_by(visitor: Visit) -> str:
    number = approved(current())
    put(current(), number)
    visitor("lee").post(where(number, "release/"), {"to": "@passphrase", "days": 7, **seen(number)})
    return number


def test_staff_carry_a_package_out_after_the_second_factor_and_it_is_listed(visitor: Visit) -> None:
    number = released_by(visitor)
    yoon = visitor("yoon")
    answer = yoon.post(where(number, "data/1/carry/"))
    assert b"".join(answer.streaming_content) == blobs(current())[0]
    page = shown(visitor("choi").get(where(number)))
    assert "yoon (carried out by staff)" in page and "Carry it out" not in page
    assert visitor("choi").post(where(number, "data/1/carry/")).status_code == 403
    yoon.forget_freshness()
    assert yoon.post(where(number, "data/1/carry/"))["Location"].startswith("/again/")
    execute(current(), [Step(number, ask.SuspectForgery("stamp"), "seo", datetime.now(UTC))])
    again = visitor("yoon").post(where(number, "data/1/carry/"), follow=True)
    assert "denied or suspected" in shown(again)


def test_pseudonyms_are_told_to_nobody_but_those_asked_for(visitor: Visit) -> None:
    number = approved(current())
    assert visitor("seo").get(where(number, "pseudonyms/")).status_code == 404
    talk = {"kind": "talk", "sender": "sender", "nick": "nick", "text": "text", "time": "at"}
    whose = {"whose": "these", "targets": "account:2016-1-0"}
    seo = visitor("seo")
    seo.post(where(number, "put/"), said(upload("chat.csv", MESSAGES.encode()), **talk, **whose))
    (pk,) = queries.check(current(), number).ids
    text = b"".join(seo.get(where(number, f"files/{pk}/file/")).streaming_content).decode()
    minsu = text.splitlines()[2].split(",")[0]
    answer = seo.post(
        where(number, "pseudonyms/"),
        {"pseudonyms": f"the one called {minsu}, and ~{'0' * 20}", "ids": "minsu77\nyounghee\n"},
    )
    found = shown(answer).split("</section>")[0]
    assert "minsu77" in found and "younghee" not in found and f"~{'0' * 20}" in found
    empty = shown(seo.post(where(number, "pseudonyms/"), {"pseudonyms": "him", "ids": "minsu77"}))
    assert "No pseudonym stands in it." in empty


def test_names_of_a_follow_up_are_released_by_another_approver(visitor: Visit) -> None:
    number = approved(current())
    talk = {"kind": "talk", "sender": "sender", "nick": "nick", "text": "text", "time": "at"}
    visitor("seo").post(where(number, "put/"), said(upload("chat.csv", MESSAGES.encode()), **talk))
    lee = visitor("lee")
    lee.post(where(number, "release/"), {"to": "@passphrase", "days": 7, **seen(number)})
    follow = ask.Propose(FollowUp(CONTENT, 1), targets=(Target("account", "minsu77"),))
    for who, step in (("seo", ask.Resolve()), ("seo", follow), ("lee", ask.Approve())):
        execute(current(), [Step(number, step, who, datetime.now(UTC))])
    page = shown(lee.get(where(number, "names/1/")))
    assert "minsu77" in page and "younghee" not in page
    assert lee.get(where(number, "names/2/")).status_code == 404
    out = shown(lee.post(where(number, "names/1/"), {"to": "@passphrase", "days": 7, "seq": 1}))
    phrase = out.split('<code class="secret">')[1].split("<")[0]
    names = [
        unpacked(pyrage.passphrase.decrypt(blob, phrase)) for blob in blobs(current()) if _opens(blob, phrase)
    ]
    assert (
        b"minsu77" in names[0]["files/pseudonyms.csv"] and b"younghee" not in names[0]["files/pseudonyms.csv"]
    )
    assert lee.get(where(number, "names/1/")).status_code == 404
    assert "Names of follow-up 1" in shown(lee.get(where(number)))


def _opens(blob: bytes, phrase: str) -> bool:
    try:
        pyrage.passphrase.decrypt(blob, phrase)
    except pyrage.DecryptError:
        return False
    return True


def test_a_configured_connector_brings_files_each_checked(
    visitor: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = approved(current())
    place = tmp_path / "handover" / number / "content"
    for target, name in (("2016-1-0", "mine.zip"), ("stranger", "theirs.zip")):
        (place / f"account={target}").mkdir(parents=True)
        (place / f"account={target}" / name).write_bytes(b"words")
        beside = place / f"account={target}" / f"{name}.scope.json"
        beside.write_text('{"first": "2016-01-01", "last": "2016-01-31"}')
    table = {"handover": {"connector": "folder", "path": str(tmp_path / "handover")}}
    desk = current()
    object.__setattr__(desk.home, "connectors", table)  # as sagwan.toml would say it
    seo = visitor("seo")
    assert "Files from a folder" in shown(seo.get(where(number)))
    page = shown(seo.post(where(number, "bring/"), {"connector": "handover"}))
    assert "mine.zip" in page and "theirs.zip" in page and "account stranger" in page
    (held,) = queries.check(desk, number).files
    assert (held.declared.name, held.source) == ("mine.zip", "folder")
    assert seo.post(where(number, "bring/"), {"connector": "nothing"}).status_code == 404


def test_the_request_page_leads_there_and_readers_only_read(visitor: Visit) -> None:
    number = approved(current())
    put(current(), number)
    assert f'href="{where(number)}"' in shown(visitor("seo").get(f"/request/{number}/"))
    page = shown(visitor("choi").get(where(number)))
    assert "talk.zip" in page and "Put files in" not in page and "Take out" not in page
    assert visitor("hong").get(where(number)).status_code == 403


def test_a_file_whose_bytes_were_changed_is_said_to_be_broken(visitor: Visit) -> None:
    number = approved(current())
    put(current(), number, opaque("chat.txt"))
    (pk,) = queries.check(current(), number).ids
    (blob,) = (current().home.path / "productions").glob("*.age")
    blob.write_bytes(blob.read_bytes()[:-1] + b"?")
    for step in (f"files/{pk}/", f"files/{pk}/file/"):
        page = shown(visitor("seo").get(where(number, step), follow=True))
        assert "cannot be decrypted" in page
    assert leftovers(current()) == []
    values = {"to": "@passphrase", "days": 7, **seen(number)}
    assert "cannot be decrypted" in shown(visitor("lee").post(where(number, "release/"), values))
    assert story(current(), number).progress.state.stages == 0 and leftovers(current()) == []
