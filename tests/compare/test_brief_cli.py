"""`sagwan brief` and `sagwan score`: what they print, and what they refuse."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

pytest.importorskip("sagwan.cli.output")

from sagwan.cli.brief import brief
from sagwan.cli.errors import Unusable
from sagwan.cli.score import score
from sagwan.compare.brief import NothingToTell
from sagwan.compare.score import NoFigures


def run(command: Callable[..., None], *arguments: str) -> Result:
    app = typer.Typer()
    app.command()(command)
    return CliRunner().invoke(app, arguments)


def test_a_brief_is_markdown_unless_told() -> None:
    result = run(brief, "2016H1")
    assert result.exit_code == 0
    assert result.stdout.startswith("# Government requests for users' data, first half of 2016\n")
    assert "\n[^1]: " in result.stdout


def test_a_brief_in_korean_html_goes_to_a_file(tmp_path: Path) -> None:
    out = tmp_path / "brief.html"
    result = run(brief, "2016H1", "--lang", "ko", "--format", "html", "--out", str(out))
    assert result.exit_code == 0
    assert '<html lang="ko">' in out.read_text("utf-8")


def test_a_file_is_written_over_only_by_force(tmp_path: Path) -> None:
    out = tmp_path / "brief.md"
    out.write_text("mine")
    assert isinstance(run(brief, "2016H1", "--out", str(out)).exception, Unusable)
    assert out.read_text() == "mine"
    assert run(brief, "2016H1", "--out", str(out), "--force").exit_code == 0
    assert out.read_text("utf-8") == run(brief, "2016H1", "--out", "-").stdout


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("2016H1", "--format", "pdf"), Unusable),
        (("2016H1", "--lang", "fr"), Unusable),
        (("1999H1",), NothingToTell),
    ],
)
def test_what_a_brief_refuses(arguments: tuple[str, ...], error: type[Exception]) -> None:
    assert isinstance(run(brief, *arguments).exception, error)


def test_a_score_is_a_table_csv_or_json() -> None:
    table = run(score, "2016H1").stdout
    assert "8/8" in table and "P11a.10" in table
    rows = list(csv.DictReader(io.StringIO(run(score, "2016H1", "--csv", "--provider", "naver").stdout)))
    assert {row["provider"] for row in rows} == {"naver"}
    assert {row["point"]: row["answer"] for row in rows}["P11a.8"] == "unknown"
    alone = run(score, "2016H1", "--provider", "naver").stdout
    assert "naver/naver/KR/2016H1/search-and-seizure-warrant/requested = 3975" in alone
    assert "http://www01.koreaherald.com" in alone  # who says that its lawyers check warrants
    sheets = json.loads(run(score, "2016H1", "--json").stdout)["sheets"]
    assert {sheet["provider"] for sheet in sheets} == {"apple", "google", "kakao", "meta", "naver"}
    for sheet in sheets:
        for point in sheet["points"]:
            assert bool(point["evidence"]) == (point["answer"] != "unknown")
            assert all(link["source_url"].startswith("http") for link in point["evidence"])


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("2016H1", "--json", "--csv"), Unusable),
        (("1999H1",), Unusable),
        (("2016H1", "--provider", "nobody"), NoFigures),
    ],
)
def test_what_a_score_refuses(arguments: tuple[str, ...], error: type[Exception]) -> None:
    assert isinstance(run(score, *arguments).exception, error)
