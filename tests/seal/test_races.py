"""Two sealers at once, as real processes, while requests come in: one seals, the other says so."""

import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, connections

import tests.support.django_ready  # noqa: F401 - before the models below
from sagwan.desk.journal import models
from sagwan.desk.setup import Desk, open_desk
from sagwan.tlog import parse_checkpoint, parse_note
from tests.support.home import START, check, keeper, live, log, sealer

ROOT = Path(__file__).parents[2]
WRITER = """
import sys
from datetime import timedelta
from pathlib import Path
from tests.support.home import START, live
from sagwan.desk.setup import open_desk
desk = open_desk(Path(sys.argv[1]))
for number in range(int(sys.argv[3])):
    live(desk, f"{sys.argv[2]}-{number}", at=START + timedelta(days=1))
"""


def start(*command: object) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "src")))}
    words = [sys.executable, *map(str, command)]
    return subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, cwd=ROOT
    )


def seal(home: Path, hour: int) -> subprocess.Popen[str]:
    return start("-m", "sagwan", "seal", "--home", home, "--at", (START + timedelta(hours=hour)).isoformat())


def race(homes: list[Path], writers: int) -> int:
    """Seal in every home at once, again and again, while others write; how many found another at work."""
    busy, hour = 0, 48
    writing = [start("-c", WRITER, homes[0], f"2016-{one}", 6) for one in range(writers)]
    while True:
        going = any(writer.poll() is None for writer in writing)
        sealing = [seal(home, hour) for home in homes]
        for process in sealing:
            _, said = process.communicate(timeout=300)
            if process.returncode:
                assert process.returncode == 1 and "another sealer is at work" in said, said
                busy += 1
        hour += 1
        if not going:
            break
    for writer in writing:
        _, said = writer.communicate(timeout=300)
        assert writer.returncode == 0, said
    return busy


def assert_whole(desk: Desk, lines: int) -> None:
    placed = [bytes(c) for c in models.Place.objects.order_by("index").values_list("commitment", flat=True)]
    assert len(placed) == len(set(placed)) == models.Line.objects.count() == lines
    assert check(desk) == []
    sizes = [parse_checkpoint(parse_note(note).text).size for note in keeper(desk).checkpoints()]
    ends = models.Batch.objects.order_by("number").values_list("first", "size")
    assert sizes == [first + size for first, size in ends]  # each batch was signed once
    assert parse_checkpoint(parse_note(log(desk).checkpoint() or b"").text).size == lines


@pytest.mark.slow
def test_sealers_of_one_home_race_while_requests_come_in(desk: Desk) -> None:
    live(desk, "2016-1")
    sealer(desk).run(START + timedelta(days=1))
    connections.close_all()
    race([desk.home.path] * 3, writers=2)
    desk = open_desk(desk.home.path)
    sealer(desk).run(START + timedelta(days=30))
    assert_whole(desk, 2 + 2 * 6 * 2)


@pytest.mark.postgresql
@pytest.mark.parametrize("make_desk", ["postgresql"], indirect=True)
def test_sealers_of_two_machines_race_on_one_postgresql(desk: Desk, tmp_path: Path) -> None:
    """Each has its own lock file; keeper and log are on storage that both see."""
    live(desk, "2016-1")
    sealer(desk).run(START + timedelta(days=1))
    home, other = desk.home.path, tmp_path / "other"
    connections.close_all()
    shutil.copytree(home, other, ignore=shutil.ignore_patterns("keeper", "log", "*.lock"))
    config = (other / "sagwan.toml").read_text("utf-8")
    for name in ("keeper", "log"):
        config = config.replace(f'\n{name} = "{name}"', f'\n{name} = "{home / name}"')
    (other / "sagwan.toml").write_text(config, "utf-8")
    race([home, other, home, other], writers=1)
    desk = open_desk(other)
    assert connection.vendor == "postgresql" and desk.home.keeper_path == home / "keeper"
    sealer(desk).run(START + timedelta(days=30))
    assert_whole(desk, 2 + 6 * 2)
