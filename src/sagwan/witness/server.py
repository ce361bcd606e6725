"""The witness over HTTP: `POST /add-checkpoint` and `GET /<hex SHA-256 of the origin>/checkpoint`.

Meant to stand behind a proxy that speaks TLS and limits rates.
"""

import logging
import re
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from sagwan.witness.core import Answer, refuse
from sagwan.witness.errors import WitnessStoreError
from sagwan.witness.service import Witness

MAX_BODY = 1_000_000
"""Bytes in the largest request that is read."""

_CHECKPOINT_PATH = re.compile(r"/([0-9a-f]{64})/checkpoint")
_log = logging.getLogger(__name__)


class WitnessServer(ThreadingHTTPServer):
    """Serves one witness, a thread a connection, on `(host, port)`; port 0 takes a free one."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], witness: Witness) -> None:
        super().__init__(address, _Handler)
        self.witness = witness

    @property
    def url(self) -> str:
        """Submission and monitoring prefix, as seen from this machine."""
        return f"http://{self.server_address[0]!s}:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: WitnessServer
    protocol_version = "HTTP/1.1"
    server_version = "sagwan-witness"
    sys_version = ""
    timeout = 30  # seconds a client may stay silent

    def do_POST(self) -> None:
        body = self._body()
        if isinstance(body, Answer):
            # What was not read would be taken for the next request.
            self.close_connection = True
            self._send(body)
        elif self.path != "/add-checkpoint":
            self._send(refuse(HTTPStatus.NOT_FOUND, "the only address to post to is /add-checkpoint"))
        else:
            self._send(self._guarded(lambda: self.server.witness.add_checkpoint(body)))

    def do_GET(self) -> None:
        match = _CHECKPOINT_PATH.fullmatch(self.path)
        if match is None:
            self._send(refuse(HTTPStatus.NOT_FOUND, "the only address to get is /<hex SHA-256>/checkpoint"))
        else:
            self._send(self._guarded(lambda: self.server.witness.checkpoint(match[1])))

    def _body(self) -> bytes | Answer:
        length = self.headers.get("Content-Length", "")
        if "Transfer-Encoding" in self.headers or not length:
            return refuse(HTTPStatus.LENGTH_REQUIRED, "send a Content-Length")
        if not re.fullmatch(r"[0-9]{1,15}", length):
            return refuse(HTTPStatus.BAD_REQUEST, f"Content-Length {length!r} is not a number of bytes")
        if int(length) > MAX_BODY:
            return refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"at most {MAX_BODY} bytes are read")
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            return refuse(HTTPStatus.BAD_REQUEST, f"{length} bytes were announced, {len(body)} came")
        return body

    def _guarded(self, act: Callable[[], Answer]) -> Answer:
        try:
            return act()
        except WitnessStoreError as error:
            _log.error("nothing was cosigned: %s", error)
            return refuse(
                HTTPStatus.INTERNAL_SERVER_ERROR, "the witness cannot reach its store; try again later"
            )

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Cache-Control", "no-store")
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:
        _log.info("%s %s", self.address_string(), format % args)
