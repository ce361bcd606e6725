"""A page in both languages: where it lies, how it finds its style sheet and its twin."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from sagwan.pages.browser_words import korean_module
from sagwan.pages.environment import render
from sagwan.pages.i18n import LANGUAGES

STYLE_SHEET = "assets/sagwan.css"
SCRIPT = "assets/sagwan.js"
VERIFIER = "assets/verify"

Context = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """A page that lies at `<lang>/<path>`. `context` gives the template's names for a language; with `script`
    the page may run the site's own script, which it must not need; `module` is the path, from the site's
    root, of a module that the page is for."""

    path: str
    template: str
    context: Callable[[str], Context] = field(default=lambda lang: {})
    script: bool = False
    module: str = ""


def rendered(page: Page) -> Iterator[tuple[str, bytes]]:
    """(path from the site's root, bytes) of the page in every language."""
    for lang in LANGUAGES:
        yield f"{lang}/{page.path}", _bytes(page, lang)


def language_choice(title: Mapping[str, str], lead: Mapping[str, str]) -> tuple[str, bytes]:
    """The root's index.html, which greets in every language and leads to each by a link."""
    text = render("choose.html", "en", root="", style=STYLE_SHEET, title_in=title, lead_in=lead)
    return "index.html", text.encode()


def style_sheet() -> tuple[str, bytes]:
    """(path from the site's root, bytes) of the one style sheet."""
    return STYLE_SHEET, (files("sagwan.pages") / "static" / "sagwan.css").read_bytes()


def script() -> tuple[str, bytes]:
    """(path from the site's root, bytes) of the one script."""
    return SCRIPT, (files("sagwan.pages") / "static" / "sagwan.js").read_bytes()


def verifier() -> Iterator[tuple[str, bytes]]:
    """(path from the site's root, bytes) of the browser's recount: modules, library, and their Korean."""
    yield from _below(files("sagwan.pages") / "static" / "verify", VERIFIER)
    yield f"{VERIFIER}/ko.js", korean_module()


def _below(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _below(entry, f"{path}/{entry.name}")
        else:
            yield f"{path}/{entry.name}", entry.read_bytes()


def _bytes(page: Page, lang: str) -> bytes:
    up = "../" * page.path.count("/")  # to the language's folder
    root = "../" + up
    text = render(
        page.template,
        lang,
        root=root,
        home=up + "index.html",
        here=up,
        style=root + STYLE_SHEET,
        script=root + SCRIPT if page.script else "",
        module=root + page.module if page.module else "",
        twins={other: f"{root}{other}/{page.path}" for other in LANGUAGES},
        **page.context(lang),
    )
    return text.encode()
