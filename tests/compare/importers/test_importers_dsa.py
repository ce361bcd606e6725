from decimal import Decimal

import pytest

from sagwan.compare import Exact
from sagwan.compare.value import State

from .make import some, take, the, workbook

HEADS = [
    "Applicability",
    "Service",
    "Reporting period",
    "Category of illegal content",
    'Description of the sub-category "Other"',
    "Scope ",
    "Number of orders to act against illegal content  received",
    "Number of specific items of information included in the total number of orders to act "
    "against illegal content",
    "Median time to inform the authority of the receipt of the order to act against illegal content",
    "Median time to give effect to the order to act against illegal content",
    "Number of orders to provide information",
    "Median time to inform the authority of the receipt of the order to provide information",
    "Median time to give effect to the order to provide information",
    "Contextual information on number of orders to act against illegal content received",
]
SCAMS = "STATEMENT_CATEGORY_SCAMS_AND_FRAUD"
STORE = "Example Store"
HALF = "2025-07-01/2025-12-31"
ROWS = [
    ["All", STORE, HALF, "TOTAL", "", "TOTAL", "4", "9", "0", "264", "38", "0", "17.75", "see \"FAQ\""],
    ["All", STORE, HALF, "STATEMENT_CATEGORY_VIOLENCE", "", "TOTAL", "0", "0", "", "", "2", "0", "15"],
    ["All", STORE, HALF, "KEYWORD_OTHER", "Injury", "TOTAL", "0", "0", "0", "0", "1", "0", "15"],
    ["All", STORE, HALF, "KEYWORD_OTHER", "Arson", "TOTAL", "0", "0", "0", "0", "1", "0", "15"],
    ["All", STORE, HALF, SCAMS, "", "TOTAL", "0", "0", "0", "0", "0", "0", "0"],
    ["All", STORE, HALF, "KEYWORD_OTHER", "", "TOTAL", "0", "0", "0", "0", "0", "0", "0"],
    ["All", STORE, HALF, "TOTAL", "", "EL", "1", "1", "1", "1", "11", "1", "1"],
    ["All", STORE, HALF, "TOTAL", "", "DE, ES", "1", "1", "1", "1", "27", "1", "1"],
    ["All", STORE, "2025-07-01/2025-12-32", "TOTAL", "", "FR", "1", "1", "1", "1", "1", "1", "1"],
]  # fmt: skip


def as_csv() -> str:
    return "\n".join(
        ",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in [HEADS, *ROWS]
    )


@pytest.fixture(params=["csv", "xlsx"])
def taken(request: pytest.FixtureRequest):
    if request.param == "csv":
        return take(as_csv(), "03_member_states_orders.csv")
    numbers = [[int(cell) if cell.isdigit() else cell or None for cell in row] for row in ROWS]
    sheets = {
        "1_report_identification": [["Applicability", "Service"]],
        "3_member_states_orders": [HEADS, *numbers],
    }
    return take(workbook(**sheets), "report.xlsx")


INFORM = "orders-to-provide-information"


def test_orders_of_the_union_and_of_a_state(taken) -> None:
    assert (taken.format, taken.periods, taken.jurisdictions) == ("dsa", ("2025H2",), ("", "EU", "GR"))
    union = the(taken, jurisdiction="EU", category=INFORM, metric="requested", part="")
    assert (union.read, union.provider, union.service) == (Exact(38), "example-store", "example-store")
    assert (union.channel, union.jurisdiction_printed) == ("dsa-order", "TOTAL")
    greece = the(taken, jurisdiction="GR", category=INFORM, metric="requested")
    assert (greece.jurisdiction_printed, greece.read) == ("EL", Exact(11))


def test_medians_keep_their_decimals_and_a_blank_is_not_reported(taken) -> None:
    assert the(
        taken, jurisdiction="EU", category=INFORM, metric="median-hours-to-effect", part=""
    ).read == Exact(Decimal("17.75"))
    blank = the(taken, category="orders-to-act", metric="median-hours-to-inform", part="content=violence")
    assert blank.read.code is State.NOT_REPORTED


def test_a_keyword_belongs_to_the_category_above_it(taken) -> None:
    crimes = {c.crime for c in some(taken, category=INFORM, metric="requested", jurisdiction="EU")}
    assert crimes == {
        "",
        "violence",
        "violence:other:injury",
        "violence:other:arson",
        "scams-and-fraud",
        "scams-and-fraud:other",
    }
    assert len({c.figure for c in taken.claims}) == len(taken.claims)


def test_a_scope_of_several_states_is_no_state(taken) -> None:
    claim = the(taken, jurisdiction_printed="DE, ES", category=INFORM, metric="requested")
    assert (claim.jurisdiction, claim.read) == ("", Exact(27))
    assert claim.part.startswith("jurisdiction=de")
    assert "unknown-place" in {w.code for w in taken.warnings}


def test_a_period_that_is_none_leaves_its_row_unread(taken) -> None:
    [unread] = taken.unread
    assert (unread.printed, unread.claim) == ("2025-07-01/2025-12-32", "")


def test_the_provider_may_be_given() -> None:
    assert {c.provider for c in take(as_csv(), provider="acme").claims} == {"acme"}
