"""The paper that must follow: kept and looked at first, then added once, and the request is judged anew."""

import html
from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile

import tests.support.django_ready  # noqa: F401
from sagwan.desk.casework.actions import Step, execute
from sagwan.desk.casework.models import Case
from sagwan.desk.casework.queries import story
from sagwan.desk.intake import models
from sagwan.desk.setup import current
from sagwan.desk.vault.models import Document
from sagwan.record import commands as ask
from tests.desk.casework.make import TODAY, emergency, lacking, receive
from tests.desk.intake import pdfs
from tests.desk.intake.test_paper import WARRANT
from tests.support.home import START, check
from tests.support.people import Visitor

Visit = Callable[..., Visitor]


def text_of(answer: object) -> str:
    return html.unescape(answer.content.decode())  # type: ignore[attr-defined]


def typed(number: str, **changes: object) -> dict[str, object]:
    """What the form holds at first, with changes."""
    ledger = story(current(), number).progress.state.ledger
    assert ledger is not None
    return {f"paper-{slug}": value for slug, value in ledger.paper.items()} | changes


def test_what_was_missing_is_added_once_and_judged_anew(visitor: Visit) -> None:
    number, yoon = receive(current(), lacking()), visitor("yoon")
    assert f"/request/{number}/paper/" in text_of(yoon.get(f"/request/{number}/"))
    before = story(current(), number).progress.state
    assert any(key.startswith("item-missing:place") for key in before.blocking)
    address = f"/request/{number}/paper/"
    scan = SimpleUploadedFile("w.pdf", pdfs.text_pdf(WARRANT))
    answer = typed(number, **{"paper-place": "서버", "paper-valid-until": "2016-12-31", "documents": [scan]})
    assert yoon.post(address, answer)["Location"] == f"{address}check/"
    assert story(current(), number).progress.seq == 1, "nothing is added by looking"
    page = text_of(yoon.get(f"{address}check/"))
    assert "서버" in page and "w.pdf" in page and "the document says 2016-12345" in page
    assert yoon.post(f"{address}check/", {"seq": 1})["Location"] == f"/request/{number}/"
    state = story(current(), number).progress.state
    assert state.ledger is not None and state.ledger.paper["place"] == "서버"
    assert not any(key.startswith("item-missing:place") for key in state.blocking)
    assert "document-says-otherwise" in state.findings
    assert Document.objects.filter(stream=f"request/{number}").count() == 1
    assert models.Draft.objects.count() == 0
    assert yoon.post(f"{address}check/", {"seq": 1})["Location"] == address, "a double click adds nothing"
    assert story(current(), number).progress.seq == 2
    assert check(current()) == []


def test_the_paper_that_must_follow_an_emergency_ends_its_clock(visitor: Visit) -> None:
    number, yoon = receive(current(), emergency(), at=TODAY), visitor("yoon")
    address = f"/request/{number}/paper/"
    law = current()
    from sagwan.desk.casework.taking_in_paper import law_of  # noqa: PLC0415

    _, instrument = law_of(law, story(law, number))
    assert instrument.emergency is not None
    follow = instrument.emergency.follow_up
    yoon.post(address, typed(number, **{f"paper-{follow}": "on"}))
    assert yoon.post(f"{address}check/", {"seq": 1}).status_code == 302
    ledger = story(law, number).progress.state.ledger
    assert ledger is not None and ledger.paper[follow] == "yes"
    assert "paper-must-follow" not in story(law, number).progress.state.findings


def test_a_page_from_before_adds_nothing_and_keeps_what_was_typed(visitor: Visit) -> None:
    number, yoon = receive(current(), lacking()), visitor("yoon")
    address = f"/request/{number}/paper/"
    yoon.post(address, typed(number, **{"paper-place": "우리 서버"}))
    execute(current(), [Step(number, ask.AddNote("Kim was here first"), "kim", START)])
    page = text_of(yoon.post(f"{address}check/", {"seq": 1}))
    assert "Kim was here first" in page and 'name="seq" value="2"' in page and "우리 서버" in page
    assert Case.objects.get(number=number).seq == 2
    assert yoon.post(f"{address}check/", {"seq": 2}).status_code == 302
    assert Case.objects.get(number=number).seq == 3


def test_nothing_new_is_said_and_what_was_begun_is_ones_own(visitor: Visit) -> None:
    number, yoon = receive(current(), lacking()), visitor("yoon")
    address = f"/request/{number}/paper/"
    assert "Nothing is new" in text_of(yoon.post(address, typed(number)))
    assert yoon.get(f"{address}check/")["Location"] == address
    yoon.post(address, typed(number, documents=[SimpleUploadedFile("a.txt", b"raven")]))
    assert "a.txt" in text_of(yoon.get(address))
    assert "a.txt" not in text_of(visitor("seo").get(address))
    digest = models.DraftFile.objects.get().digest
    yoon.post(address, typed(number, remove=digest))
    assert models.DraftFile.objects.count() == 0
    yoon.post(address, {"discard": "1"})
    assert models.Draft.objects.count() == 0
    assert visitor("yoon").get("/request/0000000000000000/paper/").status_code == 404


def test_files_go_with_a_message_to_the_official_and_come_with_one(visitor: Visit) -> None:
    number, yoon = receive(current(), lacking()), visitor("yoon")
    for seq, step in enumerate(("message", "message-in"), 1):
        files = [SimpleUploadedFile(f"{step}-{n}.txt", f"{step} {n}".encode()) for n in range(2)]
        answer = {"seq": seq, "text": f"See the files ({step}).", "documents": files}
        assert yoon.post(f"/request/{number}/{step}/", answer).status_code == 302
    page = text_of(yoon.get(f"/request/{number}/"))
    assert "message-1.txt" in page and "message-in-0.txt" in page
    assert Document.objects.filter(stream=f"request/{number}").count() == 4
    big = SimpleUploadedFile("big.bin", bytes(20_000_001))
    page = text_of(yoon.post(f"/request/{number}/message/", {"seq": 3, "text": "Long", "documents": [big]}))
    assert "20,000,000" in page and "Long" in page
