"""A log in memory, and a real witness server for it on 127.0.0.1."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sagwan.tlog import (
    Checkpoint,
    KeyType,
    SigningKey,
    consistency_proof,
    leaf_hash,
    leaf_nodes,
    root_of,
    sign_note,
)
from sagwan.witness import Witness, WitnessServer, WitnessStore

TIME = 1_467_331_200


class Log:
    """A log that can also lie: `history` names one of the pasts it could claim."""

    def __init__(self, origin: str = "kakao.demo.invalid/log", seed: bytes = b"l" * 32) -> None:
        self.key = SigningKey(origin, KeyType.ED25519, seed)

    def leaves(self, size: int, history: str = "true") -> list[bytes]:
        return [leaf_hash(f"{history} {number}".encode()) for number in range(size)]

    def text(self, size: int, history: str = "true") -> str:
        return str(Checkpoint(self.key.name, size, root_of(self.leaves(size, history))))

    def note(self, size: int, history: str = "true") -> bytes:
        return bytes(sign_note(self.text(size, history), self.key))

    def proof(self, old_size: int, size: int, history: str = "true") -> list[bytes]:
        return consistency_proof(leaf_nodes(self.leaves(size, history)), old_size, size)


@pytest.fixture
def log() -> Log:
    return Log()


@pytest.fixture
def witness_key() -> SigningKey:
    return SigningKey("witness.example/w", KeyType.COSIGNATURE_V1, b"w" * 32)


@pytest.fixture
def store(tmp_path: Path, log: Log) -> WitnessStore:
    store = WitnessStore(tmp_path / "witness.sqlite3")
    store.follow(log.key.verifier)
    return store


@contextmanager
def serving(server: WitnessServer) -> Iterator[str]:
    with server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server.url
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def serve(witness_key: SigningKey) -> Callable[[WitnessStore], object]:
    def start(store: WitnessStore) -> object:
        return serving(WitnessServer(("127.0.0.1", 0), Witness(store, witness_key, clock=lambda: TIME)))

    return start


@pytest.fixture
def url(store: WitnessStore, witness_key: SigningKey) -> Iterator[str]:
    with serving(WitnessServer(("127.0.0.1", 0), Witness(store, witness_key, clock=lambda: TIME))) as url:
        yield url
