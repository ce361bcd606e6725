"""Runs a second engine beside Python's, over whatever folder a test verifies, and compares what they say."""

import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType

from sagwan.verify import Memory, Status, Trust, Verdict, verify
from sagwan.verify.engine import Engine


def beside(make: Callable[[], Engine], compare: Callable[[Verdict, Verdict], None]) -> Callable[..., Verdict]:
    """A `verify` that lets another engine judge the same folder first, and gives back Python's verdict."""

    def both(source, *, trust: Trust = Trust(), period=None, **options) -> Verdict:  # noqa: B008
        with tempfile.TemporaryDirectory() as folder:
            apart = trust
            if trust.memory is not None:
                kept = Path(folder) / "memory"
                if trust.memory.folder.exists():
                    shutil.copytree(trust.memory.folder, kept)
                apart = replace(trust, memory=Memory(kept))
            other = verify(source, trust=apart, period=period, engine=make())
        mine = verify(source, trust=trust, period=period, **options)
        compare(mine, other)
        return mine

    return both


def all_tests(modules: Sequence[ModuleType]) -> dict[str, Callable[..., None]]:
    """The tests of some modules, to be collected once more elsewhere."""
    return {
        f"{name}_in_{module.__name__.rpartition('.')[2].removeprefix('test_')}": test
        for module in modules
        for name, test in vars(module).items()
        if name.startswith("test_") and callable(test)
    }


def statuses(verdict: Verdict) -> list[Status]:
    return [check.status for check in verdict.checks]


def places(verdict: Verdict, number: int) -> list[tuple[str, int | None]]:
    """Where a check's first failures are: file and log index."""
    return [(failure.file, failure.index) for failure in verdict.checks[number - 1].failures]
