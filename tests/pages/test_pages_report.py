"""A provider's pages say what the report says, in both languages, soundly, always in the same bytes."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from sagwan.formats.banded import Banded, BandedFigure
from sagwan.formats.report import Report, Restated
from sagwan.publish.correction_rows import MOST
from sagwan.publish.corrections import Correction
from sagwan.publish.pages import lead_sentence, report_pages
from sagwan.record.vocabulary import LineKind
from tests.pages.html import check, read
from tests.pages.make import LABELS, WARRANT, counts, report, reports
from tests.support.folder import corrected, resolved

PUBLISHED = ("report/", "log/", "key")


def files(one: Report, *history: Report) -> dict[str, bytes]:
    return dict(report_pages(one, history, labels=LABELS))


def page(one: Report, path: str = "en/2016H1.html", *history: Report) -> str:
    return " ".join(" ".join(read(files(one, *history)[path]).text).split())


def test_pages_lie_where_the_published_folder_has_them():
    assert sorted(path for path in files(report()) if not path.startswith("assets/verify/")) == [
        "assets/sagwan.css",
        "en/2016H1.html",
        "en/index.html",
        "en/receipt.html",
        "en/verify.html",
        "index.html",
        "ko/2016H1.html",
        "ko/index.html",
        "ko/receipt.html",
        "ko/verify.html",
    ]
    assert {"assets/verify/page.js", "assets/verify/noble-hashes/sha2.js"} < set(files(report()))


def test_the_first_sentence_tells_the_half_year():
    assert lead_sentence(report(), "en") == (
        "In the first half of 2016 Kakao was asked for users' data 4,187 times. "
        "It handed data over 3,104 times (74.1%), of 261,884 accounts."
    )
    korean = lead_sentence(report(), "ko")
    assert all(
        word in korean for word in ("2016년 상반기", "카카오", "4,187건", "3,104건(74.1%)", "261,884개")
    )


def test_a_report_without_requests_says_so():
    assert lead_sentence(report(rows={}), "en") == (
        "Kakao received no request for users' data in the first half of 2016."
    )
    check(files(report(rows={})), elsewhere=PUBLISHED)


def test_tables_hold_every_figure():
    text = page(report())
    assert "KakaoTalk 2,255 1,809 80.2% 261,884" in text
    assert "Daum 1,932 1,295 67.0% 0" in text
    assert "together 4,187 3,104 74.1% 261,884" in text
    assert "no data 446 0" in text
    assert "Retention had run out 446 0" in text
    assert "emergency, when received 3 0" in text
    assert "emergency, when resolved 2 0" in text


def test_follow_ups_stand_apart():
    row = counts(requested=15, processed=15, complied=15, follow_ups=4, follow_up_accounts=7)
    text = page(report(rows={WARRANT: row}))
    assert "Follow-ups, counted apart" in text
    assert "KakaoTalk Search and seizure warrant 4 7" in text
    assert "KakaoTalk 15 15 100.0%" in text
    assert "Follow-ups, counted apart" not in page(report())


def test_corrections_stand_beside_what_they_replace():
    before = resolved("ab" * 8, accounts=3, period="2015H2")
    after = corrected(
        "ab" * 8, 7, outcome="partial", reason="retention-expired", accounts=2, data=("access",)
    )
    text = page_with([Correction(4000, after, 7, before)])
    assert "Entry 4,000 replaces entry 7 (second half of 2015): KakaoTalk, Search and seizure warrant" in text
    assert "outcome complied in full complied in part" in text
    assert "reason – Retention had run out" in text
    assert "accounts 3 2" in text
    assert "mark" not in text.partition("Entry 4,000")[2].partition("What the words mean")[0]


def test_a_correction_of_what_is_private_says_so_and_many_are_counted():
    line = resolved("ab" * 8)
    same = replace(line, kind=LineKind.CORRECTED, supersedes=7)
    assert "Only what stays private was corrected." in page_with([Correction(4000, same, 7, line)])
    text = page_with([Correction(4000 + n, same, 7, line) for n in range(MOST + 2)])
    assert text.count("replaces entry") == MOST and "2 more stand in the openings." in text


def page_with(found: list[Correction]) -> str:
    made = dict(report_pages(report(), (), {"2016H1": found}, labels=LABELS))
    check(made, elsewhere=PUBLISHED)
    return " ".join(" ".join(read(made["en/2016H1.html"]).text).split())


def test_withheld_entries_make_floors():
    text = page(report(withheld={"non-disclosure-order": 3, "banded": 0, "lost": 1}))
    assert "an order forbids it 3" in text
    assert "the line is lost 1" in text
    assert "the totals above are floors" in text
    assert "the law allows only bands" not in text
    assert "Nothing. All of the log's 4,064 entries" in page(report())


def test_a_restated_figure_stands_in_both_reports():
    change = Restated("2015H2", WARRANT, "processed", 1295, 1925)
    before, now = report(period="2015H2"), report(restated=(change,))
    assert "second half of 2015 KakaoTalk, Search and seizure warrant: processed 1,295 1,925" in page(
        now, "en/2016H1.html", before
    )
    assert "A later report changes figures of this one: first half of 2016 ." in page(
        now, "en/2015H2.html", before
    )
    assert "A later report" not in page(report(), "en/2015H2.html", before)


def test_what_is_only_stated_says_so():
    text = page(report(stated={"median-days": 2.5, "promise": None}))
    assert "median-days 2.5" in text
    assert "promise not stated" in text
    assert "Stated, not recounted" not in page(report())


def test_a_synthetic_report_has_a_banner_on_every_page_of_its_own():
    for lang, word in (("en", "Synthetic."), ("ko", "가상 자료입니다.")):
        for name in ("index", "2016H1"):
            assert word in page(report(synthetic=True), f"{lang}/{name}.html")
            assert word not in page(report(), f"{lang}/{name}.html")


def test_the_page_tells_how_to_recount():
    data = files(report())["en/2016H1.html"]
    assert "sagwan verify" in "".join(read(data).text)
    assert {"../report/2016H1.json", "../report/2016H1.manifest", "../log/checkpoint", "../key"} <= set(
        read(data).links
    )


def test_the_index_lists_the_newest_first_and_leads_with_it():
    older = report(period="2015H2", rows={})
    for one, other in ((report(), older), (older, report())):
        text = page(one, "en/index.html", other)
        assert text.index("first half of 2016 4,187") < text.index("second half of 2015 0")


def test_names_cannot_break_out_of_the_page():
    evil = "<script>alert(1)</script>\"'&"
    one = report(
        names={"ko": evil, "en": evil},
        service_names={"kakao": {"ko": evil, "en": evil}},
        origin=evil,
        stated={evil: 1},
    )
    made = files(one)
    check(made, elsewhere=PUBLISHED)
    text = b"".join(made.values()).decode()
    assert "<script>" not in text
    assert text.count("<script") == 4, "of the recount's page and of the receipts', in both languages"
    assert "&lt;script&gt;" in made["en/2016H1.html"].decode()


def test_many_services_scroll_inside_their_table():
    rows = {(f"service-{n}", "KR", "search-and-seizure-warrant"): counts(requested=n) for n in range(5)}
    assert 'class="wide" role="region" tabindex="0"' in files(report(rows=rows))["en/2016H1.html"].decode()


@settings(max_examples=25, deadline=None)
@given(reports, st.lists(reports, max_size=1))
def test_any_report_gives_sound_pages_and_the_same_bytes(one: Report, history: list[Report]):
    made = files(one, *history)
    check(made, elsewhere=PUBLISHED)
    assert files(one, *history) == made
    assert files(replace(one), *reversed(history)) == made


LETTERS = BandedFigure(
    figure="national-security-letters",
    names={"ko": "국가안보서신(NSL)", "en": "National security letters"},
    jurisdiction="US",
    instruments=("national-security-letter",),
    measure="requested",
    about="2016H1",
    width=1000,
    low=0,
    high=999,
    option="half-yearly-1000",
    rule="usc-50 §1874(a)(1)(A)",
    citation={"ko": "미국 연방법전 제50편 제1874조(a)(1)(A)", "en": "50 U.S.C. § 1874(a)(1)(A)"},
)


def test_bands_stand_apart_with_their_rule():
    year = replace(LETTERS, measure="accounts-asked", about="2015", low=1000, high=1999)
    banded = report(banded=Banded(50, 0, (LETTERS, year)))
    text = page(banded)
    assert "Figures that the law allows only in bands" in text and "Stated, not recounted" in text
    assert "Each batch of the log holds 50 such entries" in text
    assert (
        "first half of 2016 US: National security letters, requested 50 U.S.C. § 1874(a)(1)(A) 0–999" in text
    )
    assert "year 2015 US: National security letters, accounts asked for" in text and "1,000–1,999" in text
    korean = page(banded, "ko/2016H1.html")
    assert "국가안보서신(NSL)" in korean and "제1874조(a)(1)(A)" in korean and "2015년" in korean
    assert "only in bands" not in page(report())


def test_who_may_count_nothing_does_not_say_that_nothing_came():
    text = page(report(rows={}, banded=Banded(50, 0, (LETTERS,))))
    assert "received no request for users' data that the law lets it count" in text
    assert "received no request for users' data in the" not in text
