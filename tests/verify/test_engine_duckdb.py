"""DuckDB's SQL says of every tampered folder what the Python code says."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sagwan.verify import Verdict, verify
from sagwan.verify.duckdb import DuckDB
from tests.support.folder import build

from . import test_random_folders as random_folders
from . import test_verdict
from .differential import all_tests, beside, places, statuses, tell_lies
from .tampered import TAMPERED

folder = test_verdict.folder
sound = random_folders.sound
halves, KEYS, TRUST = random_folders.halves, random_folders.KEYS, random_folders.TRUST
globals().update(all_tests(TAMPERED))


UNREADABLE = ("DuckDB cannot read the lines", "there are empty lines")
"""DuckDB's reader refuses carriage returns and passes over empty lines: it says so, and not line by line."""


def same(python: Verdict, duckdb: Verdict) -> None:
    if any(failure.message.startswith(UNREADABLE) for failure in duckdb.checks[4].failures):
        assert python.checks[4].failures
        return
    assert statuses(duckdb) == statuses(python), (duckdb.checks, python.checks)
    assert duckdb.periods == python.periods
    assert duckdb.exit_code == python.exit_code
    for number in range(1, 8):
        # Python judges corrections before the lives of requests, SQL in the order of reading.
        order = sorted if number == 6 else list
        assert order(places(duckdb, number)) == order(places(python, number))


@pytest.fixture(autouse=True)
def _with_duckdb(monkeypatch):
    both = beside(DuckDB, same)
    for module in TAMPERED:
        monkeypatch.setattr(module, "verify", both, raising=False)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(halves())
def test_random_sound_folders(years):
    with tempfile.TemporaryDirectory() as root:
        build(Path(root), *years, keys=KEYS)
        verdict = beside(DuckDB, same)(root, trust=TRUST)
        assert verdict.exit_code == 0


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(halves(), st.data())
@pytest.mark.slow
def test_random_lies(years, data):
    tell_lies(years, data)
    with tempfile.TemporaryDirectory() as root:
        build(Path(root), *years, keys=KEYS)
        beside(DuckDB, same)(root, trust=TRUST)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_changed_byte_fails(sound, data):
    root, files = sound
    file = data.draw(st.sampled_from(files))
    before = file.read_bytes()
    if not before:
        return
    after = bytearray(before)
    after[data.draw(st.integers(0, len(before) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        file.write_bytes(after)
        assert verify(root, trust=TRUST, engine=DuckDB()).exit_code == 1
    finally:
        file.write_bytes(before)
