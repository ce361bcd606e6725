"""A home on PostgreSQL with the demo's requests and fifty people of each side.

The requests are made by the real actions, `casework.actions.execute`, a simulated day's steps in one
transaction, as the demo does: every row is one that a desk would have written. Nothing is sealed. On the day
of `CUT` the desk stops and requests only come in, so that some stand at every stage. (`copies` makes more of
them.)
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from sagwan.cli.init import make_home
from sagwan.compare.names import NAMES
from sagwan.demo.people import Cast, cast_of
from sagwan.demo.scenario import Scenario, days, load
from sagwan.desk.home import home_from
from sagwan.record.commands import Approve, Receive

if TYPE_CHECKING:
    from sagwan.desk.casework.actions import Step

CUT = date(2016, 6, 16)
AWAY = date(2016, 6, 9)
"""From this day on nobody approves, so that proposals wait."""
OPENING = time(10)


def scenario() -> Scenario:
    """The demo's."""
    return load(files("sagwan.demo").joinpath("scenario.toml").read_bytes())


def everyone(found: Scenario) -> Cast:
    """The people of both providers, who sit at one desk here; the authorities are the same ones."""
    first, second = (cast_of(provider) for provider in found.providers.values())
    return replace(first, handling=(*first.handling, *second.handling))


def new_home(path: Path, database: str) -> None:
    """A home of one provider with all three services, whose clock shows the morning after `CUT`; nobody
    and nothing is in it."""
    now = datetime.combine(CUT, OPENING, scenario().zone)
    values = {
        "provider": "load",
        "names": {"ko": "부하 시험", "en": "Load test"},
        "services": {slug: dict(NAMES[slug]) for slug in ("kakao", "daum", "naver")},
        "origin": "demo.invalid/load",
        "synthetic": True,
        "clock_behind": int((datetime.now(UTC) - now).total_seconds()),
        "database": database,
    }
    make_home(home_from(path, values, "benchmark"), [])


def upgrade(path: Path) -> None:
    """Bring a home that was kept to this version."""
    from sagwan.desk.setup import migrate, open_desk  # noqa: PLC0415 - opens the home

    open_desk(path)
    migrate()


def settle(path: Path) -> None:
    """Let the people and authorities of both providers in."""
    from sagwan.desk.setup import open_desk  # noqa: PLC0415

    desk = open_desk(path)
    from sagwan.demo.settling import settle as let_in  # noqa: PLC0415 - needs an open home

    let_in(desk, everyone(scenario()))


def play(path: Path) -> None:
    """Play the 15,111 requests into the home."""
    from sagwan.desk.setup import open_desk  # noqa: PLC0415

    desk, found = open_desk(path), scenario()
    from sagwan.demo.replay import Players  # noqa: PLC0415 - needs an open home
    from sagwan.desk.casework.actions import execute  # noqa: PLC0415

    for provider in found.providers:
        players, waiting = Players(found, everyone(found).filers()), set[str]()
        for day in days(found, provider):
            steps = list(_taken(players.steps(day), day.date, waiting))
            if steps:
                execute(desk, steps)


def _taken(steps: "list[Step]", day: date, waiting: set[str]) -> "Iterator[Step]":
    """The steps that the desk takes on a day; `waiting` are the requests that wait for an approver."""
    for step in steps:
        if isinstance(step.command, Approve) and day >= AWAY:
            waiting.add(step.request)
        if isinstance(step.command, Receive) or (day < CUT and step.request not in waiting):
            yield step


def add_crowd(path: Path, people: int) -> None:
    """So many people of the provider, `staff-1` on, each of whom may do everything; and so many officials,
    `official-1` on, of one authority. Two views of one person at one instant would wait for each other, so
    that nobody here is two people at once."""
    from sagwan.desk.setup import open_desk  # noqa: PLC0415

    desk = open_desk(path)
    from sagwan.demo.settling import join  # noqa: PLC0415 - needs an open home
    from sagwan.desk.clock import time_at  # noqa: PLC0415
    from sagwan.desk.people.actions import add_person  # noqa: PLC0415
    from sagwan.desk.people.invitations import accept  # noqa: PLC0415
    from sagwan.desk.people.officials import invite_official, record_call  # noqa: PLC0415
    from sagwan.record.vocabulary import CallResult  # noqa: PLC0415

    cast, at = everyone(scenario()), time_at(desk.home) - timedelta(hours=2)
    first, second = cast.staff("administrator")
    office = cast.offices[0]
    for number in range(1, people + 1):
        name, email = f"staff-{number}", f"o{number}@{office.domain}"
        roles = ("approver", "counsel", "intake")
        add_person(desk, name=name, full_name=f"Staff {number}", roles=roles, actor=first, at=at)
        join(desk, name, first, second, at)
        official, token = invite_official(
            desk, authority=office.slug, full_name=f"Official {number}", email=email,
            phone=f"010-1000-{number:04}", name=f"official-{number}", actor=first, at=at,
        )  # fmt: skip
        accept(desk, token=token, at=at)
        record_call(desk, name=official, result=CallResult.CONFIRMED, spoke_to="-", actor=first, at=at)
