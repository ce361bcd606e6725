"""The log's keys give way to others, as planned or after a theft, and the home's log goes on."""

import re
from pathlib import Path

import pytest

from sagwan.cli.wiring import open_office
from sagwan.desk.setup import close_desk
from sagwan.formats.handover import KeyUse, Reason
from sagwan.record.errors import SagwanError
from sagwan.seal.errors import SealError
from sagwan.seal.hand_over import KeyFiles, hand_over
from tests.cli.conftest import PEOPLE, decided, ok, received, run

MARCH, APRIL, SUMMER = (f"2016-{day}T20:00:00+09:00" for day in ("03-04", "04-04", "07-02"))
BY = ("--by", "hong", "--yes", "--at", "2016-03-20T10:00:00+09:00")


def keys() -> dict[str, str]:
    return ok("key", "show", "--json").json["keys"]


def published(out: Path) -> Path:
    ok("seal", "--at", SUMMER)
    ok("publish", "2016H1", out, "--by", "kim", "--approved-by", "lee", "--at", SUMMER)
    return out


@pytest.fixture
def sealed(home: Path) -> str:
    """A request in the log under the first keys; its number."""
    number = received()
    decided(number)
    ok("seal", "--at", MARCH)
    return number


def test_a_half_year_sealed_across_a_rotation_verifies_by_the_old_key_and_by_the_new(
    sealed: str, home: Path, tmp_path: Path
) -> None:
    before = keys()
    ok("key", "rotate", "log", *BY)
    after = keys()
    assert after["log"] != before["log"] and after["receipts"] == before["receipts"]
    ok("fsck")
    received(case="가상-2", at="2016-04-02T10:00:00+09:00")
    ok("seal", "--at", APRIL)
    ok("fsck")
    out = published(tmp_path / "out")
    for key in (before["log"], after["log"]):
        ran = run("verify", out, "--key", key, "--no-memory")
        assert ran.code == 0 and "gave way to" in ran.out, ran.out
    assert after["log"] in (out / "key").read_text() and before["log"] not in (out / "key").read_text()
    assert (home / "keys" / "log.key.001").stat().st_mode & 0o777 == 0o600
    assert not (home / "keys" / "log.next").exists()
    old = run("receipt", sealed, tmp_path / "r", "--by", "kim")
    assert old.code == 0
    both = tmp_path / "keys"
    both.write_text(f"{before['log']}\n{before['receipts']}\n")
    assert run("verify", out, "--receipt", tmp_path / "r", "--key", both, "--no-memory").code == 0


def test_a_theft_is_followed_by_who_knows_the_recovery_key(sealed: str, home: Path, tmp_path: Path) -> None:
    before = keys()
    secret = tmp_path / "recovery"
    (home / "keys" / "recovery.vkey").unlink()
    made = ok("key", "recovery", "--by", "hong").out
    secret.write_text(next(line for line in made.splitlines() if line.startswith("PRIVATE+KEY+")) + "\n")
    assert not any(secret.read_text().strip() in f.read_text() for f in (home / "keys").iterdir())
    ok("key", "stolen", "log", "--recovery", secret, *BY)
    ok("fsck")
    received(case="가상-2", at="2016-04-02T10:00:00+09:00")
    out = published(tmp_path / "out")
    ran = run("verify", out, "--key", before["log"], "--no-memory")
    assert ran.code == 1 and "was stolen, but not by a key that you trust" in ran.out
    both = tmp_path / "keys"
    both.write_text(f"{before['log']}\n{keys()['recovery']}\n")
    ran = run("verify", out, "--key", both, "--no-memory")
    assert ran.code == 0 and "was stolen and gave way" in ran.out
    shown = ok("key", "show").out
    assert "handover 1: log" in shown and "stolen" in shown


def test_the_receipts_key_gives_way_and_both_promises_hold(sealed: str, home: Path, tmp_path: Path) -> None:
    before = keys()
    first = home / "receipts" / f"{sealed}.receipt"
    ok("key", "rotate", "receipts", *BY)
    second = received(case="가상-2", at="2016-04-02T10:00:00+09:00")
    out = published(tmp_path / "out")
    known = tmp_path / "keys"
    known.write_text(f"{before['log']}\n{before['receipts']}\n")
    for file in (first, home / "receipts" / f"{second}.receipt"):
        ran = run("verify", out, "--receipt", file, "--key", known, "--no-memory")
        assert ran.code == 0 and "included" in ran.out, ran.out + ran.err


@pytest.mark.parametrize("use", list(KeyUse))
@pytest.mark.parametrize("point", ["coming", "published", "kept", "present"])
def test_a_crash_anywhere_is_mended_by_saying_it_again(
    sealed: str, home: Path, use: KeyUse, point: str
) -> None:
    office = open_office(home)
    old = office.log_key() if use is KeyUse.LOG else office.receipts_key()
    files = KeyFiles(office.home.keys, use)

    def crash(step: str) -> None:
        if step == point:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        hand_over(office.log, files, old, reason=Reason.ROTATED, since=office.now(MARCH), step=crash)
    close_desk()
    halfway = point in ("published", "kept")
    if halfway:
        ran = run("seal", "--at", APRIL) if use is KeyUse.LOG else run("receipt", sealed, "-", "--by", "kim")
        assert ran.code == 1 and f"sagwan key rotate {use}" in ran.err
    if point == "present":
        assert ok("seal", "--at", APRIL)
    else:
        ok("key", "rotate", use, *BY)
    handovers = ok("key", "show", "--json").json["handovers"]
    assert [(one["number"], one["key"]) for one in handovers] == [(1, use)]
    assert handovers[0]["new"] == keys()[use] and handovers[0]["old"] == str(old.verifier)
    ok("key", "rotate", use, *BY)
    assert len(ok("key", "show", "--json").json["handovers"]) == 2
    ok("seal", "--at", APRIL)
    ok("fsck")


def test_who_may_not_and_what_cannot_be(sealed: str, home: Path, tmp_path: Path) -> None:
    before = keys()
    assert run("key", "rotate", "log", "--by", "kim", "--yes").code == 1
    assert "say --yes" in run("key", "rotate", "log", "--by", "hong").err
    assert run("key", "rotate", "master", "--by", "hong", "--yes").code == 2
    assert "--recovery is missing" in run("key", "stolen", "log", "--by", "hong", "--yes").err
    assert run("key", "recovery", "--by", "hong").code == 2  # sagwan init made one
    other = tmp_path / "other"
    other.write_text((home / "keys" / "log.key").read_text())
    ran = run("key", "stolen", "log", "--recovery", other, *BY)
    assert ran.code == 2 and "this home's is" in ran.err
    assert keys() == before and not (home / "log" / "keys").exists()


def test_fsck_finds_every_changed_byte_of_a_handover(sealed: str, home: Path) -> None:
    ok("key", "rotate", "log", *BY)
    file = home / "log" / "keys" / "001"
    data = file.read_bytes()
    for place in range(0, len(data), 7):
        file.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        assert run("fsck").code != 0, place
    file.write_bytes(data)
    ok("fsck")


def test_the_sheet_holds_the_recovery_key_and_the_home_does_not(tmp_path: Path) -> None:
    people = [word for person in PEOPLE for word in ("--person", person)]
    ok(
        "init", "kept", "--synthetic", "--provider", "kakao", "--name-ko", "카카오", "--name-en", "Kakao",
        "--service", "kakao=카카오톡=KakaoTalk", *people, "--sheet", tmp_path / "sheet",
    )  # fmt: skip
    sheet = (tmp_path / "sheet").read_text()
    secret = re.search(r"PRIVATE\+KEY\+demo\.invalid/kakao/recovery\S+", sheet)
    assert secret
    for file in Path("kept").rglob("*"):
        assert not file.is_file() or secret[0].encode() not in file.read_bytes(), file
    ok("key", "stolen", "receipts", "--recovery", _written(tmp_path, secret[0]), "--home", "kept", *BY)


def _written(folder: Path, text: str) -> Path:
    (folder / "secret").write_text(text + "\n")
    return folder / "secret"


def test_an_unpublished_signature_stops_a_change(sealed: str, home: Path) -> None:
    (home / "log" / "checkpoint").unlink()
    ran = run("key", "rotate", "log", *BY)
    assert ran.code == 1 and "run sagwan seal first" in ran.err
    assert issubclass(SealError, SagwanError)
