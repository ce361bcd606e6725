"""The worklist: what is due first first, page by page; filters; counts that add up."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sagwan.desk.casework.access import record_access
from sagwan.desk.casework.actions import Step, execute
from sagwan.desk.casework.models import Case
from sagwan.desk.casework.queries import Wanted, looks_at, tally, total, worklist
from sagwan.desk.setup import Desk
from sagwan.record import commands as ask
from sagwan.record.vocabulary import DataCategory, Mark, Sender
from tests.support.home import PAPER, START, filing, live

from .make import case, emergency, lacking, receive, work


@pytest.fixture
def office(desk: Desk) -> Desk:
    """Six open requests, one closed."""
    for day in ("2016-03-20", "2016-03-09", "2016-03-15"):
        receive(desk, filing(f"w-{day}", paper={**PAPER, "valid-until": day}))
    receive(desk, emergency(), sender=Sender.UNCONFIRMED)
    receive(desk, lacking())
    receive(desk, filing("d", service="daum", paper={**PAPER, "valid-until": "2016-03-09"}))
    live(desk, "closed")
    return desk


def test_what_is_due_first_is_first_page_by_page(office: Desk) -> None:
    everything = worklist(Wanted())
    assert len(everything) == total(Wanted()) == 6
    dues = [row.next_due for row in everything]
    assert dues == [*sorted(due for due in dues if due), None]
    assert everything[0].next_duty == "begin"
    seen: list[Case] = []
    while page := worklist(Wanted(), after=(seen[-1].queue_at, seen[-1].number) if seen else None, limit=2):
        assert len(page) <= 2
        seen += page
    assert seen == everything  # two of them are due at the same instant


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (Wanted(is_open=None), 7),
        (Wanted(is_open=False), 1),
        (Wanted(is_open=False, outcome="complied"), 1),
        (Wanted(service="daum"), 1),
        (Wanted(instrument="communication-confirmation"), 1),
        (Wanted(mark=Mark.EMERGENCY), 1),
        (Wanted(sender=Sender.UNCONFIRMED), 1),
        (Wanted(open_findings=True), 2),  # what is missing, and the paper that must follow
        (Wanted(open_findings=False), 4),
        (Wanted(stage="received"), 6),
        (Wanted(stage="resolved"), 0),
        (Wanted(assigned="-"), 6),
        (Wanted(assigned="kim"), 0),
        (Wanted(due_before=START + timedelta(days=1)), 1),
        (Wanted(suspected=True), 0),
        (Wanted(unread=True), 0),
        (Wanted(pending=True), 0),
        (Wanted(pending=False), 6),
        (Wanted(filed_by=("kim",)), 6),
        (Wanted(filed_by=()), 0),
        (Wanted(numbers=()), 0),
    ],
)
def test_filters(office: Desk, wanted: Wanted, count: int) -> None:
    assert total(wanted) == len(worklist(wanted)) == count
    for fields in (("stage",), ("service", "instrument"), ("sender", "assigned", "suspected")):
        assert sum(tally(wanted, *fields).values()) == count


def test_work_changes_what_the_filters_show(office: Desk) -> None:
    number = worklist(Wanted())[0].number
    work(
        office,
        number,
        ("kim", ask.Assign("park")),
        ("kim", ask.ReceiveMessage("언제?")),
        ("kim", ask.SuspectForgery("도메인")),
    )
    for wanted in (Wanted(assigned="park"), Wanted(unread=True), Wanted(suspected=True)):
        assert [row.number for row in worklist(wanted)] == [number]
    assert total(Wanted(assigned="-")) == 5
    assert tally(Wanted(), "assigned") == {("",): 5, ("park",): 1}


def test_a_page_is_one_statement_and_the_index_gives_its_order(office: Desk) -> None:
    with CaptureQueriesContext(connection) as seen:
        page = worklist(Wanted(), limit=3)
        worklist(replace(Wanted(), service="kakao"), after=(page[-1].queue_at, page[-1].number))
    assert len(seen) == 2
    # What a database that takes an index at all makes of it: no sorting of the whole queue.
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("EXPLAIN " + seen[0]["sql"])
        else:
            cursor.execute("EXPLAIN QUERY PLAN " + seen[0]["sql"])
        plan = " ".join(str(row) for row in cursor.fetchall())
    assert "case_due" in plan
    assert "TEMP B-TREE" not in plan and "Sort" not in plan


def test_a_hundred_messages_on_a_hundred_requests_take_few_statements(desk: Desk) -> None:
    def statements(count: int) -> int:
        numbers = [receive(desk, filing(f"{count}-{n}")) for n in range(count)]
        steps = [Step(number, ask.AddNote("메모"), "kim", START + timedelta(hours=1)) for number in numbers]
        with CaptureQueriesContext(connection) as seen:
            execute(desk, steps)
        assert all(case(number).seq == 2 for number in numbers)
        return len(seen)

    few, many = statements(3), statements(30)
    assert many <= few + 2


def test_who_looked_is_told(desk: Desk) -> None:
    one, other = receive(desk, filing("1")), receive(desk, filing("2"))
    for person, what, details in (
        ("kim", "Viewed", {"request": one}),
        ("lee", "Searched", {"field": "authority", "found": [one, other]}),
        ("lee", "Viewed", {"request": other}),
        ("park", "Searched", {"field": "target", "found": []}),
    ):
        record_access(desk, person=person, what=what, details=details, at=START)
    assert [(look.person, look.what) for look in looks_at(one)] == [("kim", "Viewed"), ("lee", "Searched")]
    assert [look.person for look in looks_at(other)] == ["lee", "lee"]
    assert looks_at("0" * 16) == ()


def test_the_data_of_a_case_name_nobody(office: Desk) -> None:
    text = str(list(Case.objects.values()))
    for secret in ("가상서울경찰서", "긴급-1", "홍길동", "자살", DataCategory.ACCESS.value + "-1"):
        assert secret not in text
