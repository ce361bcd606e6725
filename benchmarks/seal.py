"""What does sealing a batch cost, in a new log and in one that has been growing for years?

    python benchmarks/seal.py [EVENTS] [--log-size SIZE ...] [--log FOLDER] [--rounds N]

For SQLite (synchronous FULL) and, where PostgreSQL is installed, a server of its own that syncs every commit:
a home whose log has SIZE entries (default 0 and 10,000,000) receives EVENTS requests (default 10,000) and
seals them in one batch, N times (default 3). Printed are the medians: events a second received (encrypted,
chained, with opening lines) and sealed, the sealing process's own time, the files and bytes of the log that
one batch wrote, and, in the same run, what the database commits by itself: transactions of one row, and one
of as many rows as events.

The large log is real where FOLDER names one (`made_log.py FOLDER 10,000,000`; its `log` is linked, not
copied); else only its right edge is hashed and written, which is all that a sealer reads. Its lines, places,
batches and checkpoints are rows of the right shape and size that cannot be opened: good for costs only.
"""

# ruff: noqa: S608  (our own names and numbers)
import argparse
import os
import secrets
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # the homes that are timed are the tests'
from django.db import connection, connections, transaction
from tests.support.components import postgresql_programs
from tests.support.home import START, filing, keeper, log, log_key, make_home, receive, sealer
from tests.support.long_log import right_edge
from tests.support.postgres import run_server

from sagwan.desk.setup import Desk
from sagwan.tlog import Checkpoint, parse_checkpoint, parse_note, sign_note

PAD_BATCH = 10_000
"""Entries of each batch of the log that was there before."""
_TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'journal_%'"
SEALED = 300
"""Bytes of an encrypted opening line, about."""


def number(text: str) -> int:
    return int(text.replace(",", ""))


def size_of(folder: Path) -> int:
    """The entries of a published folder's log."""
    return parse_checkpoint(parse_note((folder / "log/checkpoint").read_bytes()).text).size


def lay_log(desk: Desk, size: int, folder: Path | None) -> None:
    """A log of `size` entries in the home, with its checkpoint signed by the home's key."""
    target = log(desk).folder
    if folder is not None:
        target.rmdir() if target.exists() else None
        shutil.copytree(folder / "log", target, copy_function=os.link)
        (target / "checkpoint").unlink()
    else:
        right_edge(target, size, lambda n: sha256(b"%d" % n).digest())
    root = log(desk).frontier(size).root()
    note = bytes(sign_note(str(Checkpoint(desk.home.origin, size, root)), log_key(desk)))
    keeper(desk).swap_head(None, note)
    keeper(desk).put_checkpoint(size, note)
    log(desk).publish(note)


def pad(size: int) -> None:
    """As many placed lines as the log has entries, in batches."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            spread = f"CAST(printf('%08x', n * 4294967295 / {size}) || hex(randomblob(12)) AS BLOB)"
            # SQLite's append-only triggers look each row up; they are put back as they were.
            cursor.execute(_TRIGGERS)
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
            series = "WITH RECURSIVE s(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s WHERE n < {})"
            sealed, least = f"zeroblob({SEALED})", "min"
        else:
            spread = (
                f"decode(lpad(to_hex(n * 4294967295 / {size}), 8, '0'), 'hex') || "
                "substr(sha256(n::text::bytea), 1, 28)"
            )
            triggers = []
            series = "WITH s(n) AS (SELECT generate_series(0, {}::bigint))"
            sealed, least = f"decode(repeat('00', {SEALED}), 'hex')", "least"
        cursor.execute(
            f"{series.format(size - 1)} INSERT INTO journal_line (stream, number, event_seq, period, "
            f"commitment, sealed) SELECT 'request/' || n, 0, 1, '2015H2', {spread}, {sealed} FROM s "
            "ORDER BY n"
        )
        end, at = f"{least}((n + 1) * {PAD_BATCH}, {size})", connection.ops.adapt_datetimefield_value(START)
        batches = series.format((size - 1) // PAD_BATCH)
        cursor.execute(
            f"{batches} INSERT INTO journal_batch (number, period, first, size, at, last_event, last_line, "
            f"settled) SELECT n + 1, '2015H2', n * {PAD_BATCH}, {end} - n * {PAD_BATCH}, %s, 0, {end}, {end} "
            "FROM s",
            [at],
        )
        cursor.execute(
            f"{batches} INSERT INTO journal_checkpoint (size, period, at, note) "
            f"SELECT {end}, '2015H2', %s, 'a note' FROM s",
            [at],
        )
        cursor.execute(
            'INSERT INTO journal_place ("index", line_id, commitment, batch_id) '
            f"SELECT id - 1, id, commitment, (id - 1) / {PAD_BATCH} + 1 FROM journal_line ORDER BY id"
        )
        for _, sql in triggers:
            cursor.execute(sql)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def commits(count: int) -> float:
    """Rows a second where each row is a transaction of its own."""
    with connection.cursor() as cursor:
        start = time.perf_counter()
        for number in range(count):
            with transaction.atomic():
                cursor.execute("INSERT INTO bench VALUES (%s, %s)", [number, os.urandom(SEALED)])
        return count / (time.perf_counter() - start)


def one_commit(count: int) -> float:
    """Rows a second where all rows are one transaction."""
    rows = [(1_000_000 + number, os.urandom(SEALED)) for number in range(count)]
    start = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany("INSERT INTO bench VALUES (%s, %s)", rows)
    return count / (time.perf_counter() - start)


def written(folder: Path, since: float) -> tuple[int, int]:
    """Files below a folder that are younger, and their bytes."""
    sizes = [f.stat().st_size for f in folder.rglob("*") if f.is_file() and f.stat().st_mtime > since]
    return len(sizes), sum(sizes)


def rounds(home: Path, database: str, size: int, folder: Path | None, count: int, times: int) -> float:
    """Receive and seal, some rounds; print, and return the events a second that were sealed."""
    desk = make_home(home, database=database)
    if size:
        start = time.perf_counter()
        lay_log(desk, size, folder)
        pad(size)
        print(
            f"  (a log of {size:,} entries was made in {time.perf_counter() - start:.0f} s)", file=sys.stderr
        )
    received, sealed, own = [], [], []
    for turn in range(times):
        filings = [filing(f"{secrets.token_hex(6)}-{n}", accounts=1) for n in range(count)]
        at = START + timedelta(days=turn + 1)
        start = time.perf_counter()
        receive(desk, *filings, at=at)
        received.append(count / (time.perf_counter() - start))
        before, start, ticks = time.time(), time.perf_counter(), time.process_time()
        done = sealer(desk).run(at + timedelta(hours=12))
        sealed.append(done.entries / (time.perf_counter() - start))
        own.append((time.process_time() - ticks) / done.entries * 1e6)
        files, size_written = written(log(desk).folder, before - 0.01)
    with connection.cursor() as cursor:
        blob = "BLOB" if connection.vendor == "sqlite" else "BYTEA"
        cursor.execute(f"CREATE TABLE bench (id INTEGER PRIMARY KEY, data {blob})")
    single, bulk = commits(500), one_commit(count)
    name = "SQLite" if connection.vendor == "sqlite" else "PostgreSQL"
    rate = statistics.median(sealed)
    print(
        f"{name}, a log of {size:,}: received {statistics.median(received):,.0f}/s; sealed {rate:,.0f}/s "
        f"({min(sealed):,.0f}-{max(sealed):,.0f}; {statistics.median(own):.0f} microseconds of this process "
        f"an event), {files} files, {size_written:,} bytes of log a batch; "
        f"the database commits {single:,.0f} single rows/s, {bulk:,.0f} rows/s in one transaction",
        flush=True,
    )
    connections.close_all()
    return rate


@contextmanager
def databases() -> Iterator[dict[str, object]]:
    """How to get an empty database of each kind that is here: a URL, empty for SQLite."""
    programs = postgresql_programs()
    if programs is None:
        yield {"SQLite": lambda: ""}
        return
    with tempfile.TemporaryDirectory(prefix="sagwan-bench-", ignore_cleanup_errors=True) as place:
        settings = {"listen_addresses": "", "max_connections": "20", "max_wal_size": "4GB"}
        with run_server(Path(place), programs, settings) as server:
            yield {"SQLite": lambda: "", "PostgreSQL": server.new_database}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("events", nargs="?", type=number, default=10_000)
    parser.add_argument("--log-size", type=number, nargs="+", default=[0, 10_000_000])
    parser.add_argument("--log", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=("SQLite", "PostgreSQL"))
    asked = parser.parse_args()
    if asked.log is not None:
        asked.log_size = [0, size_of(asked.log)]
    # Links need one file system.
    place = asked.log.parent if asked.log else None
    with tempfile.TemporaryDirectory(dir=place) as scratch, databases() as kinds:
        for name, new in kinds.items():
            if asked.only in (None, name):
                rates = [
                    rounds(
                        Path(scratch, f"{name}-{size}"), new(), size, asked.log, asked.events, asked.rounds
                    )
                    for size in asked.log_size
                ]
                ratio = rates[-1] / rates[0]
                print(f"{name}: the last log's rate is {ratio:.2f} times the first's", flush=True)


if __name__ == "__main__":
    main()
