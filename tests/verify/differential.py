"""Runs a second engine beside Python's, over whatever folder a test verifies, and compares what they say."""

import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType

from hypothesis import strategies as st

from sagwan.verify import Memory, Status, Trust, Verdict, verify
from sagwan.verify.engine import Engine
from tests.support.folder import Half, hexes


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


def tell_lies(years: Sequence[Half], data: st.DataObject) -> None:
    """Lines of sound half-years are dropped, doubled, swapped, moved and withheld before they are sealed."""
    first = years[0]
    lines = first.lines
    for _ in range(data.draw(st.integers(1, 3))):
        one, other = (data.draw(st.integers(0, len(lines) - 1)) for _ in "ab")
        match data.draw(st.sampled_from(["swap", "double", "withhold", "row", "target"])):
            case "swap":
                lines[one], lines[other] = lines[other], lines[one]
            case "double":
                lines.append(replace(lines[one], salt=hexes(f"again {one}", 32)))
            case "withhold":
                first.withheld[one] = "lost"
            case "row":
                lines[one] = replace(lines[one], request=lines[other].request)
            case "target":
                wrong = [n for n, line in enumerate(years[1].lines) if line.kind == "corrected"]
                for place in wrong:
                    years[1].lines[place] = replace(years[1].lines[place], supersedes=one)
