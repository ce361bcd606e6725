"""A strict reading of a page: what it links to, and everything that a public page must not have."""

import posixpath
import re
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

VOID = {"meta", "link", "br", "hr", "img", "input", "rect", "line", "circle"}
SCRIPT = "assets/sagwan.js"
RECOUNT, RECEIPT = "assets/verify/page.js", "assets/verify/receipt_page.js"
FETCHING = {"src", "srcset", "data", "poster", "background", "xlink:href", "action", "formaction"}
LARGEST = 100_000  # bytes of a page without its charts
CHART = re.compile(rb"<svg.*?</svg>", re.DOTALL)


class Reader(HTMLParser):
    """Reads a page; `faults` says what is wrong with it."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.links: list[str] = []
        self.sheets: list[str] = []
        self.scripts: list[str] = []
        self.ids: list[str] = []
        self.named: list[str] = []
        self.tags: list[str] = []
        self.languages: list[str] = []
        self.text: list[str] = []
        self.csp = ""
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = dict(attrs)
        self._attributes(tag, given)
        if tag == "a" and given.get("href"):
            self.links.append(given["href"] or "")
        if tag == "link" and given.get("rel") == "stylesheet":
            self.sheets.append(given["href"] or "")
        if tag == "meta" and given.get("http-equiv") == "Content-Security-Policy":
            self.csp = given["content"] or ""
        if tag == "script":
            self.scripts.append(given.get("src") or "inline")
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._attributes(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1] != tag:
            self.faults.append(f"</{tag}> closes {self._open[-1:]} at {self.getpos()}")
        else:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def close(self) -> None:
        super().close()
        self.faults += [f"<{tag}> is never closed" for tag in self._open]
        self.faults += [f"id {one} stands there twice" for one in set(self.ids) if self.ids.count(one) > 1]
        self.faults += [f"no element has the id {one}" for one in set(self.named) - set(self.ids)]

    def _attributes(self, tag: str, given: dict[str, str | None]) -> None:
        for name, value in given.items():
            if name == "style" or name.startswith("on"):
                self.faults.append(f"<{tag} {name}> is inline")
            if name in FETCHING and tag != "script":
                self.faults.append(f"<{tag} {name}> fetches {value}")
            if name == "lang":
                self.languages.append(value or "")
        if tag in ("style", "iframe", "object", "embed", "form", "base"):
            self.faults.append(f"<{tag}> is not for a public page")
        self.ids += [given["id"] or ""] if "id" in given else []
        for name in ("aria-labelledby", "aria-describedby", "popovertarget"):
            self.named += (given.get(name) or "").split()


def read(data: bytes) -> Reader:
    reader = Reader()
    reader.feed(data.decode())
    reader.close()
    return reader


def check(files: dict[str, bytes], *, elsewhere: tuple[str, ...] = ()) -> None:
    """Assert that all pages are sound and that every link of theirs leads to a file of `files`, to the web,
    or to a place that begins with one of `elsewhere`."""
    for path, data in files.items():
        if not path.endswith(".html"):
            continue
        plain = len(CHART.sub(b"", data))
        assert plain < LARGEST, f"{path} has {plain} bytes without its charts"
        reader = read(data)
        assert not reader.faults, f"{path}: {reader.faults}"
        assert reader.csp.startswith("default-src 'none'; style-src 'self'"), path
        scripts = [script.lstrip("./") for script in reader.scripts]
        assert scripts in ([], [SCRIPT], [RECOUNT], [RECEIPT]), path
        assert bool(reader.scripts) == ("script-src 'self';" in reader.csp), path
        assert "unsafe" not in reader.csp, path
        assert reader.tags.count("h1") == 1, path
        assert reader.languages[0] == (path.split("/")[0] if "/" in path else "ko"), path
        for link in [*reader.links, *reader.sheets, *reader.scripts]:
            check_link(path, link, reader, files, elsewhere)


def check_link(
    path: str, link: str, reader: Reader, files: dict[str, bytes], elsewhere: tuple[str, ...]
) -> None:
    parts = urlsplit(link)
    if parts.scheme:
        assert parts.scheme in ("http", "https", "mailto"), f"{path} links to {link}"
        assert link not in [*reader.sheets, *reader.scripts], f"{path} fetches {link}"
        return
    if not parts.path:
        assert parts.fragment in reader.ids, f"{path} links to {link}"
        return
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
    assert target in files or target.startswith(elsewhere), f"{path} links to {link}, which is nowhere"
