"""What an official does with an answer: receipts and proofs, documents, names asked for, a longer hold."""

import hashlib
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import tests.support.django_ready  # noqa: F401
from sagwan.desk.casework.actions import Step, execute
from sagwan.desk.casework.queries import story, thread
from sagwan.desk.setup import Desk
from sagwan.desk.vault.productions import queries as productions
from sagwan.formats.opening import commitment
from sagwan.formats.receipt import decode_receipt
from sagwan.record import commands as ask
from sagwan.record.request import Document
from sagwan.record.vocabulary import Sender
from sagwan.tlog import NO_QUORUM, Policy, PolicyLog, parse_proof, verify_proof
from tests.desk.casework.make import PRESERVATION_PAPER
from tests.desk.intake import pdfs
from tests.desk.portal.test_answers import handed_over, paper
from tests.desk.vault.make import CHAT, opaque, put, release
from tests.support.home import filing, log_key, sealer
from tests.support.people import Visitor

Official = Callable[..., Visitor]
ORDER = "order.pdf"


def filed(desk: Desk, **changes: object) -> str:
    values = {"channel": "portal", "paper": paper(), **changes}
    command = ask.Receive(filing(**values), "", sender=Sender.CONFIRMED)
    return execute(desk, [Step("", command, "park-official", datetime.now(UTC))])[0].request


def text_of(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def test_a_receipt_can_be_read_and_is_proven_once_it_is_sealed(desk: Desk, official: Official) -> None:
    number = filed(desk)
    person, where = official(), f"/portal/requests/{number}/receipts/0/"
    page = text_of(person.get(where))
    assert "가상서울경찰서" in page and "2016-1" in page and "log&#39;s proof</a>" not in page
    assert person.get(f"{where}proof/").status_code == 404
    sealer(desk).run(datetime.now(UTC))
    assert f'href="{where}proof/"' in text_of(person.get(where))
    line = decode_receipt(person.get(f"{where}file/").content).line
    proof = parse_proof(person.get(f"{where}proof/").content)
    policy = Policy(logs=(PolicyLog(log_key(desk).verifier),), quorum=NO_QUORUM)
    assert verify_proof(proof, commitment(line), policy).checkpoint.size > proof.index
    assert proof.index == story(desk, number).indexes[0]
    for other in ("", "file/", "proof/"):
        assert official("oh-official").get(where + other).status_code == 404
    assert person.get(f"/portal/requests/{number}/receipts/7/").status_code == 404


def test_letters_and_own_papers_are_opened_and_nothing_internal(desk: Desk, official: Official) -> None:
    number = filed(desk)
    letter = pdfs.text_pdf("The answer")
    named = Document("answer.pdf", hashlib.sha256(letter).hexdigest(), len(letter))
    steps = ask.SendMessage("Our answer.", (named,))
    execute(desk, [Step(number, steps, "seo", datetime.now(UTC), (letter,))])
    person = official()
    page = text_of(person.get(f"/portal/requests/{number}/"))
    where = f"/portal/requests/{number}/documents/{named.digest}/"
    assert f'href="{where}"' in page
    answer = person.get(where)
    assert answer.content == letter and answer["Content-Disposition"] == 'attachment; filename="answer.pdf"'
    assert answer["Content-Type"] == "application/octet-stream"
    assert official("oh-official").get(where).status_code == 404
    assert official("han-official").get(where).status_code == 200


def test_the_manifest_and_staged_files_are_no_documents_of_the_officials(
    desk: Desk, official: Official
) -> None:
    number, _ = handed_over(desk)
    (out,) = productions.released(desk, number, datetime.now(UTC))
    assert official().get(f"/portal/requests/{number}/documents/{out.manifest}/").status_code == 404


def blinded(desk: Desk) -> tuple[str, str]:
    """(number, a pseudonym) of a request under which a conversation was handed over."""
    number, _ = handed_over(desk)
    chat = "sender,nick,at,text\nminsu77,민수,2016-01-02T10:00:00+09:00,안녕\n"
    put(desk, number, opaque("chat.csv", columns=CHAT), chat.encode(), by="seo")
    from sagwan.desk.vault.productions import looking  # noqa: PLC0415

    ((pk, _),) = productions.staged(desk, number)
    pseudonym = b"".join(looking.contents(desk, number, pk)).decode().splitlines()[1].split(",")[0]
    release(desk, number, at=datetime.now(UTC))
    return number, pseudonym


def test_names_behind_pseudonyms_are_asked_for_with_a_document(desk: Desk, official: Official) -> None:
    number, pseudonym = blinded(desk)
    person, where = official(), f"/portal/requests/{number}/ask/names/"
    assert f'href="{where}"' in text_of(person.get(f"/portal/requests/{number}/"))
    empty = text_of(person.post(where, {"pseudonyms": "that one", "documents": _upload()}))
    assert "No pseudonym stands in it." in empty
    assert "This field is required" in text_of(person.post(where, {"pseudonyms": pseudonym}))
    for _ in range(2):  # twice sent is once said
        values = {"pseudonyms": f"{pseudonym}, {pseudonym}", "documents": _upload()}
        assert person.post(where, values).status_code == 302
    said = [one for one in thread(story(desk, number)) if one.incoming]
    assert len(said) == 1 and said[0].text is not None and said[0].text.count(pseudonym) == 1
    assert [one.name for one in said[0].documents] == [ORDER]
    assert story(desk, number).progress.state.unread


def _upload() -> object:
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    return SimpleUploadedFile(ORDER, pdfs.text_pdf("The further warrant"))


def test_names_are_not_asked_for_where_nobody_was_blinded(desk: Desk, official: Official) -> None:
    number, _ = handed_over(desk)
    assert official().get(f"/portal/requests/{number}/ask/names/").status_code == 404
    assert "ask/names" not in text_of(official().get(f"/portal/requests/{number}/"))


def test_a_longer_preservation_is_asked_for_while_it_stands(desk: Desk, official: Official) -> None:
    number = preserved(desk)
    person, where = official(), f"/portal/requests/{number}/ask/longer/"
    page = text_of(person.get(f"/portal/requests/{number}/"))
    assert "preserved" in page and f'href="{where}"' in page
    assert "at most" in text_of(person.get(where))
    assert person.post(where, {"text": "수사가 길어집니다"}).status_code == 302
    (said,) = [one for one in thread(story(desk, number)) if one.incoming]
    assert said.text is not None and "preserve the data until" in said.text and "길어집니다" in said.text
    hold = story(desk, number).progress.state.hold
    assert hold is not None and not hold.extended
    longest = hold.until + timedelta(days=30)
    execute(desk, [Step(number, ask.ExtendHold(longest), "seo", datetime.now(UTC))])
    assert person.get(where).status_code == 404


def preserved(desk: Desk) -> str:
    """A request under which data is preserved for 60 days from today."""
    number = filed(desk, instrument="preservation-request", paper=PRESERVATION_PAPER)
    today = datetime.now(UTC).astimezone(desk.home.zone).date()
    place = ask.PlaceHold("everything of the account", today, today + timedelta(days=59))
    execute(desk, [Step(number, ask.StartReview(), "seo", datetime.now(UTC))])
    execute(desk, [Step(number, place, "seo", datetime.now(UTC))])
    return number


def test_an_ended_preservation_is_said_to_be_over(desk: Desk, official: Official) -> None:
    number = preserved(desk)
    from sagwan.record.vocabulary import Release  # noqa: PLC0415

    execute(desk, [Step(number, ask.ReleaseHold(Release.SERVED), "seo", datetime.now(UTC))])
    page = text_of(official().get(f"/portal/requests/{number}/"))
    assert "preserved no more" in page and "ask/longer" not in page
    assert isinstance(story(desk, number).progress.state.hold.until, date)


def test_a_signed_pdf_is_filed_checked_and_read_back(desk: Desk, official: Official) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    from tests.desk.portal.test_portal import ANSWERS, begin  # noqa: PLC0415

    data = pdfs.signed(pdfs.text_pdf("Warrant 2026-Susa-1"), pdfs.root().signer("A judge"))
    person = official()
    draft = begin(person)
    warrant = SimpleUploadedFile("warrant.pdf", data, content_type="application/pdf")
    assert person.post(draft, ANSWERS | {"documents": [warrant]})["Location"] == f"{draft}check/"
    number = person.post(f"{draft}check/")["Location"].split("/")[-2]
    first = story(desk, number).received
    assert {"signer-unknown", "signer-not-trusted"} & set(first.findings), first.findings
    page = text_of(person.get(f"/portal/requests/{number}/"))
    digest = hashlib.sha256(data).hexdigest()
    assert f'href="/portal/requests/{number}/documents/{digest}/"' in page
    assert person.get(f"/portal/requests/{number}/documents/{digest}/").content == data
