"""The report states how many promises were made and kept; verify repeats it as the provider's word."""

from datetime import timedelta
from pathlib import Path

from sagwan.desk.journal import models
from sagwan.desk.setup import Desk
from sagwan.verify import Trust, verify
from tests.publish.test_publish import AUGUST, DAY, H1, JULY, START, log_key, published
from tests.support.home import filing, live, receive, sealer

STATED = ("promises-made", "promises-kept", "promises-late")


def stated(desk: Desk, out: Path) -> tuple[float | None, ...]:
    figures = published(desk, H1, out, AUGUST).report.stated
    return tuple(figures[name] for name in STATED)


def test_a_promise_is_kept_by_the_first_checkpoint_within_two_intervals(desk: Desk, tmp_path: Path) -> None:
    live(desk, "2016-1", "2016-2")
    lines = models.Line.objects.count()
    sealer(desk).run(START + DAY)
    late = START + 30 * DAY
    receive(desk, filing("2016-3"), at=late)
    sealer(desk).run(late + 2 * timedelta(hours=desk.home.batch_interval_hours) + timedelta(seconds=1))
    receive(desk, filing("2016-4"), at=late + 10 * DAY)
    sealer(desk).run(late + 10 * DAY + 2 * timedelta(hours=desk.home.batch_interval_hours))
    sealer(desk).run(JULY)
    assert stated(desk, tmp_path / "out") == (lines + 2, lines + 1, 1)


def test_verify_repeats_it_as_a_word_that_only_receipts_contradict(desk: Desk, tmp_path: Path) -> None:
    live(desk, "2016-1")
    sealer(desk).run(START + DAY)
    sealer(desk).run(JULY)
    made, kept, late = stated(desk, tmp_path / "out")
    verdict = verify(tmp_path / "out", trust=Trust(key=str(log_key(desk).verifier)))
    (period,) = verdict.periods
    assert period.promises == {"made": made, "kept": kept, "late": late} and kept == made > 0
    assert '"stated-promises"' in verdict.to_json()
    page = (tmp_path / "out" / "en" / "2016H1.html").read_text()
    assert "only a receipt can contradict it" in page
