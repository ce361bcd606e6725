"""The arrows between the rooms go down only; and the checker does notice one that goes up."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .tree import ROOT, SOURCE

CONFIG = ROOT / ".importlinter"


def lint(folder: Path) -> tuple[int, str]:
    done = subprocess.run(
        ["lint-imports", "--no-logo", "--no-cache", "--config", CONFIG],
        cwd=folder,
        env={**_environment(), "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def _environment() -> dict[str, str]:
    return {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the package, to break an arrow in."""
    shutil.copytree(SOURCE, tmp_path / "sagwan", ignore=shutil.ignore_patterns("__pycache__", "*.csv"))
    return tmp_path


def test_the_house_stands() -> None:
    status, said = lint(ROOT)
    assert status == 0, said


@pytest.mark.parametrize(
    ("room", "line", "broken"),
    [
        ("record", "import sagwan.law.model", "Arrows go down only"),
        ("law", "import sqlite3", "The pure rooms"),
        ("formats", "import urllib.request", "The pure rooms"),
        ("verify", "import sagwan.law.model", "verify needs only"),
        ("compare", "import sagwan.desk.home", "The public side"),
        ("seal", "from django.db import models", "Only the desk"),
        ("pages", "from cryptography.hazmat.primitives import hashes", "Signatures and ciphers"),
    ],
)
def test_a_broken_arrow_is_noticed(house: Path, room: str, line: str, broken: str) -> None:
    (house / "sagwan" / room / "wrong.py").write_text(f'"""Wrong."""\n\n{line}\n', encoding="utf-8")
    status, said = lint(house)
    assert status == 1, said
    assert f"{broken}" in said
    assert f"sagwan.{room}.wrong" in said
