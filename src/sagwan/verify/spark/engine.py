"""The Spark session, and the few shapes of work that it is given."""

import importlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from sagwan.record.errors import SagwanError
from sagwan.verify.findings import Findings
from sagwan.verify.requests import Range
from sagwan.verify.source import Source
from sagwan.verify.spark import tasks
from sagwan.verify.spark.counting import Job
from sagwan.verify.spark.late import LateJob
from sagwan.verify.spark.log import SparkLog
from sagwan.verify.spark.openings import SparkOpenings
from sagwan.verify.spark.place import hash_file, place_of
from sagwan.verify.spark.refused import refused
from sagwan.verify.spark.share import Result
from sagwan.verify.spark.ship import pack

T = TypeVar("T")
R = TypeVar("R")


class MissingSpark(SagwanError):
    """PySpark or Java is not there, or the cluster cannot be reached."""


class Spark:
    """The engine.

    `session`: a SparkSession to use and leave running; None starts one, or takes up the running one, with the
    master that Spark's own configuration names (else this machine). `partitions`: into how many pieces work
    is cut; None leaves it to the size of the work and to the number of cores.
    """

    name = "spark"
    warning = ""
    made: Mapping[int, Mapping[str, str]] = {
        2: {"en": "hashes on Spark's executors", "ko": "해시는 스파크 실행기"},
        5: {"en": "on Spark's executors", "ko": "스파크 실행기"},
        6: {"en": "on Spark's executors", "ko": "스파크 실행기"},
        7: {
            "en": "totals on Spark's executors, compared here",
            "ko": "집계는 스파크 실행기, 비교는 이 컴퓨터",
        },
    }

    def __init__(self, session: Any = None, partitions: int | None = None) -> None:
        try:
            self._sql = importlib.import_module("pyspark.sql")
        except ImportError:
            raise MissingSpark(
                "PySpark is not installed here", hint="pip install 'sagwan[spark]'; Spark needs Java 17"
            ) from None
        self._session = session
        self._own = session is None
        self._partitions = partitions

    def __enter__(self) -> Self:
        # Executors must run the interpreter that pickled their work, where nobody says otherwise.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        if self._session is None:
            builder = self._sql.SparkSession.builder.appName("sagwan verify")
            builder = builder.config("spark.ui.showConsoleProgress", "false")
            try:
                self._session = builder.getOrCreate()
            except Exception as error:
                raise MissingSpark(
                    f"Spark does not start: {_first_line(error)}",
                    hint="is Java 17 there, and the master up?",
                ) from None
        self._context = self._session.sparkContext
        if self._own:
            self._context.setLogLevel("ERROR")
        _ship(self._context)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._own and self._session is not None:
            self._session.stop()
            self._session = None

    def tree(self, source: Source, sizes: Sequence[int]) -> SparkLog:
        return SparkLog(self, source, sizes)

    def openings(
        self, source: Source, ranges: Sequence[Range], total: int, findings: Findings
    ) -> SparkOpenings:
        return SparkOpenings(self, source, ranges, total, findings)

    def hash_files(self, source: Source, files: Sequence[str]) -> dict[str, str]:
        place = place_of(source)
        return dict(zip(files, self.each(hash_file, ((place, file) for file in files)), strict=True))

    def partitions_for(self, wanted: int) -> int:
        """Into how many pieces to cut work that wants so many: what was asked, else one a core or more."""
        return self._partitions or max(wanted, int(self._context.defaultParallelism))

    def each(self, function: Callable[[T], R], work: Iterable[T]) -> Iterator[R]:
        """`function` of each piece of work, on the executors, in order."""
        pieces = list(work)
        if pieces:
            slices = min(len(pieces), self.partitions_for(len(pieces) // 16))
            yield from self._run(lambda: self._context.parallelize(pieces, slices).map(function).collect())

    def count(self, jobs: Sequence[Job], late: LateJob) -> Result:
        """Count all parts, gather each request's lines, follow them: the one result of everything."""
        slices = min(len(jobs), self._partitions or len(jobs)) + 1
        sent = self._context.parallelize([late, *jobs], slices).flatMap(tasks.send)
        return self._run(lambda: tasks.gather(self._context, sent, late))

    def _run(self, action: Callable[[], R]) -> R:
        try:
            return action()
        except SagwanError:
            raise
        except Exception as error:
            raise refused(str(error)) or MissingSpark(
                f"Spark could not finish: {_first_line(error)}"
            ) from error


_shipped: dict[str, tempfile.TemporaryDirectory[str]] = {}
"""The zip of each Spark application: an executor may start, and ask for it, at any time until the end."""


def _ship(context: Any) -> None:
    if context.applicationId not in _shipped:
        folder = _shipped[context.applicationId] = tempfile.TemporaryDirectory(prefix="sagwan-spark-")
        context.addPyFile(str(pack(Path(folder.name) / "sagwan-verify.zip")))


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
