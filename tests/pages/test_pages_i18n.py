"""Numbers, dates and half-years as each language writes them."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagwan.pages import i18n
from sagwan.record.errors import InvalidValue


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (999, "999"),
        (261884, "261,884"),
        (Decimal("3.25"), "3.3"),
        (Fraction(6, 2), "3"),
        (Fraction(1, 3), "0.3"),
    ],
)
def test_number(value, text):
    assert i18n.number(value) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [(Fraction(1809, 2255), "80.2%"), (1, "100.0%"), (Fraction(0), "0.0%"), (Fraction(7085, 100000), "7.1%")],
)
def test_percent(share, text):
    assert i18n.percent(share) == text


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_percent_is_within_half_a_tenth(part, whole):
    shown = Fraction(i18n.percent(Fraction(part, whole)).rstrip("%").replace(",", ""))
    assert abs(shown - Fraction(100 * part, whole)) <= Fraction(1, 20)


@pytest.mark.parametrize(
    ("text", "ko", "en"),
    [
        ("2016-08-04", "2016년 8월 4일", "4 August 2016"),
        ("2016-08", "2016년 8월", "August 2016"),
        ("2016", "2016년", "2016"),
        ("2016-13-01", "2016-13-01", "2016-13-01"),
        ("2016-00", "2016-00", "2016-00"),
        ("soon", "soon", "soon"),
    ],
)
def test_day(text, ko, en):
    assert (i18n.day(text, "ko"), i18n.day(text, "en")) == (ko, en)


@pytest.mark.parametrize(
    ("text", "ko", "en"),
    [
        ("2016H1", "2016년 상반기", "first half of 2016"),
        ("2016H2", "2016년 하반기", "second half of 2016"),
        ("2016", "2016년", "year 2016"),
        ("2016Q1", "2016Q1", "2016Q1"),
    ],
)
def test_period_name(text, ko, en):
    assert (i18n.period_name(text, "ko"), i18n.period_name(text, "en")) == (ko, en)


def test_listing():
    assert i18n.listing([], "en") == ""
    assert i18n.listing(["Kakao"], "en") == "Kakao"
    assert i18n.listing(["Kakao", "Daum", "Naver"], "en") == "Kakao, Daum and Naver"
    assert i18n.listing(["카카오", "다음"], "ko") == "카카오, 다음"


def test_translator():
    assert i18n.translator("ko").gettext("disputed") == "불일치"
    assert i18n.translator("en").gettext("disputed") == "disputed"
    with pytest.raises(InvalidValue, match="'fr'"):
        i18n.translator("fr")
