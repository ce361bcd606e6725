"""A voluntary request for subscriber data: the standing policy drafts a refusal, two people make it one, and
a Korean letter says why, which the official reads in the portal."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from tests.browser.journeys import play
from tests.browser.journeys.busy import POLICY
from tests.browser.journeys.play import Cast

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def cast(browser: Browser, tmp_path: Path) -> Iterator[Cast]:
    with play.staged(browser, tmp_path, policy=POLICY) as found:
        yield found


def filed(cast: Cast) -> str:
    page = cast.at("park-official", "/portal/")
    play.begin_filing(page, play.SUBSCRIBER)
    play.fill(
        page,
        **{
            "case_number": "2026-통신-8", "data": "subscriber", "targets": "account:raven-001",
            "paper-issuer": "investigating-office-head", "paper-approver": "office-head-superintendent",
            "paper-approver-name": "가상 김과장", "paper-request-paper": True, "paper-reason": "수사",
            "paper-link": "게시글 작성자", "paper-items-asked": ["name", "address"],
            "paper-issued-on": play.soon(-1),
        },
    )  # fmt: skip
    return play.send_filing(page)


def test_the_policy_drafts_two_people_refuse_and_the_letter_says_why(cast: Cast) -> None:
    number = filed(cast)
    counsel = cast.request("seo", number)
    assert "The standing policy drafts: refused" in counsel.locator(".message.info").inner_text()
    play.step(counsel, "Begin the review", "Begin the review")
    play.press(counsel, "Decide")
    play.press(counsel, "Fill in from the policy")
    play.press(counsel, "Look at it as a whole, and propose it")
    play.press(counsel, "Propose it")
    assert play.wrong(counsel) == ""
    approver = cast.at("lee", f"/request/{number}/approve/")
    play.press(approver, "Approve")
    play.step(cast.request("seo", number), "Resolve the request", "Resolve it")

    # Before it is sent it is looked at: as pages, and as text for those who do not see them.
    cast.at("seo", f"/request/{number}/letters/refusal/?lang=ko")
    assert counsel.locator(".letter-pages img").count() >= 1
    assert counsel.locator(".letter-pages img").first.evaluate("img => img.naturalWidth") > 300
    play.press(counsel, "Send the letter")
    assert "was sent" in play.said(counsel)

    official = cast.at("park-official", f"/portal/requests/{number}/")
    link = official.locator("#thread ~ *").get_by_role("link", name=".pdf").first
    with official.expect_download() as download:
        link.click()
    text = "".join(
        page.extract_text() for page in PdfReader(io.BytesIO(download.value.path().read_bytes())).pages
    )
    said = " ".join(text.split())
    assert "2026-통신-8" in said and "전기통신사업법" in said and "\N{REPLACEMENT CHARACTER}" not in said
    assert "거절" in said or "제공하지" in said or "응하지" in said
