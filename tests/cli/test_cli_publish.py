"""From sealed requests to a published half-year that strangers can check, receipts included."""

import hashlib
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from sagwan.formats.receipt import decode_receipt
from tests.cli.conftest import decided, ok, received, run
from tests.verify.helpers import ENGLISH

SUMMER = "2016-07-02T09:00:00+09:00"


def tree(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(f.relative_to(folder)): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


def log_key(out: Path) -> str:
    lines = (out / "key").read_text().splitlines()
    return next(line for line in lines if line.startswith("demo.invalid/kakao+"))


@pytest.fixture
def half_year(home: Path) -> list[str]:
    numbers = [received(case=f"가상-{n}") for n in range(4)]
    decided(numbers[0])
    decided(numbers[1], "no-data", "--reason", "retention-expired")
    decided(numbers[2], "refused", "--reason", "document-defective")
    ok("seal", "--at", "2016-03-03T20:00:00+09:00")
    assert ok("seal", "--at", SUMMER, "--json").json["closed"] == ["2016H1"]
    return numbers


def publish(out: Path, *more: object):
    return run("publish", "2016H1", out, "--by", "kim", "--approved-by", "lee", "--at", SUMMER, *more)


def test_the_preview_names_every_small_cell_and_writes_nothing(half_year: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    preview = ok("publish", "2016H1", out, "--preview", "--json").json
    (row,) = preview["rows"]
    assert row["counts"]["requested"] == 4 and row["counts"]["processed"] == 1
    assert ["kakao", "search-and-seizure-warrant", "processed", "1"] in preview["small-cells"]
    text = ok("publish", "2016H1", out, "--preview").out
    assert "small cells" in text and "Nothing was written" in text
    assert not out.exists()


def test_publishing_twice_gives_the_same_bytes(half_year: list[str], tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    assert publish(first).code == 0
    before = tree(first)
    assert publish(first).code == 0
    assert tree(first) == before
    assert publish(second, "--json").json["entries"] == 7
    assert tree(second) == before
    assert not any(
        "가상경찰서" in path.read_text("utf-8", "replace") for path in first.rglob("*") if path.is_file()
    )


def test_a_reader_who_has_the_key_verifies_with_0_and_others_with_3(
    half_year: list[str], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    said = publish(out).out
    key = log_key(out)
    assert f"sagwan verify {out} --key {key}" in said
    stranger = run("verify", out, "--no-memory")
    assert stranger.code == 3 and "self-declared" in stranger.out
    # No tick for what nobody vouches for.
    assert "✓ 1" not in stranger.out and "✓ 2" not in stranger.out and "✓ 7" in stranger.out
    assert run("verify", out, "--key", key, "--no-memory").code == 0
    file = tmp_path / "trusted-keys"
    file.write_text(f"# from the imprint\n{key}\n")
    told = run("verify", out, "--key", file, "--json", "--no-memory")
    assert told.code == 0 and told.json["exit-code"] == 0
    korean = run("verify", out, "--key", key, "--lang", "ko", "--no-memory")
    assert "가상 자료" in korean.out and "다시 센 표" in korean.out


def test_memory_knows_the_log_again(half_year: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish(out)
    assert run("verify", out, "--key", log_key(out)).code == 0
    again = run("verify", out)
    assert again.code == 0 and "remembered" in again.out


def test_a_changed_report_fails_with_1_and_says_where(half_year: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish(out)
    report = out / "report" / "2016H1.csv"
    report.write_text(report.read_text().replace("4", "5"))
    ran = run("verify", out, "--key", log_key(out), "--no-memory")
    assert ran.code == 1 and "report/2016H1.csv" in ran.out and "✗" in ran.out
    assert run("compare", "2016H1", "--published", out).code == 1
    ran = publish(out)
    assert ran.code == 1 and "published with other bytes" in ran.err


def test_what_fails_is_named_in_korean_to_who_asks_in_korean(half_year: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish(out)
    report, openings = out / "report" / "2016H1.csv", out / "openings" / "2016H1" / "0.tsv"
    report.write_text(report.read_text().replace("4", "5"))
    openings.write_text(openings.read_text().partition("\n")[2])
    (out / "report" / "2016H1.line").unlink()
    ran = run("verify", out, "--key", log_key(out), "--no-memory", "--lang", "ko")
    assert ran.code == 1 and not ENGLISH.search(ran.out), ran.out
    assert "report/2016H1.line이 없습니다" in ran.out and "실패 3건: " in ran.out
    assert "기대한 값" in ran.out and "발견한 값" in ran.out
    receipt = tmp_path / "forged.receipt"
    genuine = Path("home") / "receipts" / f"{half_year[0]}.receipt"
    receipt.write_text(genuine.read_text().replace("가상경찰서", "가짜경찰서"))
    ran = run("verify", "--receipt", receipt, "--key", out / "key", "--no-memory", "--lang", "ko")
    assert ran.code == 1 and ran.out.startswith("증명하지 못함: ") and not ENGLISH.search(ran.out)


def test_receipts_are_made_again_with_their_proof_and_verify(half_year: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish(out)
    number = half_year[0]
    for line, name in ((0, f"{number}.receipt"), (1, f"{number}-1.receipt")):
        copy = tmp_path / name
        ok("receipt", number, copy, "--line", line, "--by", "kim")
        first = decode_receipt((Path("home") / "receipts" / name).read_bytes())
        again = decode_receipt(copy.read_bytes())
        assert not first.proof and again.proof and replace(again, proof="") == first
        offline = run("verify", "--receipt", copy, "--key", out / "key", "--no-memory")
        assert offline.code == 0 and "by its own proof" in offline.out, offline.out + offline.err
        ran = run("verify", out, "--receipt", copy, "--key", out / "key", "--no-memory")
        assert ran.code == 0, ran.out + ran.err
        answer, _, _ = ran.out.partition(str(out))  # what comes before the folder's own verdict
        assert answer.startswith("included: in the log as entry ") and "authority: 가상경찰서" in answer
        assert answer.count("search-and-seizure-warrant") == 1, "the row stands there once"
        korean = run(
            "verify", out, "--receipt", copy, "--key", out / "key", "--no-memory", "--lang", "ko"
        ).out
        assert korean.startswith("포함됨: 로그의 ") and "기관: 가상경찰서" in korean and "접수됨" in korean
        assert run("verify", out, "--receipt", copy, "--no-memory", "--json").code == 3
    assert run("receipt", number, copy, "--by", "kim").code == 2
    assert run("receipt", number, tmp_path / "x", "--line", 9, "--by", "kim").code == 2
    assert run("receipt", number, tmp_path / "x", "--by", "hong").code == 1
    forged = tmp_path / "forged.receipt"
    forged.write_text(copy.read_text().replace("가상경찰서", "가짜경찰서"))
    ran = run("verify", out, "--receipt", forged, "--key", out / "key", "--no-memory")
    assert ran.code == 1 and ran.out.startswith("proves nothing: ")
    assert run("verify", out, "--receipt", out / "key").code == 2


def test_a_receipt_whose_line_never_came_is_a_broken_promise(half_year: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish(out)
    late = received(case="가상-9", at="2016-07-03T10:00:00+09:00")
    receipt = Path("home") / "receipts" / f"{late}.receipt"
    ran = run("verify", out, "--receipt", receipt, "--key", out / "key", "--no-memory")
    assert ran.code == 1 and ran.out.startswith("promise broken: ")  # due long before today
    assert "Tell the provider" in ran.out


_BLOCKED = """
import sys
class Block:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("babel", "django", "jinja2", "psycopg", "rich"):
            raise ImportError(f"{name} is not installed")
sys.meta_path.insert(0, Block())
sys.argv[0] = "sagwan"
from sagwan.cli.main import main
main()
"""


def test_verify_runs_where_only_cryptography_and_typer_are(half_year: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish(out)

    def alone(*words: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", _BLOCKED, *map(str, words)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    helped = alone("verify", "--help")
    assert helped.returncode == 0 and "Exit codes" in helped.stdout, helped.stderr
    done = alone("verify", out, "--key", log_key(out), "--no-memory")
    assert done.returncode == 0, done.stderr
    receipt = Path("home") / "receipts" / f"{half_year[0]}.receipt"
    assert alone("verify", out, "--receipt", receipt, "--key", out / "key", "--no-memory").returncode == 0
    assert alone("--help").returncode == 0
    (out / "report" / "2016H1.csv").unlink()
    korean = alone("verify", out, "--key", log_key(out), "--no-memory", "--lang", "ko")
    assert korean.returncode == 1 and "report/2016H1.csv가 없습니다" in korean.stdout, korean.stderr
    nothing = alone("verify", "nowhere", "--lang", "ko")
    assert nothing.returncode == 2 and "nowhere는 폴더가 아닙니다" in nothing.stderr
    missing = alone("list")
    assert missing.returncode != 0 and "Traceback" not in missing.stderr


def test_compare_shows_a_synthetic_recount_beside_and_never_as_a_claim(
    half_year: list[str], tmp_path: Path
) -> None:
    out, site = tmp_path / "out", tmp_path / "site"
    publish(out)
    with_it = ok("compare", "2016H1", "--published", out, "--json").json["figures"]
    without = ok("compare", "2016H1", "--json").json["figures"]
    values = {str(one["figure"]): (one["status"], one["value"], one["rivals"]) for one in without}
    assert {str(one["figure"]): (one["status"], one["value"], one["rivals"]) for one in with_it} == values
    assert any(one["badges"] for one in with_it)
    ok("compare", "2016H1", "--published", out, "--site", site)
    assert (site / "index.html").exists()
