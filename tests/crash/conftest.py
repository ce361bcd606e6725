"""What the crash tests share. SAGWAN_ALL_SYSCALLS=1 fails every system call in turn, for minutes."""

import os

import pytest

from tests.support.components import strace

EVERY = bool(os.environ.get("SAGWAN_ALL_SYSCALLS"))
"""A fault at every call, instead of a sample."""


@pytest.fixture(autouse=True)
def needs_strace() -> None:
    if strace() is None:
        pytest.skip("no strace (Debian: apt-get install strace)")


@pytest.fixture
def environment() -> dict[str, str]:
    return plain_environment()


def plain_environment() -> dict[str, str]:
    """What a command is run with: no byte code is written, so that it makes the same calls each time."""
    return {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8"}
