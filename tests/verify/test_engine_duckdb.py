"""DuckDB's SQL says of every tampered folder what the Python code says."""

import pytest

from sagwan.verify import Verdict
from sagwan.verify.duckdb import DuckDB

from . import (
    test_absurd_folders,
    test_cheats_corrections,
    test_cheats_keys,
    test_cheats_lines,
    test_cheats_log,
    test_cheats_reports,
    test_cheats_requests,
    test_cheats_table,
    test_verdict,
)
from .differential import beside, places, statuses, tests_of

MODULES = (
    test_absurd_folders,
    test_cheats_corrections,
    test_cheats_keys,
    test_cheats_lines,
    test_cheats_log,
    test_cheats_reports,
    test_cheats_requests,
    test_cheats_table,
    test_verdict,
)
globals().update(tests_of(MODULES))


def same(python: Verdict, duckdb: Verdict) -> None:
    assert statuses(duckdb) == statuses(python), (duckdb.checks, python.checks)
    assert duckdb.periods == python.periods
    assert duckdb.exit_code == python.exit_code
    for number in range(1, 8):
        assert places(duckdb, number) == places(python, number)


@pytest.fixture(autouse=True)
def _with_duckdb(monkeypatch):
    both = beside(DuckDB, same)
    for module in MODULES:
        monkeypatch.setattr(module, "verify", both, raising=False)
