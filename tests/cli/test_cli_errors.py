"""Bad input of every kind: one line that says what is wrong, an exit code, and never a traceback."""

import errno
from pathlib import Path

import pytest

from sagwan.cli import errors
from sagwan.tlog.errors import TlogError
from tests.cli.conftest import SPRING, decided, received, run

ABSENT = "0123456789abcdef"
_RECEIVE = ("receive", "--service", "kakao", "--instrument", "search-and-seizure-warrant", "--data", "access",
            "--authority", "가상", "--case", "1", "--at", SPRING)  # fmt: skip

CASES: dict[str, tuple[tuple[object, ...], int, str]] = {
    "no such command": (("reciev",), 2, "Did you mean 'receive'"),
    "no number": (("show", "xyz"), 2, "16 hex digits"),
    "unknown number": (("show", ABSENT), 1, "there is no request"),
    "unknown number for a step": (("review", ABSENT, "--by", "kim"), 1, "there is no request"),
    "unknown person": ((*_RECEIVE, "--by", "nobody"), 1, "there is no person 'nobody'"),
    "person without the role": ((*_RECEIVE, "--by", "hong"), 1, "takes the role intake or counsel"),
    "nobody acts": (_RECEIVE, 2, "--by"),
    "unknown service": ((*_RECEIVE, "--by", "kim", "--service", "line"), 2, "not a service"),
    "unknown instrument": ((*_RECEIVE, "--by", "kim", "--instrument", "letter"), 2, "not an instrument"),
    "instrument of another day": (
        (*_RECEIVE, "--by", "kim", "--instrument", "preservation-request"), 1, "is not law on 2016-03-02",
    ),
    "unknown data": ((*_RECEIVE, "--by", "kim", "--data", "acess"), 2, "one of access, content"),
    "bad target": ((*_RECEIVE, "--by", "kim", "--target", "abc"), 2, "KIND:VALUE"),
    "bad target kind": ((*_RECEIVE, "--by", "kim", "--target", "shoe:abc"), 2, "not a kind of target"),
    "control character": ((*_RECEIVE, "--by", "kim", "--target", "account:a\x07b"), 2, "character"),
    "target twice": (
        (*_RECEIVE, "--by", "kim", "--target", "account:a", "--target", "account:a"), 2, "named twice",
    ),
    "paper without value": ((*_RECEIVE, "--by", "kim", "--paper", "issuer"), 2, "NAME=VALUE"),
    "paper twice": ((*_RECEIVE, "--by", "kim", "--paper", "a=1", "--paper", "a=2"), 2, "given twice"),
    "negative accounts": ((*_RECEIVE, "--by", "kim", "--accounts", "-1"), 2, "--accounts"),
    "huge accounts": ((*_RECEIVE, "--by", "kim", "--accounts", str(10**15)), 2, "at most"),
    "lonely surrogate": ((*_RECEIVE, "--by", "kim", "--text", "\udcff"), 2, "control character"),
    "missing service": (("receive", "--by", "kim"), 2, "--service is missing"),
    "bad instant": ((*_RECEIVE[:-1], "yesterday", "--by", "kim"), 2, "not an instant"),
    "instant without zone": ((*_RECEIVE[:-1], "2016-03-02", "--by", "kim"), 2, "no time zone"),
    "law of no land": ((*_RECEIVE, "--by", "kim", "--jurisdiction", "FR"), 2, "no law pack for FR"),
    "targets from nowhere": ((*_RECEIVE, "--by", "kim", "--targets-file", "none.txt"), 2, "is not there"),
    "unknown stage": (("list", "--stage", "lost"), 2, "stages: received"),
    "unknown field": (("find", "--field", "name", "--value", "x", "--by", "kim"), 2, "fields: authority"),
    "bad period": (("publish", "2016", "out", "--preview"), 2, "not a half-year"),
    "not closed": (("publish", "2016H1", "out", "--preview"), 1, "not closed yet"),
    "one publishes alone": (
        ("publish", "2016H1", "out", "--by", "kim", "--approved-by", "kim"), 1, "second person",
    ),
    "nobody approves publishing": (
        ("publish", "2016H1", "out", "--by", "kim"), 2, "--approved-by is missing",
    ),
    "counsel approves publishing": (
        ("publish", "2016H1", "out", "--by", "lee", "--approved-by", "kim"), 1, "takes the role approver",
    ),
    "bad record class": (
        ("destroy-key", ABSENT, "--class", "all", "--by", "kim", "--approved-by", "lee"), 2, "ledger, matter",
    ),
    "no outcome": (("propose", ABSENT, "--by", "kim"), 2, "--outcome is missing"),
    "bad outcome": (("propose", ABSENT, "--outcome", "done", "--by", "kim"), 2, "one of complied"),
    "targets without follow-up": (
        ("propose", ABSENT, "--outcome", "refused", "--target", "account:a", "--by", "kim"), 2, "follow-up",
    ),
    "follow-up with outcome": (
        ("propose", ABSENT, "--follow-up", "--outcome", "refused", "--by", "kim"), 2, "no outcome",
    ),
    "private without a name": (("show", ABSENT, "--private"), 1, "there is no request"),
    "receipt of nothing": (("receipt", ABSENT, "--by", "kim"), 1, "there is no request"),
    "verify nothing": (("verify", "nowhere"), 2, "not a folder"),
    "verify an empty folder": (("verify", "."), 2, "no report"),
    "verify with no key": (("verify", ".", "--key", "nokey"), 2, "nokey is not there"),
    "compare no period": (("compare", "1887H1"), 2, "no claim is about"),
    "compare both": (("compare", "2016H1", "--json", "--csv"), 2, "exclude each other"),
    "restore nothing": (("restore", "none.tar.gz", "new"), 2, "cannot be read"),
    "no witness": (("witness", "list", "--folder", "nowhere"), 2, "no witness's folder"),
    "port out of range": (("serve", "--port", "70000"), 2, "--port"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_bad_input_gets_one_clear_line(home: Path, name: str) -> None:
    words, code, says = CASES[name]
    ran = run(*words)
    assert (ran.code, says in ran.err) == (code, True), f"{ran.code}: {ran.err}"
    assert "Traceback" not in ran.err + ran.out
    assert ran.err.count("sagwan: error:") <= 1


def test_steps_that_the_stage_or_the_people_do_not_allow(home: Path) -> None:
    number = received()
    early = run("propose", number, "--outcome", "complied", "--data", "access", "--by", "kim")
    assert early.code == 1 and "possible now: StartReview" in early.err
    same = run("decide", number, "--by", "kim", "--approved-by", "kim", "--outcome", "complied")
    assert same.code == 1 and "four eyes" in same.err
    swapped = run("decide", number, "--by", "lee", "--approved-by", "kim", "--outcome", "complied")
    assert swapped.code == 1 and "it takes the role counsel" in swapped.err
    reason = run("decide", number, "--by", "kim", "--approved-by", "lee", "--outcome", "refused",
                 "--reason", "bad-mood", "--at", "2016-03-03T10:00:00+09:00")  # fmt: skip
    assert reason.code == 1 and "document-defective" in reason.err
    assert [e["type"] for e in run("show", number, "--json").json["events"]] == ["RequestReceived"]
    before = run("review", number, "--by", "kim", "--at", "2016-03-01T10:00:00+09:00")
    assert before.code == 2 and "before the request's last event" in before.err


def test_the_second_half_of_a_decision_needs_another_person(home: Path) -> None:
    number = received()
    run("person", "add", "both", "둘 다", "--roles", "counsel,approver", "--by", "hong")
    for words in (
        ("review",),
        ("finding", "item-missing", "dismissed", "--note", "가상"),
        ("propose", "--outcome", "complied", "--data", "access", "--accounts", "1"),
    ):
        assert run(words[0], number, *words[1:], "--by", "both").code == 0
    refused = run("approve", number, "--by", "both")
    assert refused.code == 1 and "four eyes" in refused.err


def test_at_is_for_synthetic_homes_only(home: Path) -> None:
    config = home / "sagwan.toml"
    config.write_text(config.read_text("utf-8").replace("synthetic = true", "synthetic = false"), "utf-8")
    ran = run(*_RECEIVE, "--by", "kim")
    assert ran.code == 2 and "only for synthetic homes" in ran.err


def test_homes_that_cannot_be_used(home: Path, tmp_path: Path) -> None:
    missing = run("list", "--home", tmp_path / "nowhere")
    assert missing.code == 2 and "there is no Sagwan home" in missing.err
    key = home / "keys" / "master.key"
    text = key.read_text()
    received()
    key.write_text("sagwan-master-key/1 " + "A" * 43 + "=\n")
    ran = run("fsck")
    assert ran.code == 1 and "the master key is another one" in ran.out
    for damage, says in (
        ("sagwan-master-key/1 AAAA\n", "not 32"),
        ("sagwan-master-key/1 !\n", "not base64"),
        ("hello\n", "not a master key"),
    ):
        key.write_text(damage)
        ran = run("fsck")
        assert ran.code == 2 and says in ran.err
    key.unlink()
    assert run("list").code == 2
    key.write_text(text)
    assert run("list").code == 0
    (home / "keys" / "log.key").unlink()
    ran = run("seal", "--at", SPRING)
    assert ran.code == 2 and "log.key" in ran.err


def test_a_key_of_another_log_is_refused(home: Path) -> None:
    keys = home / "keys"
    (keys / "log.key").write_text((keys / "receipts.key").read_text())
    ran = run("seal", "--at", SPRING)
    assert ran.code == 2 and "not of demo.invalid/kakao" in ran.err


def test_a_missing_or_damaged_database_is_no_new_one(home: Path) -> None:
    (home / "sagwan.db").write_bytes(b"no database at all" * 100)
    ran = run("list")
    assert ran.code == 2 and "the database cannot be used" in ran.err and "Traceback" not in ran.err
    (home / "sagwan.db").unlink()
    ran = run("list")
    assert ran.code == 2 and "is missing" in ran.err
    assert not (home / "sagwan.db").exists()


def test_a_config_that_cannot_be_used_names_the_key(home: Path) -> None:
    config = home / "sagwan.toml"
    text = config.read_text("utf-8")
    for old, new, says in (
        ('time_zone = "Asia/Seoul"', 'time_zone = "Asia/Nowhere"', "time_zone"),
        ("batch_floor = 0", "batch_flor = 0", "batch_flor"),
        ("batch_interval_hours = 24", "batch_interval_hours = 0", "batch_interval_hours"),
        ("synthetic = true", 'synthetic = "yes"', "synthetic"),
        ("synthetic = true", "synthetic =", "cannot be read"),
    ):
        assert old in text
        config.write_text(text.replace(old, new), "utf-8")
        ran = run("list")
        assert ran.code == 2 and says in ran.err, ran.err


def test_only_a_resolved_request_loses_its_key(home: Path) -> None:
    number = received()
    words = ("destroy-key", number, "--class", "matter", "--yes")
    assert "still needed" in run(*words, "--by", "kim", "--approved-by", "lee").err
    decided(number, "refused", "--reason", "document-defective")
    assert run(*words, "--by", "kim", "--approved-by", "kim").code == 1
    assert run(*words, "--by", "lee", "--approved-by", "lee").code == 1
    assert run(*words, "--by", "choi", "--approved-by", "lee").code == 1
    asked = run(*words[:-1], "--by", "kim", "--approved-by", "lee")
    assert asked.code == 2 and "--yes" in asked.err


def test_what_nobody_foresaw_is_told_as_such(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    assert errors.report(ZeroDivisionError("by nought")) == 70
    said = capsys.readouterr().err
    assert "a mistake in Sagwan itself: ZeroDivisionError: by nought" in said and "Traceback" not in said
    monkeypatch.setenv("SAGWAN_DEBUG", "1")
    errors.report(ZeroDivisionError("by nought"))
    assert "ZeroDivisionError" in capsys.readouterr().err
    assert errors.report(FileNotFoundError(2, "No such file or directory", "a.txt")) == 2
    assert "a.txt: No such file" in capsys.readouterr().err


class _DatabaseError(Exception):
    __module__ = "django.db.utils"


@pytest.mark.parametrize(
    ("error", "code", "says"),
    [
        (TlogError("note: no blank line divides text from signatures"), 2,
         ("본문과 서명을 나누는 빈 줄이 없습니다", "파일이 손상되었거나")),
        (_DatabaseError("no such table: cases"), 2, ("데이터베이스를 쓸 수 없습니다", "sagwan upgrade를")),
        (_DatabaseError("disk I/O error"), 2, ("데이터베이스를 쓸 수 없습니다", "디스크를 고친 다음")),
        (OSError(errno.ENOSPC, "No space left on device", "a.db"), 2, ("a.db: ", "디스크를 고친 다음")),
        (RuntimeError("odd"), 70, ("사관 자체의 잘못입니다: RuntimeError: odd", "SAGWAN_DEBUG=1을 주면")),
    ],
)  # fmt: skip
def test_every_error_is_korean_to_who_asks_in_korean(
    error: Exception,
    code: int,
    says: tuple[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.argv", ["sagwan", "verify", "--lang", "ko"])
    monkeypatch.delenv("SAGWAN_DEBUG", raising=False)
    assert errors.report(error) == code
    said = capsys.readouterr().err
    assert all(one in said for one in says), said
