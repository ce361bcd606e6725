"""A DuckDB of its own for one verification: on disk, bounded in memory, no network, gone afterwards."""

import importlib
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sagwan.record.errors import SagwanError
from sagwan.verify.binding import hash_files
from sagwan.verify.duckdb.files import is_readable
from sagwan.verify.duckdb.log import Log
from sagwan.verify.duckdb.openings import SqlOpenings
from sagwan.verify.findings import SHOWN, Findings
from sagwan.verify.requests import Range
from sagwan.verify.source import Source
from sagwan.verify.verdict import Failure

MEMORY = "1GB"
"""What DuckDB may hold in memory; beyond, it writes to its temporary folder."""


class MissingDuckDB(SagwanError):
    """The package is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "DuckDB is not installed here", hint="pip install duckdb, or go without --engine duckdb"
        )


class DuckDB:
    """The engine. `memory`: DuckDB's limit, in its own words, as `1GB`."""

    warning = ""
    made: Mapping[int, Mapping[str, str]] = {
        2: {"en": "hashes by DuckDB SQL, times by Python", "ko": "해시는 DuckDB SQL, 시각은 파이썬"},
        5: {"en": "DuckDB SQL", "ko": "DuckDB SQL"},
        6: {"en": "DuckDB SQL", "ko": "DuckDB SQL"},
        7: {"en": "totals by DuckDB SQL, compared by Python", "ko": "집계는 DuckDB SQL, 비교는 파이썬"},
    }

    def __init__(self, memory: str = MEMORY) -> None:
        try:
            self._duckdb = importlib.import_module("duckdb")
        except ImportError:
            raise MissingDuckDB from None
        self.name = f"duckdb {self._duckdb.__version__}"
        self.errors: type[Exception] = self._duckdb.Error
        self._memory = memory
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._connection: Any = None

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="sagwan-duckdb-")
        work = Path(self._folder.name)
        self._connection = self._duckdb.connect(
            work / "recount.duckdb",
            config={
                "memory_limit": self._memory,
                "temp_directory": str(work / "spilled"),
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            },
        )
        # It would go to standard output, among what is read there.
        self.ask("SET enable_progress_bar = false")
        for file in ("setup", "grammar"):
            self.run(file)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._connection is not None:
            self._connection.close()
        if self._folder is not None:
            self._folder.cleanup()

    def tree(self, source: Source, sizes: Sequence[int]) -> Log:
        return Log(self, source, sizes)

    def hash_files(self, source: Source, files: Sequence[str]) -> dict[str, str]:
        return hash_files(source, files)

    def openings(
        self, source: Source, ranges: Sequence[Range], total: int, findings: Findings
    ) -> SqlOpenings:
        return SqlOpenings(self, source, ranges, total, findings)

    def set(self, **variables: object) -> None:
        """Set variables that the files of `sql/` ask for."""
        for name, value in variables.items():
            self._connection.execute(f'SET VARIABLE "{name}" = $1', [value])

    def run(self, file: str, /, **variables: object) -> list[tuple[Any, ...]]:
        """Run a file of `sql/`, with its variables set; the rows of its last statement."""
        self.set(**variables)
        text = (resources.files(__package__) / "sql" / f"{file}.sql").read_text("utf-8")
        rows: list[tuple[Any, ...]] = self._connection.execute(text).fetchall()
        return rows

    def ask(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows that a query gives."""
        rows: list[tuple[Any, ...]] = self._connection.execute(query, list(values)).fetchall()
        return rows

    def table(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> None:
        """Make a temporary table anew of rows that Python has."""
        self._connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {name} ({', '.join(f'{c} {kind}' for c, kind in columns.items())})"
        )
        turned = list(zip(*rows, strict=True))
        if turned:
            lists = ", ".join(f"unnest(${n}::{kind}[])" for n, kind in enumerate(columns.values(), 1))
            self._connection.execute(f"INSERT INTO {name} SELECT {lists}", [list(each) for each in turned])

    def store(self, source: Source, paths: Sequence[str], limit: int) -> None:
        """Read small files of the source, those that are there, into the table `stored` (file, content)."""
        there = [path for path in paths if is_readable(source.root / path, limit)]
        self._connection.execute("CREATE OR REPLACE TEMP TABLE stored (file VARCHAR, content BLOB)")
        if not there:
            return
        root = self.reach(source)
        self._connection.execute("SET VARIABLE files = $1", [[f"{root}/{path}" for path in there]])
        self._connection.execute(
            "INSERT INTO stored SELECT filename[$1:], content FROM read_blob(getvariable('files'))",
            [len(root) + 2],
        )

    def reach(self, source: Source) -> str:
        """The source's folder under a name that holds no sign which DuckDB reads as a pattern."""
        assert self._folder is not None  # noqa: S101  (entered)
        link = Path(self._folder.name) / "folder"
        if not link.exists():
            link.symlink_to(source.root.resolve(), target_is_directory=True)
        return str(link)

    def found(self, findings: Findings, check: int) -> None:
        """Hand a check's failures over to the findings: the first ones with their words, then how many."""
        ((count,),) = self.ask("SELECT count(*) FROM failure WHERE check_number = $1", [check])
        rows = self.ask(_FIRST, [check, SHOWN])
        findings.take((Failure(*row) for row in rows), count - len(rows))


_FIRST = """
SELECT check_number, file, message, coalesce(expected, ''), coalesce(found, ''), i FROM failure
WHERE check_number = $1 ORDER BY place, rowid LIMIT $2
"""
