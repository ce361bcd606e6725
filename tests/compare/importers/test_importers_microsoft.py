from decimal import Decimal

from sagwan.compare import Exact
from sagwan.compare.value import State

from .make import some, take, the, workbook

HEADS = (
    ["Country", "Total Number of Law Enforcement Requests", "Accounts/Users Specified in Requests",
     "Some Customer Data Disclosed", None, None, None, "No Customer Data Disclosed"],
    [None, None, None, "Law Enforcement Requests Resulting in Disclosure of Content", None,
     "Law Enforcement Requests Resulting in Disclosure of Only Subscriber/Transactional "
     "(Non-Content) Data", None,
     "Disclosure of No Customer Data (No  Data Found)", None,
     "Disclosure of No Customer Data(Request Rejected for Not Meeting Legal Requirements)"],
    [None, None, None, "%", "#", "%", "#", "%", "#", "%", "#"],
)  # fmt: skip
TITLE = ["Combined Microsoft Services (including Skype): January - June 2013 Law Enforcement Requests Report"]
ROWS = (
    ["TOTAL", 17, 39, 0.1, 1, 0.7, 12, 0.2, 3, 0, 1],
    ["Korea", 10, 22, 0, 0, 0.8, 8, 0.2, 2, 0, 0],
    ["Venezuala", 7, 17, 0.142857142857, 1, 0.5, 4, 0.14, 1, 0.14, 1],
)
SPACED = (
    ["Law Enforcement Requests Report 2015"],
    ["Requests received for all Microsoft Services from July - December 2015"],
    [None],
    [None, None, "Total Requests", None, None, "Some Customer Data Disclosed"],
    [None, None, "Total Number of Law Enforcement Requests", "Accounts / Users Specified in Requests", None,
     "Disclosure of Content", None, "Disclosure of Only Subscriber/Transactional (Non-Content) Data"],
    [None, None, "#", "#", None, "%", "#", "%", "#"],
    ["Korea, Republic Of", None, 66.10714285714286, 311, "#REF!", 0, 0, "#REF!", 42],
)  # fmt: skip


def test_a_workbook_with_two_strands() -> None:
    skype = [
        ["Skype: January - June 2013 Law Enforcement Requests Report"],
        *HEADS,
        ["Korea Republic Of", *ROWS[1][1:]],
    ]
    taken = take(workbook(MSFT=[TITLE, *HEADS, *ROWS], Skype=skype), "LERR_2013_H1.xlsx")
    assert (taken.format, taken.periods) == ("microsoft", ("2013H1",))
    korea = some(taken, jurisdiction="KR", service="all")
    assert {(c.metric, c.read) for c in korea} == {
        ("requested", Exact(10)),
        ("accounts", Exact(22)),
        ("disclosed-content-percent", Exact(0)),
        ("disclosed-content", Exact(0)),
        ("disclosed-non-content-only-percent", Exact(80)),
        ("disclosed-non-content-only", Exact(8)),
        ("no-data-percent", Exact(20)),
        ("no-data", Exact(2)),
        ("refused-percent", Exact(0)),
        ("refused", Exact(0)),
    }
    assert {c.jurisdiction_printed for c in some(taken, service="skype")} == {"Korea Republic Of"}
    assert {c.sheet for c in korea} == {"MSFT"}


def test_the_header_over_three_rows_is_the_column_s_name() -> None:
    claim = the(take(workbook(MSFT=[TITLE, *HEADS, *ROWS])), jurisdiction="KR", metric="refused")
    assert claim.column == (
        "No Customer Data Disclosed / Disclosure of No Customer Data(Request Rejected for Not Meeting Legal "
        "Requirements) / #"
    )


def test_a_fraction_is_exact_and_stays_as_stored() -> None:
    claim = the(
        take(workbook(MSFT=[TITLE, *HEADS, *ROWS])), jurisdiction="VE", metric="disclosed-content-percent"
    )
    assert (claim.value, claim.read) == ("0.142857142857", Exact(Decimal("14.2857142857")))


def test_a_total_row_is_no_country() -> None:
    claim = the(take(workbook(MSFT=[TITLE, *HEADS, *ROWS])), metric="requested", part="jurisdiction=total")
    assert (claim.jurisdiction, claim.read) == ("", Exact(17))


def test_a_total_that_its_rows_do_not_give_is_warned_of() -> None:
    rows = [["TOTAL", 18, *ROWS[0][2:]], *ROWS[1:]]
    texts = [w.text for w in take(workbook(MSFT=[TITLE, *HEADS, *rows])).warnings]
    assert "the total of requested is 18, but its rows give 17" in texts
    assert any("TOTAL: requested is 18" in text and "give 17" in text for text in texts)


def test_error_cells_and_broken_counts_stay_unreadable() -> None:
    taken = take(workbook(LERR=SPACED), "LERR_2015_H2.xlsx")
    asked = the(taken, metric="requested")
    assert (asked.value, asked.read.code, asked.jurisdiction) == ("66.10714285714286", State.UNREADABLE, "KR")
    share = the(taken, metric="disclosed-non-content-only-percent")
    assert (share.value, share.read.code) == ("#REF!", State.UNREADABLE)
    assert {one.claim for one in taken.unread} == {asked.id, share.id}


def test_cells_under_no_header_are_said_to_be_there() -> None:
    [warning] = take(workbook(LERR=SPACED), "LERR_2015_H2.xlsx").warnings
    assert (warning.code, warning.spot.row) == ("stray-column", 7)
    assert "#REF!" in warning.text and "column 5" in warning.text


def test_a_sheet_of_another_half_year_keeps_its_own() -> None:
    civil = [["Civil Legal Request Disclosures, January 2017 - June 2017"], *HEADS, *ROWS[1:]]
    taken = take(workbook(**{"Civil Legal Requests": civil}), "LERR_2017_H2.xlsx")
    assert taken.periods == ("2017H1",)
    assert {c.category for c in taken.claims} == {"civil-legal-requests"}
    assert any("the sheet says 2017H1, the file's name 2017H2" in w.text for w in taken.warnings)


def test_on_a_civil_sheet_outcomes_may_count_accounts() -> None:
    civil = [
        ["Civil Legal Request Disclosures, January 2019 - June 2019"],
        *HEADS,
        ["Brazil", 5, 10, *ROWS[1][3:]],
    ]
    taken = take(workbook(C=civil))
    assert the(taken, metric="no-data").counted == "account"
    assert taken.warnings == ()


def test_countries_may_stand_in_another_column() -> None:
    heads = [["", *HEADS[0]], ["", *HEADS[1]], ["", *HEADS[2]]]
    taken = take(workbook(MSFT=[["", *TITLE], *heads, *[["", *row] for row in ROWS]]))
    assert the(taken, jurisdiction="KR", metric="requested").read == Exact(10)
    assert taken.warnings == ()


def test_rows_and_sheets_without_figures_are_named() -> None:
    rows = [TITLE, *HEADS, *ROWS, ["Serbia"], ["To Be Determined", *ROWS[1][1:]]]
    taken = take(workbook(**{"Emergencies (2)": rows, "Sheet1": [["scrap"]]}), "LERR_2013_H1.xlsx")
    assert [(one.printed, one.spot.sheet) for one in taken.unread] == [
        ("Serbia", "Emergencies (2)"),
        ("Sheet1", "Sheet1"),
    ]
    assert some(taken, part="jurisdiction=to-be-determined")
    assert {c.category for c in taken.claims} == {"emergency-requests"}


LATER = (
    [None, "Criminal (excluding emergencies)"],
    [None, None],
    [None, None, None, "Total Requests", None, None, "Some Customer Data Disclosed", None, None, None,
     "No Customer Data Disclosed"],
    [None, None, None, "Total Number of Requests", "Accounts / Users Specified in Requests", None,
     "Disclosure of Content", None, "Only Subscriber/ Transactional (Non-Content) Data", None,
     "No Data Found", None, "Rejected"],
    [None, None, None, "#", "#", None, "%", "#", "%", "#", "%", "#", "%", "#"],
    [None, "TOTAL", None, 20, 30, None, 0.1, 2, 0.4, 8, 0.2, 4, 0.3, 6],
    [None, "Korea, South*", None, 12, 18, None, 0, 0, 0.5, 6, 0.25, 3, 0.25, 3],
    [None, "USA", None, 8, 12, None, 0.25, 2, 0.25, 2, 0.125, 1, 0.375, 3],
    [None, "* a note"],
)  # fmt: skip


def test_workbooks_from_2018_on_stand_a_column_to_the_right_and_name_a_strand_by_its_sheet() -> None:
    """Sheets called Criminal, Emergencies and Civil Legal Requests, the country in the second column."""
    sheets = {"Criminal": LATER, "Emergencies": LATER[1:], "Civil": LATER[1:]}
    taken = take(workbook(**sheets), "Microsoft-LERR-2018-H1")
    assert (taken.format, taken.periods, taken.jurisdictions) == ("microsoft", ("2018H1",), ("", "KR", "US"))
    korea = {c.category: c for c in some(taken, jurisdiction="KR", metric="requested")}
    assert set(korea) == {"criminal-requests", "emergency-requests", "civil-legal-requests"}
    assert {c.read for c in korea.values()} == {Exact(12)}
    refused = the(taken, jurisdiction="US", category="criminal-requests", metric="refused-percent")
    assert (refused.value, refused.read) == ("0.375", Exact(Decimal("37.5")))
    assert {c.jurisdiction_printed for c in some(taken, jurisdiction="KR")} == {"Korea, South*"}
    assert the(taken, category="civil-legal-requests", metric="no-data", jurisdiction="US").read == Exact(1)


def test_a_measure_that_stands_twice_is_read_once() -> None:
    heads = [*LATER[3], "Rejected"]
    rows = [LATER[0], heads, [*LATER[4], "#"], [*LATER[6], 99]]
    taken = take(workbook(Criminal=rows), "LERR-2019-H2.xlsx")
    assert the(taken, metric="refused").read == Exact(3)
    assert ["second column" in one.why for one in taken.unread] == [True]


def test_words_for_the_signs_of_the_header_will_do() -> None:
    words = ["Percent" if cell == "%" else "Number" if cell == "#" else cell for cell in LATER[4]]
    taken = take(workbook(Emergencies=[LATER[3], words, LATER[6]]), "LERR-2019-H2.xlsx")
    assert the(taken, metric="no-data").read == Exact(3)
    assert the(taken, metric="no-data-percent").read == Exact(25)
