"""From an invitation to a passkey, out and in again; with an app and a password; and what is refused."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.desk_site import (
    Site,
    add_authenticator,
    carry_passkey,
    code_of,
    enrol_with_passkey,
    served_desk,
)
from tests.support.people import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with served_desk(tmp_path / "home") as found:
        yield found


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="en-GB")
    yield context.new_page()
    context.close()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in/")


def test_a_passkey_from_the_invitation_on(site: Site, page: Page, browser: Browser) -> None:
    invitation = site.invitation("kim")
    page.goto(invitation)
    page.locator("main form button").click()
    page.wait_for_url("**/enrol/")
    # Before the second factor nothing else opens.
    page.goto(f"{site.address}/me/")
    assert page.url == f"{site.address}/enrol/"
    enrol_with_passkey(page, invitation)
    assert page.locator("h1").inner_text() == "Overview"
    sign_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{site.address}/")
    assert "Kim" in page.locator(".who").inner_text()
    # The device is known, so nothing is announced; and the link was used up.
    expect(page.locator(".messages")).to_be_empty()
    assert page.goto(invitation).status == 410


def test_an_app_a_password_and_a_recovery_code(site: Site, page: Page) -> None:
    page.goto(site.invitation("lee"))
    page.get_by_role("button").filter(has_text="That is me").click()
    page.get_by_role("link", name="Add an authenticator app").click()
    secret = page.locator(".secret").inner_text().replace(" ", "")
    page.get_by_label("Code", exact=True).fill("000000")
    page.get_by_role("button", name="Add the app").click()
    expect(page.locator(".errors")).to_be_focused()
    assert page.locator(".secret").inner_text().replace(" ", "") == secret
    page.get_by_label("Code", exact=True).fill(code_of(secret))
    page.get_by_role("button", name="Add the app").click()
    page.get_by_role("link", name="Set a password").click()
    for label in ("New password", "New password, once more"):
        page.get_by_label(label, exact=True).fill("lee-lee-lee")
    page.get_by_role("button", name="Set the password").click()
    assert "12" in page.locator(".errors").inner_text()
    for label in ("New password", "New password, once more"):
        page.get_by_label(label, exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Set the password").click()
    page.wait_for_url("**/recovery-codes/")
    codes = page.locator(".codes code").all_inner_texts()
    assert len(codes) == 10
    page.reload()
    assert page.locator(".codes").count() == 0, "codes are shown once"
    page.goto(f"{site.address}/")
    sign_out(page)

    sign_in(page, "lee", PASSWORD, codes[0])
    page.wait_for_url(f"{site.address}/")
    sign_out(page)
    sign_in(page, "lee", PASSWORD, codes[0])
    assert "used" in page.locator(".errors").inner_text(), "a recovery code works once"
    page.get_by_label("Code", exact=True).fill(code_of(secret, time.time() + 30))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{site.address}/")


def sign_in(page: Page, name: str, password: str, code: str = "") -> None:
    page.goto(re.sub(r"^(\w+://[^/]+).*", r"\1/sign-in/", page.url))
    page.locator("summary").click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Go on").click()
    if code:
        page.get_by_label("Code", exact=True).fill(code)
        page.get_by_role("button", name="Sign in").click()


def test_guessing_is_slowed_down(site: Site, page: Page) -> None:
    page.goto(f"{site.address}/sign-in/")
    for guess in range(5):
        sign_in(page, "kim", f"guess number {guess}")
        assert "wrong" in page.locator(".errors").inner_text()
    sign_in(page, "kim", "guess number 5")
    assert "Too many attempts" in page.locator(".errors").inner_text()


def test_with_the_keyboard_alone(site: Site, page: Page) -> None:
    enrol_with_passkey(page, site.invitation("kim"))
    sign_out(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the text")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.address}/")


def test_a_new_device_is_announced_there_and_here(site: Site, page: Page, browser: Browser) -> None:
    first = enrol_with_passkey(page, site.invitation("kim"))
    elsewhere = browser.new_context(locale="en-GB", user_agent="Mozilla/5.0 (Windows NT 10.0) Firefox/140.0")
    other = elsewhere.new_page()
    carry_passkey(first, add_authenticator(other))
    other.goto(f"{site.address}/sign-in/")
    other.get_by_role("button", name="Sign in with a passkey").click()
    other.wait_for_url(f"{site.address}/")
    assert "new to your account" in other.locator(".messages").inner_text()
    page.goto(f"{site.address}/")
    assert (
        "A new device signed in to your account: Firefox, Windows" in page.locator(".messages").inner_text()
    )
    # It was not Kim: one press ends it everywhere.
    page.goto(f"{site.address}/me/everywhere/")
    page.get_by_role("button", name="Sign out everywhere").click()
    page.wait_for_url("**/sign-in/")
    other.goto(f"{site.address}/")
    assert other.url == f"{site.address}/sign-in/"
    elsewhere.close()
