"""The audit: every look is there, the auditor's own too; what is unusual first; chains recomputed."""

import csv
import io
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sagwan.desk.casework import audit
from sagwan.desk.casework.access import record_access
from sagwan.desk.casework.actions import Step, execute
from sagwan.desk.casework.audit import Sought
from sagwan.desk.casework.audit_chain import chain
from sagwan.desk.casework.models import Case
from sagwan.desk.journal.models import Event
from sagwan.desk.setup import Desk, current
from sagwan.record import commands as ask
from tests.desk.casework.make import TODAY, receive
from tests.support.home import START, filing, live, sealer
from tests.support.people import Visitor

DAY = timedelta(days=1)


def look(desk: Desk, person: str, number: str, at: datetime = TODAY, what: str = "Viewed") -> None:
    record_access(desk, person=person, what=what, details={"request": number}, at=at)


def sought(**changes: object) -> Sought:
    day = TODAY.date()
    return Sought(**{"since": day - 30 * DAY, "until": day, **changes})


def test_each_look_is_there_and_filters_narrow(desk: Desk) -> None:
    one, other = (
        receive(desk, filing("2016-1"), at=TODAY - DAY),
        receive(desk, filing("2016-2"), at=TODAY - DAY),
    )
    look(desk, "kim", one)
    look(desk, "kim", other, what="DocumentRead")
    look(desk, "lee", one, at=TODAY - 3 * DAY)
    record_access(desk, person="lee", what="Searched", details={"field": "target", "found": [one]}, at=TODAY)
    assert audit.audit(desk, sought()).total == 4
    assert audit.audit(desk, sought(person="kim")).total == 2
    assert audit.audit(desk, sought(kind="DocumentRead")).rows[0].request == other
    assert {row.look.what for row in audit.audit(desk, sought(request=one)).rows} == {"Viewed", "Searched"}
    assert audit.audit(desk, sought(since=TODAY.date())).total == 3
    assert audit.audit(desk, sought(until=TODAY.date() - DAY)).total == 1
    assert audit.kinds() == ["DocumentRead", "Searched", "Viewed"]
    newest_first = [row.id for row in audit.audit(desk, sought()).rows]
    assert newest_first == sorted(newest_first, reverse=True)


def test_whose_the_request_was_at_that_moment_is_what_counts(desk: Desk) -> None:
    number = receive(desk, filing("2016-1"), at=TODAY - DAY)
    look(desk, "kim", number)  # nobody's
    execute(desk, [Step(number, ask.Assign("park"), "park", TODAY)])
    look(desk, "kim", number)  # park's
    look(desk, "park", number)
    execute(desk, [Step(number, ask.Assign("kim"), "kim", TODAY)])
    look(desk, "kim", number)  # one's own
    rows = list(reversed(audit.audit(desk, sought()).rows))
    assert [row.others for row in rows] == [False, True, False, False]
    assert [row.look.details["assigned"] for row in rows] == ["", "park", "park", "kim"]


def test_what_is_unusual_is_first(desk: Desk) -> None:
    number = receive(desk, filing("2016-1"), at=TODAY - 40 * DAY)
    execute(desk, [Step(number, ask.Assign("park"), "park", TODAY - 39 * DAY)])
    for day in range(1, 6):
        look(desk, "lee", number, at=TODAY - timedelta(days=7 + day % 3))  # office hours, workdays
    for _ in range(31):
        look(desk, "kim", number)  # a Monday morning
    for minute in range(3):
        look(desk, "park", number, at=TODAY + timedelta(hours=14, minutes=minute))  # 23:00
    look(desk, "park", number, at=TODAY - DAY)  # a Sunday
    first, *rest = audit.audit(desk, sought()).days
    assert (first.person, first.looks, first.requests, first.others) == ("kim", 31, 1, 31)
    assert first.unusual == ("others",)  # 31 is what this person's only day looks like
    assert {(row.person, row.unusual) for row in rest} >= {("park", ("hours",)), ("park", ()), ("lee", ())}
    for back in range(1, 4):
        look(desk, "kim", number, at=TODAY - timedelta(days=6 + back))
    first = audit.audit(desk, sought()).days[0]
    assert first.unusual == ("many", "others")
    assert sum(row.looks for row in audit.audit(desk, sought()).days) == audit.audit(desk, sought()).total


def test_pages_follow_each_other_without_gap(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    number = receive(desk, filing("2016-1"), at=TODAY - DAY)
    for _ in range(5):
        look(desk, "kim", number)
    monkeypatch.setattr(audit, "PAGE", 2)
    seen, before = [], 0
    while True:
        page = audit.audit(desk, sought(), before=before)
        seen += [row.id for row in page.rows]
        if not page.next:
            break
        before = page.next
    assert len(seen) == len(set(seen)) == 5 == page.total


def test_a_chain_is_computed_again(desk: Desk) -> None:
    (number,) = live(desk, "2016-1")
    sealer(desk).run(START + DAY)
    found = chain(number)
    events = Event.objects.filter(stream=f"request/{number}").order_by("seq")
    assert found.holds and [link.hash for link in found.links] == [bytes(e.hash).hex() for e in events]
    assert found.links[0].ledger == len(bytes(events[0].ledger)) and found.links[1].ledger is None
    assert [line.number for line in found.lines] == [0, 1] and all(
        line.index is not None for line in found.lines
    )
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("select sql from sqlite_master where type='trigger'")
            for (sql,) in cursor.fetchall():
                cursor.execute(f"drop trigger {sql.split()[2]}")
        else:
            cursor.execute("alter table journal_event disable trigger user")
        cursor.execute(
            "update journal_event set actor = 'lee' where stream = %s and seq = 2", [f"request/{number}"]
        )
    changed = chain(number)
    assert not changed.holds and [link.seq for link in changed.links if not link.holds] == [2]
    assert chain("0" * 16).links == ()


def test_the_page_is_the_auditors_alone_and_lists_the_auditor(visitor: Callable[..., Visitor]) -> None:
    number = Case.objects.values_list("number", flat=True).first()
    visitor("seo").get(f"/request/{number}/")
    choi = visitor("choi")
    choi.get(f"/request/{number}/")
    choi.get("/audit/")
    text = choi.get("/audit/").content.decode()
    for person, what in (("seo", "looked at"), ("choi", "looked at"), ("choi", "read the audit")):
        assert re.search(rf"{person}</td>\s*<td><span[^>]*>What was done: </span>{what}</td>", text), (
            person,
            what,
        )
    assert "가상서울경찰서" not in text and "2016-1" not in re.sub(r"<time.*?</time>", "", text)
    assert Event.objects.filter(stream="access/choi", type="AuditRead").count() == 2
    for name in ("seo", "lee", "hong", "yoon"):
        assert visitor(name).get("/audit/").status_code == 403


def test_wrong_filters_are_told_and_show_nothing(visitor: Callable[..., Visitor]) -> None:
    choi = visitor("choi")
    for query, says in (
        ("request=hello", "16 hex digits"),
        ("since=2026-01-01&until=2026-12-01", "at most 92 days"),
        ("since=2026-02-01&until=2026-01-01", "at most 92 days"),
        ("since=yesterday", "date"),
        ("person=stranger", "stranger"),
    ):
        answer = choi.get(f"/audit/?{query}")
        assert answer.status_code == 200 and says in answer.content.decode(), query
        assert choi.get(f"/audit/export/?{query}").status_code == 400
    assert not Event.objects.filter(type="AuditRead").exists()


def test_the_export_holds_what_the_page_counts(visitor: Callable[..., Visitor]) -> None:
    number = Case.objects.values_list("number", flat=True).first()
    seo, choi = visitor("seo"), visitor("choi")
    for _ in range(3):
        seo.get(f"/request/{number}/")
    answer = choi.get("/audit/export/?person=seo")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert [(row["person"], row["what"], row["request"]) for row in rows] == [("seo", "Viewed", number)] * 3
    assert answer["Content-Disposition"].startswith('attachment; filename="audit-')
    assert Event.objects.get(stream="access/choi", type="AuditRead").public.count("exported") == 1


def test_one_requests_chain_and_looks(visitor: Callable[..., Visitor]) -> None:
    number = Case.objects.values_list("number", flat=True).first()
    visitor("seo").get(f"/request/{number}/")
    text = visitor("choi").get(f"/audit/request/{number}/").content.decode()
    first = Event.objects.get(stream=f"request/{number}", seq=1)
    assert bytes(first.hash).hex() in text and "it holds" in text
    assert "seo: looked at" in text and "choi: read the chain of" in text
    assert visitor("choi").get(f"/audit/request/{'0' * 16}/").status_code == 404
    assert visitor("seo").get(f"/audit/request/{number}/").status_code == 403


def test_the_number_of_statements_does_not_grow_with_the_looks(visitor: Callable[..., Visitor]) -> None:
    number, choi = Case.objects.values_list("number", flat=True).first(), visitor("choi")

    def count() -> int:
        with CaptureQueriesContext(connection) as found:
            assert choi.get("/audit/").status_code == 200
        return len(found)

    count()
    before = count()
    for _ in range(30):
        look(current(), "seo", number, at=datetime.now(UTC))
    assert count() == before
