"""Sealing a batch, and publishing it, costs what the batch costs: files and queries are counted, not time."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.db import connection

from sagwan.desk.journal import models
from sagwan.desk.journal.store import JournalStore
from sagwan.desk.setup import Desk
from sagwan.desk.vault.bulk import insert_many
from sagwan.publish.log_copy import copy_log
from sagwan.seal.errors import LogDiffers
from sagwan.seal.log_folder import LogFolder
from sagwan.tlog import Checkpoint, KeyType, SigningKey, changed_tiles, sign_note, tiles_of_size
from tests.support.home import START, check, live, log_key, sealer
from tests.support.long_log import right_edge

DAY = timedelta(days=1)
FULL_SCAN = ("SCAN ", "Seq Scan")
BATCH = ("number", "period", "first", "size", "at", "last_event", "last_line", "settled")

_opened: list[str] | None = None


def _audit(event: str, arguments: tuple) -> None:
    if _opened is not None and event in ("open", "os.listdir", "os.scandir") and arguments:
        _opened.append(str(arguments[0]))


sys.addaudithook(_audit)


@contextmanager
def opened(folder: Path) -> Iterator[list[str]]:
    """The paths below a folder that are opened or listed meanwhile, for reading or writing."""
    global _opened
    found: list[str] = []
    _opened = found
    try:
        yield found
    finally:
        _opened = None
        found[:] = [path for path in found if path.startswith(str(folder))]


def entry(number: int) -> bytes:
    return sha256(b"%d" % number).digest()


@pytest.mark.parametrize("size", [1_000, 100_003])
def test_a_batch_reads_the_right_edge_and_writes_what_changes(tmp_path: Path, size: int) -> None:
    right_edge(tmp_path, size, entry)
    before = {file for file in tmp_path.rglob("*") if file.is_file()}
    batch = [entry(number) for number in range(size, size + 1_000)]
    with opened(tmp_path) as paths:
        root = LogFolder(tmp_path).extend(size, batch)
    new = {str(file) for file in tmp_path.rglob("*") if file.is_file()} - {str(file) for file in before}
    assert new == {str(tmp_path / tile.path) for tile in changed_tiles(size, size + len(batch))}
    assert len(new) <= 2 * (1_000 // 256 + 2) + 3
    assert len(paths) <= 4 * len(new) + 12  # each: looked for, written, its folder synced; and the old edge
    assert LogFolder(tmp_path).frontier(size + len(batch)).root() == root


def whole_log(folder: Path, sizes: list[int], key: SigningKey) -> LogFolder:
    log = LogFolder(folder)
    for before, size in zip([0, *sizes], sizes, strict=False):
        root = log.extend(before, [entry(number) for number in range(before, size)])
        log.publish(bytes(sign_note(str(Checkpoint(key.name, size, root)), key)))
    return log


@pytest.fixture
def key() -> SigningKey:
    return SigningKey("demo.invalid/log", KeyType.ED25519, bytes(32))


def files(folder: Path) -> dict[str, bytes]:
    return {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def test_publishing_copies_what_is_new_and_opens_nothing_else(tmp_path: Path, key: SigningKey) -> None:
    source, out = tmp_path / "log", tmp_path / "out"
    whole_log(source, [100, 70_000], key)
    copy_log(source, out)
    assert files(out) == files(source)
    log = LogFolder(source)
    for size in (70_001, 70_300):  # a partial tile of a size in between is published too
        held = log.frontier(size - 1 if size == 70_001 else 70_001)
        root = log.extend(held.size, [entry(number) for number in range(held.size, size)])
        log.publish(bytes(sign_note(str(Checkpoint(key.name, size, root)), key)))
    with opened(tmp_path) as paths:
        copy_log(source, out)
    log.remove_superseded(70_000)  # as was done in `out`
    assert files(out) == files(source)
    assert len(paths) < 60  # of more than 500 files


def test_what_a_stopped_run_wrote_beyond_the_checkpoint_is_not_published(tmp_path: Path, key) -> None:
    source, out = tmp_path / "log", tmp_path / "out"
    log = whole_log(source, [300], key)
    log.extend(300, [entry(number) for number in range(300, 400)])
    copy_log(source, out)
    assert sorted(files(out)) == sorted(["checkpoint", *(tile.path for tile in tiles_of_size(300))])


def test_a_folder_whose_edge_was_damaged_is_gone_through_whole(tmp_path: Path, key: SigningKey) -> None:
    source, out = tmp_path / "log", tmp_path / "out"
    whole_log(source, [300, 600], key)
    copy_log(source, out)
    (out / "tile/0/000").unlink()
    (out / "tile/0/002.p/88").unlink()
    copy_log(source, out)
    assert files(out) == files(source)


def test_a_log_that_lost_a_tile_is_not_published(tmp_path: Path, key: SigningKey) -> None:
    whole_log(tmp_path / "log", [300], key)
    (tmp_path / "log/tile/entries/000").unlink()
    with pytest.raises(LogDiffers, match="missing"):
        copy_log(tmp_path / "log", tmp_path / "out")
    assert not (tmp_path / "out/checkpoint").exists()


@contextmanager
def statements() -> Iterator[list[tuple[str, object]]]:
    found: list[tuple[str, object]] = []

    def note(execute, sql, parameters, many, context):
        found.append((sql, None if many else parameters))
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(note):
        yield found


def pad(desk: Desk, count: int) -> None:
    """Many more placed lines, as a log that has been running for long has them: in batches of 100."""
    last = models.Batch.objects.order_by("-number").first()
    assert last is not None
    stream = [("request/pad", n, 1, "2016H1", entry(n), b"x") for n in range(count)]
    insert_many(models.Line, ("stream", "number", "event_seq", "period", "commitment", "sealed"), stream)
    lines = list(
        models.Line.objects.filter(stream="request/pad").order_by("id").values_list("id", "commitment")
    )
    first, number = last.first + last.size, last.number
    for start in range(0, count, 100):
        number += 1
        chosen = lines[start : start + 100]
        row = (number, "2016H1", first, len(chosen), START, last.last_event, chosen[-1][0], chosen[-1][0])
        insert_many(models.Batch, BATCH, [row])
        rows = ((first + n, line, bytes(c), number) for n, (line, c) in enumerate(chosen))
        insert_many(models.Place, ("index", "line_id", "commitment", "batch_id"), rows)
        first += len(chosen)


def place(desk: Desk, case: str, day: int) -> list[tuple[str, object]]:
    """Receive, place, read for the keeper and close, and tell the statements of all but the receiving."""
    live(desk, case, at=START + day * DAY)
    store, now = JournalStore(desk), START + day * DAY + timedelta(hours=2)
    with statements() as found:
        batch = store.place(now)
        assert batch is not None and len(batch.commitments) == 2
        store.kept(batch)
        store.batches_from(batch.first)
        store.size()
        store.batch_count()
        store.record_checkpoint(batch.end, batch.period, batch.at, "a note")
        store.record_cosigned(batch.end, "a note", now)
        assert store.place(now) is None
        store.close(datetime(2016, 7, 2, tzinfo=START.tzinfo))
    return found


def test_placing_a_batch_asks_as_much_of_a_long_journal_as_of_a_new_one(desk: Desk) -> None:
    live(desk, "2016-1")
    sealer(desk).run(START + DAY)
    place(desk, "2016-2", 2)  # closes the half-year, which takes more
    few = place(desk, "2016-3", 130)
    pad(desk, 1_000)
    many = place(desk, "2016-4", 131)
    assert len(many) == len(few)


def plan(sql: str, parameters: object) -> str:
    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if postgresql:
            cursor.execute("SET enable_seqscan = off")  # with few rows it would scan: may it do without?
        cursor.execute(f"EXPLAIN {'' if postgresql else 'QUERY PLAN'} {sql}", parameters)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def test_no_query_of_the_sealer_goes_through_a_whole_table(desk: Desk) -> None:
    live(desk, "2016-1")
    sealer(desk).run(START + DAY)
    pad(desk, 300)
    asked = place(desk, "2016-2", 3)
    big = ("journal_line", "journal_place", "journal_event", "journal_batch", "journal_checkpoint")
    looked = [(s, p) for s, p in asked if s.startswith("SELECT") and any(table in s for table in big)]
    assert len(looked) > 10
    for sql, parameters in looked:
        told = plan(sql, parameters)
        scans = [
            line
            for line in told.splitlines()
            if any(mark in line for mark in FULL_SCAN)
            and any(table in line for table in big)
            and not ("LIMIT" in sql and "ORDER BY" in sql)  # walks an index from its end, not far
        ]
        assert not scans, f"{sql}\n{told}"


def test_a_padded_home_is_only_a_test_of_costs(desk: Desk) -> None:
    """The padding is no sound journal: fsck sees it, so nothing here passes for more than it is."""
    live(desk, "2016-1")
    sealer(desk).run(START + DAY)
    pad(desk, 100)
    assert check(desk) != []
    assert log_key(desk).name == desk.home.origin
