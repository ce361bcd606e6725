"""Code refuses what lies outside, row by row; what goes out is what was read."""

import io
import json
from pathlib import Path

import pytest

from sagwan.desk.vault.productions.declare import Columns, Declared
from sagwan.desk.vault.productions.errors import OutsideScope
from sagwan.desk.vault.productions.scope import Scope
from sagwan.desk.vault.productions.screening import Screened, read_moment, screen
from sagwan.desk.vault.rows import UnreadableRows
from sagwan.record.errors import InvalidValue
from sagwan.record.request import Target
from sagwan.record.vocabulary import DataCategory
from tests.desk.vault.make import CHAT, FIRST, LAST, MESSAGES, ONE, ROWS, TWO, opaque
from tests.support.home import SEOUL

SCOPE = Scope("0" * 16, {DataCategory.CONTENT: frozenset({ONE, TWO})}, (FIRST, LAST), SEOUL)
NO_PERIOD = Scope("0" * 16, {DataCategory.CONTENT: frozenset({ONE})}, None, SEOUL)


def screened(tmp_path: Path, declared: Declared, data: str, scope: Scope = SCOPE) -> tuple[Screened, str]:
    source, result = tmp_path / "source", tmp_path / "result"
    source.write_bytes(data.encode())
    result.unlink(missing_ok=True)
    return screen(scope, declared, source, result, lambda: b"k" * 32), result.read_text("utf-8")


def refused(tmp_path: Path, declared: Declared, data: str, scope: Scope = SCOPE) -> OutsideScope:
    with pytest.raises(OutsideScope) as caught:
        screened(tmp_path, declared, data, scope)
    return caught.value


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"data": DataCategory.ACCESS}, "access data (approved: content)"),
        ({"last": LAST.replace(month=2, day=1)}, "2016-01-01 to 2016-02-01"),
        ({"first": None, "last": None}, "no period is declared"),
    ],
)
def test_what_is_declared_outside_is_refused(tmp_path: Path, changes: dict, what: str) -> None:
    assert what in refused(tmp_path, opaque(**changes), "x").message


def test_a_target_that_was_not_granted_is_named(tmp_path: Path) -> None:
    error = refused(tmp_path, opaque("a.zip", ONE, Target("account", "stranger")), "x")
    assert error.outside == ("account stranger",)


def test_rows_are_checked_one_by_one_and_written_anew(tmp_path: Path) -> None:
    rows = 'account,at,text\n2016-1-0,2016-01-31T23:59:59,"a\nb"\n2016-1-0,1451574000,c\n'
    found, text = screened(tmp_path, opaque("talk.csv", columns=ROWS), rows)
    assert found == Screened(rows=2)
    assert text == rows


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("stranger,2016-01-02,x", "line 3: account is 'stranger'"),
        ("2016-1-1,2016-01-02,granted but not declared", "line 3: account is '2016-1-1'"),
        ("2016-1-0,2016-01-31T15:00:00+00:00,midnight in Seoul", "line 3: at is 2016-01-31T15"),
        ("2016-1-0,2015-12-31,x", "line 3: at is 2015-12-31"),
        ("2016-1-0,yesterday,x", "line 3: at is 'yesterday', no instant"),
        ("2016-1-0,,x", "line 3: at is '', no instant"),
    ],
)
def test_a_row_outside_refuses_the_file(tmp_path: Path, row: str, what: str) -> None:
    rows = f"account,at,text\n2016-1-0,2016-01-02,x\n{row}\n"
    assert what in refused(tmp_path, opaque("talk.csv", columns=ROWS), rows).message


def test_many_rows_outside_are_counted_and_the_first_listed(tmp_path: Path) -> None:
    rows = "account,at\n" + "x,2016-01-02\n" * 30
    error = refused(tmp_path, opaque("talk.csv", columns=ROWS), rows)
    assert (len(error.outside), error.more) == (20, 10)


def test_rows_without_a_time_column_cannot_be_checked(tmp_path: Path) -> None:
    declared = opaque("talk.csv", columns=Columns(target="account"))
    assert "cannot be checked" in refused(tmp_path, declared, "account\n2016-1-0\n").message
    found, _ = screened(tmp_path, declared, "account\n2016-1-0\n", NO_PERIOD)
    assert found.rows == 1


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("a.csv", "account,account\n", "name each column"),
        ("a.csv", "account,at\n2016-1-0\n", "line 2 has 1 fields"),
        ("a.csv", 'account,at\n"2016-1-0"x,1\n', "line 2"),
        ("a.jsonl", '{"account": "2016-1-0", "account": "other"}\n', "named twice"),
        ("a.jsonl", "[" * 100_000, "no JSON"),
        ("a.jsonl", "1\n", "no JSON object"),
        ("a.txt", "account\n", "no table"),
    ],
)
def test_a_table_that_readers_could_take_differently_is_refused(
    tmp_path: Path, name: str, data: str, what: str
) -> None:
    with pytest.raises(UnreadableRows, match=what):
        screened(tmp_path, opaque(name, columns=ROWS), data)


def test_a_conversation_names_targets_only(tmp_path: Path) -> None:
    found, text = screened(tmp_path, opaque("talk.csv", columns=CHAT), MESSAGES)
    assert found == Screened(rows=3, blinded=2)
    for name in ("minsu77", "MINSU77", "민수", "younghee", "영희"):
        assert name not in text
    lines = text.splitlines()
    assert lines[1].startswith("2016-1-0,철수,")
    minsu = lines[2].split(",")[0]
    assert minsu in lines[1] and minsu in lines[3] and f"({minsu})" in lines[2]
    assert "@철수 응" in lines[2]


def test_a_conversation_in_json_is_blinded_too(tmp_path: Path) -> None:
    rows = [
        {"sender": "2016-1-0", "at": "2016-01-02", "text": "hi \u0041", "mentions": ["minsu77", 7712345]},
        {"sender": 7712345, "at": "2016-01-02", "text": "민수"},
        {"sender": "minsu77", "nick": "민수", "at": "2016-01-02", "text": "", "phone": "010"},
    ]
    columns = Columns(
        sender="sender", nick="nick", time="at", text=("text",), keep=("mentions",), drop=("phone",)
    )
    data = "".join(json.dumps(row) + "\n" for row in rows)
    found, text = screened(tmp_path, opaque("talk.jsonl", columns=columns), data)
    assert found.blinded == 2
    for name in ("minsu77", "민수", "7712345", "010"):
        assert name not in text
    assert [json.loads(line)["at"] for line in io.StringIO(text)] == ["2016-01-02"] * 3


def test_a_column_that_nobody_spoke_of_is_not_let_out(tmp_path: Path) -> None:
    rows = "sender,nick,at,text,phone\n2016-1-0,철수,2016-01-02,hi,010\n"
    assert (
        "column phone is neither kept nor dropped"
        in refused(tmp_path, opaque("talk.csv", columns=CHAT), rows).message
    )


def test_members_who_never_wrote_are_blinded_by_their_ids(tmp_path: Path) -> None:
    columns = Columns(sender="sender", time="at", text=("text",), members=("silent-one",))
    rows = "sender,at,text\n2016-1-0,2016-01-02,silent-one came in\n"
    _, text = screened(tmp_path, opaque("talk.csv", columns=columns), rows)
    assert "silent-one" not in text


def test_instants() -> None:
    assert str(read_moment("1451574000")) == "2015-12-31 15:00:00+00:00"
    assert read_moment("1451574000000") == read_moment(1451574000)
    assert read_moment("2016-01-01T00:00:00").tzinfo is None
    assert read_moment("99999") is None
    assert read_moment(None) is None


@pytest.mark.parametrize(
    "name", ["../a", "a/b", "a\\b", ".hidden", "-rf", "a\nb", " a", "con|", "", "\u1100\u1161.txt"]
)
def test_names_that_could_do_harm_are_refused(name: str) -> None:
    with pytest.raises(InvalidValue):
        opaque(name)
