"""The form of a Korean particle by the word before it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagwan.pages.particles import fill, final, particle


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("네이버", "네이버는"),
        ("다음", "다음은"),
        ("경찰", "경찰은"),
        ("요청(2016)", "요청(2016)은"),
        ("687", "687은"),
        ("1,809", "1,809는"),
        ("1,232", "1,232는"),
        ("50", "50은"),
        ("100", "100은"),
        ("260,000", "260,000은"),
        ("1,000,000,000,000", "1,000,000,000,000는"),
        ("62.1", "62.1은"),
        ("62.0", "62.0은"),
        ("33%", "33%는"),
        ("0–499", "0–499는"),
        ("Kakao", "Kakao는"),
        ("Apple", "Apple은"),
        ("Google", "Google은"),
        ("Facebook", "Facebook은"),
        ("GitHub", "GitHub는"),
        ("Reddit", "Reddit은"),
        ("Telegram", "Telegram은"),
        ("Amazon", "Amazon은"),
        ("LINE", "LINE은"),
        ("Microsoft", "Microsoft는"),
        ("Twitter", "Twitter는"),
        ("KT", "KT는"),
        ("SKT", "SKT는"),
        ("LTM", "LTM은"),
        ("X", "X는"),
        ("MSIP press release (copy at Bucheon city)", "MSIP press release (copy at Bucheon city)는"),
        ("日本", "日本은(는)"),
        ("", "은(는)"),
    ],
)
def test_topic(word: str, expected: str) -> None:
    assert word + particle(word, "은(는)") == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [("경찰", "경찰로"), ("687", "687로"), ("50", "50으로"), ("네이버", "네이버로"), ("다음", "다음으로")],
)
def test_towards_after_rieul_as_after_a_vowel(word: str, expected: str) -> None:
    assert word + particle(word, "(으)로") == expected


def test_a_template_takes_the_form_that_fits_and_leaves_the_data_alone() -> None:
    fields = {"a": "네이버", "b": "‘은(는)’ {b}", "c": "687"}
    assert fill("{a}와 ‘{a}’을(를), {c}이(가) {b}", fields) == "네이버와 ‘네이버’를, 687이 ‘은(는)’ {b}"


@given(st.text(max_size=30), st.sampled_from(["은(는)", "을(를)", "이(가)", "과(와)", "(으)로"]))
def test_any_word_gets_some_form(word: str, both: str) -> None:
    assert particle(word, both)
    assert final(word) is None or 0 <= final(word) < 28
