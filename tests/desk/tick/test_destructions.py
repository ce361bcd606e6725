"""What may be destroyed is proposed by time, destroyed by two people, and a certificate remains."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache

from sagwan.desk.casework.destruction import DestructionRefused, destroy_again
from sagwan.desk.journal import queries
from sagwan.desk.people.actions import add_person
from sagwan.desk.people.errors import UnknownPerson
from sagwan.desk.setup import Desk
from sagwan.desk.tick import destructions
from sagwan.desk.tick.models import Destruction
from sagwan.record import commands as ask
from sagwan.record.errors import InvalidValue
from sagwan.record.private import RecordClass
from tests.desk.casework.make import SEOUL, case, told, work
from tests.support.home import START, keeper, live, sealer
from tests.support.people import Visitor

from .make import DAY, acts, assert_rebuilds, ran

OVER = datetime(2017, 3, 3, tzinfo=SEOUL)
"""The keeping time of what was resolved on 2 March 2016 has ended, where the house keeps for a year."""


@pytest.fixture
def number(make_desk: Callable[..., Desk]) -> str:
    """A resolved request, sealed, whose destruction is proposed."""
    desk = make_desk(tick={"keep_years": 1})
    for name, role in (("hong", "administrator"), ("choi", "auditor"), ("yoon", "intake")):
        add_person(desk, name=name, full_name=name.title(), roles=(role,), actor="test", at=START)
    found = live(desk, "2016-1")[0]
    sealer(desk).run(START + DAY)
    assert [what for _, _, what in ran(desk, OVER)] == ["ledger", "matter"]
    return found


def the_desk() -> Desk:
    from sagwan.desk.setup import current  # noqa: PLC0415

    return current()


def asked(number: str, actor: str = "kim", record_class: str = "matter") -> None:
    destructions.ask(the_desk(), number, record_class, actor=actor, at=OVER)


def approved(number: str, actor: str = "lee", record_class: str = "matter") -> None:
    desk = the_desk()
    destructions.approve(desk, keeper(desk), number, record_class, actor=actor, at=OVER)


def test_two_people_destroy_one_class_and_the_seals_stay(number: str) -> None:
    desk = the_desk()
    asked(number)
    assert told(desk, number).received.matter is not None, "one person destroys nothing"
    approved(number)
    received = told(desk, number).received
    assert received.matter is None and received.ledger is not None
    assert [one.row.record_class for one in destructions.proposals()] == ["ledger"]
    proof = destructions.certificate(number, "matter")
    assert proof is not None
    assert (proof.asked_by, proof.approved_by, proof.at) == ("kim", "lee", OVER)
    assert proof.lines == 2 and len(proof.indexes) == 2
    event = queries.histories(["system/keys"])["system/keys"][0]
    assert proof.hash == event.hash.hex()
    assert destructions.certificate(number, "ledger") is None
    assert_rebuilds()


def test_one_person_is_not_two(number: str) -> None:
    with pytest.raises(DestructionRefused, match="nobody asked for it yet"):
        approved(number)
    asked(number, "park")
    with pytest.raises(DestructionRefused, match="park cannot approve it too"):
        approved(number, "park")
    with pytest.raises(DestructionRefused, match="asked for it already"):
        asked(number, "kim")
    for who in ("yoon", "choi", "lee"):
        with pytest.raises(UnknownPerson, match="may not have a key destroyed"):
            asked(number, who)
    with pytest.raises(UnknownPerson, match="may not approve"):
        approved(number, "kim")
    assert told(the_desk(), number).received.matter is not None


def test_what_was_recorded_since_is_kept_for_its_own_time(number: str) -> None:
    desk = the_desk()
    asked(number)
    work(desk, number, ("kim", ask.AddNote("the court asked again")), at=OVER)
    with pytest.raises(DestructionRefused, match="runs until 2018-03-03"):
        approved(number)
    assert ran(desk, OVER + 100 * DAY) == []
    done = ran(desk, datetime(2018, 3, 4, tzinfo=SEOUL))
    assert [(kind, what) for _, kind, what in done] == [
        ("DestructionProposed", "ledger"),
        ("DestructionProposed", "matter"),
    ]
    assert Destruction.objects.get(record_class="matter").asked_by == "", "it must be asked for anew"
    assert_rebuilds()


def test_it_can_be_put_off_for_a_reason(number: str) -> None:
    desk = the_desk()
    until = date(2017, 9, 30)
    asked(number)
    with pytest.raises(UnknownPerson, match="may not put a destruction off"):
        destructions.postpone(desk, number, "matter", until=until, reason="x", actor="hong", at=OVER)
    for wrong in (OVER.date(), date(2099, 1, 1)):
        with pytest.raises(InvalidValue, match="within the next ten years"):
            destructions.postpone(desk, number, "matter", until=wrong, reason="x", actor="kim", at=OVER)
    destructions.postpone(desk, number, "matter", until=until, reason="소송 2017가합1", actor="kim", at=OVER)
    with pytest.raises(DestructionRefused, match="put off until 2017-09-30"):
        approved(number)
    assert [one.row.record_class for one in destructions.proposals()] == ["ledger"]
    event = queries.histories([f"system/destruction/{number}"])[f"system/destruction/{number}"][-1]
    assert "소송" not in event.public and event.ledger is not None
    assert_rebuilds()
    assert ran(desk, datetime(2017, 9, 30, 23, tzinfo=SEOUL)) == []
    again = ran(desk, datetime(2017, 10, 1, tzinfo=SEOUL))
    assert again == [(number, "DestructionProposed", "matter")]
    assert len([one for one in acts() if one[1] == "DestructionProposed"]) == 3


def test_a_forgery_that_is_found_late_keeps_its_evidence(number: str) -> None:
    desk = the_desk()
    asked(number)
    from sagwan.desk.casework.models import Case  # noqa: PLC0415

    assert case(number).stage == "resolved"
    Case.objects.filter(number=number).update(suspected=True)
    with pytest.raises(DestructionRefused, match="suspected to be forged"):
        approved(number)
    assert told(desk, number).received.matter is not None


def test_receipts_go_with_the_ledgers_key(number: str) -> None:
    desk = the_desk()
    desk.home.receipts_path.mkdir(exist_ok=True)
    mine, other = (desk.home.receipts_path / f"{one}.receipt" for one in (number, "0" * 16))
    for file in (mine, other):
        file.write_text("who asked")
    asked(number, record_class="ledger")
    approved(number, record_class="ledger")
    assert not mine.exists() and other.exists()


def test_a_recovery_destroys_again_and_the_certificate_is_the_first(number: str) -> None:
    desk = the_desk()
    asked(number)
    approved(number)
    destroy_again(desk, keeper(desk), at=OVER + DAY)
    proof = destructions.certificate(number, "matter")
    assert proof is not None and proof.approved_by == "lee"


@pytest.fixture
def visitor(number: str) -> Callable[..., Visitor]:
    cache.clear()
    return Visitor


def test_the_pages_lead_two_people_through_it(number: str, visitor: Callable[..., Visitor]) -> None:
    address = f"/destruction/{number}/matter/"
    kim, lee = visitor("kim"), visitor("lee")
    assert number in kim.get("/destructions/").text
    assert "Ask for the destruction" in kim.get(address).text
    assert "Look at it and approve" not in lee.get(address).text
    assert kim.post(f"{address}ask/")["Location"] == address
    assert "Another person must approve" in kim.get(address).text
    page = lee.get(f"{address}approve/").text
    assert "for ever" in page and "kim" in page
    assert lee.post(f"{address}approve/")["Location"] == f"{address}certificate/"
    assert lee.get(address)["Location"] == f"{address}certificate/"
    proof = visitor("choi").get(f"{address}certificate/").text
    assert "Certificate of destruction" in proof and "kim" in proof and "lee" in proof
    assert told(the_desk(), number).received.matter is None
    assert lee.post(f"{address}approve/").status_code == 404, "there is nothing left"


def test_a_page_says_why_it_refuses(number: str, visitor: Callable[..., Visitor]) -> None:
    address = f"/destruction/{number}/matter/"
    park = visitor("park")
    assert "nobody asked for it yet" in park.post(f"{address}approve/").text
    park.post(f"{address}ask/")
    assert "cannot approve it too" in park.post(f"{address}approve/").text
    answer = park.post(f"{address}ask/")
    assert answer.status_code == 409 and "asked for it already" in answer.text
    refused = park.post(f"{address}postpone/", {"until": "2016-01-01", "reason": "a law suit"})
    assert "within the next ten years" in refused.text and "a law suit" in refused.text
    next_year = (datetime.now(UTC) + timedelta(days=300)).date().isoformat()
    assert (
        park.post(f"{address}postpone/", {"until": next_year, "reason": "x"})["Location"] == "/destructions/"
    )
    assert park.get(address).status_code == 404


def test_the_second_person_shows_the_second_factor_once_more(
    number: str, visitor: Callable[..., Visitor]
) -> None:
    lee = visitor("lee")
    lee.forget_freshness()
    answer = lee.post(f"/destruction/{number}/matter/approve/")
    assert answer["Location"].startswith("/again/code/")
    assert str(RecordClass.MATTER) == "matter"


def test_the_page_of_a_request_says_what_fell_due(number: str, visitor: Callable[..., Visitor]) -> None:
    page = visitor("choi").get(f"/request/{number}/").text
    assert "What fell due by itself" in page
    assert page.count("the keeping time ended; its destruction is proposed") == 2
    assert "told: hong, kim, park" in page
