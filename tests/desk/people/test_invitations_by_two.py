"""Whoever holds an invitation becomes that person: nobody lets one in alone who has joined before."""

from datetime import UTC, datetime, timedelta

import pytest

from sagwan.desk.casework.rebuild import rebuild
from sagwan.desk.people import actions, invitations
from sagwan.desk.people.errors import InvitationInvalid, PeopleRefused, UnknownPerson
from sagwan.desk.people.models import Person
from sagwan.desk.setup import Desk
from tests.desk.people.make import START, invited, vetted
from tests.support.people import Visitor

HOUR, WEEK = timedelta(hours=1), timedelta(days=7)


def join(office: Desk, name: str, actor: str = "hong") -> None:
    token = actions.invite_person(office, name=name, actor=actor, at=START)
    invitations.accept(office, token=token, at=START)


def waits(office: Desk, name: str, actor: str = "hong") -> str:
    token = actions.invite_person(office, name=name, actor=actor, at=START)
    assert Person.objects.get(name=name).invitation_waits
    with pytest.raises(InvitationInvalid):
        invitations.invited(token, START)
    with pytest.raises(InvitationInvalid):
        invitations.accept(office, token=token, at=START)
    return token


def test_who_has_joined_is_let_in_anew_by_two_only(office: Desk) -> None:
    join(office, "kim")
    token = waits(office, "kim")
    for actor, error in (("hong", PeopleRefused), ("kim", UnknownPerson)):
        with pytest.raises(error):
            invitations.agree(office, name="kim", actor=actor, at=START)
    invitations.agree(office, name="kim", actor="lee", at=START)
    assert invitations.invited(token, START).name == "kim"
    with pytest.raises(PeopleRefused, match="waits"):
        invitations.agree(office, name="kim", actor="lee", at=START)
    assert invitations.accept(office, token=token, at=START).invited_by == ""


def test_an_approver_does_not_agree_to_their_own(office: Desk) -> None:
    join(office, "lee")
    waits(office, "lee")
    with pytest.raises(PeopleRefused, match="four eyes"):
        invitations.agree(office, name="lee", actor="lee", at=START)


def test_new_staff_take_two_once_a_second_person_has_joined(office: Desk) -> None:
    join(office, "lee")
    waits(office, "kim")
    invitations.agree(office, name="kim", actor="lee", at=START)
    assert not Person.objects.get(name="kim").invitation_waits


def test_to_suspend_the_others_does_not_make_one_person_enough(office: Desk) -> None:
    join(office, "lee")
    actions.suspend_person(office, name="lee", reason="x", actor="hong", at=START)
    waits(office, "kim")


def test_a_new_official_takes_one_and_one_who_has_joined_takes_two(office: Desk) -> None:
    vetted(office)
    join(office, "lee")
    invitations.accept(office, token=invited(office), at=START)
    waits(office, "o-1")


def test_agreement_comes_in_time_and_a_new_link_needs_a_new_one(office: Desk) -> None:
    join(office, "kim")
    waits(office, "kim")
    with pytest.raises(PeopleRefused, match="has ended"):
        invitations.agree(office, name="kim", actor="lee", at=START + WEEK)
    invitations.agree(office, name="kim", actor="lee", at=START + HOUR)
    waits(office, "kim")


def test_it_is_shown_to_whom_it_waits_for_and_rebuilt(office: Desk) -> None:
    join(office, "kim")
    waits(office, "kim")
    lee, hong, kim = (Person.objects.get(name=name) for name in ("lee", "hong", "kim"))
    assert [row.name for row in invitations.waiting(lee, START)] == ["kim"]
    assert not invitations.waiting(hong, START) and not invitations.waiting(kim, START)
    assert not invitations.waiting(lee, START + WEEK)
    before = Person.objects.values().get(name="kim")
    rebuild(office)
    assert Person.objects.values().get(name="kim") == before


def test_the_pages_of_it(office: Desk) -> None:
    join(office, "kim")
    actions.invite_person(office, name="kim", actor="hong", at=datetime.now(UTC))
    lee = Visitor("lee")
    assert "/person/kim/agree/" in lee.get("/").text
    assert "hong" in lee.get("/person/kim/agree/").text
    assert lee.post("/person/kim/agree/")["Location"] == "/"
    assert not Person.objects.get(name="kim").invitation_waits
    again = lee.post("/person/kim/agree/")
    assert again.status_code == 200 and "no invitation of kim waits" in again.text
    assert Visitor("kim").get("/person/kim/agree/").status_code == 403
