"""The event store: append-only in the database itself, chained, encrypted, rebuilt exactly."""

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

import tests.support.django_ready  # noqa: F401 - before the models below
from sagwan.desk.casework.actions import Step, StepFailed, execute
from sagwan.desk.casework.models import Case
from sagwan.desk.casework.rebuild import rebuild
from sagwan.desk.journal import models, queries
from sagwan.desk.journal.actions import ConcurrentChange, Recorder
from sagwan.desk.journal.locks import writing
from sagwan.desk.journal.store import JournalStore
from sagwan.desk.people.queries import UnknownPerson
from sagwan.desk.setup import Desk
from sagwan.desk.vault import documents, index
from sagwan.desk.vault.keyring import KeyRing, destroy_key
from sagwan.desk.vault.models import BlindIndex, Document, StreamKey
from sagwan.record import commands as ask
from sagwan.record.errors import InvalidValue
from sagwan.record.events import Correction, Decision, RequestReceived, ReviewStarted
from sagwan.record.lifecycle import IllegalStep
from sagwan.record.private import RecordClass
from sagwan.record.vocabulary import Outcome
from tests.support.home import CONTENT, START, check, complied, filing, live, make_home, receive, sealer


def rows() -> list[dict]:
    return list(Case.objects.order_by("number").values())


@pytest.mark.parametrize("table", [model._meta.db_table for model in models.APPEND_ONLY])
@pytest.mark.parametrize("statement", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}"])
def test_the_database_refuses_to_change_what_was_written(desk: Desk, table: str, statement: str) -> None:
    live(desk, "2016-1")
    sealer(desk).run(START + timedelta(days=200))
    JournalStore(desk).record_cosigned(2, "a note with one more line", START)
    column = {"journal_batch": "number", "journal_place": '"index"', "journal_cut": "period"}.get(table, "id")
    column = "size" if table == "journal_checkpoint" else column
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table, column))


def test_replacing_a_row_is_refused_even_without_our_pragmas(tmp_path: Path) -> None:
    desk = make_home(tmp_path / "home")
    live(desk, "2016-1")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers=OFF")
        with pytest.raises(DatabaseError, match="append-only"):
            cursor.execute("INSERT OR REPLACE INTO journal_event SELECT * FROM journal_event LIMIT 1")
    connection.close()


def test_a_life_becomes_a_case_and_a_chain(desk: Desk) -> None:
    number = live(desk, "2016-1")[0]
    case = Case.objects.get(number=number)
    assert (case.stage, case.outcome, case.accounts_asked, case.accounts_disclosed) == (
        "resolved",
        "complied",
        2,
        2,
    )
    history = queries.histories([f"request/{number}"])[f"request/{number}"]
    assert [event.seq for event in history] == list(range(1, 7))
    assert all(a.hash == b.previous for a, b in pairwise(history))
    assert check(desk) == []


def test_four_eyes_hold_at_the_door(desk: Desk) -> None:
    number = receive(desk, filing())[0].request
    decision = Decision(Outcome.COMPLIED, "", CONTENT, 2)
    execute(
        desk,
        [Step(number, ask.StartReview(), "park", START), Step(number, ask.Propose(decision), "park", START)],
    )
    with pytest.raises(IllegalStep, match="park proposed this and cannot approve it"):
        execute(desk, [Step(number, ask.Approve(), "park", START)])
    execute(desk, [Step(number, ask.Approve(), "lee", START)])
    assert Case.objects.get(number=number).stage == "approved"


@pytest.mark.parametrize(
    ("who", "message"), [("nobody", "there is no person 'nobody'"), ("lee", "lee may not Receive")]
)
def test_only_known_people_with_the_role_act(desk: Desk, who: str, message: str) -> None:
    with pytest.raises(UnknownPerson, match=message):
        execute(desk, [Step("", ask.Receive(filing(), ""), who, START)])
    assert not models.Event.objects.filter(stream__startswith="request/").exists()


def test_one_bad_step_of_many_leaves_nothing(desk: Desk) -> None:
    before = models.Event.objects.count()
    steps = [
        Step("", ask.Receive(filing(), ""), "kim", START),
        Step("0" * 16, ask.StartReview(), "kim", START),
    ]
    with pytest.raises(
        StepFailed, match=r"step 2 of 2 \(StartReview 0000000000000000\): there is no request"
    ):
        execute(desk, steps)
    assert (models.Event.objects.count(), models.Line.objects.count(), Case.objects.count()) == (before, 0, 0)


def test_the_laws_closed_lists_hold(desk: Desk) -> None:
    number = receive(desk, filing())[0].request
    execute(desk, [Step(number, ask.StartReview(), "kim", START)])
    invented = Decision(Outcome.REFUSED, "we-did-not-like-it")
    with pytest.raises(Exception, match="document-defective"):
        execute(desk, [Step(number, ask.Propose(invented), "kim", START)])


def test_a_request_is_judged_under_the_law_of_its_day(desk: Desk) -> None:
    with pytest.raises(Exception, match="2026-06-30"):
        receive(desk, filing(instrument="preservation-request"))


def test_time_does_not_run_backwards(desk: Desk) -> None:
    number = receive(desk, filing())[0].request
    with pytest.raises(InvalidValue, match="before the request's last event"):
        execute(desk, [Step(number, ask.StartReview(), "kim", START - timedelta(seconds=1))])


def test_two_people_at_once_on_one_request(desk: Desk) -> None:
    number = receive(desk, filing())[0].request
    stream = f"request/{number}"
    with writing():
        late = Recorder(desk)
        late.load([stream])
        late.append(stream, ReviewStarted(by="kim"), actor="kim", at=START)
    execute(desk, [Step(number, ask.StartReview(), "kim", START)])
    with pytest.raises(ConcurrentChange), writing():
        late.flush()
    assert models.Event.objects.filter(stream=stream).count() == 2


def test_private_parts_are_not_readable_at_rest(desk: Desk) -> None:
    secret = filing("사건-비밀-77", text="은밀한 메모")
    number = receive(desk, secret)[0].request
    stored = queries.histories([f"request/{number}"])[f"request/{number}"][0]
    everything = (
        repr(stored) + repr(list(BlindIndex.objects.values())) + repr(list(models.Line.objects.values()))
    )
    for private in ("사건-비밀-77", "가상서울경찰서", "홍길동", "은밀한"):
        assert private not in everything
        assert private.encode() not in (stored.ledger or b"") + (stored.matter or b"")
    if connection.vendor == "sqlite":
        connection.close()
        data = b"".join(file.read_bytes() for file in desk.home.path.glob("sagwan.db*"))
        assert "사건-비밀-77".encode() not in data
    keys = KeyRing(desk.master)
    keys.load([stored.stream])
    event = queries.read(stored, keys)
    assert isinstance(event, RequestReceived)
    assert event.ledger is not None
    assert event.ledger.case_number == "사건-비밀-77"


def test_the_blind_index_finds_by_any_private_field(desk: Desk) -> None:
    first, second = receive(desk, filing("2016-1"), filing("2016-2"))
    find = lambda field, value: index.find(desk.master, field, value)  # noqa: E731
    assert find("case-number", " 2016-2 ") == [f"request/{second.request}"]
    assert find("target", "2016-1-0") == [f"request/{first.request}"]
    assert find("authority", "가상서울경찰서") == sorted(f"request/{d.request}" for d in (first, second))
    assert find("authority", "2016-1") == []


def test_rebuild_recreates_the_projections_exactly(desk: Desk) -> None:
    live(desk, "2016-1", "2016-2")
    receive(desk, filing("2016-3"))
    cases = rows()
    found = sorted((bytes(r.digest), r.stream, r.record_class) for r in BlindIndex.objects.all())
    assert rebuild(desk) == 3
    assert rows() == cases
    assert sorted((bytes(r.digest), r.stream, r.record_class) for r in BlindIndex.objects.all()) == found


def test_a_destroyed_key_leaves_chain_counts_and_seals(desk: Desk) -> None:
    number, other = live(desk, "2016-1", "2016-2")
    sealer(desk).run(START + timedelta(days=1))
    cases = rows()
    stream = f"request/{number}"
    assert destroy_key(stream=stream, record_class=RecordClass.MATTER, at=START)
    assert not destroy_key(stream=stream, record_class=RecordClass.MATTER, at=START)
    rebuild(desk)
    assert rows() == cases
    told = {problem.where for problem in check(desk)}  # no event tells of it; the keeper has the key
    assert told == {f"key {stream} matter", "keeper's batch 1"}
    assert index.find(desk.master, "target", "2016-1-0") == []
    assert index.find(desk.master, "target", "2016-2-0") == [f"request/{other}"]
    assert index.find(desk.master, "case-number", "2016-1") == [stream]
    key = StreamKey.objects.get(stream=stream, record_class=RecordClass.MATTER)
    assert key.wrapped is None


def test_a_correction_waits_until_its_line_is_in_the_log(desk: Desk) -> None:
    number = live(desk, "2016-1")[0]
    later = START + timedelta(hours=3)
    better = Correction(1, Outcome.COMPLIED, "", CONTENT, 1)
    execute(desk, [Step(number, ask.Propose(better), "kim", later)])
    with pytest.raises(IllegalStep, match="not in the log yet"):
        execute(desk, [Step(number, ask.Approve(), "lee", later)])
    sealer(desk).run(later)
    execute(desk, [Step(number, ask.Approve(), "lee", later)])
    assert Case.objects.get(number=number).accounts_disclosed == 1


@pytest.mark.parametrize(
    ("table", "change", "where"),
    [
        (
            "journal_event",
            "UPDATE {} SET actor = 'lee' WHERE type = 'ReviewStarted'",
            "its bytes hash to",
        ),
        ("journal_event", "DELETE FROM {} WHERE type = 'ReviewStarted'", "an event is missing"),
        (
            "journal_event",
            "UPDATE {} SET matter = ledger WHERE type = 'RequestReceived'",
            "cannot decrypt",
        ),
        ("journal_line", "UPDATE {} SET period = '2017H1' WHERE number = 0", "names 2016H1"),
        ("journal_place", 'UPDATE {} SET "index" = 7 WHERE "index" = 1', "was expected"),
        ("journal_batch", "UPDATE {} SET first = 1", "begins at 1"),
    ],
)
def test_fsck_finds_what_was_changed_past_the_triggers(
    desk: Desk, table: str, change: str, where: str
) -> None:
    live(desk, "2016-1")
    sealer(desk).run(START + timedelta(days=1))
    assert check(desk) == []
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for verb in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER {table}_no_{verb}")
        else:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_append_only")
        cursor.execute(change.format(table))
    assert any(where in str(problem) for problem in check(desk))


def test_fsck_finds_a_flipped_byte_anywhere_in_the_log(desk: Desk) -> None:
    live(desk, "2016-1", "2016-2")
    sealer(desk).run(START + timedelta(days=1))
    for file in sorted(path for path in desk.home.log_path.rglob("*") if path.is_file()):
        good = file.read_bytes()
        for place in {0, len(good) // 2, len(good) - 1}:
            file.write_bytes(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :])
            assert check(desk), f"{file} byte {place}"
        file.write_bytes(good)
    assert check(desk) == []


def test_a_request_of_several_disclosures_counts_once(desk: Desk) -> None:
    one = filing("2016-9", accounts=3)
    number = receive(desk, one)[0].request
    steps = complied(number, one.targets, START)
    staged = [
        *steps[:3],
        Step(number, ask.Disclose(CONTENT, 1, one.targets[:1]), "kim", START),
        Step(number, ask.Disclose(CONTENT, 2, one.targets[1:]), "kim", START),
        steps[4],
    ]
    execute(desk, staged)
    assert Case.objects.get(number=number).accounts_disclosed == 3


def test_documents_are_kept_encrypted_and_go_with_their_key(desk: Desk) -> None:
    scan = b"%PDF-1.4 a warrant, as it was scanned"
    described = documents.described("영장.pdf", scan)
    command = ask.Receive(filing("2016-7", documents=(described,)), "")
    number = execute(desk, [Step("", command, "kim", START, contents=(scan,))])[0].request
    stream = f"request/{number}"
    keys = KeyRing(desk.master)
    keys.load([stream])
    assert documents.read(keys, stream, described.digest) == scan
    assert scan not in bytes(Document.objects.get(stream=stream).sealed)
    assert check(desk) == []
    destroy_key(stream=stream, record_class=RecordClass.MATTER, at=START)
    assert not Document.objects.filter(stream=stream).exists()
    assert [problem.where for problem in check(desk)] == [f"key {stream} matter"]  # no event tells of it


def test_a_document_that_is_not_the_one_named_is_refused(desk: Desk) -> None:
    command = ask.Receive(filing(documents=(documents.described("a.pdf", b"one"),)), "")
    with pytest.raises(InvalidValue, match=r"a\.pdf has the SHA-256"):
        execute(desk, [Step("", command, "kim", START, contents=(b"another",))])
    with pytest.raises(InvalidValue, match="1 documents are named, 0 files are there"):
        execute(desk, [Step("", command, "kim", START)])
    assert Case.objects.count() == 0


def test_fsck_finds_a_changed_document(desk: Desk) -> None:
    command = ask.Receive(filing(documents=(documents.described("a.pdf", b"one"),)), "")
    execute(desk, [Step("", command, "kim", START, contents=(b"one",))])
    row = Document.objects.get()
    row.sealed = bytes(row.sealed)[:-1] + b"\0"
    row.save()
    assert any("cannot decrypt" in str(problem) for problem in check(desk))
