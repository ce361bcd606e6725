"""Partial tiles go once their full tile has been public for a while, and no reader misses them."""

import shutil
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from sagwan.desk.journal.recovery import recover
from sagwan.desk.setup import open_desk
from sagwan.publish.log_copy import copy_log
from sagwan.seal.errors import LogDiffers
from sagwan.seal.log_folder import LogFolder
from sagwan.tlog import (
    Checkpoint,
    KeyType,
    SigningKey,
    consistency_proof,
    full_tiles,
    parse_path,
    sign_note,
    tile_nodes,
    tiles_of_size,
    verify_consistency,
)
from tests.seal.test_batch_costs import opened
from tests.support.home import SEOUL, START, check, keeper, live, log, make_home, sealer
from tests.support.long_log import right_edge

DAY = timedelta(days=1)
KEY = SigningKey("demo.invalid/log", KeyType.ED25519, bytes(32))
SIZES = [1, 100, 255, 256, 300, 511, 700, 65_500, 65_536, 65_700, 131_200]


def entry(number: int) -> bytes:
    return sha256(b"%d" % number).digest()


def grow_to(log: LogFolder, before: int, sizes: list[int]) -> dict[int, bytes]:
    """Append and publish up to each size; the roots."""
    roots = {}
    for size in sizes:
        roots[size] = log.extend(before, [entry(number) for number in range(before, size)])
        log.publish(bytes(sign_note(str(Checkpoint(KEY.name, size, roots[size])), KEY)))
        before = size
    return roots


def partials(folder: Path) -> set[str]:
    tiles = (file.relative_to(folder).as_posix() for file in (folder / "tile").rglob("*") if file.is_file())
    return {path for path in tiles if ".p/" in path}


def test_what_is_full_needs_no_partial(tmp_path: Path) -> None:
    log = LogFolder(tmp_path)
    roots = grow_to(log, 0, SIZES)
    before = partials(tmp_path)
    gone = {tile.path for tile in full_tiles(0, 65_700)}
    assert log.remove_superseded(65_700) > 10
    kept = partials(tmp_path)
    assert kept == {path for path in before if parse_path(path).full.path not in gone}
    assert {"tile/0/256.p/164", "tile/1/001.p/1"} & before <= kept  # what 65,700 still needs is there
    assert not [f for f in (tmp_path / "tile").rglob("*.p") if not any(f.iterdir())]  # nor an empty folder
    for size in SIZES:  # every tree that ever had a checkpoint can still be read, and proven from
        assert log.frontier(size).root() == roots[size]
        proof = consistency_proof(tile_nodes(131_200, log.read), size, 131_200)
        verify_consistency(
            proof, old_size=size, new_size=131_200, old_root=roots[size], new_root=roots[131_200]
        )
    assert log.remove_superseded(65_700) == 0
    assert grow_to(log, 131_200, [131_300])


def test_only_what_was_filled_since_is_looked_at(tmp_path: Path) -> None:
    log = LogFolder(tmp_path)
    grow_to(log, 0, [100, 300, 600, 800])
    assert log.remove_superseded(600, since=300) == 2  # the second tile's and bundle's of 300
    assert "tile/0/000.p/100" in partials(tmp_path)
    assert log.remove_superseded(600) == 2


@pytest.mark.parametrize("broken", ["tile/0/000", "tile/entries/000", "tile/0/000.p/100"])
def test_nothing_goes_whose_full_tile_is_not_sound(tmp_path: Path, broken: str) -> None:
    log = LogFolder(tmp_path)
    grow_to(log, 0, [100, 300, 600])
    data = (tmp_path / broken).read_bytes()
    if broken == "tile/entries/000":
        (tmp_path / broken).unlink()
    else:
        (tmp_path / broken).write_bytes(bytes([data[0] ^ 1]) + data[1:])
    with pytest.raises(LogDiffers, match=f"{broken}"):
        log.remove_superseded(600)
    tile = broken.partition(".p")[0]
    assert f"{tile}.p/100" in partials(tmp_path)
    assert "tile/0/001.p/44" not in partials(tmp_path)  # the others were dealt with


def test_what_a_stopped_run_left_half_done_is_ended(tmp_path: Path) -> None:
    log = LogFolder(tmp_path)
    grow_to(log, 0, [10, 20, 30, 300, 600])
    (tmp_path / "tile/0/000.p/10").unlink()
    for file in (tmp_path / "tile/entries/000.p").iterdir():
        file.unlink()  # and the folder is still there
    (tmp_path / "tile/0/000.p/40.part").write_bytes(b"half")
    log.remove_superseded(600)
    assert not (tmp_path / "tile/0/000.p").exists() and not (tmp_path / "tile/entries/000.p").exists()


def test_it_costs_what_was_filled_not_what_the_log_has(tmp_path: Path) -> None:
    right_edge(tmp_path, 1_000_300, entry)
    log = LogFolder(tmp_path)
    grow_to(log, 1_000_300, [1_000_500, 1_001_000])
    with opened(tmp_path) as paths:
        assert log.remove_superseded(1_000_500, since=1_000_300) == 2
    assert len(paths) < 20


def test_the_sealer_removes_what_has_been_public_for_a_batch(make_desk, tmp_path: Path) -> None:
    desk = make_desk(batch_floor=100)
    folder = log(desk).folder
    for day in range(1, 9):
        live(desk, f"2016-{day}", at=START + day * DAY)
        sealer(desk).run(START + day * DAY + timedelta(hours=2))
        size = 100 * day
        before = max(size - 100, 0)  # public since the run before
        kept = {parse_path(path).full.path for path in partials(folder)}
        assert not kept & {tile.path for tile in full_tiles(0, before)}
        assert {tile.path for tile in tiles_of_size(size) if tile.width < 256} <= partials(folder)
    assert "tile/0/000.p/100" not in partials(folder) and "tile/0/003.p/32" in partials(folder)
    assert check(desk) == []
    sealer(desk).run(datetime(2016, 7, 1, 1, tzinfo=SEOUL))
    assert check(desk) == []


def test_a_lost_database_is_recovered_beside_a_cleaned_log(tmp_path: Path) -> None:
    desk = make_home(tmp_path / "home", batch_floor=100)
    for day in range(1, 6):
        live(desk, f"2016-{day}", at=START + day * DAY)
        sealer(desk).run(START + day * DAY + timedelta(hours=2))
        if day == 1:
            shutil.copytree(desk.home.path, tmp_path / "yesterday")
    assert "tile/0/000.p/100" not in partials(log(desk).folder)
    for name in ("log", "keeper"):
        shutil.rmtree(tmp_path / "yesterday" / name, ignore_errors=True)
        shutil.copytree(desk.home.path / name, tmp_path / "yesterday" / name)
    old = open_desk(tmp_path / "yesterday")
    recover(old, keeper(old), log(old), now=START + 9 * DAY)
    assert check(old) == []
    live(old, "2016-9", at=START + 9 * DAY)
    assert sealer(old).run(START + 9 * DAY + timedelta(hours=2)).size == 600


def test_a_published_folder_loses_them_when_it_grows_again(tmp_path: Path) -> None:
    source, out = tmp_path / "log", tmp_path / "out"
    log = LogFolder(source)
    grow_to(log, 0, [100, 300])
    copy_log(source, out)
    first = partials(out)
    assert "tile/0/000.p/100" in first
    copy_log(source, out)
    assert partials(out) == first  # the same again gives the same
    grow_to(log, 300, [500, 600])
    copy_log(source, out)
    now = partials(out)
    assert "tile/0/000.p/100" not in now  # full since the folder was last published
    assert {"tile/0/001.p/44", "tile/0/001.p/244", "tile/0/002.p/88"} <= now
    assert LogFolder(out).frontier(100).root() == LogFolder(source).frontier(100).root()
