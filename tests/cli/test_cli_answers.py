"""The commands that compare give their answers in the same forms, under the same options."""

import csv
import io
import re
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from sagwan.compare import COLUMNS
from tests.cli.conftest import ok, run

KEY = "kakao/kakao/KR/2016H1/communication-confirmation/processed"
TABLES = [
    ("compare", "2016H1"),
    ("figure", KEY),
    ("score", "2016H1"),
    ("claims", "list", "contested"),
    ("claims", "list", "claims"),
    ("claims", "restatements"),
]


def name(words: tuple[str, ...]) -> str:
    return " ".join(words[:3])


@pytest.mark.parametrize("words", TABLES, ids=name)
def test_parquet_holds_the_table_that_csv_prints(words: tuple[str, ...], tmp_path: Path) -> None:
    table = list(csv.DictReader(io.StringIO(ok(*words, "--csv").out)))
    file = tmp_path / "answer.parquet"
    said = ok(*words, "--parquet", file).out
    found = pq.read_table(file)
    assert f"{len(table):,} rows" in said and found.num_rows == len(table) > 0
    assert found.column_names == list(table[0])
    for row, printed in zip(found.to_pylist(), table, strict=True):
        for column, cell in row.items():
            assert ("" if cell is None else cell) == printed[column] or float(cell) == float(printed[column])


@pytest.mark.parametrize("words", TABLES, ids=name)
def test_one_form_at_a_time_and_no_file_is_written_over(words: tuple[str, ...], tmp_path: Path) -> None:
    for pair in (("--csv", "--json"), ("--csv", "--parquet", "x"), ("--json", "--parquet", "x")):
        ran = run(*words, *pair)
        assert ran.code == 2 and "exclude each other" in ran.err
    file = tmp_path / "mine.parquet"
    file.write_text("mine")
    ran = run(*words, "--parquet", file)
    assert ran.code == 2 and "--force" in ran.err and file.read_text() == "mine"
    ok(*words, "--parquet", file, "--force")
    assert file.read_bytes()[:4] == b"PAR1"
    assert run(*words, "--parquet", tmp_path).code == 2
    assert run(*words, "--parquet", tmp_path / "no" / "folder").code == 2


@pytest.mark.parametrize("words", [*TABLES, ("brief", "2016H1"), ("claims", "list")], ids=name)
def test_every_one_speaks_both_languages_and_no_other(words: tuple[str, ...]) -> None:
    english, korean = ok(*words, "--lang", "en").out, ok(*words, "--lang", "ko").out
    assert re.search("[가-힣]{2}", korean) and english != korean
    ran = run(*words, "--lang", "fr")
    assert ran.code == 2 and "en or ko" in ran.err


@pytest.mark.parametrize("words", [*TABLES, ("brief", "2016H1")], ids=name)
def test_all_take_the_same_claims(words: tuple[str, ...], tmp_path: Path) -> None:
    """Those that come with Sagwan, those of the store and those of a file; a bad file stops each."""
    bad = tmp_path / "bad.csv"
    bad.write_text("not,a,table\n")
    assert run(*words, "--claims", bad).code == 2
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "datapackage.json").write_text("{")
    ran = run(*words, "--store", tmp_path / "store")
    assert ran.code == 2 and "does not describe a store" in ran.err
    nothing = run(*words, "--no-packaged")
    assert nothing.code == 2 or "0 claims" in nothing.out or "0 changes" in nothing.out


def test_parquet_goes_to_standard_output_as_bytes() -> None:
    command = [sys.executable, "-m", "sagwan", "figure", KEY, "--parquet", "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    assert pq.read_table(io.BytesIO(done.stdout)).num_rows == 5


def test_what_a_source_is_called_cannot_steer_a_terminal(tmp_path: Path) -> None:
    table = tmp_path / "claims.csv"
    packaged = ok("claims", "list", "claims", "--csv").out
    header = packaged.partition("\n")[0]
    row = next(row for row in csv.DictReader(io.StringIO(packaged)) if row["figure"] == KEY)
    row |= {"source_publisher": "News\u202eevil", "source_kind": "news", "source_url": "x", "id": ""}
    columns = [column for column in header.split(",") if column in COLUMNS]
    with table.open("w", newline="") as sink:
        writer = csv.DictWriter(sink, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerow(row | {"value": "698"})
        writer.writerow(row | {"value": "\x1b[31m697"})
    for words in (("figure", KEY), ("compare", "2016H1", "--only", "disputed")):
        shown = ok(*words, "--claims", table).out
        assert "evil" in shown and not re.search("[\x1b\u202e]", shown)
