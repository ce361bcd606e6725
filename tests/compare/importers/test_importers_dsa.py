from decimal import Decimal

import pytest

from sagwan.compare import Exact
from sagwan.compare.importers.dsa_words import FRENCH, GERMAN, GREEK
from sagwan.compare.importers.dsa_words import HEADS as HEADS_OF_ALL
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


def foreign(heads: tuple[str, ...]) -> str:
    """A sheet of one row under the heads of a language, without the seven columns of text."""
    row = ("Alle", "Acme", HALF, "TOTAL", "", "GESAMT", "4", "9", "0,5", "1.264,25", "38", "1,500", "17,75")
    return "\n".join(";".join('"' + cell.replace('"', '""') + '"' for cell in one) for one in (heads, row))


@pytest.mark.parametrize("heads", [HEADS_OF_ALL, GERMAN, FRENCH, GREEK], ids=["en", "de", "fr", "el"])
def test_the_heads_of_other_languages(heads: tuple[str, ...]) -> None:
    taken = take(foreign(heads), "3_orders.csv")
    assert (taken.format, taken.jurisdictions, len(taken.claims)) == ("dsa", ("EU",), 7)
    assert the(taken, category=INFORM, metric="requested").read == Exact(38)
    assert the(taken, category="orders-to-act", metric="items").read == Exact(9)
    assert the(taken, category=INFORM, metric="requested").column == heads[10]


def test_decimal_commas_and_what_may_be_one() -> None:
    taken = take(foreign(GERMAN), "3_orders.csv")
    assert the(taken, category=INFORM, metric="median-hours-to-effect").read == Exact(Decimal("17.75"))
    act = some(taken, category="orders-to-act")
    assert the(act, metric="median-hours-to-inform").read == Exact(Decimal("0.5"))
    assert the(act, metric="median-hours-to-effect").read == Exact(Decimal("1264.25"))
    # 1,500 hours, or one and a half: the table parts decimals with a comma elsewhere.
    either = the(taken, category=INFORM, metric="median-hours-to-inform")
    assert (either.read.code, either.value) == (State.UNREADABLE, "1,500")
    assert ["decimals" in one.why for one in taken.unread if one.claim == either.id] == [True]


def test_rows_that_print_nothing_are_counted_and_no_claims() -> None:
    rows = "".join(f"All,Acme,{HALF},KEYWORD_OTHER,{name},TOTAL\n" for name in ("A", "B", "C"))
    text = f"{','.join(chr(34) + h.replace(chr(34), chr(34) * 2) + chr(34) for h in HEADS_OF_ALL)}\n{rows}"
    taken = take(f"{text}All,Acme,{HALF},TOTAL,,TOTAL,0,,,,5\n")
    assert len(taken.claims) == 7
    [warning] = taken.warnings
    assert (warning.code, warning.text[:6]) == ("blank-rows", "3 rows")


def test_long_descriptions_that_begin_alike_stay_two() -> None:
    start = "orders about the very same kind of conduct, "
    rows = [
        ["All", STORE, HALF, "KEYWORD_OTHER", start + end, "TOTAL", "1", "1", "1", "1", "2", "1", "1"]
        for end in ("first", "second")
    ]
    text = "\n".join(
        ",".join(f'"{c.replace(chr(34), chr(34) * 2)}"' for c in row) for row in [HEADS_OF_ALL, *rows]
    )
    taken = take(text)
    assert len({claim.figure for claim in taken.claims}) == len(taken.claims) == 14
