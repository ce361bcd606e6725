from decimal import Decimal

import pytest

from sagwan.compare import Band, Exact
from sagwan.compare.importers import ImporterError, UnknownFormat
from sagwan.compare.value import State

from .make import some, take, the

NAME = "PRPL-Facebook-Government-Report-2017_H2.csv"
NEW = (
    "\ufeffCountry,Content Restrictions,Preservation Requests,Preservation Accounts Preserved,"
    "Percent Witheld,"
    "Total Requests,Number of Requests Where Some Data Produced,Total Requests Accounts,"
    "Total Requests Percentage,"
    "Legal Process Request Total,Legal Number of Requests Where Some Data Produced,"
    "Legal Process Request Total Accounts,Legal Process Request Total Percentage,"
    "Emergency Request Total,ER Number of Requests Where Some Data Produced,Emergency Request Total Accounts,"
    "Emergency Request Total Percentage,Search Warrant,Search Warrant Accounts,Search Warrant Percentage,"
    "Court Order (18 USC 2703(d)),Court Order (18 USC 2703(d)) Accounts,"
    "Court Order (18 USC 2703(d)) Percentage,"
    "NSLs,NSLs Accounts,NSLs Percentage\n"
    "South Korea,3,43,57,0,162,81,259,53%,156,80,253,54%,6,1,6,33%,,,,,,,,,\n"
    'United States,0,47127,77860,0,"1,010",900,"2,000",85.00%,"1,000",890,"1,990",86%,10,10,10,78%,900,1,87%,'
    "101,1,86%,0-499,0-499,\n"
    "United States Minor Outlying Islands,0,0,0,,0,0,0,0%,0,0,0,0%,0,0,0,0%,,,,,,,,,\n"
    ",,,,,,,,,,,,,,,,,,,,,,,,,\n"
)
OLD = (
    "Country,Total Data Requests,Total Users/Accounts Requested,Percent Requests Where Some Data Produced,"
    "Emergency Request Total,Emergency Request Total Accounts,Emergency Request Total Percentage\n"
    'United States,"11,000 - 12,000","20,000 - 21,000",79.00%,5,6,0.33\nSouth Korea,7,15,14.00%,1,1,1\n'
)


def test_groups_of_columns_are_categories() -> None:
    taken = take(NEW, NAME)
    korea = some(taken, jurisdiction="KR")
    assert taken.format == "meta"
    assert the(korea, category="total-requests", metric="requested").read == Exact(162)
    assert the(korea, category="total-requests", metric="processed").read == Exact(81)
    assert the(korea, category="legal-process-requests", metric="accounts").read == Exact(253)
    emergency = the(korea, category="emergency-requests", metric="compliance-percent")
    assert (emergency.read, emergency.urgency) == (Exact(33), "emergency")
    assert the(korea, category="preservation-requests", metric="accounts").read == Exact(57)
    assert the(korea, category="content-restrictions", metric="withheld-percent").read == Exact(0)
    order = the(taken, category="court-order-18-usc-2703-d", metric="requested")
    assert (order.law, order.jurisdiction) == ("18 USC 2703(d)", "US")


def test_the_period_is_the_file_name_s_or_what_is_given() -> None:
    assert take(NEW, NAME).periods == ("2017H2",)
    assert take(NEW, "Data Requests-2013-H1.csv").periods == ("2013H1",)
    assert take(NEW, "meta.csv", period="2019H1").periods == ("2019H1",)
    with pytest.raises(ImporterError, match="do not say of which half-year"):
        take(NEW, "meta.csv")


def test_a_group_that_a_row_prints_nothing_of_is_no_claim_and_a_hole_in_one_is() -> None:
    taken = take(NEW, NAME)
    assert some(taken, jurisdiction="KR", category="nsls") == []
    [hole] = [c for c in some(taken, jurisdiction="US", category="nsls") if not c.value]
    assert (hole.metric, hole.read.code) == ("compliance-percent", State.NOT_REPORTED)


def test_the_minor_islands_are_not_the_united_states() -> None:
    assert {c.jurisdiction_printed for c in some(take(NEW, NAME), jurisdiction="US")} == {"United States"}
    assert some(take(NEW, NAME), jurisdiction="UM")


def test_commas_shares_and_bands() -> None:
    taken = take(NEW, NAME)
    us = some(taken, jurisdiction="US")
    assert the(us, category="total-requests", metric="requested").read == Exact(1010)
    assert the(us, category="total-requests", metric="compliance-percent").read == Exact(Decimal("85.00"))
    letters = the(us, category="nsls", metric="requested")
    assert (letters.read, letters.unit, letters.rule) == (Band(0, 499), "range", "50-usc-1874-500")


def test_a_column_that_is_new_is_kept_under_its_own_name() -> None:
    taken = take("Country,Total Requests,Total Requests Accounts,Carrots\nFrance,1,1,5\n", NAME)
    assert the(taken, category="other").metric == "carrots"


def test_without_a_country_it_is_another_table() -> None:
    with pytest.raises(UnknownFormat):
        take("Total Requests,Total Requests Accounts\n1,1\n", NAME)


def test_a_blank_row_is_no_row() -> None:
    assert take(NEW, NAME).rows == 3


def test_sums_that_do_not_add_up_are_warned_of_with_both_numbers() -> None:
    [warning] = take(NEW, NAME).warnings
    assert warning.code == "sum"
    assert warning.spot.row == 3
    assert "1,000" in warning.text and "1,001" in warning.text


def test_the_release_of_2018_has_other_names_and_one_fraction() -> None:
    taken = take(OLD, "Data Requests-2017-H2.csv")
    total = the(taken, jurisdiction="US", category="total-requests", metric="requested")
    assert (total.read, total.unit, total.rule) == (Band(11000, 12000), "range", "")
    assert the(taken, jurisdiction="KR", category="total-requests", metric="accounts").read == Exact(15)
    share = the(taken, jurisdiction="US", category="emergency-requests", metric="compliance-percent")
    assert (share.value, share.read) == ("0.33", Exact(33))
    # 0.33 and 1 in one column and no sign: the column is of fractions.
    whole = the(taken, jurisdiction="KR", category="emergency-requests", metric="compliance-percent")
    assert (whole.value, whole.read) == ("1", Exact(100))
