"""The brief: it tells the period from claims alone, every number with a footnote."""

import re
from functools import cache
from itertools import pairwise

import pytest

from sagwan.compare import Comparison, compare, load_packaged
from sagwan.compare.brief import Brief, NothingToTell, html, markdown, write_brief
from sagwan.compare.brief.model import DerivedNote, FigureNote, Mark, plain
from sagwan.compare.words import Language
from tests.compare.make import claim

NUMBER = re.compile(r"[0-9][0-9,.]*[0-9]|[0-9]")
# Years, half-years, dates and names of cases are no figures.
NOT_FIGURES = re.compile(
    r"20[0-9]{2}-[0-9-]+|(?:first half of |second half of |year )20[0-9]{2}|20[0-9]{2}년|inews24|"
    r"https?://[^\s;)]+|of 2012|100만|inews24"
)


@cache
def everything() -> Comparison:
    return compare(load_packaged())


@cache
def brief(period: str = "2016H1", lang: Language = "en") -> Brief:
    return write_brief(everything(), period, lang)


def section(heading: str, period: str = "2016H1") -> str:
    found = next(s for s in brief(period).sections if s.heading == heading)
    return "\n".join(map(plain, found.paragraphs))


def test_the_lead_of_2016h1() -> None:
    text = plain(brief().lead)
    assert "In the first half of 2016 Kakao, Daum and Naver were asked for users' data 15,111 times." in text
    assert "The answers concerned at least 344,412 accounts." in text


def test_it_tells_the_story_of_the_article() -> None:
    asked = section("Who was asked, and how often")
    assert "Search and seizure warrants: Kakao 2,255, Daum 1,932 and Naver 3,975 requests." in asked
    assert "Kakao 40,000,000 users" in asked and "78.7 requests for every million users" in asked
    assert "Naver a market share of 75 percent" in asked
    handed = section("What was handed over")
    assert "Kakao 261,884" in handed and "Daum 20,876" in handed and "Naver 50,452" in handed
    assert (
        "Kakao 15 of 15 (100.0%), Daum 18 of 18 (100.0%) and Naver 17 of 17 (100.0%). Together: 50." in handed
    )
    assert "Kakao was asked 4 times more to name people blinded" in handed
    refused = section("What was refused")
    assert "sources print Kakao 76, Daum 586 and Naver 373 requests as refused" in refused
    assert "answered with data: Kakao 0 of 76, Daum 0 of 586 and Naver 0 of 373." in refused


def test_without_the_articles_mistakes_and_it_says_what_those_were() -> None:
    handed = section("What was handed over")
    assert "Kakao 697 of 802" in handed and "687" not in handed
    slips = section("What articles printed that does not hold").split("\n")
    bizwire = slips[0]
    assert bizwire.startswith("Korea Bizwire (2016-08-04):")
    assert "printed as 687 where 697 stands" in bizwire and "One digit differs" in bizwire
    issued = "printed as “issued”: Kakao 1,809, Daum 1,295 and Naver 3,387. Other sources give the same as"
    assert issued in bizwire
    assert any("printed as 1,909 where 1,809 stands" in slip for slip in slips)


def test_an_open_dispute_is_nobodys_slip() -> None:
    slips = section("What articles printed that does not hold")
    assert "processed, printed as 1,295" not in slips  # six voices say so; one copy of the own table does not
    disputed = section("What is disputed")
    assert "Other sources print 1,295" in disputed
    assert "687" not in disputed and "issued" not in disputed  # told with the article that printed it


def test_what_changed_names_both_comparisons() -> None:
    changed = section("What changed")
    assert "Kakao was asked 3,148 times: 47.7% more than in the first half of 2015 (2,132)" in changed
    assert "Naver was asked 7,030 times: 7.9% fewer than in the first half of 2015 (7,635)" in changed
    assert "The Supreme Court reverses the ruling of 2012" in changed


@pytest.mark.parametrize("period", ["2012H1", "2012H2", "2014H2", "2015", "2016H1", "2019H2", "2024H1"])
@pytest.mark.parametrize("lang", ["en", "ko"])
def test_every_number_stands_in_a_sentence_with_a_footnote_that_holds_it(period: str, lang: Language) -> None:
    told = brief(period, lang)
    notes = {note.number: note for note in told.notes}
    for text in told.texts():
        words = NOT_FIGURES.sub("", plain(text))
        if NUMBER.search(words) and "http" not in plain(text):
            assert any(isinstance(part, Mark) for part in text), plain(text)
        for number, mark in pairwise(text):
            if isinstance(mark, Mark) and isinstance(number, str):
                assert NUMBER.search(number), (number, mark)
                assert mark.note in notes


def test_footnotes_lead_to_claims_and_are_numbered_as_they_are_met() -> None:
    told = brief()
    assert [note.number for note in told.notes] == list(range(1, len(told.notes) + 1))
    by_number = {note.number: note for note in told.notes}
    for note in told.notes:
        if isinstance(note, FigureNote):
            assert note.claims, note
            item = everything().by_key[note.figure]
            assert {c.id for c in note.claims} <= {c.id for c in item.claims}
        else:
            assert note.notes and all(by_number[one] for one in note.notes)
    first = [part.note for text in told.texts() for part in text if isinstance(part, Mark)]
    met = list(dict.fromkeys(first))
    assert met == sorted(met)


def test_a_formula_uses_only_numbers_of_its_footnotes() -> None:
    told = brief()
    by_number = {note.number: note for note in told.notes}
    for note in told.notes:
        if isinstance(note, DerivedNote) and " + " in note.formula:
            values = [by_number[one].value for one in note.notes if isinstance(by_number[one], FigureNote)]  # type: ignore[union-attr]
            assert sorted(note.formula.split(" + ")) == sorted(values)


def test_a_missing_part_makes_a_sum_a_floor_and_a_band_stays_one() -> None:
    rows = [
        claim("100-149", provider="kakao", service="kakao", metric="requested"),
        claim(40, provider="kakao", service="kakao"),
    ]
    text = plain(write_brief(compare(rows), "2016H1", "en").lead)
    assert "at least 100 times" in text and "at least 40 times" in text and "%" not in text


def test_a_dispute_is_marked_on_every_number_that_rests_on_it() -> None:
    told = brief()
    marks = {
        (number, mark.disputed)
        for text in told.texts()
        for number, mark in pairwise(text)
        if isinstance(mark, Mark) and isinstance(number, str)
    }
    assert any(number.endswith("697") and disputed for number, disputed in marks)
    assert any(number.endswith("11,298") and disputed for number, disputed in marks)
    assert not any(number.endswith("2,255") and disputed for number, disputed in marks)


def test_markdown_has_every_footnote_once_and_escapes_what_sources_are_called() -> None:
    text = markdown(brief())
    for note in brief().notes:
        assert text.count(f"\n[^{note.number}]: ") == 1
    evil = "<script>alert(1)</script>](x) [^1] `"
    made = markdown(write_brief(compare([claim(5, evil, provider="kakao", service="kakao")]), "2016H1", "en"))
    assert "script" in made
    assert not re.search(r"(?<!\\)(?:<script|\]\(x\)|`)", made)


def test_html_stands_alone_and_escapes_what_sources_are_called() -> None:
    evil = "<script>alert(1)</script>"
    rows = [claim(5, evil, provider="kakao", service="kakao", source_url="javascript:alert(1)")]
    page = html(write_brief(compare(rows), "2016H1", "en"), "en")
    assert "<script" not in page and "javascript:" not in page and "&lt;script&gt;" in page
    whole = html(brief(), "en")
    assert "src=" not in whole and 'rel="stylesheet"' not in whole
    targets = set(re.findall(r'href="#(n[0-9]+)"', whole))
    assert targets == set(re.findall(r'id="(n[0-9]+)"', whole))


def test_korean_is_korean() -> None:
    text = plain(brief(lang="ko").lead)
    assert "2016년 상반기에 받은 이용자 정보 요청은 모두 15,111건입니다(카카오, 다음, 네이버)." in text
    assert not re.search(r"\b(?:the|were|requests)\b", markdown(brief(lang="ko")).split("[^1]:")[0])


def test_the_same_claims_in_any_order_give_the_same_brief() -> None:
    assert markdown(write_brief(compare(load_packaged()[::-1]), "2016H1", "en")) == markdown(brief())


def test_a_period_without_the_four_procedures_says_so() -> None:
    assert "No source that we hold counts the four kinds" in plain(brief("2010H1").lead)
    assert "Google counts 44 requests from Korea" in section(
        "Requests from Korea to services abroad", "2009H2"
    )


def test_a_nought_that_cannot_be_is_told_and_not_counted() -> None:
    asked = section("Who was asked, and how often", "2012H2")
    assert "Subscriber information: Kakao 544 and Daum 6,265 requests." in asked
    assert "0 is printed for Naver, which may mean ‘not reported’" in asked
    lead = plain(brief("2012H2").lead)
    assert "at least 16,104 times" in lead and "%" not in lead


def test_more_answers_than_requests_make_no_rate_of_more_than_all() -> None:
    handed = section("What was handed over", "2014H2")
    assert "Kakao 21 of 20, Daum 19 of 19 (100.0%)" in handed
    assert "More answers than requests are printed for Kakao" in handed
    for period in ("2012H1", "2012H2", "2013H1", "2014H2", "2015", "2016", "2018H2"):
        rates = re.findall(r"([0-9,.]+)%\)", "\n".join(map(plain, brief(period).texts())))
        assert all(float(rate.replace(",", "")) <= 100 for rate in rates), period


def test_a_year_that_nobody_prints_is_the_sum_of_its_halves() -> None:
    asked = section("Who was asked, and how often", "2016")
    assert "Search and seizure warrants: Kakao 4,984, Daum 3,734 and Naver 7,653 requests." in asked
    told = brief("2016")
    formulas = {note.formula for note in told.notes if isinstance(note, DerivedNote)}
    assert "2,255 + 2,729" in formulas
    assert "Korea Bizwire" in section("What articles printed that does not hold", "2016")
    assert "Kakao stops again" in section("What changed", "2016")


def test_a_year_that_is_not_the_sum_of_its_halves_is_told_by_them() -> None:
    handed = section("What was handed over", "2015")
    assert "Naver 7,648 of 8,895" in handed and "13,183" not in handed
    assert "printed as 13,183" in section("What articles printed that does not hold", "2015")


def test_a_period_of_which_no_claim_speaks_is_an_error() -> None:
    with pytest.raises(NothingToTell, match="1999H1") as raised:
        write_brief(everything(), "1999H1", "en")
    assert "2009H1" in raised.value.hint
    with pytest.raises(NothingToTell, match="2023H2") as raised:
        write_brief(everything(), "2023H2", "en")
    assert "2020H2 and 2024H1" in raised.value.hint


def test_an_address_in_a_sentence_is_a_link_in_markdown() -> None:
    text = markdown(brief())
    assert "<https://www.kmib.co.kr/article/view_amp.asp?arcid=0923457999>)" in text
