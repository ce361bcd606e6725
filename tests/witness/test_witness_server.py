"""The witness over real HTTP: every status, and the one promise, that it never signs two histories."""

import http.client
import socket
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from sagwan.tlog import (
    Checkpoint,
    KeyType,
    Signature,
    SigningKey,
    leaf_hash,
    parse_checkpoint,
    parse_note,
    parse_signature,
    sign_note,
    verify_cosignature,
    verify_note,
)
from sagwan.witness import Witness, WitnessError, WitnessServer, WitnessStore, WitnessStoreError, origin_id
from sagwan.witness.client import request_cosignature
from sagwan.witness.core import encode_request

from .conftest import TIME, Log


def send(
    url: str, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
) -> tuple[int, str, bytes]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    try:
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        return response.status, response.headers["Content-Type"], response.read()
    finally:
        connection.close()


def add(url: str, note: bytes, old_size: int, proof: list[bytes]) -> tuple[int, str, bytes]:
    return send(url, "POST", "/add-checkpoint", encode_request(note, old_size, proof))


def test_it_cosigns_a_growing_log(url: str, log: Log, witness_key: SigningKey) -> None:
    path = f"/{origin_id(log.key.name)}/checkpoint"
    assert send(url, "GET", path)[0] == 404
    last = 0
    for size in (0, 1, 1, 7, 8, 300):
        status, content_type, body = add(url, log.note(size), last, log.proof(last, size))
        assert (status, content_type) == (200, "text/plain; charset=utf-8")
        assert (
            verify_cosignature(log.text(size), parse_signature(body.decode()), witness_key.verifier) == TIME
        )
        last = size
        status, _, note = send(url, "GET", path)
        assert status == 200
        verified = verify_note(parse_note(note), [log.key.verifier, witness_key.verifier])
        assert [item.key for item in verified] == [log.key.verifier, witness_key.verifier]
        assert parse_note(note).text == log.text(size)


def test_409_tells_the_size(url: str, log: Log) -> None:
    assert add(url, log.note(5), 3, log.proof(3, 5)) == (409, "text/x.tlog.size", b"0\n")
    assert add(url, log.note(5), 0, [])[0] == 200
    assert add(url, log.note(9), 0, []) == (409, "text/x.tlog.size", b"5\n")
    assert add(url, log.note(9), 6, log.proof(6, 9)) == (409, "text/x.tlog.size", b"5\n")
    assert add(url, log.note(9), 5, log.proof(5, 9))[0] == 200


def test_a_log_that_is_set_back_is_refused(url: str, log: Log) -> None:
    assert add(url, log.note(9), 0, [])[0] == 200
    assert add(url, log.note(5), 0, []) == (409, "text/x.tlog.size", b"9\n")
    assert add(url, log.note(5), 5, []) == (409, "text/x.tlog.size", b"9\n")
    assert add(url, log.note(5), 9, [])[0] == 400
    assert stored_size(url, log) == 9


def stored_size(url: str, log: Log) -> int:
    return parse_checkpoint(
        parse_note(send(url, "GET", f"/{origin_id(log.key.name)}/checkpoint")[2]).text
    ).size


def test_another_history_is_refused(url: str, log: Log) -> None:
    assert add(url, log.note(9), 0, [])[0] == 200
    refused = [
        # The same size under another root.
        add(url, log.note(9, "other"), 9, []),
        # A proof within another history, none, one too much, one bit off.
        add(url, log.note(12, "other"), 9, log.proof(9, 12, "other")),
        add(url, log.note(12), 9, []),
        add(url, log.note(12), 9, [*log.proof(9, 12), bytes(32)]),
        add(url, log.note(12), 9, [bytes(32), *log.proof(9, 12)[1:]]),
        add(url, log.note(9), 9, [bytes(32)]),
    ]
    assert [status for status, _, _ in refused] == [422] * len(refused)
    assert {content_type for _, content_type, _ in refused} == {"text/plain; charset=utf-8"}
    assert not any("—" in body.decode() for _, _, body in refused)
    assert stored_size(url, log) == 9


def test_422_at_the_beginning(url: str, log: Log) -> None:
    assert add(url, log.note(5), 0, log.proof(2, 5))[0] == 422
    strange = sign_note(str(Checkpoint(log.key.name, 0, leaf_hash(b"not empty"))), log.key)
    assert add(url, bytes(strange), 0, [])[0] == 422


def test_403_and_404(url: str, log: Log) -> None:
    stranger = Log(seed=b"s" * 32)
    status, _, body = add(url, stranger.note(5), 0, [])
    assert status == 403
    assert b"no signature by a known key" in body
    forged = Signature(log.key.name, log.key.verifier.key_id, bytes(64))
    assert add(url, bytes(parse_note(stranger.note(5)).with_signatures([forged])), 0, [])[0] == 403
    spoilt = parse_note(log.note(5)).with_signatures([forged])
    assert add(url, bytes(spoilt), 0, [])[0] == 403
    assert add(url, Log("unknown.example/log").note(5), 0, [])[0] == 404
    # Signed by the log whose key is known, for an origin that is not.
    elsewhere = sign_note(str(Checkpoint("unknown.example/log", 1, leaf_hash(b""))), log.key)
    assert add(url, bytes(elsewhere), 0, [])[0] == 404
    assert send(url, "GET", f"/{origin_id(log.key.name)}/checkpoint")[0] == 404


def test_other_signatures_are_ignored_and_not_passed_on(url: str, log: Log) -> None:
    other = SigningKey("other.example", KeyType.ED25519, b"o" * 32)
    note = sign_note(log.text(5), other, log.key)
    assert add(url, bytes(note), 0, [])[0] == 200
    kept = parse_note(send(url, "GET", f"/{origin_id(log.key.name)}/checkpoint")[2])
    assert [line.name for line in kept.signatures] == [log.key.name, "witness.example/w"]


def test_400(url: str, log: Log) -> None:
    good = encode_request(log.note(5), 2, log.proof(2, 5))
    for body in (
        b"",
        b"old 0\n",
        good.replace(b"old 2", b"old 02"),
        good.replace(b"old 2", b"old -2"),
        good.replace(b"old 2", b"old  2"),
        good.replace(b"old 2", b"2"),
        good.replace(b"old 2\n", b"old 2\nAAAA\n"),
        good.replace(b"old 2\n", "old 2\n증명\n".encode()),
        good.replace(b"old 2\n", b"old 2\n" + (b"A" * 43 + b"=\n") * 64),
        good.replace(b"\n5\n", b"\n05\n"),
        good[:-1],
        good.replace(b"\n\n", b"\n"),
        encode_request(log.note(5), 6, []),
        encode_request(log.note(5).partition(b"\n\n")[0] + b"\n", 0, []),
    ):
        assert send(url, "POST", "/add-checkpoint", body)[0] == 400, body
    assert add(url, log.note(5), 0, [])[0] == 200


def test_other_addresses(url: str, log: Log) -> None:
    known = origin_id(log.key.name)
    for path in ("/", "/checkpoint", f"/{known}", f"/{known}/checkpoint/", f"/{known.upper()}/checkpoint"):
        assert send(url, "GET", path)[0] == 404
    assert send(url, "POST", "/", b"x")[0] == 404
    assert send(url, "PUT", "/add-checkpoint", b"x")[0] == 501


def test_bodies_are_bounded(url: str) -> None:
    for headers, status in (
        ({"Content-Length": "1000001"}, 413),
        ({"Content-Length": "99999999999999999999"}, 400),
        ({"Content-Length": "-1"}, 400),
        ({"Content-Length": "x"}, 400),
        ({}, 411),
        ({"Transfer-Encoding": "chunked", "Content-Length": "3"}, 411),
    ):
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        with socket.create_connection((urlsplit(url).hostname, urlsplit(url).port), timeout=10) as raw:
            raw.sendall(f"POST /add-checkpoint HTTP/1.1\r\nHost: x\r\n{lines}\r\n".encode())
            answer = b""
            while piece := raw.recv(4096):
                answer += piece
        # The connection was closed too: else what follows would be read as a request.
        assert answer.startswith(f"HTTP/1.1 {status} ".encode())


def test_a_restart_remembers(
    tmp_path: Path, log: Log, store: WitnessStore, serve: Callable[[WitnessStore], Any]
) -> None:
    with serve(store) as url:
        assert add(url, log.note(9), 0, [])[0] == 200
    with serve(WitnessStore(tmp_path / "witness.sqlite3")) as url:
        assert stored_size(url, log) == 9
        assert add(url, log.note(9, "other"), 9, [])[0] == 422
        assert add(url, log.note(5), 0, []) == (409, "text/x.tlog.size", b"9\n")
        assert add(url, log.note(12), 9, log.proof(9, 12))[0] == 200


def test_racing_threads_never_get_two_histories(url: str, log: Log) -> None:
    assert add(url, log.note(4), 0, [])[0] == 200
    histories = [f"history {number}" for number in range(6)]
    # All share the first four leaves with the true one, and differ after.
    cosigned: list[tuple[str, int]] = []
    barrier = threading.Barrier(len(histories))

    def race(history: str) -> None:
        lying = Branch(log, history)
        barrier.wait()
        for size in (5, 6, 7):
            for old_size in (4, 5, 6):
                if (
                    old_size <= size
                    and add(url, lying.note(size), old_size, lying.proof(old_size, size))[0] == 200
                ):
                    cosigned.append((history, size))

    threads = [threading.Thread(target=race, args=(history,)) for history in histories]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({history for history, _ in cosigned}) == 1
    assert stored_size(url, log) == max(size for _, size in cosigned)


class Branch(Log):
    """A history that agrees with a log's in the first four leaves only."""

    def __init__(self, log: Log, name: str) -> None:
        super().__init__(log.key.name, log.key.seed)
        self.name = name

    def leaves(self, size: int, history: str = "true") -> list[bytes]:
        return super().leaves(min(size, 4)) + super().leaves(size, self.name)[4:]


def test_racing_stores_in_the_same_file(tmp_path: Path, log: Log, witness_key: SigningKey) -> None:
    """Two witness processes on one file: between reading and writing no other gets in."""
    path = tmp_path / "shared.sqlite3"
    WitnessStore(path).follow(log.key.verifier)
    barrier = threading.Barrier(4)
    statuses: list[int] = []

    def race(history: str) -> None:
        witness = Witness(WitnessStore(path), witness_key, clock=lambda: TIME)
        body = encode_request(log.note(3, history), 0, [])
        barrier.wait()
        statuses.append(witness.add_checkpoint(body).status)

    threads = [threading.Thread(target=race, args=(f"h{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200, 409, 409, 409]


def test_nothing_is_cosigned_that_is_not_on_disk(
    tmp_path: Path, log: Log, store: WitnessStore, serve: Callable[[WitnessStore], Any]
) -> None:
    with sqlite3.connect(tmp_path / "witness.sqlite3") as connection:
        connection.execute(
            "CREATE TRIGGER full BEFORE INSERT ON cosigned BEGIN SELECT RAISE(ABORT, 'disk full'); END"
        )
    connection.close()
    with serve(store) as url:
        status, _, body = add(url, log.note(5), 0, [])
        assert status == 500
        assert "—" not in body.decode()
        assert send(url, "GET", f"/{origin_id(log.key.name)}/checkpoint")[0] == 404


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE cosigned SET size = 8", "one history"),
        ("UPDATE cosigned SET root = zeroblob(32)", "one history"),
        ("DELETE FROM cosigned", "forgets no log"),
        ("UPDATE log SET vkey = 'x'", "stays"),
        ("UPDATE later_key SET vkey = 'x'", "stays so"),
        ("DELETE FROM later_key", "stays so"),
    ],
)
def test_the_database_keeps_the_promise_too(
    tmp_path: Path, log: Log, store: WitnessStore, witness_key: SigningKey, statement: str, why: str
) -> None:
    assert Witness(store, witness_key).add_checkpoint(encode_request(log.note(9), 0, [])).status == 200
    store.follow(Log(seed=b"n" * 32).key.verifier, replaces=log.key.verifier)
    connection = sqlite3.connect(tmp_path / "witness.sqlite3")
    try:
        with pytest.raises(sqlite3.IntegrityError, match=why):
            connection.execute(statement)
    finally:
        connection.close()


def test_what_a_witness_is_made_of(tmp_path: Path, log: Log, store: WitnessStore) -> None:
    store.follow(log.key.verifier)
    assert store.log_key(log.key.name) == log.key.verifier
    with pytest.raises(WitnessStoreError, match="is witnessed under key"):
        store.follow(Log(seed=b"s" * 32).key.verifier)
    with pytest.raises(WitnessError, match="no witness's"):
        Witness(store, log.key)
    with pytest.raises(WitnessStoreError, match="missing"):
        WitnessStore(tmp_path / "missing" / "witness.sqlite3")


def test_a_log_goes_on_under_its_new_key(url: str, log: Log, store: WitnessStore) -> None:
    old, new, third = (SigningKey(log.key.name, KeyType.ED25519, seed * 32) for seed in (b"l", b"n", b"t"))
    assert add(url, log.note(9), 0, [])[0] == 200
    log.key = new
    assert add(url, log.note(12), 9, log.proof(9, 12))[0] == 403
    stranger = SigningKey("other.invalid/log", KeyType.ED25519, b"o" * 32)
    for key, replaces, why in (
        (new, None, "is witnessed under key"),
        (stranger, old, "not witnessed here"),
        (third, new, "is witnessed under key"),
    ):
        with pytest.raises(WitnessStoreError, match=why):
            store.follow(key.verifier, replaces and replaces.verifier)
    for _ in range(2):  # again does no harm
        store.follow(new.verifier, replaces=old.verifier)
    assert store.followed() == [(new.verifier, 9)]
    # It can only continue what was cosigned under the old key, and that one is not believed any more.
    assert add(url, log.note(12), 0, []) == (409, "text/x.tlog.size", b"9\n")
    assert add(url, log.note(12, "other"), 9, log.proof(9, 12, "other"))[0] == 422
    assert add(url, log.note(12), 9, log.proof(9, 12))[0] == 200
    log.key = old
    assert add(url, log.note(15), 12, log.proof(12, 15))[0] == 403
    with pytest.raises(WitnessStoreError, match="gave up"):
        store.follow(old.verifier, replaces=new.verifier)


def test_a_witness_is_no_log(store: WitnessStore, witness_key: SigningKey) -> None:
    with pytest.raises(WitnessStoreError, match="a witness's"):
        store.follow(witness_key.verifier)


def test_a_witness_with_two_keys_answers_with_both_lines(log, tmp_path):
    kinds = (KeyType.COSIGNATURE_V1, KeyType.ML_DSA_44)
    keys = [SigningKey("witness.example/two", kind, b"\7" * 32) for kind in kinds]
    store = WitnessStore(tmp_path / "two.db")
    store.follow(log.key.verifier)
    with WitnessServer(("127.0.0.1", 0), Witness(store, *keys)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        known = [key.verifier for key in keys]
        lines = request_cosignature(server.url, log.note(9), 0, [], 5, keys=known)
        assert [(line.name, line.key_id) for line in lines] == [(key.name, key.key_id) for key in known]
        one = request_cosignature(server.url, log.note(9), 9, [], 5, keys=known[1:])
        assert [line.key_id for line in one] == [known[1].key_id]
        server.shutdown()
