import csv
import io
import json
from pathlib import Path

import pytest

from sagwan.compare import COLUMNS, Claim, ClaimsError, SourceKind
from sagwan.compare.importers import (
    ImporterError,
    Limits,
    TooLarge,
    UnknownFormat,
    read,
    read_bytes,
)
from sagwan.compare.value import State

from .make import archive, take, the, workbook

GITHUB = "year,count_accounts_affected\n2025,1249\n"
OWN = {
    "provider": "naver",
    "service": "naver",
    "jurisdiction": "KR",
    "period": "2016H1",
    "category": "search-and-seizure-warrant",
    "metric": "requested",
    "value": "3,975",
    "unit": "requests",
    "source_url": "https://example.kr/",
    "source_publisher": "Example",
    "source_date": "2016-08",
    "source_kind": "news",
}


def own(*rows: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> str:
    stream = io.StringIO()
    table = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return stream.getvalue()


def test_where_a_file_is_from_is_what_is_said_and_else_its_checksum() -> None:
    bare = take(GITHUB)
    [claim] = bare.claims
    assert claim.source_url == f"urn:sha256:{bare.edition.sha256}"
    assert (claim.source_publisher, claim.source_date) == ("GitHub", "2025-12-31")
    assert claim.source_kind is SourceKind.COMPANY_REPORT_COPY
    [said] = take(GITHUB, address="https://g.example/a.csv", date="2026-02-01", retrieved="2026-03-01").claims
    assert (said.source_url, said.source_date) == ("https://g.example/a.csv", "2026-02-01")
    assert said.source_kind is SourceKind.COMPANY_REPORT
    assert said.edition == f"GitHub|https://g.example/a.csv|2026-03-01|{bare.edition.sha256}"


@pytest.mark.parametrize(
    ("field", "value"), [("date", "yesterday"), ("address", "two\nlines"), ("period", "first half")]
)
def test_an_origin_that_cannot_be_is_an_error(field: str, value: str) -> None:
    shown = {"date": "date", "address": "url", "period": "is not a period"}[field]
    with pytest.raises(ImporterError, match=f"the origin given: .*{shown}"):
        take(GITHUB, **{field: value})


def test_reading_twice_gives_the_same_claims() -> None:
    assert [c.id for c in take(GITHUB).claims] == [c.id for c in take(GITHUB).claims]


def test_a_file_that_nobody_knows_is_an_error_that_names_the_known() -> None:
    with pytest.raises(UnknownFormat, match="no format that is known") as caught:
        take("a,b\n1,2\n")
    for word in (
        "Google",
        "Meta",
        "Apple",
        "Microsoft",
        "GitHub",
        "DSA",
        "Kakao",
        "Naver",
        "ministry",
        "Sagwan",
    ):
        assert word in caught.value.hint
    for data in ('{"a": 1}', "[1]", "", workbook(S=[["a", 1]])):
        with pytest.raises(UnknownFormat):
            take(data)


def test_stacked_tables_and_a_repeated_header() -> None:
    taken = take(
        f"Accounts affected\n\n{GITHUB}\nyear,government,government_iso2_code,count\n2025,Poland,PL,8\n"
    )
    assert [(c.row, c.metric, c.value) for c in taken.claims] == [
        ("4", "accounts", "1249"),
        ("7", "requested", "8"),
    ]


def test_our_own_table_is_taken_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    path.write_text(own(OWN), "utf-8-sig")
    for taken in (read(path), take(own(OWN))):
        [claim] = taken.claims
        assert (taken.format, claim.value, claim.source_kind) == ("claims", "3,975", SourceKind.NEWS)
        assert (taken.periods, taken.jurisdictions, taken.rows) == (("2016H1",), ("KR",), 1)


def test_our_wide_table_and_cells_that_cannot_be_read() -> None:
    wide = own({**OWN, "value": "many", "process": "영장"}, columns=(*COLUMNS, "process"))
    taken = take(wide)
    [claim] = taken.claims
    assert (claim.process, claim.read.code) == ("영장", State.UNREADABLE)
    assert [one.claim for one in taken.unread] == [claim.id]


def test_our_table_as_a_workbook_or_with_semicolons_or_in_cp949() -> None:
    rows = [list(COLUMNS), [{**OWN, "part": "", "note": "비고"}[column] for column in COLUMNS]]
    semicolons = "\n".join(";".join(row) for row in rows).encode("cp949")
    for data in (workbook(Claims=rows), semicolons):
        [claim] = take(data).claims
        assert (claim.value, claim.note, claim.id) == ("3,975", "비고", take(own(OWN)).claims[0].id)


def test_a_broken_row_of_our_own_table_is_its_own_error() -> None:
    with pytest.raises(ClaimsError, match="column period"):
        take(own({**OWN, "period": "someday"}))


def test_a_table_cannot_say_that_it_was_recounted() -> None:
    taken = take(own(OWN, {**OWN, "value": "4,000", "source_kind": "recounted"}))
    assert [c.value for c in taken.claims] == ["3,975"]
    assert [w.code for w in taken.warnings] == ["recounted"]


def test_a_folder_is_read_file_by_file(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "accounts.csv").write_text(GITHUB)
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    taken = read(tmp_path)
    assert (taken.format, taken.files, len(taken.claims)) == ("github", ("sub/accounts.csv",), 1)
    assert [one.spot.file for one in taken.unread] == ["other.csv"]
    assert read(tmp_path).edition == taken.edition


def test_pictures_notes_and_broken_tables_in_an_archive_are_named_and_do_no_harm() -> None:
    taken = take(
        archive(
            **{
                "accounts.csv": GITHUB,
                "__MACOSX/._accounts.csv": b"\0\5\x16\7\0\2\0\0Mac OS X",
                "logo.png": b"\x89PNG\r\n\0\0\0",
                "README.txt": 'an "open quote\n"at the start',
                "empty.csv": "",
            }
        ),
        "x.zip",
    )
    assert len(taken.claims) == 1
    assert [one.spot.file for one in taken.unread] == [
        "x.zip/README.txt",
        "x.zip/__MACOSX/._accounts.csv",
        "x.zip/empty.csv",
        "x.zip/logo.png",
    ]
    assert all(one.why for one in taken.unread)


def test_one_file_that_is_too_large_refuses_its_archive() -> None:
    data = archive(**{"accounts.csv": GITHUB, "big.csv": "x" * 200})
    with pytest.raises(TooLarge, match=r"big\.csv"):
        read_bytes(data, "x.zip", limits=Limits(bytes=1000, cell=100))


def test_an_archive_of_nothing_known_is_unknown_and_one_in_one_is_read() -> None:
    with pytest.raises(UnknownFormat, match="nothing in"):
        take(archive(**{"a.csv": "a,b\n1,2\n"}), "x.zip")
    inner = archive(**{"accounts.csv": GITHUB})
    assert take(archive(**{"inner.zip": inner}), "x.zip").files == ("x.zip/inner.zip/accounts.csv",)


def test_what_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as stream:
        stream.truncate(2 * 2**30)
    with pytest.raises(TooLarge, match=r"2,048\.0 MiB, more than the 64\.0 MiB"):
        read(path)
    with pytest.raises(TooLarge):
        read_bytes(b"x" * 101, "t.csv", limits=Limits(bytes=100))


def test_what_is_no_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ImporterError, match="neither a file nor a folder"):
        read(tmp_path / "absent.csv")
    with pytest.raises(UnknownFormat, match="holds no table"):
        read(tmp_path)


def test_json_that_nests_for_ever_or_is_broken_is_an_error() -> None:
    with pytest.raises(ImporterError, match="nested more than 60"):
        take("[" * 100_000, "t.json")
    with pytest.raises(ImporterError, match="not sound JSON"):
        take('{"a": ', "t.json")
    with pytest.raises(UnknownFormat):
        take(json.dumps({"text": "[" * 1000}), "t.json")


def test_html_and_formulas_in_names_are_kept_as_text() -> None:
    taken = take("year,government,government_iso2_code,count\n2025,<script>alert(1)</script>,,=1+1\n")
    [claim] = taken.claims
    assert (claim.jurisdiction, claim.jurisdiction_printed) == ("", "<script>alert(1)</script>")
    assert (claim.value, claim.read.code) == ("=1+1", State.UNREADABLE)


def test_control_characters_are_shown_and_not_kept() -> None:
    [claim] = take("year,count_accounts_affected\n2025,12\x0749\n").claims
    assert (claim.value, claim.read.code) == ("12\ufffd49", State.UNREADABLE)


def test_what_was_understood_as_json() -> None:
    taken = take("year,count_accounts_affected\n2025,many\nnever,1\n", "t.csv")
    document = json.loads(json.dumps(taken.to_json()))
    assert (document["format"], document["claims"], document["periods"]) == ("github", 1, ["2025"])
    assert [one["printed"] for one in document["unread"]] == ["never", "many"]


def test_a_claim_knows_its_place() -> None:
    taken = take(GITHUB)
    claim: Claim = the(taken, metric="accounts")
    assert (claim.file, claim.line, claim.row, claim.column) == (
        "table.csv",
        2,
        "2",
        "count_accounts_affected",
    )
    assert claim.sheet == "table.csv"


def test_a_table_within_an_archive_gives_the_same_claims_as_alone() -> None:
    packed = take(archive(**{"folder/table.csv": GITHUB}), "x.zip")
    assert [c.id for c in packed.claims] == [c.id for c in take(GITHUB).claims]
