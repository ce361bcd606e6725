"""docs/verify-by-hand.md does what it says: its shell blocks are run, on a sound folder and on false ones."""

import re
import subprocess
from pathlib import Path

import pytest

from sagwan.formats.opening import FIELD_NAMES, parse
from tests.support.folder import build, first_half

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^## (.*)$", re.MULTILINE)


def blocks(heading: str) -> str:
    """The shell blocks below a heading, as one script."""
    text = (DOCS / "verify-by-hand.md").read_text()
    _, *parts = HEADING.split(text)
    sections = dict(zip(parts[::2], parts[1::2], strict=True))
    return "\n".join(BLOCK.findall(sections[heading]))


def run(folder: Path, heading: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", blocks(heading)], cwd=folder, capture_output=True, text=True
    )


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    return build(tmp_path_factory.mktemp("by-hand") / "published", first_half())


def test_it_begins_in_the_folder(published):
    text = (DOCS / "verify-by-hand.md").read_text()
    assert BLOCK.findall(text)[0] == f"cd {published.root.name}\n"


def test_one_opening(published):
    done = run(published.root, "One opening")
    digest, entry = done.stdout.split("\n")[:2]
    assert done.returncode == 0, done.stderr
    assert digest.split()[0] == entry == published.entries[2].hex()


def test_the_files(published):
    done = run(published.root, "The files")
    assert done.returncode == 0, done.stderr
    *checked, named, manifest, entry, _ = done.stdout.split("\n")
    assert len(checked) == 4 and all(each.endswith(": OK") for each in checked)
    assert named == manifest.split()[0]
    assert entry == f"0020{published.entries[12].hex()}"


def test_a_total(published):
    done = run(published.root, "A total")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "3 2\n3 2\n"


def test_the_signature(published):
    done = run(published.root, "The signature")
    assert (done.returncode, done.stdout) == (0, "Signature Verified Successfully\n"), done.stderr


def test_the_whole_tree(published):
    done = run(published.root, "The whole tree")
    computed, signed = done.stdout.split()
    assert done.returncode == 0 and computed == signed


def test_by_hand_a_false_folder_is_found_out_too(tmp_path):
    publisher = build(tmp_path, first_half())
    checkpoint = publisher.root / "log/checkpoint"
    text = checkpoint.read_text()
    checkpoint.write_text(text.replace("\n13\n", "\n12\n"))
    assert run(tmp_path, "The signature").returncode != 0
    computed, signed = run(tmp_path, "The whole tree").stdout.split()
    assert computed != signed
    (tmp_path / "report/2016H1.csv").write_bytes(b"")
    assert run(tmp_path, "The files").returncode != 0


def test_the_reference_names_every_field_in_order():
    text = (DOCS / "reference/opening-line.md").read_text()
    rows = re.findall(r"^\| (\d+) \| ([a-z]+) \|", text, re.MULTILINE)
    assert rows == [(str(number), name) for number, name in enumerate(FIELD_NAMES, 1)]
    example = text.rpartition("```\n")[0].rpartition("```\n")[2]
    assert parse(example.strip().replace("\n", "\t").encode()).outcome == "partial"
