"""Go's golang.org/x/mod says of our vectors and of a published folder that they are right."""

import os
import subprocess
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest

from tests.support.components import GOPATH

from .conftest import VECTORS

pytestmark = pytest.mark.outside


@pytest.fixture(scope="session")
def follow(tmp_path_factory):
    program = tmp_path_factory.mktemp("go") / "follow"
    source = Path(__file__).parent / "go" / "follow.go"
    settings = {"GO111MODULE": "off", "GOPATH": str(GOPATH), "GOCACHE": str(program.parent / "cache")}
    command = ["go", "build", "-o", str(program), str(source)]
    subprocess.run(command, check=True, env={**os.environ, **settings})

    def run(*arguments) -> subprocess.CompletedProcess:
        return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=False)

    return run


def test_notes_roots_and_proofs(follow, ours):
    ran = follow("proofs", VECTORS)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == f"{len(ours['trees'])} trees\n"


def test_a_wrong_vector_is_refused(follow, ours, tmp_path):
    wrong = tmp_path / "wrong.json"
    proof = ours["trees"][-1]["inclusion"]["0"][0]
    wrong.write_text(VECTORS.read_text().replace(proof, b64encode(bytes(32)).decode()))
    assert follow("proofs", wrong).returncode == 1


def test_it_follows_a_published_folder(follow, published, url):
    """Over plain HTTP: every checkpoint, that each tree begins with the last, and every entry."""
    found = [file for file in published.root.rglob("*") if file.is_file() and "checkpoint" in str(file)]
    found.sort(key=lambda file: int(file.read_bytes().split(b"\n")[1]))
    paths = [file.relative_to(published.root).as_posix() for file in found]
    ran = follow("log", url, published.keys.vkey, *paths)
    assert ran.returncode == 0, ran.stderr
    digest = b64encode(sha256(b"".join(published.entries)).digest()).decode()
    assert ran.stdout == f"{len(published.entries)} entries {digest}\n"


def test_a_changed_tile_is_refused(follow, published, root, url):
    tile = root / "log/tile/0/001"
    before = tile.read_bytes()
    tile.write_bytes(before[:-1] + bytes([before[-1] ^ 1]))
    try:
        assert follow("log", url, published.keys.vkey, "log/checkpoint").returncode == 1
    finally:
        tile.write_bytes(before)
