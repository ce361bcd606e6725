"""An official is let in by invitation, confirmed by a call to the contact, and unconfirmed by any change."""

from datetime import timedelta

import pytest

from sagwan.desk.casework.access import record_access
from sagwan.desk.casework.actions import Step, execute
from sagwan.desk.journal.queries import all_events
from sagwan.desk.people import actions, officials, queries
from sagwan.desk.people.errors import InvitationInvalid, PeopleRefused, UnknownPerson
from sagwan.desk.people.invitations import accept
from sagwan.desk.people.invitations import invited as whom
from sagwan.desk.people.models import Person
from sagwan.desk.setup import Desk
from sagwan.record import commands as ask
from sagwan.record.errors import InvalidValue
from tests.desk.people.make import added, called, invited, staff, vetted
from tests.support.home import START, filing

WEEK = timedelta(days=7)


def asked(desk: Desk, **changes: str) -> str:
    values = {"full_name": "가상 이몽룡", "email": "lee@police.go.kr", "phone": "010-1111-2222",
              "authority": "서울의 어느 경찰서"}  # fmt: skip
    return officials.ask_account(desk, **(values | changes), at=START)


def test_an_invitation_works_once_and_ends(office: Desk) -> None:
    vetted(office)
    token = invited(office)
    assert whom(token, START + WEEK - timedelta(seconds=1)).name == "o-1"
    for bad, at in ((token, START + WEEK), (token + "x", START), ("", START)):
        with pytest.raises(InvitationInvalid):
            whom(bad, at)
    assert accept(office, token=token, at=START).joined_at == START
    for _ in range(2):
        with pytest.raises(InvitationInvalid):
            accept(office, token=token, at=START)


def test_a_new_invitation_ends_the_one_before_and_a_suspended_person_has_none(office: Desk) -> None:
    vetted(office)
    first = invited(office)
    second = actions.invite_person(office, name="o-1", actor="hong", at=START)
    with pytest.raises(InvitationInvalid):
        accept(office, token=first, at=START)
    actions.suspend_person(office, name="o-1", reason="x", actor="kim", at=START)
    with pytest.raises(InvitationInvalid):
        accept(office, token=second, at=START)
    with pytest.raises(PeopleRefused, match="suspended"):
        actions.invite_person(office, name="o-1", actor="hong", at=START)


def test_the_token_is_nowhere_in_the_database(office: Desk) -> None:
    vetted(office)
    token = invited(office)
    assert not any(token in event.public for event in all_events())
    assert not Person.objects.filter(invitation__contains=token).exists()


def test_only_a_call_to_the_contact_confirms_and_any_change_ends_that(office: Desk) -> None:
    vetted(office)
    accept(office, token=invited(office), at=START)
    assert not queries.official("o-1").is_confirmed
    called(office, result="no-answer")
    assert not queries.official("o-1").is_confirmed
    with pytest.raises(InvalidValue, match="not the independent contact"):
        called(office, number="02-700-1234")
    with pytest.raises(InvalidValue, match="who was spoken to"):
        officials.record_call(office, name="o-1", result="confirmed", actor="kim", at=START)
    called(office, number="02 700 0000")
    assert queries.official("o-1").is_confirmed

    officials.change_details(office, name="o-1", phone="010-9999-8888", actor="o-1", at=START)
    record = queries.official("o-1")
    assert not record.is_confirmed and record.changed_at == START and record.phone == "010-9999-8888"
    called(office)
    assert queries.official("o-1").is_confirmed
    officials.change_details(office, name="o-1", phone="010-9999-8888", actor="o-1", at=START)
    assert queries.official("o-1").is_confirmed  # nothing changed


def test_a_denial_stops_the_official_at_once(office: Desk) -> None:
    vetted(office)
    invited(office)
    called(office)
    called(office, result="denied")
    record = queries.official("o-1")
    assert record.suspended_at == START and record.confirmed_at is None
    assert not Person.objects.get(name="o-1").is_active
    with pytest.raises(UnknownPerson, match="kim may not lift"):
        actions.lift_person(office, name="o-1", reason="x", actor="kim", at=START)
    actions.lift_person(office, name="o-1", reason="it was a misdial", actor="hong", at=START)
    record = queries.official("o-1")
    assert record.suspended_at is None and not record.is_confirmed


def test_a_request_for_an_account_waits_for_a_person(office: Desk) -> None:
    vetted(office)
    name = asked(office)
    assert [one.name for one in queries.account_requests()] == [name]
    assert not Person.objects.filter(name=name).exists()
    token = officials.admit(office, name=name, authority="seoul-police", actor="hong", at=START)
    assert queries.account_requests() == []
    assert accept(office, token=token, at=START).email == "lee@police.go.kr"
    with pytest.raises(UnknownPerson):
        officials.admit(office, name=name, authority="seoul-police", actor="hong", at=START)

    other = asked(office)  # the same address: the form does not say so, the administrator sees it
    with pytest.raises(PeopleRefused, match="another person has"):
        officials.admit(office, name=other, authority="seoul-police", actor="hong", at=START)
    officials.decline(office, name=other, reason="has an account", actor="hong", at=START)
    assert queries.account_requests() == [] and not Person.objects.filter(name=other).exists()


def test_the_open_form_has_a_bound(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(officials, "MOST_REQUESTS", 2)
    asked(office), asked(office)
    with pytest.raises(PeopleRefused, match="too many"):
        asked(office)
    for changes in (
        {"email": "not mail"},
        {"phone": "none"},
        {"full_name": "\x00"},
        {"authority": "a" * 201},
    ):
        with pytest.raises(InvalidValue):
            asked(office, **changes)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"email": "hong@naver.com"}, "not a domain of seoul-police"),
        ({"email": "hong@po1ice.go.kr"}, "not a domain of seoul-police"),
        ({"email": "desk@police.go.kr"}, "independent contact"),
        ({"phone": "02-700-0000"}, "independent contact"),
    ],
)
def test_an_official_has_a_mail_of_the_authority_and_is_not_the_contact(
    desk: Desk, values: dict, message: str
) -> None:
    staff(desk)
    vetted(desk)
    with pytest.raises(PeopleRefused, match=message):
        invited(desk, **values)


def test_nobody_joins_an_authority_that_is_not_vetted(office: Desk) -> None:
    added(office)
    with pytest.raises(PeopleRefused, match="not-vetted"):
        invited(office)
    with pytest.raises(PeopleRefused, match="no authority"):
        officials.admit(office, name=asked(office), authority="none", actor="hong", at=START)


def test_names_and_addresses_are_taken_once(office: Desk) -> None:
    vetted(office)
    invited(office)
    with pytest.raises(PeopleRefused, match="already"):
        invited(office)
    with pytest.raises(PeopleRefused, match="another person has"):
        invited(office, "o-2", email="O-1@police.go.kr")
    with pytest.raises(InvalidValue, match="person's name"):
        invited(office, "O 2")
    name, _ = officials.invite_official(
        office, authority="seoul-police", full_name="나", email="na@police.go.kr", phone="02-1234-5678",
        actor="hong", at=START,
    )  # fmt: skip
    assert name.startswith("o-") and "나" not in name


def test_the_last_administrator_stays_and_the_first_one_is_invited_by_the_machine(office: Desk) -> None:
    with pytest.raises(UnknownPerson, match="may not invite"):
        actions.invite_person(office, name="lee", actor="kim", at=START)
    accept(office, token=actions.invite_person(office, name="hong", actor="first-people", at=START), at=START)
    with pytest.raises(UnknownPerson):
        actions.invite_person(office, name="nam", actor="first-people", at=START)
    actions.suspend_person(office, name="nam", reason="x", actor="hong", at=START)
    with pytest.raises(PeopleRefused, match="last administrator"):
        actions.suspend_person(office, name="hong", reason="x", actor="hong", at=START)
    with pytest.raises(PeopleRefused, match="cannot lift"):
        actions.lift_person(office, name="nam", reason="x", actor="hong", at=START)


def test_an_administrator_manages_people_and_reads_no_case(office: Desk) -> None:
    vetted(office)
    invited(office)
    with pytest.raises(UnknownPerson, match="hong may not look"):
        record_access(office, person="hong", what="Viewed", details={}, at=START)
    with pytest.raises(UnknownPerson, match="hong may not"):
        execute(office, [Step("", ask.Receive(filing(), ""), "hong", START)])


def test_nobody_but_an_administrator_manages_officials(office: Desk) -> None:
    vetted(office)
    invited(office)
    name = asked(office)
    steps = {
        "invite": lambda actor: officials.invite_official(
            office, authority="seoul-police", full_name="x", email="x@police.go.kr", phone="02-1234-5678",
            actor=actor, at=START,
        ),
        "admit": lambda actor: officials.admit(
            office, name=name, authority="seoul-police", actor=actor, at=START
        ),
        "decline": lambda actor: officials.decline(office, name=name, reason="x", actor=actor, at=START),
        "change": lambda actor: officials.change_details(
            office, name="o-1", phone="02-9999-9999", actor=actor, at=START
        ),
    }  # fmt: skip
    for step in steps.values():
        for actor in ("kim", "lee", "park", "yoo", "nobody"):
            with pytest.raises(UnknownPerson):
                step(actor)
    for actor in ("lee", "yoo", "o-1"):
        with pytest.raises(UnknownPerson):
            officials.record_call(office, name="o-1", result="confirmed", spoke_to="x", actor=actor, at=START)
    with pytest.raises(UnknownPerson):
        actions.suspend_person(office, name="o-1", reason="x", actor="yoo", at=START)
    with pytest.raises(UnknownPerson):
        actions.suspend_person(office, name="lee", reason="x", actor="kim", at=START)


def test_an_official_has_no_role_of_the_provider(office: Desk) -> None:
    vetted(office)
    invited(office)
    row = Person.objects.get(name="o-1")
    assert row.roles == "official" and row.authority.slug == "seoul-police"
    with pytest.raises(UnknownPerson, match="not a role"):
        actions.add_person(office, name="x", full_name="X", roles=("official",), actor="hong", at=START)
    assert "o-1" not in queries.Staff().names()
