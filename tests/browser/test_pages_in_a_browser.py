"""The pages as people meet them: narrow and wide, Korean and English, by keyboard and touch, no scripts."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.looked_at import leaves_the_screen

pytestmark = pytest.mark.browser

WIDTHS = (360, 768, 1280)
FIGURE = "{}/figure/2016H1/KR/kakao/daum/search-and-seizure-warrant/processed.html"
PAGES = (
    "{}/index.html",
    "{}/2016H1-figures.html",
    "{}/method.html",
    FIGURE,
    "kakao/{}/2016H1.html",
    "kakao/{}/index.html",
)


@contextmanager
def opened(browser: Browser, address: str, width: int = 1280, **options: Any) -> Iterator[Page]:
    """A page, without scripts unless told; fails where something is missing, from elsewhere or forbidden."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, **{"java_script_enabled": False, **options}
    )
    page = context.new_page()
    faults: list[str] = []
    requests: list[tuple[str, str]] = []
    page.on("console", lambda message: faults.append(f"{message.text} {message.location['url']}"))
    page.on("request", lambda request: requests.append((request.resource_type, request.url)))
    page.on("response", lambda response: faults.append(response.url) if response.status >= 400 else None)
    page.goto(address)
    yield page
    context.close()
    assert not [fault for fault in faults if "favicon" not in fault]
    host = "/".join(address.split("/")[:3]) + "/"
    assert all(url.startswith(host) for _, url in requests)
    scripts = {"script"} if options.get("java_script_enabled") else set()
    assert {kind for kind, _ in requests} <= {"document", "stylesheet"} | scripts


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_no_page_scrolls_sideways(browser, site, lang):
    for path in PAGES:
        with opened(browser, site + path.format(lang), WIDTHS[0], java_script_enabled=True) as page:
            assert leaves_the_screen(page, WIDTHS) == [], path


@pytest.mark.parametrize("width", WIDTHS)
def test_the_first_screen_answers_in_a_sentence_and_a_picture(browser, site, width):
    with opened(browser, site + "en/index.html", width) as page:
        lead, picture, table = (
            page.locator(one).first.bounding_box() for one in (".lead", "svg.bars", "table")
        )
        assert lead and picture and table
        assert lead["y"] < picture["y"] < 500
        assert table["y"] > picture["y"] + picture["height"]


def test_keyboard_focus_opens_an_explanation_and_leads_to_the_sources(browser, site):
    with opened(browser, site + "en/index.html") as page:
        explanation = page.locator("#why-search-and-seizure-warrant-2-2")  # Daum, processed
        expect(explanation).to_be_hidden()
        for _ in range(40):
            page.keyboard.press("Tab")
            page.wait_for_timeout(150)  # until the last figure's explanation has gone
            if explanation.is_visible():
                break
            shown = page.locator(".why:visible").count()
            assert shown == page.locator("td:has(.why):has(:focus)").count()
        expect(page.locator("button.mark:focus")).to_have_accessible_name("Why do sources disagree?")
        expect(explanation).to_contain_text("Two neighbouring digits are swapped")
        expect(explanation).to_contain_text("elsewhere 1,295")
        page.keyboard.press("Tab")  # the figure
        page.keyboard.press("Tab")  # the explanation's own link
        expect(explanation.locator("a:focus")).to_have_text("Every source of this figure")
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text("Daum: Search and seizure warrant, processed")
        page.go_back()
        expect(explanation).to_be_hidden()


@pytest.mark.parametrize(("width", "touch"), [(360, True), (1280, False)])
def test_a_tap_or_click_opens_an_explanation_and_closes_it(browser, site, width, touch):
    with opened(browser, site + "ko/index.html", width, has_touch=touch) as page:
        mark = page.locator("button.mark").nth(2)
        explanation = page.locator("#why-search-and-seizure-warrant-2-2")
        mark.tap() if touch else mark.click()
        expect(explanation).to_be_visible()
        expect(explanation).to_contain_text("이웃한 숫자 두 자리의 순서가 바뀌었습니다")
        box = explanation.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= 800
        aside = page.locator("h2").first  # anywhere else
        aside.tap() if touch else aside.click()
        expect(explanation).to_be_hidden()


def test_an_explanation_is_large_enough_to_touch(browser, site):
    with opened(browser, site + "en/index.html", 360) as page:
        for mark in page.locator("button.mark").all():
            box = mark.bounding_box()
            assert box and min(box["width"], box["height"]) >= 24


def test_each_language_leads_to_its_twin(browser, site):
    with opened(browser, site + FIGURE.format("en")) as page:
        expect(page.locator("html")).to_have_attribute("lang", "en")
        page.get_by_role("link", name="한국어").click()
        expect(page.locator("html")).to_have_attribute("lang", "ko")
        assert page.url == site + FIGURE.format("ko")


def test_the_root_leads_to_both_languages(browser, site):
    for name, lang in (("한국어로 읽기", "ko"), ("Read in English", "en")):
        with opened(browser, site) as page:
            page.get_by_role("link", name=name).click()
            expect(page.locator("html")).to_have_attribute("lang", lang)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_light_and_dark_differ_and_bars_are_drawn(browser, site, scheme):
    with opened(browser, site + "en/index.html", color_scheme=scheme, java_script_enabled=True) as page:
        ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert ground == {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 24, 28)"}[scheme]
        widths = page.evaluate(
            "[...document.querySelectorAll('svg rect')].map(bar => bar.getBoundingClientRect().width)"
        )
        assert len(widths) == 21  # 12 asked; 9 answered, for none of the three subscriber rows was
        assert max(widths) > 300


def test_a_synthetic_report_says_so_at_the_top(browser, site):
    with opened(browser, site + "kakao/ko/2016H1.html", 360) as page:
        box = page.locator(".banner").bounding_box()
        assert box and box["y"] < 120
        expect(page.locator(".banner")).to_contain_text("가상 자료입니다.")
