"""A receipt whose key was changed, or stolen: what its holder reads."""

from datetime import timedelta

import pytest

from sagwan.formats.handover import KeyUse, Reason
from sagwan.verify import ReceiptState, Trust, verify_receipt
from tests.support.folder import Keys, Publisher, first_half, received
from tests.support.handovers import fresh, hand_over, recovery
from tests.verify.test_receipts import AFTER, ITEMS, MADE, items_root, receipt_for


@pytest.fixture
def mine():
    return received("mine", private=items_root(ITEMS).hex(), period="2016H1")


def publisher(root, mine=None) -> Publisher:
    made = Publisher(root, Keys())
    half = first_half()
    half.lines += [mine] if mine else []
    made.publish(half)
    return made


def change(made: Publisher, reason: Reason, since) -> None:
    new = fresh(made.keys.receipts, "second")
    hand_over(made, 1, new, use=KeyUse.RECEIPTS, reason=reason, since=since)


def named(*keys) -> Trust:
    return Trust(key="\n".join(str(key.verifier) for key in keys))


@pytest.mark.parametrize("reason", list(Reason))
def test_what_is_in_the_log_is_included_whatever_became_of_the_key(tmp_path, mine, reason):
    made = publisher(tmp_path, mine)
    keys = Keys()
    change(made, reason, MADE - timedelta(days=1))
    trust = named(keys.log, keys.receipts, recovery(keys))
    answer = verify_receipt(receipt_for(mine, keys), tmp_path, trust=trust, now=AFTER)
    assert (answer.state, answer.exit_code) == (ReceiptState.INCLUDED, 0)


def test_a_promise_made_before_a_planned_change_binds(tmp_path, mine):
    made, keys = publisher(tmp_path), Keys()
    change(made, Reason.ROTATED, MADE + timedelta(hours=1))
    answer = verify_receipt(
        receipt_for(mine, keys), tmp_path, trust=named(keys.log, keys.receipts), now=AFTER
    )
    assert (answer.state, answer.exit_code) == (ReceiptState.BROKEN, 1)


def test_a_promise_dated_after_the_change_is_doubtful(tmp_path, mine):
    made, keys = publisher(tmp_path), Keys()
    change(made, Reason.ROTATED, MADE - timedelta(seconds=1))
    answer = verify_receipt(
        receipt_for(mine, keys), tmp_path, trust=named(keys.log, keys.receipts), now=AFTER
    )
    assert (answer.state, answer.exit_code) == (ReceiptState.DOUBTFUL, 1)
    assert "had given way" in answer.text["en"] and "교체" in answer.text["ko"]


def test_a_promise_by_a_stolen_key_is_doubtful_whatever_its_date(tmp_path, mine):
    made, keys = publisher(tmp_path), Keys()
    change(made, Reason.STOLEN, MADE + timedelta(days=30))
    trust = named(keys.log, keys.receipts, recovery(keys))
    answer = verify_receipt(receipt_for(mine, keys), tmp_path, trust=trust, now=AFTER)
    assert (answer.state, answer.exit_code) == (ReceiptState.DOUBTFUL, 1)
    assert "declared stolen" in answer.text["en"] and "도난" in answer.text["ko"]


def test_the_new_keys_promise_is_found_from_the_old_key(tmp_path, mine):
    made, keys = publisher(tmp_path, mine), Keys()
    change(made, Reason.ROTATED, MADE - timedelta(days=1))
    data = receipt_for(mine, made.keys)
    trust = named(keys.log, keys.receipts)
    assert verify_receipt(data, tmp_path, trust=trust, now=AFTER).state is ReceiptState.INCLUDED
    offline = verify_receipt(data, trust=trust)
    assert offline.state is ReceiptState.INVALID
    assert "another key of the same name" in offline.failures[0]
