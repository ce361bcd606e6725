"""An S3-compatible server on this machine (moto's), with a record of what was asked of it."""

import logging
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from moto.server import ThreadedMotoServer

BUCKET = "transparency"


@dataclass(slots=True)
class Store:
    """`environment` leads to it; `asked` is every request as (method, path below the bucket), in order."""

    environment: dict[str, str]
    asked: list[tuple[str, str]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return self.environment["AWS_ENDPOINT_URL"]

    @property
    def put(self) -> list[str]:
        """The files that were sent, in the order in which they came."""
        return [path for method, path in self.asked if method == "PUT"]


class _Asked(logging.Handler):
    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store

    def emit(self, record: logging.LogRecord) -> None:
        method, _, rest = record.getMessage().partition('"')[2].partition(" ")
        path = rest.partition(" ")[0].partition("?")[0]
        self._store.asked.append((method, path.removeprefix(f"/{BUCKET}/")))


@contextmanager
def running(monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Start the server with one bucket, and let the environment lead to it."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    environment = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ALLOW_HTTP": "true",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": "us-east-1",
        "NO_PROXY": "127.0.0.1",
    }
    store = Store(environment)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    new = urllib.request.Request(f"{store.url}/{BUCKET}", method="PUT")  # noqa: S310  (ours)
    urllib.request.urlopen(new).close()  # noqa: S310
    logger = logging.getLogger("werkzeug")
    handler = _Asked(store)
    before = logger.level
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    try:
        yield store
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)
        reset = urllib.request.Request(f"{store.url}/moto-api/reset", method="POST")  # noqa: S310  (ours)
        urllib.request.urlopen(reset).close()  # noqa: S310
        server.stop()
