"""A Chromium, and the site of 2016H1 served as it would be in public: static files, nothing else."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from sagwan.cli.wiring import labels
from sagwan.compare import compare, load_packaged
from sagwan.compare.site import build_site
from sagwan.publish.pages import report_pages
from sagwan.record.period import Period
from tests.pages.make import LABELS, report
from tests.pages.test_pages_compare import LABELS as INSTRUMENTS
from tests.support.components import chromium


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = chromium()
    if program is None:
        pytest.skip("no Chromium: apt-get install chromium fonts-nanum")
    # Root may not use Chromium's sandbox; the pages are our own.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=program, args=arguments)
        yield found
        found.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the comparison's site; a provider's synthetic pages lie under `kakao/`."""
    root: Path = tmp_path_factory.mktemp("site")
    build_site(compare(load_packaged(), "2016H1"), [], root, labels=INSTRUMENTS)
    for path, data in report_pages(report(synthetic=True), labels=LABELS):
        target = root / "kakao" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    with served(root) as address:
        yield address


@pytest.fixture(scope="session")
def observatory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the whole observatory's site, in the words of the law packs."""
    root: Path = tmp_path_factory.mktemp("observatory")
    build_site(compare(load_packaged()), [], root, labels=labels(Period.parse("2024H1")))
    with served(root) as address:
        yield address


@contextmanager
def served(root: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    thread.join()
    server.server_close()
