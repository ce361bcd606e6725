"""A provider shows two logs, each rightly signed, to two readers: witness, monitor and verifier catch it."""

import copy
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sagwan.formats import paths
from sagwan.monitor import Monitor, Rules
from sagwan.tlog import (
    Checkpoint,
    SigningKey,
    consistency_proof,
    parse_checkpoint,
    parse_note,
    sign_note,
    tile_nodes,
)
from sagwan.verify import Status, Trust, verify
from sagwan.witness import WitnessAlarm, cosign_with
from tests.support.folder import Keys, Publisher, first_half, received, resolved
from tests.support.witnesses import honest, serving, witness_key

NOW = datetime(2016, 7, 5, tzinfo=UTC)
WITNESS = witness_key()


class Witnessed(Publisher):
    """Publishes what the witness cosigns; where it refuses, what the log alone has signed."""

    def __init__(self, root: Path, keys: Keys, url: str) -> None:
        super().__init__(root, keys)
        self.url, self.before, self.refused = url, 0, list[WitnessAlarm]()

    def cosigned(self, checkpoint: Checkpoint) -> bytes:
        note = sign_note(str(checkpoint), self.keys.log)
        self.time += self.interval

        def prove(old: int) -> list[bytes]:
            read = lambda tile: (self.root / "log" / tile.path).read_bytes()  # noqa: E731
            return list(consistency_proof(tile_nodes(checkpoint.size, read), old, checkpoint.size))

        try:
            lines = cosign_with(self.url, bytes(note), prove, self.before, 10, keys=[WITNESS.verifier])
        except WitnessAlarm as alarm:
            self.refused.append(alarm)
            return bytes(note)
        self.before = checkpoint.size
        return bytes(note.with_signatures(lines))


@pytest.fixture
def keys() -> Keys:
    return Keys(witnesses=0)


@pytest.fixture
def url(tmp_path: Path, keys: Keys) -> Iterator[str]:
    with serving(honest(tmp_path / "witness.db", keys.log.verifier)) as (url,):
        yield url


def published(root: Path, keys: Keys, url: str) -> Witnessed:
    """The first half-year, which everybody is shown."""
    publisher = Witnessed(root, keys, url)
    publisher.write(paths.DATAPACKAGE, b'{"resources": [{"path": "report/2016H1.csv"}]}')
    publisher.publish(first_half())
    return publisher


def lines(*requests: str) -> list[bytes]:
    return [make(name).line() for name in requests for make in (received, resolved)]


def trust(keys: Keys) -> Trust:
    return Trust(key=keys.vkey, policy=f"log {keys.vkey}\nwitness w {WITNESS.verifier}\nquorum w\n")


@pytest.mark.parametrize("hidden", [("left-out",), ("left-out", "and-more")])
def test_two_views_are_caught_by_witness_monitor_and_verifier(
    tmp_path: Path, keys: Keys, url: str, hidden: tuple[str, ...]
) -> None:
    court = published(tmp_path / "court", keys, url)
    citizen = copy.deepcopy(court)
    citizen.root = shutil.copytree(court.root, tmp_path / "citizen")
    court.seal(lines("shown", *hidden))
    citizen.seal(lines("shown"))
    # The witness: one view only. What it refused is evidence, signed by the log's own key.
    assert court.refused == [] and len(citizen.refused) == 1
    assert keys.origin.encode() in citizen.refused[0].request
    assert b"witness.example" not in (citizen.root / paths.CHECKPOINT).read_bytes()
    # The verifier of a reader who asks for that witness.
    assert verify(court.root, trust=trust(keys)).checks[0].status is Status.HOLDS
    assert verify(citizen.root, trust=trust(keys)).exit_code == 1
    # The monitors: each sees a sound log, until one holds its last note against the other's.
    first, second = Monitor(tmp_path / "first"), Monitor(tmp_path / "second")
    rules = Rules(Trust(key=keys.vkey), due_days=10_000)
    assert first.visit([str(court.root)], rules, NOW).exit_code == 0
    assert second.visit([str(citizen.root)], rules, NOW).exit_code == 0
    note = next((tmp_path / "first").glob("*/last.note")).read_bytes()
    told = Rules(Trust(key=keys.vkey), due_days=10_000, against=[("the court's monitor", note)])
    visit = second.visit([str(citizen.root)], told, NOW)
    assert visit.exit_code == 1
    assert {entry.name.partition(":")[0] for entry in visit.new} <= {"forked", "rewritten"}
    kept = [file.read_bytes() for file in (tmp_path / "second").glob("*/evidence/*")]
    sizes = {parse_checkpoint(parse_note(note).text).size for note in kept}
    assert note in kept and len(kept) == 2 and court.before in sizes


def test_a_key_signs_what_it_likes_and_one_note_proves_nothing(tmp_path: Path, keys: Keys, url: str) -> None:
    """A stranger's note, or one of another log, alarms nobody."""
    court = published(tmp_path / "court", keys, url)
    stranger = SigningKey(keys.origin, keys.log.type, bytes(32))
    text = str(Checkpoint(keys.origin, court.before, bytes(32)))
    rules = Rules(Trust(key=keys.vkey), due_days=10_000, against=[("x", bytes(sign_note(text, stranger)))])
    assert Monitor(tmp_path / "m").visit([str(court.root)], rules, NOW).exit_code == 0
