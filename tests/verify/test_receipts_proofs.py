"""A receipt that carries its proof: offline, beside an older folder, and against a log that was rewritten."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from sagwan.formats.receipt import decode_receipt, encode_receipt
from sagwan.record.errors import SagwanError
from sagwan.tlog import parse_proof
from sagwan.verify import ReceiptState, Trust, verify_receipt
from tests.support.folder import Keys, build, first_half, received, second_half
from tests.verify.test_private import proof_of
from tests.verify.test_receipts import AFTER, BEFORE, ITEMS, items_root, receipt_for

MINE = 12
"""The place of the receipt's line in the log."""


@pytest.fixture
def mine():
    return received("mine", private=items_root(ITEMS).hex(), period="2016H1")


@pytest.fixture
def folder(tmp_path, mine) -> Path:
    half = first_half()
    half.lines.append(mine)
    build(tmp_path / "log", half)
    return tmp_path / "log"


@pytest.fixture
def reader(keys):
    return Trust(key=f"{keys.vkey}\n{keys.receipts.verifier}", policy=keys.policy())


def proven(mine, keys, folder, index=MINE) -> bytes:
    receipt = decode_receipt(receipt_for(mine, keys))
    return encode_receipt(replace(receipt, proof=bytes(proof_of(folder, index)).decode()))


def test_offline_by_its_own_proof(keys, reader, folder, mine):
    data = proven(mine, keys, folder)
    shutil.rmtree(folder)
    answer = verify_receipt(data, trust=reader)
    assert (answer.state, answer.exit_code) == (ReceiptState.INCLUDED, 0)
    assert (answer.index, answer.size, answer.by_proof, answer.checkpoint) == (MINE, 14, True, "")
    assert json.loads(answer.to_json())["by-proof"] is True


def test_offline_without_the_logs_key_it_is_only_genuine(keys, folder, mine):
    answer = verify_receipt(proven(mine, keys, folder), trust=Trust(key=str(keys.receipts.verifier)))
    assert (answer.state, answer.index) == (ReceiptState.NOT_LOOKED_UP, None)


def test_offline_without_the_receipts_key_nothing_is_known(keys, folder, mine):
    with pytest.raises(SagwanError, match="no key of demo"):
        verify_receipt(proven(mine, keys, folder), trust=Trust(key=keys.vkey))


def test_offline_a_proof_of_another_line_proves_nothing(keys, reader, folder, mine):
    answer = verify_receipt(proven(mine, keys, folder, MINE - 1), trust=reader)
    assert (answer.state, answer.exit_code) == (ReceiptState.INVALID, 1)
    assert "the proof that it carries does not hold" in answer.failures[0]


def test_a_proof_under_a_checkpoint_of_another_key(keys, reader, folder, mine, tmp_path):
    half = first_half()
    half.lines.append(mine)
    forged = Keys("thief")
    build(tmp_path / "forged", half, keys=forged)
    answer = verify_receipt(proven(mine, keys, tmp_path / "forged"), trust=reader)
    assert answer.state is ReceiptState.INVALID and "proof" in answer.failures[0]


def test_a_proof_from_another_log_that_the_reader_trusts_too(keys, folder, mine, tmp_path):
    half, naver = first_half(), Keys(origin="demo.invalid/naver")
    half.lines.append(mine)
    build(tmp_path / "naver", half, keys=naver)
    both = Trust(key=f"{keys.vkey}\n{keys.receipts.verifier}\n{naver.vkey}")
    answer = verify_receipt(proven(mine, keys, tmp_path / "naver"), trust=both)
    assert answer.state is ReceiptState.INVALID and "is of demo.invalid/naver" in answer.failures[0]


def test_a_proof_that_is_not_cosigned_as_the_policy_asks(keys, reader, folder, mine):
    receipt = decode_receipt(proven(mine, keys, folder))
    text, dash, _ = receipt.proof.rpartition("\u2014 witness-2")
    answer = verify_receipt(encode_receipt(replace(receipt, proof=text)), trust=reader)
    assert dash and answer.state is ReceiptState.INVALID and "proof" in answer.failures[0]


def test_a_bad_proof_cannot_save_a_broken_promise(keys, reader, folder, mine, tmp_path):
    data = proven(mine, keys, folder, MINE - 1)
    build(tmp_path / "without", first_half())
    answer = verify_receipt(data, tmp_path / "without", trust=reader, now=AFTER)
    assert (answer.state, answer.exit_code) == (ReceiptState.BROKEN, 1)
    assert "does not hold" in answer.failures[0]


def test_a_folder_older_than_the_proof(keys, reader, folder, mine, tmp_path):
    half = first_half()
    half.lines.append(mine)
    publisher = build(tmp_path / "newer", half)
    shutil.copytree(publisher.root, tmp_path / "older")
    last = received("mine", private=items_root(ITEMS).hex(), period="2016H2")
    publisher.seal([last.line()])
    receipt = decode_receipt(receipt_for(last, keys))
    place = proof_of(publisher.root, 14)
    data = encode_receipt(replace(receipt, proof=bytes(place).decode()))
    answer = verify_receipt(data, tmp_path / "older", trust=reader, now=AFTER)
    assert (answer.state, answer.exit_code, answer.by_proof) == (ReceiptState.INCLUDED, 0, True)
    assert "this folder is older" in answer.text["en"]


def test_a_log_rewritten_breaks_the_promise_before_it_is_due(keys, reader, folder, mine, tmp_path):
    """The provider proved the line to its holder, and shows everybody else a log without it."""
    data = proven(mine, keys, folder)
    build(tmp_path / "rewritten", first_half(), second_half())
    answer = verify_receipt(data, tmp_path / "rewritten", trust=reader, now=BEFORE)
    assert (answer.state, answer.exit_code, answer.index) == (ReceiptState.BROKEN, 1, MINE)
    assert "rewritten" in answer.text["en"] and answer.log.holds
    assert "witness-1.invalid" in answer.tell["en"] and "witness-2.invalid" in answer.tell["ko"]


def test_whom_to_tell_stands_in_the_answer(keys, reader, mine, tmp_path):
    build(tmp_path / "log", first_half())
    broken = json.loads(
        verify_receipt(receipt_for(mine, keys), tmp_path / "log", trust=reader, now=AFTER).to_json()
    )
    assert "regulator" in broken["tell"]["en"] and "규제기관" in broken["tell"]["ko"]


def test_the_row_that_counts_it_comes_with_its_cells(keys, reader, folder, mine):
    answer = verify_receipt(proven(mine, keys, folder), folder, trust=reader, now=AFTER)
    (line,) = answer.opened
    (period,) = answer.log.periods
    assert line.counts == period.rows[line.row] and line.counts["requested"] > 1
    assert json.loads(answer.to_json())["opened"][0]["counts"] == dict(line.counts)


def test_a_carried_proof_is_a_tlog_proof_to_the_letter(keys, folder, mine):
    text = decode_receipt(proven(mine, keys, folder)).proof
    assert text.startswith("c2sp.org/tlog-proof@v1\nindex 12\n") and not parse_proof(text.encode()).extra


def test_an_item_is_written_in_one_way(keys, reader, mine):
    document = json.loads(receipt_for(mine, keys))
    document["items"][0]["path"][0] = document["items"][0]["path"][0].upper()
    with pytest.raises(SagwanError, match="lower-case"):
        verify_receipt(json.dumps(document).encode(), trust=reader)


@pytest.mark.parametrize("proof", [1, None, ["x"]])
def test_a_proof_that_is_no_text(keys, mine, proof):
    document = json.loads(receipt_for(mine, keys)) | {"proof": proof}
    with pytest.raises(SagwanError, match="texts"):
        decode_receipt(json.dumps(document).encode())
