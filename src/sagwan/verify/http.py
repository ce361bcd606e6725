"""A published folder at an http(s) address, mirrored into a temporary folder as checks ask for its files.

The server is not trusted: answers are bounded in size and time, lengths are compared, and no redirect leads
to another host. What it serves is checked like any other folder.
"""

import http.client
import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import TypeVar
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from sagwan.verify.errors import SourceError
from sagwan.verify.mirror import BLOCK, Mirror

TIMEOUT = 30.0
"""Seconds in which a server must send the head of its answer, and then each `_STEP` bytes of the body."""
_STEP = 1 << 16
REDIRECTS = 3

T = TypeVar("T")


class Http(Mirror):
    """A folder behind an address."""

    def __init__(self, address: str, *, timeout: float = TIMEOUT) -> None:
        parts = urlsplit(address)
        try:
            port = parts.port
        except ValueError as error:
            raise SourceError(f"{address!r} is not an address: {error}") from None
        if not parts.hostname or parts.username or parts.query or parts.fragment:
            raise SourceError(
                f"{address!r} is not the address of a folder", hint="such as https://host/folder"
            )
        super().__init__(address)
        self._base = parts._replace(path=parts.path.rstrip("/") + "/")
        self._host = (parts.scheme, parts.hostname, port)
        self._timeout = timeout
        self._local = threading.local()
        self._connections: list[http.client.HTTPConnection] = []
        self._left = False

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._left = True
        for connection in self._connections:
            _cut(connection)  # so that no thread goes on reading what nobody wants
        super().__exit__(kind, error, trace)
        for connection in self._connections:
            connection.close()

    def list(self) -> list[str] | None:
        """Static files behind an address cannot be listed."""
        return None

    def _content(self, path: str) -> Iterator[bytes] | None:
        answer = self._said(path, lambda: self._get(self._base._replace(path=self._base.path + quote(path))))
        if answer.status in (404, 410):
            self._said(path, lambda: answer.read(BLOCK))
            if not answer.isclosed():
                self._drop()  # the rest of a long 'not found' is not worth waiting for
            return None
        return self._blocks(path, self._body(answer))

    def _blocks(self, path: str, blocks: Iterator[bytes]) -> Iterator[bytes]:
        """The blocks, with what goes wrong on the way said of this path."""
        while (block := self._said(path, lambda: next(blocks, None))) is not None:
            yield block

    def _said(self, path: str, act: Callable[[], T]) -> T:
        try:
            return act()
        except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
            self._drop()
            raise SourceError(f"{self.name}: {path}: {_words(error)}", hint=_hint(error)) from None

    def _get(self, url: SplitResult) -> http.client.HTTPResponse:
        for _ in range(REDIRECTS + 1):
            answer = self._request(url.path)
            if answer.status in (200, 404, 410):
                return answer
            if answer.status not in (301, 302, 303, 307, 308):
                raise SourceError(f"{url.geturl()}: the server answers {answer.status} {answer.reason}"[:300])
            self._drop()
            url = urlsplit(urljoin(url.geturl(), answer.headers.get("Location", "")))
            if (url.scheme, url.hostname, url.port) != self._host:
                raise SourceError(
                    f"{self.name}: the server redirects to another host, {url.geturl()[:300]}",
                    hint="verify that address if you trust it",
                )
        raise SourceError(f"{url.geturl()[:300]}: redirected more than {REDIRECTS} times")

    def _request(self, path: str) -> http.client.HTTPResponse:
        for attempt in (1, 2):
            connection = self._connection()
            try:
                with self._deadline(connection):
                    connection.request("GET", path, headers={"Accept-Encoding": "gzip, identity"})
                    return connection.getresponse()
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                # A kept connection may have been closed meanwhile; a fresh one that is closed is an error.
                self._drop()
                if attempt == 2 or self._left:
                    raise
        raise AssertionError("unreachable")

    def _body(self, answer: http.client.HTTPResponse) -> Iterator[bytes]:
        """The content in blocks; a body shorter than its Content-Length is an error, never a short file."""
        encoding = answer.headers.get("Content-Encoding", "identity").strip().lower()
        if encoding not in ("identity", "gzip"):
            raise SourceError(f"the server sends content-encoding {encoding[:40]!r}, which was not asked for")
        inflater = zlib.decompressobj(wbits=31) if encoding == "gzip" else None
        promised = answer.headers.get("Content-Length")
        size = 0
        while block := self._step(answer):
            size += len(block)
            if inflater is None:
                yield block
                continue
            # At most one block at a time comes out, so that a small answer cannot fill the memory.
            while block:
                yield inflater.decompress(block, BLOCK)
                block = inflater.unconsumed_tail
        if inflater is not None:
            yield inflater.flush()
            if not inflater.eof:
                raise http.client.IncompleteRead(b"")
        if promised is not None and promised.isdigit() and size != int(promised):
            raise http.client.IncompleteRead(b"", int(promised) - size)

    def _step(self, answer: http.client.HTTPResponse) -> bytes:
        with self._deadline(self._connection()):
            return answer.read(_STEP)

    @contextmanager
    def _deadline(self, connection: http.client.HTTPConnection) -> Iterator[None]:
        """Cut the connection when time is over: the socket's own timeout begins anew with every byte."""
        over = threading.Event()

        def cut() -> None:
            over.set()
            _cut(connection)

        timer = threading.Timer(self._timeout, cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        except (OSError, http.client.HTTPException):
            if not over.is_set():
                raise
        finally:
            timer.cancel()
        if over.is_set():
            raise TimeoutError(f"too little came in {self._timeout:g} s")

    def _connection(self) -> http.client.HTTPConnection:
        connection: http.client.HTTPConnection | None = getattr(self._local, "connection", None)
        if connection is None:
            scheme, host, port = self._host
            kind = http.client.HTTPSConnection if scheme == "https" else http.client.HTTPConnection
            connection = kind(str(host), port, timeout=self._timeout)
            self._local.connection = connection
            self._connections.append(connection)
        return connection

    def _drop(self) -> None:
        connection: http.client.HTTPConnection | None = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None


def _cut(connection: http.client.HTTPConnection) -> None:
    """End what a thread waits for; closing alone would not wake it."""
    if connection.sock:
        with suppress(OSError):
            connection.sock.shutdown(socket.SHUT_RDWR)


def _words(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return f"the server stalls: {error}"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"the server's certificate does not hold: {error.verify_message}"
    return (str(error) or type(error).__name__)[:300]


def _hint(error: Exception) -> str:
    if isinstance(error, ssl.SSLError):
        return (
            "ask the provider, or take the folder another way: what is verified does not rest on the server"
        )
    return "is the address right, and the server reachable?"
