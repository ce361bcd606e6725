"""A receipt's answer: genuine or not, included, not yet due, or a broken promise."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from sagwan.formats.items import items_root, prove, salted
from sagwan.formats.opening import commitment
from sagwan.formats.receipt import Promise, Receipt, encode_receipt
from sagwan.record.errors import SagwanError
from sagwan.tlog import sign_note
from sagwan.verify import Anchor, ReceiptState, Trust, verify_receipt
from tests.support.folder import H2, Half, Keys, build, first_half, received, second_half

MADE = datetime(2016, 3, 1, tzinfo=UTC)
BEFORE, AFTER = MADE + timedelta(hours=47), MADE + timedelta(hours=49)
FACTS = [("authority", "서울중앙지방검찰청"), ("case-number", "2016형제1"), ("target", "alice")]
ITEMS = salted(b"seed", FACTS)


@pytest.fixture
def opening():
    return received("mine", private=items_root(ITEMS).hex(), period="2016H1")


@pytest.fixture
def trust(keys):
    return Trust(key=f"{keys.vkey}\n{keys.receipts.verifier}", policy=keys.policy())


def receipt_for(opening, keys, **changes) -> bytes:
    promise = Promise(keys.origin, commitment(opening.line()), MADE, MADE + timedelta(hours=48))
    note = bytes(sign_note(replace(promise, **changes).text(), keys.receipts)).decode()
    return encode_receipt(Receipt(opening.line(), prove(ITEMS, [0, 1]), note, True))


def published(root, opening, **options):
    half = first_half(**options)
    half.lines.append(opening)
    return build(root, half, second_half())


def test_included_and_not_resolved_yet(tmp_path, keys, trust, opening):
    published(tmp_path, opening)
    answer = verify_receipt(receipt_for(opening, keys), tmp_path, trust=trust, now=AFTER)
    assert (answer.state, answer.exit_code, answer.index) == (ReceiptState.INCLUDED, 0, 12)
    assert answer.items == tuple(FACTS[:2])
    assert (answer.checkpoint, answer.size) == ("report/2016H1/checkpoints/001", 13)
    (line,) = answer.opened
    assert (line.kind, line.period, line.row[0]) == ("received", "2016H1", "kakao")
    assert "no outcome" in answer.text["en"]


def test_included_with_the_outcome_of_its_request(tmp_path, keys, trust):
    half = first_half()
    half.lines[0] = mine = replace(half.lines[0], private=items_root(ITEMS).hex(), period="2016H1")
    build(tmp_path, half)
    answer = verify_receipt(receipt_for(mine, keys), tmp_path, trust=trust, now=AFTER)
    assert [(line.kind, line.outcome) for line in answer.opened] == [
        ("received", "-"),
        ("resolved", "complied"),
        ("follow-up", "-"),
    ]
    assert "ended as complied" in answer.text["en"]


def test_withheld_still_counts_as_included(tmp_path, keys, trust, opening):
    published(tmp_path, opening, withheld={12: "non-disclosure-order"})
    answer = verify_receipt(receipt_for(opening, keys), tmp_path, trust=trust, now=AFTER)
    assert (answer.state, answer.exit_code) == (ReceiptState.INCLUDED, 0)
    assert answer.withheld == "non-disclosure-order" and answer.opened == ()


def test_sealed_but_not_reported_yet(tmp_path, keys, trust):
    publisher = build(tmp_path, first_half())
    mine = received("mine", private=items_root(ITEMS).hex(), period=str(H2))
    publisher.seal([mine.line()])
    answer = verify_receipt(receipt_for(mine, keys), tmp_path, trust=trust, now=AFTER)
    assert (answer.state, answer.index, answer.checkpoint) == (ReceiptState.INCLUDED, 13, "log/checkpoint")


def test_promised_and_not_due(tmp_path, keys, trust, opening):
    build(tmp_path, first_half())
    answer = verify_receipt(receipt_for(opening, keys), tmp_path, trust=trust, now=BEFORE)
    assert (answer.state, answer.exit_code) == (ReceiptState.PROMISED, 0)


def test_a_broken_promise(tmp_path, keys, trust, opening):
    build(tmp_path, first_half())
    answer = verify_receipt(receipt_for(opening, keys), tmp_path, trust=trust, now=AFTER)
    assert (answer.state, answer.exit_code) == (ReceiptState.BROKEN, 1)
    assert "2016-03-03T00:00:00Z" in answer.text["en"] and "this receipt proves it" in answer.text["en"]
    assert json.loads(answer.to_json())["state"] == "promise-broken"


def test_without_a_folder(keys, trust, opening):
    answer = verify_receipt(receipt_for(opening, keys), trust=trust)
    assert (answer.state, answer.exit_code) == (ReceiptState.NOT_LOOKED_UP, 0)
    with pytest.raises(SagwanError, match="no key"):
        verify_receipt(receipt_for(opening, keys))


def test_a_key_from_the_folder_is_self_declared(tmp_path, keys, opening):
    published(tmp_path, opening)
    answer = verify_receipt(receipt_for(opening, keys), tmp_path, now=AFTER)
    assert (answer.state, answer.anchor, answer.exit_code) == (ReceiptState.INCLUDED, Anchor.FOLDER, 3)


def test_another_key(tmp_path, keys, trust, opening):
    answer = verify_receipt(receipt_for(opening, Keys("thief")), trust=trust)
    assert (answer.state, answer.exit_code) == (ReceiptState.INVALID, 1)
    assert "not genuine" in answer.failures[0]


def test_a_promise_for_another_line(keys, trust, opening):
    other = receipt_for(opening, keys, commitment=bytes(32))
    answer = verify_receipt(other, trust=trust)
    assert answer.state is ReceiptState.INVALID and "0" * 64 in answer.failures[0]


@pytest.mark.parametrize("old, new", [("2016형제1", "2016형제2"), ("서울", "부산")])
def test_a_changed_item(keys, trust, opening, old, new):
    forged = receipt_for(opening, keys).decode().replace(old, new).encode()
    answer = verify_receipt(forged, trust=trust)
    assert answer.state is ReceiptState.INVALID and "private root" in answer.failures[0]


def test_the_receipt_of_another_log(tmp_path, opening):
    naver = Keys(origin="demo.invalid/naver")
    build(tmp_path, Half(H2, [received("x")]))
    trust = Trust(key=str(naver.receipts.verifier))
    answer = verify_receipt(receipt_for(opening, naver), tmp_path, trust=trust, now=AFTER)
    assert answer.state is ReceiptState.INVALID and "demo.invalid/naver" in answer.failures[0]


def test_a_folder_that_fails(tmp_path, keys, trust, opening):
    published(tmp_path, opening, csv=lambda data: data + b"x")
    answer = verify_receipt(receipt_for(opening, keys), tmp_path, trust=trust, now=AFTER)
    assert (answer.state, answer.exit_code) == (ReceiptState.INCLUDED, 1)


def test_what_is_no_receipt():
    with pytest.raises(SagwanError):
        verify_receipt(b"hello")
