"""Does the recount's work per line stay flat when it is cut among executors?

    python benchmarks/spark.py [LINES] [--folder FOLDER] [--partitions 1 2 4]

Recounts a folder (made for it, default 1,000,000 lines, or one that `made_log.py` has written) by
`--engine spark` on a local cluster with as many workers as there are cores, cut into 1, 2 and 4 partitions,
with `python` and one process beside it in the same run. Prints lines a second, core-microseconds that
executors spent a line, and how many bytes of results reached the driver. The start of Java is left out.
"""

import argparse
import json
import os
import sys
import tempfile
import time
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


def tasks(events: Path) -> tuple[float, int]:
    """Seconds that all tasks ran so far, and bytes of their results."""
    seconds, size = 0.0, 0
    for file in events.iterdir():
        for line in file.read_text().splitlines():
            event = json.loads(line)
            if event["Event"] == "SparkListenerTaskEnd":
                metrics = event["Task Metrics"]
                seconds += metrics["Executor Run Time"] / 1000
                size += metrics["Result Size"]
    return seconds, size


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
        before = tasks(events)
        for pieces in partitions:
            start = time.perf_counter()
            verdict = verify(root, trust=trust, engine=Spark(spark, partitions=pieces))
            seconds = time.perf_counter() - start
            if verdict.exit_code:
                sys.exit(f"the folder does not hold: {verdict.checks}")
            after = tasks(events)
            print(
                f"  spark, {pieces} partitions   {seconds:7.1f} s  {count / seconds:>9,.0f} lines/s  "
                f"{(after[0] - before[0]) / count * 1e6:6.2f} core-microseconds a line  "
                f"{after[1] - before[1]:>9,} bytes to the driver",
                flush=True,
            )
            before = after
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
