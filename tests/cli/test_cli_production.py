"""Handing data over by command: put in, checked, released by another, carried out, ended."""

import json
from pathlib import Path

import pyrage

from tests.cli.conftest import ok, received, run
from tests.desk.vault.make import unpacked
from tests.support.home import PAPER

AT = ("--at", "2016-03-03T10:00:00+09:00")
CHAT = (
    "who,at,said\n가상계정-1,2016-01-02T10:00:00+09:00,안녕 minsu77\nminsu77,2016-01-02T10:01:00+09:00,응\n"
)
PERIOD = ("--first", "2016-01-01", "--last", "2016-01-31")


def approved() -> str:
    paper = [word for slug, value in PAPER.items() for word in ("--paper", f"{slug}={value}")]
    number = received(*paper)
    ok("review", number, "--by", "kim", *AT)
    decision = ("--outcome", "complied", "--data", "access,content", "--accounts", 2)
    ok("propose", number, *decision, "--by", "kim", *AT)
    ok("approve", number, "--by", "lee", *AT)
    return number


def test_from_files_to_a_disc(home: Path, tmp_path: Path) -> None:
    number = approved()
    (tmp_path / "log.zip").write_bytes(b"log")
    (tmp_path / "chat.csv").write_text(CHAT, "utf-8")
    scope = {
        "targets": [{"kind": "account", "value": "가상계정-1"}],
        "data": "content",
        "first": "2016-01-01",
        "last": "2016-01-31",
        "columns": {"sender": "who", "time": "at", "text": ["said"]},
    }
    (tmp_path / "scope.json").write_text(json.dumps(scope), "utf-8")
    two = ("--target", "account:가상계정-2")
    stray = run("production", "add", number, "log.zip", "--target", "account:other", "--data", "access",
                *PERIOD, "--by", "kim", *AT)  # fmt: skip
    assert stray.code == 1 and "account other" in stray.err
    late = run("production", "add", number, "log.zip", *two, "--data", "access", "--first", "2016-01-01",
               "--last", "2016-02-29", "--by", "kim", *AT)  # fmt: skip
    assert late.code == 1 and "2016-02-29" in late.err
    told = ok("production", "add", number, "log.zip", *two, "--data", "access", *PERIOD, "--by", "kim", *AT)
    assert "declared by kim" in told.out
    told = ok("production", "add", number, "chat.csv", "--scope", "scope.json", "--by", "kim", *AT)
    assert "2 rows checked, 1 others blinded" in told.out
    assert run("production", "remove", number, "nothing.zip", "--by", "kim", *AT).code == 2

    found = ok("production", "check", number, "--by", "lee", "--json", *AT).json
    assert (len(found["files"]), found["problems"], found["without"]) == (2, [], [])
    assert run("production", "check", number, "--by", "hong", *AT).code == 1
    assert run("production", "release", number, "--passphrase", "--by", "kim", *AT).code == 1
    assert run("production", "release", number, "--by", "lee", *AT).code == 2
    out = ok("production", "release", number, "--passphrase", "--days", 7, "--by", "lee", "--json", *AT).json
    (row,) = ok("production", "list", number, "--json", *AT).json
    assert (row["manifest"], row["open"], row["fetched"]) == (out["manifest"], True, 0)

    ok("production", "fetch", number, 1, "disc.age", "--by", "kim", *AT)
    assert run("production", "fetch", number, 1, "disc.age", "--by", "kim", *AT).code == 2
    files = unpacked(pyrage.passphrase.decrypt((tmp_path / "disc.age").read_bytes(), out["passphrase"]))
    assert files["files/log.zip"] == b"log"
    assert b"minsu77" not in files["files/chat.csv"]

    ok("backup", tmp_path / "b.tar.gz", "--with-keys")
    ok("fsck")
    ok("production", "end", number, 1, "--by", "kim", *AT)
    assert run("production", "fetch", number, 1, "again.age", "--by", "kim", *AT).code == 1
    assert "ended" in ok("production", "list", number, *AT).out
    ok("fsck")

    ok("restore", tmp_path / "b.tar.gz", tmp_path / "other")
    (blob,) = (tmp_path / "other" / "productions").glob("*.age")
    assert blob.read_bytes() == (tmp_path / "disc.age").read_bytes()


def test_a_connector_by_command(home: Path, tmp_path: Path) -> None:
    number = approved()
    place = tmp_path / "out" / number / "access" / "account=가상계정-1"
    place.mkdir(parents=True)
    (place / "a.zip").write_bytes(b"a")
    (place / "a.zip.scope.json").write_text('{"first": "2016-01-01", "last": "2016-01-31"}')
    path = f"path={tmp_path / 'out'}"
    told = ok("production", "add", number, "--connector", "folder", "--set", path, "--by", "kim", *AT)
    assert told.out.startswith("a.zip is put in")
    assert run("production", "add", number, "--connector", "nothing", "--by", "kim", *AT).code == 2
    assert run("production", "add", number, "--by", "kim", *AT).code == 2
    ok("production", "remove", number, "a.zip", "--by", "kim", *AT)
    shown = run("production", "check", number, "--by", "kim", *AT)
    assert shown.code == 1 and "no file was put in" in shown.out
