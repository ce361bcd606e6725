"""A really published folder behind a plain web server, and the vectors."""

import functools
import http.server
import json
import shutil
import threading
from pathlib import Path

import pytest

from sagwan.seal.log_folder import LogFolder
from tests.support.folder import H1, Half, Keys, Publisher, received, resolved, second_half

VECTORS = Path(__file__).parents[1] / "vectors" / "tlog.json"


class Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def ours() -> dict:
    return json.loads(VECTORS.read_text())


@pytest.fixture(scope="session")
def published(tmp_path_factory) -> Publisher:
    """Two half-years in 1,100 entries and a dozen batches."""
    root = tmp_path_factory.mktemp("outside") / "public"
    publisher = Publisher(root, Keys())
    lines = [make(f"r{number}") for number in range(540) for make in (received, resolved)]
    publisher.publish(Half(H1, lines, batches=9))
    publisher.publish(second_half())
    return publisher


@pytest.fixture(scope="session")
def notes(published) -> list[bytes]:
    """Every checkpoint that was published, the smallest first."""
    found = {
        file.read_bytes()
        for file in published.root.rglob("*")
        if "checkpoint" in str(file) and file.is_file()
    }
    return sorted(found, key=lambda note: int(note.split(b"\n")[1]))


@pytest.fixture(scope="session", params=["whole", "cleaned"])
def root(request, published, tmp_path_factory) -> Path:
    """The folder as it was written, and without the partial tiles that are superseded."""
    if request.param == "whole":
        return published.root
    root = shutil.copytree(published.root, tmp_path_factory.mktemp("cleaned") / "public")
    assert LogFolder(root / "log").remove_superseded(len(published.entries)) > 10
    return root


@pytest.fixture(scope="session")
def url(root):
    """Where the folder is served."""
    handler = functools.partial(Quiet, directory=root)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
