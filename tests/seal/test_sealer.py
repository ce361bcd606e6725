"""The sealer: places, batches, half-years, crash at every step, a database from an old backup."""

import os
import shutil
import signal
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, connections

import tests.support.django_ready  # noqa: F401 - before the models below
from sagwan.desk.casework.models import Case
from sagwan.desk.casework.rebuild import rebuild
from sagwan.desk.journal import locks, models
from sagwan.desk.journal.actions import opened_line
from sagwan.desk.journal.recovery import recover
from sagwan.desk.journal.store import JournalStore
from sagwan.desk.setup import Desk, open_desk
from sagwan.formats.opening import parse
from sagwan.record.period import Period
from sagwan.seal.cosigning import Cosigner
from sagwan.seal.errors import Ahead, LogDiffers, SealError
from sagwan.seal.sealer import Sealer
from sagwan.tlog import (
    consistency_proof,
    parse_checkpoint,
    parse_note,
    tile_nodes,
    verify_consistency,
    verify_note,
)
from tests.support.backups import copy_database, restore_database
from tests.support.home import SEOUL, START, check, keeper, live, log, log_key, sealer

DAY = timedelta(days=1)


def checkpoint(desk: Desk):
    note = parse_note(log(desk).checkpoint() or b"")
    verify_note(note, [log_key(desk).verifier])
    return parse_checkpoint(note.text)


def assert_extends(desk: Desk, old) -> None:
    """The log now is the log then, with more behind it."""
    new = checkpoint(desk)
    proof = consistency_proof(tile_nodes(new.size, log(desk).read), old.size, new.size)
    verify_consistency(proof, old_size=old.size, new_size=new.size, old_root=old.root, new_root=new.root)


def placed() -> list[bytes]:
    return [bytes(c) for c in models.Place.objects.order_by("index").values_list("commitment", flat=True)]


def test_a_batch_holds_every_waiting_line_once(desk: Desk) -> None:
    live(desk, "2016-1", "2016-2")
    done = sealer(desk).run(START + DAY)
    assert (done.entries, done.batches, done.size, done.closed) == (4, 1, 4, [])
    assert sorted(placed()) == sorted(
        bytes(c) for c in models.Line.objects.values_list("commitment", flat=True)
    )
    assert sealer(desk).run(START + DAY).entries == 0
    assert checkpoint(desk).size == 4
    assert check(desk) == []


def test_places_within_a_batch_are_shuffled(desk: Desk) -> None:
    live(desk, *(f"2016-{n}" for n in range(12)))
    sealer(desk).run(START + DAY)
    order = list(models.Place.objects.order_by("index").values_list("line_id", flat=True))
    assert sorted(order) != order


def test_a_requests_lines_keep_their_order_within_a_batch(desk: Desk) -> None:
    live(desk, *(f"2016-{n}" for n in range(12)))
    sealer(desk).run(START + DAY)
    places = models.Place.objects.order_by("index").values_list("line__stream", "line__number")
    seen: dict[str, list[int]] = {}
    for stream, number in places:
        seen.setdefault(stream, []).append(number)
    assert all(numbers == [0, 1] for numbers in seen.values())


def test_no_batch_mixes_half_years_and_the_cut_is_fixed(desk: Desk) -> None:
    live(desk, "2016-1", at=datetime(2016, 6, 30, 22, tzinfo=SEOUL))  # resolved at 23:00
    live(desk, "2016-2", at=datetime(2016, 7, 1, 0, 0, tzinfo=SEOUL))
    done = sealer(desk).run(datetime(2016, 7, 1, 3, tzinfo=SEOUL))
    assert (done.batches, done.closed) == (2, [Period(2016, 1)])
    assert list(models.Batch.objects.order_by("number").values_list("period", "size")) == [
        ("2016H1", 2),
        ("2016H2", 2),
    ]
    assert models.Cut.objects.get(period="2016H1").size == 2


def test_a_closed_half_year_takes_no_more_lines(desk: Desk) -> None:
    live(desk, "2016-1")
    sealer(desk).run(datetime(2016, 7, 1, 3, tzinfo=SEOUL))
    live(desk, "2016-2", at=datetime(2016, 6, 30, 22, tzinfo=SEOUL))  # a clock that runs slow
    assert set(models.Line.objects.filter(place__isnull=True).values_list("period", flat=True)) == {"2016H2"}
    sealer(desk).run(datetime(2016, 7, 1, 4, tzinfo=SEOUL))
    assert check(desk) == []


def test_cover_fills_each_batch_to_the_floor(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(batch_floor=8)
    live(desk, "2016-1")
    assert sealer(desk).run(START + DAY).entries == 8
    assert sealer(desk).run(START + DAY + timedelta(hours=1)).entries == 0  # not due yet
    assert sealer(desk).run(START + 2 * DAY + timedelta(hours=1)).entries == 8  # a quiet day looks the same
    kinds = []
    for row in models.Line.objects.all():
        line, _ = opened_line(desk, bytes(row.commitment), bytes(row.sealed))
        kinds.append(parse(line).kind)
    assert sorted(kinds).count("cover") == 14
    assert check(desk) == []


def test_two_sealers_at_once(desk: Desk) -> None:
    live(desk, "2016-1")
    connections.close_all()
    ready, go = os.pipe()
    pid = os.fork()
    if pid == 0:  # the other sealer, which starts once the first has the lock
        os.read(ready, 1)
        try:
            sealer(open_desk(desk.home.path)).run(START + DAY)
        except locks.SealerBusy:
            os._exit(7)
        os._exit(0)
    with locks.sealer(desk.home):
        os.write(go, b"!")
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7
    assert sealer(desk).run(START + DAY).entries == 2


def run_and_kill(desk: Desk, fatal: int, now: datetime) -> bool:
    """Seal in a child that is killed at its `fatal`-th step, sync or rename; True if it was killed."""
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        count = 0

        def tick(*_: object) -> None:
            nonlocal count
            count += 1
            if count == fatal:
                os.kill(os.getpid(), signal.SIGKILL)

        fsync, replace = os.fsync, Path.replace

        def killing_fsync(descriptor: int) -> None:
            tick()
            fsync(descriptor)

        def killing_replace(self: Path, target: Path) -> Path:
            tick()
            result = replace(self, target)
            tick()
            return result

        os.fsync = killing_fsync
        Path.replace = killing_replace  # type: ignore[method-assign]
        sealer(open_desk(desk.home.path), step=tick).run(now)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    assert code in (0, -signal.SIGKILL)
    return code != 0


def run_when_free(desk: Desk, now: datetime) -> None:
    """Seal, once PostgreSQL has noticed that the killed process is gone and let go of its lock."""
    end = time.monotonic() + 30
    while True:
        try:
            sealer(desk).run(now)
        except locks.SealerBusy:
            assert time.monotonic() < end, "the lock of a dead process is still held"
            time.sleep(0.05)
        else:
            return


@pytest.mark.slow
def test_a_kill_at_every_step_never_forks_loses_or_doubles(desk: Desk) -> None:
    live(desk, "2016-0")
    sealer(desk).run(START + DAY)
    fatal, kills = 1, 0
    now = START + 2 * DAY
    while True:
        live(desk, f"2016-{fatal}", at=now)
        before, lines = checkpoint(desk), models.Line.objects.count()
        now += timedelta(hours=2)
        killed = run_and_kill(desk, fatal, now)
        assert_extends(desk, before)
        run_when_free(desk, now)
        assert_extends(desk, before)
        assert len(placed()) == len(set(placed())) == lines == checkpoint(desk).size
        assert check(desk) == [], f"killed at step {fatal}"
        if not killed:
            break
        fatal, kills = fatal + 1, kills + 1
    assert kills > 20  # every step, sync and rename of one batch


def test_the_public_checkpoint_never_shows_what_the_tiles_do_not_hold(desk: Desk) -> None:
    live(desk, "2016-0")
    seen = []

    def look(step: str) -> None:
        note = log(desk).checkpoint()
        size = parse_checkpoint(parse_note(note).text).size if note else 0
        seen.append((step, size))

    sealer(desk, look).run(START + DAY)
    assert seen == [
        ("placed", 0),
        ("kept", 0),
        ("tiles", 0),
        ("signed", 0),
        ("cosigned", 0),
        ("recorded", 0),
        ("published", 2),
        ("closed", 2),
    ]


def test_recovery_from_an_old_backup_extends_the_log(desk: Desk, tmp_path: Path) -> None:
    live(desk, "2016-1")
    sealer(desk).run(START + DAY)
    copy_database(desk, tmp_path / "backup")
    numbers = live(desk, "2016-2", "2016-3", at=START + DAY)
    sealer(desk).run(START + 2 * DAY)
    before, events = checkpoint(desk), models.Event.objects.count()
    lines = set(placed())

    desk = restore_database(desk, tmp_path / "backup")
    assert models.Event.objects.count() < events
    with pytest.raises(Ahead, match="sagwan recover"):
        sealer(desk).run(START + 3 * DAY)
    done = recover(desk, keeper(desk), log(desk), now=START + 3 * DAY)
    rebuild(desk)
    assert (done.batches, done.lines, done.lost, done.conflicts) == (1, 4, 0, [])
    assert models.Event.objects.count() == events
    assert set(placed()) == lines
    assert check(desk) == []
    assert set(numbers) <= set(Case.objects.values_list("number", flat=True))

    live(desk, "2016-4", at=START + 3 * DAY)
    assert sealer(desk).run(START + 4 * DAY).entries == 2
    assert_extends(desk, before)
    assert check(desk) == []
    assert recover(desk, keeper(desk), log(desk), now=START + 4 * DAY).batches == 0


def test_recovery_keeps_what_happened_after_the_restore(desk: Desk, tmp_path: Path) -> None:
    copy_database(desk, tmp_path / "backup")
    live(desk, "2016-1")
    sealer(desk).run(START + DAY)
    desk = restore_database(desk, tmp_path / "backup")
    live(desk, "2016-2", at=START + DAY)
    recover(desk, keeper(desk), log(desk), now=START + DAY)
    rebuild(desk)
    assert sealer(desk).run(START + 2 * DAY).size == 4
    assert check(desk) == []
    # and the keeper holds it all, so the same disaster can strike again
    desk = restore_database(desk, tmp_path / "backup")
    done = recover(desk, keeper(desk), log(desk), now=START + 3 * DAY)
    assert (done.batches, done.lines) == (2, 4)
    assert check(desk) == []


def test_an_entry_whose_line_is_gone_keeps_its_place(desk: Desk, tmp_path: Path) -> None:
    copy_database(desk, tmp_path / "backup")
    live(desk, "2016-1")
    sealer(desk).run(START + DAY)
    before = checkpoint(desk)
    shutil.rmtree(desk.home.keeper_path)  # the keeper is lost too
    desk = restore_database(desk, tmp_path / "backup")
    with pytest.raises(Ahead):
        sealer(desk).run(START + DAY)
    assert recover(desk, keeper(desk), log(desk), now=START + DAY).lost == 2
    live(desk, "2016-2", at=START + DAY)
    sealer(desk).run(START + 2 * DAY)
    assert_extends(desk, before)
    assert models.Place.objects.filter(line__isnull=True).count() == 2
    assert check(desk) == []


def test_the_sealer_stops_before_a_changed_tile_or_head(desk: Desk) -> None:
    live(desk, "2016-1")
    sealer(desk).run(START + DAY)
    live(desk, "2016-2", at=START + DAY)
    tile = desk.home.log_path / "tile/0/000.p/2"
    good = tile.read_bytes()
    tile.write_bytes(bytes(64))
    with pytest.raises(SealError, match="do not give the root"):
        sealer(desk).run(START + 2 * DAY)
    tile.write_bytes(good)
    (desk.home.log_path / "tile/0/000.p/4").parent.mkdir(exist_ok=True)
    (desk.home.log_path / "tile/0/000.p/4").write_bytes(bytes(128))
    with pytest.raises(LogDiffers, match="other bytes"):
        sealer(desk).run(START + 2 * DAY)
    assert checkpoint(desk).size == 2


def test_the_sealer_stops_where_the_public_log_is_another(desk: Desk) -> None:
    live(desk, "2016-1")
    sealer(desk).run(START + DAY)
    public = desk.home.log_path / "checkpoint"
    public.write_bytes(public.read_bytes().replace(b"demo.invalid/kakao\n2", b"demo.invalid/kakao\n3"))
    with pytest.raises(SealError, match="not signed by this log's key"):
        sealer(desk).run(START + 2 * DAY)
    assert connection.vendor in ("sqlite", "postgresql")


def witnessed(desk: Desk, seen: Callable[[], bytes | None]) -> Sealer:
    """A sealer with one witness, which adds no cosignature but tells what it saw last."""
    witness = Cosigner(cosign=lambda note, old_size: note, seen=seen)
    store = JournalStore(desk)
    return Sealer(
        store=store, keeper=keeper(desk), log=log(desk), key=log_key(desk), cosigners={"w": witness}
    )


def test_a_witness_that_is_ahead_stops_the_sealer_before_it_signs(desk: Desk, tmp_path: Path) -> None:
    copy_database(desk, tmp_path / "backup")
    live(desk, "2016-1")
    sealer(desk).run(START + DAY)
    seen = log(desk).checkpoint()
    for folder in (desk.home.keeper_path, desk.home.log_path):  # all but the witness is lost
        shutil.rmtree(folder)
    desk = restore_database(desk, tmp_path / "backup")
    live(desk, "2016-2", at=START + DAY)
    with pytest.raises(Ahead, match="witness w cosigned last has tree size 2, the database 0"):
        witnessed(desk, lambda: seen).run(START + 2 * DAY)
    assert keeper(desk).head() is None


def test_a_witness_that_lies_or_is_silent_does_not_stop_the_log(desk: Desk) -> None:
    live(desk, "2016-1")
    sealer(desk).run(START + DAY)
    live(desk, "2016-2", at=START + DAY)
    forged = (log(desk).checkpoint() or b"").replace(b"demo.invalid/kakao\n2", b"demo.invalid/kakao\n9")
    assert witnessed(desk, lambda: forged).run(START + 2 * DAY).entries == 2

    def silent() -> bytes:
        raise SealError("no answer")

    live(desk, "2016-3", at=START + 2 * DAY)
    assert witnessed(desk, silent).run(START + 3 * DAY).entries == 2
