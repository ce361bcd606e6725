"""How fast is the recount? Lines per second of `verify` by each engine, beside others and the chip's limit.

    python benchmarks/verify.py [LINES ...] [--folder FOLDER]

Makes a sound folder of that many lines (default 16,000 and 1,000,000) in a temporary folder, or takes one
that `made_log.py` has written, and recounts it in one run:

- the limit: the three SHA-256 a line that nobody can do without (line, leaf, one node of the tree), by
  compiled loops over OpenSSL in as many threads as there are cores; nothing is read, compared or counted;
- bare hashlib: the same three, by Python in one process;
- ours: files to verdict with all seven checks, by `python`, `fast` and `duckdb`, and for small ones a fresh
  process, the start of Python included;
- others, where they are installed beside: commitments and tree alone. Sagwan never needs them (pymerkle is
  under the GPL); `pip install --no-deps --ignore-requires-python aics-tlog pymerkle cachetools` brings them.

The memory of an engine is the most that one of its processes held, the files that it had mapped included. Its
processor time is that of all its processes and threads: where other work shares the cores, compare that.
"""

# ruff: noqa: S603  (no service: what it runs is its own)
import argparse
import hashlib
import importlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import made_log

INSTALL = "pip install --no-deps --ignore-requires-python aics-tlog pymerkle cachetools"
"""For whoever wants to see the others beside ours."""

SMALL = 100_000
"""Up to so many lines the start of a process counts."""

VERIFY = """
import resource, sys, time
from pathlib import Path
from sagwan.verify import Trust, verify
from sagwan.verify.engine import engine_named
root, engine = sys.argv[1:]
trust = Trust(key=Path(root + ".key").read_text().strip(), policy=Path(root + ".policy").read_text())
quickest = least = 1e9
def busy():
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)
for _ in range(3):
    start, before = time.perf_counter(), busy()
    verdict = verify(root, trust=trust, engine=engine_named(engine))
    quickest, least = min(quickest, time.perf_counter() - start), min(least, busy() - before)
    assert verdict.exit_code == 0 and verdict.engine.startswith(engine), verdict
own = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss if engine == "python" else 0
print(quickest, least, max(own, child))
"""


def published(root: Path) -> bytes:
    """The openings, in log order."""
    files = sorted(
        (root / "openings").rglob("[0-9]*.tsv"), key=lambda file: (file.parent.name, int(file.stem))
    )
    return b"".join(file.read_bytes() for file in files)


def timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def limit(data: bytes, count: int) -> float:
    """Seconds of the three hashes in compiled loops, on all cores."""
    from sagwan.verify.fast import work  # noqa: PLC0415 - an extra

    work.check()
    hash_lines = importlib.import_module("bare").hash_lines
    cores = os.cpu_count() or 1
    lines = data.split(b"\n")[:-1]
    shares = [b"\n".join(lines[n * count // cores : (n + 1) * count // cores]) + b"\n" for n in range(cores)]
    hash_lines(b"\n")
    with ThreadPoolExecutor(cores) as pool:
        return min(timed(lambda: list(pool.map(hash_lines, shares))) for _ in range(3))


def by_hashlib(lines: list[bytes]) -> bytes:
    sha256 = hashlib.sha256
    node = bytes(32)
    for line in lines:
        leaf = sha256(b"\x00" + sha256(line).digest()).digest()
        node = sha256(b"\x01" + leaf + node).digest()
    return node


def others(lines: list[bytes]) -> Iterator[tuple[str, float]]:
    """Commitments and tree by other libraries."""
    for module, grow in (("pymerkle", _pymerkle), ("aics_tlog", _aics_tlog)):
        try:
            importlib.import_module(module)
        except ImportError:
            print(f"  {module:<28} not installed: {INSTALL}", flush=True)
            continue
        yield f"{module}, tree alone", timed(partial(grow, lines))


def _pymerkle(lines: list[bytes]) -> bytes:
    tree = importlib.import_module("pymerkle").InmemoryTree()
    for line in lines:
        tree.append_entry(hashlib.sha256(line).digest())
    return bytes(tree.get_root())


def _aics_tlog(lines: list[bytes]) -> bytes:
    commitments = [hashlib.sha256(line).digest() for line in lines]
    tree = importlib.import_module("aics_tlog").MerkleTree(commitments)
    return bytes(tree.root())


def engines(root: Path) -> Iterator[tuple[str, float, float, int]]:
    """Name, seconds, seconds of processor time and kilobytes of each of our engines, the least of three."""
    for engine in ("python", "fast", "duckdb"):
        command = [sys.executable, "-c", VERIFY, str(root), engine]
        found = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.split()
        yield engine, float(found[0]), float(found[1]), int(found[2])


def measure(root: Path) -> None:
    data = published(root)
    lines = data.split(b"\n")[:-1]
    count = len(lines)
    best = limit(data, count)

    def say(name: str, seconds: float, more: str = "") -> None:
        rate = f"{count / seconds:>10,.0f} lines/s   {best / seconds:6.3f} of the limit"
        print(f"  {name:<28} {seconds:8.2f} s  {rate}{more}", flush=True)

    print(f"{count:,} lines of {len(data) / count:.0f} bytes")
    say("the limit, hashes alone", best)
    say("bare hashlib, one process", timed(lambda: by_hashlib(lines)))
    for name, seconds in others(lines):
        say(name, seconds)
    for engine, seconds, busy, memory in engines(root):
        each = f"{busy / count * 1e9:,.0f} ns of processor time a line"
        say(f"verify --engine {engine}", seconds, f"   {each}   {memory / 1024:,.0f} MB")
    if count <= SMALL:
        command = [sys.executable, "-m", "sagwan.cli.main", "verify", str(root), "--no-memory"]
        say(
            "sagwan verify, fresh process",
            min(timed(lambda: subprocess.run(command, capture_output=True, check=False)) for _ in range(3)),
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("lines", nargs="*", type=lambda text: int(text.replace(",", "")))
    parser.add_argument("--folder", type=Path, help="a folder that made_log.py has written")
    asked = parser.parse_args()
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, 182 checkpoints, 2 cosignatures each")
    if asked.folder:
        measure(asked.folder)
        return
    for count in asked.lines or [16_000, 1_000_000]:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder, "log")
            made_log.write(root, count)
            measure(root)


if __name__ == "__main__":
    main()
