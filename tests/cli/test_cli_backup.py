"""Backup, restore, recover: the log goes on, nothing comes back that was destroyed, nothing forks."""

import io
import shutil
import tarfile
from pathlib import Path

import pytest

from tests.cli.conftest import decided, make_home, ok, received, run
from tests.cli.test_cli_publish import log_key, publish

SPRING_4 = "2016-03-04T20:00:00+09:00"


def names(archive: Path) -> set[str]:
    with tarfile.open(archive) as tar:
        return set(tar.getnames())


def move_survivors(old: Path, new: Path) -> None:
    for part in ("keys", "keeper", "log"):
        if not (new / part).exists():
            shutil.copytree(old / part, new / part)


def test_a_backup_holds_no_name_and_no_key(home: Path, tmp_path: Path) -> None:
    received()
    archive = tmp_path / "b.tar.gz"
    ok("backup", archive)
    held = names(archive)
    assert {"SHA256SUMS", "sagwan.toml", "sagwan.db"} <= held
    assert not any(name.startswith("keys") for name in held) and any(n.startswith("packs/") for n in held)
    with tarfile.open(archive) as tar:
        everything = b"".join(tar.extractfile(member).read() for member in tar.getmembers())  # type: ignore[union-attr]
    assert "가상경찰서".encode() not in everything and "가상계정".encode() not in everything
    assert archive.stat().st_mode & 0o077 == 0
    keyed = tmp_path / "k.tar.gz"
    ok("backup", keyed, "--with-keys")
    assert {"keys/master.key", "keys/log.key", "keys/receipts.key"} <= names(keyed)
    assert run("backup", keyed).code == 2
    assert not [p for p in tmp_path.iterdir() if p.name.endswith(".part")]


def test_a_restored_home_is_the_same_and_works_on(home: Path, tmp_path: Path) -> None:
    number = received()
    ok("seal", "--at", "2016-03-03T20:00:00+09:00")
    archive, new = tmp_path / "b.tar.gz", tmp_path / "new"
    ok("backup", archive, "--with-keys")
    before = ok("list", "--json").out
    ok("restore", archive, new)
    assert ok("list", "--home", new, "--json").out == before
    shutil.copytree(home / "keeper", new / "keeper")
    shutil.copytree(home / "log", new / "log")
    ok("recover", "--home", new)
    ok("fsck", "--home", new)
    decided(number, "complied", "--home", new)


def test_an_old_backup_is_brought_up_to_the_keeper_and_the_log_extends(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = received(case="가상-1")
    ok("seal", "--at", "2016-03-02T20:00:00+09:00")
    archive, new, out = tmp_path / "b.tar.gz", tmp_path / "new", tmp_path / "out"
    ok("backup", archive)
    decided(first)
    second = received(case="가상-2", at="2016-03-03T11:00:00+09:00")
    assert ok("seal", "--at", "2016-03-03T20:00:00+09:00", "--json").json["size"] == 3
    checkpoint = (home / "log" / "checkpoint").read_text()
    new.mkdir()
    move_survivors(home, new)
    ok("restore", archive, new)
    monkeypatch.setenv("SAGWAN_HOME", str(new))
    refused = run("seal", "--at", SPRING_4)
    assert refused.code == 1 and "sagwan recover" in refused.err
    assert run("review", first, "--by", "kim").code == 1
    # Even without the marker of the restore, the sealer itself sees that it is behind.
    (new / "restored-from-backup").unlink()
    ahead = run("seal", "--at", SPRING_4)
    assert ahead.code == 1 and "sagwan recover" in ahead.err and "keeper" in ahead.err
    recovered = ok("recover", "--at", SPRING_4, "--json").json
    assert recovered["batches"] == 1 and recovered["lost"] == 0 and recovered["conflicts"] == []
    assert ok("recover", "--at", SPRING_4, "--json").json["batches"] == 0
    ok("fsck")
    assert ok("show", first, "--json").json["stage"] == "resolved"
    found = ok("find", "--field", "case-number", "--value", "가상-2", "--by", "kim", "--json").json
    assert [row["number"] for row in found] == [second]
    assert (new / "log" / "checkpoint").read_text() == checkpoint
    decided(second, "refused", "--reason", "document-defective", at="2016-03-04T12:00:00+09:00")
    assert ok("seal", "--at", SPRING_4, "--json").json["size"] == 4
    ok("fsck")
    ok("seal", "--at", "2016-07-02T01:00:00+09:00")
    assert publish(out).code == 0
    assert run("verify", out, "--key", log_key(out), "--no-memory").code == 0


def test_what_only_the_log_knows_is_withheld_as_lost(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    received(case="가상-1")
    ok("seal", "--at", "2016-03-02T20:00:00+09:00")
    archive, new, out = tmp_path / "b.tar.gz", tmp_path / "new", tmp_path / "out"
    ok("backup", archive, "--with-keys")
    received(case="가상-2", at="2016-03-03T11:00:00+09:00")
    ok("seal", "--at", "2016-03-03T20:00:00+09:00")
    ok("restore", archive, new)
    monkeypatch.setenv("SAGWAN_HOME", str(new))
    no_keeper = run("recover")
    assert no_keeper.code == 1 and "--keeper-lost" in no_keeper.err
    no_log = run("recover", "--keeper-lost")
    assert no_log.code == 1 and "--log-lost" in no_log.err
    shutil.copytree(home / "log", new / "log", dirs_exist_ok=True)
    assert ok("recover", "--keeper-lost", "--at", SPRING_4, "--json").json["lost"] == 1
    ok("seal", "--at", "2016-07-02T01:00:00+09:00")
    ran = publish(out)
    assert ran.code == 0, ran.err
    verdict = run("verify", out, "--key", log_key(out), "--no-memory", "--json").json
    assert verdict["periods"][0]["withheld"]["lost"] == 1 and verdict["exit-code"] == 0


def test_a_restore_never_overwrites(home: Path, tmp_path: Path) -> None:
    archive = tmp_path / "b.tar.gz"
    ok("backup", archive, "--with-keys")
    over = run("restore", archive, home)
    assert over.code == 2 and "is not empty" in over.err
    new = tmp_path / "new"
    (new / "keys").mkdir(parents=True)
    (new / "keys" / "log.key").write_text("mine")
    clash = run("restore", archive, new)
    assert clash.code == 2 and "already holds keys/log.key" in clash.err
    assert [p.name for p in new.iterdir()] == ["keys"] and (new / "keys" / "log.key").read_text() == "mine"
    assert run("restore", archive, tmp_path / "no" / "where").code == 2


def rewritten(archive: Path, target: Path, changes: dict[str, bytes | None]) -> Path:
    """A copy of an archive with members replaced, added, or (None) left out."""
    with tarfile.open(archive) as tar:
        held = {m.name: tar.extractfile(m).read() for m in tar.getmembers()}  # type: ignore[union-attr]
    for name, data in changes.items():
        held.pop(name, None)
        if data is not None:
            held[name] = data
    with tarfile.open(target, "w:gz") as tar:
        for name, data in held.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return target


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"sagwan.toml": b"provider = 1"}, "its list says"),
        ({"sagwan.db": None}, "differ: sagwan.db"),
        ({"SHA256SUMS": None}, "holds no SHA256SUMS"),
        ({"SHA256SUMS": b"nonsense\n"}, "not understood"),
        ({"/etc/passwd": b"x"}, "'/etc/passwd'"),
        ({"../x": b"x"}, "'../x'"),
        ({"packs/evil.toml": b"x"}, "'packs/evil.toml'"),
    ],
)
def test_a_damaged_or_hostile_archive_is_refused(
    home: Path, tmp_path: Path, changes: dict[str, bytes | None], says: str
) -> None:
    archive = tmp_path / "b.tar.gz"
    ok("backup", archive)
    bad = rewritten(archive, tmp_path / "bad.tar.gz", changes)
    ran = run("restore", bad, tmp_path / "new")
    assert ran.code == 2 and says in ran.err, ran.err
    assert not (tmp_path / "new").exists()
    archive.write_bytes(archive.read_bytes()[:-500])
    assert run("restore", archive, tmp_path / "new").code == 2
    assert not list(tmp_path.glob(".sagwan-*"))


def test_a_destroyed_key_stays_destroyed(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    number, other = received(case="가상-1"), received(case="가상-2")
    decided(number, "refused", "--reason", "document-defective")
    ok("seal", "--at", "2016-03-03T20:00:00+09:00")
    archive, new = tmp_path / "b.tar.gz", tmp_path / "new"
    ok("backup", archive, "--with-keys")
    for kind in ("ledger", "matter"):
        words = ("destroy-key", number, "--class", kind, "--by", "kim", "--approved-by", "lee", "--yes")
        assert "is destroyed" in ok(*words).out
        assert "was destroyed before" in ok(*words).out
    ok("rebuild")
    ok("fsck")
    shown = ok("show", number, "--private", "--by", "kim", "--json").json
    assert shown["private"]["ledger"] is None and shown["private"]["destroyed"] == ["ledger", "matter"]
    assert shown["lines"][1]["log-index"] is not None
    search = ("find", "--field", "case-number", "--by", "kim", "--json", "--value")
    assert ok(*search, "가상-1").json == [] and len(ok(*search, "가상-2").json) == 1
    assert not list((home / "receipts").glob(f"{number}*"))
    ran = run("receipt", number, tmp_path / "r", "--by", "kim")
    assert ran.code == 2 and "key was destroyed" in ran.err
    ok("receipt", other, tmp_path / "r2", "--by", "kim")
    private = run(
        "propose", number, "--correct", 1, "--outcome", "refused", "--reason", "document-defective",
        "--note", "x", "--by", "kim",
    )  # fmt: skip
    assert private.code == 2 and "was destroyed" in private.err
    ok("seal", "--at", "2016-03-04T20:00:00+09:00")
    shutil.copytree(home / "keeper", new / "keeper")
    shutil.copytree(home / "log", new / "log")
    ok("restore", archive, new)
    monkeypatch.setenv("SAGWAN_HOME", str(new))
    assert ok("recover", "--at", SPRING_4, "--json").json["destroyed-again"] == 2
    ok("fsck")
    again = ok("show", number, "--private", "--by", "kim", "--json").json
    assert again["private"]["ledger"] is None


def test_fsck_finds_what_was_changed_behind_its_back(home: Path) -> None:
    received()
    ok("seal", "--at", "2016-03-02T20:00:00+09:00")
    tile = next(path for path in (home / "log" / "tile").rglob("*") if path.is_file())
    data = tile.read_bytes()
    tile.write_bytes(bytes([data[0] ^ 1]) + data[1:])
    ran = run("fsck", "--json")
    assert ran.code == 1 and "other bytes" in ran.json["problems"][0]["what"]
    tile.write_bytes(data)
    assert "all of it holds together" in ok("fsck").out
    ok("upgrade")


def test_a_home_with_its_keeper_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = tmp_path / "elsewhere"
    make_home(tmp_path / "home2", "--keeper", str(elsewhere))
    monkeypatch.setenv("SAGWAN_HOME", str(tmp_path / "home2"))
    received()
    ok("seal", "--at", "2016-03-02T20:00:00+09:00")
    assert list((elsewhere / "batches").iterdir())
    assert not (tmp_path / "home2" / "keeper").exists()
