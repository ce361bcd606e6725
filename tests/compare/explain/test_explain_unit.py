import pytest

from sagwan.compare.explain.unit import explain

from ..make import claim, found, own


@pytest.mark.parametrize(
    ("value", "other", "factor"),
    [
        (26, 261884, 10_000),
        (262, 261884, 1_000),
        (4480, 4480000, 1_000),
        (12, 12000000, 1_000_000),
        (448, 4480266, 10_000),
    ],
)
def test_counted_in_thousands(value: int, other: int, factor: int) -> None:
    [explanation] = found(explain, claim(value), own(other))
    assert explanation.variant == f"factor-{factor}"
    [explanation] = found(explain, claim(other), own(value))
    for language in ("en", "ko"):
        sentence = explanation.sentence(language)
        assert f"{factor:,}" in sentence and f"{value:,}" in sentence and f"{other:,}" in sentence


@pytest.mark.parametrize(
    ("value", "other"), [(2, 20000), (26, 271884), (26, 2618), (261, 26188), (0, 0), (26, 0), (448, 4480)]
)
def test_no_other_factor_and_no_single_digit(value: int, other: int) -> None:
    assert found(explain, claim(value), own(other)) == []


def test_another_thing_counted() -> None:
    wrong, right = claim(4480266, unit="numbers"), own(508511, unit="documents")
    [explanation] = found(explain, wrong, right)
    assert explanation.variant == "numbers"
    assert "numbers" in explanation.sentence("en") and "documents" in explanation.sentence("en")
    assert "문서" in explanation.sentence("ko")
    assert found(explain, claim(15, unit="count"), own(18, unit="requests")) == []


def test_what_is_counted_goes_before_the_unit() -> None:
    [explanation] = found(explain, claim(33, counted="accounts"), own(35))
    assert explanation.variant == "accounts"
    assert found(explain, claim(33, counted="account-holders"), own(35)) == []
