"""The rows are what the events say; what signing in keeps beside a person survives; private parts can go."""

from datetime import timedelta

from sagwan.desk.casework.destruction import KEYS_STREAM
from sagwan.desk.casework.rebuild import rebuild
from sagwan.desk.journal.actions import Recorder
from sagwan.desk.journal.models import Line
from sagwan.desk.journal.queries import all_events
from sagwan.desk.people import actions, authorities, officials
from sagwan.desk.people.models import AccountRequest, Authority, Person, SeenDomain
from sagwan.desk.people.sightings import first_seen, remember_domain
from sagwan.desk.setup import Desk
from sagwan.desk.vault.keyring import destroy_key
from sagwan.record.private import RecordClass
from tests.desk.people.make import added, called, invited, proposed, vetted
from tests.support.home import START, check

TABLES = (Authority, Person, AccountRequest, SeenDomain)


def rows() -> dict[str, list[dict]]:
    """Every row of the tables but the numbers that the database gives to sightings and requests."""
    found = {}
    for table in TABLES:
        names = [
            f.attname for f in table._meta.concrete_fields if table in (Authority, Person) or f.name != "id"
        ]
        found[table.__name__] = sorted(table.objects.values(*names), key=str)
    return found


def lived(desk: Desk) -> None:
    vetted(desk)
    proposed(desk, "seoul-police", "police.go.kr", "new.police.go.kr")
    added(desk, "busan-police", ko="가상부산경찰서")
    authorities.suspend_authority(desk, slug="busan-police", reason="x", actor="kim", at=START)
    invited(desk)
    invited(desk, "o-2")
    called(desk)
    officials.change_details(desk, name="o-1", email="new@police.go.kr", actor="o-1", at=START)
    called(desk, "o-2", "denied")
    for number in range(3):
        name = officials.ask_account(
            desk,
            full_name="가",
            email=f"a{number}@police.go.kr",
            phone="02-111-2222",
            authority="어디",
            at=START,
        )
        if number == 0:
            officials.admit(desk, name=name, authority="seoul-police", actor="hong", at=START)
        elif number == 1:
            officials.decline(desk, name=name, reason="x", actor="hong", at=START)
    actions.invite_person(desk, name="kim", actor="hong", at=START)
    actions.suspend_person(desk, name="yoo", reason="x", actor="hong", at=START)
    remember_domain(desk, domain="Police.go.kr", actor="kim", at=START)


def test_a_rebuild_recreates_every_row_and_keeps_what_no_event_tells(office: Desk) -> None:
    lived(office)
    person = Person.objects.get(name="o-1")
    person.set_password("a password")
    person.last_login = START
    person.save()
    before = rows()
    assert before["Person"] and before["AccountRequest"] and before["SeenDomain"]
    Person.objects.filter(name="o-2").update(
        is_active=True, suspended_at=None, phone="changed past the actions"
    )
    Authority.objects.filter(slug="busan-police").update(suspended_at=None, domains="evil.example")
    SeenDomain.objects.all().delete()
    AccountRequest.objects.filter(admitted=False).delete()
    Person(name="ghost", full_name="Ghost", roles="counsel").save()
    rebuild(office)
    assert rows() == before
    rebuild(office)
    assert rows() == before and check(office) == []


def test_private_parts_are_not_in_the_journal_in_the_clear_and_go_with_their_key(office: Desk) -> None:
    lived(office)
    for secret in ("가상 홍길동", "o-1@police.go.kr", "700-1234", "가상서울경찰서", "700 0000", "가상 서장"):
        assert not any(secret in event.public for event in all_events())
    with_names = Person.objects.get(name="o-1")
    assert with_names.full_name == "가상 홍길동"
    destroy_key(stream="person/o-1", record_class=RecordClass.LEDGER, at=START)
    destroy_key(stream="authority/busan-police", record_class=RecordClass.LEDGER, at=START)
    recorder = Recorder(office)
    for stream in ("person/o-1", "authority/busan-police"):
        recorder.note(
            KEYS_STREAM, "KeyDestroyed", {"stream": stream, "class": "ledger"}, actor="kim", at=START
        )
    recorder.flush()
    rebuild(office)
    row = Person.objects.get(name="o-1")
    assert (row.full_name, row.email, row.phone) == ("", None, "") and row.authority.slug == "seoul-police"
    assert Authority.objects.get(slug="busan-police").name_ko == "" and check(office) == []


def test_nothing_of_people_and_authorities_is_sealed(office: Desk) -> None:
    lived(office)
    assert not Line.objects.exists()


def test_a_domain_is_remembered_once_and_not_by_name(office: Desk) -> None:
    assert first_seen(office, "police.go.kr") is None
    assert remember_domain(office, domain="police.go.kr", actor="kim", at=START)
    assert not remember_domain(office, domain="POLICE.go.kr.", actor="kim", at=START + timedelta(days=1))
    assert first_seen(office, "police.go.kr") == START
    assert not any("police" in event.public for event in all_events("system/senders/"))
