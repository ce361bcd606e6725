"""The observatory's site, over the packaged claims and over hostile ones."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sagwan.compare import (
    Claim,
    Comparison,
    Figure,
    Source,
    SourceKind,
    Status,
    compare,
    load_packaged,
    recount,
)
from sagwan.compare.names import NAMES
from sagwan.compare.prefer import Why
from sagwan.compare.site import Folder, build_site, site_files
from sagwan.compare.site.addresses import figure_page, link
from sagwan.compare.site.view import UNITS, WHYS
from sagwan.pages import Labels
from sagwan.pages.labels import MEANINGS, WORDS
from sagwan.record.errors import SagwanError
from tests.pages.html import check, read

LABELS = Labels(
    instruments={
        "search-and-seizure-warrant": {"ko": "압수·수색영장", "en": "Search and seizure warrant"},
        "communication-restriction": {"ko": "통신제한조치", "en": "Communication restriction"},
        "communication-confirmation": {"ko": "통신사실확인자료", "en": "Communication confirmation data"},
        "subscriber-information": {"ko": "통신자료", "en": "Subscriber information"},
    }
)
WARRANTS = "en/figure/2016H1/KR/{}/search-and-seizure-warrant/{}.html"
FOLDER = Folder("kakao", "2016H1", "kakao/", synthetic=True)


@cache
def site() -> dict[str, bytes]:
    source = Source("kakao", "2016H1", "https://demo.invalid/kakao/", "demo", "2016-07-20")
    row = ("daum", "KR", "search-and-seizure-warrant")
    synthetic = recount({row: {"processed": 1295}}, source, synthetic=True)
    comparison = compare(load_packaged(), "2016H1", [synthetic])
    return dict(site_files(comparison, [FOLDER], labels=LABELS))


def page(path: str) -> str:
    return words(site()[path])


def words(data: bytes) -> str:
    return " ".join(" ".join(read(data).text).split())


def claim(**changes: str) -> Claim:
    values = {
        "provider": "kakao",
        "service": "kakao",
        "jurisdiction": "KR",
        "period": "2016H1",
        "category": "search-and-seizure-warrant",
        "metric": "processed",
        "part": "",
        "value": "1809",
        "unit": "requests",
        "source_url": "https://example.org/a",
        "source_publisher": "A",
        "source_date": "2016-08-04",
        "source_kind": SourceKind.NEWS,
    }
    return Claim(**(values | changes))  # type: ignore[arg-type]


def made(*claims: Claim) -> dict[str, bytes]:
    return dict(site_files(compare(claims, "2016H1"), labels=LABELS))


def test_every_page_is_sound_and_every_link_leads_somewhere():
    check(site(), elsewhere=("kakao/",))


def test_the_same_claims_give_the_same_bytes_and_pages_in_any_order():
    claims = load_packaged()
    one, again, turned = (
        dict(site_files(compare(order, "2016H1"), labels=LABELS)) for order in (claims, claims, claims[::-1])
    )
    assert one == again
    assert {path for path in one if one[path] != turned[path]} <= {"data/2016H1.json"}


@pytest.mark.parametrize("path", ["en/index.html", "en/2016H1.html"])
def test_the_first_sentence_answers(path):
    text = page(path)
    assert (
        "In the first half of 2016 Kakao, Daum and Naver were asked for users' data 15,111 times. They "
        "handed data over 11,298 times (74.8%), of at least 344,412 accounts."
    ) in text
    assert text.index("15,111") < text.index("requests received") < text.index("Side by side")
    assert "Sources disagree on 3 of these 36 figures, marked ≠." in text
    assert "between 10,658 and 11,398 times" in text


def test_the_table_sets_services_side_by_side():
    text = page("en/index.html")
    assert "Naver 3,975 3,387 85.2% 50,452" in text
    assert "Daum 2,397 1,123 46.9% 3,018" in text
    assert "Naver 373 0 0.0% not published" in text
    assert text.count("not published") == 2  # the cell, and the sentence that counts it


@pytest.mark.parametrize(
    ("service", "metric", "shown", "rival", "reason"),
    [
        ("kakao/kakao", "processed", "1,809", "1909", "One digit differs"),
        ("kakao/daum", "processed", "1,925", "1295", "Two neighbouring digits are swapped"),
        ("kakao/kakao", "issued", "1,809", "1809", "the same 1,809 as “processed”"),
    ],
)
def test_a_disputed_figure_has_its_rivals_and_reasons(service, metric, shown, rival, reason):
    text = page(WARRANTS.format(service, metric))
    assert shown in text and rival in text and reason in text and "≠ disputed" in text


def test_a_disputed_figure_explains_itself_on_the_front_page():
    data = site()["en/index.html"].decode()
    assert data.count('<td class="num disputed"') == 3
    assert data.count('<td class="num rounded"') == 1
    assert data.count('popovertarget="why-') == 4
    assert "Daum, processed: 1,925 , elsewhere 1,295" in page("en/index.html")


def test_the_claims_table_links_each_source():
    reader = read(site()[WARRANTS.format("kakao/kakao", "processed")])
    claims = [c for c in load_packaged() if c.figure == Figure(
        "kakao", "kakao", "KR", "2016H1", "search-and-seizure-warrant", "processed"
    )]  # fmt: skip
    assert len(claims) == 7
    assert {c.source_url for c in claims} <= set(reader.links)
    assert {c.id for c in claims} <= set(reader.ids)


def test_the_reason_for_the_preference_names_the_kind():
    assert "Its source is a copy of the company's own table" in page(
        WARRANTS.format("kakao/daum", "processed")
    )


def test_rounding_is_not_called_a_dispute():
    text = page(WARRANTS.format("kakao/kakao", "accounts"))
    assert "≈ rounded elsewhere" in text
    assert "disputed" not in text


def test_what_nobody_prints_is_missing_or_derived_never_zero():
    missing = page("en/figure/2016H1/KR/naver/naver/subscriber-information/accounts.html")
    assert "not published . No source that we hold prints this figure" in missing
    derived = page("en/figure/2016H1/KR/naver+kakao/all/communication-restriction/accounts.html")
    assert "101 derived" in derived
    assert all(part in derived for part in ("Kakao, first half of 2016 15", "Daum, first half of 2016 39"))


def test_a_synthetic_recount_stands_beside_and_takes_no_part():
    text = page(WARRANTS.format("kakao/daum", "processed"))
    assert "1,295 recounted (synthetic)" in text
    assert "1,925 ≠ disputed" in text
    front = site()["en/index.html"]
    assert "Kakao, first half of 2016 recounted (synthetic)" in words(front)
    assert "../kakao/en/2016H1.html" in read(front).links
    assert (
        "../../../../../../../kakao/en/2016H1.html"
        in read(site()[WARRANTS.format("kakao/daum", "processed")]).links
    )


def test_a_recount_that_fails_says_so():
    comparison = compare(load_packaged(), "2016H1")
    files = dict(site_files(comparison, [replace(FOLDER, holds=False)], labels=LABELS))
    assert "the recount fails" in words(files["en/index.html"])


def test_korean_pages_are_korean():
    text = page("ko/index.html")
    assert "2016년 상반기에 받은 이용자 정보 요청은 모두 15,111건입니다(카카오, 다음, 네이버)." in text
    assert "카카오 2,255" in text
    assert "Sources disagree" not in text


def test_a_remark_is_shown_but_decides_nothing():
    plain, remarked = made(claim()), made(claim(note="<b>wrong</b>"))
    path = WARRANTS.format("kakao/kakao", "processed")
    assert "Remark: <b>wrong</b>" in words(remarked[path])
    assert plain["en/index.html"] == remarked["en/index.html"]


def test_a_band_stays_a_band():
    files = made(claim(value="500-999", metric="requested"), claim(value="10"))
    front = words(files["en/index.html"])
    assert "Kakao 500–999 10 1.0%–2.0%" in front
    assert "at least 500 times" in front
    assert "500–999 a band" in words(files[WARRANTS.format("kakao/kakao", "requested")])


def test_an_unreadable_value_is_shown_as_printed():
    text = words(made(claim(value="many"))[WARRANTS.format("kakao/kakao", "processed")])
    assert "cannot be read as a number" in text
    assert "many requests" in text


def test_hostile_claims_cannot_break_out():
    evil = '"><script>alert(1)</script>../../x'
    files = made(
        claim(), claim(service=evil, source_publisher=evil, note=evil, unit=evil, part=evil, value=evil),
        claim(category=evil, metric=evil, source_url="javascript:alert(1)"),
        claim(provider="..", service="..", category="..", metric=".."),
    )  # fmt: skip
    check(files)
    assert not any(".." in path.split("/") or "<" in path for path in files)
    assert b"<script>" not in b"".join(data for path, data in files.items() if path.endswith(".html"))


def test_without_any_service_of_the_grid_there_is_a_page_all_the_same():
    files = made(claim(category="subpoenas", provider="google", service="google"))
    check(files)
    assert "No source that we hold counts government requests" in words(files["en/index.html"])


def test_an_observatory_needs_a_half_year():
    with pytest.raises(SagwanError, match="half-year"):
        list(site_files(Comparison(None, (), {}), labels=LABELS))


def test_build_writes_and_says_where_it_cannot(tmp_path):
    comparison = compare([claim()], "2016H1")
    count = build_site(comparison, [], tmp_path / "out", labels=LABELS)
    written = {
        str(p.relative_to(tmp_path / "out")): p.read_bytes()
        for p in (tmp_path / "out").rglob("*")
        if p.is_file()
    }
    assert written == made(claim())
    assert count == len(written)
    (tmp_path / "file").write_text("")
    with pytest.raises(SagwanError, match="cannot be written to"):
        build_site(comparison, [], tmp_path / "file", labels=LABELS)


fields = st.text(st.characters(codec="utf-8"), max_size=100)
figures = st.builds(Figure, fields, fields, fields, fields, fields, fields, fields)


@settings(max_examples=300)
@given(figures, figures)
def test_addresses_are_safe_and_tell_figures_apart(one, other):
    path = figure_page(one)
    steps = path.split("/")
    assert len(steps) == 7
    assert all(0 < len(step) < 256 and not step.startswith(".") for step in steps)
    assert path.isascii() and not set(path) & set("<>\"'%?#&\\ \0")
    if one.under_category("") != other.under_category("") and "," not in one.metric + other.metric:
        assert path.casefold() != figure_page(other).casefold() or one != other


def test_addresses_are_readable():
    figure = Figure(
        "kakao", "kakao", "KR", "2016H1", "communication-restriction", "processed", "stage=follow-up"
    )
    assert figure_page(figure) == (
        "figure/2016H1/KR/kakao/kakao/communication-restriction/processed,stage=follow-up.html"
    )


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//x.org", "x", "http://[", ""]
)
def test_only_web_addresses_are_linked(address):
    assert link(address) == ""


def test_every_word_that_a_comparison_uses_is_there():
    assert set(WHYS) == set(Why)
    assert set(map(str, Status)) <= MEANINGS.keys() & WORDS.keys()
    assert set(map(str, SourceKind)) <= WORDS.keys()
    korean = [
        c for c in load_packaged() if c.jurisdiction == "KR" and c.provider in ("kakao", "naver", "ministry")
    ]
    assert {c.unit for c in korean} - {"average"} <= UNITS.keys()
    assert {c.service for c in load_packaged()} | {c.provider for c in load_packaged()} <= NAMES.keys()
