"""What the observatory gives to machines: tables, JSON, catalogue and feed."""

import csv
import io
import json
import re
from xml.etree import ElementTree

import jsonschema
import pytest
from frictionless import Package

from sagwan.compare import SourceKind, compare
from sagwan.compare.site import build_site, site_files
from tests.pages.observatory import everything, site
from tests.pages.test_pages_compare import LABELS, claim

ATOM = "{http://www.w3.org/2005/Atom}"


def test_the_tables_are_a_valid_data_package(tmp_path):
    build_site(everything(), [], tmp_path, labels=LABELS)
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "note"])[:5]


def test_the_figures_table_holds_what_the_pages_show():
    rows = {row["figure"]: row for row in csv.DictReader(io.StringIO(site()["data/figures.csv"].decode()))}
    assert len(rows) == len(everything().figures)
    row = rows["kakao/kakao/KR/2016H1/communication-confirmation/processed"]
    assert (row["low"], row["high"], row["status"], row["rivals"]) == ("697", "697", "disputed", "1")
    assert row["page"] in site()
    gap = rows["naver/naver/KR/2016H1/subscriber-information/accounts"]
    assert (gap["low"], gap["status"], gap["missing"]) == ("", "missing", "not-reported")


def test_every_period_is_json_of_the_described_layout():
    layout = json.loads(site()["data/layout.json"])
    jsonschema.Draft202012Validator.check_schema(layout)
    index = json.loads(site()["data/index.json"])
    assert "2016H1" in index["periods"] and len(index["periods"]) > 20
    for path in index["periods"].values():
        jsonschema.validate(json.loads(site()[path]), layout)
    broken = json.loads(site()["data/2016H1.json"])
    broken["figures"][0]["value"] = {"exact": None}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, layout)


def test_the_catalogue_names_files_that_exist():
    catalogue = json.loads(site()["data/catalog.jsonld"])
    for dataset in catalogue["dcat:dataset"]:
        address = dataset["dcat:distribution"]["dcat:downloadURL"]["@id"]
        assert address.removeprefix("../") in site()


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_feed_is_atom_and_begins_with_what_changed(lang):
    feed = ElementTree.fromstring(site()[f"{lang}/feed.xml"])  # noqa: S314 - our own bytes
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 100
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids) and all(ids)
    assert (entries[0].findtext(f"{ATOM}summary") or "").startswith({"ko": "바뀜", "en": "changed"}[lang])
    for entry in entries:
        link = entry.find(f"{ATOM}link")
        assert link is not None and f"{lang}/{link.get('href')}" in site()
        assert re.fullmatch(r"20[0-9-]{8}T00:00:00Z", entry.findtext(f"{ATOM}updated") or "")


def test_an_entry_of_the_feed_keeps_its_name_when_claims_come_and_a_change_has_its_own():
    def entries(*claims):
        files = dict(site_files(compare(claims), labels=LABELS))
        feed = ElementTree.fromstring(files["en/feed.xml"])  # noqa: S314 - our own bytes
        return {e.findtext(f"{ATOM}id"): e.findtext(f"{ATOM}summary") for e in feed.findall(f"{ATOM}entry")}

    own = {"source_kind": SourceKind.COMPANY_REPORT, "source_publisher": "Kakao"}
    first = claim(value="1809", **own)
    before = entries(first)
    again = entries(first, claim(source_publisher="B", source_date="2017-01-01"))
    assert set(before) == set(again)
    after = entries(
        first, claim(value="1909", source_date="2020-02-01", source_url="https://b.example/", **own)
    )
    assert set(before) < set(after)
    [told] = set(after) - set(before)
    assert after[told].startswith("changed (correction): 1,909. The edition of 2016-08-04 says 1,809")
