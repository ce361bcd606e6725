"""Run a process under strace, which lets a chosen system call fail, kill, or both (Tessera's way)."""

import re
import subprocess
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

CALLS = (
    "write", "pwrite64", "writev", "pwritev", "fsync", "fdatasync", "rename", "renameat", "renameat2",
    "unlink", "unlinkat", "ftruncate", "mkdir", "mkdirat", "rmdir", "link", "linkat",
)  # fmt: skip
"""Everything that writes, syncs or renames."""

KINDS = {
    "killed": "error=EIO:signal=SIGKILL:when={}",
    "error": "error=EIO:when={}",
    "full": "error=ENOSPC:when={}+",
}
"""The call is not carried out and the process dies; it fails once; it and all that follow find no room."""


@dataclass(frozen=True, slots=True)
class Fault:
    """The `number`-th call of a name, counted in each thread, meets that kind of failure."""

    call: str
    number: int
    kind: str

    def __str__(self) -> str:
        return f"{self.call} {self.number} {self.kind}"

    @property
    def options(self) -> list[str]:
        return ["-e", f"inject={self.call}:{KINDS[self.kind].format(self.number)}"]


def traced(
    options: Sequence[str], command: Sequence[str | Path], output: Path | str = "/dev/null"
) -> list[str]:
    """The command line that runs `command` under strace."""
    # Not with --seccomp-bpf, which is faster: strace 6.1 loses the signal then.
    calls = ",".join(CALLS)
    strace = ["strace", "-f", "-qq", "-o", str(output), "-e", f"trace={calls}"]
    return [*strace, *options, *map(str, command)]


def counted(output: Path) -> dict[str, int]:
    """How often each call was made in the thread that made most, from strace's output."""
    seen: Counter[tuple[str, str]] = Counter()
    for line in output.read_text("utf-8", "replace").splitlines():
        if match := re.match(r"(\d+) +(\w+)\(", line):
            seen[match[1], match[2]] += 1
    most: dict[str, int] = {}
    for (_, call), count in seen.items():
        most[call] = max(most.get(call, 0), count)
    return most


def faults(calls: Mapping[str, int], every: bool, first: Mapping[str, int] | None = None) -> list[Fault]:
    """A fault at each call (beyond those that `first` counts), of each kind; or a sample that has every name
    and kind, at the beginning, the middle or the end in turn."""
    found = []
    for turn, (call, count) in enumerate(sorted(calls.items())):
        begin = (first or {}).get(call, 0) + 1
        numbers = range(begin, count + 1)
        for step, kind in enumerate(KINDS):
            if every or not numbers:
                found += [Fault(call, number, kind) for number in numbers]
                continue
            spread = [numbers[0], numbers[len(numbers) // 2], numbers[-1]]
            found.append(Fault(call, spread[(turn + step) % 3], kind))
    return found


def run(command: Sequence[str], environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, capture_output=True, text=True, env=dict(environment), check=False, timeout=300
    )
