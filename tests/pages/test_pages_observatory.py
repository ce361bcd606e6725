"""The whole observatory over the packaged claims: every page sound, every answer where it belongs."""

import json
import re
from html import unescape
from xml.etree import ElementTree

import pytest

from sagwan.compare import Cause, Source, SourceKind, compare, load_packaged, recount
from sagwan.compare.explain import Code
from sagwan.compare.site import site_files
from sagwan.compare.site.addresses import figure_page, provider_page, series_page
from sagwan.compare.site.editions import CAUSES
from sagwan.compare.site.terms import EXPLAINED
from sagwan.record.errors import SagwanError
from tests.pages.html import check, read
from tests.pages.observatory import everything, page, site
from tests.pages.test_pages_compare import LABELS, claim


@pytest.mark.slow
def test_every_page_is_sound_and_every_link_leads_somewhere():
    check(site())


def test_every_figure_has_a_page_in_both_languages():
    for item in everything().figures:
        for lang in ("ko", "en"):
            assert f"{lang}/{figure_page(item.figure)}" in site()


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
    assert "Kakao, Communication confirmation data, processed, Korea, first half of 2016: 697." in text
    assert "kakao/kakao/KR/2016H1/communication-confirmation/processed" in text
    links = read(site()[path]).links
    assert any(one.startswith("mailto:figures@example.org?subject=kakao/kakao/KR/2016H1/") for one in links)
    assert any(one.endswith("series/KR/kakao/kakao/communication-confirmation.html") for one in links)


def test_a_site_that_knows_its_address_cites_it():
    files = dict(site_files(compare([claim()]), labels=LABELS, address="https://figures.example.org/x"))
    path = "en/figure/2016H1/KR/kakao/kakao/search-and-seizure-warrant/processed.html"
    assert f"https://figures.example.org/x/{path}" in " ".join(read(files[path]).text)
    feed = ElementTree.fromstring(files["en/feed.xml"])  # noqa: S314 - our own bytes
    base = "{http://www.w3.org/XML/1998/namespace}base"
    assert feed.get(base) == "https://figures.example.org/x/en/"


def test_an_address_must_be_one_of_the_web():
    with pytest.raises(SagwanError, match="no address of a site"):
        list(site_files(compare([claim()]), labels=LABELS, address="ftp://example.org/"))


def test_a_citation_comes_as_bibtex_and_csl_json_too():
    files = dict(site_files(compare([claim(source_publisher="A & B {100%}_x")]), labels=LABELS))
    path = "en/figure/2016H1/KR/kakao/kakao/search-and-seizure-warrant/processed.html"
    bibtex, csl = re.findall(r"<pre data-copy>(.*?)</pre>", files[path].decode(), re.DOTALL)
    bibtex = unescape(bibtex)
    assert bibtex.startswith("@misc{sagwan-kakao-kakao-kr-2016h1-search-and-seizure-warrant-processed,")
    assert r"A \& B \{100\%\}\_x" in bibtex
    plain = re.sub(r"\\.", "", bibtex)
    assert plain.count("{") == plain.count("}")
    [document] = json.loads(unescape(csl))
    assert document["title"].endswith("first half of 2016: 1,809")
    assert document["issued"] == {"date-parts": [[2016, 8, 4]]}


def test_a_figure_shows_its_editions_with_the_cause_of_each_change():
    path = "{}/figure/2017H1/US/google/google/wiretap-orders/requested.html"
    text = page(path.format("en"))
    assert "14 April 2019: 10." in text and "9 May 2024: 1." in text
    assert "correction. The edition of 2019-04-14 says 10, that of 2024-05-09 says 1" in text
    assert "2019-04-14 판은 10, 2024-05-09 판은 1" in page(path.format("ko"))
    newspapers = "en/figure/2016H1/KR/kakao/daum/search-and-seizure-warrant/processed.html"
    assert "Editions of the source" not in page(newspapers)  # seven claims, one edition of its own


def test_a_total_of_all_services_never_reads_as_the_service_of_that_name():
    text = page("en/provider/kakao.html")
    assert "Kakao (all services): Search and seizure warrant" in text
    path = "en/series/KR/kakao/{}/search-and-seizure-warrant.html"
    one, other = (re.search(r"<h1>(.*?)</h1>", site()[path.format(s)].decode()) for s in ("all", "kakao"))
    assert one and other and one[1] != other[1]


def test_a_provider_in_a_country_begins_with_an_answer_and_a_picture():
    data = site()["en/provider/kakao/KR.html"].decode()
    text = page("en/provider/kakao/KR.html")
    assert "Kakao, second half of 2020: 14,674 requests from Korea." in text
    assert "Data was handed over 12,371 times (84.3%)" in text
    assert data.index('class="lead"') < data.index("<svg") < data.index("<table")


def test_every_mark_beside_a_chart_is_explained_on_the_same_page():
    for path, data in site().items():
        if re.match(r"(?:ko|en)/(?:series|provider)/", path):
            for section in re.split(r"<section|<h1", data.decode())[1:]:
                shown = set(re.findall(r'<text class="event"[^>]*>(\d+)</text>', section))
                explained = set(re.findall(r'<span class="number">(\d+)</span>', section))
                assert shown <= explained, path


def test_requests_for_a_million_users_and_gaps_where_none_are_printed():
    text = page("en/beside.html")
    assert "Kakao 2016H1 requested: 78.7 accounts: 6,573.2 users, as printed: 40,000,000" in text
    assert "No source that we hold prints the users of: Google, " in text
    years = page("en/provider/kakao/KR.html")
    assert "2016H1 3,148 +47.7% ≠ 80.1% 262,927 78.7 6,573.2" in years
    assert "2015H2 2,374 −15.9% 77.7% 127,747 – –" in years


def test_shares_of_the_countrys_total_and_of_all_countries():
    text = page("en/country/KR.html")
    assert "Part of the country's total, in percent" in text
    assert re.search(r"2015H1 Communication restriction .*?6\.9%", text)
    google = page("en/provider/google.html")
    assert "the requests of all 2 countries whose figures we hold" in google


def test_outcomes_are_shares_of_the_requests_with_gaps_as_gaps():
    text = page("en/series/KR/apple/apple/account-requests.html")
    assert "What became of them, in percent of requests" in text
    table = text[text.index("What became of them") :]
    assert re.search(r"20\d\dH\d (?:\d+\.\d%|–) ", table)
    assert "What became of them" not in page("en/series/KR/naver/naver/communication-restriction.html")


def test_reasons_of_a_recounted_folder_are_shares_of_the_requests():
    row = ("daum", "KR", "search-and-seizure-warrant")
    counts = {"requested": 200, "processed": 150, "no-data": 30, "reason.not-a-member": 30}
    source = Source("kakao", "2016H1", "https://kakao.example/", "Kakao", "2016-07-20")
    taken = recount({row: counts}, source, synthetic=False)
    files = dict(site_files(compare([], None, [taken]), labels=LABELS))
    text = " ".join(" ".join(read(files["en/" + series_page("kakao", "daum", "KR", row[2])]).text).split())
    assert "Why not, in percent of requests" in text and "not-a-member 2016H1 15.0%" in text
    assert "processed no data 2016H1 75.0% 15.0%" in text


def test_more_answers_than_requests_are_said_and_no_share_of_the_whole_is_given():
    rows = [
        claim(metric="requested", value="10", category="communication-restriction"),
        claim(metric="processed", value="12", category="communication-restriction"),
    ]
    for category in ("search-and-seizure-warrant", "communication-confirmation", "subscriber-information"):
        rows += [claim(metric="requested", value="100", category=category)]
        rows += [claim(metric="processed", value="0", category=category)]
    text = " ".join(
        " ".join(read(dict(site_files(compare(rows), labels=LABELS))["en/index.html"]).text).split()
    )
    assert "12 answers to 10 requests" in text
    assert "handed data over 12 times, of" in text
    assert "Subscriber information: none of 100 requests was answered with data." in text


def test_the_front_page_sets_the_year_before_beside_the_share():
    text = page("en/2016H1.html")
    assert re.search(r"A year before, \d+\.\d% was answered with data\.", text)
    assert "A year before" not in page("en/2012H1.html")


def test_the_method_names_every_kind_of_explanation_and_cause():
    assert set(EXPLAINED) == set(Code) and set(CAUSES) == set(map(str, Cause))
    text = page("en/method.html")
    assert all(f"{code} : {EXPLAINED[code]}" in text for code in Code)
    assert all(f"{cause} : {CAUSES[cause]}" in text for cause in map(str, Cause))


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


def test_claims_in_another_order_give_the_same_site():
    turned = dict(
        site_files(compare(load_packaged()[::-1]), labels=LABELS, contact="mailto:figures@example.org")
    )
    assert {path for path in site() if site()[path] != turned.get(path)} == set()


def test_pages_stay_small_where_a_hundred_countries_ask():
    codes = [f"{one}{other}" for one in "ABCDEFGHIJ" for other in "ABCDEFGHIJKL"]
    rows = [
        claim(
            provider="meta",
            service="facebook-family",
            jurisdiction=code,
            category=category,
            metric=metric,
            source_kind=SourceKind.COMPANY_REPORT,
        )
        for code in codes
        for category in ("total-requests", "emergency-requests", "preservation-requests")
        for metric in ("requested", "refused")
    ]
    files = dict(site_files(compare(rows), labels=LABELS))
    check(files)
    provider = " ".join(" ".join(read(files["en/provider/meta.html"]).text).split())
    assert all(f"provider/meta/{code}.html" in files["en/provider/meta.html"].decode() for code in codes)
    assert "the requests of all 120 countries whose figures we hold" in provider
    assert "60 more stand in the data." in " ".join(read(files["en/protection/2016H1.html"]).text)


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
