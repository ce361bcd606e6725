"""How long does the whole demo take, and how much memory? At most 60 s (aim: 30) and 500 MB on 2 cores.

    python benchmarks/demo.py

Runs `sagwan demo --no-serve` in a process of its own, and beside it, in the same run, what the machine itself
needs for a fixed piece of work, so that figures of different days can be compared.
"""

# ruff: noqa: S603  (no service: what it runs is its own)
import hashlib
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def machine() -> float:
    """Seconds of 2 million SHA-256 of 64 bytes in a Python loop, on one core."""
    start = time.perf_counter()
    data = bytes(64)
    for _ in range(2_000_000):
        hashlib.sha256(data).digest()
    return time.perf_counter() - start


def size(folder: Path) -> float:
    """Megabytes of the files in a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "demo"
        loop = machine()
        command = [sys.executable, "-m", "sagwan", "demo", "--no-serve", "--folder", str(folder)]
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        seconds = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(
            f"{os.cpu_count()} cores: demo {seconds:.1f} s, largest process {peak:.0f} MB, "
            f"on disk {size(folder):.0f} MB; "
            f"2,000,000 hashes in a loop {loop:.2f} s; ratio {seconds / loop:.0f}"
        )


if __name__ == "__main__":
    main()
