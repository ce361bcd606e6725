"""The queue: due first first, counts that add up, the same number of statements however many rows."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from sagwan.desk.casework.actions import Step, execute
from sagwan.desk.casework.models import Case
from sagwan.desk.journal.models import Event
from sagwan.desk.setup import current
from sagwan.record import commands as ask
from tests.desk.casework.make import TODAY, emergency, receive
from tests.support.home import filing
from tests.support.people import Visitor


def shown(answer: object) -> list[str]:
    """The numbers of the requests in the queue's table, in order."""
    return re.findall(r'class="number">([0-9a-f]{16})', answer.content.decode())


def test_what_is_due_first_is_first(visitor: Callable[..., Visitor]) -> None:
    receive(current(), emergency(), at=TODAY)
    order = list(Case.objects.order_by("queue_at", "number").values_list("number", flat=True))
    assert shown(visitor("seo").get("/queue/")) == order


def test_filters_narrow_and_counts_add_up(visitor: Callable[..., Visitor]) -> None:
    number = receive(current(), emergency(), at=TODAY)
    seo = visitor("seo")
    assert shown(seo.get("/queue/?mark=emergency")) == [number]
    assert shown(seo.get("/queue/?mark=no-such-mark&stage=nonsense&after=rubbish")) == shown(
        seo.get("/queue/")
    )
    assert shown(seo.get("/queue/?assigned=-&stage=received")) == shown(seo.get("/queue/"))
    page = seo.get("/queue/").content.decode()
    assert "<b>4</b> requests: received <b>4</b>" in page
    part = seo.get("/queue/?mark=emergency", HTTP_HX_REQUEST="true").content.decode()
    assert "<html" not in part and number in part


def test_the_next_page_goes_on_where_the_first_ended(visitor: Callable[..., Visitor], monkeypatch) -> None:
    from sagwan.desk.casework import screens  # noqa: PLC0415

    monkeypatch.setattr(screens, "PAGE", 2)
    seo, seen, address = visitor("seo"), [], "/queue/"
    for _ in range(2):
        answer = seo.get(address)
        seen += shown(answer)
        following = answer.content.decode()
        address = "/queue/?" + following.partition('rel="next" href="?')[2].partition('"')[0]
    assert len(seen) == len(set(seen)) == 3


def test_the_number_of_statements_does_not_grow_with_the_rows(visitor: Callable[..., Visitor]) -> None:
    seo = visitor("seo")

    def count() -> int:
        with CaptureQueriesContext(connection) as found:
            assert seo.get("/queue/").status_code == 200
        return len(found)

    count()
    before = count()
    for place in range(20):
        receive(current(), filing(f"2016-more-{place}"))
    assert count() == before


def test_search_by_a_private_value_is_an_event_that_does_not_tell_it(visitor: Callable[..., Visitor]) -> None:
    seo = visitor("seo")
    answer = seo.post("/queue/find/", {"field": "case-number", "value": "2016-1"})
    assert len(shown(answer)) == 1
    told = Event.objects.get(stream="access/seo", type="Searched")
    assert "case-number" in told.public and "2016-1" not in told.public
    number = shown(answer)[0]
    assert seo.post("/queue/find/", {"field": "number", "value": number})["Location"] == f"/request/{number}/"
    assert shown(seo.post("/queue/find/", {"field": "target", "value": "nobody"})) == []


def test_many_are_given_to_somebody_after_one_confirmation(visitor: Callable[..., Visitor]) -> None:
    seo = visitor("seo")
    numbers = shown(seo.get("/queue/"))
    page = seo.post("/queue/assign/", {"number": numbers})
    assert page.status_code == 200 and not Case.objects.filter(assigned="yoon").exists()
    seo.post("/queue/assign/", {"number": numbers, "to": "yoon", "confirm": "1"})
    assert Case.objects.filter(assigned="yoon").count() == len(numbers)


def test_an_emergency_shows_how_long_it_has_waited_until_it_is_answered(
    visitor: Callable[..., Visitor],
) -> None:
    desk, now = current(), datetime.now(UTC)
    young = receive(desk, emergency("긴급-1"), at=now - timedelta(minutes=61, seconds=1))
    old = receive(desk, emergency("긴급-2"), at=now - timedelta(hours=5, seconds=1))
    seo = visitor("seo")
    queue = seo.get("/queue/?mark=emergency").text
    assert "waits 61 minutes" in queue and "waits 5 hours" in queue
    assert "waits 5 hours" in seo.get(f"/request/{old}/").text
    execute(desk, [Step(old, ask.SendMessage("We have it."), "kim", now)])
    assert "waits 5 hours" not in seo.get("/queue/?mark=emergency").text + seo.get(f"/request/{old}/").text
    assert "waits 61 minutes" in seo.get(f"/request/{young}/").text
