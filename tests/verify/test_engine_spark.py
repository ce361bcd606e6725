"""Spark says of every tampered folder what the Python code says, on two workers."""

import importlib
import os
import shutil
import sys
from pathlib import Path

import pytest

from sagwan.verify import Verdict

from . import (
    test_absurd_folders,
    test_cheats_corrections,
    test_cheats_lines,
    test_cheats_log,
    test_cheats_requests,
    test_cheats_table,
    test_verdict,
)
from .differential import all_tests, beside

pytestmark = [pytest.mark.spark, pytest.mark.slow]
engine = importlib.import_module("sagwan.verify.spark.engine")

MODULES = (
    test_absurd_folders,
    test_cheats_corrections,
    test_cheats_lines,
    test_cheats_log,
    test_cheats_requests,
    test_cheats_table,
    test_verdict,
)
folder = test_verdict.folder
globals().update(all_tests(MODULES))


@pytest.fixture(scope="session")
def events(tmp_path_factory) -> Path:
    """Where Spark writes down what it does."""
    return tmp_path_factory.mktemp("events")


@pytest.fixture(scope="session")
def session(events):
    """A cluster of this machine: a master and two workers, each with an executor of its own."""
    pyspark = pytest.importorskip("pyspark.sql")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = pyspark.SparkSession.builder.master("local-cluster[2,1,1024]").appName("tests")
    for name, value in {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.executor.memory": "1g",
        "spark.eventLog.enabled": "true",
        "spark.eventLog.dir": events.as_uri(),
        "spark.eventLog.compress": "false",
        "spark.eventLog.rolling.enabled": "false",
    }.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()
    shutil.rmtree(Path(os.environ.get("SPARK_HOME", Path(pyspark.__file__).parents[1])) / "work", True)


@pytest.fixture
def spark(session):
    return lambda: engine.Spark(session, partitions=2)


def same(python: Verdict, spark: Verdict) -> None:
    """The same failures, word by word; only of one check of one run of lines may the order differ."""
    assert spark.periods == python.periods
    assert spark.exit_code == python.exit_code
    for mine, other in zip(python.checks, spark.checks, strict=True):
        assert (other.status, other.more) == (mine.status, mine.more)
        assert set(other.failures) == set(mine.failures)


@pytest.fixture(autouse=True)
def _with_spark(monkeypatch, spark):
    both = beside(spark, same)
    for module in MODULES:
        monkeypatch.setattr(module, "verify", both)
