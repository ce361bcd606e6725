"""The tutorial works, and the how-to that goes on from it: their commands, in order, in an empty folder."""

import os
import re
import subprocess
import sys
from pathlib import Path

from .tree import ROOT

PAGES = [ROOT / "docs/tutorial/first-half-year.md", ROOT / "docs/how-to/back-up-and-restore.md"]
OBSERVATORY = [ROOT / "docs/how-to/observatory.md"]


def blocks(pages: list[Path]) -> list[str]:
    return [
        block
        for page in pages
        for block in re.findall(r"^```sh\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    ]


def script(pages: list[Path]) -> str:
    """All blocks; a line that begins with `!` must fail, which `bash -e` alone would not demand."""
    demand = r"if \1; then echo 'this should have failed: \1' >&2; exit 1; fi"
    return re.sub(r"^! (.+)$", demand, "\n".join(blocks(pages)), flags=re.MULTILINE)


def follow(pages: list[Path], tmp_path: Path) -> str:
    """Run the pages' commands in order in an empty folder; return what they said."""
    (tmp_path / "tutorial.sh").write_text(script(pages), encoding="utf-8")
    done = subprocess.run(
        ["bash", "-eu", "tutorial.sh"],
        cwd=tmp_path,
        env={
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "HOME": str(tmp_path),
            "LANG": "C.UTF-8",
            "COLUMNS": "200",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said[-6000:]
    return said


def test_the_tutorial_can_be_followed(tmp_path: Path) -> None:
    said = follow(PAGES, tmp_path)
    assert "this should have failed" not in said
    assert (tmp_path / "public" / "report" / "2016H1.json").exists()
    assert "included: in the log as entry" in said  # the officer's receipt
    assert "✗ 7" in said  # the forged report
    assert "recovered 1 batch" in said
    assert "\n4 requests\n" in said


def test_the_pages_show_what_must_fail() -> None:
    assert len(re.findall(r"^! ", "\n".join(blocks(PAGES)), re.MULTILINE)) == 3


def test_the_observatory_can_be_built(tmp_path: Path) -> None:
    said = follow(OBSERVATORY, tmp_path)
    assert "출처가 서로 다른 곳" in said
    assert "P11a.1" in said
    assert (tmp_path / "observatory/ko/contradictions.html").exists()
