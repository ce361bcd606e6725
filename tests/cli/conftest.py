"""Homes for the command line's tests: one is made, and each test has a copy of its own."""

import io
import json
import shutil
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from sagwan.cli.main import program
from sagwan.desk.setup import close_desk


@dataclass(frozen=True)
class Ran:
    """What a command left: its exit code, and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def run(*words: object) -> Ran:
    """Run `sagwan` in this process, as its entry point does."""
    out, err = io.StringIO(), io.StringIO()
    code = 0
    with redirect_stdout(out), redirect_stderr(err):
        try:
            program().main(args=[str(word) for word in words], prog_name="sagwan")
        except SystemExit as leaving:
            code = leaving.code if isinstance(leaving.code, int) else int(bool(leaving.code))
    return Ran(code, out.getvalue(), err.getvalue())


def ok(*words: object) -> Ran:
    """Run a command that must succeed."""
    ran = run(*words)
    assert ran.code == 0, f"sagwan {' '.join(map(str, words))}: {ran.code}\n{ran.out}{ran.err}"
    return ran


PEOPLE = (
    "kim=김 상담=intake,counsel",
    "lee=이 승인=approver",
    "choi=최 접수=intake",
    "hong=홍 관리=administrator",
    "nam=남 감사=auditor",
)


def make_home(path: Path, *more: str) -> None:
    people = [word for person in PEOPLE for word in ("--person", person)]
    ok(
        "init", path, "--synthetic", "--provider", "kakao", "--name-ko", "카카오", "--name-en", "Kakao",
        "--service", "kakao=카카오톡=KakaoTalk", "--service", "daum=다음=Daum", *people, *more,
    )  # fmt: skip


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pristine") / "home"
    make_home(path)
    close_desk()
    return path


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("SAGWAN_HOME", "SAGWAN_PERSON", "SAGWAN_LANG", "SAGWAN_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)
    yield
    close_desk()


@pytest.fixture
def home(pristine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "home"
    shutil.copytree(pristine, path)
    monkeypatch.setenv("SAGWAN_HOME", str(path))
    return path


SPRING = "2016-03-02T10:00:00+09:00"


def received(*more: object, by: str = "kim", at: str = SPRING, case: str = "가상-1") -> str:
    """Receive a warrant for two accounts; return its number."""
    return ok(
        "receive", "--service", "kakao", "--instrument", "search-and-seizure-warrant",
        "--data", "access,content", "--authority", "가상경찰서", "--case", case, "--official", "경위 가상",
        "--target", "account:가상계정-1", "--target", "account:가상계정-2",
        "--by", by, "--at", at, "--json", *more,
    ).json["number"]  # fmt: skip


ANSWERED = ("--finding", "item-missing=dismissed", "--note", "가상 문서라 갖추지 않음")
"""The paper of `received` names none of what a warrant must; someone answers for that."""


def decided(
    number: str, outcome: str = "complied", *more: object, at: str = "2016-03-03T10:00:00+09:00"
) -> None:
    answered = ANSWERED if outcome in ("complied", "partial") else ()
    ok(
        "decide", number, "--by", "kim", "--approved-by", "lee", "--outcome", outcome, "--at", at, *answered,
        *more,
    )  # fmt: skip
