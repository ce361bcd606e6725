"""Banded lines: each batch holds the same number of them and their cover, whatever comes."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tests.support.django_ready  # noqa: F401 - before the models below
from sagwan.desk.casework.actions import Step, execute
from sagwan.desk.casework.rebuild import rebuild
from sagwan.desk.casework.receipts import receipt_of
from sagwan.desk.journal import models
from sagwan.desk.journal.recovery import recover
from sagwan.desk.journal.store import JournalStore
from sagwan.desk.setup import Desk, open_desk
from sagwan.formats.receipt import parse_promise
from sagwan.record import commands as ask
from sagwan.record.errors import SagwanError
from sagwan.seal.errors import SealError
from sagwan.tlog import KeyType, SigningKey
from tests.support.backups import copy_database, restore_database
from tests.support.bands import BEGIN, DAY, NEW_YORK, US, batches, get, letters, warrants
from tests.support.home import check, keeper, log, make_home, sealer

JULY = datetime(2026, 7, 1, 1, tzinfo=NEW_YORK)
KEY = SigningKey("demo.invalid/kakao/receipts", KeyType.ED25519, bytes(32))


@pytest.fixture
def us(make_desk: Callable[..., Desk]) -> Desk:
    """Four banded entries a batch."""
    return make_desk(**US, banded_per_batch=4)


def config(desk: Desk, **changes: object) -> Desk:
    """The home with other settings in its sagwan.toml."""
    file = desk.home.path / "sagwan.toml"
    lines = [
        f"{line.split(' = ')[0]} = {changes[line.split(' = ')[0]]}"
        if line.split(" = ")[0] in changes
        else line
        for line in file.read_text("utf-8").split("\n")
    ]
    file.write_text("\n".join(lines), "utf-8")
    return open_desk(desk.home.path)


def placed() -> list[int]:
    return list(models.Place.objects.order_by("index").values_list("line_id", flat=True))


def assert_all_placed() -> None:
    """No line is lost or stands twice, and the lines of a request stand in their order."""
    assert sorted(placed()) == sorted(models.Line.objects.values_list("id", flat=True))
    seen: dict[str, int] = {}
    for stream, number in models.Place.objects.order_by("index").values_list("line__stream", "line__number"):
        if stream.startswith("request/"):
            assert number == seen.get(stream, -1) + 1
            seen[stream] = number


def test_each_batch_holds_the_same_number_of_banded_entries(us: Desk) -> None:
    letters(us, "a", at=BEGIN)
    assert sealer(us).run(BEGIN + DAY / 2).entries == 4
    warrants(us, "2026-1", at=BEGIN + DAY)
    sealer(us).run(BEGIN + DAY)  # sealed at once, since an ordinary line waits
    sealer(us).run(BEGIN + 2 * DAY)
    assert batches() == [("2026H1", 4, 4), ("2026H1", 6, 4), ("2026H1", 4, 4)]
    assert check(us) == []


def test_a_banded_line_alone_waits_for_the_clock(us: Desk) -> None:
    sealer(us).run(BEGIN)
    letters(us, "a", at=BEGIN + DAY / 24)
    assert sealer(us).run(BEGIN + DAY / 2).entries == 0
    assert not JournalStore(us).is_due(BEGIN + DAY / 2)
    assert JournalStore(us).is_due(BEGIN + DAY)
    assert sealer(us).run(BEGIN + DAY).entries == 4
    assert models.Line.objects.filter(place__isnull=True).count() == 0


def test_what_finds_its_batch_full_waits_for_the_next_in_its_order(us: Desk) -> None:
    letters(us, *"abcde", at=BEGIN)
    for day in range(3):
        assert sealer(us).run(BEGIN + day * DAY).entries == 4
    assert_all_placed()
    own = models.Place.objects.filter(line__stream__startswith="request/").order_by("batch_id", "line_id")
    assert list(own.values_list("line_id", flat=True)) == sorted(own.values_list("line_id", flat=True))
    assert check(us) == []


def test_at_the_half_years_end_what_waits_goes_into_further_batches(us: Desk) -> None:
    sealer(us).run(BEGIN)
    letters(us, *"abcde", at=JULY - DAY / 12)  # ten lines
    done = sealer(us).run(JULY)
    assert batches() == [("2026H1", 4, 4)] * 4
    assert (done.further, [str(period) for period in done.closed]) == (2, ["2026H1"])
    assert_all_placed()
    assert check(us) == []


def test_every_half_year_has_one_batch_after_its_end_whether_lines_wait_or_not(us: Desk) -> None:
    sealer(us).run(BEGIN)
    done = sealer(us).run(JULY)
    assert batches() == [("2026H1", 4, 4), ("2026H1", 4, 4)] and done.further == 0
    assert sealer(us).run(JULY + DAY / 24).entries == 0
    sealer(us).run(JULY + DAY)
    assert batches()[2:] == [("2026H2", 4, 4)]
    assert check(us) == []


def shape(folder: Path, url: str, *, banded: bool) -> list[tuple[object, ...]]:
    """What anyone sees of a home's log after ten days and the half-year's end: when each batch came, and how
    large it is. The same ordinary requests each time; with or without letters."""
    desk = make_home(folder, database=url, **US, banded_per_batch=4, batch_floor=6)
    now = datetime(2026, 6, 24, 3, tzinfo=NEW_YORK)
    for day in range(10):
        if banded and day in (0, 2, 3, 6):
            letters(desk, f"a{day}", f"b{day}", at=now)
        if day in (1, 2, 5):
            warrants(desk, *(f"2026-{day}-{n}" for n in range(day)), at=now + DAY / 24)
        if JournalStore(desk).is_due(now + DAY / 8) or day == 5:
            sealer(desk).run(now + DAY / 8)
        now += DAY
    seen = list(
        models.Batch.objects.order_by("number").values_list("number", "period", "first", "size", "at")
    )
    cuts = list(models.Cut.objects.values_list("period", "size"))
    assert models.Line.objects.filter(stream__startswith="request/", behind__isnull=False).exists() == banded
    connections.close_all()
    return [*seen, *cuts]


def test_who_gets_letters_and_who_gets_none_have_the_same_log(tmp_path: Path) -> None:
    assert shape(tmp_path / "one", "", banded=True) == shape(tmp_path / "other", "", banded=False)


def test_without_banded_per_batch_nothing_of_the_kind_is_taken_in(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(**US)
    with pytest.raises(SagwanError, match="banded_per_batch") as error:
        get(desk, "a", BEGIN)
    assert "bands.md" in error.value.hint
    assert models.Event.objects.filter(stream__startswith="request/").count() == 0


def test_a_law_whose_bands_are_not_reported_is_refused(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(banded_per_batch=4)  # of Korea
    with pytest.raises(SagwanError, match="law of US"):
        get(desk, "a", BEGIN)


def test_a_config_taken_back_stops_the_sealer(us: Desk) -> None:
    letters(us, "a", at=BEGIN)
    desk = config(us, banded_per_batch=0)
    with pytest.raises(SealError, match="banded_per_batch is 0"):
        sealer(desk).run(BEGIN + DAY)
    assert batches() == []


def test_within_a_half_year_the_number_stays(us: Desk) -> None:
    sealer(us).run(BEGIN)
    desk = config(us, banded_per_batch=9)
    sealer(desk).run(BEGIN + DAY)
    desk = config(desk, banded_per_batch=0)
    assert JournalStore(desk).is_due(BEGIN + 2 * DAY)
    sealer(desk).run(BEGIN + 2 * DAY)
    desk = config(desk, banded_per_batch=9)
    sealer(desk).run(JULY)
    sealer(desk).run(JULY + DAY)
    assert [hidden for _, _, hidden in batches()] == [4, 4, 4, 4, 9]


def test_a_promise_falls_due_when_the_sealer_can_keep_it(us: Desk) -> None:
    numbers = letters(us, *"abcdef", at=BEGIN)  # twelve lines: three batches
    for day in range(1, 4):
        sealer(us).run(BEGIN + day * DAY)
    late = []
    for number in numbers:
        for line in (0, 1):
            promise = parse_promise(receipt_of(us, KEY, number, line).promise.split("\n\n")[0] + "\n")
            place = models.Place.objects.get(line__stream=f"request/{number}", line__number=line)
            assert place.batch.at <= promise.due
            late.append(promise.due - promise.made)
    assert late == [2 * DAY] * 4 + [3 * DAY] * 4 + [4 * DAY] * 4
    assert receipt_of(us, KEY, numbers[-1], 1) == receipt_of(us, KEY, numbers[-1], 1)


def test_whether_a_line_is_banded_survives_the_databases_loss(us: Desk, tmp_path: Path) -> None:
    copy_database(us, tmp_path / "backup")
    letters(us, *"abc", at=BEGIN)
    sealer(us).run(BEGIN + DAY)
    sealer(us).run(BEGIN + 2 * DAY)
    before = dict(models.Line.objects.values_list("commitment", "behind"))
    desk = restore_database(us, tmp_path / "backup")
    recover(desk, keeper(desk), log(desk), now=BEGIN + 3 * DAY)
    rebuild(desk)
    assert {bytes(c): b for c, b in before.items()} == {
        bytes(c): b for c, b in models.Line.objects.values_list("commitment", "behind")
    }
    assert check(desk) == []
    sealer(desk).run(BEGIN + 4 * DAY)
    assert [hidden for _, _, hidden in batches()] == [4, 4, 4]
    assert check(desk) == []


def test_receiving_while_the_sealer_places(us: Desk) -> None:
    """Two processes at once, on a real database: no batch has more or fewer, nothing is lost or doubled."""
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        desk = open_desk(us.home.path)
        for number in range(8):
            letters(desk, f"a{number}", at=BEGIN + number * timedelta(minutes=1))
        os._exit(0)
    done, day = 0, 1
    while not done:
        sealer(us).run(BEGIN + day * DAY)
        done, status = os.waitpid(pid, os.WNOHANG)
        day += 1
    assert os.waitstatus_to_exitcode(status) == 0
    for _ in range(8):
        sealer(us).run(BEGIN + day * DAY)
        day += 1
    assert {hidden for _, _, hidden in batches()} == {4}
    assert_all_placed()
    assert check(us) == []


ARRIVALS = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 2), st.sampled_from([1, 6, 23, 24, 30, 49])), max_size=12
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(ARRIVALS)
def test_whatever_arrives(
    tmp_path_factory: pytest.TempPathFactory, arrivals: list[tuple[int, int, int]]
) -> None:
    """Letters, warrants and hours between runs of the sealer, across a half-year's end."""
    desk = make_home(tmp_path_factory.mktemp("home") / "home", **US, banded_per_batch=3)
    now = datetime(2026, 6, 28, 9, tzinfo=NEW_YORK)
    for turn, (hidden, plain, hours) in enumerate(arrivals):
        letters(desk, *(f"a{turn}-{n}" for n in range(hidden)), at=now)
        warrants(desk, *(f"2026-{turn}-{n}" for n in range(plain)), at=now)
        now += timedelta(hours=hours)
        sealer(desk).run(now)
    while models.Line.objects.filter(place__isnull=True).exists() or not models.Batch.objects.exists():
        now += DAY
        sealer(desk).run(now)
    assert {hidden for _, _, hidden in batches()} == {3}
    assert_all_placed()
    assert check(desk) == []
    connections.close_all()


def test_a_withdrawn_letter_is_banded_too(us: Desk) -> None:
    number = get(us, "a", BEGIN)
    execute(us, [Step(number, ask.Withdraw("withdrawn-by-authority"), "kim", BEGIN)])
    assert set(models.Line.objects.values_list("behind", flat=True)) == {0}
