"""How good and how fast is the reconciliation? Precision and recall on labelled figures; seconds and memory.

    python benchmarks/compare.py [CLAIMS ...]

First the real claims: seconds, agreement with two readers (`labelled/`), slips put in on purpose, and what is
seen where there is nothing to see. Then claims
made up with the shape of the real ones (default 10,000, 100,000 and 1,000,000; benchmarks/made_claims.py),
each read from CSV and reconciled in fresh processes, one a core, beside a bare CSV read of the same bytes and
a plain DuckDB GROUP BY over them. The seconds of processor time tell what a machine without other work needs.
"""

# ruff: noqa: S603, E402  (no service: what it runs is its own, and finds it first)
import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

HERE = Path(__file__)
sys.path.insert(0, str(HERE.parents[1]))

import duckdb
from benchmarks.blind import load_judgements, score_blind
from benchmarks.ghosts import from_nowhere, wrongly_seen
from benchmarks.labels import Score, load_labels, score
from benchmarks.made_claims import write
from benchmarks.slips import measure

from sagwan.compare import Comparison, Status, compare, load_packaged
from sagwan.compare.many import compare_many

COUNTS = (10_000, 100_000, 1_000_000)
GROUPS = (
    "SELECT count(*) FROM (SELECT provider, service, jurisdiction, period, category, metric, part, "
    "count(*), count(DISTINCT value) FROM read_csv(?, all_varchar = true) GROUP BY ALL)"
)


def tally(comparison: Comparison) -> Counter[str]:
    """Figures by status."""
    return Counter(result.status.value for result in comparison.figures)


def real() -> None:
    start = time.perf_counter()
    claims = load_packaged()
    loaded = time.perf_counter()
    comparison = compare(claims)
    done = time.perf_counter()
    figures, disputed = len(comparison.figures), len(comparison.with_status(Status.DISPUTED))
    print(
        f"{len(claims):,} real claims: read {loaded - start:.2f} s, reconciled {done - loaded:.2f} s; "
        f"{figures:,} figures, {disputed} disputed"
    )
    for name, found in zip(("disputes", "explanations"), score(comparison, load_labels()), strict=True):
        print(f"labelled {name}: {_line(found)}")
    judgements = load_judgements()
    for title, settled in (("judged blind", False), ("the same, settled", True)):
        for name, found in zip(
            ("disputes", "explanations"), score_blind(comparison, judgements, settled=settled), strict=True
        ):
            print(f"{title}: {name}: {_line(found)}")
    for slip in measure(claims, each=200):
        print(
            f"  put in {slip.put:3} x {slip.kind:24} {slip.code or 'unexplained':18} "
            f"{slip.right / slip.put:6.1%}; other codes seen in {slip.wrong / slip.put:5.1%}"
        )
    for seen in from_nowhere(claims):
        codes = ", ".join(f"{code} {n}" for code, n in seen.codes.most_common()) or "none"
        print(
            f"  put in {seen.put:3} x {seen.kind:33} explained all the same: "
            f"{seen.explained / seen.put:5.1%} ({codes})"
        )
    figures, wrong, explained = wrongly_seen(claims)
    print(
        f"  tables in which nothing is wrong: beside roundings {wrong} of {figures:,} figures disputed, "
        f"{explained} explanations"
    )


def _line(found: Score) -> str:
    text = f"precision {found.precision:.1%}, recall {found.recall:.1%} of {found.found.total()} found"
    for name, some in (("ghosts", found.ghosts), ("missed", found.missed)):
        text += f"; {name}: {', '.join(f'{code} {n}' for code, n in sorted(some.items()))}" if some else ""
    return text


def run(table: Path) -> None:
    """In a process of its own: reconcile a table; print seconds, seconds of processor time, peak memory of
    this process and its children, each as large as the largest (in MB), and how many figures and disputes."""
    jobs = os.cpu_count() or 1
    start = time.perf_counter()
    total: Counter[str] = Counter()
    for part in compare_many(table, tally, jobs=jobs):
        total.update(part)
    seconds = time.perf_counter() - start
    own, child = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    busy = own.ru_utime + own.ru_stime + child.ru_utime + child.ru_stime
    memory = (own.ru_maxrss + jobs * child.ru_maxrss) / 1024
    print(f"{seconds:.3f} {busy:.3f} {memory:.0f} {total.total()} {total['disputed']}")


def scale(count: int, before: tuple[int, float] | None) -> tuple[int, float]:
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "claims.csv"
        write(table, count)
        command = [sys.executable, HERE, "--run", table]
        told = subprocess.run(command, check=True, capture_output=True, text=True)
        seconds, busy, memory, figures, disputed = (float(word) for word in told.stdout.split())
        bare, grouped = _bare(table), _grouped(table)
        size = table.stat().st_size / 1e6
    growth = f"; {seconds / before[1]:.1f} x for {count / before[0]:.0f} x the claims" if before else ""
    print(
        f"{count:>9,} claims ({size:.0f} MB): {seconds:6.2f} s = {count / seconds:>7,.0f} claims/s "
        f"({busy:.2f} s of processor time), at most "
        f"{memory:,.0f} MB; {figures:,.0f} figures, {disputed:,.0f} disputed; bare CSV read {bare:.2f} s "
        f"(x {seconds / bare:.0f}); DuckDB GROUP BY {grouped:.2f} s (x {seconds / grouped:.0f}){growth}",
        flush=True,
    )
    return count, seconds


def _bare(table: Path) -> float:
    start = time.perf_counter()
    with table.open(encoding="utf-8", newline="") as stream:
        for _ in csv.reader(stream):
            pass
    return time.perf_counter() - start


def _grouped(table: Path) -> float:
    start = time.perf_counter()
    duckdb.connect().execute(GROUPS, [str(table)]).fetchall()
    return time.perf_counter() - start


def main() -> None:
    if sys.argv[1:2] == ["--run"]:
        run(Path(sys.argv[2]))
        return
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    real()
    before = None
    for count in [int(argument.replace(",", "")) for argument in sys.argv[1:]] or COUNTS:
        before = scale(count, before)


if __name__ == "__main__":
    main()
