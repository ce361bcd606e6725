"""The demo's door: open only where all is invented and only this machine comes; elsewhere it is not there."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.urls import clear_url_caches

import tests.support.django_ready  # noqa: F401
from sagwan.desk import clock
from sagwan.desk.home import HomeError
from sagwan.desk.journal.models import Event
from sagwan.desk.people.actions import suspend_person
from sagwan.desk.people.models import Person
from sagwan.desk.setup import Desk
from sagwan.desk.web import gate, urls
from sagwan.desk.web.signin.door import DoorRefused, is_open, open_door
from tests.support.people import Visitor

BEHIND = 10 * 365 * 24 * 3600


@pytest.fixture(autouse=True)
def shut_again() -> Iterator[None]:
    yield
    settings.ROOT_URLCONF = "sagwan.desk.web.urls"
    clear_url_caches()


@pytest.fixture
def opened(staffed: Desk) -> Desk:
    """A synthetic desk with its door open, whose people have joined."""
    Person.objects.update(joined_at=datetime.now(UTC))
    open_door()
    return staffed


def test_who_clicks_is_in_and_the_journal_says_how(opened: Desk) -> None:
    anyone = Visitor()
    page = anyone.get("/demo/").content.decode()
    assert all(f'value="{name}"' in page for name in ("yoon", "seo", "lee", "choi", "hong", "park-official"))
    answer = anyone.post("/demo/", {"person": "seo", "next": "/queue/"})
    assert (answer.status_code, answer["Location"]) == (302, "/queue/")
    assert anyone.get("/queue/").status_code == 200
    assert anyone.get("/people/").status_code == 403  # counsel is no administrator: the gate still holds
    last = Event.objects.filter(stream="access/seo").order_by("-id")[0]
    assert (last.type, last.public) == ("SignedIn", '{"way":"demo","device":"known"}')


def test_one_click_more_is_someone_else(opened: Desk) -> None:
    anyone = Visitor()
    anyone.post("/demo/", {"person": "seo"})
    anyone.post("/demo/", {"person": "park-official"})
    assert anyone.get("/portal/").status_code == 200
    assert anyone.get("/queue/").status_code == 403


def test_a_stranger_is_led_to_the_door_and_back(opened: Desk) -> None:
    assert Visitor().get("/queue/")["Location"] == "/demo/?next=%2Fqueue%2F"
    assert 'value="/queue/"' in Visitor().get("/demo/?next=/queue/").content.decode()


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_the_door_leads_nowhere_else(opened: Desk, elsewhere: str) -> None:
    answer = Visitor().post("/demo/", {"person": "seo", "next": elsewhere})
    assert answer["Location"] == "/"


def test_steps_that_take_a_second_factor_are_open_to_who_has_none(opened: Desk) -> None:
    anyone = Visitor()
    anyone.post("/demo/", {"person": "hong"})
    anyone.forget_freshness()
    assert anyone.get("/person/kim/suspend/").status_code == 200


def test_who_is_stopped_or_has_not_joined_is_not_behind_it(opened: Desk) -> None:
    suspend_person(opened, name="seo", reason="lost laptop", actor="hong", at=datetime.now(UTC))
    Person.objects.filter(name="yoon").update(joined_at=None)
    page = Visitor().get("/demo/").content.decode()
    for name in ("seo", "yoon", "nobody"):
        assert f'value="{name}"' not in page
        assert Visitor().post("/demo/", {"person": name}).status_code == 404


def test_it_adds_one_address_and_its_view_declares_who_may_come(opened: Desk) -> None:
    assert run_checks(tags=["sagwan"]) == []
    ours = {where for where, _ in gate.views()} - {where for where, _ in gate.views(urls.urlpatterns)}
    assert ours == {"demo/"}


def test_another_machine_finds_nothing(opened: Desk) -> None:
    far = Visitor(REMOTE_ADDR="192.0.2.7")
    assert far.get("/demo/").status_code == 404
    assert far.post("/demo/", {"person": "hong"}).status_code == 404
    assert far.get("/queue/").status_code == 302


def test_while_it_is_shut_its_addresses_do_not_exist(staffed: Desk) -> None:
    Person.objects.update(joined_at=datetime.now(UTC))
    assert not is_open()
    assert Visitor().get("/demo/").status_code == 404
    assert Visitor().post("/demo/", {"person": "hong"}).status_code == 404
    assert Visitor().get("/queue/")["Location"].startswith("/sign-in/")


@pytest.mark.parametrize(
    ("config", "says"),
    [
        ({"synthetic": False}, "not synthetic"),
        ({"web": {"host": "desk.example.kr"}}, "other machines"),
        ({"web": {"host": "desk.example.kr", "listen": "192.0.2.1", "behind_proxy": "127.0.0.1"}}, "other"),
        ({"web": {"behind_proxy": "127.0.0.1"}}, "other machines"),
    ],
)
def test_elsewhere_it_is_refused(make_desk: Callable[..., Desk], config: dict, says: str) -> None:
    make_desk(**config)
    with pytest.raises(DoorRefused, match=says):
        open_door()
    assert not is_open()


def test_opening_another_home_shuts_it(opened: Desk, make_desk: Callable[..., Desk]) -> None:
    from sagwan.desk.setup import open_desk  # noqa: PLC0415

    assert is_open()
    open_desk(opened.home.path)
    assert not is_open()


@pytest.mark.parametrize(("synthetic", "web"), [("false", ""), ("true", 'host = "desk.example.kr"')])
def test_the_server_does_not_start_with_it(make_desk: Callable[..., Desk], synthetic: str, web: str) -> None:
    desk = make_desk(synthetic=synthetic == "true", web={"host": "desk.example.kr"} if web else {})
    done = subprocess.run(
        [sys.executable, "-m", "sagwan", "serve", "--demo", "--port", "0", "--home", str(desk.home.path)],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 1
    assert ("not synthetic" if not web else "other machines") in done.stderr
    assert done.stdout == ""


def test_the_clock_of_the_demo_is_behind(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(clock_behind=BEHIND)
    behind = (datetime.now(UTC) - clock.time_at(desk.home)).total_seconds()
    assert abs(behind - BEHIND) < 60
    assert abs((clock.now() - clock.time_at(desk.home)).total_seconds()) < 60


@pytest.mark.parametrize("config", [{"synthetic": False, "clock_behind": 1}, {"clock_behind": -1}])
def test_no_real_home_has_another_clock(make_desk: Callable[..., Desk], config: dict) -> None:
    with pytest.raises(HomeError, match="clock_behind"):
        make_desk(**config)
