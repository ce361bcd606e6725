"""The receipt page's module says of every receipt what `verify --receipt` says."""

import json
import tempfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sagwan.pages.refusals import known, told
from sagwan.record.errors import SagwanError
from sagwan.tlog import KeyType, SigningKey
from sagwan.verify import ReceiptState, ReceiptVerdict, Trust, verify_receipt
from tests.support.folder import ORIGIN, Keys, build, first_half
from tests.verify import conftest, test_receipts, test_receipts_keys, test_receipts_proofs
from tests.verify.differential import all_tests

from .modules import Modules, Refused, opened_modules
from .modules import reader as brought_by

pytestmark = pytest.mark.browser
MODULES = (test_receipts, test_receipts_keys, test_receipts_proofs)
keys, trust, opening = conftest.keys, test_receipts.trust, test_receipts.opening
folder, mine, reader = test_receipts_proofs.folder, test_receipts_proofs.mine, test_receipts_proofs.reader
globals().update(all_tests(MODULES))

REASONS = ("failures", "text")
"""Why something proves nothing is each side's own sentence; that it does not, and how often, is not."""
PROVEN = ("text",)
"""Of a line that its own proof shows, the command and the page advise each in its own way."""


@pytest.fixture(scope="module")
def modules(browser, tmp_path_factory):
    with opened_modules(browser, tmp_path_factory.mktemp("modules")) as opened:
        yield opened


@pytest.fixture
def proof_file(keys, folder, mine) -> bytes:
    return test_receipts_proofs.proven(mine, keys, folder)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_changed_byte_of_a_receipt_comes_to_the_same(modules, keys, reader, proof_file, data):
    changed = bytearray(proof_file)
    changed[data.draw(st.integers(0, len(changed) - 1))] ^= data.draw(st.integers(1, 255))
    with suppress(SagwanError):  # which the browser then refuses, too
        beside(modules)(bytes(changed), trust=reader)


def test_a_proof_that_rests_on_ml_dsa_is_not_taken_into_account(modules, tmp_path, mine):
    """The command verifies such cosignatures, a browser cannot: it says so, and does not say "included"."""
    keys, half = Keys(witnesses=1), first_half()
    keys.witnesses.append(SigningKey("witness-pq.invalid", KeyType.ML_DSA_44, b"\1" * 32))
    half.lines.append(mine)
    build(tmp_path, half, keys=keys)
    data = test_receipts_proofs.proven(mine, keys, tmp_path)
    trust = Trust(key=f"{keys.vkey}\n{keys.receipts.verifier}", policy=keys.policy())
    assert verify_receipt(data, trust=trust).state is ReceiptState.INCLUDED
    answer = in_browser(modules, data, None, trust, None)
    assert (answer["state"], answer["failures"]) == ("not-looked-up", [])
    assert "ML-DSA-44" in answer["notes"][0]["en"] and "ML-DSA-44" in answer["notes"][0]["ko"]


def in_browser(modules: Modules, data: bytes, source, trust: Trust, now: datetime | None) -> dict:
    """The page's answer as a document; raise Refused. Without a folder it may read an empty one."""
    with tempfile.TemporaryDirectory() as empty, modules.served(Path(source or empty)) as base:
        options = {"reader": brought_by(trust, ORIGIN)}
        if source is None:
            return modules.call("receipt_verdict.js", "byItself", list(data), base, options)
        options["now"] = (now or datetime.now(UTC)).timestamp() * 1000
        return modules.call("receipt_verdict.js", "verifyReceipt", list(data), base, options)


def same(python: ReceiptVerdict, browser: dict) -> None:
    document = json.loads(python.to_json())
    assert len(browser["failures"]) == len(document["failures"])
    own = REASONS if document["failures"] else PROVEN if document["by-proof"] else ()
    if document["state"] == ReceiptState.BROKEN:
        own = ("failures",)
    for member, value in document.items():
        assert member in own or browser[member] == value, (member, browser, python)


def beside(modules: Modules):
    def both(data, source=None, *, trust=Trust(), now=None) -> ReceiptVerdict:  # noqa: B008
        try:
            mine = verify_receipt(data, source, trust=trust, now=now)
        except SagwanError:
            with pytest.raises(Refused):
                in_browser(modules, data, source, trust, now)
            raise
        found = in_browser(modules, data, source, trust, now)
        same(mine, found)
        assert modules.told(found["failures"]) == [told(one, "ko") for one in found["failures"]]
        assert all(map(known, found["failures"])), "all that is wrong has its Korean"
        return mine

    return both


@pytest.fixture(autouse=True)
def _in_the_browser_too(monkeypatch, modules):
    both = beside(modules)
    for module in MODULES:
        monkeypatch.setattr(module, "verify_receipt", both)
