"""`sagwan witness serve` killed at arbitrary moments, while several logs ask it, each of which also lies.

SAGWAN_KILLS says how often it is killed (default 4); 60 take about a minute.
"""

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from sagwan.tlog import (
    Checkpoint,
    Frontier,
    KeyType,
    SigningKey,
    VerifierKey,
    consistency_proof,
    leaf_hash,
    leaf_nodes,
    parse_verifier_key,
    sign_note,
)
from sagwan.witness import WitnessAlarm, WitnessAtSize, WitnessUnavailable, request_cosignature
from tests.cli.conftest import ok

KILLS = int(os.environ.get("SAGWAN_KILLS", "4"))
LOGS, SIZE = 3, 4_000
HISTORIES = ("true", "other")


@dataclass
class Views:
    """A log of two histories from one entry on. `agreed`: what the witness has cosigned, by history."""

    key: SigningKey
    nodes: dict = field(default_factory=dict)
    roots: dict = field(default_factory=dict)
    agreed: dict = field(default_factory=lambda: {history: [] for history in HISTORIES})

    def __post_init__(self) -> None:
        for history in HISTORIES:
            leaves = [leaf_hash(f"{history} {n}".encode()) for n in range(SIZE)]
            frontier, roots = Frontier(), []
            for leaf in leaves:
                frontier.extend([leaf])
                roots.append(frontier.root())
            self.nodes[history], self.roots[history] = leaf_nodes(leaves), roots

    @property
    def most(self) -> int:
        return max(size for history in HISTORIES for size in (0, *self.agreed[history]))

    def note(self, size: int, history: str) -> bytes:
        text = str(Checkpoint(self.key.name, size, self.roots[history][size - 1]))
        return bytes(sign_note(text, self.key))


def push(url: str, log: Views, history: str, witness: VerifierKey, over: threading.Event) -> None:
    """Ask for one checkpoint after the other, as a sealer does; go on through what goes wrong."""
    last, size = 0, 1
    while not over.is_set() and size < SIZE:
        proof = consistency_proof(log.nodes[history], last, size) if last else []
        try:
            request_cosignature(url, log.note(size, history), last, proof, 5, keys=[witness])
        except WitnessAtSize as other:
            last, size = other.size, max(size, other.size + 1)
        except WitnessUnavailable:
            time.sleep(0.01)
        except WitnessAlarm:
            time.sleep(0.005)
        else:
            log.agreed[history].append(size)
            last, size = size, size + 1


def start(folder: Path, port: int) -> subprocess.Popen:
    command = [
        sys.executable,
        "-m",
        "sagwan",
        "witness",
        "serve",
        "--folder",
        str(folder),
        "--port",
        str(port),
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.01)
        else:
            return process
    raise AssertionError("the witness does not start")


def listed(folder: Path) -> dict[str, int]:
    rows = ok("witness", "list", "--folder", folder, "--json").json
    return {row["origin"]: row["size"] or 0 for row in rows}


@pytest.mark.slow
def test_killed_at_any_moment_it_signs_one_history_and_forgets_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    witness = parse_verifier_key(ok("witness", "init", folder, "--name", "witness.example/ngo").out.strip())
    keys = [SigningKey(f"log-{n}.invalid", KeyType.ED25519, bytes([n + 1]) * 32) for n in range(LOGS)]
    logs = [Views(key) for key in keys]
    for key in keys:
        ok("witness", "add", key.verifier, "--folder", folder)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    url, over = f"http://127.0.0.1:{port}", threading.Event()
    process = start(folder, port)
    threads = [
        threading.Thread(target=push, args=(url, log, history, witness, over))
        for log in logs
        for history in HISTORIES
    ]
    for thread in threads:
        thread.start()
    try:
        for _ in range(KILLS):
            time.sleep(random.uniform(0.05, 0.6))
            process.send_signal(signal.SIGKILL)
            process.wait()
            before = {log.key.name: log.most for log in logs}
            there = listed(folder)
            for name, size in before.items():
                assert there[name] >= size, "a cosignature left, and was forgotten"
            process = start(folder, port)
        end = time.monotonic() + 60
        while time.monotonic() < end and not all(log.most for log in logs):
            time.sleep(0.05)  # however slow the machine, each log has been heard
    finally:
        over.set()
        for thread in threads:
            thread.join()
        process.kill()
        process.wait()
    for log in logs:
        views = [history for history in HISTORIES if log.agreed[history]]
        assert len(views) == 1, f"two views of one log were cosigned: {log.agreed}"
        sizes = log.agreed[views[0]]
        assert sizes == sorted(sizes) and len(set(sizes)) == len(sizes)
    print(f"{KILLS} kills, {sum(len(log.agreed[h]) for log in logs for h in HISTORIES):,} cosignatures")
