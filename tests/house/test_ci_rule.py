"""In CI nothing is skipped for a missing component: the rule itself, tried on a little suite."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SUITE = """
import pytest

@pytest.mark.browser
def test_with_a_browser():
    pytest.skip("no Chromium")

def test_always():
    pass
"""


@pytest.fixture
def run(tmp_path: Path):
    def run(source: str, *options: str, ci: str = "true") -> tuple[int, str]:
        (tmp_path / "test_it.py").write_text(source, encoding="utf-8")
        (tmp_path / "pytest.ini").write_text(
            "[pytest]\nmarkers =\n browser: b\n extra: e\n", encoding="utf-8"
        )
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "tests.support.ci_rule", *options],
            cwd=tmp_path,
            env={**os.environ, "CI": ci, "PYTHONPATH": str(ROOT), "PATH": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    return run


def test_outside_ci_a_skip_is_a_skip(run) -> None:
    status, said = run(SUITE, ci="")
    assert status == 0
    assert "1 passed, 1 skipped" in said


def test_in_ci_what_needs_a_missing_component_is_left_out_and_said_to_be(run) -> None:
    status, said = run(SUITE, "--verbose")
    assert status == 0
    assert "1 passed, 1 deselected" in said
    assert "tests marked browser are left out" in said


def test_in_ci_a_component_that_is_asked_for_must_be_there(run) -> None:
    status, said = run(SUITE, "-m", "browser")
    assert status == 1
    assert "no Chromium" in said
    assert "a skip is a failure in CI" in said


def test_in_ci_any_other_skip_fails_too(run) -> None:
    status, said = run("import pytest\ndef test_it():\n    pytest.skip('not today')\n")
    assert status == 1
    assert "not today" in said


def test_in_ci_a_module_that_skips_itself_fails(run) -> None:
    status, said = run("import pytest\npytest.importorskip('no_such_module')\n")
    assert status != 0
    assert "no_such_module" in said


def test_in_ci_extra_may_be_skipped_and_a_known_failure_may_fail(run) -> None:
    status, said = run(
        "import pytest\n"
        "@pytest.mark.extra\ndef test_it():\n    pytest.skip('no data')\n"
        "@pytest.mark.xfail(strict=True)\ndef test_known():\n    assert False\n"
    )
    assert status == 0
    assert "1 skipped, 1 xfailed" in said
