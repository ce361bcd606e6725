"""Each thing once: whenever it runs, however often, two at once, killed at any point."""

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sagwan.desk.journal.locks import TickBusy, ticking
from sagwan.desk.journal.models import Event
from sagwan.desk.setup import Desk, open_desk
from sagwan.desk.tick.run import tick
from sagwan.record import commands as ask
from sagwan.record.vocabulary import DataCategory
from tests.desk.casework.make import TODAY, emergency, receive, work
from tests.support.home import filing, make_home

from .make import DAY, HOUR, act_events, acts, assert_rebuilds, held

POLICY = {"voluntary": {"instrument": "subscriber-information", "reason": "no-legal-obligation"}}
CONFIG = {"policy": POLICY, "tick": {"keep_years": 1}}
SPAN, END = 20 * DAY, TODAY + 400 * DAY


class Killed(BaseException):
    """The process ends here: nothing of ours may catch it."""


@dataclass(slots=True)
class Killer:
    """Kills at its `left`th station; never, where it is larger than the number of stations."""

    left: int
    seen: list[str] = field(default_factory=list)

    def __call__(self, station: str) -> None:
        self.seen.append(station)
        self.left -= 1
        if self.left < 0:
            raise Killed(station)


def furnish(desk: Desk) -> None:
    """Requests of every kind that time does something about, within some days."""
    receive(desk, emergency(), at=TODAY)
    held(desk, last=date(2026, 10, 22))
    ordered = held(desk, last=date(2026, 10, 30))
    work(desk, ordered, ("kim", ask.ImposeOrder(date(2026, 10, 20))), at=TODAY + DAY)
    voluntary = filing(
        instrument="subscriber-information", data=(DataCategory.SUBSCRIBER,), paper={"issuer": "prosecutor"}
    )
    number = receive(desk, voluntary, at=TODAY)
    work(desk, number, ("kim", ask.DeferNotice("justice", date(2026, 10, 25))), at=TODAY)


def by_clock() -> list[tuple[str, str]]:
    """(stream, type) of what was done to requests by time alone."""
    rows = Event.objects.filter(actor="@tick", stream__startswith="request/")
    return sorted(rows.values_list("stream", "type"))


def outcome() -> tuple[object, ...]:
    return acts(), act_events(), by_clock()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A furnished home that is copied for each life."""
    path = tmp_path_factory.mktemp("once") / "home"
    furnish(make_home(path, **CONFIG))
    connections.close_all()
    yield path
    connections.close_all()


@pytest.fixture(scope="module")
def hourly(home: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[object, ...]:
    """What one run an hour does, from the first day on."""
    with life(home, tmp_path_factory.mktemp("hourly")) as desk:
        at = TODAY
        while at <= TODAY + SPAN:
            tick(desk, at)
            at += HOUR
        tick(desk, END)
        assert {"OrderEnded", "HoldReleased"} == {kind for _, kind in by_clock()}
        return outcome()


class life:
    """A copy of the home, open."""

    def __init__(self, home: Path, folder: Path) -> None:
        self._path = folder / "home"
        shutil.rmtree(self._path, ignore_errors=True)
        connections.close_all()
        shutil.copytree(home, self._path)

    def __enter__(self) -> Desk:
        return open_desk(self._path)

    def __exit__(self, *_: object) -> None:
        connections.close_all()


RUNS = st.lists(st.tuples(st.integers(0, int(SPAN.total_seconds())), st.integers(0, 12)), max_size=6)


@given(runs=RUNS)
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_whenever_it_runs_and_is_killed_the_same_is_done(
    runs: list[tuple[int, int]], home: Path, hourly: tuple[object, ...], tmp_path: Path
) -> None:
    with life(home, tmp_path) as desk:
        for second, kill_at in sorted(runs):
            try:
                tick(desk, TODAY + timedelta(seconds=second), step=Killer(kill_at))
            except Killed:
                connections.close_all()  # as the end of a process does
        tick(desk, END)
        assert outcome() == hourly


def test_killed_at_every_station_of_one_run(home: Path, tmp_path: Path) -> None:
    with life(home, tmp_path / "whole") as desk:
        stations = Killer(10_000)
        tick(desk, END, step=stations)
        wanted = outcome()
    assert {"acted", "committed", "chunk", "expired"} <= set(stations.seen)
    for place in range(len(stations.seen)):
        with life(home, tmp_path / str(place)) as desk:
            with pytest.raises(Killed):
                tick(desk, END, step=Killer(place))
            connections.close_all()
            tick(desk, END)
            assert outcome() == wanted, f"killed at station {place}, {stations.seen[place]}"
            tick(desk, END)
            assert outcome() == wanted


def test_a_rebuild_changes_nothing_of_it(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(**CONFIG)
    furnish(desk)
    tick(desk, TODAY + 15 * DAY)
    assert_rebuilds()
    before = outcome()
    tick(desk, TODAY + 15 * DAY)
    assert outcome() == before


def test_only_one_runs_at_a_time(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk()
    with ticking(desk.home), pytest.raises(TickBusy, match="another run"):
        tick(desk, TODAY)
    assert tick(desk, TODAY).failed == []


def test_two_at_once_do_each_thing_once(
    make_desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even without the lock that keeps them apart: the database alone does."""
    from contextlib import nullcontext  # noqa: PLC0415

    from sagwan.desk.journal import locks  # noqa: PLC0415

    desk = make_desk(**CONFIG)
    furnish(desk)
    monkeypatch.setattr(locks, "ticking", lambda home: nullcontext())
    start, wrong = threading.Barrier(2), []

    def run() -> None:
        try:
            start.wait()
            for day in range(25):
                tick(desk, TODAY + day * DAY)
        except Exception as error:
            wrong.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    tick(desk, TODAY + 25 * DAY + HOUR)
    everything = act_events()
    assert len(everything) == len(acts())
    assert len(by_clock()) == 3
    assert_rebuilds()


def test_sessions_that_ended_are_forgotten(desk: Desk) -> None:
    from django.contrib.sessions.models import Session  # noqa: PLC0415

    from tests.support.people import Visitor  # noqa: PLC0415

    Visitor("kim").get("/me/")
    old = Visitor("lee")
    old.get("/me/")
    Session.objects.filter(pk=old.session.session_key).update(expire_date=datetime(2026, 1, 1, tzinfo=UTC))
    assert tick(desk, TODAY).sessions == 1
    assert Session.objects.count() == 1
