"""The log's side: what it makes of a good witness, of one it must follow, and of strange answers."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from sagwan.tlog import KeyType, SigningKey, cosign, parse_note, verify_note
from sagwan.witness import (
    WitnessAlarm,
    WitnessAtSize,
    WitnessError,
    WitnessRefused,
    WitnessUnavailable,
    cosign_with,
    request_cosignature,
)
from sagwan.witness.core import encode_request

from .conftest import TIME, Log


def prover(log: Log, size: int, history: str = "true") -> Callable[[int], list[bytes]]:
    return lambda old_size: log.proof(old_size, size, history)


def test_a_cosignature(url: str, log: Log, witness_key: SigningKey) -> None:
    (line,) = request_cosignature(url + "/", log.note(5), 0, [], 10, keys=[witness_key.verifier])
    note = parse_note(log.note(5)).with_signatures([line])
    assert [item.time for item in verify_note(note, [witness_key.verifier])] == [TIME]


def test_the_size_it_names_is_followed(url: str, log: Log, witness_key: SigningKey) -> None:
    keys = [witness_key.verifier]
    assert cosign_with(url, log.note(5), prover(log, 5), 0, 10, keys=keys)
    with pytest.raises(WitnessAtSize, match="cosigned size 5 last, not 3") as caught:
        request_cosignature(url, log.note(9), 3, log.proof(3, 9), 10, keys=keys)
    assert caught.value.size == 5
    for old_size in (0, 3, 7):
        assert cosign_with(url, log.note(9 + old_size), prover(log, 9 + old_size), old_size, 10, keys=keys)


def test_another_history_is_an_alarm(url: str, log: Log, witness_key: SigningKey) -> None:
    keys = [witness_key.verifier]
    cosign_with(url, log.note(5), prover(log, 5), 0, 10, keys=keys)
    for size in (5, 8):
        with pytest.raises(WitnessAlarm, match="answered 422") as caught:
            cosign_with(url, log.note(size, "other"), prover(log, size, "other"), 0, 10, keys=keys)
        assert caught.value.request == encode_request(log.note(size, "other"), 5, log.proof(5, size, "other"))
        assert caught.value.answer
        assert "stop sealing" in str(caught.value)


def test_a_witness_that_is_ahead_is_an_alarm(url: str, log: Log, witness_key: SigningKey) -> None:
    keys = [witness_key.verifier]
    cosign_with(url, log.note(9), prover(log, 9), 0, 10, keys=keys)
    with pytest.raises(WitnessAlarm, match="cosigned size 9, this log has 5") as caught:
        cosign_with(url, log.note(5), prover(log, 5), 0, 10, keys=keys)
    assert caught.value.answer == b"9\n"


def test_refusals(url: str, log: Log, witness_key: SigningKey) -> None:
    for note in (Log(seed=b"s" * 32).note(5), Log("unknown.example").note(5)):
        with pytest.raises(WitnessRefused, match=r"answered 40[34]"):
            request_cosignature(url, note, 0, [], 10, keys=[witness_key.verifier])
    with pytest.raises(WitnessRefused, match="answered 400"):
        request_cosignature(url, log.note(5), 6, [], 10, keys=[witness_key.verifier])
    with pytest.raises(WitnessRefused, match="answered 404"):
        request_cosignature(url + "/elsewhere", log.note(5), 0, [], 10, keys=[witness_key.verifier])


@contextmanager
def answering(status: int, body: bytes, content_type: str = "text/plain", **headers: str) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(
    ("status", "body", "content_type", "error"),
    [
        (409, b"7\n", "text/x.tlog.size", WitnessAtSize),
        (409, b"7\n", "Text/X.Tlog.Size; charset=utf-8", WitnessAtSize),
        # As the first version of the specification has it: the same size under another root is a bare 409.
        (409, b"", "text/plain", WitnessAlarm),
        (409, b"7\n", "text/plain", WitnessAlarm),
        (409, b"3\n", "text/x.tlog.size", WitnessAlarm),
        (409, b"many\n", "text/x.tlog.size", WitnessUnavailable),
        (409, b"7", "text/x.tlog.size", WitnessUnavailable),
        (409, b"\xff\n", "text/x.tlog.size", WitnessUnavailable),
        (422, b"", "text/plain", WitnessAlarm),
        (429, b"slower\x1b[31m\n", "text/plain", WitnessUnavailable),
        (500, b"", "text/plain", WitnessUnavailable),
        (302, b"", "text/plain", WitnessUnavailable),
        (200, b"", "text/plain", WitnessUnavailable),
        (200, b"\xff\n", "text/plain", WitnessUnavailable),
        (200, b"fine\n", "text/plain", WitnessUnavailable),
        (200, b"x" * 200_000, "text/plain", WitnessUnavailable),
    ],
)
def test_strange_answers(
    log: Log, witness_key: SigningKey, status: int, body: bytes, content_type: str, error: type[WitnessError]
) -> None:
    with answering(status, body, content_type, Location="http://127.0.0.1:9/") as url:
        with pytest.raises(error) as caught:
            request_cosignature(url, log.note(9), 3, log.proof(3, 9), 10, keys=[witness_key.verifier])
        assert type(caught.value) is error
        assert "\x1b" not in str(caught.value)


def test_only_known_keys_count(log: Log, witness_key: SigningKey) -> None:
    stranger = SigningKey("stranger.example", KeyType.COSIGNATURE_V1, b"s" * 32)
    ours, theirs = cosign(log.text(9), witness_key, TIME), cosign(log.text(9), stranger, TIME)
    with answering(200, f"{theirs}{ours}".encode()) as url:
        assert request_cosignature(url, log.note(9), 0, [], 10, keys=[witness_key.verifier]) == [ours]
    with (
        answering(200, str(theirs).encode()) as url,
        pytest.raises(WitnessError, match="no cosignature"),
    ):
        request_cosignature(url, log.note(9), 0, [], 10, keys=[witness_key.verifier])
    wrong = cosign(log.text(8), witness_key, TIME)
    with (
        answering(200, str(wrong).encode()) as url,
        pytest.raises(WitnessError, match="does not verify"),
    ):
        request_cosignature(url, log.note(9), 0, [], 10, keys=[witness_key.verifier])


def test_addresses(log: Log) -> None:
    for url in ("", "witness.example", "ftp://witness.example/", "http://", "http://x:y/", "http://x/?a=b"):
        with pytest.raises(WitnessError, match="is not the address of a witness"):
            request_cosignature(url, log.note(1), 0, [], 1, keys=[])
    with answering(200, b"") as url:
        pass
    with pytest.raises(WitnessUnavailable, match="did not answer"):
        request_cosignature(url, log.note(1), 0, [], 1, keys=[])
