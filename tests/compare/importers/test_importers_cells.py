from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagwan.compare import Band, Exact, Missing
from sagwan.compare.importers.cells import are_fractions, between, fraction, lone_fraction, reading
from sagwan.compare.importers.national import RAISED, band
from sagwan.compare.stated import read_stated
from sagwan.compare.value import State


def read(cell: str, unit: str = "count"):
    one = reading(cell, unit)
    return read_stated(cell, unit, one.state, one.low, one.high, one.rule, one.reason)


def share(cell: str):
    one = fraction(cell)
    return read_stated(cell, "percent", one.state, one.low, one.high, one.rule, one.reason)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1,809", Exact(1809)),
        (" 17 ", Exact(17)),
        ("12*", Exact(12)),
        ("1,024 \u00b9", Exact(1024)),
        ("0*", Exact(0)),
        ("13\u2020", Exact(13)),
        ("0 - 249", Band(0, 249)),
        ("1–499", Band(1, 499)),
        ("13,500 - 13,999", Band(13500, 13999)),
        ("<10", Band(0, 9)),
        ("fewer than 10", Band(0, 9)),
        ("10건 미만", Band(0, 9)),
        ("1 809", Exact(1809)),
        ("1\u00a0234\u202f567", Exact(1234567)),
        ("1'809", Exact(1809)),
        ("\uff11\uff0c\uff18\uff10\uff19", Exact(1809)),
        ("1,809건", Exact(1809)),
        ("1,809[2]", Exact(1809)),
        ("1,809 (a)", Exact(1809)),
        ("\u200b17\ufeff", Exact(17)),
        ("1 000 \u2014 1 499*", Band(1000, 1499)),
        ("\uff1c10", Band(0, 9)),
    ],
)
def test_numbers_bands_and_marks(cell: str, value: object) -> None:
    assert read(cell) == value
    assert read(cell).printed == cell


@pytest.mark.parametrize(
    "cell", [" -", "-", "\u2013", "\u2212", "--", "", "   ", "\u2014", "\u3161", "\u200b"]
)
def test_a_dash_or_a_blank_is_not_reported_and_not_zero(cell: str) -> None:
    assert read(cell).code is State.NOT_REPORTED


@pytest.mark.parametrize(
    "cell",
    [
        "1 80",
        "1 809,5",
        "1.809",
        "12 (4)",
        "1 2345",
        "1'80",
        "twelve",
        "66.10714285714286",
        "#REF!",
        "-1",
        "1,80",
        "12 to 15",
        "1,024 +",
        "250+",
        "=A1+1",
        "<b>5</b>",
    ],
)
def test_what_cannot_be_read_is_unreadable_and_keeps_its_text(cell: str) -> None:
    value = read(cell)
    assert isinstance(value, Missing)
    assert (value.code, value.printed) == (State.UNREADABLE, cell)


def test_a_column_of_fractions_is_known_by_its_cells() -> None:
    assert are_fractions(["0.33", "0", "1", "", "-"])
    assert not are_fractions(["0", "1", "1"])
    assert not are_fractions(["0.33", "12%"])
    assert not are_fractions(["0.5", "52.5"])
    assert lone_fraction("0.33")
    assert not lone_fraction("33%")
    assert not lone_fraction("1")


def test_a_fraction_is_its_percentage_to_the_last_digit() -> None:
    assert share("0.8153846153846154") == Exact(Decimal("81.53846153846154"))
    assert share("0.0029411764705882353") == Exact(Decimal("0.29411764705882353"))
    assert share("0.5") == Exact(50)
    assert share("1") == Exact(100)
    assert share("0") == Exact(0)
    assert share("85%") == Exact(85)
    assert share("#REF!").code is State.UNREADABLE


@given(st.integers(0, 10**15))
def test_a_count_is_read_with_and_without_commas_and_marks(number: int) -> None:
    for cell in (str(number), f"{number:,}", f"{number:,}*", f" {number} "):
        assert read(cell) == Exact(number)


@given(st.integers(0, 10**9), st.integers(0, 10**6))
def test_two_columns_are_one_band(low: int, more: int) -> None:
    cell = between(str(low), str(low + more))
    assert read(cell, "range") == Band(low, low + more)


@given(st.decimals(0, 1, places=12))
def test_a_fraction_is_never_rounded(number: Decimal) -> None:
    cell = format(number, "f")
    value = share(cell)
    if fraction(cell).state:
        assert isinstance(value, Exact)
        assert Decimal(value.number) == number * 100


@given(st.text(max_size=20))
def test_no_text_breaks_a_reading_and_all_keep_theirs(text: str) -> None:
    assert read(text).printed == text
    assert share(text).printed == text
    band(text)


def test_half_a_pair_is_no_band() -> None:
    assert between("0", "") == "0"
    assert between("", "499") == "499"


@pytest.mark.parametrize(
    ("cell", "rule", "reason"),
    [
        ("0 - 249", "50-usc-1874-250", ""),
        ("1,251 - 1,499", "50-usc-1874-250", RAISED),
        ("0-499", "50-usc-1874-500", ""),
        ("13-499", "50-usc-1874-500", RAISED),
        ("2,000-2,999", "50-usc-1874-1000", ""),
        ("11,000 - 12,000", "", ""),
        ("42", "", ""),
    ],
)
def test_the_rule_behind_a_band(cell: str, rule: str, reason: str) -> None:
    assert (band(cell).rule, band(cell).reason) == (rule, reason)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("52,5%", "52.5"),
        ("52,5 %", "52.5"),
        ("1.264,25", "1264.25"),
        ("0,125", "0.125"),
        ("1 264,5", "1264.5"),
        ("85\uff05", "85"),
        ("52.5*", "52.5"),
    ],
)
def test_decimal_commas_in_measures(cell: str, number: str) -> None:
    assert read(cell, "percent") == Exact(Decimal(number))


def test_fractions_with_commas_and_marks() -> None:
    assert are_fractions(["0,33", "0*", "1", "\u2014"])
    assert share("0,815") == Exact(Decimal("81.5"))
    assert share("0.33*") == Exact(33)


@given(st.integers(0, 10**12), st.sampled_from([",", " ", "\u00a0", "\u202f", "'", "\u2019"]), st.booleans())
def test_any_grouping_of_a_count_is_that_count(number: int, sign: str, full_width: bool) -> None:
    cell = f"{number:,}".replace(",", sign)
    if full_width:
        cell = cell.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    assert read(cell) == Exact(number)


@given(st.from_regex(r"[0-9]{1,4}[ ,.'][0-9]{1,4}", fullmatch=True))
def test_two_groups_are_one_number_only_where_the_last_has_three_digits(cell: str) -> None:
    value = read(cell)
    if isinstance(value, Exact):
        head, tail = cell[:-4], cell[-3:]
        assert cell[-4] in " ,'" and value.number == int(head + tail)
