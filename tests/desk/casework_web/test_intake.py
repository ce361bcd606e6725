"""Staff take a request in: documents fill the form, answers are checked, it is taken in once."""

import html
import re
import secrets
from collections.abc import Callable
from email.message import EmailMessage

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

import tests.support.django_ready  # noqa: F401
from sagwan.desk.casework.models import Case
from sagwan.desk.casework.queries import story
from sagwan.desk.intake import models
from sagwan.desk.journal.models import Event
from sagwan.desk.people.models import SeenDomain
from sagwan.desk.setup import Desk, current
from sagwan.desk.vault.models import Document
from sagwan.formats.receipt import decode_receipt
from sagwan.record.request import Target
from sagwan.record.vocabulary import Sender
from sagwan.tlog import KeyType, SigningKey
from tests.desk.intake import pdfs
from tests.desk.intake.test_paper import WARRANT as WARRANT_TEXT
from tests.support.home import check
from tests.support.people import Visitor

WARRANT = "search-and-seizure-warrant"
START = {"channel": "post", "service": "kakao", "instrument": WARRANT}
ANSWERS = {
    "authority": "seoul-gasang",
    "authority_name": "",
    "officials": "가상 박형사\n가상 이경위\n가상 박형사",
    "address": "",
    "phone": "02-1111-2222",
    "case_number": "2026-수사-7",
    "data": ["content"],
    "targets": "account:raven-001\r\naccount:raven-002\r\naccount:raven-001",
    "paper-issuer": "judicial-police",
    "paper-approver": "judge",
    "paper-presented": "on",
    "paper-suspect-named": "on",
    "paper-offence": "사기",
    "paper-items-to-seize": "대화 내용",
    "paper-place": "서버",
    "paper-issued-on": "2026-11-01",
    "paper-valid-until": "2030-12-31",
    "paper-creation-period": "2026-01-01/2026-01-31",
    "text": "서둘러 주십시오.",
}
Visit = Callable[..., Visitor]


@pytest.fixture(autouse=True)
def receipts_key(staffed: Desk) -> None:
    from sagwan.desk.vault.master import write_secret  # noqa: PLC0415

    key = SigningKey(f"{staffed.home.origin}/receipts", KeyType.ED25519, secrets.token_bytes(32))
    write_secret(staffed.home.keys / "receipts.key", key.private_text())


def begin(person: Visitor, *files: tuple[str, bytes], **changes: object) -> str:
    """The address of a new draft with these files."""
    uploads = [SimpleUploadedFile(name, data) for name, data in files]
    answer = person.post("/intake/", START | {"documents": uploads} | changes)
    assert answer.status_code == 302, text_of(answer)
    return answer["Location"]


def taken_in(person: Visitor, *files: tuple[str, bytes], **changes: object) -> str:
    """Take a whole request in; its number."""
    draft = begin(person, *files)
    answer = person.post(draft, ANSWERS | changes)
    assert answer.status_code == 302, text_of(answer)
    return person.post(f"{draft}check/")["Location"].split("/")[2]


def text_of(answer: object) -> str:
    return html.unescape(answer.content.decode())  # type: ignore[attr-defined]


def value_of(page: str, name: str) -> str:
    found = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', page)
    return found[1] if found else ""


def mail(document: bytes = b"", sender: str = "desk@seoul-gasang.example.kr", **headers: str) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = f"Desk <{sender}>", "legal@kakao.example", "협조 요청"
    made["Date"] = "Tue, 24 Nov 2026 09:58:00 +0900"
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content("영장을 보냅니다.")
    if document:
        made.add_attachment(document, maintype="application", subtype="pdf", filename="warrant.pdf")
    return bytes(made)


def test_a_letter_is_taken_in_as_it_was_typed_and_its_receipt_is_there(visitor: Visit) -> None:
    yoon = visitor("yoon")
    draft = begin(yoon)
    answer = yoon.post(draft, ANSWERS)
    assert answer["Location"] == f"{draft}check/"
    page = text_of(yoon.get(f"{draft}check/"))
    assert "2026-수사-7" in page and "raven-002" in page
    assert "Line 3 names the target of line 1 again." in page
    assert "by post" not in page and "post" in page and "The official is not on record here." in page

    moved = yoon.post(f"{draft}check/")
    number = moved["Location"].split("/")[2]
    assert moved["Location"] == f"/request/{number}/receipt/0/"
    told = story(current(), number)
    first = told.received
    assert (first.channel, first.accounts, first.sender) == ("post", 2, Sender.UNCONFIRMED)
    assert first.ledger is not None and first.matter is not None
    assert first.ledger.authority == "가상서울경찰서"
    assert first.ledger.officials == ("가상 박형사", "가상 이경위")
    assert first.ledger.paper["presented"] == "yes" and "cited-law" not in first.ledger.paper
    assert first.matter.targets == (Target("account", "raven-001"), Target("account", "raven-002"))
    assert "official-unknown" in first.findings
    assert told.events[0][0].actor == "yoon"

    page = text_of(yoon.get(moved["Location"]))
    assert number in page and "2026-수사-7" in page and "public log by" in page
    file = yoon.get(f"/request/{number}/receipt/0/file/")
    receipt = decode_receipt(file.content)
    assert receipt.summary["request"] == number and f"{number}.receipt" in file["Content-Disposition"]
    assert yoon.get(f"/request/{number}/receipt/1/").status_code == 404
    assert yoon.get(f"/request/{number}/receipt/1/file/").status_code == 404
    assert Event.objects.filter(stream="access/yoon", type="ReceiptMade").count() >= 2
    assert check(current()) == []


def test_a_double_click_takes_one_in_and_nothing_of_the_draft_is_kept(visitor: Visit) -> None:
    yoon, before = visitor("yoon"), Case.objects.count()
    draft = begin(yoon, ("a.txt", b"a"))
    yoon.post(draft, ANSWERS)
    first, second = yoon.post(f"{draft}check/"), yoon.post(f"{draft}check/")
    assert first["Location"] == second["Location"]
    assert yoon.get(draft)["Location"] == f"/request/{first['Location'].split('/')[2]}/"
    assert Case.objects.count() == before + 1
    row = models.Draft.objects.get()
    assert bytes(row.sealed) == b"" and models.DraftFile.objects.count() == 0


def test_a_draft_is_its_writers_alone_and_lies_encrypted(visitor: Visit) -> None:
    draft = begin(visitor("yoon"), ("a.txt", b"raven-file"))
    seo = visitor("seo")
    for address in (draft, f"{draft}check/"):
        assert seo.get(address).status_code == 404
    assert seo.post(f"{draft}discard/").status_code == 404
    assert b"raven" not in bytes(models.DraftFile.objects.get().sealed)
    yoon = visitor("yoon")
    assert draft in text_of(yoon.get("/intake/"))
    assert yoon.post(f"{draft}discard/")["Location"] == "/intake/"
    assert models.Draft.objects.count() == 0


def test_a_document_names_the_process_and_fills_the_form(visitor: Visit) -> None:
    yoon = visitor("yoon")
    draft = begin(yoon, ("w.pdf", pdfs.text_pdf(WARRANT_TEXT)), instrument="named")
    page = text_of(yoon.get(draft))
    assert "read from a document" in page
    assert value_of(page, "case_number") == "2016-12345"
    assert value_of(page, "paper-issued-on") == "2016-03-02"
    assert yoon.post("/intake/", START | {"instrument": "named"}).status_code == 200
    scan = SimpleUploadedFile("scan.pdf", pdfs.text_pdf(""))
    page = text_of(yoon.post("/intake/", START | {"instrument": "named", "documents": [scan]}))
    assert "no document names a legal process" in page
    assert models.Draft.objects.count() == 1, "a draft that could not begin is not left behind"


def test_what_paper_and_form_say_otherwise_is_shown_before_and_kept(visitor: Visit) -> None:
    yoon = visitor("yoon")
    draft = begin(yoon, ("w.pdf", pdfs.text_pdf(WARRANT_TEXT)))
    yoon.post(draft, ANSWERS)
    page = text_of(yoon.get(f"{draft}check/"))
    assert "the document says 2016-12345" in page and "the form says 2026-수사-7" in page
    number = yoon.post(f"{draft}check/")["Location"].split("/")[2]
    assert "document-says-otherwise" in story(current(), number).received.findings


def test_a_mail_is_kept_whole_with_its_attachments_and_its_headers_are_checked(visitor: Visit) -> None:
    yoon = visitor("yoon")
    raw = mail(pdfs.text_pdf(WARRANT_TEXT), Reply_To="other@elsewhere.example")
    draft = begin(yoon, ("request.eml", raw), channel="mail")
    page = text_of(yoon.get(draft))
    assert value_of(page, "address") == "desk@seoul-gasang.example.kr"
    assert re.search(r'<option value="seoul-gasang" selected>', page)
    assert "request.eml" in page and "warrant.pdf" in page
    yoon.post(draft, ANSWERS | {"address": "desk@seoul-gasang.example.kr"})
    page = text_of(yoon.get(f"{draft}check/"))
    assert "Replies would go to other@elsewhere.example" in page
    number = yoon.post(f"{draft}check/")["Location"].split("/")[2]
    first = story(current(), number).received
    assert {"reply-elsewhere", "mail-not-checked"} <= set(first.findings)
    assert "reply-elsewhere" in first.blocking
    assert first.matter is not None
    assert [one.name for one in first.matter.documents] == ["request.eml", "warrant.pdf"]
    assert Document.objects.filter(stream=f"request/{number}").count() == 2
    assert SeenDomain.objects.count() == 1, "where mail came from is remembered, as the portal's is not asked"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("broken.pdf", b"%PDF-1.7 nothing", "cannot be read"),
        ("locked.pdf", pdfs.encrypted(pdfs.text_pdf("secret"), user="x"), "password"),
    ],
)
def test_a_bad_document_is_told_with_its_reason_and_kept(
    name: str, data: bytes, said: str, visitor: Visit
) -> None:
    yoon = visitor("yoon")
    draft = begin(yoon, (name, data))
    yoon.post(draft, ANSWERS)
    page = text_of(yoon.get(f"{draft}check/"))
    assert name in page and said in page and "kept as evidence" in page
    number = yoon.post(f"{draft}check/")["Location"].split("/")[2]
    assert "document-unreadable" in story(current(), number).received.findings
    assert Document.objects.filter(stream=f"request/{number}").count() == 1


def test_a_file_that_cannot_be_kept_is_refused_and_what_was_typed_stays(visitor: Visit) -> None:
    yoon = visitor("yoon")
    draft = begin(yoon)
    big = SimpleUploadedFile("big.pdf", b"%PDF-1.7" + bytes(20_000_000))
    page = text_of(yoon.post(draft, ANSWERS | {"documents": [big]}))
    assert "20,000,000" in page and "2026-수사-7" in page


def test_wrong_targets_are_told_line_by_line(visitor: Visit) -> None:
    yoon = visitor("yoon")
    draft = begin(yoon)
    listed = "account:raven-001\nwhat is this\nip:999.1.1.1"
    page = text_of(yoon.post(draft, ANSWERS | {"targets": listed}))
    assert "Line 2:" in page and "Line 3:" in page and listed in page.replace("\r\n", "\n")


def test_files_are_read_again_without_sending_anything(visitor: Visit) -> None:
    yoon = visitor("yoon")
    draft = begin(yoon)
    paper = SimpleUploadedFile("w.pdf", pdfs.text_pdf(WARRANT_TEXT))
    typed = {"case_number": "mine", "read": "1", "documents": [paper]}
    page = text_of(yoon.post(draft, typed))
    assert value_of(page, "case_number") == "mine", "what was typed stays"
    assert value_of(page, "paper-issued-on") == "2016-03-02"
    assert "w.pdf" in page and "Read from the documents, to be checked" in page


def test_an_earlier_request_and_the_same_file_are_pointed_out(visitor: Visit) -> None:
    yoon = visitor("yoon")
    first = taken_in(yoon, ("a.txt", b"the letter"))
    draft = begin(yoon, ("b.txt", b"the letter"))
    yoon.post(draft, ANSWERS)
    page = text_of(yoon.get(f"{draft}check/"))
    assert "It may be here already" in page and f"/request/{first}/" in page
    other = begin(yoon, ("b.txt", b"the letter"))
    yoon.post(other, ANSWERS | {"case_number": "2026-other"})
    page = text_of(yoon.get(f"{other}check/"))
    assert "The very same file came with:" in page and f"/request/{first}/" in page
    told = Event.objects.filter(stream="access/yoon", type="Searched").last()
    assert told is not None and "2026-수사" not in told.public


def test_who_asks_must_be_said_and_may_be_on_no_record(visitor: Visit) -> None:
    yoon = visitor("yoon")
    draft = begin(yoon)
    nobody = ANSWERS | {"authority": "", "authority_name": ""}
    assert "Say who asks" in text_of(yoon.post(draft, nobody))
    yoon.post(draft, nobody | {"authority_name": "가상부산경찰서"})
    number = yoon.post(f"{draft}check/")["Location"].split("/")[2]
    first = story(current(), number).received
    assert first.ledger is not None and first.ledger.authority == "가상부산경찰서"
    assert "authority-unknown" in first.findings and first.sender is Sender.UNCONFIRMED


def test_an_emergency_says_what_it_changes(visitor: Visit) -> None:
    yoon = visitor("yoon")
    draft = begin(yoon, instrument="communication-confirmation", emergency="on")
    assert "This must follow" in text_of(yoon.get(draft))
    refused = yoon.post("/intake/", START | {"instrument": WARRANT, "emergency": "on"})
    assert "no emergency form" in text_of(refused)
