"""The whole observatory over the packaged claims: every page sound, every answer where it belongs."""

import csv
import io
import json
import re
from functools import cache
from xml.etree import ElementTree

import jsonschema
import pytest
from frictionless import Package

from sagwan.compare import Comparison, compare, load_packaged
from sagwan.compare.site import build_site, site_files
from sagwan.compare.site.addresses import figure_page, provider_page, series_page
from sagwan.record.errors import SagwanError
from tests.pages.html import check, read
from tests.pages.test_pages_compare import LABELS, claim

ATOM = "{http://www.w3.org/2005/Atom}"


@cache
def everything() -> Comparison:
    return compare(load_packaged())


@cache
def site() -> dict[str, bytes]:
    return dict(site_files(everything(), labels=LABELS, contact="mailto:figures@example.org"))


def page(path: str) -> str:
    return " ".join(" ".join(read(site()[path]).text).split())


def test_every_page_is_sound_and_every_link_leads_somewhere():
    check(site())


def test_every_figure_has_a_page_in_both_languages():
    for item in everything().figures:
        for lang in ("ko", "en"):
            assert f"{lang}/{figure_page(item.figure)}" in site()


def test_a_page_is_small_without_its_charts():
    for path, data in site().items():
        if path.endswith(".html"):
            assert len(re.sub(rb"<svg.*?</svg>", b"", data, flags=re.DOTALL)) < 100_000, path


def test_the_front_page_is_of_the_latest_half_year_that_is_mostly_known():
    text = page("en/index.html")
    assert "In the second half of 2020 Kakao, Daum and Naver were asked" in text
    assert "Other half-years" in text and "../en/2016H1.html" not in text
    assert "2016H1.html" in read(site()["en/index.html"]).links


def test_the_page_of_2016h1_is_the_same_as_on_a_site_of_its_own():
    own = dict(site_files(compare(load_packaged(), "2016H1"), labels=LABELS))
    lead = re.compile(r'<p class="lead">(.*?)</p>', re.DOTALL)
    ours, theirs = (lead.search(files["en/2016H1.html"].decode()) for files in (site(), own))
    assert ours and theirs and ours[1] == theirs[1]
    table = re.compile(r"<table data-tools=\"service\">(.*?)</table>", re.DOTALL)
    ours, theirs = (table.search(files["en/2016H1.html"].decode()) for files in (site(), own))
    assert ours and theirs and ours[1] == theirs[1]


def test_kakaos_wiretaps_over_the_years():
    path = "en/" + series_page("kakao", "kakao", "KR", "communication-restriction")
    text = page(path)
    assert "Kakao stops answering communication restrictions on KakaoTalk." in text
    assert "other members of a group chat are blinded" in text
    assert "2016Do8137" in text
    assert "2014H1 61 57 83 93.4% 1.5" in text
    data = site()[path].decode()
    assert data.count('class="event" x1=') == 6  # three marks in each of two charts
    assert data.count("<desc") == data.count("<title id") == 2


def test_a_gap_is_a_dash_and_breaks_the_line():
    rows = [claim(period=period, metric="requested") for period in ("2014H1", "2014H2", "2015H2", "2016H1")]
    files = dict(site_files(compare(rows), labels=LABELS))
    data = files["en/" + series_page("kakao", "kakao", "KR", "search-and-seizure-warrant")]
    assert data.count(b'<line class="asked" x1="') == 3  # two pieces, and the key's
    assert "2015H1 – –" in " ".join(" ".join(read(data).text).split())


def test_a_provider_and_a_country_link_to_their_series():
    links = read(site()["en/" + provider_page("kakao")]).links
    assert "../series/KR/kakao/daum/search-and-seizure-warrant.html" in links
    assert "../provider/kakao/KR.html" in links
    korea = page("en/country/KR.html")
    assert "Korea's requests for users' data" in korea
    assert "2016H1 ≥ 149 352" in korea  # Apple's floor, Google's sum
    assert "Korea's ministry, all operators" in korea


def test_silicon_valley_stands_beside_korea_with_its_definitions():
    text = page("en/beside.html")
    assert "50 = 17 + 18 + 15" in text or "50 = 15 + 18 + 17" in text
    assert "2016H1 352 68 ≥ 149 – 7,030 4,933 3,148" in text
    assert "Google prints a whole percent of requests" in text
    assert "Processed includes replies that no such data exists" in text
    assert "We hold no claim of it." in text  # Microsoft
    assert "40,000,000" in text and "75%" in text


def test_the_contradictions_begin_with_those_that_are_explained():
    data = site()["en/contradictions.html"].decode()
    rows = re.findall(r"<tr data-slug.*?</tr>", data, re.DOTALL)
    assert len(rows) > 40
    unexplained = ["No explanation that we can test holds." in row for row in rows]
    assert unexplained == sorted(unexplained)
    assert any("687" in row and "697" in row for row in rows)


def test_the_score_shows_unknown_as_unknown_and_links_its_evidence():
    text = page("en/score/2016H1.html")
    assert "‘Unknown’ is not ‘no’" in text
    reader = read(site()["en/score/2016H1.html"])
    assert "P11a-7-naver" in reader.ids and "#P11a-7-naver" in reader.links
    assert "P12-1-naver" not in reader.ids


def test_what_they_did_to_protect_users():
    text = page("en/protection/2016H1.html")
    assert "Has warrants checked by lawyers of its own. (Korea Herald, 2015-04-13)" in text
    assert "4 follow-ups that name people blinded before" in text
    assert "373" in text and "unknown" in text


def test_a_figure_can_be_cited_and_an_error_in_it_reported():
    path = "en/figure/2016H1/KR/kakao/kakao/communication-confirmation/processed.html"
    text = page(path)
    assert "Kakao, Communication confirmation data, processed, KR, first half of 2016: 697." in text
    assert "kakao/kakao/KR/2016H1/communication-confirmation/processed" in text
    links = read(site()[path]).links
    assert any(one.startswith("mailto:figures@example.org?subject=kakao/kakao/KR/2016H1/") for one in links)
    assert any(one.endswith("series/KR/kakao/kakao/communication-confirmation.html") for one in links)


def test_without_a_contact_errors_have_a_page_all_the_same():
    files = dict(site_files(compare([claim()]), labels=LABELS))
    check(files)
    assert "they named no address" in " ".join(read(files["en/report-an-error.html"]).text)


def test_a_contact_must_be_one():
    with pytest.raises(SagwanError, match="is no contact"):
        list(site_files(compare([claim()]), labels=LABELS, contact="javascript:alert(1)"))


def test_a_brief_links_its_footnotes_to_the_figures():
    reader = read(site()["en/brief/2016H1.html"])
    assert "../figure/2016H1/KR/kakao/kakao/search-and-seizure-warrant/requested.html" in reader.links
    assert "#n1" in reader.links and "n1" in reader.ids


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


def test_claims_in_another_order_give_the_same_site():
    turned = dict(
        site_files(compare(load_packaged()[::-1]), labels=LABELS, contact="mailto:figures@example.org")
    )
    assert {path for path in site() if site()[path] != turned.get(path)} == set()


def test_hostile_claims_break_nothing_anywhere():
    evil = '"><script>alert(1)</script>../../x\x0b'
    files = dict(
        site_files(
            compare(
                [
                    claim(),
                    claim(service=evil, source_publisher=evil, unit=evil, part=evil, value=evil),
                    claim(provider=evil, category=evil, source_url="javascript:alert(1)"),
                    claim(provider="..", service="..", category="..", metric=".."),
                    claim(
                        jurisdiction="ZZ", value="10-19", provider="google", service="google", category="all"
                    ),
                ]
            ),
            labels=LABELS,
        )
    )
    check(files)
    assert not any(".." in path.split("/") or "<" in path for path in files)
    assert b"<script>" not in b"".join(data for path, data in files.items() if path.endswith(".html"))
    for lang in ("ko", "en"):
        ElementTree.fromstring(files[f"{lang}/feed.xml"])  # noqa: S314 - our own bytes


def test_korean_pages_hold_no_english_sentence():
    for path in ("ko/beside.html", "ko/contradictions.html", "ko/score/2016H1.html", "ko/providers.html"):
        words = re.findall(r"\b(?:the|which|requests|figure|source)\b", page(path))
        assert not words, (path, words[:5])
