"""`sagwan monitor` as cron runs it: what it prints, its exit codes, its log and its feed."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from sagwan.formats import paths
from tests.cli.conftest import Ran, ok, run
from tests.support.folder import DAY, H1, Keys, Publisher, first_half, received

KEYS = Keys()
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def public(tmp_path: Path) -> Publisher:
    """A log of today with the report of a half-year that is long over; those after it never came."""
    publisher = Publisher(tmp_path / "public", KEYS)
    publisher.write(paths.DATAPACKAGE, b'{"resources": [{"path": "report/2016H1.csv"}]}')
    publisher.publish(first_half())
    publisher.time = int(datetime.now(UTC).timestamp()) - DAY - 3600
    publisher.seal([received("later").line()])
    return publisher


@pytest.fixture
def watch(tmp_path: Path, public: Publisher):
    """`watch(*words)`: a visit; a hundred years are granted for a report unless it says otherwise."""
    (tmp_path / "kakao.keys").write_text(f"{KEYS.vkey}\n")
    (tmp_path / "witnesses.txt").write_text(KEYS.policy())

    def visit(*words: object, url: Path | str = public.root, due: int = 36_500) -> Ran:
        known = ("--key", tmp_path / "kakao.keys", "--policy", tmp_path / "witnesses.txt")
        return run("monitor", url, "--state", tmp_path / "watch", *known, "--due", due, *words)

    return visit


def test_a_month_of_cron(watch, public, tmp_path):
    first = watch()
    assert first.code == 0, first.out + first.err
    assert "seen for the first time, with 14 entries" in first.out
    assert "the report of 2016H1 has appeared; all seven checks hold" in first.out
    quiet = watch()
    assert (quiet.code, quiet.out) == (0, "nothing new, nothing wrong\n")
    assert watch("--lang", "ko").out == "새로운 것도, 잘못된 것도 없습니다\n"
    public.seal([received("even later").line()])
    assert watch().code == 0
    log = (tmp_path / "watch/monitor.log").read_text()
    assert [line.split("\t")[1:3] for line in log.splitlines()] == [
        ["note", "first-seen"],
        ["note", f"report-appeared:{H1}"],
    ]
    for name, title in (("feed.xml", "Sagwan monitor"), ("feed.ko.xml", "사관 감시")):
        feed = ET.parse(tmp_path / "watch" / name).getroot()  # noqa: S314 - our own
        assert feed.findtext(f"{ATOM}title") == title
        assert len(feed.findall(f"{ATOM}entry")) == 2


def test_a_report_that_does_not_come(watch, tmp_path):
    assert watch().code == 0
    late = watch(due=60)
    assert late.code == 1 and "✗" in late.out and "the report of 2016H2 was due by 2017-03-" in late.out
    again = watch(due=60)  # it stands, and is said again, but is news only once
    assert again.code == 1 and "still: the report of 2016H2 was due" in again.out
    assert (tmp_path / "watch/monitor.log").read_text().count("overdue:2016H2") == 1
    told = watch("--json", due=60).json
    assert told["new"] == [] and "overdue:2016H2" in next(iter(told["standing"].values()))
    came = watch()  # more days are granted
    assert came.code == 0 and "no longer so: the report of 2016H2" in came.out


def test_a_log_of_two_views(watch, public, tmp_path):
    """Another reader is shown another log: a note of it, put beside ours, is enough."""
    assert watch().code == 0
    liar = Publisher(tmp_path / "other", KEYS)
    liar.publish(first_half())
    liar.seal([received("never shown to us").line()])
    ran = watch("--against", liar.root / "log/checkpoint")
    assert ran.code == 1 and "ALARM" not in ran.out and "two views of one log" in ran.out
    evidence = list((tmp_path / "watch").glob("*/evidence/*"))
    assert len(evidence) == 2 and all(KEYS.origin in note.read_text() for note in evidence)
    stands = watch()  # a log cannot take it back
    assert stands.code == 1 and "still: two views of one log" in stands.out
    shutil.rmtree(evidence[0].parent)
    assert watch().code == 0
    assert run("monitor", public.root, "--against", tmp_path / "nowhere").code == 2


def test_a_log_that_cannot_be_read(watch, tmp_path):
    ran = watch(url="http://127.0.0.1:9/")
    assert ran.code == 4 and "cannot be read" in ran.out
    assert ok("monitor", "--help").out.count("http") > 2
    assert run("monitor", "--state", tmp_path / "watch").code == 2
    assert watch("--lang", "fr").code == 2
