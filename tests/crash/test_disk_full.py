"""A disk that is really full: a small file system of the test's own, in a namespace that only it sees."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections

import tests.support.django_ready  # noqa: F401 - before the models below
from sagwan.cli.wiring import open_office
from sagwan.desk.journal import models
from sagwan.tlog import parse_checkpoint, parse_note
from tests.support.home import START, check, live, make_home, sealer

AS_ROOT = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
NAMESPACE = ["unshare", *AS_ROOT, "--mount"]
AT = "2016-03-05T09:00:00+09:00"

pytestmark = pytest.mark.crash

# $1 where to mount, $2 the home, $3 KiB of room beside the home, $4 where the home is copied at the end.
SCRIPT = r"""
set -eu
mount -t tmpfs -o size=64m none "$1"
cp -r "$2" "$1/home"
mount -o "remount,size=$(( $(du -sk "$1/home" | cut -f1) + $3 ))k" "$1"
code=0
"$5" -m sagwan seal --home "$1/home" --at "$6" --json >"$4.full" 2>"$4.said" || code=$?
echo "$code" >"$4.code"
cp -r "$1/home" "$4.then"
mount -o remount,size=64m "$1"
"$5" -m sagwan seal --home "$1/home" --at "$6" --json >"$4.done"
"$5" -m sagwan fsck --home "$1/home" >"$4.fsck"
cp -r "$1/home" "$4"
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home whose next batch has 80 lines."""
    path = tmp_path_factory.mktemp("full") / "home"
    desk = make_home(path)
    live(desk, "2016-1")
    sealer(desk).run(START + timedelta(days=1))
    live(desk, *(f"2016-{number}" for number in range(2, 42)), at=START + timedelta(days=1))
    connections.close_all()
    yield path
    connections.close_all()


def size_of(home: Path) -> int:
    return parse_checkpoint(parse_note((home / "log/checkpoint").read_bytes()).text).size


@pytest.mark.parametrize("room", [8, 40, 100, 148])
def test_sealing_stops_clearly_and_goes_on_when_there_is_room(home: Path, room: int, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    end = tmp_path / "end"
    ran = subprocess.run(
        [*NAMESPACE, "bash", "-c", SCRIPT, "-", tmp_path / "disk", home, str(room), end,
         sys.executable, AT],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    code, said = int((tmp_path / "end.code").read_text()), (tmp_path / "end.said").read_text()
    if code:
        assert code == 2 and "sagwan: error: " in said and "make room" in said, said
        assert "Traceback" not in said
    assert size_of(tmp_path / "end.then") in (2, 82)  # the old log or the new one, nothing half
    done = json.loads((tmp_path / "end.done").read_text())
    assert done["size"] == size_of(end) == 82
    assert (tmp_path / "end.fsck").read_text() == "all of it holds together\n"
    assert check(open_office(end).desk) == []
    assert models.Place.objects.count() == models.Line.objects.count() == 82
    connections.close_all()
    if room < 50:
        assert code == 2
    shutil.rmtree(end)
