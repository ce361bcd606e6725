"""The sealer's conversation with its witnesses, over real HTTP: slow, lying, flaky, vanished, alarmed."""

import shutil
import socketserver
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from sagwan.cli.wiring import cosigners
from sagwan.desk.journal import models, queries
from sagwan.desk.journal.store import JournalStore
from sagwan.desk.setup import Desk
from sagwan.seal.alarms import Alarms
from sagwan.seal.cosigning import Patience
from sagwan.seal.errors import Ahead, AnotherHistory
from sagwan.seal.sealer import Sealer
from sagwan.tlog import Checkpoint, VerifierKey, parse_checkpoint, parse_note, root_of, sign_note, verify_note
from sagwan.witness.core import encode_request
from tests.publish.test_publish import AUGUST, H1, JULY, published
from tests.support.home import START, check, keeper, live, log, log_key, make_home
from tests.support.witnesses import (
    SIZE,
    TEXT,
    Answer,
    Odd,
    cosignature,
    honest,
    note_in,
    serving,
    witness_key,
)

DAY = timedelta(days=1)
SOON = Patience(tries=2, pause=0.01, within=20)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """What is kept of a conversation is one table; test_journal holds it on PostgreSQL too."""
    return make_home(tmp_path / "home", batch_floor=1)


def sealer(desk: Desk, witnesses: dict[str, str], patience: Patience = SOON, timeout: float = 10) -> Sealer:
    """A sealer that asks these witnesses, name by address."""
    vkeys = {url: str(witness_key(name).verifier) for url, name in witnesses.items()}
    home = replace(desk.home, witnesses=vkeys)
    return Sealer(
        store=JournalStore(desk),
        keeper=keeper(desk),
        log=log(desk),
        key=log_key(desk),
        cosigners=cosigners(home, log(desk), timeout),
        alarms=Alarms(desk.home.alarms_path),
        patience=patience,
    )


def signers(note: bytes | str | None) -> set[str]:
    """Which of the witnesses cosigned a note; every line of theirs is verified."""
    assert note is not None
    parsed = parse_note(note.encode() if isinstance(note, str) else note)
    keys = [witness_key(name).verifier for name in ("one", "two", "three")]
    own = {line.name for line in parsed.signatures} & {key.name for key in keys}
    if own:
        verify_note(parsed, keys)
    return {name.removeprefix("witness.example/") for name in own}


def public(desk: Desk) -> set[str]:
    return signers(log(desk).checkpoint())


def size_of(note: bytes | None) -> int:
    return parse_checkpoint(parse_note(note or b"").text).size


@pytest.fixture
def memory(tmp_path: Path) -> Callable[[str], Path]:
    return lambda name: tmp_path / f"{name}.db"


def test_all_witnesses_are_asked_at_once(desk: Desk) -> None:
    live(desk, "2016-1")
    together = threading.Barrier(3, timeout=60)  # each answers only once all three were asked

    def answering(name: str) -> Callable[[bytes], Answer]:
        def answer(body: bytes) -> Answer:
            together.wait()
            return 200, TEXT, cosignature(parse_note(note_in(body)), name)

        return answer

    names = ("one", "two", "three")
    with serving(*(Odd(answering(name)) for name in names)) as urls:
        done = sealer(desk, dict(zip(urls, names, strict=True)), Patience(1, 0, 120), 120).run(START + DAY)
    assert done.unwitnessed == []
    assert public(desk) == set(names)


def test_one_that_never_answers_delays_nobody_elses_cosignature(desk: Desk, memory) -> None:
    live(desk, "2016-1")
    over = threading.Event()

    def never(body: bytes) -> Answer:
        over.wait(60)
        return 500, TEXT, b""

    with serving(honest(memory("one"), log_key(desk).verifier), Odd(never)) as (good, slow):
        done = sealer(desk, {good: "one", slow: "two"}, Patience(3, 0.01, 1)).run(START + DAY)
        over.set()
    assert (done.entries, public(desk)) == (2, {"one"})
    assert [lack.startswith(f"{slow}: no answer within 1 seconds") for lack in done.unwitnessed] == [True]


class Dripping(socketserver.ThreadingTCPServer):
    """Sends one byte of an endless answer now and then."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Drip)
        self.over = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Drip(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        try:
            self.request.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            while not self.server.over.wait(0.02):  # type: ignore[attr-defined]
                self.request.sendall(b"x")
        except OSError:
            return


def test_one_that_drips_is_hung_up_on(desk: Desk) -> None:
    live(desk, "2016-1")
    server = Dripping()
    with serving(server) as (url,):
        done = sealer(desk, {url: "one"}, Patience(1, 0, 60), 0.5).run(START + DAY)
        server.over.set()
    assert done.entries == 2
    assert "the whole answer was not there within 0.5 seconds" in done.unwitnessed[0]


LIES: dict[str, tuple[Callable[[bytes], Answer], str]] = {
    "another's signature": (
        lambda body: (200, TEXT, cosignature(parse_note(note_in(body)), "two")),
        "no cosignature of its key",
    ),
    "a signature of another text": (
        lambda body: (200, TEXT, cosignature(parse_note(note_in(body).replace(b"/kakao", b"/cocoa")), "one")),
        "no cosignature of its key",
    ),
    "garbage": (lambda body: (200, TEXT, b"\xff\x00 garbage"), "no cosignature of its key"),
    "nothing": (lambda body: (200, TEXT, b""), "no cosignature of its key"),
    "a huge body": (lambda body: (200, TEXT, b"x" * 5_000_000), "answered more than"),
    "a size that is none": (lambda body: (409, SIZE, b"-1\n"), "named no size to prove from"),
    "another wrong size each time": (
        lambda body: (409, SIZE, b"0\n" if body.startswith(b"old 1\n") else b"1\n"),
        "cosigned size",
    ),
    "a redirect": (lambda body: (302, TEXT, b""), "answered 302"),
    "unknown": (lambda body: (404, TEXT, b"unknown origin\n"), "answered 404"),
    "busy": (lambda body: (429, TEXT, b"later\n"), "answered 429"),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_is_said_to_be_missing_and_does_not_stop_the_log(desk: Desk, memory, lie: str) -> None:
    answer, said = LIES[lie]
    live(desk, "2016-1")
    with serving(Odd(answer), honest(memory("three"), log_key(desk).verifier, "three")) as (bad, good):
        done = sealer(desk, {bad: "one", good: "three"}).run(START + DAY)
    assert (done.entries, public(desk)) == (2, {"three"})
    (lack,) = done.unwitnessed
    assert lack.startswith(f"{bad}: ") and said in lack
    assert check(desk) == []


def test_one_that_is_busy_is_asked_again_in_the_same_run(desk: Desk) -> None:
    live(desk, "2016-1")
    answers = iter([(503, TEXT, b"busy\n")])

    def flaky(body: bytes) -> Answer:
        return next(answers, (200, TEXT, cosignature(parse_note(note_in(body)))))

    server = Odd(flaky)
    with serving(server) as (url,):
        done = sealer(desk, {url: "one"}).run(START + DAY)
    assert (len(server.asked), done.unwitnessed, public(desk)) == (2, [], {"one"})


def test_one_that_refuses_is_not_pressed(desk: Desk) -> None:
    live(desk, "2016-1")
    server = Odd(lambda body: (403, TEXT, b"no\n"))
    with serving(server) as (url,):
        sealer(desk, {url: "one"}).run(START + DAY)
    assert len(server.asked) == 1


def vanish_and_return(desk: Desk, memory) -> tuple[str, int, list[int]]:
    """A witness sees size 2, is away for two batches, and is there again; its address and the sizes."""
    server = honest(memory("one"), log_key(desk).verifier)
    port = server.server_address[1]
    live(desk, "2016-1")
    with serving(server) as (url,):
        assert sealer(desk, {url: "one"}).run(START + DAY).unwitnessed == []
    sizes = []
    for number in (2, 3):
        live(desk, f"2016-{number}", at=START + number * DAY)
        done = sealer(desk, {url: "one"}).run(START + (number + 1) * DAY)
        assert len(done.unwitnessed) == 1 and "did not answer" in done.unwitnessed[0]
        assert public(desk) == set()
        sizes.append(done.size)
    return url, port, sizes


def test_one_that_comes_back_is_asked_for_all_that_it_missed(desk: Desk, memory) -> None:
    url, port, sizes = vanish_and_return(desk, memory)
    before = size_of(log(desk).checkpoint())
    with serving(honest(memory("one"), log_key(desk).verifier, port=port)):
        done = sealer(desk, {url: "one"}).run(START + 5 * DAY)
        again = sealer(desk, {url: "one"}).run(START + 5 * DAY + timedelta(hours=1))
    assert (done.late, done.unwitnessed, again.late) == (2, [], 0)
    assert size_of(log(desk).checkpoint()) >= before
    for size in sizes:
        kept = keeper(desk).checkpoint(size)
        assert signers(kept) == {"one"}
        assert queries.checkpoint_note(size) == (kept or b"").decode()
    assert public(desk) == {"one"}
    assert check(desk) == []


def test_what_is_cosigned_late_changes_no_published_file(desk: Desk, memory, tmp_path: Path) -> None:
    live(desk, "2016-1")
    server = honest(memory("one"), log_key(desk).verifier)
    url, port = server.url, server.server_address[1]
    server.server_close()
    sealer(desk, {url: "one"}).run(START + DAY)
    sealer(desk, {url: "one"}).run(JULY)
    published(desk, H1, tmp_path / "out", AUGUST)
    shown = {f: f.read_bytes() for f in (tmp_path / "out/report").rglob("*") if f.is_file()}
    assert all(signers(data) == set() for f, data in shown.items() if "checkpoint" in str(f))
    with serving(honest(memory("one"), log_key(desk).verifier, port=port)):
        late = sealer(desk, {url: "one"}).run(AUGUST + DAY).late
    assert late >= 2  # all of them, the half-year's too
    assert models.CosignedLate.objects.filter(checkpoint__period="2016H1").exists()
    published(desk, H1, tmp_path / "out", AUGUST + 2 * DAY)  # the log's checkpoint is the only one to change
    published(desk, H1, tmp_path / "anew", AUGUST + 2 * DAY)
    assert {f: f.read_bytes() for f in shown} == shown
    anew = {tmp_path / "out" / f.relative_to(tmp_path / "anew"): f.read_bytes()
            for f in (tmp_path / "anew/report").rglob("*") if f.is_file()}  # fmt: skip
    assert anew == shown
    assert signers((tmp_path / "out/log/checkpoint").read_bytes()) == {"one"}


def post(url: str, body: bytes) -> int:
    import urllib.request  # noqa: PLC0415 - only here

    with urllib.request.urlopen(f"{url}/add-checkpoint", body) as answer:  # noqa: S310 - our own server
        return answer.status


def test_an_alarm_keeps_what_came_and_lets_nothing_be_signed(desk: Desk, memory) -> None:
    live(desk, "2016-1")
    alarmed = Odd(lambda body: (422, TEXT, b"the proof does not verify\n"))
    with serving(honest(memory("two"), log_key(desk).verifier, "two"), alarmed) as (two, one):
        both = {one: "one", two: "two"}
        with pytest.raises(AnotherHistory, match="does not see its history continued") as caught:
            sealer(desk, both).run(START + DAY)
        (file,) = Alarms(desk.home.alarms_path).standing()
        assert str(file) in caught.value.hint
        evidence = file.read_bytes()
        head = keeper(desk).head()
        assert head is not None and head in evidence
        assert log(desk).checkpoint() is None  # nothing was published
        assert signers(keeper(desk).checkpoint(2)) == {"two"}  # what came is kept

        live(desk, "2016-2", at=START + DAY)
        with pytest.raises(AnotherHistory, match="an alarm stands") as caught:
            sealer(desk, both).run(START + 2 * DAY)
        assert str(file) in caught.value.message
        assert keeper(desk).head() == head and models.Batch.objects.count() == 1  # nothing more was signed

        file.rename(desk.home.path / "explained.txt")
        with pytest.raises(AnotherHistory):  # it is still there
            sealer(desk, both).run(START + 3 * DAY)
        for left in Alarms(desk.home.alarms_path).standing():
            left.unlink()
        assert sealer(desk, {two: "two"}).run(START + 3 * DAY).size == 4
    assert public(desk) == {"two"}
    assert check(desk) == []


def test_a_witness_that_shows_our_own_other_checkpoint_stops_the_run_before_anything(
    desk: Desk, memory
) -> None:
    live(desk, "2016-1")
    sealer(desk, {}).run(START + DAY)
    other = sign_note(str(Checkpoint(desk.home.origin, 2, root_of([bytes(32), bytes(32)]))), log_key(desk))
    with serving(honest(memory("one"), log_key(desk).verifier)) as (url,):
        assert post(url, encode_request(bytes(other), 0, [])) == 200
        live(desk, "2016-2", at=START + DAY)
        with pytest.raises(AnotherHistory, match="a root that our log never had"):
            sealer(desk, {url: "one"}).run(START + 2 * DAY)
    assert models.Batch.objects.count() == 1
    (file,) = Alarms(desk.home.alarms_path).standing()
    assert other.text.encode() in file.read_bytes() and (log(desk).checkpoint() or b"-") in file.read_bytes()


@pytest.mark.parametrize(
    "answer",
    [(409, SIZE, b"99\n"), (409, TEXT, b"conflict\n"), (422, TEXT, b"proof\n")],
    ids=["ahead", "409", "422"],
)
def test_a_witness_that_says_it_saw_another_history_is_an_alarm(desk: Desk, answer: Answer) -> None:
    live(desk, "2016-1")
    with serving(Odd(lambda body: answer)) as (url,), pytest.raises(AnotherHistory):
        sealer(desk, {url: "one"}).run(START + DAY)
    (file,) = Alarms(desk.home.alarms_path).standing()
    assert answer[2] in file.read_bytes()
    assert log(desk).checkpoint() is None


def test_an_old_database_before_a_witness_is_told_to_recover(desk: Desk, memory, tmp_path: Path) -> None:
    key: VerifierKey = log_key(desk).verifier
    with serving(honest(memory("one"), key)) as (url,):
        notes = [sign_note(str(Checkpoint(key.name, 3, root_of([bytes(32)] * 3))), log_key(desk))]
        assert post(url, encode_request(bytes(notes[0]), 0, [])) == 200
        with pytest.raises(Ahead, match="has tree size 3, the database 0"):
            sealer(desk, {url: "one"}).run(START + DAY)
    assert keeper(desk).head() is None
    shutil.rmtree(desk.home.keeper_path, ignore_errors=True)
