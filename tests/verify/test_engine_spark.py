"""Spark says of every tampered folder what the Python code says, on two workers."""

import importlib
import os
import pickle
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from sagwan.publish.upload import upload
from sagwan.verify import SourceError, Trust, Verdict, verify
from sagwan.verify.http import Http
from sagwan.verify.objects import open_store
from sagwan.verify.run import Run
from sagwan.verify.source import open_source
from tests.support.bucket import BUCKET, running
from tests.support.folder import H1, Half, Keys, build, first_half, received, resolved, second_half

from . import test_cheats_keys, test_cheats_reports, test_verdict
from .differential import all_tests, beside
from .tampered import TAMPERED

pytestmark = [
    pytest.mark.spark,
    pytest.mark.slow,
    # moto's own: its tables of regions are opened and left to the collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning"),
]
place = importlib.import_module("sagwan.verify.spark.place")
engine = importlib.import_module("sagwan.verify.spark.engine")

MODULES = [one for one in TAMPERED if one not in (test_cheats_keys, test_cheats_reports)]
"""All but what Python's code reads for Spark too: keys, and the reports' own files."""
folder = test_verdict.folder
globals().update(all_tests(MODULES))


@pytest.fixture(scope="session")
def events(tmp_path_factory) -> Path:
    """Where Spark writes down what it does."""
    return tmp_path_factory.mktemp("events")


@pytest.fixture(scope="session")
def store():
    """An object store on this machine."""
    with pytest.MonkeyPatch.context() as environment, running(environment) as server:
        yield server


@pytest.fixture(scope="session")
def session(events, store):
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
        # Java's environment would do only where no test before these has started it.
        **{f"spark.executorEnv.{name}": value for name, value in store.environment.items()},
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


@pytest.mark.parametrize("spoiled", ["", "openings/2016H1/0.tsv", "log/tile/entries/000.p/16"])
def test_executors_read_an_object_store_themselves(session, tmp_path, trust, spoiled):
    """The same verdict as from the folder, and no opening line or entry bundle but the last on the driver."""
    publisher = build(tmp_path, first_half(withheld={10: "banded"}), second_half(late=[10]), keys=Keys())
    if spoiled:
        data = (tmp_path / spoiled).read_bytes()
        (tmp_path / spoiled).write_bytes(data[:-2] + bytes([data[-2] ^ 1]) + data[-1:])
    address = f"s3://{BUCKET}/{spoiled.replace('/', '-') or 'sound'}"
    upload(publisher.root, open_store(address))
    here = verify(tmp_path, trust=trust, engine=engine.Spark(session, partitions=2))
    with engine.Spark(session, partitions=2) as used, open_source(address) as source:
        there = Run(source, trust, engine=used).verdict()
        mirrored = {file.relative_to(source.root).as_posix() for file in source.root.rglob("*.tsv")}
        bundles = [file for file in source.root.rglob("log/tile/entries/**/*") if file.is_file()]
    same(replace(here, source=address), there)
    assert there.exit_code == (1 if spoiled else 0), there.checks
    # The driver mirrors the late lines, the last bundle, which tells that the log is there, and those in
    # which it looks for the report lines.
    assert mirrored == {"openings/2016H2/late.tsv"} and len(bundles) <= 3


def test_what_an_executor_cannot_read_is_told_with_what_to_do(session):
    """Not the first line of a trace of Spark's."""
    with engine.Spark(session, partitions=2) as used, pytest.raises(SourceError) as failed:
        list(used.each(place.hash_file, [(place.Stored("s3:///folder"), "report/2016H1.json")]))
    assert failed.value.message == "'s3:///folder' names no bucket"
    assert failed.value.hint == "such as s3://bucket/folder"


def test_what_only_the_driver_reaches_is_refused(session, trust):
    with pytest.raises(SourceError, match="cannot read"):
        place.place_of(Http("http://127.0.0.1:9/folder"))
