"""Draws repeat on every machine; what is shared out adds up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagwan.demo.draw import Draw, apportion, seed_of

weights = st.lists(st.floats(0.01, 1000), min_size=1, max_size=60)


def test_the_numbers_of_a_purpose_are_fixed() -> None:
    draw = Draw(1, "test")
    assert seed_of(1, "test") == 17997304406493222647
    assert [draw.between(1, 100) for _ in range(6)] == [76, 54, 17, 71, 22, 57]
    assert draw.shuffled("abcdef") == ["f", "e", "b", "d", "c", "a"]


def test_purposes_do_not_share_numbers() -> None:
    assert Draw(1, "a").fraction() != Draw(1, "b").fraction() != Draw(2, "a").fraction()


@given(st.integers(0, 10**6), weights)
def test_parts_add_up_and_lie_near_their_weights(total: int, shares: list[float]) -> None:
    parts = apportion(total, shares)
    assert sum(parts) == total
    for part, share in zip(parts, shares, strict=True):
        assert abs(part - total * share / sum(shares)) < 1 + 1e-6


def test_nothing_among_nobody() -> None:
    assert apportion(0, []) == []
    with pytest.raises(ValueError, match="among no weights"):
        apportion(1, [])


@given(st.integers(0, 99), st.integers(0, 50), st.integers(0, 50))
def test_draws_keep_their_bounds(seed: int, least: int, more: int) -> None:
    draw = Draw(seed)
    assert least <= draw.between(least, least + more) <= least + more
    assert 1 <= draw.tail_weight(more + 1) <= more + 1
    assert draw.weighted("ab", [1, more + 1]) in "ab"
    assert sorted(draw.shuffled(range(more))) == list(range(more))


def test_weights_weigh() -> None:
    draw = Draw(5)
    drawn = [draw.weighted("ab", [1, 9]) for _ in range(1000)]
    assert 60 < drawn.count("a") < 140
