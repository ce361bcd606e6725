"""What is looked for on every page in a browser: axe-core's findings, and what leaves the window."""

from collections.abc import Iterable
from importlib.resources import files

from playwright.sync_api import Page


def axe(page: Page) -> list[str]:
    """What axe-core finds of WCAG 2.2, level A and AA, and of its best practices."""
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    # What passes is most of what it finds, and nobody reads it.
    options = {"runOnly": tags, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(options).then(found => found.violations)", options)
    return [
        f"{rule['id']}: {node['html'][:160]} {node.get('failureSummary', '')}"
        for rule in found
        for node in rule["nodes"]
    ]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def leaves_the_screen(page: Page, widths: Iterable[int]) -> list[str]:
    """At which widths the page scrolls sideways, or a chart's text leaves the window."""
    wrong = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        if overflow(page):
            wrong.append(f"{overflow(page)} px too wide at {width}")
        cut = page.evaluate(
            "[...document.querySelectorAll('svg text')].filter(t => {"
            " const box = t.getBoundingClientRect();"
            " return box.right > innerWidth || box.left < 0 }).map(t => t.textContent)"
        )
        wrong += [f"{text!r} leaves the screen at {width}" for text in cut]
    return wrong
