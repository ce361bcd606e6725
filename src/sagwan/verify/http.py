"""A published folder at an http(s) address, mirrored into a temporary folder as checks ask for its files.

The server is not trusted: answers are bounded, lengths are compared, time runs out, and no redirect leads to
another host. What it serves is checked like any other folder.
"""

import http.client
import tempfile
import threading
import zlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from sagwan.verify.errors import SourceError

TIMEOUT = 30.0
CONNECTIONS = 4
REDIRECTS = 3
_BLOCK = 1 << 20


class Http:
    """A folder behind an address. Use it as a context: the mirror is removed at the end."""

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
        self.name = address
        self._base = parts._replace(path=parts.path.rstrip("/") + "/")
        self._host = (parts.scheme, parts.hostname, port)
        self._timeout = timeout
        self._mirror = tempfile.TemporaryDirectory(prefix="sagwan-verify-")
        self.root = Path(self._mirror.name)
        self._asked: set[str] = set()
        self._local = threading.local()
        self._connections: list[http.client.HTTPConnection] = []
        self._pool = ThreadPoolExecutor(CONNECTIONS)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(cancel_futures=True)
        for connection in self._connections:
            connection.close()
        self._mirror.cleanup()

    def list(self) -> list[str] | None:
        """Static files behind an address cannot be listed."""
        return None

    def fetch(self, paths: Iterable[str], limit: int) -> None:
        """Mirror the files that are there; raise SourceError if the server does not answer as it should."""
        new = [path for path in paths if path not in self._asked]
        self._asked.update(new)
        # Listing the results brings the first error out of the threads.
        list_results(self._pool.map(lambda path: self._fetch(path, limit), new))

    def _fetch(self, path: str, limit: int) -> None:
        try:
            self._save(path, limit)
        except (OSError, http.client.HTTPException, zlib.error) as error:
            what = str(error) or type(error).__name__
            raise SourceError(
                f"{self.name}: {path}: {what}", hint="is the address right, and the server reachable?"
            ) from None

    def _save(self, path: str, limit: int) -> None:
        answer = self._get(self._base._replace(path=self._base.path + quote(path)))
        if answer.status in (404, 410):
            answer.read(_BLOCK)
            return
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        size = 0
        with target.open("wb") as file:
            for block in _body(answer):
                size += len(block)
                if size > limit:
                    raise SourceError(f"{self.name}: {path} has more than the {limit:,} bytes it can need")
                file.write(block)

    def _get(self, url: SplitResult) -> http.client.HTTPResponse:
        for _ in range(REDIRECTS + 1):
            answer = self._request(url.path)
            if answer.status in (200, 404, 410):
                return answer
            if answer.status not in (301, 302, 303, 307, 308):
                raise SourceError(f"{url.geturl()}: the server answers {answer.status} {answer.reason}")
            answer.read(_BLOCK)
            self._drop()
            url = urlsplit(urljoin(url.geturl(), answer.headers.get("Location", "")))
            if (url.scheme, url.hostname, url.port) != self._host:
                raise SourceError(
                    f"{self.name}: the server redirects to another host, {url.geturl()}",
                    hint="verify that address if you trust it",
                )
        raise SourceError(f"{url.geturl()}: redirected more than {REDIRECTS} times")

    def _request(self, path: str) -> http.client.HTTPResponse:
        for attempt in (1, 2):
            connection = self._connection()
            try:
                connection.request("GET", path, headers={"Accept-Encoding": "gzip, identity"})
                return connection.getresponse()
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                # A kept connection may have been closed meanwhile; a fresh one that is closed is an error.
                self._drop()
                if attempt == 2:
                    raise
        raise AssertionError("unreachable")

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
        self._connection().close()
        self._local.connection = None


def list_results(results: Iterable[None]) -> None:
    """Wait for all of them; the first error is raised here."""
    for _ in results:
        pass


def _body(answer: http.client.HTTPResponse) -> Iterator[bytes]:
    """The content in blocks; a body shorter than its Content-Length is an error, never a short file."""
    encoding = answer.headers.get("Content-Encoding", "identity").lower()
    if encoding not in ("identity", "gzip"):
        raise SourceError(f"the server sends content-encoding {encoding!r}, which was not asked for")
    inflater = zlib.decompressobj(wbits=31) if encoding == "gzip" else None
    promised = answer.headers.get("Content-Length")
    size = 0
    while block := answer.read(_BLOCK):
        size += len(block)
        if inflater is None:
            yield block
            continue
        # At most one block at a time comes out, so that a small answer cannot fill the memory.
        while block:
            yield inflater.decompress(block, _BLOCK)
            block = inflater.unconsumed_tail
    if inflater is not None:
        yield inflater.flush()
        if not inflater.eof:
            raise http.client.IncompleteRead(b"")
    if promised is not None and promised.isdigit() and size != int(promised):
        raise http.client.IncompleteRead(b"", int(promised) - size)
