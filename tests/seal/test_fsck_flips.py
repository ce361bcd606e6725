"""`fsck` says so when a bit is another one: in every file of keeper and log, in every column of the journal,
anywhere in SQLite's file.

A sample, the same in each run; SAGWAN_ALL_BYTES=1 takes every byte and every row.
"""

import os
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections, models, transaction

import tests.support.django_ready  # noqa: F401 - before the models below
from sagwan.desk.casework.actions import Step, execute
from sagwan.desk.casework.destruction import destroy
from sagwan.desk.journal import models as journal
from sagwan.desk.journal.store import JournalStore
from sagwan.desk.setup import Desk
from sagwan.desk.vault import documents
from sagwan.desk.vault.models import Document, StreamKey
from sagwan.record import commands as ask
from sagwan.record.private import RecordClass
from tests.support.home import START, check, filing, keeper, live, log, make_home, sealer
from tests.support.witnesses import cosignature

DAY = timedelta(days=1)
EVERY = bool(os.environ.get("SAGWAN_ALL_BYTES"))
COVERED = (*journal.APPEND_ONLY, StreamKey, Document)
SAID_ONCE = {("journal_cut", "at"), ("journal_cosignedlate", "at")}
"""Instants that nothing else repeats, and that no figure rests on."""


def fill(desk: Desk) -> None:
    """Two batches with cover, a document, a destroyed key, a late cosignature, a closed half-year, and a
    request that waits."""
    gone = live(desk, "2016-1", "2016-2")[0]
    scan = b"%PDF-1.4 a warrant"
    command = ask.Receive(filing("2016-3", documents=(documents.described("a.pdf", scan),)), "")
    execute(desk, [Step("", command, "kim", START, contents=(scan,))])
    sealer(desk).run(START + DAY)
    note = (log(desk).checkpoint() or b"") + cosignature_of(log(desk).checkpoint() or b"")
    size = JournalStore(desk).size()
    keeper(desk).put_checkpoint(size, note)
    JournalStore(desk).record_cosigned(size, note.decode(), START + DAY)
    destroy(
        desk, keeper(desk), number=gone, record_class=RecordClass.MATTER, by="kim", approved_by="lee",
        at=START + DAY,
    )  # fmt: skip
    live(desk, "2016-4", at=START + DAY)
    sealer(desk).run(START + 2 * DAY)
    sealer(desk).run(datetime(2016, 7, 1, 2, tzinfo=START.tzinfo))
    live(desk, "2016-5", at=datetime(2016, 7, 1, 3, tzinfo=START.tzinfo))
    assert check(desk) == []


def cosignature_of(note: bytes) -> bytes:
    from sagwan.tlog import parse_note  # noqa: PLC0415 - only here

    return cosignature(parse_note(note))


@pytest.fixture
def full(make_desk: Callable[..., Desk]) -> Desk:
    desk = make_desk(batch_floor=3)
    fill(desk)
    return desk


def positions(size: int, chance: random.Random) -> list[int]:
    if EVERY or size <= 4:
        return list(range(size))
    return sorted({0, size - 1, *(chance.randrange(size) for _ in range(3))})


def test_a_bit_in_any_file_of_log_and_keeper(tmp_path: Path) -> None:
    desk = make_home(tmp_path / "home", batch_floor=3)
    fill(desk)
    chance, flipped, unseen = random.Random(5), 0, []
    files = [f for folder in (desk.home.log_path, desk.home.keeper_path) for f in sorted(folder.rglob("*"))]
    files = [file for file in files if file.is_file() and file.stat().st_size]
    assert len(files) > 15
    for file in files:
        good = file.read_bytes()
        for position in positions(len(good), chance):
            bad = bytearray(good)
            bad[position] ^= 1 << chance.randrange(8)
            file.write_bytes(bad)
            flipped += 1
            if not check(desk):
                unseen.append(f"{file.relative_to(desk.home.path)} byte {position}")
        file.write_bytes(good)
    assert unseen == []
    assert flipped > 60
    assert check(desk) == []


def other(value: Any) -> Any:
    """The value with one bit of it another one."""
    if value is None:
        return None
    if isinstance(value, datetime):
        return value + timedelta(microseconds=1)
    if isinstance(value, int):
        return value ^ 1
    if isinstance(value, str):
        middle = len(value) // 2
        return value[:middle] + chr(ord(value[middle]) ^ 1) + value[middle + 1 :] if value else "\x01"
    data = bytearray(value) or bytearray(1)
    data[len(data) // 2] ^= 1
    return bytes(data)


def unguarded() -> None:
    """Let rows be changed: who has the database's file or its owner's password can."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            return
        cursor.execute("PRAGMA foreign_keys=OFF")
        cursor.execute("PRAGMA ignore_check_constraints=ON")
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")


def cells() -> Iterator[tuple[type[models.Model], Any, str]]:
    """(model, primary key, column) of what is to be changed; numbers that only order rows are left out."""
    chance = random.Random(7)
    for model in COVERED:
        keys = list(model.objects.order_by("pk").values_list("pk", flat=True))  # type: ignore[attr-defined]
        assert keys, model
        for field in model._meta.concrete_fields:
            if isinstance(field, models.AutoField) or (model._meta.db_table, field.column) in SAID_ONCE:
                continue
            for key in keys if EVERY else chance.sample(keys, min(3, len(keys))):
                yield model, key, field.attname


def test_a_bit_in_any_column_of_the_journal(full: Desk) -> None:
    unguarded()
    changed, unseen = 0, []
    for model, key, name in cells():
        rows = model.objects.filter(pk=key)  # type: ignore[attr-defined]
        good = rows.values_list(name, flat=True).get()
        good = bytes(good) if isinstance(good, memoryview) else good
        bad = other(good)
        if good is None:
            continue
        with transaction.atomic():
            try:
                with transaction.atomic():
                    rows.update(**{name: bad})
            except Exception:  # noqa: S112 - the database itself refuses it: taken already
                continue
            changed += 1
            if not check(full):
                unseen.append(f"{model._meta.db_table} {key}: {name}")
            transaction.set_rollback(True)
    assert unseen == []
    assert changed > 90
    assert check(full) == []


def told(path: Path) -> list[str] | str:
    """Every row of the covered tables as SQLite reads them from its file; an error's text where it cannot."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            names = [model._meta.db_table for model in COVERED]
            return [repr(row) for name in names for row in database.execute(f"SELECT * FROM {name}")]  # noqa: S608
    except sqlite3.Error as error:
        return str(error)


@pytest.mark.slow
def test_a_bit_anywhere_in_the_file_of_sqlite(tmp_path: Path) -> None:
    """Either it is found, or the journal's tables read as before: much of the file is other tables, free."""
    desk = make_home(tmp_path / "home", batch_floor=3)
    fill(desk)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connections.close_all()
    path = desk.home.sqlite_path
    good, before = path.read_bytes(), told(path)
    chance, found, unseen = random.Random(11), 0, []
    for position in range(len(good)) if EVERY else [chance.randrange(len(good)) for _ in range(300)]:
        bad = bytearray(good)
        bad[position] ^= 1 << chance.randrange(8)
        path.write_bytes(bad)
        if _finds(desk):
            found += 1
        elif told(path) != before:
            unseen.append(position)
        connections.close_all()
        for beside in path.parent.glob("sagwan.db-*"):
            beside.unlink()
    path.write_bytes(good)
    assert unseen == []
    assert found > 10
    assert check(desk) == []


def _finds(desk: Desk) -> bool:
    """Does fsck find something, or fail to read the database at all?"""
    try:
        return bool(check(desk))
    except Exception:
        return True
