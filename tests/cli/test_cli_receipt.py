"""Receipts that are handed out: to an official with each answer, and to a notified user with the notice."""

from pathlib import Path

import pytest

from sagwan.cli.letter import _receipt_for_user
from sagwan.cli.receipt import of_user
from sagwan.cli.wiring import open_office
from sagwan.formats.receipt import decode_receipt, encode_receipt
from sagwan.record.errors import SagwanError
from sagwan.verify import ReceiptState, Trust, verify_receipt
from tests.cli.conftest import decided, ok, received, run

SEALED = "2016-03-04T20:00:00+09:00"
OWN, OTHER = "가상계정-1", "가상계정-2"


@pytest.fixture
def number(home: Path) -> str:
    found = received()
    decided(found)
    return found


def trust(home: Path) -> Trust:
    office = open_office(home)
    return Trust(key=f"{office.log_key().verifier}\n{office.receipts_key().verifier}")


def test_the_answer_gives_a_second_receipt_and_both_are_proven_offline_once_sealed(
    home: Path, number: str
) -> None:
    for line in (0, 1):
        name = f"{number}.receipt" if line == 0 else f"{number}-{line}.receipt"
        early = decode_receipt((home / "receipts" / name).read_bytes())
        assert not early.proof and early.summary["what"] == ("received", "resolved")[line]
    ok("seal", "--at", SEALED)
    for line in (0, 1):
        ok("receipt", number, f"{line}.receipt", "--line", line, "--by", "kim")
        answer = verify_receipt(Path(f"{line}.receipt").read_bytes(), trust=trust(home))
        assert (answer.state, answer.index, answer.by_proof) == (ReceiptState.INCLUDED, line, True)


def test_the_summary_is_for_people_in_both_languages(home: Path, number: str) -> None:
    summary = decode_receipt((home / "receipts" / f"{number}.receipt").read_bytes()).summary
    assert number in summary["en"] and number in summary["ko"]
    assert "demo.invalid/kakao by 2016-03-04T01:00:00Z" in summary["en"]
    assert "2016-03-04T01:00:00Z" in summary["ko"] and "약속" in summary["ko"]


def test_a_users_receipt_shows_the_line_and_their_own_target_alone(home: Path, number: str) -> None:
    ok("seal", "--at", SEALED)
    data = encode_receipt(of_user(open_office(home), number, f"account:{OWN}"))
    receipt = decode_receipt(data)
    assert [(one.item.name, one.item.value) for one in receipt.items] == [("target", f"account {OWN}")]
    for hidden in (OTHER, "가상경찰서", '가상-1"', "경위 가상"):
        assert hidden not in data.decode(), hidden
    answer = verify_receipt(data, trust=trust(home))
    assert (answer.state, answer.exit_code) == (ReceiptState.INCLUDED, 0)
    assert answer.items == (("target", f"account {OWN}"),)


def test_nobody_else_gets_a_users_receipt(home: Path, number: str) -> None:
    with pytest.raises(SagwanError, match="no line"):
        of_user(open_office(home), number, "account:somebody")


def test_a_notice_comes_with_the_receipt_and_is_not_kept_back_by_it(
    home: Path, number: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office, file = open_office(home), tmp_path / "notice.receipt"
    _receipt_for_user(office, number, f"account:{OWN}", file)
    assert decode_receipt(file.read_bytes()).items[0].item.value == f"account {OWN}"
    assert file.stat().st_mode & 0o777 == 0o600
    before = file.read_bytes()
    _receipt_for_user(office, number, f"account:{OWN}", file)
    assert "exists already" in capsys.readouterr().out and file.read_bytes() == before
    (home / "keys" / "receipts.key").unlink()
    _receipt_for_user(office, number, f"account:{OWN}", tmp_path / "other.receipt")
    assert "warning: no receipt for the user" in capsys.readouterr().out
    assert not (tmp_path / "other.receipt").exists()


def test_offline_with_no_key_it_says_which_is_missing(home: Path, number: str) -> None:
    ran = run("verify", "--receipt", home / "receipts" / f"{number}.receipt", "--no-memory")
    assert ran.code != 0 and "no key of demo.invalid/kakao/receipts is known" in ran.err
