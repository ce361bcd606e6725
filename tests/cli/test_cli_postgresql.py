"""The same life on PostgreSQL: a home, a backup by pg_dump, a restore into another database."""

import os
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import decided, make_home, ok, received, run
from tests.support.postgres import Server

pytestmark = pytest.mark.postgresql


def test_a_home_on_postgresql_is_backed_up_and_restored(
    postgresql: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{postgresql.programs}{os.pathsep}{os.environ['PATH']}")
    url = postgresql.new_database()
    make_home(tmp_path / "home", "--database", url)
    monkeypatch.setenv("SAGWAN_HOME", str(tmp_path / "home"))
    taken = run("init", tmp_path / "second", "--synthetic", "--provider", "x", "--name-ko", "엑스",
                "--name-en", "X", "--service", "x=엑스=X", "--database", url)  # fmt: skip
    assert taken.code == 2 and "holds a home already" in taken.err and not (tmp_path / "second").exists()
    number = received()
    ok("seal", "--at", "2016-03-02T20:00:00+09:00")
    ok("backup", tmp_path / "b.tar.gz")
    decided(number)
    ok("seal", "--at", "2016-03-03T20:00:00+09:00")
    ok("fsck")

    over = run("restore", tmp_path / "b.tar.gz", tmp_path / "new")
    assert over.code == 2 and "pg_restore failed" in over.err and not (tmp_path / "new").exists()
    new = postgresql.new_database()
    ok("restore", tmp_path / "b.tar.gz", tmp_path / "new", "--database", new)
    for part in ("keys", "keeper", "log"):
        shutil.copytree(tmp_path / "home" / part, tmp_path / "new" / part)
    monkeypatch.setenv("SAGWAN_HOME", str(tmp_path / "new"))
    assert new in (tmp_path / "new" / "sagwan.toml").read_text("utf-8")
    assert run("seal").code == 1
    assert ok("recover", "--json").json["batches"] == 1
    ok("fsck")
    assert ok("show", number, "--json").json["stage"] == "resolved"
    assert ok("seal", "--at", "2016-03-04T20:00:00+09:00", "--json").json["size"] == 2


def test_a_server_that_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    url = "postgresql://sagwan@%2Fnonexistent/sagwan"
    ran = run("init", tmp_path / "home", "--synthetic", "--provider", "x", "--name-ko", "엑스",
              "--name-en", "X", "--service", "x=엑스=X", "--database", url)  # fmt: skip
    assert ran.code == 2 and "the database cannot be used" in ran.err and "Traceback" not in ran.err
    assert list(tmp_path.iterdir()) == []
