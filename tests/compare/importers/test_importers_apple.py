import pytest

from sagwan.compare import Band, Exact
from sagwan.compare.importers.national import RAISED
from sagwan.compare.value import State

from .make import archive, some, take, the

HEAD = "TR Period,TR Start Date,TR End Date,Country/Region,"
DEVICE = (
    HEAD + "Device Requests Received,Devices Specified in Requests,Requests where Data Provided,"
    "Percentage of Requests where Data Provided\r\n"
    "2013 H1,1/1/13,6/30/13,South Korea,88,419,46,52%\r\n2013 H2,7/1/13,12/31/13,Turkey,1, -, -, -\r\n"
)


def test_a_device_table() -> None:
    taken = take(DEVICE, "device_requests.csv")
    assert (taken.format, taken.periods, taken.unread) == ("apple", ("2013H1", "2013H2"), ())
    assert {(c.metric, c.value) for c in some(taken, jurisdiction="KR", category="device-requests")} == {
        ("requested", "88"),
        ("devices", "419"),
        ("processed", "46"),
        ("compliance-percent", "52%"),
    }
    devices = the(taken, jurisdiction="KR", metric="devices")
    assert (devices.identifier, devices.counted) == ("device", "device")


def test_a_dash_behind_a_blank_is_not_available_and_stays_as_printed() -> None:
    claim = the(take(DEVICE), jurisdiction="TR", metric="devices")
    assert (claim.value, claim.read.code) == (" -", State.NOT_REPORTED)


@pytest.mark.parametrize(
    ("columns", "category", "metrics"),
    [
        (
            "Account Requests Received,Accounts Specified in Requests,"
            "Requests Challenged in Part or Rejected in Full,"
            "Requests where Only Non-Content Data Provided,Requests where Content Provided,"
            "Percentage of Requests where Data Provided",
            "account-requests",
            "requested accounts challenged-or-rejected disclosed-non-content-only disclosed-content "
            "compliance-percent",
        ),
        (
            "Emergency Requests Received,Requests Rejected/Challenged and No Data Provided,"
            "Requests where No Data Provided,Requests where Data Provided,"
            "Percentage of Requests where Data Provided",
            "emergency-requests",
            "requested challenged-or-rejected no-data-provided processed compliance-percent",
        ),
        (
            "Account Restriction/ Account Deletion Requests Received,Accounts Specified in the Requests,"
            "Requests Rejected/Challenged where No Action Taken,Requests where Account Restricted,"
            "Requests where Account Deleted",
            "account-restriction-deletion-requests",
            "requested accounts challenged-or-rejected restricted deleted",
        ),
        (
            "Digital Content Provider Requests Received,Requests Objected to in Part or Rejected in Full,"
            "Requests where Data Provided,Percentage of Requests where Data Provided",
            "digital-content-provider-requests",
            "requested challenged-or-rejected processed compliance-percent",
        ),
        (
            "Push Token Requests Received,Push Tokens Specified in Requests,Requests where Data Provided",
            "push-token-requests",
            "requested push-tokens processed",
        ),
        (
            "Financial Identifier Requests Received,Financial Identifiers Specified in Requests",
            "financial-identifier-requests",
            "requested financial-identifiers",
        ),
        (
            "Legal Violation Takedown Requests Received,Apps Specified in Requests,"
            "Requests Objected to in Part or Rejected in Full,Requests where App Removed,Apps Removed,"
            "Appeals Received,Appeals Granted,Apps Reinstated",
            "app-takedown-legal-violation-requests",
            "requested apps challenged-or-rejected processed apps-removed appeals-received appeals-granted "
            "apps-reinstated",
        ),
    ],
)
def test_each_kind_of_table(columns: str, category: str, metrics: str) -> None:
    cells = ",".join(map(str, range(1, columns.count(",") + 2)))
    taken = take(f"{HEAD}{columns}\n2022 H2,7/1/22,12/31/22,France,{cells}\n")
    assert [c.metric for c in taken.claims] == metrics.split()
    assert {c.category for c in taken.claims} == {category}


def test_the_preservation_table_says_date_where_others_say_period() -> None:
    taken = take(
        "TR Date,TR Start Date,TR End Date,Country/Region,Account Preservation Requests Received,"
        "Accounts Specified in Requests,Accounts where Data Preserved\n2016 H2,7/1/16,12/31/16,France,1,2,0\n"
    )
    assert [(c.metric, c.read) for c in taken.claims] == [
        ("requested", Exact(1)),
        ("accounts", Exact(2)),
        ("accounts-preserved", Exact(0)),
    ]


def test_national_security_is_its_own_category_in_bands() -> None:
    taken = take(
        HEAD + "National Security Requests Type+,Requests Received,Users/Accounts\n"
        '2017 H1,1/1/17,6/30/17,United States of America,National Security,"13,255 - 13,499",0 - 249\n'
        "2018 H1,1/1/18,6/30/18,United States of America,FISA Non-Content,0 - 499,0 - 499\n"
    )
    first = the(taken, category="national-security", metric="requested")
    assert (first.read, first.rule, first.reason) == (Band(13255, 13499), "50-usc-1874-250", RAISED)
    assert (first.jurisdiction, first.process) == ("US", "National Security")
    assert the(taken, category="fisa-non-content", metric="accounts").rule == "50-usc-1874-500"


def test_a_kind_and_a_column_that_are_new_are_kept_under_their_names() -> None:
    taken = take(
        HEAD + "Warrants Received,Carrots Eaten\n2024 H1,1/1/24,6/30/24,United Kingdom,3,4\n",
        "uk_warrants.csv",
    )
    assert [(c.category, c.metric) for c in taken.claims] == [
        ("uk-warrants", "warrants-received"),
        ("uk-warrants", "carrots-eaten"),
    ]


def test_a_name_and_days_that_differ_leave_the_row_unread() -> None:
    taken = take(DEVICE.replace("2013 H1,1/1/13", "2013 H1,7/1/13"))
    [unread] = taken.unread
    assert "is not 7/1/13 to 6/30/13" in unread.why


def test_a_country_that_is_none_is_kept_and_warned_of() -> None:
    taken = take(DEVICE.replace("Turkey", "N/A"))
    assert some(taken, part="jurisdiction=n-a")
    assert [w.code for w in taken.warnings] == ["unknown-place"]


def test_every_table_of_an_archive() -> None:
    data = archive(
        **{"device_requests.csv": DEVICE, "README.txt": "hello", "more/device.csv": DEVICE.upper()}
    )
    taken = take(data, "apple.zip")
    assert taken.format == "apple"
    assert taken.files == ("apple.zip/device_requests.csv", "apple.zip/more/device.csv")
    assert [str(one.spot) for one in taken.unread if not one.claim] == ["apple.zip/README.txt"]
    assert len({c.edition for c in taken.claims}) == 2
