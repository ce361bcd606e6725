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
    assert "It concerned at least 344,412 accounts." in text


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
    assert "Naver handed data over on 0 of 373" in refused


def test_without_the_articles_mistakes_and_it_says_what_those_were() -> None:
    handed = section("What was handed over")
    assert "Kakao 697 of 802" in handed and "687" not in handed
    slips = section("What articles printed that does not hold").split("\n")
    bizwire = slips[0]
    assert bizwire.startswith("Korea Bizwire (2016-08-04):")
    assert "printed as 687" in bizwire and "One digit differs" in bizwire
    for issued in ("1809", "1295", "3387"):
        assert f"issued, printed as {issued}" in bizwire
    assert any("printed as 1909" in slip for slip in slips)


def test_an_open_dispute_is_nobodys_slip() -> None:
    slips = section("What articles printed that does not hold")
    assert "processed, printed as 1295" not in slips  # six voices say so; one copy of the own table does not
    assert "Other sources print 1,295" in section("What is disputed")


def test_what_changed_names_both_comparisons() -> None:
    changed = section("What changed")
    assert "Kakao was asked 3,148 times: 47.7% more than in the first half of 2015 (2,132)" in changed
    assert "Naver was asked 7,030 times: 7.9% fewer than in the first half of 2015 (7,635)" in changed
    assert "The Supreme Court reverses the ruling of 2012" in changed


@pytest.mark.parametrize("period", ["2012H1", "2014H2", "2016H1", "2019H2", "2024H1"])
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


def test_a_period_of_which_no_claim_speaks_is_an_error() -> None:
    with pytest.raises(NothingToTell, match="1999H1"):
        write_brief(everything(), "1999H1", "en")
