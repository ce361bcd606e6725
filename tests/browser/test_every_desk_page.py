"""Every page of the desk, found from the gate's own list of addresses, in a home in the middle of a week:
nothing that axe-core finds, nothing wider than the window, nothing from another host."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page

import tests.support.django_ready  # noqa: F401 - before the models below
from tests.browser.journeys.busy import POLICY, fill
from tests.browser.journeys.doors import NO_PAGE, candidates
from tests.browser.journeys.walk import STAFF, Stop, stops, watched
from tests.support.desk_site import Site, enrol_with_passkey, served_desk
from tests.support.looked_at import axe, leaves_the_screen
from tests.support.people import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LOOKS = (("ko", "light", 360), ("en", "dark", 1280))
WIDTHS = (360, 768, 1280)
IMAGES = Path(__file__).parents[2] / "docs" / "images" / "desk"
Way = tuple[list[Stop], list[str]]
"""Pages, and the addresses of which none was found."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("busy") / "home"
    with served_desk(folder, urls="tests.support.styleguide", policy=POLICY) as found:
        settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 10**6  # whoever signed in has shown the factor lately
        yield found


@pytest.fixture(scope="module")
def way(site: Site, browser: Browser) -> Way:
    """The pages, once requests in every stage are there; and the addresses of which none was found."""
    week = fill(site.desk, datetime.now(UTC))
    context = browser.new_context()
    enrol_with_passkey(context.new_page(), site.invitation("moon"))
    context.close()
    return stops(candidates(site, week))


def test_each_address_leads_to_a_page(way: Way) -> None:
    missing, known = set(way[1]), set(NO_PAGE)
    assert (missing - known, known - missing) == (set(), set())


@contextmanager
def window(
    browser: Browser, site: Site, name: str, lang: str, ground: str
) -> Iterator[tuple[Page, list[str]]]:
    """The window of a person ('' is nobody), and what it complains of."""
    context = browser.new_context(color_scheme=ground)  # type: ignore[arg-type]
    cookies = {"language": lang}
    if name:
        cookies[settings.SESSION_COOKIE_NAME] = Visitor(name).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies(
        [{"name": key, "value": value, "url": site.address} for key, value in cookies.items()]
    )
    page = context.new_page()
    yield page, watched(page, site.address)
    context.close()


@pytest.mark.parametrize(("lang", "ground", "width"), LOOKS)
@pytest.mark.parametrize("name", ["", *STAFF.values()])
def test_every_page(
    way: Way, site: Site, browser: Browser, name: str, lang: str, ground: str, width: int
) -> None:
    found = []
    with window(browser, site, name, lang, ground) as (page, heard):
        for stop in (one for one in way[0] if one.name == name):
            page.set_viewport_size({"width": width, "height": 800})
            answer = page.goto(site.address + stop.path)
            assert answer is not None
            wrong = [] if answer.status == 200 else [f"status {answer.status}"]
            wrong += [*axe(page), *_shape(page, lang), *leaves_the_screen(page, WIDTHS), *heard]
            heard.clear()
            found += [f"{stop.pattern}: {one}" for one in dict.fromkeys(wrong)]
    assert found == []


def _shape(page: Page, lang: str) -> list[str]:
    """What every page has: its language, one heading of the first order, a way past the navigation, no
    field or link out of the order in which it stands."""
    wrong = []
    if page.evaluate("document.documentElement.lang") != lang:
        wrong.append("the page is in another language")
    if page.locator("h1").count() != 1:
        wrong.append(f"{page.locator('h1').count()} headings of the first order")
    if page.locator("a.skip[href='#main']").count() != 1 or page.locator("main#main").count() != 1:
        wrong.append("no way past the navigation")
    page.keyboard.press("Tab")
    if not page.locator("[data-focus]").count() and not page.locator("a.skip:focus-visible").count():
        wrong.append("the first Tab does not lead past the navigation")
    if page.locator("[tabindex]:not([tabindex='0'], [tabindex='-1'])").count():
        wrong.append("an order of its own for the keyboard")
    return wrong


PICTURES = {
    "queue": "queue/",
    "request": "request/<slug:number>/",
    "decide": "request/<slug:number>/decide/",
    "portal": "portal/drafts/<slug:token>/check/",
}
"""Picture of the documentation → the page that it shows."""


@pytest.mark.parametrize("picture", PICTURES)
def test_pictures_of_the_documentation(
    way: Way, site: Site, browser: Browser, picture: str, tmp_path: Path
) -> None:
    """Takes them anew; with SAGWAN_PICTURES=1 into docs/images/desk, which must have each of them."""
    (stop,) = (one for one in way[0] if one.pattern == PICTURES[picture])
    kept = IMAGES / f"{picture}.png"
    taken = kept if os.environ.get("SAGWAN_PICTURES") else tmp_path / kept.name
    with window(browser, site, stop.name, "en", "light") as (page, heard):
        page.set_viewport_size({"width": 1000, "height": 760})
        answer = page.goto(site.address + stop.path)
        assert answer is not None and answer.status == 200
        page.screenshot(path=taken)
        assert heard == []
    assert taken.stat().st_size < 200_000
    assert kept.read_bytes()[16:24] == taken.read_bytes()[16:24], "width and height in the PNG's header"
    assert (
        f"images/desk/{kept.name}" in (IMAGES.parents[1] / "explanation" / "desk-in-pictures.md").read_text()
    )
