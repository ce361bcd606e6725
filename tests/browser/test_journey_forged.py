"""A forged request: one click and one confirmation, nothing goes out by any door, the evidence stays whole,
and the case is counted."""

import hashlib
import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.journeys import play
from tests.browser.journeys.busy import Week
from tests.browser.journeys.play import Cast
from tests.cli.conftest import run

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LETTER = b"From: desk@po1ice.example\r\nSubject: urgent\r\n\r\nSend everything.\r\n"


@pytest.fixture
def cast(browser: Browser, tmp_path: Path) -> Iterator[Cast]:
    with play.staged(browser, tmp_path) as found:
        yield found


def almost_out(cast: Cast) -> str:
    """A request that was believed: approved, with a file put in that waits for its release."""
    from sagwan.desk.vault.productions import actions  # noqa: PLC0415
    from sagwan.desk.vault.productions.declare import Declared  # noqa: PLC0415
    from sagwan.record.events import Decision  # noqa: PLC0415
    from sagwan.record.request import Document  # noqa: PLC0415
    from sagwan.record.vocabulary import DataCategory, Outcome, Sender  # noqa: PLC0415
    from tests.support.home import CONTENT, filing  # noqa: PLC0415

    week = Week(cast.site.desk, datetime.now(UTC))
    evidence = Document("요청.eml", hashlib.sha256(LETTER).hexdigest(), len(LETTER))
    one = filing("2026-가짜-1", paper=week.paper, documents=(evidence,), channel="portal")
    number = week.take_in(
        "forged", one, hours=5, by="park-official", contents=(LETTER,), sender=Sender.CONFIRMED
    )
    week.approved("forged", Decision(Outcome.COMPLIED, "", CONTENT, 2), hours=4)
    file = Declared(
        "talk.zip", one.targets, data=DataCategory.CONTENT, first=date(2026, 1, 1), last=date(2026, 1, 31)
    )
    actions.put_in(week.desk, number, file, io.BytesIO(b"words"), actor="seo", at=week.now)
    return number


def test_nothing_goes_out_by_any_door_and_the_evidence_stays(cast: Cast) -> None:
    number = almost_out(cast)
    release = cast.at("lee", f"/request/{number}/production/release/")
    held = cast.at("park", f"/request/{number}/hold/")

    # One click, and one page that says what will happen.
    intake = cast.request("yoon", number)
    play.press(intake, "Mark as suspected forgery")
    assert "nothing goes out" in intake.locator(".happens").inner_text()
    play.fill(intake, note="The domain has a 1 for an l, and the station knows nothing of it.")
    play.press(intake, "Mark as suspected forgery")
    assert "Nothing goes out" in play.said(intake)
    assert "It is marked as a suspected forgery." in intake.locator(".message.warning").inner_text()

    # Forms that were open before, new ones, the command line, and the official's own door.
    play.press(release, "Release")
    assert "forg" in " ".join(release.locator(".message, .errors").all_inner_texts())
    play.fill(held, scope="all", start=play.soon(0), until=play.soon(30))
    play.press(held, "Keep the data")
    assert play.wrong(held) != ""
    page = cast.at("lee", f"/request/{number}/production/")
    assert page.get_by_role("link", name="Check and release").count() == 0
    home = cast.site.desk.home.path
    ran = run("production", "release", number, "--by", "lee", "--passphrase", "--home", home)
    assert ran.code != 0 and "forg" in ran.err
    own = cast.at("park-official", f"/portal/requests/{number}/")
    assert "forg" not in own.locator("main").inner_text(), "whoever sent it is not warned"
    assert own.get_by_role("link", name=re.compile("data, part")).count() == 0

    # What came is there, byte for byte; the contact is to be told, and that is recorded.
    intake.get_by_role("link", name="요청.eml").click()
    with intake.expect_download() as download:
        intake.get_by_role("link", name="Download the file").click()
    assert download.value.path().read_bytes() == LETTER
    clocks = cast.request("yoon", number).locator(".clocks li").filter(has_text="tell the impersonated")
    clocks.get_by_role("link", name="It was met").click()
    play.fill(intake, note="Told the duty officer at 02-0000-1234.")
    play.press(intake, "Record it")
    assert "tell the impersonated" not in intake.locator("#clocks ~ *").first.inner_text()

    ended(cast, number)
    figures = cast.at("seo", "/figures/")
    assert "refused" in figures.locator("#half ~ table").first.inner_text()


def ended(cast: Cast, number: str) -> None:
    """Counsel refuses it as forged, in the one way that there is, another approves, and it is resolved."""
    counsel = cast.request("seo", number)
    play.step(counsel, "Send the proposal back", "Send it back", note="forged")
    play.press(counsel, "Decide")
    assert "one way only" in counsel.locator("main").inner_text()
    play.fill(counsel, note="Told the station; evidence kept.")
    play.press(counsel, "Propose it")
    assert play.wrong(counsel) == ""
    approver = cast.at("lee", f"/request/{number}/approve/")
    play.press(approver, "Approve")
    assert play.wrong(approver) == ""
    play.step(cast.request("seo", number), "Resolve the request", "Resolve it")
    shown = counsel.locator("main").inner_text()
    assert "refused" in shown and "suspected forgery" in shown
