"""docs/reference/law-packs.md says what the parser takes: every key and word, and no other."""

import re
from pathlib import Path

import pytest

from sagwan.law import model, model_bands
from sagwan.law.finding import Code
from sagwan.law.keys import KEYS
from sagwan.law.pack import Pack

PAGE = (Path(__file__).parents[2] / "docs/reference/law-packs.md").read_text(encoding="utf-8")
SECTIONS = {
    match["name"]: match["body"]
    for match in re.finditer(r"^### (?P<name>[a-z]+) — [^\n]*\n(?P<body>.*?)(?=^##)", PAGE, re.M | re.S)
}


def rows(body: str) -> dict[str, str]:
    return {m[1]: m[2] for m in re.finditer(r"^\| `([a-z_-]+)` \| (.*) \|$", body, re.M)}


def test_every_table_is_documented():
    assert set(SECTIONS) == set(KEYS)


@pytest.mark.parametrize("table", sorted(KEYS))
def test_every_key_is_documented_and_no_other(table: str):
    assert set(rows(SECTIONS[table])) == set(KEYS[table])


@pytest.mark.parametrize(
    ("table", "key", "words"),
    [
        ("source", "kind", model.SourceKind),
        ("binding", "binding", model.Binding),
        ("opened", "how", model.Opened),
        ("bands", "period", model_bands.BandPeriod),
        ("figure", "measure", model_bands.BandMeasure),
        ("item", "kind", model.ItemKind),
        ("item", "when", model.When),
        ("item", "bound", model.Bound),
        ("party", "when", model.When),
        ("deadline", "kind", model.ClockKind),
        ("deadline", "starts", model.Start),
        ("deadline", "when", model.When),
        ("deadline", "who", model.Who),
        ("deadline", "met_by", model.MetBy),
        ("notice", "who", model.Who),
        ("notice", "provider", model.ProviderNotice),
    ],
)
def test_every_word_of_a_closed_list_is_documented(table: str, key: str, words):
    text = rows(SECTIONS[table])[key]
    assert [word.value for word in words if f"`{word.value}`" not in text] == []


def test_every_finding_is_documented():
    listed = PAGE.split("## The check of a request")[1].split("## The Korean pack")[0]
    assert set(rows(listed)) == {code.value for code in Code}


def test_the_korean_packs_items_and_reasons_are_documented(kr: Pack):
    items = PAGE.split("## The Korean pack: document items")[1]
    for instrument in kr.instruments:
        section = re.search(rf"^### `{instrument.slug}`\n(.*?)(?=^##|\Z)", items, re.M | re.S)
        assert section and set(rows(section[1])) == {item.slug for item in instrument.items}
    reasons = PAGE.split("## The Korean pack: reasons")[1]
    assert set(rows(reasons)) == {reason.slug for reason in kr.reasons}
