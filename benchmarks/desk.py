"""How does the desk hold up under fifty people, and do its pages slow down as requests come in?

    python benchmarks/desk.py [--seconds 20] [--people 50] [--keep FOLDER]

Makes a home on a PostgreSQL of its own with the demo's 15,111 requests, counts the statements of each page,
makes ten times as many, and counts again: the counts must be the same. Then it serves that home as in
production (`sagwan serve`: waitress, one process, 8 threads; PostgreSQL with its defaults, all writes synced)
to fifty people at once, beside a bare Django page on the same server in the same run. With `--keep` what was
made stays in FOLDER and is used again. Takes half an hour the first time.
"""

import argparse
import json
import multiprocessing
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.load import counting, crowd, home
from benchmarks.load.copies import copy_folds
from tests.support.components import postgresql_programs
from tests.support.postgres import Server, run_server

FOLDS = 10
THREADS = 8
PORT, BARE = 8178, 8179
PAGES = {
    "queue": "/queue/",
    "queue, all": "/queue/?shown=all",
    "queue, second page": "/queue/?shown=over",
    "request": "/request/REQUEST/",
    "overview": "/",
    "portal": "/portal/",
}
MAKING = {"listen_addresses": "", "fsync": "off", "full_page_writes": "off", "max_wal_size": "4GB"}
SERVING = {"listen_addresses": ""}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--keep", type=Path)
    chosen = parser.parse_args()
    programs = postgresql_programs()
    if programs is None:
        raise SystemExit("no PostgreSQL here: there is no initdb")
    folder = chosen.keep or Path(tempfile.mkdtemp(prefix="sagwan-", dir="/tmp"))
    try:
        _run(folder, programs, chosen.people, chosen.seconds)
    finally:
        if not chosen.keep:
            shutil.rmtree(folder, ignore_errors=True)


def _run(folder: Path, programs: Path, people: int, seconds: float) -> None:
    cluster, where = folder / "pg", folder / "home"
    cluster.mkdir(parents=True, exist_ok=True)
    done = folder / "counts.json"
    if not done.exists():
        with run_server(cluster, programs, MAKING) as server:
            done.write_text(json.dumps(_make(server, where, people)))
    for row in json.loads(done.read_text()):
        print(*row, sep="\t")
    with run_server(cluster, programs, SERVING):
        _serve(where, people, seconds)


def _make(server: Server, where: Path, people: int) -> list[list[Any]]:
    """The home, ten-fold; the statements of each page before and after."""
    url = f"postgresql://sagwan@{quote(str(server.folder), safe='')}:5432/load"
    with server.connect() as connection:
        connection.execute("CREATE DATABASE load TEMPLATE template0")
    home.new_home(where, url)
    for step in (home.settle, home.play):
        _apart(step, where)
    _apart(home.add_crowd, where, people)
    before = _apart(counting.statements, where, PAGES)
    count = copy_folds(url, FOLDS - 1)
    after = _apart(counting.statements, where, PAGES)
    rows: list[list[Any]] = [["statements", counting.PLAYED, count]]
    return rows + [[what, before[what], after[what]] for what in PAGES]


def _serve(where: Path, people: int, seconds: float) -> None:
    _apart(home.upgrade, where)
    open_ones = _apart(counting.played, where, "under-review", 500)
    requests = [*open_ones, *_apart(counting.played, where, "resolved", 500)]
    proposals = _apart(counting.played, where, "decision-proposed", 2000)
    staff = [f"staff-{number}" for number in range(1, people + 1)]
    officials = [f"official-{number}" for number in range(1, people + 1)]
    bare = [sys.executable, str(Path(__file__).parent / "load" / "bare.py"), str(BARE), str(THREADS)]
    desk = [sys.executable, "-m", "sagwan", "serve", "--demo", "--port", str(PORT), "--home", str(where)]
    phases: list[tuple[str, Sequence[str], crowd.Act]] = [
        ("queue", staff, crowd.page_of("/queue/")),
        ("request", staff, crowd.requests_of(requests)),
        ("filing", officials, crowd.filing()),
        ("approving", staff, crowd.approving(proposals)),
    ]
    with _running(bare, BARE), _running(desk, PORT):
        first = crowd.measure("bare page", BARE, staff, crowd.page_of("/"), seconds=seconds, door=False)
        print("\nwhat\tp95 s\ta second\tp95 : bare\tbare : a second\tdone\tfailed")
        _tell(first, first)
        for what, who, act in phases:
            _tell(crowd.measure(what, PORT, who, act, seconds=seconds), first)
        last = crowd.measure("bare page", BARE, staff, crowd.page_of("/"), seconds=seconds, door=False)
        _tell(last, first)


def _tell(one: crowd.Measured, bare: crowd.Measured) -> None:
    slower, fewer = one.p95 / bare.p95, bare.rate / one.rate if one.rate else float("nan")
    figures = f"{one.p95:.3f}\t{one.rate:.1f}\t{slower:.1f}\t{fewer:.1f}"
    print(f"{one.what}\t{figures}\t{len(one.seconds)}\t{one.failed}", flush=True)


@contextmanager
def _running(command: list[str], port: int) -> Iterator[None]:
    """A server, from its first answer on."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - our own
    try:
        _wait(process, port)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    from benchmarks.load.browser import Browser  # noqa: PLC0415

    for _ in range(600):
        if process.poll() is not None:
            raise SystemExit(f"the server at {port} ended with {process.returncode}")
        try:
            Browser(port).ask("GET", "/healthz", None)
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"nothing answers at {port}")


def _apart(run: Callable[..., Any], *arguments: Any) -> Any:
    """Run in a process of its own: one process has one home open."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(run, arguments)


if __name__ == "__main__":
    main()
