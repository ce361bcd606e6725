"""Sessions end, and tell a thief of the database nothing."""

import time
from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session

from sagwan.desk.setup import Desk
from sagwan.desk.web.sessions import SessionStore
from tests.support.people import Visitor

MINUTE, HOUR = 60, 3600


def _aged(visitor: Visitor, *, began: int, seen: int) -> Visitor:
    session = visitor.session
    session["began"], session["seen"] = int(time.time()) - began, int(time.time()) - seen
    session.save()
    return visitor


@pytest.mark.parametrize(
    ("began", "seen", "goes_on"),
    [
        (0, 0, True),
        (11 * HOUR, 29 * MINUTE, True),
        (31 * MINUTE, 31 * MINUTE, False),
        (12 * HOUR, 0, False),
    ],
)
def test_a_session_ends_when_idle_and_when_old(
    began: int, seen: int, goes_on: bool, visitor: Callable[..., Visitor]
) -> None:
    kim = _aged(visitor("kim"), began=began, seen=seen)
    answer = kim.get("/me/")
    assert answer.status_code == (200 if goes_on else 302)
    if not goes_on:
        assert answer["Location"] == "/sign-in/?next=%2Fme%2F"
        assert "Your session has ended" in kim.get("/sign-in/").text
        assert kim.get("/me/").status_code == 302


def test_use_keeps_a_session_alive_without_a_write_a_page(visitor: Callable[..., Visitor]) -> None:
    kim = _aged(visitor("kim"), began=HOUR, seen=MINUTE + 1)
    kim.get("/me/")
    seen = kim.session["seen"]
    assert time.time() - seen < MINUTE
    _aged(kim, began=HOUR, seen=MINUTE // 2)
    before = kim.session["seen"]
    kim.get("/me/")
    assert kim.session["seen"] == before


def test_what_a_session_holds_is_sealed(visitor: Callable[..., Visitor], staffed: Desk) -> None:
    kim = visitor("kim")
    session = kim.session
    session["draft"] = "a private sentence"
    session.save()
    stored = Session.objects.get(session_key=session.session_key)
    assert "private" not in stored.session_data and len(stored.session_data) > 100
    assert SessionStore(stored.session_key).load()["draft"] == "a private sentence"
    stored.session_data = "A" + stored.session_data[1:-4] + "AAAA"
    stored.save()
    assert kim.get("/me/").status_code == 302, "a session that was tampered with signs nobody in"


def test_one_session_ends_another_of_the_same_person_only(visitor: Callable[..., Visitor]) -> None:
    from allauth.usersessions.models import UserSession  # noqa: PLC0415

    here, there, stranger = visitor("kim"), visitor("kim"), visitor("choi")
    other = UserSession.objects.get(session_key=there.session.session_key)
    assert stranger.post(f"/me/sessions/{other.pk}/end/").status_code == 404
    assert there.get("/me/").status_code == 200
    assert here.post(f"/me/sessions/{other.pk}/end/")["Location"] == "/me/"
    assert there.get("/me/").status_code == 302
    assert here.get("/me/").status_code == 200


def test_signing_out_everywhere_asks_once_and_ends_all(visitor: Callable[..., Visitor]) -> None:
    here, there = visitor("kim"), visitor("kim")
    assert "2 sessions end" in here.get("/me/everywhere/").text
    assert there.get("/me/").status_code == 200
    here.post("/me/everywhere/")
    assert here.get("/me/").status_code == there.get("/me/").status_code == 302
