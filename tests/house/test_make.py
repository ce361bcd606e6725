"""The tasks: `make help` tells them all, and a machine without the means is told what to install."""

import re
import subprocess
from pathlib import Path

import pytest

from .tree import ROOT

MAKE_VENV = ROOT / "scripts" / "make-venv"


def test_help_tells_every_task() -> None:
    said = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    makefile = (ROOT / "Makefile").read_text("utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert re.findall(r"^  make ([a-z]+)", said.stdout, re.MULTILINE) == phony.split()


def program(folder: Path, name: str, script: str) -> None:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A PATH that holds bash and nothing else yet."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "bash").symlink_to("/bin/bash")
    return folder


def make_venv(machine: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/bash", MAKE_VENV, machine.parent / "venv"],
        env={"PATH": str(machine)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_uv_is_used_where_it_is_installed(machine: Path) -> None:
    program(machine, "uv", 'echo "uv $*"')
    done = make_venv(machine)
    assert done.returncode == 0
    assert done.stdout.startswith("uv venv")


def test_without_ensurepip_the_package_to_install_is_named(machine: Path) -> None:
    program(machine, "python3", 'case "$2" in *ensurepip*) exit 1;; *print*) echo 3.11;; esac')
    done = make_venv(machine)
    assert done.returncode == 1
    assert "apt-get install python3.11-venv" in done.stderr


def test_an_old_python_is_passed_over_for_a_newer_one(machine: Path) -> None:
    program(machine, "python3", "exit 1")
    program(machine, "python3.12", 'case "$1" in -m) echo "made with 3.12";; esac')
    assert make_venv(machine).stdout == "made with 3.12\n"


def test_without_a_python_the_package_to_install_is_named(machine: Path) -> None:
    program(machine, "python3", "exit 1")
    done = make_venv(machine)
    assert done.returncode == 1
    assert "needs Python 3.11 or later" in done.stderr
