"""A folder at an address: the same verdict, and a server that misbehaves is noticed."""

import gzip
import http.server
import threading
from functools import partial

import pytest

from sagwan.formats import paths
from sagwan.verify import SourceError, verify
from tests.support.folder import H1, Half, build, first_half, received, second_half

from .helpers import failed


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder; `wrong` may answer a path itself and then returns True."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each answer waits 40 ms for the client's delayed ACK
    wrong = staticmethod(lambda handler: False)

    def do_GET(self):
        if not type(self).wrong(self):
            super().do_GET()

    def log_message(self, *arguments):
        pass

    def answer(self, body, *headers, status=200):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def serve(tmp_path):
    """Serve the folder `tmp_path`, with or without misbehaviour, and give its address."""
    servers = []

    def start(wrong=lambda handler: False):
        handler = type("OneHandler", (Handler,), {"wrong": staticmethod(wrong)})
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=tmp_path))
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def announce(root, *periods):
    text = ", ".join(f'{{"path": "report/{period}.csv"}}' for period in periods)
    (root / paths.DATAPACKAGE).write_text(f'{{"resources": [{text}]}}')


def test_the_same_verdict_as_from_the_folder(tmp_path, trust, serve):
    build(tmp_path, Half(H1, [received(f"r{n}") for n in range(700)], batches=5), second_half())
    announce(tmp_path, "2016H1", "2016H2")
    here, there = verify(tmp_path, trust=trust), verify(serve(), trust=trust)
    assert there.exit_code == 0
    assert (there.checks, there.periods) == (here.checks, here.periods)


def test_half_years_are_found_without_a_list_of_them(tmp_path, trust, serve):
    build(tmp_path, first_half(), second_half())
    address = serve()
    with pytest.raises(SourceError, match="no report"):
        verify(address, trust=trust)
    verdict = verify(address, trust=trust, period="2016H2")
    assert [p.period for p in verdict.periods] == ["2016H1", "2016H2"] and verdict.exit_code == 0


def test_a_cheat_is_seen_over_http_too(tmp_path, trust, serve):
    build(tmp_path, first_half(csv=lambda data: data.replace(b"warrant,3", b"warrant,4")))
    assert failed(verify(serve(), trust=trust, period="2016H1")) == [7]


def test_compressed_answers(tmp_path, trust, serve):
    build(tmp_path, first_half())

    def compress(handler):
        path = tmp_path / handler.path.lstrip("/")
        if not path.is_file():
            return False
        body = gzip.compress(path.read_bytes())
        handler.answer(body, ("Content-Encoding", "gzip"), ("Content-Length", str(len(body))))
        return True

    assert verify(serve(compress), trust=trust, period="2016H1").exit_code == 0


ELSEWHERE = ("Location", "http://elsewhere.invalid/key")


def misbehaving(path, answer):
    def wrong(handler):
        if handler.path != "/" + path:
            return False
        answer(handler)
        handler.close_connection = True
        return True

    return wrong


@pytest.mark.parametrize(
    ("path", "answer", "match"),
    [
        (paths.CHECKPOINT, lambda h: h.answer(b"short", ("Content-Length", "9")), "IncompleteRead"),
        (
            paths.openings(H1, 0),
            lambda h: h.answer(gzip.compress(b"x" * 99)[:-9], ("Content-Encoding", "gzip")),
            "IncompleteRead",
        ),
        (paths.CHECKPOINT, lambda h: h.answer(b"x" * 2_000_000), "more than the"),
        (
            paths.CHECKPOINT,
            lambda h: h.answer(gzip.compress(bytes(50_000_000)), ("Content-Encoding", "gzip")),
            "more than the",
        ),
        (
            paths.KEY,
            lambda h: h.answer(b"", ELSEWHERE, status=302),
            "another host",
        ),
        (paths.KEY, lambda h: h.answer(b"", ("Location", "/key"), status=302), "redirected more than"),
        (paths.KEY, lambda h: h.answer(b"", status=500), "500"),
        (paths.KEY, lambda h: h.answer(b"x", ("Content-Encoding", "br")), "not asked for"),
        (paths.KEY, lambda h: None, "closed connection"),
    ],
    ids=["short", "cut-gzip", "long", "bomb", "other-host", "circle", "broken", "encoding", "silent"],
)
def test_a_server_that_misbehaves(tmp_path, trust, serve, path, answer, match):
    build(tmp_path, first_half())
    with pytest.raises(SourceError, match=match):
        verify(serve(misbehaving(path, answer)), trust=trust, period="2016H1")


def test_a_redirect_on_the_same_host_is_followed(tmp_path, trust, serve):
    build(tmp_path / "moved", first_half())

    def move(handler):
        if handler.path.startswith("/moved/"):
            return False
        handler.answer(b"", ("Location", "/moved" + handler.path), ("Content-Length", "0"), status=301)
        return True

    assert verify(serve(move), trust=trust, period="2016H1").exit_code == 0


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:1/", "http://", "http://user@host/", "http://h:99999/"]
)
def test_addresses_that_lead_nowhere(address):
    with pytest.raises(SourceError):
        verify(address)
