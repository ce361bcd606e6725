"""What a sound folder's verdict says, to whom, and with which exit code."""

import json
from dataclasses import replace

import pytest

from sagwan.record.errors import SagwanError
from sagwan.verify import Anchor, Memory, Status, Trust, verify
from tests.support.folder import (
    H1,
    H2,
    H3,
    Half,
    Keys,
    build,
    corrected,
    first_half,
    received,
    resolved,
    second_half,
)

from .helpers import ROW, status

HOLDS = [Status.HOLDS] * 7


@pytest.fixture
def folder(tmp_path):
    return build(tmp_path / "published", first_half(), second_half())


def test_a_sound_folder_holds(folder, trust):
    verdict = verify(folder.root, trust=trust)
    assert [check.status for check in verdict.checks] == HOLDS
    assert [check.number for check in verdict.checks] == [1, 2, 3, 4, 5, 6, 7]
    assert verdict.exit_code == 0
    assert (verdict.origin, verdict.size, verdict.anchor) == (folder.keys.origin, 16, Anchor.READER)
    assert verdict.synthetic
    assert [(p.period, p.first, p.cut, p.opened) for p in verdict.periods] == [
        ("2016H1", 0, 12, 12),
        ("2016H2", 12, 15, 3),
    ]
    counts = verdict.periods[0].rows[ROW]
    assert (counts["requested"], counts["processed"], counts["accounts-disclosed"]) == (3, 2, 3)
    assert all(check.text["en"] and check.text["ko"] and check.name["ko"] for check in verdict.checks)


def test_nobody_named_the_key(folder):
    verdict = verify(folder.root)
    assert status(verdict, 1) is Status.SELF_DECLARED
    assert "self-declared" in verdict.checks[0].text["en"]
    assert verdict.exit_code == 3


def test_no_witness_is_not_witnessed_and_undated(folder, keys):
    verdict = verify(folder.root, trust=Trust(key=keys.vkey))
    assert status(verdict, 1) is Status.NOT_WITNESSED
    assert "not witnessed" in verdict.checks[0].text["en"]
    assert status(verdict, 2) is Status.UNDATED
    assert "undated" in verdict.checks[1].text["en"]
    assert verdict.exit_code == 0


def test_witnesses_without_the_logs_key_are_still_self_declared(folder, keys):
    witnesses = "\n".join(keys.policy().split("\n")[1:])
    verdict = verify(folder.root, trust=Trust(policy=witnesses))
    assert (status(verdict, 1), status(verdict, 2)) == (Status.SELF_DECLARED, Status.HOLDS)
    assert verdict.exit_code == 3


def test_a_second_visit_needs_nobodys_word(folder, tmp_path):
    trust = Trust(memory=Memory(tmp_path / "memory"))
    assert verify(folder.root, trust=trust).exit_code == 3
    verdict = verify(folder.root, trust=trust)
    assert (verdict.exit_code, verdict.anchor) == (0, Anchor.MEMORY)
    assert "16 entries seen before" in verdict.checks[2].text["en"]
    folder.publish(Half(H3, [received("g")]))
    assert verify(folder.root, trust=trust).exit_code == 0
    assert trust.memory.recall(folder.keys.origin).size == 18


def test_a_visit_at_which_something_failed_is_not_remembered(tmp_path, trust):
    memory = Memory(tmp_path / "memory")
    publisher = build(tmp_path / "published", first_half(csv=lambda data: data + b"x"))
    assert verify(publisher.root, trust=replace(trust, memory=memory)).exit_code == 1
    assert memory.recall(publisher.keys.origin) is None


def test_a_damaged_memory_is_said_and_not_overwritten(folder, tmp_path):
    memory = Memory(tmp_path / "memory")
    verify(folder.root, trust=Trust(memory=memory))
    memory.path(folder.keys.origin).write_text("{}")
    with pytest.raises(SagwanError, match="cannot be read"):
        verify(folder.root, trust=Trust(memory=memory))


def test_memory_lies_where_xdg_says(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert Memory.default().folder == tmp_path / "sagwan" / "verify"
    monkeypatch.setenv("XDG_STATE_HOME", "relative")
    assert Memory.default().folder.is_absolute()


def test_corrections_and_late_lines_restate_earlier_half_years(tmp_path, trust):
    late = first_half(withheld={10: "lost", 11: "non-disclosure-order"})
    after = second_half(corrected("a", 2, outcome="partial", reason="scope-narrowed", accounts=1), late=[11])
    again = Half(
        H3, [corrected("a", 15, outcome="refused", reason="no-legal-obligation", data=(), accounts=0)]
    )
    publisher = build(tmp_path, late, after, again)
    verdict = verify(tmp_path, trust=trust)
    assert [check.status for check in verdict.checks] == HOLDS
    changes = [[(r.measure, r.before, r.after) for r in period.restated] for period in verdict.periods]
    assert changes[0] == []
    assert ("withdrawn", 0, 1) in changes[1] and ("complied", 1, 0) in changes[1]
    assert ("partial", 2, 1) in changes[2] and ("processed", 2, 1) in changes[2]
    assert verdict.periods[0].withheld == {"lost": 1, "non-disclosure-order": 1}
    assert verdict.periods[0].floors and not verdict.periods[1].floors
    assert "floors" in verdict.checks[5].text["en"]
    assert publisher.stated[H1] != verdict.periods[0].rows


def test_a_correction_within_the_half_year_counts_at_once(tmp_path, trust):
    lines = [
        received("a"),
        resolved("a"),
        corrected("a", 1, outcome="no-data", reason="x", data=(), accounts=0),
    ]
    build(tmp_path, Half(H1, lines))
    verdict = verify(tmp_path, trust=trust)
    assert verdict.exit_code == 0
    counts = verdict.periods[0].rows[ROW]
    assert (counts["processed"], counts["no-data"], counts["accounts-disclosed"]) == (0, 1, 0)


def test_an_empty_half_year(tmp_path, trust):
    build(tmp_path, Half(H1, []), Half(H2, []))
    verdict = verify(tmp_path, trust=trust)
    assert [check.status for check in verdict.checks] == HOLDS
    assert [(p.first, p.cut) for p in verdict.periods] == [(0, 0), (0, 1)]


def test_one_half_year_of_several(folder, trust):
    verdict = verify(folder.root, trust=trust, period="2016H1")
    assert verdict.exit_code == 0
    assert [p.period for p in verdict.periods] == ["2016H1"]


def test_the_log_grows_after_the_last_report(folder, trust):
    folder.seal([replace(received("later"), period="2017H1").line() for _ in range(300)])
    verdict = verify(folder.root, trust=trust)
    assert (verdict.exit_code, verdict.size) == (0, 316)


def test_superseded_partial_tiles_may_be_deleted(folder, trust):
    folder.seal([replace(received("later"), period="2017H1").line() for _ in range(300)])
    for partial in (folder.root / "log/tile").rglob("000.p/*"):
        if partial.parts[-3] in ("0", "entries"):
            partial.unlink()
    assert verify(folder.root, trust=trust).exit_code == 0


def test_the_verdict_for_machines(tmp_path, trust):
    build(
        tmp_path,
        first_half(withheld={10: "banded"}, csv=lambda data: data.replace(b"warrant,3", b"warrant,4")),
    )
    document = json.loads(verify(tmp_path, trust=trust).to_json())
    assert document["exit-code"] == 1
    found = document["checks"][6]["failures"][0]
    assert (found["file"], found["expected"], found["found"]) == ("report/2016H1.csv", "3", "4")
    assert document["periods"][0]["withheld"] == {"banded": 1}
    assert document["periods"][0]["rows"][0]["service"] == "daum"


@pytest.mark.parametrize(
    ("trust", "named"),
    [
        (Trust(key="nonsense"), "key that you named"),
        (Trust(policy="quorum nobody\n"), "policy that you named"),
        (Trust(policy="witness"), "policy that you named"),
    ],
)
def test_what_the_reader_brings_must_be_well_formed(folder, trust, named):
    with pytest.raises(SagwanError, match=named):
        verify(folder.root, trust=trust)


def test_where_there_is_nothing_to_verify(tmp_path, folder):
    with pytest.raises(SagwanError, match="not a folder"):
        verify(tmp_path / "nowhere")
    with pytest.raises(SagwanError, match="no report"):
        verify(tmp_path)
    with pytest.raises(SagwanError, match="no report of 2020H1"):
        verify(folder.root, period="2020H1")


def test_progress_is_told(folder, trust):
    told = []
    verify(folder.root, trust=trust, progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told) and told[-1][0] == told[-1][1] == 16 + 15


def test_many_lines_are_shared_among_processes(tmp_path, trust, monkeypatch):
    monkeypatch.setattr("sagwan.verify.parallel.PAYS_FROM", 100)
    monkeypatch.setattr("sagwan.verify.lines.PART", 5_000)
    lines = [make(f"r{n}") for n in range(200) for make in (received, resolved)]
    lines += [corrected(f"r{n}", 2 * n, accounts=7) for n in range(0, 200, 9)]
    publisher = build(tmp_path, Half(H1, lines, batches=7))
    verdict = verify(tmp_path, trust=trust)
    assert [check.status for check in verdict.checks] == HOLDS
    assert verdict.periods[0].rows == publisher.stated[H1]


def test_a_key_file_that_says_otherwise_is_only_a_hint(folder, trust):
    (folder.root / "key").write_text("# nothing\nnonsense\n")
    assert verify(folder.root, trust=trust).exit_code == 0
    verdict = verify(folder.root)
    assert verdict.exit_code == 1 and status(verdict, 1) is Status.FAILED
    assert verdict.anchor is Anchor.FOLDER
    assert Keys("thief").vkey not in verdict.key
