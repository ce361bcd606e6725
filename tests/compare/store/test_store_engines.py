"""Every query on every engine gives what the plain Python reference gives."""

from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

from sagwan.compare import load_packaged
from sagwan.compare.store.duck import DuckEngine
from sagwan.compare.store.parquet import write_parquet
from sagwan.compare.store.queries import NAMES, Engine, sql
from sagwan.compare.store.reference import ReferenceEngine
from tests.support.components import spark

from .generated import claims

SETS = {
    "few": claims(40, 1),
    "many": claims(3000, 2),
    "dense": claims(3000, 3),
    "packaged": list(load_packaged()),
}


@pytest.fixture(scope="module", params=sorted(SETS))
def engines(request: pytest.FixtureRequest) -> Iterator[tuple[Engine, Engine]]:
    engine, reference = DuckEngine(SETS[request.param]), ReferenceEngine(SETS[request.param])
    yield engine, reference
    engine.close()
    reference.close()


@pytest.mark.parametrize("name", NAMES)
def test_duckdb_agrees_with_the_reference(name: str, engines: tuple[Engine, Engine]) -> None:
    engine, reference = engines
    assert engine.run(name) == reference.run(name)


@pytest.mark.parametrize("name", NAMES)
def test_every_query_finds_something(name: str) -> None:
    found = ReferenceEngine(SETS["many"]).run(name)
    assert len(found.rows) > 1
    assert all(len(row) == len(found.columns) for row in found.rows)


@pytest.mark.parametrize("name", NAMES)
def test_no_claims_no_rows(name: str) -> None:
    assert DuckEngine([]).run(name) == ReferenceEngine([]).run(name)


def test_parquet_files_say_what_memory_says(tmp_path: Path) -> None:
    paths = [tmp_path / "it's 1.parquet", tmp_path / "2.parquet"]
    for path, part in zip(paths, (SETS["many"][:700], SETS["many"][700:]), strict=True):
        write_parquet(part, path)
    engine = DuckEngine(paths)
    for name in NAMES:
        assert engine.run(name) == ReferenceEngine(SETS["many"]).run(name)


def test_every_file_is_a_query_and_the_other_way_round() -> None:
    folder = resources.files("sagwan.compare").joinpath("sql")
    assert {item.name for item in folder.iterdir()} == {f"{name}.sql" for name in NAMES}
    with pytest.raises(KeyError):
        sql("../data")
    assert all("ROUND(" not in sql(name).upper() and " / " not in sql(name) for name in NAMES)


@pytest.mark.spark
@pytest.mark.skipif(spark() is None, reason="no PySpark with Java: pip install pyspark")
@pytest.mark.filterwarnings("default")
@pytest.mark.slow
def test_spark_agrees_with_the_reference(tmp_path: Path) -> None:
    from sagwan.compare.store.spark import SparkEngine  # noqa: PLC0415 - only where pyspark is

    paths = [tmp_path / "1.parquet", tmp_path / "2.parquet"]
    for path, part in zip(paths, (SETS["many"][:700], SETS["many"][700:]), strict=True):
        write_parquet(part, path)
    engine, reference = SparkEngine(paths), ReferenceEngine(SETS["many"])
    try:
        for name in NAMES:
            assert engine.run(name) == reference.run(name), name
    finally:
        engine.close()
