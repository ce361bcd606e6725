"""People in browsers: each with a window and a passkey of their own, and what they do there."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page

import tests.support.django_ready  # noqa: F401 - before the models below
from sagwan.desk.people.officials import record_call
from sagwan.record.vocabulary import CallResult
from tests.browser.journeys.busy import paper, staff
from tests.browser.journeys.walk import watched
from tests.support.desk_site import Site, enrol_with_passkey, furnish, served_desk

NUMBER = re.compile("[0-9a-f]{16}")
WARRANT, CONFIRMATION = "search-and-seizure-warrant", "communication-confirmation"
SUBSCRIBER, PRESERVATION = "subscriber-information", "preservation-request"


class Cast:
    """The windows of a journey. Whoever enters for the first time joins by an invitation."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self.site = site
        self._browser = browser
        self._pages: dict[str, Page] = {}
        self._contexts: list[BrowserContext] = []
        self.heard: list[str] = []
        """What any of the windows complained of: scripts, the console, requests to other hosts."""

    def enter(self, name: str, locale: str = "en-GB") -> Page:
        """The window of a person who is signed in."""
        if name not in self._pages:
            context = self._browser.new_context(locale=locale, accept_downloads=True)
            self._contexts.append(context)
            page = context.new_page()
            page.set_default_timeout(30_000)
            enrol_with_passkey(page, self.site.invitation(name))
            self._pages[name] = page
            watched(page, self.site.address, self.heard)
        return self._pages[name]

    def close(self) -> None:
        for context in self._contexts:
            context.close()

    def at(self, name: str, path: str) -> Page:
        """The window of a person, at an address of the desk."""
        page = self.enter(name)
        answer = page.goto(self.site.address + path)
        assert answer is not None and answer.status == 200, f"{path}: {answer and answer.status}"
        return page

    def request(self, name: str, number: str) -> Page:
        """The window of a person, at a request's page."""
        return self.at(name, f"/request/{number}/")


@contextmanager
def staged(browser: Browser, folder: Path, *, confirmed: bool = True, **config: Any) -> Iterator[Cast]:
    """A desk with its team and an official, confirmed or not; no browser may have complained at the end."""
    with served_desk(folder / "home", **config) as site:
        furnish(site.desk)
        now = datetime.now(UTC)
        staff(site.desk, at=now)
        if confirmed:
            _confirm(site, now)
        cast = Cast(browser, site)
        try:
            yield cast
            assert cast.heard == []
        finally:
            cast.close()


def _confirm(site: Site, at: datetime) -> None:
    result = CallResult.CONFIRMED
    record_call(site.desk, name="park-official", result=result, spoke_to="당직", actor="kim", at=at)


def number_of(page: Page) -> str:
    """The request's number in the address."""
    return NUMBER.findall(page.url)[-1]


def press(page: Page, name: str) -> None:
    """Press the button or follow the link of this name, in the page's text, and wait for the next page."""
    here = page.locator("main")
    target = here.get_by_role("button", name=name, exact=True).or_(
        here.get_by_role("link", name=name, exact=True)
    )
    with page.expect_navigation():
        target.first.click()


def fill(page: Page, **values: str | bool | list[str]) -> None:
    """Fill a form's fields by their names; `_` stands for `-` where a field is called so."""
    for name, value in values.items():
        _fill(page, _field(page, name), value)


def _field(page: Page, name: str) -> Locator:
    found = page.locator(f"main [name='{name}']")
    return found if found.count() else page.locator(f"main [name='{name.replace('_', '-')}']")


def _fill(page: Page, field: Locator, value: str | bool | list[str]) -> None:
    kind = field.first.get_attribute("type") or field.first.evaluate("field => field.tagName.toLowerCase()")
    if isinstance(value, bool):
        field.first.set_checked(value)
    elif kind in ("radio", "checkbox"):
        for one in [value] if isinstance(value, str) else value:
            page.locator(f"main [name='{field.first.get_attribute('name')}'][value='{one}']").check()
    elif kind == "select":
        field.first.select_option(value)
    else:
        field.first.fill(str(value))


def said(page: Page) -> str:
    """What was just done, as the page says it."""
    return page.locator(".messages").inner_text()


def wrong(page: Page) -> str:
    """What is wrong with the form, as the page says it; '' where nothing is."""
    found = page.locator(".errors")
    return found.inner_text() if found.count() else ""


def step(page: Page, link: str, button: str, **values: str | bool | list[str]) -> None:
    """A small step from a request's page: follow the link, fill the form, send it; it must be taken."""
    press(page, link)
    fill(page, **values)
    press(page, button)
    assert wrong(page) == ""


def begin_filing(page: Page, instrument: str, *, emergency: bool = False) -> None:
    """The first page of a filing in the portal."""
    press(page, "File a request")
    fill(page, service="kakao", instrument=instrument)
    if emergency:
        fill(page, emergency=True)
    press(page, "Go on")
    assert wrong(page) == ""


def upload(page: Page, name: str, *files: tuple[str, str, bytes]) -> None:
    """Choose files (name, type, bytes) in a field."""
    payloads: list[Any] = [{"name": one, "mimeType": kind, "buffer": data} for one, kind, data in files]
    page.set_input_files(f"main [name='{name}']", files=payloads)


def send_filing(page: Page) -> str:
    """From the filled form to the request: look at the answers, send them; its number."""
    press(page, "Check the answers")
    assert wrong(page) == ""
    press(page, "Send the request")
    return number_of(page)


def answer_findings(page: Page, answer: str = "dismissed") -> int:
    """Answer every finding that is open on a request's page; how many there were."""
    answered = 0
    waiting = page.locator(".points li").filter(has=page.locator(".tag.wait"))
    while links := waiting.get_by_role("link", name="Answer").all():
        with page.expect_navigation():
            links[0].click()
        fill(page, answer=answer, note="seen on the original")
        press(page, "Keep the answer")
        assert wrong(page) == ""
        answered += 1
    return answered


def warrant_paper() -> dict[str, str | bool]:
    """The fields of a sound warrant of these days."""
    today = datetime.now(UTC).date()
    values = {
        slug: value for slug, value in paper(today).items() if slug not in ("presented", "suspect-named")
    }
    ticked = ("presented", "original-presented", "suspect-named")
    return {f"paper-{slug}": value for slug, value in values.items()} | {
        f"paper-{slug}": True for slug in ticked
    }


def soon(days: int) -> str:
    """A day from today, as forms take it."""
    return str((datetime.now(UTC) + timedelta(days=days)).date())
