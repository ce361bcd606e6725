import pytest

from sagwan.compare.explain.another_period import explain
from sagwan.compare.explain.half_vs_year import year_and_halves

from ..make import claim, found, own


@pytest.mark.parametrize(
    ("period", "english", "korean"),
    [
        ("2015H2", "the second half of 2015", "2015년 하반기"),
        ("2015H1", "the first half of 2015", "2015년 상반기"),
        ("2014", "2014", "2014년"),
        ("2016Q2", "quarter 2 of 2016", "2016년 2분기"),
    ],
)
def test_the_value_of_another_period(period: str, english: str, korean: str) -> None:
    wrong, right, there = claim(1449), own(2255), own(1449, period=period)
    [explanation] = found(explain, wrong, right, there)
    assert (explanation.variant, explanation.against) == (period, (there.id,))
    assert "1,449" in explanation.sentence("en") and english in explanation.sentence("en")
    assert "1,449" in explanation.sentence("ko") and korean in explanation.sentence("ko")


def test_a_half_and_its_year_are_another_rules() -> None:
    assert found(explain, claim(1449), own(2255), own(1449, period="2016")) == []
    assert year_and_halves("2016H1") == ("2016",)
    assert year_and_halves("2016") == ("2016H1", "2016H2")
    assert year_and_halves("2016Q1") == year_and_halves("2016-03") == ()


def test_no_ghosts() -> None:
    there = {"period": "2015H2"}
    assert found(explain, claim(99), own(25), own(99, **there)) == []  # small counts recur
    assert found(explain, claim(1449), own(2255), own(1449, service="chat", **there)) == []
    assert found(explain, claim(1449, "A"), own(2255), claim(1449, "A", **there)) == []  # its own witness
    slipped = claim(1449, **there)
    assert found(explain, claim(1449), own(2255), slipped, own(1450, **there)) == []  # does not stand there
