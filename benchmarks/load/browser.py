"""One person's browser, as far as a server notices: cookies, forms with their hidden fields, redirects."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection
from urllib.parse import urlencode

REDIRECTS = (301, 302, 303)


class Unexpected(Exception):
    """An answer that a person would not have got."""


@dataclass
class Form:
    """A form as it stands on a page: where it goes, and what its fields hold; a name may come repeatedly."""

    action: str
    values: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[tuple[str, str]] = field(default_factory=list)

    def filled(self, changes: Mapping[str, str]) -> str:
        """The body that sends it with other values."""
        kept = [(name, value) for name, value in self.values if name not in changes]
        return urlencode([*kept, *changes.items()])


class _Forms(HTMLParser):
    """All forms of a page, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(found.get("action", "")))
        elif not self.forms or ("name" not in found and tag != "option"):
            return
        elif tag == "select":
            self._select = found["name"]
        elif tag == "option" and self._select and "selected" in found:
            self.forms[-1].values.append((self._select, found.get("value", "")))
        elif tag == "textarea":
            self.forms[-1].values.append((found["name"], ""))
        elif tag == "input":
            self._input(found)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""

    def _input(self, found: Mapping[str, str]) -> None:
        kind, pair = found.get("type", "text"), (found["name"], found.get("value", "on"))
        if kind in ("checkbox", "radio"):
            self.forms[-1].boxes.append(pair)
            if "checked" in found:
                self.forms[-1].values.append(pair)
        elif kind not in ("submit", "file"):
            self.forms[-1].values.append((found["name"], found.get("value", "")))


def forms_of(page: str) -> list[Form]:
    parser = _Forms()
    parser.feed(page)
    return parser.forms


@dataclass
class Browser:
    """Keeps its connection and its cookies; `seconds` is how long the last answer took, redirects not
    followed."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    place: str = "/"
    _connection: HTTPConnection | None = None

    def get(self, address: str) -> str:
        return self._go("GET", address, None)

    def send(self, form: Form, changes: Mapping[str, str], *, to: str = "") -> str:
        """Send a form; return the page that follows."""
        return self._go("POST", to or form.action or self.place, form.filled(changes))

    def _go(self, method: str, address: str, body: str | None) -> str:
        status, moved, page = self.ask(method, address, body)
        while status in REDIRECTS:
            address = moved
            status, moved, page = self.ask("GET", address, None)
        if status != 200:
            raise Unexpected(f"{method} {address}: {status}")
        self.place = address
        return page

    def ask(self, method: str, address: str, body: str | None) -> tuple[int, str, str]:
        """One request: status, where it leads, page."""
        headers = {"Host": f"localhost:{self.port}", "Accept-Language": "en"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if self._connection is None:
            self._connection = HTTPConnection("localhost", self.port, timeout=120)
        began = time.perf_counter()
        self._connection.request(method, address, body, headers)
        answer = self._connection.getresponse()
        page = answer.read().decode()
        self.seconds = time.perf_counter() - began
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers.get("Location", ""), page

    def close(self) -> None:
        """Leave; the server has room for a hundred connections."""
        if self._connection is not None:
            self._connection.close()

    def enter(self, person: str) -> None:
        """Come in by the demo's door."""
        page = self.get("/demo/")
        form = next(form for form in forms_of(page) if form.action == "/demo/")
        self.send(form, {"person": person})
