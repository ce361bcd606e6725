"""The wide table of claims: optional columns, ids, and what may stand in a cell."""

import hashlib
import re
from pathlib import Path

import pytest

from sagwan.compare import COLUMNS, WIDE_COLUMNS, Cause, ClaimsError, Edition, State
from sagwan.compare.claim import DIMENSIONS
from sagwan.compare.load import parse

from .test_compare_load import GOOD, table

DOCUMENT = Path(__file__).parents[2] / "docs" / "reference" / "claims.md"
EDITION = str(Edition("Acme", "https://acme.example/a|b.csv", "2026-07-01", "ab" * 32))


def wide(**cells: str) -> str:
    """A table of one good row and these further cells."""
    row = GOOD | cells
    names = [*COLUMNS, *(name for name in row if name not in COLUMNS)]
    quoted = ('"' + row[name].replace('"', '""') + '"' for name in names)
    return ",".join(names) + "\n" + ",".join(quoted) + "\n"


def test_every_optional_column_is_kept() -> None:
    cells = {
        "jurisdiction_printed": "Korea, Republic Of ",
        "assisting": "US",
        "channel": "mlat",
        "period_printed": "2016 H1",
        "period_start": "2016-01-01",
        "period_end": "2016-06-30",
        "period_kind": "half",
        "completeness": "complete",
        "process": "Subpoenas\nand more",
        "live": "stored",
        "urgency": "emergency",
        "counted": "account",
        "state": "exact",
        "low": "1295",
        "edition": EDITION,
        "sheet": "Tabelle\t1",
        "row": "7",
        "column": "Requests",
    }
    [one] = parse(wide(**cells))
    assert {name: getattr(one, name) for name in cells} == cells
    assert Edition.parse(one.edition).address == "https://acme.example/a|b.csv"


def test_columns_may_stand_in_any_order() -> None:
    [plain] = parse(table(GOOD))
    text = ",".join(reversed(COLUMNS)) + "\n" + ",".join(GOOD[name] for name in reversed(COLUMNS)) + "\n"
    assert parse(text) == (plain,)


def test_a_country_may_be_absent() -> None:
    [one] = parse(wide(jurisdiction="", jurisdiction_printed="To Be Determined"))
    assert one.figure.jurisdiction == ""
    assert str(one.figure).split("/")[2] == "-"


def test_an_id_is_checked_against_its_row() -> None:
    [one] = parse(table(GOOD))
    assert parse(wide(id=one.id)) == (one,)
    with pytest.raises(ClaimsError, match="column id: 0123456789abcdef is not this row's id"):
        parse(wide(id="0123456789abcdef"))


@pytest.mark.parametrize(
    ("column", "one", "other"),
    [
        ("process", "Subpoenas", "subpoenas"),
        ("sheet", "a", "b"),
        ("column", "Requests", "Accounts"),
        ("edition", EDITION, EDITION[:-1] + "c"),
        ("jurisdiction_printed", "Turkey", "Türkiye"),
    ],
)
def test_what_was_printed_and_where_is_in_the_id(column: str, one: str, other: str) -> None:
    ids = {parse(wide(**{column: cell}))[0].id for cell in ("", one, other)}
    assert len(ids) == 3


@pytest.mark.parametrize(
    "cells",
    [
        {"row": "9"},
        {"process_class": "subpoena"},
        {"state": "exact", "low": "1295", "high": "1295"},
        {"state": "unreadable", "reason": "a doubt"},
        {"note": "a remark"},
    ],
)
def test_a_mended_reading_does_not_change_the_id(cells: dict[str, str]) -> None:
    assert parse(wide(**cells))[0].id == parse(table(GOOD))[0].id


def test_an_edition_fetched_another_day_is_the_same_edition() -> None:
    again = EDITION.replace("2026-07-01", "2026-08-01")
    assert parse(wide(edition=again))[0].id == parse(wide(edition=EDITION))[0].id


def test_the_id_is_what_the_reference_says() -> None:
    """`docs/reference/claims.md`, followed by hand."""
    cells = {
        "entity": "Acme, Inc.",
        "process": "back\\slash",
        "process_class": "x",
        "counted": "account",
        "sheet": "a\tb",
        "column": "Requests",
        "row": "7",
        "edition": EDITION,
    }
    [one] = parse(wide(**cells))
    parts = [GOOD[name] for name in COLUMNS[:13]]
    parts += [
        "entity=Acme, Inc.",
        r"process=back\\slash",
        "counted=account",
        r"sheet=a\tb",
        "column=Requests",
    ]
    parts.append("edition=" + "ab" * 32)
    assert one.id == hashlib.sha256("\t".join(parts).encode()).hexdigest()[:16]
    text = DOCUMENT.read_text(encoding="utf-8")
    named = re.findall(r"`(\w+)`", text.split("is not empty: ")[1].split("then `edition=`")[0])
    assert named == [name for name in (*DIMENSIONS, "sheet", "column") if name != "process_class"]


def test_the_reference_names_every_column_and_state() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert [name for name in (*WIDE_COLUMNS, *State, *Cause) if f"`{name}`" not in text] == []


def test_cells_cannot_pass_for_other_cells() -> None:
    """A TAB parts the columns that the id is made of; one within a cell must not."""
    one = parse(wide(value="1\trequests"))[0]
    other = parse(wide(value="1\\trequests"))[0]
    assert one.id != other.id


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        ("state", "guess", "column value: 'guess' is not one of exact"),
        ("low", "7", "column value: low and high need a state"),
        ("period_kind", "fortnight", "column period_kind: 'fortnight' is not one of"),
        ("completeness", "maybe", "column completeness"),
        ("live", "dead", "column live"),
        ("urgency", "very", "column urgency"),
        ("counted", "Accounts <b>", "column counted"),
        ("period_start", "2016-02-30", "column period_start"),
        ("period_end", "20160630", "column period_end"),
        ("assisting", "usa", "column assisting"),
        ("edition", "Acme", "column edition"),
        ("edition", "a|b|c|", "column edition"),
        ("provider", "a\nb", "holds a line break"),
        ("provider", "a\x07b", "holds a control character"),
    ],
)
def test_a_bad_optional_cell_is_named(column: str, cell: str, message: str) -> None:
    with pytest.raises(ClaimsError, match=r"^t, line 2, ") as caught:
        parse(wide(**{column: cell}), "t")
    assert message in caught.value.message


def test_html_and_formulas_are_kept_as_printed_and_read_as_nothing() -> None:
    [one] = parse(
        wide(value='=HYPERLINK("http://evil.example")', source_publisher="<script>alert(1)</script>")
    )
    assert one.value.startswith("=HYPERLINK") and one.read.code == "unreadable"
    assert one.source_publisher == "<script>alert(1)</script>"


def test_unknown_and_double_columns_are_refused() -> None:
    with pytest.raises(ClaimsError, match="has unknown columns: <b>x</b>"):
        parse(wide(**{"<b>x</b>": "1"}))
    with pytest.raises(ClaimsError, match="has twice value"):
        parse(table(GOOD).replace("unit,", "value,", 1).replace("note", "unit", 1))
    assert len(set(WIDE_COLUMNS)) == len(WIDE_COLUMNS)
