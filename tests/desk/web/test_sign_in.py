"""Signing in without a browser: who is refused, what the journal keeps, what is told by mail."""

import json
import re
import threading
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password

from sagwan.desk.casework.rebuild import rebuild
from sagwan.desk.journal import queries
from sagwan.desk.mail.models import Outgoing
from sagwan.desk.mail.outbox import opened
from sagwan.desk.people.models import Person
from sagwan.desk.setup import Desk
from sagwan.desk.web.signin import devices, factors, mail, notes
from tests.support.desk_site import code_of
from tests.support.people import PASSWORD, SECRET, Visitor, enrol

MAIL = {"host": "mail.invalid", "sender": "desk@example.kr"}


def queued(desk: Desk) -> list[tuple[str, str]]:
    """(address, text in Korean and English) of what waits in the outbox."""
    found = [opened(desk, row) for row in Outgoing.objects.order_by("id")]
    return [(one.to, one.note.line["ko"] + one.note.line["en"] + one.note.closing["en"]) for one in found]


def said(person: str) -> list[tuple[str, dict]]:
    """The events of a person's `access` stream."""
    stream = f"access/{person}"
    return [(one.type, json.loads(one.public)) for one in queries.histories([stream]).get(stream, [])]


def attempt(name: str, password: str = PASSWORD, **headers: object) -> Visitor:
    visitor = Visitor(**headers)
    visitor.answer = visitor.post("/sign-in/", {"login": name, "password": password})
    return visitor


def test_name_password_and_code_are_an_event(staffed: Desk) -> None:
    enrol(Person.objects.get(name="kim"))
    kim = attempt(" KIM ")
    assert kim.answer["Location"] == "/sign-in/code/"
    assert kim.get("/me/").status_code == 302, "a password alone opens nothing"
    assert "wrong" in kim.post("/sign-in/code/", {"code": "000 000"}).text
    code = code_of(SECRET)
    assert kim.post("/sign-in/code/", {"code": f"{code[:3]} {code[3:]}"})["Location"] == "/"
    assert kim.get("/me/").status_code == 200
    assert said("kim") == [
        ("SignInFailed", {"way": "code"}),
        ("SignedIn", {"way": "password", "device": "new"}),
    ]
    assert "wrong" in attempt("kim").post("/sign-in/code/", {"code": code}).text, "a code works once"


def test_a_wrong_password_is_kept_of_people_and_of_nobody_else(staffed: Desk) -> None:
    enrol(Person.objects.get(name="kim"))
    same = [attempt(name, "not this one").answer.text for name in ("kim", "nobody-here")]
    assert all("The name or the password is wrong" in text for text in same)
    assert said("kim") == [("SignInFailed", {"way": "password"})]
    assert said("nobody-here") == []


def test_a_password_alone_never_signs_in(staffed: Desk) -> None:
    Person.objects.filter(name="kim").update(password=make_password(PASSWORD))
    kim = attempt("kim")
    assert "no second factor" in kim.get("/sign-in/").text
    assert kim.get("/enrol/").status_code == 302


def test_what_is_switched_off_is_not_there(staffed: Desk) -> None:
    kim = Visitor("kim")
    for address in (
        "/password/reset/",
        "/accounts/password/reset/",
        "/email/",
        "/accounts/login/",
        "/signup/",
    ):
        assert kim.get(address).status_code == 404
    assert Visitor().post("/ask/", {"username": "x", "password1": PASSWORD}).status_code == 200
    assert not Person.objects.filter(name="x").exists()


def test_the_last_way_to_sign_in_stays(staffed: Desk) -> None:
    kim = Visitor("kim")
    answer = kim.post("/me/app/remove/")
    assert "this one is the last" in answer.text
    assert factors.is_enrolled(Person.objects.get(name="kim"))
    key = Authenticator.objects.create(
        user=kim.person, type=factors.PASSKEY, data={"name": "a", "credential": {}}
    )
    assert kim.post("/me/app/remove/")["Location"] == "/me/"
    kim.forget_freshness()
    again = kim.post(f"/me/passkeys/{key.pk}/remove/")
    assert again["Location"].startswith("/again/passkey/")
    assert factors.is_enrolled(Person.objects.get(name="kim"))


def test_the_key_of_an_app_is_sealed_in_the_database(staffed: Desk) -> None:
    enrol(Person.objects.get(name="kim"))
    stored = Authenticator.objects.get(user__name="kim", type=factors.APP)
    assert SECRET not in json.dumps(stored.data)
    assert stored.wrap().validate_code(code_of(SECRET))


def test_a_rebuild_keeps_how_people_sign_in(staffed: Desk) -> None:
    kim = Visitor("kim")
    before = (kim.person.pk, kim.person.password, Authenticator.objects.get(user=kim.person).pk)
    rebuild(staffed)
    after = Person.objects.get(name="kim")
    assert before == (after.pk, after.password, Authenticator.objects.get(user=after).pk)
    assert kim.get("/me/").status_code == 200


def test_a_new_device_is_told_by_mail_in_both_languages(make_desk: Callable[..., Desk]) -> None:
    from datetime import UTC, datetime  # noqa: PLC0415

    from sagwan.desk.people.officials import change_details  # noqa: PLC0415

    desk = make_desk(mail=MAIL)
    change_details(desk, name="kim", email="kim@example.kr", actor="kim", at=datetime.now(UTC))
    enrol(Person.objects.get(name="kim"))
    kim = attempt("kim", HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0")
    kim.post("/sign-in/code/", {"code": code_of(SECRET)})
    [(to, text)] = queued(desk)
    assert to == "kim@example.kr"
    assert "A device that was not known signed in to your account: Firefox, Linux." in text
    assert re.search(r"\d{4}년 \d+월 \d+일 \d\d:\d\d", text)
    assert "http" not in text, "a mail that asks for a click is what a thief would send"
    assert "A mail about it was sent" in kim.get("/").text


def test_who_is_invited_anew_is_told(make_desk: Callable[..., Desk]) -> None:
    from datetime import UTC, datetime  # noqa: PLC0415

    from sagwan.desk.people.actions import add_person  # noqa: PLC0415

    desk = make_desk(mail=MAIL)
    for name, role in (("hong", "administrator"), ("seo", "counsel")):
        add_person(
            desk, name=name, full_name=name, roles=(role,), email=f"{name}@example.kr", actor="test",
            at=datetime.now(UTC),
        )  # fmt: skip
    hong = Visitor("hong")
    hong.post("/person/seo/invite/")
    assert queued(desk) == [], "seo has no sign-in yet"
    enrol(Person.objects.get(name="seo"))
    hong.post("/person/seo/invite/")
    [(to, text)] = queued(desk)
    assert to == "seo@example.kr" and "replaces how you sign in" in text
    assert "/join/" not in text


def test_without_a_mail_server_or_an_address_nothing_is_said_to_be_sent(
    make_desk: Callable[..., Desk],
) -> None:
    from datetime import UTC, datetime  # noqa: PLC0415

    desk = make_desk()
    person = Person.objects.get(name="kim")
    person.email = "kim@example.kr"
    assert mail.tell(person, mail.NEW_DEVICE, datetime.now(UTC), device="x") is False
    assert queued(desk) == []


def test_two_events_at_once_both_find_a_place(staffed: Desk) -> None:
    from django.db import connections  # noqa: PLC0415

    def write() -> None:
        try:
            for _ in range(5):
                notes.note("kim", "SignedOut")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said("kim") == [("SignedOut", {})] * 20


def test_people_change_their_own_details(staffed: Desk) -> None:
    kim = Visitor("kim")
    assert kim.post("/me/details/", {"email": "park@seoul-gasang.example.kr", "phone": ""}).status_code == 200
    assert kim.post("/me/details/", {"email": "kim@example.kr", "phone": "02-000-0001"})["Location"] == "/me/"
    row = Person.objects.get(name="kim")
    assert (row.email, row.phone) == ("kim@example.kr", "02-000-0001")
    rebuild(staffed)
    assert Person.objects.get(name="kim").email == "kim@example.kr"


def test_an_expired_or_used_invitation_is_gone(staffed: Desk) -> None:
    assert Visitor().get("/join/nothing/").status_code == 410
    assert Visitor().post("/join/nothing/").status_code == 410


def test_joining_again_takes_the_old_ways_and_sessions_away(staffed: Desk) -> None:
    from datetime import UTC, datetime  # noqa: PLC0415

    from sagwan.desk.people.actions import invite_person  # noqa: PLC0415

    old = Visitor("kim")
    token = invite_person(staffed, name="kim", actor="hong", at=datetime.now(UTC))
    new = Visitor()
    assert "You have a sign-in already" in new.get(f"/join/{token}/").text
    assert old.get("/me/").status_code == 200, "to look at a link changes nothing"
    assert new.post(f"/join/{token}/")["Location"] == "/enrol/"
    assert old.get("/me/").status_code == 302
    assert not Authenticator.objects.filter(user=old.person).exists()
    assert not Person.objects.get(name="kim").has_usable_password()
    assert UserSession.objects.filter(user=old.person).count() == 0
    assert new.get("/people/")["Location"] == "/enrol/"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Whale/4.0 Safari/537.36", "Whale, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "Safari, iPhone"),
        ("curl/8", "?"),
    ],
)  # fmt: skip
def test_a_device_is_described_for_a_person(agent: str, name: str) -> None:
    assert devices.describe(agent) == name
