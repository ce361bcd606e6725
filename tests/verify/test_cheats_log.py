"""Cheats in the log: tiles, checkpoints, history.

Where a cheating provider could make signatures, seals and manifests agree with the lie, the builder does so:
what is left is the lie itself.
"""

import shutil
from dataclasses import replace

import pytest

from sagwan.formats import paths
from sagwan.tlog import Frontier, leaf_hash, parse_note
from sagwan.verify import Memory, verify
from tests.support.folder import (
    H1,
    Half,
    build,
    first_half,
    received,
    second_half,
)

from .helpers import failed, failure


def test_a_cut_tile(tmp_path, trust):
    build(tmp_path, first_half())
    tile = tmp_path / "log/tile/0/000.p/13"
    tile.write_bytes(tile.read_bytes()[:-32])
    verdict = verify(tmp_path, trust=trust)
    assert failed(verdict) == [2]
    found = failure(verdict, 2)
    assert (found.file, found.index) == ("log/tile/0/000.p/13", 0)
    assert (found.expected, found.found) == ("416 bytes", "384 bytes")


def test_a_changed_tile(tmp_path, trust):
    build(tmp_path, first_half())
    tile = tmp_path / "log/tile/0/000.p/6"
    data = bytearray(tile.read_bytes())
    data[70] ^= 1
    tile.write_bytes(data)
    verdict = verify(tmp_path, trust=trust)
    assert failed(verdict) == [2]
    found = failure(verdict, 2)
    assert (found.file, found.index) == ("log/tile/0/000.p/6", 2)
    assert (found.expected, found.found) != ("", "")


@pytest.mark.parametrize("path", ["log/tile/0/000.p/13", "log/tile/0/000.p/6", "log/tile/entries/000.p/6"])
def test_a_missing_tile(tmp_path, trust, path):
    build(tmp_path, first_half())
    (tmp_path / path).unlink()
    verdict = verify(tmp_path, trust=trust)
    assert failed(verdict) == [2]
    assert failure(verdict, 2).file == path


def test_a_missing_tile_of_an_upper_level(tmp_path, trust):
    lines = [received(f"r{n}") for n in range(600)]
    build(tmp_path, Half(H1, lines, batches=3))
    assert failed(verify(tmp_path, trust=trust)) == []
    (tmp_path / "log/tile/1/000.p/2").unlink()
    assert failure(verify(tmp_path, trust=trust), 2).file == "log/tile/1/000.p/2"


def test_a_log_without_its_entries(tmp_path, trust):
    build(tmp_path, first_half())
    shutil.rmtree(tmp_path / "log/tile/entries")
    verdict = verify(tmp_path, trust=trust)
    assert failed(verdict) == [2]
    assert failure(verdict, 2).file == "log/tile/entries/000.p/13"
    assert [check.status for check in verdict.checks[2:5]] == ["not-checked"] * 3


def test_a_log_truncated_to_its_first_batch(tmp_path, trust):
    build(tmp_path, first_half())
    checkpoint = (tmp_path / paths.checkpoint(H1, 0)).read_bytes()
    (tmp_path / paths.CHECKPOINT).write_bytes(checkpoint)
    verdict = verify(tmp_path, trust=trust)
    assert failed(verdict) == [3] or failed(verdict) == [2, 3]
    found = next(f for f in verdict.checks[2].failures)
    assert (found.file, found.index) == (paths.CHECKPOINT, 6)
    assert (found.expected, found.found) == ("at least 12 entries", "6 entries")


def test_a_last_checkpoint_left_out(tmp_path, trust):
    build(tmp_path, first_half())
    (tmp_path / paths.checkpoint(H1, 1)).unlink()
    verdict = verify(tmp_path, trust=trust)
    assert failed(verdict) == [2]
    found = failure(verdict, 2)
    assert (found.file, found.index, found.expected, found.found) == (paths.checkpoint(H1, 0), 12, "12", "6")


def rewritten(tmp_path, keys):
    """Two folders of one provider: the second one's history differs in the line at 1."""
    honest = build(tmp_path / "honest", first_half(), keys=keys)
    half = first_half()
    half.lines[1] = replace(half.lines[1], accounts=7)
    cheat = build(tmp_path / "cheat", half, keys=keys)
    return honest, cheat


def test_history_rewritten_under_the_old_checkpoints(tmp_path, keys, trust):
    rewritten(tmp_path, keys)
    old = paths.checkpoint(H1, 0)
    shutil.copy(tmp_path / "honest" / old, tmp_path / "cheat" / old)
    verdict = verify(tmp_path / "cheat", trust=trust)
    assert failed(verdict) == [2]
    found = failure(verdict, 2)
    signed = parse_note((tmp_path / "honest" / old).read_bytes()).text.split("\n")[2]
    assert (found.file, found.index) == (old, 6)
    assert found.expected != found.found and len(found.expected) == len(found.found) == 64
    assert signed


def test_history_rewritten_since_an_earlier_visit(tmp_path, keys, trust):
    honest, _ = rewritten(tmp_path, keys)
    remembering = replace(trust, memory=Memory(tmp_path / "memory"))
    assert verify(tmp_path / "honest", trust=remembering).exit_code == 0
    verdict = verify(tmp_path / "cheat", trust=remembering)
    found = failure(verdict, 3)
    frontier = Frontier()
    frontier.extend(map(leaf_hash, honest.entries))
    assert (found.file, found.index, found.expected) == (paths.CHECKPOINT, 13, frontier.root().hex())
    assert found.found != found.expected


def test_a_log_that_shrank_since_an_earlier_visit(tmp_path, keys, trust):
    build(tmp_path / "long", first_half(), second_half(), keys=keys)
    build(tmp_path / "short", first_half(), keys=keys)
    remembering = replace(trust, memory=Memory(tmp_path / "memory"))
    assert verify(tmp_path / "long", trust=remembering).exit_code == 0
    found = failure(verify(tmp_path / "short", trust=remembering), 3)
    assert found.file == paths.CHECKPOINT and found.found == "13 entries"


def test_a_report_that_skips_entries(tmp_path, trust):
    build(tmp_path, first_half(), second_half(report=lambda r: replace(r, first=r.first + 1)))
    verdict = verify(tmp_path, trust=trust)
    assert failed(verdict) == [3]
    found = failure(verdict, 3)
    assert (found.file, found.expected, found.found) == ("report/2016H2.json", "12", "13")
