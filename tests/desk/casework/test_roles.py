"""Every command against every role; and officials only on what their own authority filed."""

from datetime import timedelta
from typing import get_args

import pytest

from sagwan.desk.casework.actions import Step, execute
from sagwan.desk.casework.roles import BY_CLOCK, CLOCK, ROLES, check_role
from sagwan.desk.people.actions import add_person
from sagwan.desk.people.errors import UnknownPerson
from sagwan.desk.people.queries import Staff
from sagwan.desk.people.roles import Role
from sagwan.desk.setup import Desk
from sagwan.record import commands as ask
from sagwan.record.errors import IllegalStep, InvalidValue
from sagwan.record.vocabulary import CallResult, FindingAnswer, Release, Teller
from tests.desk.people import make as people
from tests.record.make import ALL
from tests.support.home import START, filing

from .make import FIRST, LAST, receive, work

I, C, A, O = Role.INTAKE, Role.COUNSEL, Role.APPROVER, Role.OFFICIAL  # noqa: E741 - as in the table's columns
MATRIX: list[tuple[ask.Command, set[Role]]] = [
    (ask.Receive(filing(), ""), {I, C, O}),
    (ask.StartReview(), {C}),
    (ask.AskClarification("?"), {C}),
    (ask.AnswerClarification("."), {I, C, O}),
    (ask.Propose(ALL), {C}),
    (ask.Approve(), {A}),
    (ask.SendBack("."), {C, A}),
    (ask.Disclose((), 0), {C, A}),
    (ask.Resolve(), {C, A}),
    (ask.Withdraw("."), {I, C, O}),
    (ask.Assign("kim"), {I, C, A}),
    (ask.HandBack(), {I, C, A}),
    (ask.AddNote("."), {I, C, A}),
    (ask.SendMessage("."), {I, C, A}),
    (ask.ReceiveMessage("."), {I, C, O}),
    (ask.MarkRead(), {I, C, A}),
    (ask.AnswerFinding("x", FindingAnswer.ACCEPTED), {C, A}),
    (ask.SupplyPaper(), {I, C, O}),
    (ask.CallBack(CallResult.DENIED, "1", "x"), {I, C, A}),
    (ask.RecordIdentification("x", "y"), {I, C}),
    (ask.SuspectForgery("."), {I, C, A}),
    (ask.ClearSuspicion("."), {C, A}),
    (ask.MeetDuty("begin"), {I, C, A}),
    (ask.PlaceHold(".", FIRST, LAST), {C, A}),
    (ask.ExtendHold(LAST), {C, A}),
    (ask.ReleaseHold(Release.LAPSED), {C, A}),
    (ask.DeferNotice("life", LAST), {C}),
    (ask.RecordNotice(Teller.AUTHORITY, LAST), {I, C}),
    (ask.ImposeOrder(None), {C}),
    (ask.EndOrder(), {C}),
    (ask.Fetch(1), {O}),
    (ask.Expire(1), {C, A}),
]
"""Written by hand, so that the table of the code has a rival."""


@pytest.fixture
def office(desk: Desk) -> Desk:
    """Someone of each role alone, called like it, and an official."""
    people.staff(desk)
    for role in (I, C, A, Role.AUDITOR, Role.ADMINISTRATOR):
        add_person(desk, name=f"only-{role}", full_name=role, roles=(role,), actor="test", at=START)
    people.vetted(desk)
    people.invited(desk, "only-official")
    return desk


def test_the_matrix_knows_every_command() -> None:
    assert {type(command) for command, _ in MATRIX} == set(ROLES) == set(get_args(ask.Command))


def test_every_command_against_every_role(office: Desk) -> None:
    staff = Staff()
    for command, allowed in MATRIX:
        for role in Role:
            if role in allowed:
                check_role(staff, command, f"only-{role}")
            else:
                with pytest.raises(UnknownPerson, match="may not"):
                    check_role(staff, command, f"only-{role}")
        with pytest.raises(UnknownPerson, match="no person"):
            check_role(staff, command, "nobody")


def test_time_alone_does_two_things(office: Desk) -> None:
    staff = Staff()
    for command, _ in MATRIX:
        if isinstance(command, BY_CLOCK):
            check_role(staff, command, CLOCK)
        else:
            with pytest.raises(UnknownPerson):
                check_role(staff, command, CLOCK)
    assert {command.__name__ for command in BY_CLOCK} == {"ReleaseHold", "EndOrder", "Expire"}
    with pytest.raises(InvalidValue, match="cannot be a person's name"):
        add_person(office, name=CLOCK, full_name="x", roles=("auditor",), actor="test", at=START)


def test_the_door_asks_for_the_role(office: Desk) -> None:
    number = receive(office, filing())
    for who in ("only-auditor", "only-administrator"):
        with pytest.raises(UnknownPerson, match="may not AddNote"):
            work(office, number, (who, ask.AddNote("메모")))


def test_an_official_acts_on_what_their_authority_filed(office: Desk) -> None:
    people.invited(office, "colleague")
    people.vetted(office, "busan-police", "busan.go.kr", ko="가상부산경찰서")
    people.officials.invite_official(
        office,
        authority="busan-police",
        full_name="가상 김",
        email="kim@busan.go.kr",
        phone="051-1",
        name="stranger",
        actor="hong",
        at=START,
    )
    theirs, by_post = receive(office, filing("1"), actor="only-official"), receive(office, filing("2"))
    work(
        office, theirs, ("only-official", ask.ReceiveMessage("하나")), ("colleague", ask.ReceiveMessage("둘"))
    )
    for who, number in (("stranger", theirs), ("only-official", by_post)):
        with pytest.raises(IllegalStep, match="no such request among yours"):
            work(office, number, (who, ask.ReceiveMessage("셋")), at=START + timedelta(hours=1))
    people.authorities.suspend_authority(
        office, slug="seoul-police", reason="stolen mailbox", actor="lee", at=START
    )
    with pytest.raises(UnknownPerson):
        work(office, theirs, ("colleague", ask.ReceiveMessage("넷")), at=START + timedelta(hours=2))


def test_a_request_is_given_to_the_team_only(desk: Desk) -> None:
    people.staff(desk)
    number = receive(desk, filing())
    for who in ("yoo", "hong", "nobody"):  # an auditor, an administrator, nobody
        with pytest.raises(UnknownPerson):
            work(desk, number, ("kim", ask.Assign(who)))
    execute(desk, [Step(number, ask.Assign("lee"), "kim", START)])
