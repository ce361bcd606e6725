"""Spark says of every tampered folder what the Python code says, on two workers."""

import importlib
import os
import pickle
import shutil
import sys
from pathlib import Path

import pytest

from sagwan.verify import Trust, Verdict, verify
from tests.support.folder import H1, Half, Keys, build, received, resolved

from . import (
    test_absurd_folders,
    test_cheats_bands,
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
    test_cheats_bands,
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


def test_only_hashes_and_counts_reach_the_driver(session, tmp_path, monkeypatch):
    """Ten times the lines, and as many bytes: none of them is a line's salt or its request."""
    reached: list[bytes] = []
    run = engine.Spark._run

    def recorded(self, action):
        result = run(self, action)
        reached.append(pickle.dumps(result))
        return result

    monkeypatch.setattr(engine.Spark, "_run", recorded)
    sizes = []
    for count in (150, 1500):
        root = tmp_path / str(count)
        lines = [make(f"r{number}") for number in range(count // 2) for make in (received, resolved)]
        keys = Keys()
        build(root, Half(H1, lines, batches=3), keys=keys)
        trust = Trust(key=keys.vkey, policy=keys.policy())
        assert verify(root, trust=trust, engine=engine.Spark(session, partitions=2)).exit_code == 0
        everything = b"".join(reached)
        for line in lines:
            for part in (line.salt.encode(), line.request.encode(), bytes.fromhex(line.request)):
                assert part not in everything
        sizes.append(len(everything))
        reached.clear()
    assert sizes[1] < 2 * sizes[0]  # a tree ten times as large has a few hashes more
