"""`sagwan witness serve` as a process, met by a failure at each call that writes, syncs or renames while it
answers add-checkpoint.

Afterwards it has forgotten nothing that it answered 200, and never cosigns a second view of the log.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest

from sagwan.tlog import (
    Checkpoint,
    KeyType,
    SigningKey,
    consistency_proof,
    leaf_hash,
    leaf_nodes,
    parse_checkpoint,
    parse_note,
    root_of,
    sign_note,
)
from sagwan.witness import WitnessStore, origin_id
from sagwan.witness.core import encode_request
from tests.crash.conftest import EVERY
from tests.support.strace import Fault, counted, faults, traced

LOG = SigningKey("demo.invalid/log", KeyType.ED25519, sha256(b"log").digest())
BEFORE = 3
"""What the witness has cosigned when a case begins."""

pytestmark = pytest.mark.crash


def leaves(size: int, history: str = "true") -> list[bytes]:
    return [leaf_hash(f"{history} {number}".encode()) for number in range(size)]


def request(old: int, size: int, history: str = "true") -> bytes:
    there = leaves(size, history)
    note = sign_note(str(Checkpoint(LOG.name, size, root_of(there))), LOG)
    return encode_request(bytes(note), old, consistency_proof(leaf_nodes(there), old, size) if old else [])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def witness(
    folder: Path, options: list[str] | None = None, output: Path | str = "/dev/null"
) -> Iterator[str | None]:
    """The address of the server, once it answers; None where it died before. With options, under strace."""
    port = free_port()
    command = [sys.executable, "-m", "sagwan", "witness", "serve", "--folder", folder, "--port", str(port)]
    line = traced(options, command, output) if options is not None else [str(word) for word in command]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, start_new_session=True
    )
    try:
        yield answering(process, port)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)  # its own session: strace and what it traces
        process.wait()


def answering(process: subprocess.Popen, port: int) -> str | None:
    end = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return f"http://127.0.0.1:{port}"
    return None


def post(url: str, body: bytes) -> int | None:
    """The answer's status; None where there was no whole answer."""
    try:
        with urllib.request.urlopen(f"{url}/add-checkpoint", body, 60) as answer:  # noqa: S310 - our own
            return answer.status if answer.read() else None
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None


def served(url: str) -> Checkpoint | None:
    try:
        with urllib.request.urlopen(f"{url}/{origin_id(LOG.name)}/checkpoint", timeout=60) as answer:  # noqa: S310
            return parse_checkpoint(parse_note(answer.read()).text)
    except urllib.error.HTTPError:
        return None


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A witness that has cosigned one checkpoint of the log."""
    folder = tmp_path_factory.mktemp("witness") / "start"
    made = [sys.executable, "-m", "sagwan", "witness", "init", str(folder), "--name", "witness.example/w"]
    subprocess.run(made, check=True, capture_output=True)
    WitnessStore(folder / "witness.db").follow(LOG.verifier)
    with witness(folder) as url:
        assert url is not None
        assert post(url, request(0, BEFORE)) == 200
    return folder


def talk(url: str | None) -> list[int]:
    """Let it cosign three more checkpoints, one after the other; the sizes to which it said yes."""
    agreed = [BEFORE]
    if url is None:
        return agreed
    for size in (5, 8, 13):
        if post(url, request(agreed[-1], size)) == 200:
            agreed.append(size)
    return agreed


@pytest.fixture(scope="module")
def calls(start: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    folder = tmp_path_factory.mktemp("count")
    shutil.copytree(start, folder / "w")
    with witness(folder / "w", [], folder / "calls") as url:
        assert talk(url) == [BEFORE, 5, 8, 13]
    found = counted(folder / "calls")
    assert {"pwrite64", "fdatasync"} <= found.keys() or {"pwrite64", "fsync"} <= found.keys()
    return found


def test_a_failure_at_each_call_forks_and_forgets_nothing(
    start: Path, calls: dict[str, int], tmp_path: Path
) -> None:
    died = 0
    chosen = faults(calls, EVERY)
    for number, fault in enumerate(chosen):
        folder = tmp_path / str(number)
        shutil.copytree(start, folder)
        with witness(folder, fault.options) as url:
            agreed = talk(url)
        died += agreed[-1] < 13
        expect_one_history(folder, agreed, fault)
        shutil.rmtree(folder)
    print(f"{len(chosen)} faults, {died} stopped the talk: {calls}")
    assert died > 0


def expect_one_history(folder: Path, agreed: list[int], fault: Fault) -> None:
    with witness(folder) as url:
        assert url is not None, str(fault)
        last = served(url)
        assert last is not None and last.size >= agreed[-1], f"{fault}: forgot size {agreed[-1]}"
        assert last.root == root_of(leaves(last.size)), str(fault)
        for size in {*agreed, last.size}:
            assert post(url, request(0, size, "another")) in (409, 422), f"{fault}: a second view of {size}"
        assert post(url, request(last.size, last.size, "another")) in (409, 422), str(fault)
        assert post(url, request(last.size, 21, "another")) == 422, str(fault)
        assert post(url, request(last.size, 21)) == 200, f"{fault}: does not go on"
        now = served(url)
        assert now is not None and now.size == 21
