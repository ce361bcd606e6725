"""An authority is vetted by two people, from a source of its own, for a time, and stopped at once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sagwan.desk.people import authorities, queries
from sagwan.desk.people.errors import PeopleRefused, UnknownAuthority, UnknownPerson
from sagwan.desk.people.models import Person
from sagwan.desk.people.records import Contact, SourceKind, Vetting
from sagwan.desk.setup import Desk
from sagwan.record.errors import InvalidValue, SagwanError
from tests.desk.people.make import CONTACT, added, called, invited, proposed, staff, vetted
from tests.support.home import START

SLUG = "seoul-police"


def approve(desk: Desk, actor: str = "lee", **more) -> None:
    authorities.approve_vetting(desk, slug=SLUG, actor=actor, at=START, **more)


def test_nothing_of_a_proposal_holds_before_another_person_approves_it(office: Desk) -> None:
    added(office)
    assert queries.authority(SLUG).vetting(START) is Vetting.NONE
    proposed(office)
    record = queries.authority(SLUG)
    assert record.vetting(START) is Vetting.WAITING and record.domains == () and record.contact == Contact()
    assert record.proposed is not None and record.proposed.contact == CONTACT
    assert queries.vetted_domains() == {}

    with pytest.raises(PeopleRefused, match="hong proposed"):
        approve(office, "hong")
    approve(office)
    record = queries.authority(SLUG)
    assert record.vetting(START) is Vetting.VETTED and record.contact == CONTACT
    assert (record.domains, record.vetted_by, record.approved_by) == (("police.go.kr",), "hong", "lee")
    assert record.proposed is None and queries.vetted_domains() == {"police.go.kr": SLUG}
    with pytest.raises(PeopleRefused, match="no vetting"):
        approve(office)


def test_what_was_approved_is_what_was_seen(office: Desk) -> None:
    added(office)
    proposed(office)
    seen = queries.authority(SLUG).proposed
    proposed(office, SLUG, "police2.go.kr", at=START + timedelta(minutes=1))
    with pytest.raises(PeopleRefused, match="proposed anew"):
        approve(office, proposed_at=seen.at)
    approve(office, proposed_at=queries.authority(SLUG).proposed.at)
    assert queries.authority(SLUG).domains == ("police2.go.kr",)


def test_a_declined_vetting_leaves_the_one_before(office: Desk) -> None:
    vetted(office)
    proposed(office, SLUG, "evil.go.kr")
    with pytest.raises(PeopleRefused, match="hong proposed"):
        authorities.decline_vetting(office, slug=SLUG, reason="no", actor="hong", at=START)
    authorities.decline_vetting(
        office, slug=SLUG, reason="the number is on the letter", actor="lee", at=START
    )
    assert queries.authority(SLUG).domains == ("police.go.kr",) and queries.authority(SLUG).proposed is None


def test_re_vetting_falls_due_after_the_configured_days(make_desk) -> None:
    desk = make_desk(vetting_days=30)
    staff(desk)
    vetted(desk)
    record = queries.authority(SLUG)
    assert record.vetting(START + timedelta(days=30, seconds=-1)) is Vetting.VETTED
    assert record.vetting(START + timedelta(days=30)) is Vetting.OVERDUE
    with pytest.raises(PeopleRefused, match="re-vetting-due"):
        invited(desk, at=START + timedelta(days=30))


@pytest.mark.parametrize(
    ("contact", "message"),
    [
        (Contact("", "", SourceKind.DIRECTORY, "phone book"), "contact is missing"),
        (Contact("02-700-0000", "", None, "phone book"), "where the independent contact was found"),
        (Contact("02-700-0000", "", SourceKind.DIRECTORY, " "), "where the independent contact was found"),
        (Contact("call us", "", SourceKind.DIRECTORY, "phone book"), "not a phone number"),
        (Contact("", "desk@", SourceKind.DIRECTORY, "phone book"), "mail address"),
    ],
)
def test_an_independent_contact_has_a_source(desk: Desk, contact: Contact, message: str) -> None:
    staff(desk)
    added(desk)
    with pytest.raises(InvalidValue, match=message):
        proposed(desk, contact=contact)


def test_a_source_is_never_what_the_requester_sent() -> None:
    assert not any("request" in kind or "sender" in kind for kind in SourceKind)


def test_what_an_official_gave_vouches_for_no_official(office: Desk) -> None:
    vetted(office)
    invited(office)
    added(office, "busan-police", ko="가상부산경찰서")
    for contact in (replace(CONTACT, phone="+82-2-700-1234"), replace(CONTACT, mail="O-1@Police.go.kr")):
        with pytest.raises(InvalidValue, match="gave as their own"):
            proposed(office, "busan-police", contact=contact)


def test_suspension_stops_all_its_officials_at_once_and_another_person_lifts_it(office: Desk) -> None:
    vetted(office)
    vetted(office, "busan-police", "busan.go.kr", ko="가상부산경찰서")
    invited(office)
    invited(office, "o-2", email="two@police.go.kr")
    count = authorities.suspend_authority(office, slug=SLUG, reason="mailboxes sold", actor="nam", at=START)
    assert count == 2 and queries.authority(SLUG).vetting(START) is Vetting.SUSPENDED
    assert not Person.objects.filter(roles="official", is_active=True).exists()
    assert queries.authority("busan-police").vetting(START) is Vetting.VETTED
    for step in (lambda: invited(office, "o-3", email="c@police.go.kr"), lambda: called(office)):
        with pytest.raises(PeopleRefused, match="suspended"):
            step()
    with pytest.raises(PeopleRefused, match="nam suspended"):
        authorities.lift_authority(office, slug=SLUG, reason="fine", actor="nam", at=START)
    authorities.lift_authority(office, slug=SLUG, reason="passwords replaced", actor="hong", at=START)
    assert Person.objects.filter(roles="official", is_active=True).count() == 2
    with pytest.raises(PeopleRefused, match="not suspended"):
        authorities.lift_authority(office, slug=SLUG, reason="again", actor="hong", at=START)


STEPS = {
    "add": lambda desk, actor: authorities.add_authority(
        desk, slug="new", kind="court", name_ko="가", name_en="A", actor=actor, at=START
    ),
    "propose": lambda desk, actor: authorities.propose_vetting(
        desk, slug=SLUG, domains=[], head="h", contact=CONTACT, how="x", actor=actor, at=START
    ),
    "approve": lambda desk, actor: authorities.approve_vetting(desk, slug=SLUG, actor=actor, at=START),
    "suspend": lambda desk, actor: authorities.suspend_authority(
        desk, slug=SLUG, reason="x", actor=actor, at=START
    ),
    "lift": lambda desk, actor: authorities.lift_authority(
        desk, slug=SLUG, reason="x", actor=actor, at=START
    ),
}
MAY = {  # kim: intake, counsel; lee: approver; park: counsel, approver; hong: administrator; yoo: auditor
    "add": {"hong"},
    "propose": {"hong"},
    "approve": {"lee", "park", "hong"},
    "suspend": {"kim", "lee", "park", "hong"},
    "lift": {"hong"},
}


def test_who_may_do_which_step(office: Desk) -> None:
    vetted(office)
    invited(office)
    for name, step in STEPS.items():
        for actor in ("kim", "lee", "park", "hong", "yoo", "o-1", "nobody"):
            try:
                step(office, actor)
                allowed = True
            except UnknownPerson:
                allowed = False
            except SagwanError:
                allowed = True  # refused for another reason than who asks
            assert allowed is (actor in MAY[name]), (name, actor)


def test_values_that_cannot_be_kept_are_refused(office: Desk) -> None:
    def add(**changes: object) -> None:
        values = {
            "slug": "a",
            "kind": "police",
            "name_ko": "가",
            "name_en": "A",
            "actor": "hong",
            "at": START,
        }
        authorities.add_authority(office, **(values | changes))

    for changes in (
        {"slug": "Seoul Police"},
        {"name_ko": " "},
        {"jurisdiction": "kr"},
        {"time_zone": "Mars"},
    ):
        with pytest.raises(InvalidValue):
            add(**changes)
    with pytest.raises(ValueError, match="nonsense"):
        add(kind="nonsense")
    add()
    with pytest.raises(PeopleRefused, match="already"):
        add()
    with pytest.raises(UnknownAuthority):
        queries.authority("b")
    with pytest.raises(InvalidValue, match="free mail"):
        proposed(office, "a", "naver.com")
