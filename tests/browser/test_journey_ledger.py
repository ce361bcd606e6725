"""A spreadsheet of 500 old requests with 7 bad rows: looked at row by row, mended, taken in all or none; the
finished ones by a second person."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

import tests.support.django_ready  # noqa: F401 - before the models below
from sagwan.desk.casework.models import Case
from tests.browser.journeys import play
from tests.browser.journeys.play import Cast
from tests.desk.intake.ledgers import MAPPING, row, workbook

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROWS = 500
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BAD = {
    3: (8, "작년 가을"), 77: (12, "모름"), 150: (5, "없는 절차"), 222: (6, "사진"), 301: (1, None),
    404: (7, None), 499: (13, "없는 사유"),
}  # fmt: skip
"""Number of a row → (place of the cell, what stands there instead)."""


@pytest.fixture
def cast(browser: Browser, tmp_path: Path) -> Iterator[Cast]:
    with play.staged(browser, tmp_path) as found:
        yield found


def rows(*, mended: bool) -> list[list[object]]:
    found = [row(number) for number in range(1, ROWS + 1)]
    if not mended:
        for number, (place, value) in BAD.items():
            found[number - 1][place] = value
    return found


def bring(page: Page, *, mended: bool) -> None:
    book = workbook(rows(mended=mended)).getvalue()
    play.upload(page, "file", ("대장.xlsx", XLSX, book))
    play.upload(page, "mapping", ("mapping.toml", "application/toml", MAPPING.encode()))
    play.press(page, "Look at the rows")
    assert play.wrong(page) == ""


def test_seven_bad_rows_are_named_mended_and_all_are_taken_in_by_two(cast: Cast) -> None:
    before = Case.objects.count()
    counsel = cast.at("seo", "/ledgers/")
    bring(counsel, mended=False)
    assert shown(counsel) == {"rows": 500, "can be taken in": 493, "cannot": 7}
    wrong = counsel.locator("section[aria-labelledby='wrong'] tbody tr")
    # The sheet's own rows: a title, an empty row and the header stand above the first.
    named = {int("".join(filter(str.isdigit, text))) for text in wrong.locator("th").all_inner_texts()}
    assert named == {number + 3 for number in BAD}
    with counsel.expect_download() as download:
        counsel.get_by_role("link", name="Download this report").click()
    report = list(csv.reader(io.StringIO(download.value.path().read_text("utf-8-sig"))))
    assert len(report) == 1 + wrong.count()
    assert Case.objects.count() == before, "nothing is taken in by looking"

    cast.at("seo", "/ledgers/")
    bring(counsel, mended=True)
    assert shown(counsel) == {"rows": 500, "can be taken in": 500, "cannot": 0}
    play.press(counsel, "Let an approver take them in")
    assert Case.objects.count() == before

    approver = cast.at("lee", "/ledgers/")
    play.press(approver, "대장.xlsx")
    play.press(approver, "Take it in, or send it back")
    approver.set_default_navigation_timeout(60_000)
    play.press(approver, "Approve and take in")
    assert Case.objects.count() == before + ROWS
    assert approver.locator("tbody tr").count() == ROWS
    queue = cast.at("seo", "/queue/")
    assert f"{ROWS // 10 + before}" in queue.locator(".tally").inner_text(), "every tenth is open still"


def shown(page: Page) -> dict[str, int]:
    """The counts of the page of a file."""
    found = {}
    for text in page.locator(".counts li").all_inner_texts():
        number, _, name = text.replace("\n", " ").partition(" ")
        found[name.strip()] = int(number.replace(",", ""))
    return {name: found[name] for name in ("rows", "can be taken in", "cannot")}
