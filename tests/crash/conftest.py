"""What the crash tests share."""

import os

import pytest

EVERY = bool(os.environ.get("SAGWAN_ALL_SYSCALLS"))
"""Set SAGWAN_ALL_SYSCALLS=1 to fail every system call in turn; it takes some minutes."""


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What a command is run with: no byte code is written, so that it makes the same calls each time."""
    return {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8"}
