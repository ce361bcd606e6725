"""The server's timer, the batch that is due, and the settings."""

import re
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connections

from sagwan.desk.home import HomeError, load_home
from sagwan.desk.journal.models import Batch
from sagwan.desk.journal.store import JournalStore
from sagwan.desk.mail.config import MailConfig
from sagwan.desk.setup import Desk
from sagwan.desk.tick.config import TickConfig
from sagwan.desk.tick.models import Act
from sagwan.desk.tick.run import tick
from sagwan.desk.tick.thread import once, ticking_beside
from tests.desk.casework.make import SEOUL, TODAY, emergency, receive
from tests.support.home import START, filing, sealer
from tests.support.home import receive as take

from .make import DAY, HOUR

ROOT = Path(__file__).parents[3]


def test_a_batch_is_due_by_the_homes_interval(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk()
    store = JournalStore(desk)
    assert not store.is_due(START)
    take(desk, filing("2016-1"))
    assert store.is_due(START), "the first line waits for nothing"
    sealer(desk).run(START)
    assert not store.is_due(START + 2 * DAY), "nothing waits"
    take(desk, filing("2016-2"), at=START + HOUR)
    assert not store.is_due(START + 22 * HOUR)
    assert store.is_due(START + 23 * HOUR), "rather early than late"


def test_with_a_floor_a_quiet_day_has_a_batch_too(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(batch_floor=4)
    take(desk, filing("2016-1"))
    sealer(desk).run(START)
    assert JournalStore(desk).is_due(START + DAY)


def test_a_half_year_that_is_over_is_closed(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk()
    take(desk, filing("2016-1"))
    sealer(desk).run(START)
    over = datetime(2016, 7, 1, tzinfo=SEOUL)
    assert not JournalStore(desk).is_due(over - HOUR)
    assert JournalStore(desk).is_due(over)
    sealer(desk).run(over)
    assert not JournalStore(desk).is_due(over)


def test_tick_seals_what_is_due_and_nothing_else(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk()
    take(desk, filing("2016-1"))
    run = sealer(desk).run
    assert tick(desk, START).sealed is None, "this process has no key"
    assert tick(desk, START, seal=run).sealed is not None
    assert tick(desk, START + HOUR, seal=run).sealed is None
    assert Batch.objects.count() == 1


def test_the_server_ticks_beside_its_requests(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk()
    receive(desk, emergency(), at=TODAY)  # long overdue by the machine's clock
    done = threading.Event()
    with ticking_beside(desk, every=0.05):
        for _ in range(600):
            if Act.objects.filter(kind="FellDue").exists():
                done.set()
                break
            done.wait(0.05)
    assert done.is_set()
    assert not [thread for thread in threading.enumerate() if thread.name == "tick"]
    connections.close_all()


def test_a_home_can_leave_it_to_a_timer(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(tick={"in_server": False})
    with ticking_beside(desk, every=0.01):
        assert not [thread for thread in threading.enumerate() if thread.name == "tick"]


def test_the_server_seals_by_a_process_of_its_own(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk()
    take(desk, filing("2016-1"))
    done = once(desk)
    assert done is not None and done.failed == []
    assert '"entries": 1' in str(done.sealed)
    assert Batch.objects.count() == 1


def test_a_sealer_that_fails_is_said_and_stops_nothing(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk()
    take(desk, filing("2016-1"))
    (desk.home.keys / "log.key").write_text("not a key")
    done = once(desk)
    assert done is not None
    assert [what for what, _ in done.failed] == ["sealing"] and "cannot be read" in done.failed[0][1]


def test_a_server_without_the_log_key_leaves_sealing_to_others(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk()
    take(desk, filing("2016-1"))
    (desk.home.keys / "log.key").unlink()
    done = once(desk)
    assert done is not None and done.sealed is None and done.failed == []


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"remind": 1}, "'remind' is not a setting"),
        ({"in_server": 1}, "wrong type"),
        ({"remind_hours": 0}, "from 1 to 720"),
        ({"keep_years": 101}, "from 0 to 100"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(
    values: dict[str, object], says: str, make_desk: Callable[..., Desk]
) -> None:
    with pytest.raises(HomeError) as refused:
        make_desk(tick=values)
    assert says in str(refused.value)


@pytest.mark.parametrize(("table", "config"), [("mail", MailConfig), ("tick", TickConfig)])
def test_every_setting_is_documented(table: str, config: type) -> None:
    page = (ROOT / "docs/reference/config.md").read_text("utf-8")
    section = page.partition(f"## [{table}]")[2].partition("\n## ")[0]
    keys = sorted(config.__dataclass_fields__)  # type: ignore[attr-defined]
    assert sorted(re.findall(r"^\| `([a-z_]+)` \|", section, re.M)) == keys


def test_settings_are_written_and_read_back(make_desk: Callable[..., Desk]) -> None:
    values = {"in_server": False, "keep_years": 3}
    mail = {"host": "mail.example.kr", "sender": "desk@example.kr"}
    desk = make_desk(tick=values, mail=mail)
    read = load_home(desk.home.path)
    assert read.tick == values and read.mail == mail
    assert timedelta(hours=TickConfig().remind_hours) == DAY
