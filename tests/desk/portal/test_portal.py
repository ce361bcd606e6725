"""An official's whole way in the portal: file, receipt, status, thread, taking back."""

import html
import re
from collections.abc import Callable
from datetime import UTC, datetime

from django.core.files.uploadedfile import SimpleUploadedFile

import tests.support.django_ready  # noqa: F401
from sagwan.desk.casework.actions import Step, execute
from sagwan.desk.casework.models import Case
from sagwan.desk.casework.queries import story
from sagwan.desk.intake import models
from sagwan.desk.journal.models import Event
from sagwan.desk.setup import Desk
from sagwan.desk.vault.models import Document
from sagwan.formats.receipt import decode_receipt
from sagwan.record import commands as ask
from sagwan.record.events import Decision
from sagwan.record.request import Target
from sagwan.record.vocabulary import Outcome, Sender
from tests.support.home import check
from tests.support.people import Visitor

WARRANT = "search-and-seizure-warrant"
ANSWERS = {
    "case_number": "2026-수사-1",
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
Official = Callable[..., Visitor]


def begin(person: Visitor, **changes: object) -> str:
    """Choose a process; the address of the draft."""
    answer = person.post("/portal/new/", {"service": "kakao", "instrument": WARRANT} | changes)
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def filed(person: Visitor, **changes: object) -> str:
    """File a whole request; its number."""
    draft = begin(person)
    assert person.post(draft, ANSWERS | changes)["Location"] == f"{draft}check/"
    return person.post(f"{draft}check/")["Location"].split("/")[-2]


def test_a_request_is_filed_as_it_was_typed_and_its_receipt_is_there_at_once(
    desk: Desk, official: Official
) -> None:
    person = official()
    draft = begin(person)
    paper = SimpleUploadedFile("warrant.txt", "압수수색영장".encode())
    assert person.post(draft, ANSWERS | {"documents": [paper]})["Location"] == f"{draft}check/"
    checked = person.get(f"{draft}check/").content.decode()
    assert "2026-수사-1" in checked and "raven-002" in checked and "warrant.txt" in checked
    number = person.post(f"{draft}check/")["Location"].split("/")[-2]

    told = story(desk, number)
    first = told.received
    assert (first.channel, first.accounts, first.sender) == ("portal", 2, Sender.UNCONFIRMED)
    assert first.ledger is not None and first.matter is not None
    assert first.ledger.authority == "가상서울경찰서"
    assert first.ledger.officials == ("가상 박형사",)
    assert first.ledger.paper["presented"] == "yes"
    assert first.ledger.paper["creation-period"] == "2026-01-01/2026-01-31"
    assert first.matter.targets == (Target("account", "raven-001"), Target("account", "raven-002"))
    assert first.matter.text == "서둘러 주십시오."
    assert [document.name for document in first.matter.documents] == ["warrant.txt"]
    assert Document.objects.filter(stream=f"request/{number}").count() == 1
    assert "official-not-confirmed" in first.findings

    page = person.get(f"/portal/requests/{number}/").content.decode()
    assert "under review" in page and "official-not-confirmed" not in page
    answer = person.get(f"/portal/requests/{number}/receipts/0/file/")
    receipt = decode_receipt(answer.content)
    assert receipt.summary["request"] == number
    assert {item.item.name for item in receipt.items} == {"authority", "case-number", "official"}
    assert f"{number}.receipt" in answer["Content-Disposition"]
    assert person.get(f"/portal/requests/{number}/receipts/0/file/").content == answer.content
    assert person.get(f"/portal/requests/{number}/receipts/1/file/").status_code == 404
    assert check(desk) == []


def test_a_double_click_files_one_request_and_nothing_of_the_draft_is_kept(
    desk: Desk, official: Official
) -> None:
    person, before = official(), Case.objects.count()
    draft = begin(person)
    person.post(draft, ANSWERS | {"documents": [SimpleUploadedFile("a.txt", b"a")]})
    first, second = person.post(f"{draft}check/"), person.post(f"{draft}check/")
    assert first["Location"] == second["Location"]
    assert person.get(draft)["Location"] == first["Location"]
    assert Case.objects.count() == before + 1
    row = models.Draft.objects.get()
    assert bytes(row.sealed) == b"" and models.DraftFile.objects.count() == 0


def test_a_draft_lies_encrypted_and_is_its_writers_alone(desk: Desk, official: Official) -> None:
    draft = begin(official())
    official().post(draft, ANSWERS | {"documents": [SimpleUploadedFile("a.txt", b"raven-file")]})
    row = models.Draft.objects.get()
    assert b"raven" not in bytes(row.sealed) and b"raven" not in bytes(row.files.get().sealed)
    for name in ("han-official", "oh-official"):
        other = official(name)
        assert other.get(draft).status_code == 404
        assert other.post(f"{draft}check/").status_code == 404
        assert other.post(f"{draft}discard/").status_code == 404
    assert official().post(f"{draft}discard/")["Location"] == "/portal/"
    assert models.Draft.objects.count() == 0


def test_faults_of_targets_are_told_by_line_and_what_was_typed_stays(desk: Desk, official: Official) -> None:
    person = official()
    draft = begin(person)
    page = person.post(draft, ANSWERS | {"targets": "account:raven-001\nip-address:999.1.1.1\n"})
    text = page.content.decode()
    assert page.status_code == 200
    assert "Line 2:" in text and "999.1.1.1" in text and "서둘러" in text
    good = person.post(draft, ANSWERS | {"targets_file": SimpleUploadedFile("t.txt", b"account:crow-9\n")})
    assert good["Location"] == f"{draft}check/"
    assert "crow-9" in person.get(draft).content.decode()
    assert "crow-9" in person.get(f"{draft}check/").content.decode()


def test_the_form_asks_for_what_the_law_of_the_process_wants_and_nothing_else(
    desk: Desk, official: Official
) -> None:
    person = official()
    from sagwan.desk.portal.check import law_for, sender_of  # noqa: PLC0415

    law = law_for(desk, sender_of("park-official")[1], datetime.now(UTC))
    for instrument in law.instruments:
        for emergency in (False, True) if instrument.emergency else (False,):
            chosen = {"instrument": instrument.slug} | ({"emergency": "on"} if emergency else {})
            page = person.get(begin(person, **chosen)).content.decode()
            asked = set(re.findall(r'name="paper-([a-z0-9-]+)"', page))
            wanted = {one.slug for one in instrument.items if instrument.applies(one.when, emergency)}
            assert asked == wanted, instrument.slug
            models.Draft.objects.all().delete()


def test_an_emergency_says_what_must_follow(desk: Desk, official: Official) -> None:
    from sagwan.desk.portal.check import law_for, sender_of  # noqa: PLC0415

    law = law_for(desk, sender_of("park-official")[1], datetime.now(UTC))
    with_it = next(one for one in law.instruments if one.emergency)
    without = next(one for one in law.instruments if one.emergency is None)
    person = official()
    page = person.get(begin(person, instrument=with_it.slug, emergency="on")).content.decode()
    follows = with_it.item(with_it.emergency.follow_up)
    assert with_it.emergency.label.en in html.unescape(page)
    assert follows.label.en in html.unescape(page)
    answer = person.post("/portal/new/", {"service": "kakao", "instrument": without.slug, "emergency": "on"})
    assert answer.status_code == 200 and "no emergency form" in answer.content.decode()


def test_what_is_missing_on_the_document_is_said_before_sending(desk: Desk, official: Official) -> None:
    person = official()
    draft = begin(person)
    person.post(draft, ANSWERS | {"paper-valid-until": ""})
    assert "Missing from the document" in person.get(f"{draft}check/").content.decode()


def test_another_authoritys_request_is_as_if_there_were_none(desk: Desk, official: Official) -> None:
    number = filed(official())
    staffs = Case.objects.exclude(number=number).values_list("number", flat=True)[0]
    stranger, colleague = official("oh-official"), official("han-official")
    for tail in ("", "receipts/0/", "write/", "paper/", "withdraw/"):
        unknown = stranger.get(f"/portal/requests/{'0' * 16}/{tail}")
        answer = stranger.get(f"/portal/requests/{number}/{tail}")
        assert answer.status_code == unknown.status_code == 404
        assert stranger.get(f"/portal/requests/{staffs}/{tail}").status_code == 404
        assert colleague.get(f"/portal/requests/{number}/{tail}").status_code == 200
    assert number not in stranger.get("/portal/").content.decode()
    assert number in colleague.get("/portal/").content.decode()


def test_the_status_tells_nothing_of_how_the_desk_works(desk: Desk, official: Official) -> None:
    person = official()
    number = filed(person)
    page = lambda: person.get(f"/portal/requests/{number}/").content.decode()  # noqa: E731

    def step(command: ask.Command, who: str) -> None:
        execute(desk, [Step(number, command, who, datetime.now(UTC))])

    step(ask.StartReview(), "seo")
    step(ask.AddNote("inner note"), "seo")
    refusal = Decision(Outcome.REFUSED, "no-warrant", (), 0)
    reason = _refusal_reason(desk)
    step(ask.Propose(Decision(refusal.outcome, reason, (), 0), note="inner proposal"), "seo")
    assert "under review" in page() and "inner" not in page() and "seo" not in page()
    step(ask.SendBack("inner objection"), "lee")
    step(ask.SuspectForgery("inner suspicion"), "seo")
    assert "under review" in page() and "inner" not in page() and "forgery" not in page()
    step(ask.ClearSuspicion("fine"), "lee")
    step(ask.AskClarification("Which period is meant?"), "seo")
    assert "we asked you something" in page() and "Which period is meant?" in page()


def _refusal_reason(desk: Desk) -> str:
    from sagwan.desk.casework.packs import Packs  # noqa: PLC0415

    pack = Packs(desk.home).current("KR")
    return pack.reasons_for(WARRANT, Outcome.REFUSED, datetime.now(UTC).date())[0].slug


def test_a_question_is_answered_once_with_a_document(desk: Desk, official: Official) -> None:
    person = official()
    number = filed(person)
    for command in (ask.StartReview(), ask.AskClarification("Which period?")):
        execute(desk, [Step(number, command, "seo", datetime.now(UTC))])
    for _ in range(2):
        sent = {"text": "January", "documents": [SimpleUploadedFile("b.txt", b"b")]}
        assert person.post(f"/portal/requests/{number}/write/", sent).status_code == 302
    kinds = [type(event).__name__ for _, event in story(desk, number).events]
    assert kinds.count("ClarificationAnswered") == kinds.count("MessageReceived") == 1
    for text in ("One more thing", "One more thing", "And another"):
        person.post(f"/portal/requests/{number}/write/", {"text": text})
    kinds = [type(event).__name__ for _, event in story(desk, number).events]
    assert kinds.count("MessageReceived") == 3
    page = person.get(f"/portal/requests/{number}/").content.decode()
    assert page.index("Which period?") < page.index("January") < page.index("And another")


def test_a_request_is_taken_back_for_a_reason_of_the_law_and_gets_a_second_receipt(
    desk: Desk, official: Official
) -> None:
    person = official()
    number = filed(person)
    where = f"/portal/requests/{number}/withdraw/"
    assert person.post(where, {"reason": "boredom"}).status_code == 200
    assert person.post(where, {"reason": "withdrawn-by-authority"}).status_code == 302
    assert Case.objects.get(number=number).stage == "withdrawn"
    assert "taken back" in person.get(f"/portal/requests/{number}/").content.decode()
    assert person.get(f"/portal/requests/{number}/receipts/1/file/").status_code == 200
    again = person.post(where, {"reason": "withdrawn-by-authority"})
    assert again.status_code == 200 and "not possible any more" in again.content.decode()


def test_an_authority_that_was_never_vetted_cannot_file(staffed: Desk, official: Official) -> None:
    from sagwan.desk.people.models import Authority  # noqa: PLC0415

    person = official()
    draft = begin(person)
    person.post(draft, ANSWERS)
    Authority.objects.filter(slug="seoul-gasang").update(vetted_at=None, vetted_until=None)
    assert "You cannot file yet" in person.get("/portal/").content.decode()
    assert person.get("/portal/new/").status_code == 403
    before = Case.objects.count()
    assert person.post(f"{draft}check/")["Location"] == draft
    assert Case.objects.count() == before


def test_each_look_at_a_request_is_an_event(desk: Desk, official: Official) -> None:
    number = filed(official())
    official("han-official").get(f"/portal/requests/{number}/")
    views = Event.objects.filter(stream="access/han-official")
    assert [(event.type, number in event.public) for event in views] == [("Viewed", True)]


def test_no_query_count_grows_with_the_requests(desk: Desk, official: Official) -> None:
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    person = official()
    counts = []
    for _ in range(2):
        filed(person)
        person.get("/portal/")
        with CaptureQueriesContext(connection) as captured:
            assert person.get("/portal/").status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_draft_that_lay_too_long_goes(desk: Desk, official: Official) -> None:
    person = official()
    draft = begin(person)
    models.Draft.objects.update(changed_at=datetime(2026, 1, 1, tzinfo=UTC))
    begin(person)
    assert person.get(draft).status_code == 404


def test_the_article_of_the_day_stands_in_the_form_and_is_right(desk: Desk, official: Official) -> None:
    person = official()
    for chosen in (WARRANT, "communication-confirmation", "subscriber-information"):
        draft = begin(person, instrument=chosen)
        page = person.get(draft).content.decode()
        found = re.search(r'name="paper-cited-law" value="([^"]+)"', page)
        if found is None:
            continue  # the law of this process does not want it quoted
        typed = {name: ANSWERS[name] for name in ("case_number", "targets")}
        data = re.findall(r'name="data" value="([a-z]+)"', page)[:1]
        assert (
            person.post(draft, typed | {"paper-cited-law": html.unescape(found[1]), "data": data}).status_code
            == 302
        )
        checked = person.get(f"{draft}check/").content.decode()
        assert "What stands out" in checked and "The document quotes" not in checked


def test_better_paper_comes_later_and_what_stood_against_an_answer_is_judged_anew(
    desk: Desk, official: Official
) -> None:
    person = official()
    number = filed(person, **{"paper-valid-until": ""})
    assert "item-missing:valid-until" in story(desk, number).progress.state.blocking
    where = f"/portal/requests/{number}/paper/"
    assert "Nothing is new" in person.post(where, {"paper-offence": "사기"}).content.decode()
    later = {"paper-valid-until": "2030-12-31", "documents": [SimpleUploadedFile("b.txt", b"better")]}
    assert person.post(where, later).status_code == 302
    told = story(desk, number)
    assert "item-missing:valid-until" not in told.progress.state.blocking
    assert told.progress.state.ledger is not None
    assert told.progress.state.ledger.paper["valid-until"] == "2030-12-31"
    assert told.progress.state.ledger.paper["offence"] == "사기"
    assert Document.objects.filter(stream=f"request/{number}").count() == 1
    person.post(f"/portal/requests/{number}/withdraw/", {"reason": "withdrawn-by-authority"})
    assert person.get(where).status_code == 404


def test_a_page_number_that_is_none_shows_the_list(desk: Desk, official: Official) -> None:
    for page in ("0", "-1", "x", "9" * 40, ""):
        assert official().get(f"/portal/?page={page}").status_code == 200
