import pytest

from sagwan.compare.explain import fraction, rounding
from sagwan.compare.forms import is_rounding
from sagwan.compare.value import Exact

from ..make import claim, found, own


@pytest.mark.parametrize(
    ("rounded", "exact"),
    [
        (260000, 261884),
        (160000, 163354),
        (76400, 76379),  # up
        (8100, 8188),  # cut off
        (1800, 1753),
        (4830000, 4827616),
        (120000, 120002),
    ],
)
def test_roundings(rounded: int, exact: int) -> None:
    assert is_rounding(Exact(rounded), Exact(exact))
    assert not is_rounding(Exact(exact), Exact(rounded))
    [explanation] = found(rounding.explain, claim(rounded), own(exact))
    assert explanation.variant == "rival"
    assert f"{exact:,}" in explanation.sentence("en")
    [explanation] = found(rounding.explain, claim(exact), own(rounded))
    assert explanation.variant == "standing"
    assert f"{rounded:,}" in explanation.sentence("ko")


@pytest.mark.parametrize(
    ("value", "of"),
    [
        (3540, 3549),  # one zero may be the number's own
        (300, 342),  # one digit says too little
        (9200, 9342),
        (270000, 281884),
        (0, 3),
        (1000, 1000),
        (250000, 261884),
    ],
)
def test_no_roundings(value: int, of: int) -> None:
    assert found(rounding.explain, claim(value), own(of)) == []


def test_a_fraction_of_one() -> None:
    percent = {"metric": "compliance-percent", "unit": "percent"}
    [explanation] = found(fraction.explain, claim("0.33", **percent), own("33%", **percent))
    assert explanation.variant == "rival"
    [explanation] = found(fraction.explain, claim("33%", **percent), own("0.33", **percent))
    assert explanation.variant == "standing"
    assert found(fraction.explain, claim("0.33", **percent), own("34%", **percent)) == []
    assert found(fraction.explain, claim("1", **percent), own("100%", **percent)) == []
