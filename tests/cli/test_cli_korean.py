"""Errors of commands in Korean: as `--lang ko` asks, or SAGWAN_LANG where a command has no such option."""

import errno
import os
import socket
import sys
from pathlib import Path

import pytest
import typer

from sagwan.cli.errors import report
from sagwan.pages import refusals
from tests.cli.conftest import received, run

NO_OPTION: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "witness": (
        ("witness", "init", "{folder}/new", "--name", "https://w.example/"),
        ("'https://w.example/'은(는) 주소입니다", "이름은 앞의 https://와 끝의 /를 뺀 것입니다"),
    ),
    "witness's folder": (
        ("witness", "list", "--folder", "{folder}"),
        ("증인의 폴더가 아닙니다", "만드십시오: sagwan witness init FOLDER"),
    ),
    "publish": (("publish", "2016H1", "{folder}", "--home", "{folder}/none"), ("Sagwan 홈이 없습니다",)),
    "upload": (
        ("upload", "{folder}", "{folder}/store"),
        ("객체 저장소가 아닙니다", "예: s3://bucket/folder"),
    ),
    "init": (("init", "{folder}/table.csv"), ("빈 폴더가 아닙니다", "비어 있거나 아직 없는 폴더")),
    "demo": (("demo", "--no-serve", "--folder", "{folder}"), ("sagwan demo가 만든 폴더가 아닙니다",)),
}
WITH_OPTION: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "compare": (("compare", "1999H2"), ("1999H2에 관한 주장이 없습니다", "반기는 2016H1, 연도는 2016처럼")),
    "a wrong word": (("compare", "2016H1", "--only", "odd"), ("'odd'는 수치의 상태가 아닙니다",)),
    "two forms": (("compare", "2016H1", "--csv", "--json"), ("함께 쓸 수 없는 옵션입니다: --csv, --json",)),
    "a table": (
        ("compare", "2016H1", "--claims", "{folder}/table.csv"),
        ("table.csv, 첫째 줄: 주장 표의 머리글이 아닙니다: 없는 열: provider", "알 수 없는 열: a, b"),
    ),
    "a PDF": (
        ("claims", "import", "{folder}/a.pdf", "--yes"),
        ("읽을 수 없는 PDF입니다", "표를 CSV로 준비하십시오"),
    ),
    "brief": (("brief", "1999H1"), ("1999H1의 수치를 주는 주장이 없습니다", "가장 가까운 반기: 2009H1")),
    "figure": (("figure", "abc"), ("'abc'는 수치의 키가 아닙니다", "sagwan claims list figures가 모두")),
}
MISUSED: dict[str, tuple[str, str]] = {
    "verfy": ("'verfy'(이)라는 명령은 없습니다. 'verify'를 찾으십니까?", "sagwan -h"),
    "frobnicate": ("'frobnicate'(이)라는 명령은 없습니다", "sagwan -h"),
    "--odd": ("--odd(이)라는 옵션은 없습니다", "sagwan -h"),
    "verify --engin x": (
        "--engin(이)라는 옵션은 없습니다 (비슷한 옵션: --engine, --lang)",
        "sagwan verify -h",
    ),
    "verify a b": ("쓰이지 않는 인자가 더 있습니다 (b)", "sagwan verify -h"),
    "verify --json=3": ("옵션 '--json'에는 값을 줄 수 없습니다", ""),
    "verify --key": ("옵션 '--key'에는 값이 있어야 합니다", ""),
    "verify --max-withheld odd x": ("'--max-withheld'의 값이 틀렸습니다: 수여야 합니다", "sagwan verify -h"),
    "verify --max-withheld 3 x": (
        "'--max-withheld'의 값이 틀렸습니다: 1 이하여야 합니다",
        "sagwan verify -h",
    ),
    "demo --port 0": ("'--port'의 값이 틀렸습니다: 1 이상이어야 합니다", "sagwan demo -h"),
    "demo --port 1.5": ("'--port'의 값이 틀렸습니다: 정수여야 합니다", "sagwan demo -h"),
    "witness add": ("인자 'LOG-VKEY'가 없습니다", "sagwan witness add -h"),
    "figure": ("인자 'KEY'가 없습니다", "sagwan figure -h"),
}
"""What Typer refuses, and the command whose help tells more."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that is nothing of Sagwan's, with files that are no tables of claims."""
    (tmp_path / "table.csv").write_text("a,b\n1,2\n")
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4\n")
    return tmp_path


def filled(words: tuple[str, ...], folder: Path) -> list[str]:
    return [word.format(folder=folder) for word in words]


@pytest.mark.parametrize(("words", "parts"), (NO_OPTION | WITH_OPTION).values(), ids=NO_OPTION | WITH_OPTION)
def test_the_environment_decides(words, parts, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAGWAN_LANG", "ko")
    ran = run(*filled(words, folder))
    assert ran.code and all(part in ran.err for part in parts), ran.err


@pytest.mark.parametrize(("words", "parts"), WITH_OPTION.values(), ids=WITH_OPTION)
def test_the_option_decides_over_the_environment(
    words, parts, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAGWAN_LANG", "en")
    line = [*filled(words, folder), "--lang", "ko"]
    monkeypatch.setattr(sys, "argv", ["sagwan", *line])  # where it is read from if options are wrong
    ran = run(*line)
    assert ran.code and all(part in ran.err for part in parts), ran.err


def test_a_step_of_the_desk_that_is_refused(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    number = received()
    monkeypatch.setenv("SAGWAN_LANG", "ko")
    alone = run("publish", "2016H1", home / "out", "--by", "kim")
    assert (
        alone.code == 2 and "--approved-by가 없습니다" in alone.err and "공개는 두 사람이 합니다" in alone.err
    )
    other = run("publish", "2016H1", home / "out", "--by", "choi", "--approved-by", "lee")
    assert other.code == 1 and "할 수 없습니다: 보고서 공개" in other.err
    answer = run("finding", number, "some-finding", "perhaps", "--by", "kim")
    assert "답이 아닙니다" in answer.err


@pytest.mark.parametrize("words", MISUSED)
def test_wrong_options_are_told_as_every_other_error_is(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line, and where the help is; without options where some must be, the help itself."""
    text, helps = MISUSED[words]
    english = run(*words.split())
    monkeypatch.setenv("SAGWAN_LANG", "ko")
    korean = run(*words.split())
    assert english.code == korean.code == 2
    assert korean.err == f"sagwan: error: {text}\n" + (f"  hint: 쓰는 법은 {helps}\n" if helps else "")
    assert english.err.startswith("sagwan: error: ")
    assert english.err.endswith(f"\n  hint: {helps} tells how it is used\n") or not helps


def test_without_a_command_the_help_is_shown() -> None:
    for words, says in (((), "Receive, seal, publish"), (("witness",), "A witness of logs")):
        ran = run(*words)
        assert ran.code == 2 and says in ran.err and "sagwan: error" not in ran.err


def test_what_nobody_confirms_is_told(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    """Ctrl-D where a question is asked."""
    monkeypatch.setenv("SAGWAN_LANG", "ko")
    assert report(typer.Abort()) == 1
    assert capsys.readouterr().err == "sagwan: error: 멈췄습니다. 확인된 것이 없습니다\n"


SYSTEM = """ENOENT EACCES EEXIST EISDIR ENOTDIR ENOSPC EDQUOT EFBIG EIO EROFS ELOOP EMFILE ENAMETOOLONG
EADDRINUSE ECONNREFUSED ECONNRESET ETIMEDOUT ENETUNREACH EHOSTUNREACH"""


@pytest.mark.parametrize("name", SYSTEM.split())
def test_what_the_system_says_is_korean(name: str, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    said = os.strerror(getattr(errno, name))
    monkeypatch.setenv("SAGWAN_LANG", "ko")
    assert report(OSError(getattr(errno, name), said, "a.db")) == 2
    told = capsys.readouterr().err
    assert told.startswith("sagwan: error: a.db: ") and said not in told, told
    number = getattr(errno, name)
    other = refusals.told(f"/x/a.db cannot be read: {OSError(number, said, '/x/b')}", "ko")
    assert said not in other and f"'/x/b': {refusals.told(said, 'ko')} (errno {number})" in other, other


def test_a_port_that_is_taken_is_told_in_korean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAGWAN_LANG", "ko")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ran = run("demo", "--port", port, "--folder", tmp_path / "demo")
    assert ran.code == 2 and "쓸 수 없습니다: 이미 쓰이고 있는 주소입니다" in ran.err, ran.err


def test_a_host_that_is_not_there_is_told_in_korean(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    monkeypatch.setenv("SAGWAN_LANG", "ko")
    ran = run("verify", f"http://127.0.0.1:{port}/")
    assert ran.code == 2 and "연결이 거부되었습니다" in ran.err, ran.err
    assert refusals.known("Name or service not known") and refusals.known("timed out")
