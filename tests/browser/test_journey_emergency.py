"""An emergency from a sender who is not confirmed: it waits, a call-back is recorded, a second person
approves what the law lets go out first; the paper that must follow stays a duty with its clock."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.journeys import play
from tests.browser.journeys.play import Cast

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAPER_FOLLOWS = "obtain the permission without delay and send it"


@pytest.fixture
def cast(browser: Browser, tmp_path: Path) -> Iterator[Cast]:
    with play.staged(browser, tmp_path, confirmed=False) as found:
        yield found


def filed(cast: Cast) -> str:
    """An official whom nobody has confirmed asks for access records of somebody in danger."""
    page = cast.at("park-official", "/portal/")
    assert "not confirmed" in page.locator("main").inner_text()
    play.begin_filing(page, play.CONFIRMATION, emergency=True)
    assert "This must follow" in page.locator("main").inner_text()
    play.fill(
        page,
        **{
            "case_number": "긴급-2026-3", "data": "access", "targets": "phone:+82-10-0000-1234",
            "paper-issuer": "judicial-police", "paper-emergency-paper": True, "paper-identity-checked": True,
            "paper-reason": "실종자의 안전", "paper-link": "실종자의 전화",
            "paper-scope": "접속 일시와 IP 주소",
        },
    )  # fmt: skip
    number = play.send_filing(page)
    assert "Until then nothing goes out" in page.locator("main").inner_text()
    return number


def test_it_waits_for_a_call_and_a_second_person(cast: Cast) -> None:
    number = filed(cast)
    counsel = cast.at("seo", "/queue/?mark=emergency")
    row = counsel.locator("tbody tr").filter(has_text=number)
    assert "emergency" in row.inner_text() and "sender not confirmed" in row.inner_text()
    assert "left" in row.inner_text(), "the queue shows how long it may wait"
    row.get_by_role("link", name=number, exact=True).click()
    assert "The sender is not confirmed" in counsel.locator(".message.warning").inner_text()

    # All is decided and proposed, and still nothing goes out: the record says no while nobody has called.
    play.step(counsel, "Begin the review", "Begin the review")
    play.answer_findings(counsel)
    decide(counsel)
    approver = cast.at("lee", f"/request/{number}/approve/")
    assert "The sender is not confirmed" in approver.locator("main").inner_text()
    assert approver.get_by_role("button", name="Approve", exact=True).count() == 0

    play.step(
        cast.request("yoon", number), "Record a call-back", "Record the call", result="confirmed",
        number="02-0000-1234", source="정부 전화번호부 2026, 12쪽",
    )  # fmt: skip
    approver.reload()
    play.press(approver, "Approve")
    assert play.wrong(approver) == ""
    assert "approved" in cast.request("seo", number).locator("main").inner_text()

    # The paper must still come: its duty stands with its clock, and ends when it was brought.
    duties = counsel.locator(".clocks").inner_text()
    assert PAPER_FOLLOWS in duties and "left" in duties
    asking = cast.at("park-official", f"/portal/requests/{number}/")
    play.press(asking, "Bring later or better paper")
    play.fill(asking, **{"paper-permission-copy": True})
    play.upload(asking, "documents", ("허가서.pdf", "application/pdf", b"%PDF-1.7 permission"))
    play.press(asking, "Add the paper")
    assert play.wrong(asking) == ""
    assert PAPER_FOLLOWS not in cast.request("seo", number).locator("#clocks ~ *").first.inner_text()


def test_whoever_proposed_does_not_approve(cast: Cast) -> None:
    """`park` is both counsel and approver; the second pair of eyes must be another's even now."""
    number = filed(cast)
    both = cast.request("park", number)
    play.step(both, "Begin the review", "Begin the review")
    play.step(
        both, "Record a call-back", "Record the call", result="confirmed", number="02-0000-1234",
        source="정부 전화번호부 2026, 12쪽",
    )  # fmt: skip
    play.answer_findings(both)
    decide(both)
    cast.at("park", f"/request/{number}/approve/")
    assert "you cannot approve it" in both.locator("main").inner_text()
    assert both.get_by_role("button", name="Approve", exact=True).count() == 0


def decide(page: object) -> None:
    """Counsel answers for the one target and proposes."""
    play.press(page, "Decide")
    play.fill(page, answer="disclose")
    play.press(page, "Keep this answer")
    assert play.wrong(page) == ""
    play.press(page, "Look at it as a whole, and propose it")
    play.press(page, "Propose it")
    assert play.wrong(page) == ""
