"""The tutorial works, and the how-to that goes on from it: their commands, in order, in an empty folder."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from .tree import ROOT

PAGES = [ROOT / "docs/tutorial/first-half-year.md", ROOT / "docs/how-to/back-up-and-restore.md"]
FIRST_DAY = ROOT / "docs/tutorial/first-day.md"
BANDS = ROOT / "docs/how-to/bands.md"
OBSERVATORY = {
    "tutorial/from-article-to-citation.md": [
        "One digit differs",
        "claim 408a24dc8d9a3358: disputed, 1 rival",
        "2 rows, 6 claims, 6 of them new",
        "nothing new: every claim is in the store already",
        "correction",
        "rename",
    ],
    "how-to/observatory.md": ["출처가 서로 다른 곳", "P11a.1", "naver/naver/KR/2016H1"],
    "how-to/import-a-report.md": ["1 of 2 files cannot be read: nothing was stored", "neighbouring digits"],
    "how-to/cite-a-figure.md": ["491b167a8fd12bee", "택한 값"],
    "how-to/rebuild-the-site.md": ["figures of 2016H1; "],
    "how-to/query-with-duckdb.md": ["3975", "Aju Business Daily", "correction"],
}
"""The pages on comparing, each of which stands by itself, and what its commands must say."""


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


@pytest.mark.slow
def test_the_tutorial_can_be_followed(tmp_path: Path) -> None:
    said = follow(PAGES, tmp_path)
    assert "this should have failed" not in said
    assert (tmp_path / "public" / "report" / "2016H1.json").exists()
    assert "included: in the log as entry" in said  # the officer's receipt
    assert "✗ 7" in said  # the forged report
    assert "recovered 1 batch" in said
    assert "\n4 requests\n" in said


def test_the_first_day_can_be_followed(tmp_path: Path) -> None:
    said = follow([FIRST_DAY], tmp_path)
    assert "this should have failed" not in said
    assert "all of it holds together" in said
    row = next(line for line in said.splitlines() if line.startswith("raven-talk "))
    assert row.split()[2:4] == ["1", "1"] and row.split()[-2:] == ["2", "0"]  # requested, processed; accounts


def test_the_page_on_bands_can_be_followed(tmp_path: Path) -> None:
    said = follow([BANDS], tmp_path)
    assert "banded_per_batch = 50 " in said and "nothing to seal" in said
    for line in re.findall(
        r"^(?:withheld|stated, not recounted): .*$", BANDS.read_text("utf-8"), re.MULTILINE
    ):
        assert line in said, line
    assert "✓ 7" in said and "200 withheld = 200 entries" in said
    assert "raven-001" not in said.partition("verify public")[2]


def test_the_pages_show_what_must_fail() -> None:
    assert len(re.findall(r"^! ", "\n".join(blocks(PAGES)), re.MULTILINE)) == 3


@pytest.mark.parametrize("page", OBSERVATORY)
def test_the_pages_on_comparing_can_be_followed(page: str, tmp_path: Path) -> None:
    said = follow([ROOT / "docs" / page], tmp_path)
    assert "this should have failed" not in said
    for words in OBSERVATORY[page]:
        assert words in said, words
    if page.endswith("rebuild-the-site.md"):
        assert (tmp_path / "observatory/ko/contradictions.html").exists()
