"""Spark: the same queries past one machine. Needs `pyspark` and a Java runtime."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pyspark.sql import SparkSession  # type: ignore[import-not-found, unused-ignore]

from sagwan.compare.store.queries import Result, result, sql


class SparkEngine:
    """Queries over Parquet files; `master` is a cluster's address or a local one such as `local[2]`."""

    def __init__(self, files: Sequence[Path], *, master: str = "local[2]") -> None:
        self._spark: Any = (
            SparkSession.builder.master(master)
            .appName("sagwan")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.sql.ansi.enabled", "true")
            .getOrCreate()
        )
        self._spark.read.parquet(*map(str, files)).createOrReplaceTempView("claims")
        self._spark.sql(sql("standing")).createOrReplaceTempView("standing")

    def run(self, name: str) -> Result:
        """Run a query by its name; raises KeyError for one that is not there."""
        found = self._spark.sql(sql(name))
        return result(found.columns, found.collect())

    def close(self) -> None:
        self._spark.stop()
