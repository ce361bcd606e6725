"""Witnesses for a test: real servers on 127.0.0.1, honest ones and others."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import BaseServer

from sagwan.tlog import KeyType, Note, SigningKey, VerifierKey, cosign
from sagwan.witness import Witness, WitnessServer, WitnessStore

Answer = tuple[int, str, bytes]
"""Status, content type, body."""
TIME = 1_467_331_200
TEXT, SIZE = "text/plain; charset=utf-8", "text/x.tlog.size"


def witness_key(name: str = "one") -> SigningKey:
    return SigningKey(f"witness.example/{name}", KeyType.COSIGNATURE_V1, sha256(name.encode()).digest())


def honest(memory: Path, log: VerifierKey, name: str = "one", port: int = 0) -> WitnessServer:
    """A witness that follows one log; what it remembers is in the file `memory`."""
    store = WitnessStore(memory)
    store.follow(log)
    return WitnessServer(("127.0.0.1", port), Witness(store, witness_key(name), clock=lambda: TIME))


class Odd(ThreadingHTTPServer):
    """A server that answers add-checkpoint as `answer(body)` says, and knows no checkpoint when asked."""

    daemon_threads = True

    def __init__(self, answer: Callable[[bytes], Answer]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer = answer
        self.asked: list[bytes] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Odd

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append(body)
        self._send(*self.server.answer(body))

    def do_GET(self) -> None:
        self._send(404, TEXT, b"nothing\n")

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: object) -> None:
        """Say nothing."""


def note_in(body: bytes) -> bytes:
    """The signed checkpoint in an add-checkpoint request."""
    return body.partition(b"\n\n")[2]


def cosignature(note: Note, name: str = "one") -> bytes:
    """The line by which a witness cosigns a note, without looking at it."""
    return str(cosign(note.text, witness_key(name), TIME)).encode()


@contextmanager
def serving(*servers: BaseServer) -> Iterator[list[str]]:
    """Serve each in a thread of its own; their addresses."""
    threads = [
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}) for server in servers
    ]
    for thread in threads:
        thread.start()
    try:
        yield _urls(servers)
    finally:
        for server, thread in zip(servers, threads, strict=True):
            server.shutdown()
            thread.join()
            server.server_close()


def _urls(servers: Sequence[BaseServer]) -> list[str]:
    return [server.url for server in servers]  # type: ignore[attr-defined]
