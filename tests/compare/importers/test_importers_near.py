"""Files that are nearly of a format, and columns and rows that no importer reads: said, never dropped."""

import json
from pathlib import Path

import pytest

from sagwan.compare import Exact
from sagwan.compare.importers import DatedBy, ImporterError, UnknownFormat, read
from sagwan.compare.value import State

from .make import archive, some, take, the, workbook
from .mutate import as_xlsx
from .test_importers_mutations import SHEETS

GOOGLE = "Period Ending,Country/Region,CLDR Territory Code,Legal Process,User Data Requests"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Period Ending,Country,Legal Process,User Data Requests,Accounts\n2016-06-30,Brazil,All,1,1\n",
            ("Google's requests", "row 1", "'CLDR Territory Code'"),
        ),
        ("a title\n\nCountry,Total Requests\nBrazil,1\n", ("Meta", "row 3", "'Total Requests Accounts'")),
        (
            "TR Period,Country/Region,Device Requests Received\n2013 H1,Brazil,1\n",
            ("Apple", "'TR Start Date'"),
        ),
        ("type,count_requests_received,count_disclosed\nsubpoena,1,1\n", ("GitHub", "'year'")),
        ("count_accounts_affected\n5\n", ("GitHub", "'year'")),
        ("year,half,type,count\n2024,1,gag order,5\n", ("GitHub", "its name")),
        (
            "Service,Scope,Number of orders to provide information\nAcme,TOTAL,1\n",
            ("DSA", "'Reporting period'"),
        ),
        ("service,period,requested\nkakao,2016H1,1\n", ("Kakao's and Naver's figures", "'category'")),
        ("Number of requests (range MIN),Number of requests (range MAX)\n0,499\n", ("bands", "period")),
    ],
)
def test_a_table_that_lacks_a_column_is_told_which(text: str, words: tuple[str, ...]) -> None:
    with pytest.raises(UnknownFormat) as caught:
        take(text)
    for word in words:
        assert word in caught.value.message


@pytest.mark.parametrize(
    ("document", "word"),
    [
        ({"data": {"reports": [{"year": "2016", "requests": 5}]}}, "numberOfRequests"),
        ({"specificAreaJson": {"statistics": [{"year": 2016, "warrants": "5"}]}}, "count of requests"),
    ],
)
def test_json_that_is_laid_out_as_theirs_and_counts_nothing(document: object, word: str) -> None:
    with pytest.raises(UnknownFormat, match=f"looks like .*, but .*{word}"):
        take(json.dumps(document), "x.json")


def test_a_workbook_without_its_row_of_signs() -> None:
    rows = [
        ["Law Enforcement Requests Report 2019"],
        ["Country", "Total Number of Requests", "No Data Found", None, "Rejected"],
        ["Korea", 10, 0.5, 5, 0.5, 5],
    ]
    with pytest.raises(UnknownFormat, match="no row of % and #"):
        take(workbook(Criminal=rows), "Microsoft-LERR-2019-H1")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "binary document"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"<!DOCTYPE html><html><table></table>", "web page"),
        (archive(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "OpenDocument"),
    ],
)
def test_files_of_other_kinds_are_named(data: bytes, words: str) -> None:
    with pytest.raises(ImporterError, match=words) as caught:
        take(data, "report")
    assert caught.value.hint


def test_a_new_column_is_said_to_be_left() -> None:
    taken = take(
        f"{GOOGLE},Percentage disclosed,Accounts,Requests challenged,\n"
        "2016-06-30,Brazil,BR,All,10,50,20,3,\n2016-12-31,Brazil,BR,All,11,50,20,4,9\n"
    )
    assert len(taken.claims) == 6
    named, headless = taken.unread
    assert (named.spot.column, named.printed, named.spot.row) == ("Requests challenged", "3", 1)
    assert "2 cells" in named.why and "no measure" in named.why
    assert (headless.spot.column, headless.printed) == ("column 9", "9")


def test_a_column_that_stands_twice_is_read_once_and_said_to() -> None:
    [unread] = take("year,count_accounts_affected,Count accounts affected\n2025,1249,1250\n").unread
    assert (unread.printed, "second column" in unread.why) == ("1250", True)


@pytest.mark.parametrize(
    "table",
    [
        "TR Period,TR Start Date,TR End Date,Country/Region,Device Requests Received,Devices Seized\n"
        "2013 H1,1/1/13,6/30/13,Brazil,5,7\n",
        "Country,Total Requests,Total Requests Accounts,Devices Seized\nBrazil,5,6,7\n",
    ],
)
def test_where_a_table_grows_by_kinds_a_new_one_keeps_its_own_name(table: str) -> None:
    assert the(take(table, "x-2013_H1.csv"), metric="devices-seized").read == Exact(7)


def test_a_measure_that_is_missing_is_warned_of() -> None:
    taken = take(f"{GOOGLE}\n2010-06-30,Brazil,BR,All,3663\n")
    assert the(taken, metric="requested").read == Exact(3663)
    assert [one.code for one in taken.warnings] == ["missing-column", "missing-column"]


def test_a_number_cut_by_its_own_comma_leaves_the_row_unread() -> None:
    """1,024 without quotes is two cells: read on, 1 would be the requests and 024 the percentage."""
    head = f"{GOOGLE},Percentage disclosed,Accounts\n"
    for row in (
        "2016-06-30,Brazil,BR,All,1,024,38,2545",
        "2016-06-30,Brazil,BR,All,1,024,,",
        "2016-06-30,Korea, Republic of,KR,All,10,38,25",
    ):
        taken = take(f"{head}{row}\n2016-12-31,Brazil,BR,All,7,50,8\n")
        assert {claim.period for claim in taken.claims} == {"2016H2"}
        [unread] = taken.unread
        assert (unread.printed, unread.spot.row, unread.claim) == (row, 2, "")
    same = take(f"{head}2016-12-31,Brazil,BR,All,7,50,8,,\n")
    assert (len(same.claims), same.unread) == (3, ())


def test_what_a_claim_is_dated_by_is_said() -> None:
    table = "year,count_accounts_affected\n2025,1249\n"
    for taken, dates, by in (
        (take(table), ("2025-12-31",), DatedBy.LAST_DAY),
        (take(table, date="2026-02-01"), ("2026-02-01",), DatedBy.GIVEN),
    ):
        assert (taken.dates, taken.dated_by) == (dates, by)
        said = taken.to_json()
        assert (said["source_dates"], said["dated_by"]) == (list(dates), by.value)


def test_a_hidden_sheet_is_read_and_said_to_be_hidden() -> None:
    taken = take(as_xlsx(SHEETS["kakao.csv"], hidden=True), "x.xlsx")
    assert [one.code for one in taken.warnings] == ["hidden-sheet"]
    assert taken.claims


def test_a_file_without_a_suffix_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "accounts").write_text("year,count_accounts_affected\n2025,1249\n")
    (tmp_path / ".hidden").write_text("year,count_accounts_affected\n2024,1\n")
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 100)
    taken = read(tmp_path)
    assert taken.files == ("accounts",)
    assert [one.spot.file for one in taken.unread] == ["old.xls"]


APPLE = "TR Period,TR Start Date,TR End Date,Country/Region"


def test_apple_s_later_tables() -> None:
    uk = take(
        f"{APPLE},IPA Warrant Request Type,Requests Received,Users/Accounts\n"
        "2025 H1,1/1/25,6/30/25,United Kingdom,Targeted Interception,0 - 499,5000+\n",
        "uk_data_access_agreement_ipa_warrant_requests.csv",
    )
    assert {claim.category for claim in uk.claims} == {"targeted-interception"}
    assert the(uk, metric="requested").read.code is State.RANGE
    # 'Or more', or a footnote: not to be told apart.
    assert the(uk, metric="accounts").read.code is State.UNREADABLE
    other = take(
        f"{APPLE.replace('Country/Region', 'Country')},Total Number of Device Requests Received,"
        "Percentage of Device Requests Where Data Provided\n2025 H1,1/1/25,6/30/25,Brazil,12,0.83\n"
        "2025 H2,7/1/25,12/31/25,Brazil,3,1\n",
        "d.csv",
    )
    assert {claim.category for claim in other.claims} == {"device-requests"}
    assert the(other, metric="requested", period="2025H1").read == Exact(12)
    assert the(other, metric="compliance-percent", period="2025H1").read == Exact(83)
    assert some(other, metric="compliance-percent", period="2025H2")[0].read == Exact(100)


def test_a_row_that_names_no_country_is_nobody_s() -> None:
    """As where two cells are merged: the figures are neither the row's above nor the world's."""
    rows = "2016-06-30,Brazil,BR,All,10,50,20\n2016-06-30,,,All,1,50,2\n"
    taken = take(f"{GOOGLE},Percentage disclosed,Accounts\n{rows}")
    blank = the(taken, metric="requested", jurisdiction="")
    assert (blank.part, blank.read) == ("jurisdiction=blank", Exact(1))
    assert [one.code for one in taken.warnings] == ["unknown-place"]


@pytest.mark.parametrize(
    "table",
    [
        "service,period,category,requested,refused\n네이버,2016H1,통신자료,373,7\n",
        "period,category,documents,persons\n2016H1,통신자료,574769,7\n",
        "year,half,type,count_requests_received,count_disclosed,count_challenged\n2024,1,subpoena,9,8,7\n",
        "Reporting period ending date,Number of requests (range MIN),Number of requests (range MAX),Letters\n"
        "2023-06-30,0,499,7\n",
        "Service,Reporting period,Scope,Number of orders to provide information,Number of accounts\n"
        "Acme,2025H2,TOTAL,5,7\n",
    ],
)
def test_every_kind_of_table_says_what_new_column_it_left(table: str) -> None:
    taken = take(table, "google-nsl-requests.csv")
    assert taken.claims
    assert [one.printed for one in taken.unread] == ["7"]
