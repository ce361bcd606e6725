"""A half-year's folder from a real home: what is in it, that it verifies, that it never changes."""

import hashlib
import json
import shutil
from datetime import datetime, timedelta
from functools import partial
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from django.db import connections
from frictionless import Package, system

import tests.support.django_ready  # noqa: F401 - before the models below
from sagwan.desk.casework.actions import Step, execute
from sagwan.desk.casework.rebuild import rebuild
from sagwan.desk.casework.reporting import Reporting
from sagwan.desk.journal.recovery import recover
from sagwan.desk.setup import Desk, open_desk
from sagwan.formats.report import decode_json
from sagwan.law.library import builtin_pack
from sagwan.pages.lawnames import labels_on
from sagwan.publish.corrections import corrections
from sagwan.publish.counting import PublishError
from sagwan.publish.pages import report_pages
from sagwan.publish.publish import Draft, Profile, draft, publish
from sagwan.record import commands as ask
from sagwan.record.events import Correction, Decision, FollowUp
from sagwan.record.period import Period
from sagwan.record.vocabulary import DataCategory, Outcome
from sagwan.verify import Trust, verify
from tests.pages.html import read
from tests.support.home import (
    CONTENT,
    SEOUL,
    START,
    filing,
    keeper,
    live,
    log,
    log_key,
    make_home,
    receive,
    sealer,
)

H1, H2 = Period(2016, 1), Period(2016, 2)
JULY = datetime(2016, 7, 1, 1, tzinfo=SEOUL)
AUGUST = datetime(2016, 8, 3, 9, tzinfo=SEOUL)
JANUARY = datetime(2017, 1, 1, 1, tzinfo=SEOUL)
DAY = timedelta(days=1)


def profile(desk: Desk) -> Profile:
    home = desk.home
    return Profile(
        provider=home.provider,
        names=home.names,
        services=home.services,
        origin=home.origin,
        time_zone=home.time_zone,
        batch_interval_hours=home.batch_interval_hours,
        synthetic=home.synthetic,
        keys=(str(log_key(desk).verifier),),
    )


def reporting(desk: Desk, now: datetime) -> Reporting:
    return Reporting(desk, seal=lambda: sealer(desk).run(now), actor="kim", now=now, approved_by="lee")


def published(desk: Desk, period: Period, out: Path, now: datetime) -> Draft:
    words = labels_on(builtin_pack("kr"), period.last_day)
    pages = partial(report_pages, labels=words)
    return publish(period, profile(desk), reporting(desk, now), out, desk.home.log_path, pages)


def digests(out: Path) -> dict[str, str]:
    return {
        str(file.relative_to(out)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in out.rglob("*")
        if file.is_file()
    }


def assert_verifies(desk: Desk, out: Path) -> None:
    verdict = verify(out, trust=Trust(key=str(log_key(desk).verifier)))
    assert verdict.exit_code == 0, [failure for check in verdict.checks for failure in check.failures]


@pytest.fixture
def closed(desk: Desk) -> tuple[Desk, list[str]]:
    """Three lives in March, one request open, the half-year closed."""
    numbers = live(desk, "2016-1", "2016-2", "2016-3")
    receive(desk, filing("2016-4", service="daum"))
    sealer(desk).run(START + DAY)
    assert sealer(desk).run(JULY).closed == [H1]
    return desk, numbers


def test_the_folder_verifies_and_counts_what_happened(closed: tuple[Desk, list[str]], tmp_path: Path) -> None:
    desk, _ = closed
    made = published(desk, H1, tmp_path / "out", AUGUST)
    kakao = made.report.rows["kakao", "KR", "search-and-seizure-warrant"]
    assert (kakao["requested"], kakao["processed"], kakao["accounts-disclosed"]) == (3, 3, 6)
    daum = made.report.rows["daum", "KR", "search-and-seizure-warrant"]
    assert (daum["requested"], daum["processed"]) == (1, 0)  # unresolved, and counted all the same
    assert made.report.stated["open-at-end"] == 1
    assert_verifies(desk, tmp_path / "out")


def test_publishing_twice_gives_the_same_bytes(closed: tuple[Desk, list[str]], tmp_path: Path) -> None:
    desk, _ = closed
    out = tmp_path / "out"
    published(desk, H1, out, AUGUST)
    before = digests(out)
    published(desk, H1, out, AUGUST + DAY)
    assert digests(out) == before
    published(desk, H1, tmp_path / "again", AUGUST + 2 * DAY)
    assert digests(tmp_path / "again") == before


def test_a_half_year_that_runs_is_not_published(desk: Desk, tmp_path: Path) -> None:
    live(desk, "2016-1")
    sealer(desk).run(START + DAY)
    with pytest.raises(PublishError, match="2016H1 is not closed yet"):
        published(desk, H1, tmp_path / "out", START + 2 * DAY)
    assert not (tmp_path / "out").exists()


def test_what_was_published_is_not_written_over(closed: tuple[Desk, list[str]], tmp_path: Path) -> None:
    desk, _ = closed
    out = tmp_path / "out"
    published(desk, H1, out, AUGUST)
    table = out / "report/2016H1.csv"
    table.write_bytes(table.read_bytes().replace(b",3,3,", b",2,2,"))
    with pytest.raises(PublishError, match="was published with other bytes"):
        published(desk, H1, out, AUGUST + DAY)


def test_the_report_obeys_its_schema_and_frictionless_reads_the_tables(
    closed: tuple[Desk, list[str]], tmp_path: Path
) -> None:
    desk, _ = closed
    out = tmp_path / "out"
    published(desk, H1, out, AUGUST)
    schema = json.loads((out / "report.schema.json").read_text("utf-8"))
    assert schema == json.loads(files("sagwan.publish").joinpath("report.schema.json").read_text("utf-8"))
    document = json.loads((out / "report/2016H1.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(document)
    document["rows"][0]["counts"]["processed"] = -1
    assert not jsonschema.Draft202012Validator(schema).is_valid(document)
    with system.use_context(trusted=True):
        result = Package(str(out / "datapackage.json")).validate()
        assert result.valid, result.flatten(["rowNumber", "fieldNumber", "message"])
        table = out / "report/2016H1.csv"
        table.write_text(table.read_text().replace(",3,", ",three,"))
        assert not Package(str(out / "datapackage.json")).validate().valid


def test_corrections_and_follow_ups_restate_the_next_report(
    closed: tuple[Desk, list[str]], tmp_path: Path
) -> None:
    desk, numbers = closed
    out = tmp_path / "out"
    published(desk, H1, out, AUGUST)
    later = AUGUST + DAY
    subscriber = (DataCategory.SUBSCRIBER,)
    for number, proposal in (
        (numbers[0], Correction(1, Outcome.COMPLIED, "", CONTENT, 1)),
        (numbers[1], FollowUp(subscriber, 5)),
    ):
        steps = [Step(number, ask.Propose(proposal), "kim", later), Step(number, ask.Approve(), "lee", later)]
        execute(desk, steps)
    sealer(desk).run(later + DAY)
    sealer(desk).run(JANUARY)
    before = digests(out)
    made = published(desk, H2, out, JANUARY + 30 * DAY)
    row = ("kakao", "KR", "search-and-seizure-warrant")
    assert [(r.period, r.row, r.measure, r.before, r.after) for r in made.report.restated] == [
        ("2016H1", row, "accounts-disclosed", 6, 5)
    ]
    assert made.report.rows[row]["follow-ups"] == 1
    assert made.report.rows[row]["follow-up-accounts"] == 5
    assert made.report.rows[row]["processed"] == 0
    after = digests(out)
    kept = {path for path in before if path.startswith(("report/2016H1", "openings/2016H1", "log/tile"))}
    assert {path: after[path] for path in kept} == {path: before[path] for path in kept}
    assert_verifies(desk, out)
    [one] = corrections(out, [decode_json(f.read_bytes()) for f in sorted(out.glob("report/*.json"))])[
        "2016H2"
    ]
    assert (one.before.kind, one.before.period, one.before.accounts) == ("resolved", "2016H1", 2)
    assert (one.after.kind, one.after.period, one.after.accounts) == ("corrected", "2016H2", 1)
    said = (
        f"Entry {one.index} replaces entry {one.replaced} (first half of 2016): "
        "KakaoTalk, Search and seizure warrant accounts 2 1"
    )
    assert said in text_of(out / "en/2016H2.html")
    assert "this half-year corrects" not in text_of(out / "en/2016H1.html")


def text_of(page: Path) -> str:
    return " ".join(" ".join(read(page.read_bytes()).text).split())


def test_a_line_corrected_twice_in_its_own_half_year_is_shown_with_both_corrections(
    desk: Desk, tmp_path: Path
) -> None:
    [number] = live(desk, "2016-1")
    sealer(desk).run(START + DAY)
    for day, value in enumerate(
        (
            Correction(1, Outcome.COMPLIED, "", CONTENT, 1),
            Correction(2, Outcome.NO_DATA, "retention-expired", (), 0),
        ),
        start=2,
    ):
        when = START + day * DAY
        execute(desk, [Step(number, ask.Propose(value), "kim", when)])
        execute(desk, [Step(number, ask.Approve(), "lee", when)])
        sealer(desk).run(when + DAY / 2)
    sealer(desk).run(JULY)
    out = tmp_path / "out"
    made = published(desk, H1, out, AUGUST)
    row = made.report.rows["kakao", "KR", "search-and-seizure-warrant"]
    assert (row["requested"], row["processed"], row["no-data"]) == (1, 0, 1), "totals follow the last"
    first, second = corrections(out, [made.report])["2016H1"]
    assert (second.replaced, first.before.accounts, first.after.accounts) == (first.index, 2, 1)
    page = text_of(out / "en/2016H1.html")
    assert f"Entry {first.index} replaces entry {first.replaced}" in page
    assert f"Entry {second.index} replaces entry {first.index}" in page
    assert "outcome complied in full no data" in page and "data content –" in page
    korean = text_of(out / "ko/2016H1.html")
    assert f"{second.index}번 항목이 {first.index}번 항목" in korean
    assert_verifies(desk, out)


def test_the_second_half_year_needs_the_first_ones_folder(
    closed: tuple[Desk, list[str]], tmp_path: Path
) -> None:
    desk, _ = closed
    published(desk, H1, tmp_path / "out", AUGUST)
    sealer(desk).run(JANUARY)
    with pytest.raises(PublishError, match="2016H1 was not published here"):
        published(desk, H2, tmp_path / "elsewhere", JANUARY + DAY)


def test_lost_lines_are_withheld_and_opened_late_when_found(tmp_path: Path) -> None:
    desk = make_home(tmp_path / "home")
    connections.close_all()
    shutil.copytree(desk.home.path, tmp_path / "backup")
    desk = open_desk(desk.home.path)
    live(desk, "2016-1")
    sealer(desk).run(START + DAY)
    connections.close_all()
    shutil.move(desk.home.keeper_path, tmp_path / "found-later")
    for file in desk.home.path.glob("sagwan.db*"):
        file.unlink()
    shutil.copy(tmp_path / "backup/sagwan.db", desk.home.sqlite_path)
    desk = open_desk(desk.home.path)
    recover(desk, keeper(desk), log(desk), now=START + DAY)
    rebuild(desk)
    live(desk, "2016-2", at=START + DAY)
    sealer(desk).run(JULY)
    out = tmp_path / "out"
    made = published(desk, H1, out, AUGUST)
    assert made.report.withheld["lost"] == 2
    assert made.report.rows["kakao", "KR", "search-and-seizure-warrant"]["requested"] == 1
    assert_verifies(desk, out)

    for file in (tmp_path / "found-later/batches").iterdir():  # the keeper turns up in a drawer
        shutil.copy(file, desk.home.keeper_path / "batches" / file.name)
    found = recover(desk, keeper(desk), log(desk), now=AUGUST + DAY)
    rebuild(desk)
    assert (found.lines, found.batches) == (2, 0)
    assert sealer(desk).run(JANUARY).entries == 0  # what is in the log is not sealed again
    made = published(desk, H2, out, JANUARY + DAY)
    changed = {(r.period, r.measure): (r.before, r.after) for r in made.report.restated}
    assert changed["2016H1", "requested"] == (1, 2)
    assert changed["2016H1", "accounts-disclosed"] == (2, 4)
    assert len((out / "openings/2016H2/late.tsv").read_text().splitlines()) == 2
    assert_verifies(desk, out)


def test_small_cells_are_named_before_publishing(closed: tuple[Desk, list[str]], tmp_path: Path) -> None:
    desk, _ = closed
    made = draft(H1, profile(desk), reporting(desk, AUGUST), tmp_path / "out")
    assert ("daum", "search-and-seizure-warrant", "requested", "1") in made.small_cells()
    assert not (tmp_path / "out").exists()


def test_a_request_that_a_law_keeps_closed_is_withheld(tmp_path: Path) -> None:
    desk = make_home(tmp_path / "home")
    at = datetime(2026, 7, 10, 9, tzinfo=SEOUL)
    paper = {
        "issuer": "prosecutor",
        "request-paper": "yes",
        "reason": "수사",
        "link": "피의자의 계정",
        "scope": "대화 내용",
        "offence-grave-enough": "yes",
        "intended-instrument": "search-and-seizure-warrant",
        "first-request": "yes",
        "preservation-period": "2026-07-10/2026-08-20",
        "issued-on": "2026-07-09",
    }
    number = receive(desk, filing(instrument="preservation-request", paper=paper), at=at)[0].request
    decision = Decision(Outcome.REFUSED, "conditions-unmet")
    life = (
        (ask.StartReview(), "kim"),
        (ask.Propose(decision), "kim"),
        (ask.Approve(), "lee"),
        (ask.Resolve(), "kim"),
    )
    execute(desk, [Step(number, command, who, at) for command, who in life])
    january = datetime(2027, 1, 1, 1, tzinfo=SEOUL)
    sealer(desk).run(january)
    made = published(desk, Period(2026, 2), tmp_path / "out", january + DAY)
    assert made.report.withheld == {"non-disclosure-order": 2, "banded": 0, "lost": 0}
    assert made.report.rows == {}
    assert_verifies(desk, tmp_path / "out")
