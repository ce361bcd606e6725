"""The tests that tamper with folders, module by module: every other verifier runs them once more."""

import importlib
from pathlib import Path

CHEATS = sorted(file.stem for file in Path(__file__).parent.glob("test_cheats_*.py"))
TAMPERED = tuple(
    importlib.import_module(f"{__package__}.{name}")
    for name in ("test_absurd_folders", *CHEATS, "test_verdict")
)
