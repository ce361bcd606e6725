"""DuckDB: the engine that a store is queried with."""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from sagwan.compare.claim import Claim
from sagwan.compare.store.parquet import SCHEMA, table
from sagwan.compare.store.queries import Result, result, sql

MEMORY = "1GB"


class DuckEngine:
    """Queries over claims in memory, or over a store's Parquet files; nothing is read before a query asks."""

    def __init__(self, source: Sequence[Claim] | Sequence[Path], *, memory: str = MEMORY) -> None:
        self._connection = duckdb.connect(":memory:", config={"memory_limit": memory})
        files = [str(item) for item in source if isinstance(item, Path)]
        if files:
            self._connection.read_parquet(files).create_view("claims")
        else:
            # The connection keeps no reference of its own.
            claims = [item for item in source if isinstance(item, Claim)]
            self._table = table(claims) if claims else SCHEMA.empty_table()
            self._connection.register("claims", self._table)
        self._connection.execute(f"CREATE VIEW standing AS {sql('standing')}")

    def run(self, name: str) -> Result:
        """Run a query by its name; raises KeyError for one that is not there."""
        cursor = self._connection.execute(sql(name))
        return result([column[0] for column in cursor.description or ()], cursor.fetchall())

    def close(self) -> None:
        self._connection.close()
