import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sagwan.compare.explain.one_digit import explain, find_slip

from ..make import claim, found, own


@pytest.mark.parametrize(
    ("wrong", "right", "slip"),
    [
        (687, 697, "changed"),
        (1909, 1809, "changed"),
        (2809, 1809, "changed"),
        (1295, 1925, "swapped"),
        (603, 630, "swapped"),
        (189, 1809, "dropped"),
        (18809, 1809, "doubled"),
        (18709, 1809, "added"),
        (4740043, 4747043, "changed"),
    ],
)
def test_each_slip(wrong: int, right: int, slip: str) -> None:
    assert find_slip(wrong, right) == slip


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (15, 18),  # two digits: every fifth pair is one digit apart
        (8, 9),
        (39, 16),
        (19, 91),
        (120, 12),  # too short for a dropped digit
        (687, 796),
        (1809, 1908),  # swapped, but not neighbours
        (1809, 1992),
        (3387, 3975),
        (1809, 1809),
        (0, 100),
        (100, 600),
        (120, 210),
        (150_000, 160_000),
    ],
)
def test_no_ghosts(a: int, b: int) -> None:
    assert find_slip(a, b) == ""
    assert find_slip(b, a) == ""


@given(st.integers(100, 10**9), st.data())
def test_every_changed_digit_is_found(number: int, data: st.DataObject) -> None:
    text = str(number)
    place = data.draw(st.integers(0, len(text) - 1))
    least = "1" if place == 0 else "0"
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != text[place] and d >= least]))
    other = int(text[:place] + digit + text[place + 1 :])
    assume(number % 10 or other % 10)  # noughts at the end of both are a matter of their own
    assert find_slip(other, number) == "changed"


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_a_slip_is_mutual(a: int, b: int) -> None:
    mirror = {"dropped": ("added", "doubled"), "added": ("dropped",), "doubled": ("dropped",)}
    slip = find_slip(a, b)
    assert find_slip(b, a) in mirror.get(slip, (slip,))


def test_the_sentence_names_the_numbers() -> None:
    wrong, right = claim(1909, "Aju"), own(1809)
    [explanation] = found(explain, wrong, right)
    assert explanation.code == "one-digit"
    assert explanation.variant == "changed"
    assert explanation.claims == (wrong.id,)
    assert explanation.against == (right.id,)
    for language in ("en", "ko"):
        assert "1,909" in explanation.sentence(language)
        assert "1,809" in explanation.sentence(language)
    assert explanation.sentence("en") != explanation.sentence("ko")


def test_a_rounding_is_no_slip() -> None:
    assert found(explain, claim(120000), own(120002)) == []


def test_percentages_do_not_slip() -> None:
    assert found(explain, claim("110%", unit="percent"), own("100%", unit="percent")) == []


def test_a_correction_by_a_few_is_no_slip() -> None:
    then, now = own(9122, "2024-05-09"), own(9123, "2025-05-09")
    assert found(explain, then, now) == []
    assert [e.variant for e in found(explain, own(9132, "2024-05-09"), now)] == ["swapped"]
    assert [e.variant for e in found(explain, claim(9122), now)] == ["changed"]
