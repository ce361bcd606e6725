"""The reference pages name every kind of explanation, rule, state, cause, measure, table and field."""

import inspect
import re
from pathlib import Path

import pytest

from sagwan.compare import measures
from sagwan.compare.claim import SourceKind
from sagwan.compare.conflict import Rule
from sagwan.compare.edition_causes import Cause
from sagwan.compare.explain import Code
from sagwan.compare.figure import parse_key
from sagwan.compare.prefer import Why
from sagwan.compare.result import Status
from sagwan.compare.score import SCHEMES, Answer
from sagwan.compare.site.addresses import figure_page
from sagwan.compare.site.layout import FIELDS
from sagwan.compare.site.tables import TABLES
from sagwan.compare.store import restated
from sagwan.compare.value import State

DOCS = Path(__file__).resolve().parents[2] / "docs"


def page(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("reference/explanations.md", [*Code, *Rule]),
        ("reference/claims.md", [*State, *Cause]),
        ("reference/observatory-data.md", [*Status, *Why, *FIELDS, *(one.name for one in TABLES), *Answer]),
    ],
)
def test_the_page_names_all(name: str, words: list[str]) -> None:
    text = page(name)
    assert [word for word in words if f"`{word}`" not in text] == []


def test_the_explanations_stand_in_the_order_in_which_they_come() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \|", page("reference/explanations.md"), re.MULTILINE)
    assert rows == [*Code, *Rule]


def test_the_schemes_and_kinds_of_source_are_told() -> None:
    text = page("reference/observatory-data.md")
    assert all(scheme in text for scheme in ("P11a", "P10a", "P12")) and len(SCHEMES) == 5
    stands = page("explanation/what-stands.md")
    assert (
        len(re.findall(r"^[0-9]\. ", stands, re.MULTILINE)) == len(Why) - 2
    )  # 'only' and 'order' ask nothing
    assert len(SourceKind) == 6


def test_every_column_of_the_restatements_is_told() -> None:
    text = page("reference/claims.md")
    for column in restated.COLUMNS:
        side, _, name = column.partition("_")
        told = f"`{column}`" in text or (side == "after" and f"`before_{name}`" in text)
        assert (
            told
            or column.endswith(("_low", "_high"))
            or column in "service jurisdiction period category metric"
        )


def test_every_measure_has_a_formula() -> None:
    text = page("reference/measures.md")
    rows = re.findall(r"^\| ([a-z' ]+) \| (.+?) \|", text, re.MULTILINE)
    assert len(rows) >= 10
    formulas = " ".join(formula for _, formula in rows)
    for measure in ("compliance_rate", "accounts_per_processed", "accounts_per_request"):
        names = list(inspect.signature(getattr(measures, measure)).parameters)
        assert any(" / ".join(order) in formulas for order in (names, names[::-1]))


def test_the_address_of_the_how_to_is_the_figures_page() -> None:
    [address] = re.findall(r"`en/(figure/[^`]+)`", page("how-to/cite-a-figure.md"))
    key = re.findall(r"^sagwan figure (naver\S+)$", page("how-to/cite-a-figure.md"), re.MULTILINE)[0]
    assert figure_page(parse_key(key)) == address


@pytest.mark.parametrize("file", sorted(DOCS.rglob("*.md")), ids=lambda file: file.name)
def test_no_link_of_the_documents_is_broken(file: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)[^)]*\)", file.read_text("utf-8")):
        assert (file.parent / target).exists(), target
