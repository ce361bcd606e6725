"""`sagwan seal` as a process, met by a failure at each system call that writes, syncs or renames, in turn.

Whatever happened, the next run ends it: the log continues what was public before, the witness sees no other
history, nothing is lost, `fsck` finds nothing, the published half-year verifies.
"""

import shutil
import signal
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connections

import tests.support.django_ready  # noqa: F401 - before the models below
from sagwan.cli.wiring import open_office
from sagwan.desk.journal import models
from sagwan.tlog import (
    Checkpoint,
    VerifierKey,
    consistency_proof,
    parse_checkpoint,
    parse_note,
    parse_signing_key,
    tile_nodes,
    verify_consistency,
    verify_note,
)
from tests.crash.conftest import EVERY, plain_environment
from tests.publish.test_publish import AUGUST, H1, assert_verifies, published
from tests.support.home import SEOUL, START, check, live, log, log_key, make_home
from tests.support.strace import Fault, counted, faults, run, traced
from tests.support.witnesses import honest, serving, witness_key

NOW = "2016-07-01T03:00:00+09:00"
PORT = "http://127.0.0.1:1"
"""Stands in the config until a case has its own witness."""

pytestmark = pytest.mark.crash


class Case:
    """A copy of the home and of the witness's memory, for one fault."""

    def __init__(self, start: Path, folder: Path) -> None:
        shutil.copytree(start, folder)
        self.home, self.memory = folder / "home", folder / "witness.db"

    def at(self, url: str) -> None:
        config = self.home / "sagwan.toml"
        config.write_text(config.read_text("utf-8").replace(PORT, url), "utf-8")

    def command(self, *words: str) -> list[str | Path]:
        return [sys.executable, "-m", "sagwan", "seal", "--home", self.home, "--at", NOW, *words]


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home with two witnessed batches in its log, whose first tile is full and has a partial one beside it,
    and lines of two half-years that wait."""
    folder = tmp_path_factory.mktemp("crash") / "start"
    folder.mkdir()
    desk = make_home(folder / "home", batch_floor=130, witnesses={PORT: str(witness_key().verifier)})
    live(desk, "2016-1")
    with serving(honest(folder / "witness.db", log_key(desk).verifier)) as (url,):
        case = Case.__new__(Case)
        case.home = folder / "home"
        case.at(url)
        for day in (1, 2):
            live(desk, f"2016-1-{day}", at=START + timedelta(days=day))
            desk = open_office(folder / "home").desk
            open_office(folder / "home").sealer().run(START + timedelta(days=day, hours=2))
        config = folder / "home/sagwan.toml"
        config.write_text(
            config.read_text("utf-8").replace(url, PORT).replace("batch_floor = 130", "batch_floor = 2"),
            "utf-8",
        )
    assert (folder / "home/log/tile/0/000.p").is_dir() and (folder / "home/log/tile/0/000").exists()
    desk = open_office(folder / "home").desk
    live(desk, "2016-2", at=datetime(2016, 6, 30, 21, tzinfo=SEOUL))
    live(desk, "2016-3", at=datetime(2016, 7, 1, 1, tzinfo=SEOUL))
    connections.close_all()
    yield folder
    connections.close_all()


@pytest.fixture(scope="module")
def calls(start: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """How often an undisturbed run makes each call."""
    folder = tmp_path_factory.mktemp("count")
    case = Case(start, folder / "case")
    with serving(honest(case.memory, witness_log(case))) as (url,):
        case.at(url)
        done = run(traced([], case.command(), folder / "calls"), plain_environment())
    assert done.returncode == 0, done.stderr
    found = counted(folder / "calls")
    assert {"write", "pwrite64", "fsync", "fdatasync", "rename", "unlink", "rmdir"} <= found.keys()
    assert not (case.home / "log/tile/0/000.p").exists()
    return found


def witness_log(case: Case) -> VerifierKey:
    return parse_signing_key((case.home / "keys/log.key").read_text().strip()).verifier


@pytest.mark.slow
def test_a_failure_at_each_call_is_ended_by_the_next_run(
    start: Path, calls: dict[str, int], environment: dict[str, str], tmp_path: Path
) -> None:
    told: list[str] = []
    for number, fault in enumerate(faults(calls, EVERY)):
        case = Case(start, tmp_path / str(number))
        with serving(honest(case.memory, witness_log(case))) as (url,):
            case.at(url)
            failed = run(traced(fault.options, case.command()), environment)
            told.append(f"{fault}: {failed.returncode}")
            expect_clear(fault, failed.returncode, failed.stderr)
            expect_whole(case, str(fault), tmp_path / f"out{number}")
        shutil.rmtree(case.home.parent)
        shutil.rmtree(tmp_path / f"out{number}")
    print(f"{len(told)} faults in runs with {sum(calls.values())} calls: {calls}")
    assert any(line.endswith("killed: -9") for line in told)
    assert any("error: 2" in line for line in told)


def expect_clear(fault: Fault, code: int, said: str) -> None:
    """A killed process is dead; one that met an error says so in a line of ours, or could do without."""
    if fault.kind == "killed":
        assert code == -signal.SIGKILL, (str(fault), said)
        return
    assert "Traceback" not in said and "mistake in Sagwan" not in said, (str(fault), said)
    if code:
        assert code in (1, 2) and ("sagwan: error: " in said or fault.call == "write"), (str(fault), said)


def public(home: Path) -> Checkpoint:
    return parse_checkpoint(parse_note((home / "log/checkpoint").read_bytes()).text)


def expect_whole(case: Case, fault: str, out: Path) -> None:
    office = open_office(case.home)
    desk = office.desk
    before = public(case.home)
    verify_note(parse_note((case.home / "log/checkpoint").read_bytes()), [log_key(desk).verifier])
    lines = models.Line.objects.count()
    done = office.sealer().run(datetime.fromisoformat(NOW))
    now = public(case.home)
    proof = consistency_proof(tile_nodes(now.size, log(desk).read), before.size, now.size)
    verify_consistency(
        proof, old_size=before.size, new_size=now.size, old_root=before.root, new_root=now.root
    )
    assert done.unwitnessed == [], fault  # the witness follows: it was never shown another history
    assert check(desk) == [], fault
    placed = [bytes(c) for c in models.Place.objects.values_list("commitment", flat=True)]
    written = [bytes(c) for c in models.Line.objects.values_list("commitment", flat=True)]
    assert len(set(placed)) == len(placed) == now.size and sorted(placed) == sorted(written), fault
    assert len(written) >= lines >= 6
    published(desk, H1, out, AUGUST)
    assert_verifies(desk, out)
    connections.close_all()
