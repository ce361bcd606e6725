"""A table saved anew in another way gives the same figures, or says what it could not read; never others."""

from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sagwan.compare.figure import Figure
from sagwan.compare.importers import Understood, read_bytes
from sagwan.compare.value import State, Value

from .mutate import CELL_MUTATIONS, ENCODINGS, FILE_MUTATIONS, Sheet, as_csv


def sheet(name: str, text: str, numbers: str, shares: str = "", days: str = "") -> Sheet:
    """A Sheet from lines with bars; the columns are named by their places: `4 6`."""
    rows = tuple(tuple(cell.strip() for cell in line.split("|")) for line in text.strip().splitlines())
    places = (frozenset(map(int, part.split())) for part in (numbers, shares, days))
    return Sheet(name, rows, *places)


SHEETS = {
    one.name: one
    for one in (
        sheet(
            "google-requests.csv",
            """
Period Ending|Country/Region|CLDR Territory Code|Legal Process|User Data Requests|\
Percentage disclosed|Accounts
2016-06-30|South Korea|KR|Other Legal Requests|1,024|38|25450
2016-06-30|Korea, Democratic People's Republic of|KP|Other Legal Requests|3|67|4
2016-12-31|Brazil|BR|Emergency Disclosure Requests|17|100|1234567
2016-12-31|Brazil|BR|Preservation Requests|21||40
2010-06-30|Brazil|BR|All|3663|0|0
""",
            "4 6",
            "5",
            "0",
        ),
        sheet(
            "google-dlr.csv",
            """
Period Ending|Country/Region of Origin|CLDR Territory Code|Assisting Country|\
User Data Diplomatic Legal requests
2019-06-30|South Korea|KR|United States|1400
2019-12-31|Latvia|LV|Ireland|1
""",
            "4",
            days="0",
        ),
        sheet(
            "google-nsl-requests.csv",
            """
Reporting period ending date|Number of requests (range MIN)|Number of requests (range MAX)|\
Number of accounts (range MIN)|Number of accounts (range MAX)
2023-06-30|0|499|115000|115499
2023-12-31|13|499|1,500|1,999
""",
            "1 2 3 4",
            days="0",
        ),
        sheet(
            "report-2017_H2.csv",
            """
Country|Total Requests|Total Requests Accounts|Total Requests Percentage|Legal Process Request Total|\
Legal Process Request Total Accounts|Legal Process Request Total Percentage|Emergency Request Total|\
Emergency Request Total Accounts|Emergency Request Total Percentage|Preservation Requests|\
Preservation Accounts Preserved|Percent Witheld
South Korea|1200|2300|83%|1150|2200|82%|50|100|90%|7|1100|12%
Brazil|2|3|50%|2|3|50%|0|0|0%|-|-|
""",
            "1 2 4 5 7 8 10 11",
            "3 6 9 12",
        ),
        sheet(
            "device_requests.csv",
            """
TR Period|TR Start Date|TR End Date|Country/Region|Device Requests Received|Devices Specified in Requests|\
Requests where Data Provided|Percentage of Requests where Data Provided
2013 H1|2013-01-01|2013-06-30|Korea, Republic of|1034|25000|999|97%
2013 H2|2013-07-01|2013-12-31|Türkiye|4|5|2|50%
""",
            "4 5 6",
            "7",
            "1 2",
        ),
        sheet(
            "us_national_security_requests.csv",
            """
TR Period|TR Start Date|TR End Date|Country/Region|National Security Requests Type+|\
Requests Received|Users/Accounts
2013 H1|2013-01-01|2013-06-30|United States of America|National Security|0 - 249|1,250 - 1,499
""",
            "5 6",
            days="1 2",
        ),
        sheet(
            "requests_received.csv",
            """
year|half|type|count_requests_received|count_disclosed
2021|2|criminal search warrant|1900|1895
2021|1|civil subpoena|12|8
""",
            "3 4",
        ),
        sheet(
            "3_member_states_orders.csv",
            """
Service|Reporting period|Category of illegal content|Scope|Number of orders to provide information|\
Median time to give effect to the order to provide information
Acme|2025-07-01/2025-12-31|TOTAL|TOTAL|18400|17.75
Acme|2025-07-01/2025-12-31|TOTAL|DE|11|3
Acme|2025-07-01/2025-12-31|STATEMENT_CATEGORY_VIOLENCE|DE|1|-
""",
            "4",
        ),
        sheet(
            "kakao.csv",
            """
service|period|category|requested|processed|accounts
카카오|2016년 상반기|압수·수색영장|2255|1809|261884
다음|2016년 상반기|통신자료|586|0|-
""",
            "3 4 5",
        ),
        sheet(
            "ministry.csv",
            """
period|category|authority|medium|documents|numbers
2016년 상반기|통신자료|||574769|4468184
2016년 상반기|통신자료|경찰|유선전화|1200|
""",
            "4 5",
        ),
    )
}


def figures(taken: Understood) -> dict[Figure, Value]:
    return {claim.figure: claim.read for claim in taken.claims}


def original(one: Sheet) -> dict[Figure, Value]:
    return figures(read_bytes(as_csv(one).encode(), one.name))


def check(before: Mapping[Figure, Value], data: bytes, one: Sheet) -> None:
    """The same figures, each with its value or unreadable; what is blank may be a dash as well."""
    after = figures(read_bytes(data, one.name))
    # A dash for a blank is a figure that is not reported; nothing else may be new.
    assert {after[figure].code for figure in after.keys() - before.keys()} <= {State.NOT_REPORTED}
    for figure, value in before.items():
        if figure not in after:
            assert value.code is State.NOT_REPORTED, figure
            continue
        if value.code is State.NOT_REPORTED:
            assert after[figure].code in (State.NOT_REPORTED, State.UNREADABLE), figure
        elif after[figure].code is not State.UNREADABLE:
            assert after[figure] == value, figure


def unreadable(values: Mapping[Figure, Value]) -> int:
    return sum(value.code is State.UNREADABLE for value in values.values())


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize("mutation", CELL_MUTATIONS)
def test_other_cells_and_heads(name: str, mutation: str) -> None:
    one = SHEETS[name]
    mutated = CELL_MUTATIONS[mutation](one)
    data = as_csv(mutated).encode()
    check(original(one), data, mutated)
    # None of these needs to be left unread: each can be read in one way only.
    assert unreadable(figures(read_bytes(data, one.name))) == 0


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize("mutation", FILE_MUTATIONS)
def test_other_files(name: str, mutation: str) -> None:
    one = SHEETS[name]
    data = FILE_MUTATIONS[mutation](one)
    check(original(one), data, one)
    assert unreadable(figures(read_bytes(data, one.name))) == 0


def _writable(name: str, encoding: str) -> bool:
    """Has the encoding all letters of the sheet?"""
    return as_csv(SHEETS[name]).encode(encoding, "ignore").decode(encoding) == as_csv(SHEETS[name])


@pytest.mark.parametrize(
    ("name", "encoding"), [(name, one) for name in SHEETS for one in ENCODINGS if _writable(name, one)]
)
def test_older_encodings(name: str, encoding: str) -> None:
    one = SHEETS[name]
    data = as_csv(one).encode(encoding)
    check(original(one), data, one)


@settings(deadline=None, max_examples=80, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(sorted(SHEETS)),
    st.lists(st.sampled_from(sorted(CELL_MUTATIONS)), max_size=4, unique=True),
    st.sampled_from(sorted(FILE_MUTATIONS)),
)
def test_several_at_once(name: str, mutations: list[str], file: str) -> None:
    one = mutated = SHEETS[name]
    for mutation in mutations:
        mutated = CELL_MUTATIONS[mutation](mutated)
    check(original(one), FILE_MUTATIONS[file](mutated), mutated)
