"""The site's own modules, run in a page that stays open, over whatever folder a test has made."""

import itertools
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from sagwan.pages.site import verifier
from sagwan.verify import Memory, Trust
from sagwan.verify.published import find_periods
from sagwan.verify.source import open_source

from .conftest import Quiet

_CALL = """async ([module, name, ...values]) => {
  const { [name]: work } = await import(module);
  const given = values.map((one) => Array.isArray(one) ? Uint8Array.from(one) : one);
  try { return { answer: await work(...given) }; } catch (error) {
    if (error.constructor.name !== "Malformed") throw error;
    return { refused: error.message };
  }
}"""

_TOLD = """async (texts) => {
  const { told } = await import("/verify/told.js");
  return texts.map(told);
}"""


class Refused(Exception):
    """What the modules say where they give no answer."""


class _Server(Quiet):
    """Folders as a site of static files has them; one that publishes no `datapackage.json` is given one."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 1 << 16

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.name == "datapackage.json" and not path.exists():
            with open_source(path.parent) as source:
                found = find_periods(source, None)
            body = " ".join(f"report/{period}.csv" for period in found).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        else:
            super().do_GET()


@contextmanager
def untraced() -> Iterator[None]:
    """A test that counts Python's steps does not mean the browser's driver, nor what compares the two."""
    tracing = sys.gettrace()
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(tracing)


class Modules:
    """Calls exported functions of `assets/verify/*.js` with folders that are served for the call."""

    def __init__(self, page: Any, root: Path, address: str) -> None:
        self._page, self._root, self._address = page, root, address
        self._numbers = itertools.count()

    def call(self, module: str, name: str, *values: Any) -> Any:
        """What the function gives, which gets bytes where a list of numbers is named.

        Raise Refused with the message of what it throws as Malformed.
        """
        with untraced():
            found = self._page.evaluate(_CALL, [f"/verify/{module}", name, *values])
        if "refused" in found:
            raise Refused(found["refused"])
        return found["answer"]

    def told(self, texts: Iterable[str]) -> list[str]:
        """Texts that the modules say, in the Korean of a Korean page."""
        return self._page.evaluate(_TOLD, list(texts))

    @contextmanager
    def served(self, folder: Path) -> Iterator[str]:
        """The address of a folder, another one each time: nothing is remembered of an earlier one."""
        link = self._root / f"folder-{next(self._numbers)}"
        link.symlink_to(folder.resolve())
        try:
            yield f"{self._address}{link.name}/"
        finally:
            link.unlink()


@contextmanager
def opened_modules(browser: Browser, root: Path) -> Iterator[Modules]:
    """The modules in a page of their own; `root` is an empty folder for the server."""
    for path, data in verifier():
        file = root / path.removeprefix("assets/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    (root / "index.html").write_text('<!doctype html><html lang="en"><link rel="icon" href="data:,">')
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Server, directory=str(root)))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    context = browser.new_context()
    try:
        page = context.new_page()
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        page.goto(address)
        yield Modules(page, root, address)
    finally:
        context.close()
        server.shutdown()
        thread.join()
        server.server_close()


def reader(trust: Trust, origin: str) -> dict[str, Any]:
    """What a reader brings, as the modules take it."""
    found: dict[str, Any] = {name: value for name in ("key", "policy") if (value := getattr(trust, name))}
    memory = trust.memory.recall(origin) if isinstance(trust.memory, Memory) else None
    if memory:
        found["remembered"] = {"origin": origin, **asdict(memory)}
    if trust.max_withheld is not None:
        found["maxWithheld"] = trust.max_withheld
    return found
