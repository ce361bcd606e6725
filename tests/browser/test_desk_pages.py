"""Every page of the desk: nothing that axe-core finds, nothing wider than the window; and what an
administrator does in a day."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from tests.support.desk_site import (
    Site,
    add_authenticator,
    enrol_with_passkey,
    furnish,
    served_desk,
)
from tests.support.looked_at import axe, overflow

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Each pair of language, ground and width comes up at least once.
LOOKS = (("ko", "light", 360), ("en", "dark", 1280), ("ko", "dark", 1280), ("en", "light", 360))
# What the walk of test_every_desk_page cannot see.
PUBLIC = ("/nowhere/", "/join/none/")
INSIDE = ("/me/app/add/", "/styleguide/")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    with served_desk(tmp_path / "home", urls="tests.support.styleguide") as found:
        furnish(found.desk)
        yield found


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="en-GB")
    yield context.new_page()
    context.close()


def troubles(site: Site, page: Page, address: str, go: Callable[[], object]) -> list[str]:
    """What is wrong with a page in each of the looks."""
    found = []
    for lang, ground, width in LOOKS:
        page.context.add_cookies([{"name": "language", "value": lang, "url": site.address}])
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=ground)  # type: ignore[arg-type]
        go()
        if page.evaluate("document.documentElement.lang") != lang:
            found.append("the page is in another language")
        if overflow(page):
            found.append(f"{overflow(page)} px too wide at {width}")
        found += axe(page)
    return [f"{address}: {trouble}" for trouble in dict.fromkeys(found)]


def test_pages_that_anyone_sees(site: Site, page: Page) -> None:
    found = []
    for address in PUBLIC:
        found += troubles(site, page, address, lambda where=address: page.goto(site.address + where))
    page.goto(site.invitation("hong"))
    found += troubles(site, page, "join", page.reload)
    page.locator("main form button").click()
    found += troubles(site, page, "enrol", page.reload)
    assert found == []


def test_pages_inside(site: Site, page: Page) -> None:
    enrol_with_passkey(page, site.invitation("hong"))
    found = []
    for address in INSIDE:
        assert page.goto(site.address + address).status == 200, address
        found += troubles(site, page, address, lambda where=address: page.goto(site.address + where))
    assert found == []


def test_what_is_wrong_with_a_form_is_told_and_focused(site: Site, page: Page) -> None:
    enrol_with_passkey(page, site.invitation("hong"))
    page.goto(f"{site.address}/people/add/")
    page.evaluate("document.querySelectorAll('form').forEach(form => form.noValidate = true)")
    page.get_by_role("button", name="Add the person").click()
    expect(page.locator(".errors")).to_be_focused()
    assert axe(page) == []
    page.locator(".errors a").first.click()
    expect(page.get_by_label("Name for signing in")).to_be_focused()
    field = page.get_by_label("Name for signing in")
    described = (field.get_attribute("aria-describedby") or "").split()
    assert [page.locator(f"#{where}").count() for where in described] == [1, 1]


def test_an_administrator_adds_invites_and_suspends(site: Site, page: Page, browser: Browser) -> None:
    enrol_with_passkey(page, site.invitation("hong"))
    page.get_by_role("link", name="People", exact=True).click()
    page.get_by_role("link", name="Add a person").click()
    page.get_by_label("Name for signing in").fill("jang")
    page.get_by_label("Full name").fill("Jang Bo-ra")
    page.get_by_label("counsel").check()
    page.get_by_role("button", name="Add the person").click()
    page.get_by_role("link", name="Invite", exact=True).click()
    page.get_by_role("button", name="Make the link").click()
    link = page.locator(".once .secret").inner_text()
    page.reload()
    assert page.locator(".once").count() == 0, "a link is shown once"

    theirs = browser.new_context(locale="ko-KR")
    jang = theirs.new_page()
    enrol_with_passkey(jang, link)
    page.reload()
    assert page.get_by_text("second factor set up").count() == 1
    page.get_by_role("link", name="Suspend").click()
    page.get_by_label("Reason").fill("left the company")
    page.get_by_role("button", name="Suspend").click()
    assert page.locator(".tag.stop").count() == 1
    jang.goto(f"{site.address}/me/")
    assert "/sign-in/" in jang.url
    jang.get_by_role("button").filter(has_text="패스키").or_(
        jang.get_by_role("button", name="Sign in with a passkey")
    ).click()
    jang.locator(".message.error").wait_for()
    theirs.close()


def test_a_critical_step_asks_for_the_passkey_again_and_goes_on(site: Site, page: Page) -> None:
    enrol_with_passkey(page, site.invitation("hong"))
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = -1  # the second factor was shown too long ago
    page.goto(f"{site.address}/person/kim/invite/")
    assert page.url.startswith(f"{site.address}/again/passkey/")
    assert "once more" in page.locator(".messages").inner_text()
    assert troubles(site, page, "again", page.reload) == []
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
    page.locator("form[data-passkey] button").click()
    page.wait_for_url("**/person/kim/invite/")
    page.locator("main form button").click()
    page.locator(".once .secret").wait_for()


def test_two_people_vet_an_authority(site: Site, page: Page, browser: Browser) -> None:
    enrol_with_passkey(page, site.invitation("hong"))
    page.goto(f"{site.address}/authority/daegu/approve/")
    page.get_by_role("button", name="Approve the vetting").click()
    assert "four eyes" in page.locator(".errors").inner_text()
    theirs = browser.new_context(locale="en-GB")
    lee = theirs.new_page()
    enrol_with_passkey(lee, site.invitation("lee"))
    lee.goto(f"{site.address}/authority/daegu/")
    lee.get_by_role("link", name="Look at the vetting").click()
    lee.get_by_role("button", name="Approve the vetting").click()
    lee.locator(".tag.good").first.wait_for()
    assert f"{datetime.now(UTC).year + 1}" in lee.locator(".facts").inner_text()
    theirs.close()


def test_an_official_asks_for_an_account_and_waits(site: Site, page: Page, browser: Browser) -> None:
    page.goto(f"{site.address}/sign-in/")
    page.get_by_role("link", name="Ask for one").click()
    page.get_by_label("Full name").fill("가상 오경위")
    page.get_by_label("Authority", exact=True).fill("가상서울경찰서")
    page.get_by_label("Mail address at the authority").fill("oh@seoul-gasang.example.kr")
    page.get_by_label("Phone").fill("010-0000-7777")
    page.get_by_role("button", name="Ask for an account").click()
    assert page.locator("h1").inner_text() == "Your request is with us"
    inside = browser.new_context(locale="en-GB")
    hong = inside.new_page()
    enrol_with_passkey(hong, site.invitation("hong"))
    hong.goto(f"{site.address}/people/")
    hong.get_by_role("link", name="가상 오경위").click()
    hong.get_by_role("button", name="Admit and make an invitation").click()
    add_authenticator(page)
    page.goto(hong.locator(".once .secret").inner_text())
    page.get_by_role("button", name="That is me").click()
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_role("button", name="Make the passkey").click()
    page.get_by_text("you are not confirmed yet").wait_for()
    inside.close()
