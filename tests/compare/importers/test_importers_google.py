import pytest

from sagwan.compare import Band, Exact
from sagwan.compare.importers import ImporterError
from sagwan.compare.importers.national import RAISED
from sagwan.compare.value import State

from .make import some, take, the

NEW = """Period Ending,Country/Region,CLDR Territory Code,Legal Process,User Data Requests,\
Percentage disclosed,Accounts
2010-06-30,South Korea,KR,All,40,0,0
2010-12-31,South Korea,KR,All,44,33,0
2016-06-30,South Korea,KR,Other Legal Requests,"1,024",38,2545
2016-06-30,South Korea,KR,Preservation Requests,2,,5
2022-12-31,United Kingdom,GB,CLOUD ACT - OPOs,2,50,3
2023-06-30,United Kingdom,GB,CLOUD Act - IPA CDRs,1,100,1
"""
OLD_2018 = """Period Ending,Country,CLDR Territory Code,Legal Process,User Data Requests,\
Percentage of requests where some data produced,Users/Accounts Specified
2010-06-30,South Korea,KR,All,40,,
"""
OLD_2014 = (
    "PeriodEnding,Country,CLDRTerritoryCode,LegalProcess,UserDataRequests,"
    "Percentageofdatarequestsfullyorpartiallycompliedwith,Users/AccountsSpecified\r"
    "6/30/12,Korea (South),KR,,40,33,41\r12/31/12,Korea (South),KR,,50,34,51\r"
)
OLD_2012 = """Period Ending,Country,CLDR Territory Code,User Data Requests,\
Percentage of data requests fully or partially complied with,Users/Accounts Specified
06/30/2012,South Korea,KR,40,33,41
"""


def test_figures_of_a_row() -> None:
    taken = take(NEW)
    assert (taken.format, taken.unread, taken.warnings) == ("google", (), ())
    assert taken.periods == ("2010H1", "2010H2", "2016H1", "2022H2", "2023H1")
    assert taken.jurisdictions == ("GB", "KR")
    asked = the(taken, period="2016H1", category="other-legal-requests", metric="requested")
    assert (asked.read, asked.value, asked.unit) == (Exact(1024), "1,024", "count")
    assert (asked.provider, asked.service, asked.jurisdiction_printed) == ("google", "google", "South Korea")
    assert (asked.process, asked.column, asked.row, asked.counted) == (
        "Other Legal Requests",
        "User Data Requests",
        "4",
        "request",
    )
    assert (asked.period_start, asked.period_end, asked.period_kind) == ("2016-01-01", "2016-06-30", "half")


def test_zeros_before_a_measure_was_given_are_not_reported_and_stay_as_printed() -> None:
    taken = take(NEW)
    early = some(taken, period="2010H1")
    assert {(c.metric, c.value, c.read.code) for c in early} == {
        ("requested", "40", State.EXACT),
        ("accounts", "0", State.NOT_REPORTED),
        ("compliance-percent", "0", State.NOT_REPORTED),
    }
    assert "2011H1" in the(early, metric="accounts").reason
    later = some(taken, period="2010H2")
    assert the(later, metric="compliance-percent").read == Exact(33)
    assert the(later, metric="accounts").read.code is State.NOT_REPORTED


def test_a_blank_is_not_reported() -> None:
    claim = the(take(NEW), category="preservation-requests", metric="compliance-percent")
    assert (claim.value, claim.read.code, claim.process_class) == ("", State.NOT_REPORTED, "preservation")


def test_letter_case_of_a_process_is_no_difference_of_category() -> None:
    categories = {claim.category for claim in some(take(NEW), jurisdiction="GB")}
    assert categories == {"cloud-act-opos", "cloud-act-ipa-cdrs"}
    assert {claim.channel for claim in some(take(NEW), jurisdiction="GB")} == {"cloud-act"}


@pytest.mark.parametrize("text", [OLD_2018, OLD_2014, OLD_2012])
def test_older_headers_give_the_same_figures(text: str) -> None:
    taken = take(text)
    assert taken.format == "google"
    assert {(c.category, c.metric, c.jurisdiction) for c in taken.claims} == {
        ("all", "requested", "KR"),
        ("all", "compliance-percent", "KR"),
        ("all", "accounts", "KR"),
    }
    assert the(some(taken, period=taken.periods[0]), metric="requested").read == Exact(40)
    assert taken.unread == ()


def test_cr_only_lines_and_two_digit_years() -> None:
    assert take(OLD_2014).periods == ("2012H1", "2012H2")


def test_a_day_that_ends_no_half_year_leaves_its_row_unread() -> None:
    taken = take(NEW.replace("2016-06-30", "2016-06-29", 1))
    [unread] = taken.unread
    assert (unread.printed, unread.spot.row, unread.claim) == ("2016-06-29", 4, "")
    assert len(taken.claims) == len(take(NEW).claims) - 3


def test_a_last_half_year_with_a_few_rows_is_warned_of() -> None:
    rows = "".join(f"2016-06-30,South Korea,KR,Process {number},1,1,1\n" for number in range(11))
    [warning] = take(
        NEW.splitlines()[0] + "\n" + rows + "2016-12-31,South Korea,KR,Process 1,1,1,1\n"
    ).warnings
    assert (warning.code, "1 rows" in warning.text) == ("thin-period", True)


def test_a_value_that_cannot_be_read_is_a_claim_of_its_own_state() -> None:
    taken = take(NEW.replace('"1,024"', "<i>some</i>"))
    claim = the(taken, period="2016H1", category="other-legal-requests", metric="requested")
    assert (claim.value, claim.read.code) == ("<i>some</i>", State.UNREADABLE)
    [unread] = taken.unread
    assert (unread.printed, unread.claim) == ("<i>some</i>", claim.id)


def test_diplomatic_requests_name_who_assisted() -> None:
    taken = take(
        "Period Ending,Country/Region of Origin,CLDR Territory Code,Assisting Country,"
        "User Data Diplomatic Legal requests\n2019-06-30,South Korea,KR,United States,4\n"
        "2019-06-30,South Korea,KR,Ireland,1\n"
    )
    claim = the(taken, assisting="US")
    assert (claim.category, claim.part, claim.channel) == (
        "diplomatic-legal-requests",
        "assisting=us",
        "mlat",
    )
    assert len({one.figure for one in taken.claims}) == 2


def test_enterprise_counts_customers_under_its_product() -> None:
    taken = take(
        "Period Ending,Country/Region,CLDR Territory Code,Product,Legal Process,"
        "Enterprise Cloud customer requests,"
        "Enterprise Cloud customers,Percentage disclosed\n2019-12-31,Austria,AT,Google Workspace,"
        "Subpoenas,5,9,0\n"
        "2019-12-31,Austria,AT,GCP,Subpoenas,1,1,\n"
    )
    claim = the(taken, service="google-workspace", metric="accounts")
    assert (claim.read, claim.counted) == (Exact(9), "customer")
    assert the(taken, service="gcp", metric="compliance-percent").read.code is State.NOT_REPORTED


def test_enterprise_diplomatic_requests_without_a_country() -> None:
    taken = take(
        "Period Ending,Product,Country/Region of Origin,Assisting Country,"
        "Enterprise Diplomatic Legal requests\n"
        "2019-12-31,GSUITE,,,0\n2020-12-31,GSUITE,Japan,United States,1\n"
    )
    assert the(taken, period="2019H2").jurisdiction == ""
    assert the(taken, period="2020H2").service == "google-workspace"


BANDS = """Reporting period ending date,Number of requests (range MIN),\
Number of requests (range MAX),Number of accounts (range MIN),Number of accounts (range MAX)
2020-12-31,13,499,1500,1999
"""


def test_two_columns_are_one_band_with_its_rule() -> None:
    taken = take(BANDS, "google-usnationalsecurity-nsl-requests.csv")
    asked = the(taken, metric="requested")
    assert (asked.value, asked.unit, asked.read) == ("13-499", "range", Band(13, 499))
    assert (asked.rule, asked.reason, asked.category) == (
        "50-usc-1874-500",
        RAISED,
        "national-security-letters",
    )
    assert the(taken, metric="accounts").reason == ""


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("google-usnationalsecurity-fisa-content-requests.csv", "fisa-content-requests"),
        ("google-usnationalsecurity-fisa-non-content-requests.csv", "fisa-non-content-requests"),
    ],
)
def test_the_file_s_name_says_what_bands_count(name: str, category: str) -> None:
    assert {claim.category for claim in take(BANDS, name).claims} == {category}


def test_bands_under_another_name_are_an_error_that_says_what_to_do() -> None:
    with pytest.raises(ImporterError, match="name the file as Google does"):
        take(BANDS, "bands.csv")


def test_each_released_letter_is_one() -> None:
    taken = take(
        "National Security Letter (NSL) number,NSL issue date,FBI release letter date\n"
        "NSL-00-000001,2020-07-27,2024-02-23\nNSL-00-000001-2,2020-07-27,2024-02-23\n"
    )
    assert [(c.value, c.read, c.period, c.counted) for c in taken.claims] == [
        ("NSL-00-000001", Exact(1), "2020H2", "letter"),
        ("NSL-00-000001-2", Exact(1), "2020H2", "letter"),
    ]
    assert len({claim.figure for claim in taken.claims}) == 2
