"""A half-year under a law that allows only bands: what its folder says, and what it does not."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import jsonschema
import pytest

from sagwan.desk.casework.actions import Step, execute
from sagwan.desk.casework.dashboard_report import next_report
from sagwan.desk.journal import models
from sagwan.desk.setup import Desk, open_desk
from sagwan.formats.opening import parse
from sagwan.law.errors import LawPackError
from sagwan.publish.publish import Draft
from sagwan.record import commands as ask
from sagwan.record.events import Correction
from sagwan.record.period import Period
from sagwan.record.vocabulary import WithheldReason
from sagwan.verify import Trust, verify
from tests.publish.test_publish import assert_verifies, digests, published
from tests.support.bands import (
    BEGIN,
    DAY,
    NEW_YORK,
    SUBSCRIBER,
    US,
    answer,
    batches,
    get,
    letters,
    warrants,
)
from tests.support.home import log_key, make_home, sealer

H1, H2 = Period(2026, 1), Period(2026, 2)
JULY = datetime(2026, 7, 1, 1, tzinfo=NEW_YORK)
AUGUST = datetime(2026, 8, 3, 9, tzinfo=NEW_YORK)
JANUARY = datetime(2027, 1, 1, 1, tzinfo=NEW_YORK)
BANDS = {"US": "half-yearly-together-250"}


@pytest.fixture
def us(make_desk: Callable[..., Desk]) -> Desk:
    return make_desk(**US, bands=BANDS, banded_per_batch=4)


def bands(made: Draft) -> dict[tuple[str, str, str], str]:
    assert made.report.banded is not None
    return {(one.figure, one.measure, one.about): one.band for one in made.report.banded.figures}


def test_the_report_states_bands_and_the_folder_opens_none_of_their_lines(us: Desk, tmp_path: Path) -> None:
    numbers = letters(us, *"abc", at=BEGIN, accounts=100)
    warrants(us, "2026-1", at=BEGIN)
    for day in range(1, 4):
        sealer(us).run(BEGIN + day * DAY)
    assert sealer(us).run(JULY).closed == [H1]
    made = published(us, H1, tmp_path / "out", AUGUST)
    assert bands(made) == {
        ("national-security", "requested", "2026H1"): "0-249",
        ("national-security", "accounts-asked", "2026H1"): "250-499",
    }
    assert made.report.banded is not None
    assert (made.report.banded.per_batch, made.report.banded.first) == (4, 0)
    assert made.report.withheld[WithheldReason.BANDED] == banded_in(H1)
    assert set(made.report.rows) == {("kakao", "KR", "search-and-seizure-warrant")}
    opened = b"".join(data for path, data in made.files.items() if path.startswith("openings/"))
    everything = b"".join(file.read_bytes() for file in (tmp_path / "out").rglob("*") if file.is_file())
    for number in numbers:
        assert number.encode() not in everything
    assert all(
        parse(line).jurisdiction != "US" for line in opened.split(b"\n")[:-1] if line[:8] != b"withheld"
    )
    assert_verifies(us, tmp_path / "out")
    schema = json.loads((tmp_path / "out" / "report.schema.json").read_bytes())
    jsonschema.validate(json.loads((tmp_path / "out" / "report/2026H1.json").read_bytes()), schema)
    before = digests(tmp_path / "out")
    published(us, H1, tmp_path / "out", AUGUST + DAY)
    assert digests(tmp_path / "out") == before


def banded_in(half: Period) -> int:
    return sum(hidden for period, _, hidden in batches() if period == str(half))


def public(folder: Path, *, banded: bool) -> tuple[dict[str, object], list[str]]:
    """The report and the openings of a home, with or without letters; salts and hashes left out."""
    desk = make_home(folder / "home", **US, banded_per_batch=4, batch_floor=5)
    if banded:
        one, two = letters(desk, "a", "b", at=BEGIN)
        execute(desk, [Step(one, ask.ImposeOrder(None, "Court"), "kim", BEGIN)])
        get(desk, "c", BEGIN)  # open at the end
        assert two != one
    warrants(desk, "2026-1", "2026-2", at=BEGIN + DAY / 24)
    for day in range(4):
        sealer(desk).run(BEGIN + day * DAY)
    sealer(desk).run(JULY)
    published(desk, H1, folder / "out", AUGUST)
    report = json.loads((folder / "out/report/2026H1.json").read_bytes())
    lines = (folder / "out/openings/2026H1/0.tsv").read_text().split("\n")
    shapes = ["\t".join(line.split("\t")[:2]) if line.startswith("withheld") else line[:8] for line in lines]
    for page in (folder / "out").glob("*/2026H1.html"):
        report[page.parent.name] = page.read_text()
    return report, sorted(shapes)


def test_who_got_letters_and_who_got_none_publish_the_same(tmp_path: Path) -> None:
    one, its_lines = public(tmp_path / "one", banded=True)
    other, others = public(tmp_path / "other", banded=False)
    assert one == other and its_lines == others
    assert one["banded"]["figures"][0]["low"] == 0  # type: ignore[index]


def test_an_order_over_a_banded_request_changes_nothing_and_ends_without_opening_it(
    us: Desk, tmp_path: Path
) -> None:
    (number,) = letters(us, "a", at=BEGIN)
    execute(us, [Step(number, ask.ImposeOrder(None, "Court"), "kim", BEGIN + DAY)])
    sealer(us).run(BEGIN + DAY)
    sealer(us).run(JULY)
    made = published(us, H1, tmp_path / "out", AUGUST)
    assert made.report.withheld["non-disclosure-order"] == 0
    assert made.report.withheld["banded"] == banded_in(H1)
    kept = next_report(us, AUGUST).kept
    assert [one.reason for one in kept] == []  # of the half-year after, which has none
    execute(us, [Step(number, ask.EndOrder(), "kim", AUGUST)])
    sealer(us).run(JANUARY)
    later = published(us, H2, tmp_path / "out", JANUARY + DAY)
    assert "openings/2026H2/late.tsv" not in later.files
    assert_verifies(us, tmp_path / "out")


def test_a_banded_request_under_an_order_reads_banded_at_the_desk_too(us: Desk) -> None:
    (number,) = letters(us, "a", at=BEGIN)
    execute(us, [Step(number, ask.ImposeOrder(None, "Court"), "kim", BEGIN + DAY)])
    report = next_report(us, BEGIN + DAY)
    assert [(one.reason, one.by_law, one.requests) for one in report.kept] == [("banded", True, 1)]
    assert report.banded is not None and report.banded.figures[0].band == "0-249"
    assert report.rows == {}


def test_a_correction_moves_the_band_of_the_next_report_alone(
    make_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    us = make_desk(**US, bands={"US": "yearly-together-100"}, banded_per_batch=4)
    (number,) = letters(us, "a", at=BEGIN, accounts=1)
    sealer(us).run(BEGIN + DAY)
    sealer(us).run(JULY)
    correction = Correction(0, None, accounts=150, data=SUBSCRIBER)
    steps = ((ask.Propose(correction), "kim"), (ask.Approve(), "lee"))
    execute(us, [Step(number, command, who, JULY + DAY) for command, who in steps])
    sealer(us).run(JULY + DAY)
    sealer(us).run(JANUARY)
    for year in (2027, 2028):
        for month in (7, 1):
            sealer(us).run(datetime(year + (month == 1), month, 1, 1, tzinfo=NEW_YORK))
    out = tmp_path / "out"
    now = datetime(2029, 2, 1, tzinfo=NEW_YORK)
    made = {str(period): published(us, period, out, now) for period in (H1, H2, H2.next, Period(2027, 2))}
    assert bands(made["2026H1"]) == bands(made["2026H2"]) == bands(made["2027H1"]) == {}
    assert bands(made["2027H2"])["national-security", "accounts-asked", "2026"] == "100-199"
    assert made["2027H2"].report.restated == ()
    assert_verifies(us, out)


def test_stated_figures_leave_banded_requests_out(us: Desk, tmp_path: Path) -> None:
    number = get(us, "a", BEGIN)
    answer(us, number, "a", BEGIN + 40 * DAY)
    get(us, "b", BEGIN)
    warrants(us, "2026-1", at=BEGIN)
    for day in (1, 41, 42):
        sealer(us).run(BEGIN + day * DAY)
    sealer(us).run(JULY)
    stated = published(us, H1, tmp_path / "out", AUGUST).report.stated
    assert stated["median-days-to-resolution"] == 0 and stated["open-at-end"] == 0
    assert stated["promises-made"] == 2


def test_an_unknown_way_to_report_bands_is_named(make_desk: Callable[..., Desk], tmp_path: Path) -> None:
    us = make_desk(**US, bands={"US": "by-the-dozen"}, banded_per_batch=4)
    sealer(us).run(BEGIN)
    sealer(us).run(JULY)
    with pytest.raises(LawPackError, match="by-the-dozen") as error:
        published(us, H1, tmp_path / "out", AUGUST)
    assert "half-yearly-500" in error.value.hint


def test_bands_begun_within_a_half_year_say_where(make_desk: Callable[..., Desk], tmp_path: Path) -> None:
    us = make_desk(**US, banded_per_batch=0)
    warrants(us, "2026-1", at=BEGIN)
    sealer(us).run(BEGIN)
    file = us.home.path / "sagwan.toml"
    file.write_text(file.read_text().replace("banded_per_batch = 0", "banded_per_batch = 3"))
    us = open_desk(us.home.path)
    sealer(us).run(BEGIN + DAY)
    sealer(us).run(JULY)
    made = published(us, H1, tmp_path / "out", AUGUST)
    assert made.report.banded is not None
    assert (made.report.banded.per_batch, made.report.banded.first) == (3, 2)
    verdict = verify(tmp_path / "out", trust=Trust(key=str(log_key(us).verifier)))
    assert verdict.exit_code == 0
    assert models.Line.objects.filter(behind__isnull=False, period="2026H1").count() == 6
