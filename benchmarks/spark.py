"""Does the recount's work per line stay flat when it is cut among executors?

    python benchmarks/spark.py [LINES] [--folder FOLDER] [--partitions 1 2 4]

Recounts a folder (made for it, default 1,000,000 lines, or one that `made_log.py` has written) by
`--engine spark` on a local cluster with as many workers as there are cores, cut into 1, 2 and 4 partitions,
with `python` in as many processes beside it. Prints lines a second; for each line the processor
time that executors and their Python workers used and the bytes that they shuffled; how many bytes of results
reached the driver; the memory of one executor with its worker. The start of Java is left out.
"""

import argparse
import json
import os
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import made_log
from pyspark.sql import SparkSession

from sagwan.verify import Trust, verify
from sagwan.verify.engine import Python
from sagwan.verify.spark.engine import Spark


def session(events: Path) -> SparkSession:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master(f"local-cluster[{os.cpu_count()},1,2048]").appName("recount")
    for name, value in {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.executor.memory": "2g",
        "spark.eventLog.enabled": "true",
        "spark.eventLog.dir": events.as_uri(),
        "spark.eventLog.compress": "false",
        "spark.eventLog.rolling.enabled": "false",
    }.items():
        builder = builder.config(name, value)
    started = builder.getOrCreate()
    started.sparkContext.setLogLevel("ERROR")
    return started


@dataclass(frozen=True, slots=True)
class Spent:
    """What the cluster has spent so far.

    `cpu`: seconds of processors, by executors and their Python workers. `result`: bytes of task results,
    which reach the driver. `shuffled`: bytes written for the shuffle.
    """

    cpu: float
    result: int
    shuffled: int

    def __sub__(self, other: "Spent") -> "Spent":
        return Spent(self.cpu - other.cpu, self.result - other.result, self.shuffled - other.shuffled)


def executors() -> dict[int, list[int]]:
    """Process id of each executor -> its own and its Python workers'."""
    parents, found = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            parents[int(folder.name)] = int(fields[1])
            if "CoarseGrainedExecutorBackend" in (folder / "cmdline").read_text():
                found[int(folder.name)] = [int(folder.name)]
    for process, above in parents.items():
        while above > 1 and above not in found:
            above = parents.get(above, 0)
        if above in found:
            found[above].append(process)
    mine = os.getpid()
    return {process: tree for process, tree in found.items() if _below(process, mine, parents)}


def _below(process: int, ancestor: int, parents: dict[int, int]) -> bool:
    while process > 1 and process != ancestor:
        process = parents.get(process, 0)
    return process == ancestor


def cpu() -> float:
    """Processor seconds of all executors so far, of workers that have ended too."""
    ticks = 0
    for process in (process for tree in executors().values() for process in tree):
        with suppress(OSError):
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(map(int, fields[11:15]))  # own and waited-for children's, user and system
    return ticks / os.sysconf("SC_CLK_TCK")


def spent(events: Path) -> Spent:
    result = shuffled = 0
    for file in events.iterdir():
        for line in file.read_text().splitlines():
            event = json.loads(line)
            if event["Event"] == "SparkListenerTaskEnd":
                metrics = event["Task Metrics"]
                result += metrics["Result Size"]
                shuffled += metrics["Shuffle Write Metrics"]["Shuffle Bytes Written"]
    return Spent(cpu(), result, shuffled)


class Peak(threading.Thread):
    """The most memory that one executor and its workers had at a time, in bytes, looked at twice a second."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.bytes, self._over = 0, threading.Event()

    def run(self) -> None:
        page = os.sysconf("SC_PAGE_SIZE")
        while not self._over.wait(0.5):
            for tree in executors().values():
                pages = 0
                for process in tree:
                    with suppress(OSError):
                        pages += int(Path(f"/proc/{process}/statm").read_text().split()[1])
                self.bytes = max(self.bytes, pages * page)

    def __enter__(self) -> "Peak":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self.join()


def measure(root: Path, partitions: list[int], events: Path) -> None:
    trust = Trust(
        key=root.with_name(root.name + ".key").read_text().strip(),
        policy=root.with_name(root.name + ".policy").read_text(),
    )
    start = time.perf_counter()
    verdict = verify(root, trust=trust, engine=Python())
    seconds = time.perf_counter() - start
    count = verdict.size
    print(f"{count:,} lines")
    rate = f"{seconds:7.1f} s  {count / seconds:>9,.0f} lines/s"
    print(f"  python, {os.cpu_count()} processes  {rate}", flush=True)
    spark = session(events)
    try:
        spark.sparkContext.parallelize(range(8), 8).sum()  # Java and the workers are warm
        before = spent(events)
        for pieces in partitions:
            start = time.perf_counter()
            with Peak() as peak:
                verdict = verify(root, trust=trust, engine=Spark(spark, partitions=pieces))
            seconds = time.perf_counter() - start
            if verdict.exit_code:
                sys.exit(f"the folder does not hold: {verdict.checks}")
            after = spent(events)
            done, before = after - before, after
            print(
                f"  spark, {pieces} partitions   {seconds:7.1f} s  {count / seconds:>9,.0f} lines/s  "
                f"a line: {done.cpu / count * 1e6:.2f} core-microseconds, {done.shuffled / count:.1f} bytes "
                f"shuffled  {done.result:,} bytes to the driver  {peak.bytes >> 20:,} MiB an executor",
                flush=True,
            )
    finally:
        spark.stop()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("lines", nargs="?", default="1,000,000")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--partitions", type=int, nargs="+", default=[1, 2, 4])
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        events = Path(folder, "events")
        events.mkdir()
        root = asked.folder or Path(folder, "log")
        if not asked.folder:
            made_log.write(root, int(asked.lines.replace(",", "")))
        measure(root.resolve(), asked.partitions, events)


if __name__ == "__main__":
    main()
