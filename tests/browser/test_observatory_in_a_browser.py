"""The observatory as people meet it: every kind of page at every width, with scripts and without."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_pages_in_a_browser import WIDTHS, opened
from tests.support.looked_at import axe, leaves_the_screen

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGES = (
    "index.html",
    "2016H1.html",
    "2016H1-figures.html",
    "providers.html",
    "provider/kakao.html",
    "provider/kakao/KR.html",
    "provider/google/US.html",
    "series/KR/kakao/kakao/communication-restriction.html",
    "series/US/google/google/national-security-letters.html",
    "series/KR/apple/apple/account-requests.html",
    "country/KR.html",
    "beside.html",
    "contradictions.html",
    "score/2016H1.html",
    "protection/2016H1.html",
    "brief/2016H1.html",
    "figure/2016H1/KR/kakao/daum/search-and-seizure-warrant/processed.html",
    "figure/2017H1/US/google/google/wiretap-orders/requested.html",
    "method.html",
    "data.html",
    "report-an-error.html",
)
SERIES = "en/series/KR/kakao/kakao/communication-restriction.html"
WITH = {"java_script_enabled": True}


def test_without_scripts_there_are_no_tools_and_every_row_is_there(browser, observatory):
    with opened(browser, observatory + SERIES) as page:
        expect(page.locator(".tools, button.sort")).to_have_count(0)
        assert page.locator("tbody tr").count() == 18


def test_a_column_sorts_and_the_address_keeps_it(browser, observatory):
    with opened(browser, observatory + SERIES, **WITH) as page:
        column = page.locator("thead button.sort").nth(1)
        expect(column).to_have_accessible_name("requested")
        column.click()
        column.click()
        expect(page.locator("tbody tr").first).to_contain_text("2014H1")
        assert "sort=-1" in page.url
        page.reload()
        expect(page.locator("tbody tr").first).to_contain_text("2014H1")
        expect(page.locator("thead th[aria-sort=descending]")).to_contain_text("requested")


def test_what_is_not_known_stays_last_whichever_way(browser, observatory):
    with opened(browser, observatory + "en/beside.html", **WITH) as page:
        column = page.locator("table.beside thead button.sort").nth(2)  # Meta
        for _ in range(2):
            column.click()
            expect(page.locator("table.beside tbody tr").last.locator("td").nth(1)).to_have_text("–")


def test_finding_hides_other_rows_and_the_address_keeps_it(browser, observatory):
    with opened(browser, observatory + "en/contradictions.html", **WITH) as page:
        every = page.locator("tbody tr:visible").count()
        page.get_by_label("Find in this table").fill("687")
        shown = page.locator("tbody tr:visible")
        expect(shown.first).to_contain_text("697")
        assert 0 < shown.count() < every
        assert "find=687" in page.url
        page.reload()
        assert page.locator("tbody tr:visible").count() < every


def test_services_can_be_picked_and_the_address_keeps_it(browser, observatory):
    with opened(browser, observatory + "en/2016H1.html", **WITH) as page:
        page.get_by_label("Naver").check()
        rows = page.locator("tbody tr[data-service]:visible")
        expect(rows).to_have_count(4)
        assert "service=naver" in page.url
        page.reload()
        expect(page.locator("tbody tr[data-service]:visible")).to_have_count(4)
        page.get_by_label("Naver").uncheck()
        expect(page.locator("tbody tr[data-service]:visible")).to_have_count(12)
        assert "service" not in page.url


def columns(page: Page) -> list[str]:
    """The heads of the first table that can be seen."""
    heads = page.locator("table.beside thead th:visible")
    return [text.split("\n")[0] for text in heads.all_inner_texts()]


def test_services_are_picked_as_columns_and_panels_and_the_back_button_undoes_it(browser, observatory):
    with opened(browser, observatory + "en/beside.html", **WITH) as page:
        every = columns(page)
        page.get_by_label("Daum", exact=True).check()
        page.get_by_label("Naver", exact=True).check()
        assert columns(page) == ["half-year", "Naver", "Daum"]
        expect(page.locator(".panels section:visible")).to_have_count(2)
        assert "service=daum%2Cnaver" in page.url
        page.go_back()
        assert columns(page) == ["half-year", "Daum"]
        expect(page.get_by_label("Naver", exact=True)).not_to_be_checked()
        page.go_back()
        assert columns(page) == every
        page.go_forward()
        assert columns(page) == ["half-year", "Daum"]


def test_periods_are_picked_and_a_link_that_is_sent_on_restores_all(browser, observatory):
    with opened(browser, observatory + "en/beside.html", **WITH) as page:
        page.locator(".picks summary").click()
        page.get_by_label("2016H1", exact=True).check()
        page.get_by_label("2015H2", exact=True).check()
        page.get_by_label("Daum", exact=True).check()
        page.locator("table.beside thead button.sort").first.click()
        sent = page.url
    with opened(browser, sent, **WITH) as page:
        rows = page.locator("table.beside tbody tr:visible")
        expect(rows).to_have_count(2)
        expect(rows.first).to_contain_text("2015H2")
        assert columns(page) == ["half-year", "Daum"]
        expect(page.get_by_label("2016H1", exact=True)).to_be_checked()
        # The same choice holds in every table of the page.
        expect(page.locator("table:has(> thead) tr[data-period]:visible", has_text="2014H1")).to_have_count(0)


def test_the_address_that_is_sent_on_needs_no_script(browser, observatory):
    with opened(browser, observatory + "en/beside.html?service=daum&period=2016H1") as page:
        assert len(columns(page)) == 8
        assert page.locator("table.beside tbody tr:visible").count() > 20


def test_a_citation_is_copied_with_the_address_of_its_page(browser, observatory):
    address = observatory + "en/figure/2016H1/KR/kakao/kakao/communication-confirmation/processed.html"
    with opened(browser, address, permissions=["clipboard-read", "clipboard-write"], **WITH) as page:
        page.get_by_role("button", name="Copy").first.click()
        expect(page.get_by_role("button", name="Copied")).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith("Kakao, Communication confirmation data, processed, Korea")
        assert copied.endswith(address)


def test_a_sort_is_undone_by_the_back_button(browser, observatory):
    with opened(browser, observatory + SERIES, **WITH) as page:
        first = page.locator("tbody tr").first.inner_text()
        page.locator("thead button.sort").nth(1).click()
        expect(page.locator("tbody tr").first).not_to_have_text(first)
        page.go_back()
        expect(page.locator("thead th[aria-sort]")).to_have_count(0)
        assert page.locator("tbody tr").first.inner_text() == first


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_printed_pages_hold_the_answer_and_no_tools(browser, observatory, scheme):
    with opened(browser, observatory + "en/provider/kakao/KR.html", color_scheme=scheme, **WITH) as page:
        page.emulate_media(media="print")
        expect(page.locator(".tools:visible, nav:visible")).to_have_count(0)
        expect(page.locator(".lead")).to_be_visible()
        ink, paper = page.evaluate(
            "['color', 'backgroundColor'].map(n => getComputedStyle(document.documentElement)[n])"
        )
        assert (ink, paper) == ("rgb(0, 0, 0)", "rgb(255, 255, 255)")


def test_an_address_that_says_nonsense_does_no_harm(browser, observatory):
    with opened(browser, observatory + SERIES + "?sort=-99&find=%3Cb%3E&service=x", **WITH) as page:
        assert page.locator("b").count() == 0
        expect(page.locator("h1")).to_be_visible()


def test_a_footnote_leads_to_its_claims_and_figure(browser, observatory):
    with opened(browser, observatory + "en/brief/2016H1.html") as page:
        page.locator(".lead sup a").first.click()
        assert page.url.endswith("#n1")
        expect(page.locator("#n1")).to_contain_text("2,255 + 15 + 802")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_lines_are_drawn_and_differ_without_colour(browser, observatory, scheme):
    with opened(browser, observatory + SERIES, color_scheme=scheme, **WITH) as page:
        dashes = page.evaluate(
            "['asked', 'done'].map(kind => document.querySelector('svg.lines line.' + kind))"
            ".map(line => getComputedStyle(line).strokeDasharray)"
        )
        assert dashes[0] != dashes[1]
        lengths = page.evaluate(
            "[...document.querySelectorAll('svg.lines line.done')].map(l => l.getBoundingClientRect().width)"
        )
        assert len(lengths) == 17 and min(lengths) > 10


LOOKS = {
    "ko": [(360, "light"), (1280, "dark")],
    "en": [(360, "dark"), (1280, "light")],
}
"""Each width with each scheme and each language once."""


@pytest.mark.parametrize("lang", LOOKS)
def test_every_kind_of_page(browser, observatory, lang):
    """Nothing that axe-core finds; at no width does it scroll sideways or does a text leave its chart."""
    found = {}
    with opened(browser, f"{observatory}{lang}/index.html", bypass_csp=True, **WITH) as page:
        for path in PAGES:
            page.goto(f"{observatory}{lang}/{path}")
            faults = leaves_the_screen(page, WIDTHS)
            for width, scheme in LOOKS[lang]:
                page.set_viewport_size({"width": width, "height": 800})
                page.emulate_media(color_scheme=scheme)
                faults += axe(page)
            found[path] = faults
    assert not {path: faults for path, faults in found.items() if faults}
