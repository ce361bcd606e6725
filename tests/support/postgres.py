"""A PostgreSQL of the tests' own: no network, a socket in a private folder, gone when the session ends.

A test asks for `postgresql_url`, the URL of a fresh database that `database` in sagwan.toml understands.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from tests.support.components import postgresql_programs

OWNER = "sagwan"
PORT = 5432  # only part of the socket's name
START_SECONDS = 60
# A crash of the machine may lose a test's database, and that is fine.
SETTINGS = {"listen_addresses": "", "fsync": "off", "full_page_writes": "off", "max_connections": "50"}


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. `folder` holds its data and its socket, `programs` its tools (pg_dump too)."""

    folder: Path
    programs: Path
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        return psycopg.connect(host=str(self.folder), port=PORT, user=OWNER, dbname=database, autocommit=True)

    def new_database(self) -> str:
        """Make an empty database; return its URL."""
        name = f"sagwan_{next(self._numbers)}"
        with self.connect() as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        return f"postgresql://{OWNER}@{quote(str(self.folder), safe='')}:{PORT}/{name}"


def _user() -> dict[str, int | list[int]]:
    """Who runs the server: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _make_cluster(folder: Path, programs: Path, user: dict) -> Path:
    if user:
        os.chown(folder, user["user"], user["group"])
    data = folder / "data"
    command = [programs / "initdb", "-D", data, "-U", OWNER, "-A", "trust", "-E", "UTF8"]
    done = subprocess.run(
        [*command, "--locale=C", "--no-sync"], cwd=folder, capture_output=True, text=True, check=False, **user
    )
    if done.returncode:
        raise RuntimeError(f"initdb failed: {done.stderr or done.stdout}")
    return data


def _wait_for(server: Server, process: subprocess.Popen, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < end:
        try:
            server.connect().close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"PostgreSQL did not start: {log.read_text()}")


@contextmanager
def run_server(folder: Path, programs: Path, settings: Mapping[str, str]) -> Iterator[Server]:
    """A server on the cluster in `folder`, which is made where there is none yet."""
    user = _user()
    data = folder / "data"
    if not data.exists():
        data = _make_cluster(folder, programs, user)
    options = [text for key, value in settings.items() for text in ("-c", f"{key}={value}")]
    log = folder / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [programs / "postgres", "-D", data, "-k", folder, "-p", str(PORT), *options],
            cwd=folder,
            stdout=output,
            stderr=output,
            **user,
        )
    server = Server(folder, programs)
    try:
        _wait_for(server, process, log)
        yield server
    finally:
        process.send_signal(signal.SIGINT)  # a fast shutdown
        process.wait(timeout=START_SECONDS)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A server for the session; skips where PostgreSQL is not installed (in CI that is a failure)."""
    programs = postgresql_programs()
    if programs is None:
        pytest.skip("no PostgreSQL: there is no initdb (Debian: apt-get install postgresql)")
    # A short lower-case path: a socket's name is bounded, and the host of a URL is read in lower case.
    folder = Path(tempfile.mkdtemp(prefix="sagwan-", dir="/tmp"))
    try:
        with run_server(folder, programs, SETTINGS) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgresql_url(postgresql: Server) -> str:
    return postgresql.new_database()
