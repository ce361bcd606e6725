"""Many requests from a file: every wrong row told, all or nothing, and nothing lost."""

import csv
import json
from pathlib import Path

import pytest

from sagwan.desk.intake import ledger
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


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_a_csv_file_is_received_whole(home: Path, tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "requests.csv"
    file.write_bytes(table(GOOD, "", OTHER).decode().encode(encoding))
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
    ran = take(file, "--skip-bad")
    assert ran.code == 1 and "2 received, 1 refused" in ran.out
    assert count() == 2
    left = tmp_path / "requests-bad-rows.csv"
    assert left.stat().st_mode & 0o077 == 0
    rows = list(csv.DictReader(left.read_text("utf-8-sig").splitlines()))
    assert [(row["row"], row["service"]) for row in rows] == [("3", "line")]
    assert "service: 'line' is not a service" in rows[0]["what is wrong"]
    assert "exists already" in take(file, "--skip-bad").err


def test_duplicates_within_the_file_are_pointed_out(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "requests.csv"
    file.write_bytes(table(GOOD, OTHER, GOOD))
    ran = take(file, "--json")
    assert ran.code == 1
    assert ran.json["refused"][0]["line"] == 4 and "as line 2" in ran.json["refused"][0]["problem"]
    assert take(file, "--allow-duplicates").code == 0
    assert count() == 3


FILES = {
    "utf-16": ("a.csv", "service".encode("utf-16"), "lacks the column"),
    "no text": ("a.csv", table(GOOD) + b"\xff\xff\xff", "neither UTF-8 nor CP949"),
    "nul": ("a.csv", table(GOOD.replace("no", "\0")), "NUL"),
    "empty": ("a.csv", b"", "lacks the column"),
    "no rows": ("a.csv", table(), "holds no request"),
    "unknown column": ("a.csv", table(GOOD, header=HEADER + ",colour"), "unknown column 'colour'"),
    "column twice": ("a.csv", table(GOOD, header=HEADER + ",accounts"), "repeats 'accounts'"),
    "open quote": ("a.csv", table('"kakao'), "line 2: unexpected end"),
    "another kind": ("a.xlsx", b"PK", "neither CSV, workbook"),
    "no workbook": ("a.xlsx", b"PK\x03\x04", "not a sound workbook"),
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
    assert ran.code == 1 and any(says in fault["problem"] for fault in ran.json["refused"])


def test_files_are_bounded(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "requests.csv"
    file.write_bytes(table(GOOD, OTHER, GOOD))
    monkeypatch.setattr(ledger, "MAX_ROWS", 2)
    assert "more than 2 rows" in take(file).err
    monkeypatch.setattr(ledger, "MAX_FILE", 100)
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


LEDGER = """\ufeff대장;;;
기관;사건번호;결과;결정자
가상경찰서;가상-1;제공;옛 담당
가상경찰서;가상-2;보류;옛 담당
가상경찰서;가상-3;;
"""
MAPPING = """
header_row = 2
[columns]
authority = "기관"
case_number = "사건번호"
outcome = "결과"
decided_by = "결정자"
[values.outcome]
"제공" = "complied"
[defaults]
service = "kakao"
instrument = "search-and-seizure-warrant"
data = "access"
accounts = "2"
"""


def test_an_old_ledger_is_taken_by_its_own_columns_with_four_eyes(home: Path, tmp_path: Path) -> None:
    file, mapping = tmp_path / "ledger.csv", tmp_path / "ledger.toml"
    file.write_text(LEDGER, "utf-8")
    mapping.write_text(MAPPING, "utf-8")
    words = ("--mapping", mapping, "--skip-bad")
    ran = take(file, *words)
    assert ran.code == 1 and "nobody else approves" in ran.err and count() == 0
    ran = take(file, *words, "--approved-by", "lee", "--json")
    assert ran.code == 1, ran.err
    finished, open_one = ran.json["received"]
    assert (finished["line"], finished["finished"], open_one["line"], open_one["finished"]) == (
        3,
        True,
        5,
        False,
    )
    assert len(finished["receipts"]) == 2 and all(Path(path).exists() for path in finished["receipts"])
    assert ran.json["rows"] == {"good": 2, "bad": 1, "finished": 1}
    assert ran.json["refused"][0]["column"] == "결과" and Path(ran.json["bad_rows"]).exists()
    shown = ok("show", finished["number"], "--private", "--by", "kim", "--json").json
    assert shown["private"]["ledger"]["paper"] == {"said-decided-by": "옛 담당"}
    assert "item-unknown" not in finished["findings"]


def test_what_belongs_to_a_file_is_refused_without_one(home: Path) -> None:
    ran = run("receive", "--service", "kakao", "--skip-bad", "--by", "kim", "--at", SPRING)
    assert ran.code == 2 and "belongs to a file" in ran.err


def test_a_mapping_that_cannot_be_read_is_named(home: Path, tmp_path: Path) -> None:
    file, mapping = tmp_path / "ledger.csv", tmp_path / "ledger.toml"
    file.write_text(LEDGER, "utf-8")
    for text, says in (
        ("[", "not TOML"), ("colour = 1", "'colour'"), ("header_row = 0", "header_row"),
        ('date_order = "a"', "date_order"),
        ("[columns]\nauthority = 1", "columns.authority"), ("[values]\noutcome = 1", "values.outcome"),
        ('target_kind = "x"', "target_kind"), ('encoding = "x"', "encoding"), ("sheet = 1", "sheet"),
    ):  # fmt: skip
        mapping.write_text(text, "utf-8")
        ran = take(file, "--mapping", mapping)
        assert ran.code == 2 and says in ran.err, ran.err
