"""A witness whose disk is really full says so, forgets nothing, and goes on when there is room."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.crash.test_crash_witness import (
    BEFORE,
    answering,
    free_port,
    post,
    request,
    served,
    start,
)
from tests.crash.test_disk_full import NAMESPACE

pytestmark = pytest.mark.crash
__all__ = ["start"]

# $1 where to mount, $2 the witness's folder, $3 KiB of room left beside it, $4 the interpreter, $5 the port,
# $6 the witness's log. A first line on standard input leaves that room, a second makes more, a third ends it.
SCRIPT = r"""
set -eu
mount -t tmpfs -o size=64m none "$1"
cp -r "$2" "$1/w"
"$4" -m sagwan witness serve --folder "$1/w" --port "$5" 2>"$6" >&2 &
read -r _
mount -o "remount,size=$(( $(du -sk "$1/w" | cut -f1) + $3 ))k" "$1"
echo full
read -r _
mount -o remount,size=64m "$1"
echo room
read -r _
kill -TERM %1
wait %1 || true
"""


class Disk:
    """The small disk of a witness that answers at `url`."""

    def __init__(self, url: str, process: subprocess.Popen, log: Path) -> None:
        self.url, self._process, self._log = url, process, log

    def fill(self) -> None:
        self._say("full")

    def make_room(self) -> None:
        self._say("room")

    def said(self) -> str:
        """What the witness wrote for whoever runs it."""
        return self._log.read_text()

    def _say(self, word: str) -> None:
        self._process.stdin.write(b"go\n")
        assert self._process.stdout.readline() == f"{word}\n".encode()


@contextmanager
def small_disk(start: Path, room: int, tmp_path: Path) -> Iterator[Disk]:
    (tmp_path / "disk").mkdir()
    port = free_port()
    log = tmp_path / "log"
    words = [tmp_path / "disk", start, room, sys.executable, port, log]
    with subprocess.Popen(
        [*NAMESPACE, "bash", "-c", SCRIPT, "-", *map(str, words)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, start_new_session=True,
    ) as process:  # fmt: skip
        try:
            url = answering(process, port)
            assert url is not None
            yield Disk(url, process, log)
            process.stdin.write(b"end\n")
            process.wait(60)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


@pytest.mark.parametrize("room", [0, 36])
def test_it_says_so_forgets_nothing_and_goes_on_when_there_is_room(
    start: Path, room: int, tmp_path: Path
) -> None:
    with small_disk(start, room, tmp_path) as disk:
        assert post(disk.url, request(BEFORE, 4)) == 200
        disk.fill()
        agreed = [4]
        for size in range(5, 10):
            status = post(disk.url, request(agreed[-1], size))
            assert status in (200, 500)
            if status == 200:
                agreed.append(size)
        refused = 5 - len(agreed[1:])
        assert refused > 0
        disk.make_room()
        last = served(disk.url)
        assert last is not None and last.size == agreed[-1]
        assert post(disk.url, request(last.size, 20, "another")) == 422
        assert post(disk.url, request(0, last.size, "another")) in (409, 422)
        assert post(disk.url, request(last.size, 20)) == 200
    said = disk.said()
    assert "Traceback" not in said
    assert said.count("nothing was cosigned: ") == refused and "(make room, or mend the disk" in said
