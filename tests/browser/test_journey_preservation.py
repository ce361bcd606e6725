"""A preservation that lapses: held on an official's request, warned of before its end, released on the day
after by the desk itself, once."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.journeys import play
from tests.browser.journeys.play import Cast

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DAYS = 50


@pytest.fixture
def cast(browser: Browser, tmp_path: Path) -> Iterator[Cast]:
    with play.staged(browser, tmp_path) as found:
        yield found


def filed(cast: Cast) -> str:
    page = cast.at("park-official", "/portal/")
    play.begin_filing(page, play.PRESERVATION)
    play.fill(
        page,
        **{
            "case_number": "보전-2026-1", "data": "content", "targets": "account:raven-001",
            "paper-issuer": "prosecutor", "paper-request-paper": True, "paper-reason": "수사",
            "paper-link": "피의자의 계정", "paper-scope": "대화 내용", "paper-offence-grave-enough": True,
            "paper-intended-instrument": "search-and-seizure-warrant", "paper-first-request": True,
            "paper-preservation-period": f"{play.soon(0)}/{play.soon(DAYS)}", "paper-issued-on": play.soon(0),
        },
    )  # fmt: skip
    return play.send_filing(page)


def test_it_is_held_and_lapses_by_itself(cast: Cast) -> None:
    from sagwan.desk.tick.run import tick  # noqa: PLC0415

    number = filed(cast)
    counsel = cast.request("seo", number)
    play.step(counsel, "Begin the review", "Begin the review")
    play.answer_findings(counsel)
    play.step(
        counsel,
        "Keep the data",
        "Keep the data",
        scope="대화 내용",
        start=play.soon(0),
        until=play.soon(DAYS),
    )
    assert "preserved" in cast.at("park-official", f"/portal/requests/{number}/").locator("main").inner_text()

    desk, now = cast.site.desk, datetime.now(UTC)
    tick(desk, now)
    custody = cast.request("seo", number).locator("#custody ~ dl").first
    assert "ran out" not in custody.inner_text(), "it holds to its last day"
    for _ in range(2):
        tick(desk, now + timedelta(days=DAYS + 2))
    assert "its time ran out" in cast.request("seo", number).locator("#custody ~ dl").first.inner_text()
    told = counsel.locator(".timeline li").filter(has_text="kept no longer")
    assert told.count() == 1, "once, however often it is run"
    own = cast.at("park-official", f"/portal/requests/{number}/")
    assert "it is preserved no more" in own.locator("main").inner_text()
