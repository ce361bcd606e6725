"""A monitor's visits, from cron's point of view: published folders behind web servers on this machine."""

import http.server
import json
import shutil
import threading
from datetime import UTC, datetime, timedelta
from functools import partial
from xml.etree import ElementTree as ET

import pytest

from sagwan.formats import paths
from sagwan.monitor import Level, Monitor, Rules
from sagwan.monitor.visit import Visit
from sagwan.record.errors import SagwanError
from sagwan.seal.log_folder import LogFolder
from sagwan.tlog import Checkpoint, sign_note
from sagwan.verify import Trust
from tests.support.folder import H1, Keys, Publisher, first_half, received, second_half

NOW = datetime(2016, 7, 5, tzinfo=UTC)
KEYS = Keys()
TRUST = Trust(key=KEYS.vkey, policy=KEYS.policy())


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


class Site:
    """A published folder behind a web server; another folder can be put in its place."""

    def __init__(self, root):
        self.publisher = Publisher(root, KEYS)
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=root))
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def root(self):
        return self.publisher.root

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path / "public")
    site.publisher.write(paths.DATAPACKAGE, b'{"resources": [{"path": "report/2016H1.csv"}]}')
    site.publisher.publish(first_half())
    site.publisher.time = int(NOW.timestamp()) - 7200
    site.publisher.seal([received("later").line()])
    yield site
    site.stop()


@pytest.fixture
def watch(site, tmp_path):
    """A visit at an instant; more is said of it than this test's site."""
    monitor = Monitor(tmp_path / "state")

    def visit(now=NOW, *urls, **rules) -> Visit:
        return monitor.visit(urls or [site.url], Rules(TRUST, **rules), now)

    return visit


def names(visit: Visit) -> list[str]:
    return [entry.name for entry in visit.new]


def standing(visit: Visit, url: str) -> list[str]:
    return sorted(visit.standing[url])


def test_a_log_that_cleaned_its_partial_tiles_away_is_followed(watch, site):
    watch()
    site.publisher.seal([received("later").line() for _ in range(300)])
    assert LogFolder(site.root / "log").remove_superseded(len(site.publisher.entries)) > 0
    visit = watch(NOW + timedelta(days=1))
    assert (names(visit), visit.exit_code) == ([], 0)


def test_a_first_visit_takes_note_and_a_second_finds_nothing_new(watch, site, tmp_path):
    first = watch()
    assert names(first) == ["first-seen", f"report-appeared:{H1}"] and first.exit_code == 0
    assert "all seven checks hold" in first.new[1].text["en"]
    second = watch()
    assert (second.new, second.exit_code) == ((), 0)
    log = (tmp_path / "state" / "monitor.log").read_text().splitlines()
    assert [line.split("\t")[1:4] for line in log] == [
        ["note", "first-seen", site.url],
        ["note", f"report-appeared:{H1}", site.url],
    ]


def test_a_log_that_grows_is_followed_by_its_tiles_alone(watch, site, tmp_path):
    watch()
    for number in range(3):
        site.publisher.seal([received(f"x{number}-{n}").line() for n in range(200)])
    requests = []
    site.server.RequestHandlerClass.keywords["directory"] = site.root
    original = Quiet.send_head

    def counted(self):
        requests.append(self.path)
        return original(self)

    Quiet.send_head = counted
    try:
        visit = watch(NOW + timedelta(days=2))
    finally:
        Quiet.send_head = original
    assert visit.exit_code == 0 and visit.new == ()
    assert not [path for path in requests if "entries" in path], "the log is not read again for that"
    state = next((tmp_path / "state").glob("*/state.json"))
    assert json.loads(state.read_text())["size"] == len(site.publisher.entries)


def fork(site, tmp_path, more=0):
    """Another view of the log: as many entries and `more`, the last one another; signed and cosigned."""
    shutil.copytree(site.root, tmp_path / "before", dirs_exist_ok=True)
    other = Publisher(tmp_path / "other", KEYS)
    other.publish(first_half())
    other.time = site.publisher.time
    other.seal([received("another").line()])
    if more:
        other.seal([received(f"more-{n}").line() for n in range(more)])
    return other


@pytest.mark.parametrize(("more", "name"), [(0, "forked:the last visit"), (5, "rewritten:the last visit")])
def test_two_views_are_an_alarm_whose_evidence_is_kept(watch, site, tmp_path, more, name):
    watch()
    other = fork(site, tmp_path, more)
    shutil.rmtree(site.root)
    shutil.copytree(other.root, site.root)
    alarm = watch(NOW + timedelta(hours=1))
    assert alarm.exit_code == 1 and name in names(alarm)
    evidence = sorted((tmp_path / "state").glob("*/evidence/[bn]*"))
    assert {file.read_bytes() for file in evidence} == {
        (tmp_path / "before" / paths.CHECKPOINT).read_bytes(),
        (other.root / paths.CHECKPOINT).read_bytes(),
    }
    shutil.rmtree(site.root)
    shutil.copytree(tmp_path / "before", site.root)
    after = watch(NOW + timedelta(hours=2))
    assert after.exit_code == 1 and standing(after, site.url) == [name], (
        "two signed views cannot be taken back"
    )
    shutil.rmtree(evidence[0].parent)
    settled = watch(NOW + timedelta(hours=3))
    assert settled.exit_code == 0 and names(settled) == [f"over:{name}"]


@pytest.mark.parametrize("more", [0, 3])
def test_a_checkpoint_that_another_reader_was_shown_tells_of_two_views(watch, site, tmp_path, more):
    other = fork(site, tmp_path, more)
    note = (other.root / paths.CHECKPOINT).read_bytes()
    assert watch(against=[("mine", (site.root / paths.CHECKPOINT).read_bytes())]).exit_code == 0
    visit = watch(NOW, against=[("a colleague", note)])
    assert visit.exit_code == 1
    assert standing(visit, site.url) == [("rewritten" if more else "forked") + ":a colleague"]


def test_a_note_that_the_log_did_not_sign_proves_nothing(watch, site):
    forged = bytes(sign_note(str(Checkpoint(KEYS.origin, 3, bytes(32))), Keys("thief").log))
    assert watch(against=[("a colleague", forged)]).exit_code == 0


def test_a_log_that_shrinks(watch, site):
    before = (site.root / paths.CHECKPOINT).read_bytes()
    site.publisher.seal([received("more").line()])
    watch()
    site.publisher.write(paths.CHECKPOINT, before)
    visit = watch()
    assert names(visit) == ["shrunk"] and visit.exit_code == 1


def test_an_unsigned_checkpoint_and_one_without_its_witnesses(watch, site):
    watch()
    note = site.publisher.keys
    text = Checkpoint(KEYS.origin, 1, bytes(32))
    site.publisher.write(paths.CHECKPOINT, bytes(sign_note(str(text), note.log)))
    assert names(watch()) == ["signature"]
    site.publisher.write(paths.CHECKPOINT, b"nothing\n")
    visit = watch()
    assert names(visit) == ["no-log", "over:signature"] and visit.exit_code == 1


def test_a_log_that_stands_still(watch, site):
    watch()
    assert watch(NOW + timedelta(days=2)).exit_code == 0
    visit = watch(NOW + timedelta(days=4))
    assert names(visit) == ["stalled"] and visit.exit_code == 1
    site.publisher.time = int((NOW + timedelta(days=3)).timestamp())
    site.publisher.seal([received("at last").line()])
    after = watch(NOW + timedelta(days=4))
    assert names(after) == ["over:stalled"] and after.exit_code == 0


def test_a_report_that_is_due_and_does_not_appear(watch, site):
    watch()
    site.publisher.time = int(datetime(2017, 3, 1, tzinfo=UTC).timestamp())
    site.publisher.seal([received("later still").line()])
    late = datetime(2017, 3, 3, tzinfo=UTC)
    assert watch(late, due_days=90).exit_code == 0
    visit = watch(late, due_days=60)
    assert names(visit) == ["overdue:2016H2"] and "2017-03-02" in visit.new[0].text["ko"]
    site.publisher.publish(second_half())
    after = watch(late, due_days=60, recount=False)
    assert sorted(names(after)) == ["over:overdue:2016H2", "report-appeared:2016H2"]
    assert after.exit_code == 0


@pytest.mark.parametrize("file", ["report/2016H1.json", "report/2016H1.csv", "report/2016H1.manifest"])
def test_a_report_that_changes_afterwards(watch, site, file):
    watch()
    path = site.root / file
    before = path.read_bytes()
    path.write_bytes(before.replace(b"0", b"1", 1))
    visit = watch()
    assert names(visit) == [f"report-changed:{H1}"] and visit.exit_code == 1
    path.write_bytes(before)
    assert watch().exit_code == 0


def test_a_report_that_is_gone(watch, site):
    watch()
    shutil.rmtree(site.root / "report")
    assert f"report-gone:{H1}" in names(watch())


def test_a_new_report_that_does_not_verify(watch, site):
    table = site.root / "report/2016H1.csv"
    table.write_bytes(table.read_bytes().replace(b"1", b"2", 1))
    visit = watch()
    assert f"verify-failed:{H1}" in names(visit) and visit.exit_code == 1


def test_one_bad_log_does_not_stop_the_others(watch, site):
    nowhere = "http://127.0.0.1:9"
    visit = watch(NOW, nowhere, site.url)
    assert visit.exit_code == 4
    assert standing(visit, nowhere) == ["unreachable"] and standing(visit, site.url) == []
    assert watch(NOW, nowhere, site.url).new == ()


def test_an_alarm_stands_while_the_log_cannot_be_read(watch, site, tmp_path):
    watch()
    (site.root / "report/2016H1.csv").write_text("x")
    watch()
    hidden = tmp_path / "hidden"
    (site.root / "log").rename(hidden)
    visit = watch()
    assert visit.exit_code == 1 and len(standing(visit, site.url)) == 2


def test_the_feed_is_atom_with_lasting_ids(watch, site, tmp_path):
    watch()
    atom = "{http://www.w3.org/2005/Atom}"
    ids = []
    for name in ("feed.xml", "feed.ko.xml"):
        root = ET.parse(tmp_path / "state" / name).getroot()  # noqa: S314  (our own)
        for part in (root, *root.iter(f"{atom}entry")):
            assert all(part.findtext(atom + child) for child in ("id", "title", "updated"))
        assert root.find(f"{atom}author/{atom}name") is not None
        ids.append([entry.findtext(f"{atom}id") for entry in root.iter(f"{atom}entry")])
    assert ids[0] == ids[1] and len(set(ids[0])) == 2
    (site.root / "report/2016H1.csv").write_text("x")
    watch()
    after = ET.parse(tmp_path / "state" / "feed.xml").getroot()  # noqa: S314
    assert [entry.findtext(f"{atom}id") for entry in after.iter(f"{atom}entry")][1:] == ids[0]
    assert after.find(f"{atom}entry/{atom}category").get("term") == Level.ALARM


def test_a_damaged_state_is_not_taken_for_a_first_visit(watch, tmp_path):
    watch()
    next((tmp_path / "state").glob("*/state.json")).write_text("{}")
    with pytest.raises(SagwanError, match=r"state\.json"):
        watch()
