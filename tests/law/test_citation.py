"""Citations: the pack's form, the words, and how people write them."""

import pytest

from sagwan.law.citation import Label, Reference, parse_citation, read_cited

SOURCES = {
    "pcsa": Label("통신비밀보호법", "Secrets Act"),
    "pcsa-d": Label("통신비밀보호법 시행령", "Decree of the Act"),
    "case": Label("판결", "A ruling"),
}


@pytest.mark.parametrize(
    ("text", "ko", "en"),
    [
        ("pcsa 13(4)", "통신비밀보호법 제13조제4항", "Secrets Act, Art. 13(4)"),
        ("pcsa 13-2", "통신비밀보호법 제13조의2", "Secrets Act, Art. 13-2"),
        ("pcsa 7(1).2", "통신비밀보호법 제7조제1항제2호", "Secrets Act, Art. 7(1), item 2"),
        ("pcsa 2.11", "통신비밀보호법 제2조제11호", "Secrets Act, Art. 2, item 11"),
        ("pcsa 13(4) proviso", "통신비밀보호법 제13조제4항 단서", "Secrets Act, Art. 13(4), proviso"),
        ("pcsa §7-2(a)(1)(A)", "통신비밀보호법 제7-2조(a)(1)(A)", "Secrets Act § 7-2(a)(1)(A)"),
        ("pcsa §1881a", "통신비밀보호법 제1881a조", "Secrets Act § 1881a"),
        ("case; pcsa-d 37", "판결, 통신비밀보호법 시행령 제37조", "A ruling; Decree of the Act, Art. 37"),
    ],
)
def test_a_citation_in_words(text: str, ko: str, en: str):
    citation = parse_citation(text, SOURCES)
    assert (citation.text("ko"), citation.text("en"), str(citation)) == (ko, en, text)


@pytest.mark.parametrize(
    "text", ["", "pcsa 0", "pcsa 13(a)", "pcsa13", "other 1", "pcsa 13;", "pcsa  13", "pcsa §", "other §1"]
)
def test_what_is_no_citation(text: str):
    with pytest.raises(ValueError, match=r"citation|source"):
        parse_citation(text, SOURCES)


@pytest.mark.parametrize(
    "text",
    [
        "통신비밀보호법 제13조의3제1항",
        "「통신비밀보호법」 제13조의3 제1항",
        "통신비밀보호법제13조의3제1항",
        "pcsa 13-3(1)",
        "Secrets Act, Art. 13-3(1)",
        "secrets act article 13-3 (1)",
    ],
)
def test_the_same_article_as_people_write_it(text: str):
    assert read_cited(text, SOURCES) == (Reference("pcsa", "13", "3", "1"),)


def test_the_longer_name_wins_and_the_act_carries_over():
    read = read_cited("통신비밀보호법 시행령 제37조, 제38조; 통신비밀보호법 제13조", SOURCES)
    assert [str(reference) for reference in read] == ["pcsa-d 37", "pcsa-d 38", "pcsa 13"]


@pytest.mark.parametrize("text", ["", "관계 법령", "제13조", "통신비밀보호법", "민법 제1조"])
def test_what_cannot_be_read(text: str):
    assert read_cited(text, SOURCES) == ()


def test_an_article_covers_its_paragraphs_and_not_the_other_way():
    whole, part = Reference("pcsa", "13"), Reference("pcsa", "13", "", "4")
    assert whole.covers(part) and whole.covers(whole) and not part.covers(whole)
    assert not whole.covers(Reference("pcsa", "13", "2")) and not whole.covers(Reference("pcsa-d", "13"))
    assert Reference("pcsa").covers(part)


@pytest.mark.parametrize(
    ("lang", "word"), [("ko", "가"), ("ko-KR", "가"), ("ko_KR", "가"), ("en", "a"), ("de", "a")]
)
def test_a_label_in_a_language(lang: str, word: str):
    assert Label("가", "a").text(lang) == word
