"""The README's first command, whole: replay, publish, verify, compare; then what it left behind."""

import json
import re
import socket
import subprocess
import sys
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
SAGWAN = [sys.executable, "-m", "sagwan"]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The demo's folder and what it printed."""
    folder = tmp_path_factory.mktemp("whole") / "demo"
    done = subprocess.run(
        [*SAGWAN, "demo", "--no-serve", "--folder", str(folder)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder, done.stdout


def report(folder: Path, provider: str) -> dict:
    return json.loads((folder / "site" / provider / "report/2016H1.json").read_text("utf-8"))


def test_it_prints_both_verdicts_and_the_comparison(demo: tuple[Path, str]) -> None:
    _, printed = demo
    assert printed.count("not witnessed") >= 2
    for number in range(1, 8):
        assert len(re.findall(rf"^\W*{number}[. ]", printed, re.MULTILINE)) >= 2, f"check {number}"
    for told in ("687", "1,909", "1,925", "another-metric", "one-digit", "synthetic"):
        assert told in printed


def test_the_recounted_totals_are_the_published_ones(demo: tuple[Path, str]) -> None:
    folder, _ = demo
    scenario = tomllib.loads(files("sagwan.demo").joinpath("scenario.toml").read_text("utf-8"))
    wanted = {
        (row["service"], row["instrument"]): (row["requested"], row["processed"], row["accounts"])
        for row in scenario["published"]
    }
    found = {}
    for provider in ("kakao", "naver"):
        document = report(folder, provider)
        assert document["synthetic"] is True
        assert document["origin"].startswith("demo.invalid/")
        for row in document["rows"]:
            counts = row["counts"]
            values = (counts["requested"], counts["processed"], counts["accounts-disclosed"])
            found[row["service"], row["instrument"]] = values
    assert found == wanted
    assert sum(requested for requested, _, _ in found.values()) == 15_111
    assert sum(accounts for _, _, accounts in found.values()) == 344_412


def test_follow_ups_are_counted_apart(demo: tuple[Path, str]) -> None:
    rows = {(r["service"], r["instrument"]): r["counts"] for r in report(demo[0], "kakao")["rows"]}
    wiretaps = rows["kakao", "communication-restriction"]
    assert (wiretaps["requested"], wiretaps["processed"], wiretaps["follow-ups"]) == (15, 15, 4)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*SAGWAN, *arguments], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("provider", ["kakao", "naver"])
def test_a_stranger_with_the_key_verifies(demo: tuple[Path, str], provider: str) -> None:
    published = demo[0] / "site" / provider
    key = (published / "key").read_text().splitlines()[1]
    assert run("verify", str(published), "--key", key, "--no-memory").returncode == 0
    assert run("verify", str(published), "--no-memory").returncode == 3  # nobody but the folder names the key


def test_the_sample_receipt_is_kept(demo: tuple[Path, str]) -> None:
    folder, _ = demo
    done = run(
        "verify", "--no-memory", "--receipt", str(folder / "kakao.receipt"), str(folder / "site/kakao")
    )
    assert done.returncode in (0, 3), done.stderr
    assert "included" in done.stdout


def test_the_homes_hold_together(demo: tuple[Path, str]) -> None:
    done = run("fsck", "--home", str(demo[0] / "naver"))
    assert done.returncode == 0, done.stdout + done.stderr


PRIVATE = """
import sys
from pathlib import Path
from sagwan.desk.setup import open_desk
desk = open_desk(Path(sys.argv[1]))
from sagwan.desk.journal import queries
from sagwan.desk.vault.keyring import KeyRing
keys, streams = KeyRing(desk.master), []
events = [e for e in queries.all_events("request/") if e.type in ("RequestReceived", "FollowedUp")]
keys.load({e.stream for e in events})
for stored in events:
    event = queries.read(stored, keys)
    ledger = getattr(event, "ledger", None)
    if ledger:
        print(*[ledger.authority, ledger.case_number, *ledger.officials], sep="\\n")
    for target in event.matter.targets if event.matter else ():
        print(target.value)
"""


@pytest.mark.parametrize("provider", ["kakao", "naver"])
def test_nothing_private_is_in_any_published_byte(demo: tuple[Path, str], provider: str) -> None:
    folder, _ = demo
    told = subprocess.run(
        [sys.executable, "-c", PRIVATE, str(folder / provider)], capture_output=True, text=True, check=True
    )
    private = set(told.stdout.splitlines())
    assert len(private) > 10_000
    words = set()
    text = ""
    for file in (folder / "site").rglob("*"):
        if file.is_file():
            content = file.read_bytes().decode("utf-8", "ignore")
            words |= set(re.findall(r"[\w-]+", content))
            if file.suffix != ".tsv":  # openings are ASCII; the other files may hold phrases
                text += content
    assert "search-and-seizure-warrant" in words
    one_word = {value for value in private if re.fullmatch(r"[\w-]+", value)}
    assert len(one_word) > 10_000
    assert not one_word & words
    assert not [phrase for phrase in private - one_word if phrase in text]


DESK = """
import sys
from collections import Counter
from pathlib import Path
from sagwan.desk.setup import open_desk
open_desk(Path(sys.argv[1]))
from sagwan.desk.casework.models import Case
rows = Case.objects.filter(received_at__gte="2016-07-01T00:00+09:00")
print(*sorted({row.stage for row in rows}))
print(Case.objects.count() - rows.count(), rows.filter(suspected=True, is_open=True).count())
print(rows.filter(marks="emergency", sender="unconfirmed").count(), rows.filter(unread=True).count())
half_year = Case.objects.exclude(pk__in=rows)
print(half_year.filter(assigned="").count() < 100, half_year.filter(filed_by="do-raon").exists())
"""


@pytest.mark.parametrize(("provider", "count"), [("kakao", 8081), ("naver", 7030)])
def test_the_desk_has_a_request_at_every_stage_and_none_of_them_counts(
    demo: tuple[Path, str], provider: str, count: int
) -> None:
    told = subprocess.run(
        [sys.executable, "-c", DESK, str(demo[0] / provider)], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert told[0].split() == [
        "approved", "clarification-asked", "decision-proposed", "disclosed", "received", "resolved",
        "under-review", "withdrawn",
    ]  # fmt: skip
    assert told[1] == f"{count} 1"
    assert told[2] == "1 1"
    assert told[3] == "True True"


def test_a_port_that_is_taken_is_said_before_the_work(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("demo", "--folder", str(tmp_path / "demo"), "--desk-port", str(port))
    assert done.returncode == 2
    assert f"port {port} cannot be used" in done.stderr
    assert not (tmp_path / "demo").exists()


def test_running_it_again_replaces_only_its_own_folder(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/notes.txt").write_text("keep")
    done = run("demo", "--no-serve", "--folder", str(tmp_path / "mine"))
    assert done.returncode == 2
    assert "was not made by a demo" in done.stderr
    assert (tmp_path / "mine/notes.txt").read_text() == "keep"
