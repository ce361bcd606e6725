import csv
import io
from pathlib import Path

import pytest

from sagwan.compare import COLUMNS, ClaimsError, SourceKind, load, load_packaged
from sagwan.compare.load import parse

GOOD = {
    "provider": "kakao",
    "service": "daum",
    "jurisdiction": "KR",
    "period": "2016H1",
    "category": "search-and-seizure-warrant",
    "metric": "processed",
    "part": "",
    "value": "1295",
    "unit": "requests",
    "source_url": "https://example.com/1",
    "source_publisher": "Paper",
    "source_date": "2016-08-03",
    "source_kind": "news",
    "note": "",
}


def table(*rows: dict[str, str]) -> str:
    sink = io.StringIO()
    writer = csv.DictWriter(sink, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return sink.getvalue()


def test_the_packaged_claims_are_all_there() -> None:
    claims = load_packaged()
    assert len(claims) == 3071
    assert {claim.file for claim in claims} == {"kr.csv", "kr-company.csv", "global.csv"}
    assert len({claim.id for claim in claims}) == len(claims)
    assert {claim.source_kind for claim in claims} == {
        SourceKind.NEWS,
        SourceKind.MINISTRY,
        SourceKind.COMPANY_REPORT_COPY,
    }


def test_a_claim_keeps_what_was_printed_and_where(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(table(GOOD, GOOD | {"value": "1,809 ", "note": "two\nlines"}, GOOD | {"value": ""}))
    first, second, third = load(path)
    assert (first.value, first.line, first.file) == ("1295", 2, str(path))
    assert (second.value, second.line) == ("1,809 ", 3)
    assert (third.value, third.line) == ("", 5)
    assert load(tmp_path) == (first, second, third)


def test_a_byte_order_mark_and_a_row_that_stands_twice(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_bytes(b"\xef\xbb\xbf" + table(GOOD, GOOD).encode())
    assert len(load(path)) == 1
    assert parse("\ufeff" + table(GOOD)) == load(path)


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("provider", ""),
        ("period", "2016H3"),
        ("period", "2016-H1"),
        ("jurisdiction", "Korea"),
        ("source_date", "3 August 2016"),
        ("source_date", "2016-02-30"),
        ("source_date", "2016-13"),
        ("source_kind", "blog"),
        ("source_kind", ""),
        ("unit", ""),
        ("service", "da\tum"),
    ],
)
def test_a_bad_cell_is_named_by_file_line_and_column(column: str, cell: str) -> None:
    with pytest.raises(ClaimsError, match=rf"t\.csv, line 3, column {column}: "):
        parse(table(GOOD, GOOD | {column: cell}), "t.csv")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1: not the header"),
        ("a,b\n1,2\n", "line 1: not the header of a claims table: lacks provider"),
        (table(GOOD).replace("source_date", "date"), "lacks source_date; has date"),
        (table(GOOD) + "x,y\n", "line 3: 2 cells where 14 belong"),
        (table(GOOD) + '"x', "line 3: unexpected end of data"),
    ],
)
def test_a_bad_table_is_refused(text: str, message: str) -> None:
    with pytest.raises(ClaimsError, match=message):
        parse(text)


def test_bad_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ClaimsError, match="neither a file nor a folder"):
        load(tmp_path / "none.csv")
    with pytest.raises(ClaimsError, match=r"holds no \.csv file"):
        load(tmp_path)
    (tmp_path / "latin.csv").write_bytes(table(GOOD).encode() + b"\xff")
    with pytest.raises(ClaimsError, match=r"latin\.csv: byte \d+ is not UTF-8"):
        load(tmp_path)


def test_a_huge_cell_is_an_error_not_a_flood() -> None:
    """Whatever another reader in this process has let the csv module take."""
    for limit in (131_072, 4_000_000):
        before = csv.field_size_limit(limit)
        try:
            with pytest.raises(ClaimsError, match="line 2"):
                parse(table(GOOD | {"note": "x" * 200_000}))
        finally:
            csv.field_size_limit(before)
