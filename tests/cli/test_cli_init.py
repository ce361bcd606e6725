"""A home is made whole or not at all, and its keys are told once."""

import stat
from pathlib import Path

import pytest

from sagwan.desk.home import load_home
from tests.cli.conftest import make_home, ok, run

WORDS = ("--provider", "raven", "--name-ko", "까마귀", "--name-en", "Raven", "--service", "talk=톡=Talk",
         "--origin", "transparency.example/raven")  # fmt: skip


def test_the_home_and_its_keys(tmp_path: Path) -> None:
    path, sheet = tmp_path / "raven", tmp_path / "sheet.txt"
    ran = ok("init", path, *WORDS, "--person", "kim=Kim=counsel", "--sheet", sheet)
    text = sheet.read_text("utf-8")
    master = (path / "keys" / "master.key").read_text().strip()
    assert master in text and master not in ran.out
    assert "transparency.example/raven+" in text and "transparency.example/raven/receipts+" in text
    (private,) = (line.strip() for line in text.splitlines() if "PRIVATE" in line)
    assert private.startswith("PRIVATE+KEY+transparency.example/raven/recovery+")
    assert not any(private in file.read_text() for file in (path / "keys").iterdir())
    assert (path / "keys" / "recovery.vkey").read_text().strip() in text
    for file in (sheet, *(path / "keys").iterdir()):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
    assert stat.S_IMODE(path.stat().st_mode) == 0o700
    assert "take two people" in ran.out
    home = load_home(path)
    assert home.services == {"talk": {"ko": "톡", "en": "Talk"}} and not home.synthetic
    ok("fsck", "--home", path)
    printed = ok("init", tmp_path / "other", *WORDS).out
    assert "sagwan-master-key/1 " in printed and master not in printed


def test_an_empty_folder_is_taken_and_another_is_not(tmp_path: Path) -> None:
    path = tmp_path / "raven"
    path.mkdir()
    ok("init", path, *WORDS)
    config = (path / "sagwan.toml").read_bytes()
    again = run("init", path, *WORDS)
    assert again.code == 2 and "not an empty folder" in again.err
    assert (path / "sagwan.toml").read_bytes() == config
    file = tmp_path / "file"
    file.touch()
    assert run("init", file, *WORDS).code == 2
    assert run("init", tmp_path / "no" / "where", *WORDS).code == 2


WRONG = {
    "no provider": (WORDS[2:], 2, "--provider is missing"),
    "no origin": (WORDS[:-2], 2, "--origin is missing"),
    "bad provider": (("--provider", "Raven!", *WORDS[2:]), 2, "not a slug"),
    "bad origin": ((*WORDS[:-1], "https://raven.example/"), 2, "origin"),
    "bad zone": ((*WORDS, "--time-zone", "Mars/Olympus"), 2, "Mars/Olympus"),
    "bad service": ((*WORDS, "--service", "chat"), 2, "SLUG=KO=EN"),
    "service twice": ((*WORDS, "--service", "talk=톡=Talk"), 2, "given twice"),
    "line feed in a name": ((*WORDS, "--name-en", "Ra\nven"), 2, "one line"),
    "bad person": ((*WORDS, "--person", "kim"), 2, "NAME=FULL NAME=ROLES"),
    "bad role": ((*WORDS, "--person", "kim=Kim=king"), 1, "not a role"),
    "person twice": ((*WORDS, "--person", "kim=Kim=counsel", "--person", "kim=Kim=counsel"), 1, "already"),
    "bad database": ((*WORDS, "--database", "mysql://x/y"), 2, "not understood"),
    "interval too long": ((*WORDS, "--interval", "999"), 2, "from 1 to 168"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_home_that_fails_leaves_nothing_behind(tmp_path: Path, name: str) -> None:
    words, code, says = WRONG[name]
    ran = run("init", tmp_path / "raven", *words, "--sheet", tmp_path / "sheet.txt")
    assert ran.code == code and says in ran.err, ran.err
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_init_leaves_nothing_behind(
    pristine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ok("list", "--home", pristine)  # the desk's modules need an open home

    def stop(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sagwan.desk.people.actions.add_person", stop)
    ran = run("init", tmp_path / "raven", *WORDS, "--person", "kim=Kim=counsel", "--sheet", tmp_path / "s")
    assert ran.code == 130
    assert list(tmp_path.iterdir()) == []


def test_a_keeper_that_holds_something_is_refused(tmp_path: Path) -> None:
    keeper = tmp_path / "keeper"
    keeper.mkdir()
    (keeper / "old").touch()
    ran = run("init", tmp_path / "raven", *WORDS, "--keeper", keeper)
    assert ran.code == 2 and "not empty" in ran.err and not (tmp_path / "raven").exists()


def test_names_with_quotes_survive_the_config(tmp_path: Path) -> None:
    make_home(tmp_path / "home", "--name-en", 'Ka"k\\ao', "--service", "x=케이=Q")
    assert load_home(tmp_path / "home").names["en"] == 'Ka"k\\ao'


def test_what_is_missing_is_asked_for_in_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["raven", "까마귀", "Raven", "talk=톡=Talk; web=웹=Web", "kim=Kim=counsel", ""])
    asked: list[str] = []

    def prompt(text: str, **_: object) -> str:
        asked.append(text)
        return next(answers)

    monkeypatch.setattr("sagwan.cli.init.sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sagwan.cli.init.typer.prompt", prompt)
    ok("init", tmp_path / "raven", "--synthetic")
    assert len(asked) == 6
    home = load_home(tmp_path / "raven")
    assert list(home.services) == ["talk", "web"] and home.origin == "demo.invalid/raven"
    people = ok("person", "list", "--home", tmp_path / "raven", "--json").json
    assert [person["name"] for person in people] == ["kim"]
