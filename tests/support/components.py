"""What some tests need beyond Python, and whether this machine has it."""

import importlib.util
import shutil
from collections.abc import Callable
from pathlib import Path


def postgresql_programs() -> Path | None:
    """The folder that holds `initdb` and `postgres`: from PATH, else Debian's newest."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = sorted(installed, key=lambda program: int(program.parts[-3].split(".")[0]))
    return newest[-1].parent if newest else None


def chromium() -> Path | None:
    """The Chromium that the browser tests drive."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    return Path(found) if found else None


def spark() -> Path | None:
    """PySpark, where Java is there to run it."""
    found = importlib.util.find_spec("pyspark")
    return Path(found.origin) if found and found.origin and shutil.which("java") else None


def strace() -> Path | None:
    """The strace that lets a system call of a process fail."""
    found = shutil.which("strace")
    return Path(found) if found else None


def age() -> Path | None:
    """The age program, which officials decrypt with."""
    found = shutil.which("age")
    return Path(found) if found else None


GOPATH = Path("/usr/share/gocode")
"""Where Debian's golang-golang-x-mod-dev lies."""


def outside() -> Path | None:
    """Go with golang.org/x/mod, where aics-tlog and tlog-scales are there too."""
    go, module = shutil.which("go"), GOPATH / "src/golang.org/x/mod"
    packages = all(importlib.util.find_spec(name) for name in ("aics_tlog", "tlog_scales"))
    return Path(go) if go and module.is_dir() and packages else None


COMPONENTS: dict[str, Callable[[], Path | None]] = {
    "postgresql": postgresql_programs,
    "browser": chromium,
    "spark": spark,
    "crash": strace,
    "outside": outside,
    "age": age,
}
"""Marker of the tests that need it → where the component is, if anywhere."""


def missing() -> list[str]:
    """The markers whose component this machine lacks."""
    return [marker for marker, find in COMPONENTS.items() if find() is None]
