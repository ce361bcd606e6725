"""An official in a browser: files a warrant with 145 accounts, is asked, answers, takes it back; and every
page of the portal in each look."""

import json
import re
import secrets
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from sagwan.desk.vault.master import write_secret
from sagwan.record import commands as ask
from sagwan.tlog import KeyType, SigningKey
from tests.support.desk_site import Site, enrol_with_passkey, furnish, served_desk
from tests.support.looked_at import axe, overflow

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LOOKS = (("ko", "light", 360), ("en", "dark", 768), ("ko", "dark", 1280))


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    from sagwan.desk.people.actions import add_person  # noqa: PLC0415

    with served_desk(tmp_path / "home") as found:
        furnish(found.desk)
        desk = found.desk
        add_person(desk, name="seo", full_name="Seo", roles=("counsel",), actor="t", at=datetime.now(UTC))
        key = SigningKey(f"{desk.home.origin}/receipts", KeyType.ED25519, secrets.token_bytes(32))
        write_secret(desk.home.keys / "receipts.key", key.private_text())
        yield found


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="en-GB")
    yield context.new_page()
    context.close()


def by_staff(site: Site, number: str, *commands: ask.Command) -> None:
    """What counsel does meanwhile, in a thread: the browser's own has an event loop."""
    from sagwan.desk.casework.actions import Step, execute  # noqa: PLC0415

    def work() -> None:
        execute(site.desk, [Step(number, command, "seo", datetime.now(UTC)) for command in commands])

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def troubles(site: Site, page: Page, address: str) -> list[str]:
    found = []
    for lang, ground, width in LOOKS:
        page.context.add_cookies([{"name": "language", "value": lang, "url": site.address}])
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=ground)  # type: ignore[arg-type]
        page.goto(address)
        if overflow(page):
            found.append(f"{address} is {overflow(page)} px wider than {width}")
        found += [f"{address} {lang} {ground} {width}: {one}" for one in axe(page)]
    page.context.add_cookies([{"name": "language", "value": "en", "url": site.address}])
    page.goto(address)
    return found


def test_an_official_files_is_asked_answers_and_takes_it_back(site: Site, page: Page) -> None:
    enrol_with_passkey(page, site.invitation("park-official"))
    seen = []

    def here(address: str) -> None:
        seen.extend(troubles(site, page, address))

    here(f"{site.address}/portal/new/")
    page.locator("input[name=service]").first.check()
    page.locator("input[value=search-and-seizure-warrant]").check()
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/drafts/*/")
    here(page.url)
    page.fill("#id_case_number", "2026-수사-145")
    page.get_by_label("content").check()
    page.fill("#id_targets", "\n".join(f"account:raven-{number:03}" for number in range(145)))
    file = {"name": "warrant.txt", "mimeType": "text/plain", "buffer": b"warrant"}
    page.set_input_files("#id_documents", files=[file])  # type: ignore[list-item]
    page.get_by_role("button", name="Check the answers").click()
    page.wait_for_url("**/check/")
    here(page.url)
    assert page.locator("dt:text-is('Targets') + dd").inner_text() == "145"
    page.get_by_role("button", name="Send the request").dblclick()
    page.wait_for_url("**/requests/*/")
    here(page.url)
    number = re.findall("[0-9a-f]{16}", page.url)[-1]
    with page.expect_download() as download:
        page.locator("a[download]").first.click()
    assert json.loads(download.value.path().read_bytes())["summary"]["request"] == number

    by_staff(site, number, ask.StartReview(), ask.AskClarification("Which period?"))
    page.reload()
    page.get_by_role("link", name="Read and answer").click()
    page.wait_for_url("**/write/")
    here(page.url)
    page.fill("#id_text", "January.")
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_url("**/requests/*/")
    assert "January." in page.locator("main").inner_text()

    here(f"{page.url}withdraw/")
    page.locator("input[name=reason]").first.check()
    page.get_by_role("button", name="Take the request back").click()
    page.wait_for_url("**/requests/*/")
    assert "taken back" in page.locator("main").inner_text()
    here(f"{site.address}/portal/")
    assert page.get_by_role("link", name=number).count() == 1
    assert page.locator("tbody tr").count() == 1
    assert seen == []
