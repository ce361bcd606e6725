"""Authorities and officials for tests, as values and in a home."""

from dataclasses import replace
from datetime import datetime, timedelta

from sagwan.desk.people import actions, authorities, officials
from sagwan.desk.people.records import AuthorityKind, AuthorityRecord, Contact, OfficialRecord, SourceKind
from sagwan.desk.setup import Desk
from sagwan.record.vocabulary import CallResult
from tests.support.home import SEOUL, START

NOON = datetime(2016, 3, 2, 12, tzinfo=SEOUL)
"""A Wednesday, in office hours."""
CONTACT = Contact(
    "+82 2 700 0000", "desk@police.go.kr", SourceKind.DIRECTORY, "정부 기관 전화번호부 2016, 17쪽"
)

AUTHORITY = AuthorityRecord(
    slug="seoul-police",
    jurisdiction="KR",
    kind=AuthorityKind.POLICE,
    name_ko="가상서울경찰서",
    name_en="Imagined Seoul Police",
    time_zone="Asia/Seoul",
    domains=("police.go.kr",),
    head="가상 서장",
    contact=CONTACT,
    vetted_by="hong",
    approved_by="lee",
    vetted_at=START,
    vetted_until=START + timedelta(days=365),
)
OFFICIAL = OfficialRecord(
    name="o-1",
    full_name="가상 홍길동",
    email="hong@police.go.kr",
    phone="02-700-1234",
    authority="seoul-police",
    joined_at=START,
    confirmed_at=START,
    confirmed_by="kim",
)


def suspended(record: AuthorityRecord | OfficialRecord):
    return replace(record, suspended_at=NOON, suspended_by="lee", suspended_reason="stolen")


def staff(desk: Desk) -> None:
    """Two administrators and an auditor beside the people that every test home has."""
    for name, roles in (("hong", ("administrator",)), ("nam", ("administrator",)), ("yoo", ("auditor",))):
        actions.add_person(desk, name=name, full_name=name.title(), roles=roles, actor="test", at=START)


def added(
    desk: Desk, slug: str = "seoul-police", *, ko: str = "가상서울경찰서", at: datetime = START
) -> None:
    authorities.add_authority(
        desk, slug=slug, kind=AuthorityKind.POLICE, name_ko=ko, name_en=slug.title(), actor="hong", at=at
    )


def proposed(
    desk: Desk, slug: str = "seoul-police", *domains: str, contact: Contact = CONTACT, at: datetime = START
) -> None:
    authorities.propose_vetting(
        desk,
        slug=slug,
        domains=domains or ("police.go.kr",),
        head="가상 서장",
        contact=contact,
        how="called the switchboard",
        actor="hong",
        at=at,
    )


def vetted(desk: Desk, slug: str = "seoul-police", *domains: str, ko: str = "가상서울경찰서") -> None:
    added(desk, slug, ko=ko)
    proposed(desk, slug, *domains)
    authorities.approve_vetting(desk, slug=slug, actor="lee", at=START)


def invited(desk: Desk, name: str = "o-1", *, at: datetime = START, **values: object) -> str:
    """An official of `seoul-police`; the token."""
    wanted = {"full_name": "가상 홍길동", "email": f"{name}@police.go.kr", "phone": "02-700-1234"} | values
    return officials.invite_official(
        desk, authority="seoul-police", name=name, actor="hong", at=at, **wanted
    )[1]


def called(desk: Desk, name: str = "o-1", result: str = "confirmed", *, at: datetime = START, **values: str):
    officials.record_call(
        desk, name=name, result=CallResult(result), spoke_to="당직", actor="kim", at=at, **values
    )
