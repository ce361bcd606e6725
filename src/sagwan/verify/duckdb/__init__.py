"""The sceptic's second check: the same root and totals by DuckDB SQL alone, with another SHA-256.

The files in `sql/` are all there is to it; what stands beside them finds the files, says which are wanted,
and hands over what was found. `duckdb` itself is imported only when the engine is made.
"""

from sagwan.verify.duckdb.engine import DuckDB

__all__ = ["DuckDB"]
