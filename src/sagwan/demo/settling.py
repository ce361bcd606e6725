"""Before the half-year begins: the desk's people join it, and authorities are vetted and let in."""

from datetime import date, datetime, time, timedelta

from sagwan.demo.people import Cast, Office, Official
from sagwan.demo.replay import add_people
from sagwan.desk.people.actions import add_person, invite_person
from sagwan.desk.people.authorities import add_authority, approve_vetting, propose_vetting
from sagwan.desk.people.invitations import accept, agree
from sagwan.desk.people.models import Person
from sagwan.desk.people.officials import invite_official, record_call
from sagwan.desk.people.records import AuthorityKind, Contact, SourceKind
from sagwan.desk.setup import Desk
from sagwan.record.vocabulary import CallResult

HOUR = timedelta(hours=1)
_HOW = "그곳에서 찾은 번호로 걸어 기관과 부서를 확인했습니다. (시연)"
_SPOKE_TO = "가상 당직자"


def settle(desk: Desk, cast: Cast) -> None:
    """Let everyone of the cast come to the desk: added, invited, joined; authorities vetted by two."""
    at = _morning(desk, cast.began_on)
    add_people(desk, cast.handling, at)
    for one in cast.others:
        add_person(desk, name=one.key, full_name=one.name, roles=one.roles, actor="demo", at=at)
    first, second = cast.staff("administrator")
    everyone = [first, second, *(p.key for p in cast.handling), *cast.staff("auditor")]
    for place, name in enumerate(everyone):
        join(desk, name, first if name != first else second, second, at + place * HOUR / 4)
    for office in cast.offices:
        _let_in(desk, cast, office)


def _morning(desk: Desk, day: date) -> datetime:
    return datetime.combine(day, time(9, 30), desk.home.zone)


def join(desk: Desk, name: str, inviter: str, second: str, at: datetime) -> None:
    """Invite someone of the provider and let them come; `second` agrees where that takes two."""
    token = invite_person(desk, name=name, actor=inviter, at=at)
    if Person.objects.get(name=name).invitation_waits:
        agree(desk, name=name, actor=second, at=at + HOUR / 12)
    accept(desk, token=token, at=at + HOUR / 6)


def _let_in(desk: Desk, cast: Cast, office: Office) -> None:
    first, second = cast.staff("administrator")
    others = [other.vetted_on for other in cast.offices if other.vetted_on]
    at = _morning(desk, office.vetted_on or max(others))
    add_authority(
        desk, slug=office.slug, kind=AuthorityKind(office.kind), name_ko=office.name, name_en=office.english,
        actor=first, at=at,
    )  # fmt: skip
    contact = Contact(office.phone, "", SourceKind.DIRECTORY, office.source)
    propose_vetting(
        desk, slug=office.slug, domains=[office.domain], head=office.head, contact=contact, how=_HOW,
        actor=first, at=at + HOUR,
    )  # fmt: skip
    if office.vetted_on is None:
        return
    approve_vetting(desk, slug=office.slug, actor=second, at=at + 2 * HOUR)
    for official in office.officials:
        _admit(desk, cast, office, official, at + 3 * HOUR)


def _admit(desk: Desk, cast: Cast, office: Office, official: Official, at: datetime) -> None:
    first, _ = cast.staff("administrator")
    _, token = invite_official(
        desk, authority=office.slug, full_name=official.name, email=office.mail(official),
        phone=official.phone, name=official.key, actor=first, at=at,
    )  # fmt: skip
    accept(desk, token=token, at=at + HOUR)
    if official.confirmed:
        record_call(
            desk, name=official.key, result=CallResult.CONFIRMED, spoke_to=_SPOKE_TO,
            actor=cast.who("intake")[0], at=at + 2 * HOUR,
        )  # fmt: skip
