"""The figures add up, lead into the queue, and say what the report will say."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sagwan.desk.casework import dashboard, queries, screens
from sagwan.desk.casework.actions import Step, execute
from sagwan.desk.casework.dashboard_report import MEASURES, next_report
from sagwan.desk.casework.models import Case
from sagwan.desk.casework.rebuild import rebuild
from sagwan.desk.casework.reporting import Reporting
from sagwan.desk.setup import Desk, current
from sagwan.pages.i18n import period_name
from sagwan.publish.publish import draft
from sagwan.record import commands as ask
from sagwan.record.events import Correction, Decision, FollowUp
from sagwan.record.period import Period
from sagwan.record.vocabulary import DataCategory, Outcome, WithheldReason
from tests.desk.casework.make import TODAY, emergency, preservation, receive
from tests.publish.test_publish import AUGUST, H1, JULY, profile, published, reporting
from tests.support import bands
from tests.support.home import CONTENT, START, filing, live, sealer
from tests.support.home import receive as receive_many
from tests.support.people import Visitor

DAY = timedelta(days=1)
HALF_OF_2026 = Period(2026, 2)


def refused(desk: Desk, case: str, at: datetime = START, instrument: str = "") -> str:
    one = filing(case) if not instrument else filing(case, instrument=instrument)
    number = receive_many(desk, one, at=at)[0].request
    decision = Decision(Outcome.REFUSED, "document-defective")
    life = (
        (ask.StartReview(), "kim"),
        (ask.Propose(decision), "kim"),
        (ask.Approve(), "lee"),
        (ask.Resolve(), "kim"),
    )
    execute(desk, [Step(number, command, who, at + 3 * DAY) for command, who in life])
    return number


def test_what_is_open_is_divided_without_gap_or_overlap(desk: Desk) -> None:
    for hours in (0, 1, 30, 24 * 5, 24 * 40):
        receive(desk, emergency(f"긴급-{hours}"), at=TODAY - timedelta(hours=hours))
    receive(desk, filing("2016-1"))
    seen: set[str] = set()
    for moment in (TODAY, TODAY + timedelta(hours=14, minutes=59), TODAY + 3 * DAY, TODAY - 400 * DAY):
        found = dashboard.open_now(desk, moment)
        assert sum(found.parts.values()) == found.total == queries.total(queries.Wanted()) == 6
        for row in found.rows:
            assert sum(row.parts.values()) == row.total
        for part, count in found.parts.items():
            wanted = screens.Filters(due=part).wanted(moment, desk.home.zone)
            assert len(queries.worklist(wanted)) == count
        seen |= {part for part, count in found.parts.items() if count}
    assert seen >= {"overdue", "today", "later"}


def test_what_ended_and_how_long_it_took(desk: Desk) -> None:
    live(desk, "2016-1", "2016-2", at=START)  # answered and resolved an hour after receipt
    refused(desk, "2016-3")  # three days after
    refused(desk, "2016-4", at=JULY + DAY)
    spring = Period(2016, 1)
    found = dashboard.ended(desk, spring)
    assert (dict(found.outcomes), found.total) == ({Outcome.COMPLIED: 2, Outcome.REFUSED: 1}, 3)
    together, warrants = dashboard.times(desk, spring)
    assert (together.instrument, warrants.instrument) == ("", "search-and-seizure-warrant")
    assert together.resolution == warrants.resolution
    assert together.resolution is not None and together.resolution.count == 3
    assert together.resolution.median == pytest.approx(3600, abs=0.1)
    assert together.resolution.ninth == pytest.approx(3 * 86400, abs=0.1)
    assert dashboard.times(desk, Period(2015, 1)) == (dashboard.Times("", None, None),)


@pytest.mark.parametrize(
    "seconds, median, ninth",
    [
        ([5], 5, 5),
        ([1, 2], 1.5, 2),
        ([3, 1, 2], 2, 3),
        (list(range(1, 11)), 5.5, 9),
        (list(range(1, 21)), 10.5, 18),
    ],
)
def test_median_and_ninth_decile(seconds: list[float], median: float, ninth: float) -> None:
    found = dashboard.spread(seconds)
    assert found == dashboard.Spread(len(seconds), median, ninth)
    assert dashboard.spread([]) is None


def test_the_next_report_says_what_is_then_published(desk: Desk, tmp_path) -> None:
    one, other, third = live(desk, "2016-1", "2016-2", "2016-3")
    refused(desk, "2016-4")
    ordered = refused(desk, "2016-5")
    receive_many(desk, filing("2016-6", service="daum"))
    june = JULY - 5 * DAY
    sealer(desk).run(START + 4 * DAY)
    subscriber = (DataCategory.SUBSCRIBER,)
    for number, proposal in (
        (one, FollowUp(subscriber, 5)),
        (one, FollowUp(subscriber, 2)),
        (other, Correction(1, Outcome.PARTIAL, "partly-expired", CONTENT, 1)),
    ):
        execute(
            desk, [Step(number, ask.Propose(proposal), "kim", june), Step(number, ask.Approve(), "lee", june)]
        )
    sealer(desk).run(june)
    correction = Correction(2, None, "", subscriber, 4)
    execute(desk, [Step(one, ask.Propose(correction), "kim", june), Step(one, ask.Approve(), "lee", june)])
    execute(desk, [Step(ordered, ask.ImposeOrder(date(2016, 12, 31), "법원"), "kim", june)])
    running = next_report(desk, june)
    assert (running.period, running.is_closed) == (H1, False)
    sealer(desk).run(JULY)
    found = next_report(desk, AUGUST)
    assert (found.period, found.is_closed, found.rows) == (H1, True, running.rows)
    made = draft(H1, profile(desk), reporting(desk, AUGUST), tmp_path / "out").report
    assert found.rows == {key: {m: counts[m] for m in MEASURES} for key, counts in made.rows.items()}
    assert found.total["follow-up-accounts"] == 6 and found.total["accounts-disclosed"] == 5
    assert found.open == made.stated["open-at-end"] == 1
    (kept,) = found.kept
    assert (kept.by_law, kept.requests, kept.reason) == (False, 1, WithheldReason.NON_DISCLOSURE_ORDER)
    assert made.withheld["non-disclosure-order"] == 2  # received and resolved
    before = next_report(desk, AUGUST)
    rebuild(desk)
    assert next_report(desk, AUGUST) == before
    published(desk, H1, tmp_path / "out", AUGUST)
    assert (next_report(desk, AUGUST).period, next_report(desk, AUGUST).is_closed) == (Period(2016, 2), False)
    assert third in {row.number for row in queries.queue()}


def test_what_the_law_keeps_closed_stays_out(desk: Desk, tmp_path) -> None:
    receive(desk, preservation(), at=TODAY)
    receive(desk, emergency(), at=TODAY)
    found = next_report(desk, TODAY)
    assert found.period == HALF_OF_2026 and found.total["requested"] == 1
    (kept,) = found.kept
    assert (kept.instrument, kept.by_law, kept.requests) == ("preservation-request", True, 1)
    new_year = datetime(2027, 1, 1, 1, tzinfo=desk.home.zone)
    sealer(desk).run(TODAY + DAY)
    sealer(desk).run(new_year)
    store = Reporting(desk, seal=lambda: None, actor="kim", now=new_year)
    made = draft(HALF_OF_2026, profile(desk), store, tmp_path / "out").report
    assert {key: counts["requested"] for key, counts in made.rows.items()} == {
        key: row["requested"] for key, row in found.rows.items()
    }
    assert made.withheld["non-disclosure-order"] == 1


def test_the_page_shows_them_and_each_count_leads_to_its_requests(visitor: Callable[..., Visitor]) -> None:
    desk = current()
    refused(desk, "2016-r", at=datetime.now(UTC) - 5 * DAY, instrument="search-and-seizure-warrant")
    seo = visitor("seo")
    text = seo.get("/figures/").content.decode()
    links = re.findall(r'<a href="(/queue/\?[^"]+)">([0-9,]+)</a>', text)
    assert len(links) >= 4
    for address, count in links:
        page = seo.get(address.replace("&amp;", "&")).content.decode()
        assert f'<p class="tally"><b>{count}</b>' in page, address
    assert "가상서울경찰서" not in text and "2016-r" not in text
    assert seo.get("/figures/?half=nonsense").status_code == 200
    assert visitor("choi").get("/figures/").status_code == 200
    assert visitor("hong").get("/figures/").status_code == 403


def test_the_number_of_statements_does_not_grow(visitor: Callable[..., Visitor]) -> None:
    seo = visitor("seo")

    def count() -> int:
        with CaptureQueriesContext(connection) as found:
            assert seo.get("/figures/").status_code == 200
        return len(found)

    count()
    before = count()
    for place in range(8):
        refused(current(), f"more-{place}", at=datetime.now(UTC) - 5 * DAY)
    assert count() <= before + 1  # the reading of times has one more when there is something to read
    assert Case.objects.filter(is_open=False).count() == 8


def test_figures_that_the_law_allows_only_in_bands_are_shown_as_the_report_will_have_them(
    make_desk: Callable[..., Desk],
) -> None:
    us = make_desk(bands={"US": "half-yearly-together-250"}, banded_per_batch=4)
    at = datetime.now(UTC) - timedelta(minutes=5)
    bands.letters(us, *"abc", at=at, accounts=100)
    sealer(us).run(at + timedelta(minutes=1))
    page = " ".join(re.sub("<[^>]*>", "", Visitor("lee").get("/figures/").content.decode()).split())
    assert "National security letter: 3 requests, the law allows bands only" in page
    when = period_name(str(Period.containing(at, us.home.zone)), "en")
    assert f"US: All national security process, {when}, requested: 0–249" in page
    assert f"US: All national security process, {when}, accounts asked for: 250–499" in page
