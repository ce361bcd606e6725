"""Many requests from a file: every wrong row told, all or nothing, and nothing lost."""

import json
from pathlib import Path

import pytest

from sagwan.cli import filings
from tests.cli.conftest import SPRING, Ran, ok, run

HEADER = "service,instrument,data,authority,case_number,officials,targets,emergency,accounts,paper.issuer"
GOOD = (
    "kakao,search-and-seizure-warrant,access,가상경찰서,가상-1,"
    "경위 하나;경위 둘,account:a;account:b,no,,judicial-police"
)
OTHER = "daum,subscriber-information,subscriber,가상경찰서,가상-2,,phone:010-0000-0000,yes,3,"


def take(file: Path, *more: object) -> Ran:
    return run("receive", "--file", file, "--by", "kim", "--at", SPRING, *more)


def table(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join((header, *rows, "")).encode()


def count() -> int:
    return len(ok("list", "--json").json)


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_a_csv_file_is_received_whole(home: Path, tmp_path: Path, bom: bytes) -> None:
    file = tmp_path / "requests.csv"
    file.write_bytes(bom + table(GOOD, "", OTHER))
    ran = take(file, "--json")
    assert ran.code == 0, ran.err
    rows = ran.json["received"]
    assert [row["line"] for row in rows] == [2, 4] and ran.json["refused"] == []
    shown = ok("show", rows[0]["number"], "--private", "--by", "kim", "--json").json
    assert shown["private"]["ledger"]["officials"] == ["경위 하나", "경위 둘"]
    assert shown["private"]["ledger"]["paper"] == {"issuer": "judicial-police"}
    assert shown["private"]["matter"][0]["targets"] == ["account:a", "account:b"]
    assert shown["lines"][0]["accounts"] == 2
    other = ok("show", rows[1]["number"], "--json").json["lines"][0]
    assert other["accounts"] == 3 and "emergency" in other["marks"]
    assert all(Path(row["receipt"]).exists() for row in rows)


def test_json_lines_are_received_whole(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "requests.jsonl"
    rows = [
        {
            "service": "kakao", "instrument": "search-and-seizure-warrant", "data": ["access", "content"],
            "authority": "가상경찰서", "case_number": "가상-1", "officials": ["경위 하나"],
            "targets": ["account:a"], "paper": {"issuer": "judicial-police"}, "emergency": False,
        },
        {
            "service": "daum", "instrument": "subscriber-information", "data": "subscriber",
            "authority": "가상경찰서", "case_number": "가상-2", "accounts": 7,
        },
    ]  # fmt: skip
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    ran = take(file)
    assert ran.code == 0 and "2 received, 0 refused" in ran.out
    assert [row["accounts-asked"] for row in ok("list", "--json").json].count(7) == 1


FAULTS = {
    "case_number": (GOOD.replace("가상-1", ""), "is empty"),
    "data": (GOOD.replace(",access,", ",acess,"), "'acess' is not known"),
    "targets": (GOOD.replace("account:a;", "a;"), "names no kind"),
    "emergency": (GOOD.replace(",no,", ",perhaps,"), "neither yes nor no"),
    "accounts": (GOOD.replace(",no,,", ",no,two,"), "'two' is not a number"),
    "service": (GOOD.replace("kakao,", "line,"), "not a service"),
    "instrument": (GOOD.replace("search-and-seizure-warrant", "letter"), "not an instrument"),
    "": (GOOD + ",one more", "11 cells, but 10 columns"),
}


@pytest.mark.parametrize("column", FAULTS)
def test_a_wrong_cell_is_named_by_line_and_column(home: Path, tmp_path: Path, column: str) -> None:
    row, problem = FAULTS[column]
    file = tmp_path / "requests.csv"
    file.write_bytes(table(OTHER, row))
    ran = take(file, "--json")
    assert ran.code == 1
    (fault,) = ran.json["refused"]
    assert (fault["line"], fault["column"]) == (3, column)
    assert problem in fault["problem"]
    assert count() == 0 and not (home / "receipts").exists()


def test_the_good_rows_are_taken_only_when_asked(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "requests.csv"
    file.write_bytes(table(GOOD, OTHER.replace("daum", "line"), OTHER))
    ran = take(file)
    assert ran.code == 1 and "line 3, column service" in ran.out and "0 received, 1 refused" in ran.out
    assert count() == 0
    ran = take(file, "--good-rows")
    assert ran.code == 1 and "2 received, 1 refused" in ran.out
    assert count() == 2


def test_duplicates_within_the_file_are_pointed_out(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "requests.csv"
    file.write_bytes(table(GOOD, OTHER, GOOD))
    ran = take(file, "--json")
    assert ran.code == 1
    assert ran.json["refused"][0]["line"] == 4 and "as line 2" in ran.json["refused"][0]["problem"]
    assert take(file, "--allow-duplicates").code == 0
    assert count() == 3


FILES = {
    "utf-16": ("a.csv", "service".encode("utf-16"), "UTF-16"),
    "cp949": ("a.csv", table(GOOD).decode().encode("cp949"), "line 2: byte"),
    "nul": ("a.csv", table(GOOD.replace("no", "\0")), "NUL"),
    "empty": ("a.csv", b"", "lacks the column"),
    "no rows": ("a.csv", table(), "holds no request"),
    "unknown column": ("a.csv", table(GOOD, header=HEADER + ",colour"), "unknown column 'colour'"),
    "column twice": ("a.csv", table(GOOD, header=HEADER + ",accounts"), "repeats 'accounts'"),
    "open quote": ("a.csv", table('"kakao'), "line 2: unexpected end"),
    "another kind": ("a.xlsx", b"PK", "neither .csv nor .jsonl"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_cannot_be_read_says_why(home: Path, tmp_path: Path, name: str) -> None:
    file_name, data, says = FILES[name]
    file = tmp_path / file_name
    file.write_bytes(data)
    ran = take(file)
    assert ran.code == 2 and says in ran.err, ran.err
    assert count() == 0


def _object(**members: str) -> str:
    texts = dict.fromkeys(("service", "instrument", "data", "authority", "case_number"), '"access"')
    return "{" + ", ".join(f'"{name}": {value}' for name, value in {**texts, **members}.items()) + "}"


LINES = {
    "no json": ("{", "is not JSON"),
    "deep": ("[" * 100_000, "is not JSON"),
    "no object": ("[1]", "not a JSON object"),
    "unknown member": ('{"colour": "red"}', "is not a column"),
    "paper no object": ('{"paper": []}', "is not an object"),
    "number for text": (_object(service="3"), "not a text"),
    "float accounts": (_object(service='"kakao"', accounts="1.5"), "not a whole number"),
    "list of numbers": (_object(service='"kakao"', data="[1]"), "not a text"),
}


@pytest.mark.parametrize("name", LINES)
def test_a_json_line_that_cannot_be_used_says_why(home: Path, tmp_path: Path, name: str) -> None:
    source, says = LINES[name]
    file = tmp_path / "requests.jsonl"
    file.write_text(source + "\n")
    ran = take(file, "--json")
    assert ran.code == 1 and says in ran.json["refused"][0]["problem"]


def test_files_are_bounded(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "requests.csv"
    file.write_bytes(table(GOOD, OTHER, GOOD))
    monkeypatch.setattr(filings, "MAX_ROWS", 2)
    assert "more than 2 rows" in take(file).err
    monkeypatch.setattr(filings.parsing, "MAX_FILE", 100)
    assert "larger than" in take(file).err


def test_a_file_excludes_the_options_of_one_request(home: Path, tmp_path: Path) -> None:
    assert "--file brings whole requests" in take(tmp_path / "a.csv", "--service", "kakao").err


def test_targets_come_from_a_file_too(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "targets.txt"
    words = (
        "receive", "--service", "kakao", "--instrument", "search-and-seizure-warrant", "--data", "access",
        "--authority", "가상", "--case", "1", "--targets-file", file, "--by", "kim", "--at", SPRING, "--json",
    )  # fmt: skip
    file.write_text("account:a\n\nphone:010\n", "utf-8")
    number = ok(*words).json["number"]
    assert ok("show", number, "--json").json["lines"][0]["accounts"] == 2
    file.write_text("account:a\nnothing\n", "utf-8")
    ran = run(*words)
    assert ran.code == 2 and "targets.txt, line 2" in ran.err
