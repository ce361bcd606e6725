"""How fast is sealing? Events per second beside what the same database commits per second in the same run.

    python benchmarks/seal.py [EVENTS]

A home on SQLite (synchronous FULL) in a temporary folder receives some thousand requests; timed are receiving
them (encrypted, chained, with opening lines), sealing them in one batch, and, as the database's own limits,
commits of one row and one commit of as many rows as were sealed.
"""

import os
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # the home that is timed is the tests'
from django.db import connection, transaction
from tests.support.home import START, filing, make_home, receive, sealer


def commits(count: int) -> float:
    """Rows a second where each row is a transaction of its own."""
    with connection.cursor() as cursor:
        start = time.perf_counter()
        for number in range(count):
            with transaction.atomic():
                cursor.execute("INSERT INTO bench VALUES (%s, %s)", [number, os.urandom(300)])
        return count / (time.perf_counter() - start)


def one_commit(count: int) -> float:
    """Rows a second where all rows are one transaction."""
    rows = [(1_000_000 + number, os.urandom(300)) for number in range(count)]
    start = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany("INSERT INTO bench VALUES (%s, %s)", rows)
    return count / (time.perf_counter() - start)


def main() -> None:
    count = int(sys.argv[1].replace(",", "")) if len(sys.argv) > 1 else 5_000
    with tempfile.TemporaryDirectory() as folder:
        desk = make_home(Path(folder) / "home")
        filings = [filing(f"2016-{number}", accounts=1) for number in range(count)]
        start = time.perf_counter()
        receive(desk, *filings)
        received = count / (time.perf_counter() - start)
        start = time.perf_counter()
        done = sealer(desk).run(START + timedelta(days=1))
        sealed = done.entries / (time.perf_counter() - start)
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE bench (id INTEGER PRIMARY KEY, data BLOB)")
        single, bulk = commits(500), one_commit(count)
        connection.close()
    print(
        f"{count:,} requests: received {received:,.0f}/s; sealed {sealed:,.0f} events/s in one batch; "
        f"SQLite commits {single:,.0f} single rows/s, {bulk:,.0f} rows/s in one transaction; "
        f"sealed per single commit {sealed / single:.1f}, per bulk row {sealed / bulk:.2f}"
    )


if __name__ == "__main__":
    main()
