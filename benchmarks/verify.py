"""How fast is the recount? Lines per second of `verify`, beside a bare hashlib loop over the same lines.

    python benchmarks/verify.py [LINES ...]

Builds a sound folder of that many lines (default 16,000 and 400,000) in a temporary folder, then times: the
whole in a fresh process (start of Python included), `verify` in a warm one, and the three SHA-256 a line that
nobody can do without (line, leaf, and one node of the tree) in one process on one core.
"""

# ruff: noqa: S101, S603  (no test and no service: what it runs is its own)
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sagwan.formats import paths
from sagwan.verify import Trust, verify

sys.path.insert(0, str(Path(__file__).parents[1]))  # the builder of folders is the tests'
from tests.support.folder import H1, Half, Keys, Publisher, received, resolved

COMMAND = "import sys; from sagwan.verify import verify; verify(sys.argv[1])"


def best(action: Callable[[], object], runs: int = 3) -> float:
    """Seconds of the quickest of some runs."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)


def bare(lines: list[bytes]) -> bytes:
    """Commitment, leaf hash and one node hash a line; nothing is read, compared or counted."""
    sha256 = hashlib.sha256
    node = bytes(32)
    for line in lines:
        leaf = sha256(b"\x00" + sha256(line).digest()).digest()
        node = sha256(b"\x01" + leaf + node).digest()
    return node


def measure(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        keys = Keys()
        lines = [make(f"r{n}") for n in range(count // 2) for make in (received, resolved)]
        Publisher(root, keys).publish(Half(H1, lines, batches=181))
        published = (root / paths.openings(H1, 0)).read_bytes().split(b"\n")[:-1]
        trust = Trust(key=keys.vkey, policy=keys.policy())
        assert verify(root, trust=trust).exit_code == 0, "the folder that is timed must hold"
        fresh = best(lambda: subprocess.run([sys.executable, "-c", COMMAND, folder], check=True))
        warm = best(lambda: verify(root, trust=trust))
        floor = best(lambda: bare(published))
        rate, limit = count / warm, count / floor
        print(
            f"{count:>9,} lines: fresh process {fresh:6.2f} s; verify {warm:6.2f} s = {rate:>9,.0f} lines/s; "
            f"bare hashlib {floor:6.2f} s = {limit:>9,.0f} lines/s; ratio {rate / limit:.2f}"
        )


def main() -> None:
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, 182 checkpoints, 2 cosignatures each")
    for count in [int(argument.replace(",", "")) for argument in sys.argv[1:]] or [16_000, 400_000]:
        measure(count)


if __name__ == "__main__":
    main()
