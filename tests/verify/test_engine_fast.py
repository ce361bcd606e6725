"""The compiled loops say of every tampered folder what the exact code says, word by word."""

import importlib
import sys
from dataclasses import replace

import pytest

from sagwan.verify import Verdict, verify
from sagwan.verify.engine import Auto, engine_named
from sagwan.verify.verdict import PYTHON

from . import test_random_folders, test_verdict
from .differential import all_tests, beside
from .tampered import TAMPERED

pytest.importorskip("numba")
libcrypto = importlib.import_module("sagwan.verify.fast.libcrypto")

MODULES = (*TAMPERED, test_random_folders)
folder = test_verdict.folder
sound = test_random_folders.sound
# What Python allocates is measured there; the compiled loops' tables are larger, and do not grow.
MEASURED = {"test_a_log_that_claims_an_absurd_size", "test_a_report_that_claims_an_absurd_cut"}
globals().update({name: test for name, test in all_tests(MODULES).items() if test.__name__ not in MEASURED})


def same(python: Verdict, fast: Verdict) -> None:
    assert fast.engine == "fast"
    checks = tuple(replace(check, made_by=PYTHON) for check in fast.checks)
    assert replace(fast, engine="python", checks=checks) == python


@pytest.fixture(autouse=True)
def _with_fast(monkeypatch):
    both = beside(lambda: Auto(pays_from=0), same)
    for module in MODULES:
        monkeypatch.setattr(module, "verify", both)


def test_a_small_log_is_recounted_without_the_compiler(folder):
    assert verify(folder.root, engine=engine_named("auto")).engine == "python"


def test_a_missing_function_is_a_word_of_warning(folder, monkeypatch):
    monkeypatch.setattr(libcrypto, "NAMES", ("SHA256_Init", "SHA256_NoSuchFunction"))
    engine = engine_named("fast")
    verdict = verify(folder.root, engine=engine)
    assert verdict.engine == "python"
    assert "SHA256_NoSuchFunction" in engine.warning
    assert "hashlib" in engine.warning


def test_hashes_that_are_not_hashlibs_are_not_used(folder, monkeypatch):
    monkeypatch.setattr(libcrypto, "expected", lambda message: bytes(32))
    engine = engine_named("fast")
    assert verify(folder.root, engine=engine).engine == "python"
    assert engine.warning


def test_without_the_extra_it_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "numba", None)
    with pytest.raises(Exception, match="not installed") as raised:
        engine_named("fast")
    assert "sagwan[fast]" in raised.value.hint
