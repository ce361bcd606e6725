"""A non-disclosure order keeps its request's lines closed; when it is over they are opened late."""

from datetime import date, timedelta
from pathlib import Path

from sagwan.desk.casework.actions import Step, execute
from sagwan.desk.setup import Desk
from sagwan.record import commands as ask
from sagwan.record.events import Correction
from sagwan.record.vocabulary import Outcome
from tests.publish.test_publish import (
    AUGUST,
    DAY,
    H1,
    H2,
    JANUARY,
    JULY,
    assert_verifies,
    digests,
    published,
    reporting,
)
from tests.support.home import CONTENT, START, live, sealer

ROW = ("kakao", "KR", "search-and-seizure-warrant")


def do(desk: Desk, number: str, command: ask.Command, at, who: str = "kim") -> None:
    execute(desk, [Step(number, command, who, at)])


def closed(desk: Desk) -> tuple[str, str]:
    """Two warrants complied with in March, the half-year closed."""
    one, other = live(desk, "2016-1", "2016-2")
    sealer(desk).run(START + DAY)
    assert sealer(desk).run(JULY).closed == [H1]
    return one, other


def test_lines_under_an_order_are_counted_as_withheld_and_in_no_sum(desk: Desk, tmp_path: Path) -> None:
    ordered, _ = closed(desk)
    do(desk, ordered, ask.ImposeOrder(None, "법원"), AUGUST - DAY)
    made = published(desk, H1, tmp_path / "out", AUGUST)
    assert made.report.withheld["non-disclosure-order"] == 2
    assert made.report.rows[ROW]["requested"] == made.report.rows[ROW]["processed"] == 1
    opened = b"".join(data for path, data in made.files.items() if path.startswith("openings/"))
    assert ordered.encode() not in opened and opened.count(b"\n") == 4
    assert_verifies(desk, tmp_path / "out")


def test_an_order_that_ran_out_or_was_lifted_withholds_nothing(desk: Desk, tmp_path: Path) -> None:
    one, other = closed(desk)
    do(desk, one, ask.ImposeOrder(date(2016, 8, 2), "법원"), JULY + DAY)
    do(desk, other, ask.ImposeOrder(None, "법원"), JULY + DAY)
    do(desk, other, ask.EndOrder(), JULY + 2 * DAY)
    made = published(desk, H1, tmp_path / "out", AUGUST)  # on 3 August
    assert made.report.withheld["non-disclosure-order"] == 0 and made.report.rows[ROW]["requested"] == 2


def test_the_last_day_of_an_order_is_within_it(desk: Desk, tmp_path: Path) -> None:
    one, _ = closed(desk)
    do(desk, one, ask.ImposeOrder(date(2016, 8, 3), "법원"), JULY + DAY)
    assert published(desk, H1, tmp_path / "out", AUGUST).report.withheld["non-disclosure-order"] == 2


def test_a_published_report_is_made_again_as_of_its_first_day(desk: Desk, tmp_path: Path) -> None:
    one, other = closed(desk)
    do(desk, one, ask.ImposeOrder(date(2016, 9, 1), "법원"), JULY + DAY)
    published(desk, H1, tmp_path / "out", AUGUST)
    before = digests(tmp_path / "out")
    do(desk, other, ask.ImposeOrder(None, "법원"), AUGUST + DAY)
    published(desk, H1, tmp_path / "out", AUGUST + 60 * DAY)
    published(desk, H1, tmp_path / "again", AUGUST + 60 * DAY)
    assert digests(tmp_path / "out") == before == digests(tmp_path / "again")


def test_the_next_report_opens_them_late_even_where_one_was_corrected(desk: Desk, tmp_path: Path) -> None:
    ordered, _ = closed(desk)
    out = tmp_path / "out"
    do(desk, ordered, ask.ImposeOrder(None, "법원"), JULY + DAY)
    published(desk, H1, out, AUGUST)
    later = AUGUST + timedelta(days=2)
    do(desk, ordered, ask.Propose(Correction(1, Outcome.COMPLIED, "", CONTENT, 1)), later)
    do(desk, ordered, ask.Approve(), later, "lee")
    do(desk, ordered, ask.EndOrder(), later + DAY)
    sealer(desk).run(later + 2 * DAY)
    sealer(desk).run(JANUARY)
    made = published(desk, H2, out, JANUARY + DAY)
    restated = {(row.measure, row.before, row.after) for row in made.report.restated}
    assert {("requested", 1, 2), ("processed", 1, 2), ("accounts-disclosed", 2, 3)} <= restated
    assert made.report.withheld["non-disclosure-order"] == 0
    assert_verifies(desk, out)


def test_orders_of_many_requests_cost_no_more_statements(desk: Desk) -> None:
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    def count() -> int:
        store = reporting(desk, AUGUST)
        with CaptureQueriesContext(connection) as found:
            list(store.entries(0, store.cut(H1) or 0, H1))
        return len(found)

    one, _ = closed(desk)
    before = count()
    do(desk, one, ask.ImposeOrder(None, "법원"), JULY + DAY)
    assert count() == before
