import pytest

from sagwan.compare.explain.change_as_total import compared, explain

from ..make import claim, found, own


@pytest.mark.parametrize("period", ["2015H1", "2015H2", "2016H2", "2017H1"])
def test_the_change_printed_as_the_total(period: str) -> None:
    wrong, right, other = claim(6030567), own(6734543), own(12765110, period=period)
    [explanation] = found(explain, wrong, right, other)
    assert explanation.variant == period
    assert set(explanation.against) == {right.id, other.id}
    for language in ("en", "ko"):
        assert "12,765,110 \u2212 6,734,543 = 6,030,567" in explanation.sentence(language)


def test_a_rise_is_a_change_too() -> None:
    [explanation] = found(explain, claim(300), own(1300), own(1000, period="2015H1"))
    assert "1,300 \u2212 1,000 = 300" in explanation.sentence("en")
    assert "between the first half of 2015 and the first half of 2016" in explanation.sentence("en")


@pytest.mark.parametrize("period", ["2014H1", "2014H2", "2016", "2017H2"])
def test_periods_that_nobody_compares(period: str) -> None:
    assert found(explain, claim(300), own(1300), own(1000, period=period)) == []


def test_no_ghosts() -> None:
    assert found(explain, claim(50), own(130), own(80, period="2015H1")) == []
    assert found(explain, claim(301), own(1300), own(1000, period="2015H1")) == []
    assert found(explain, claim(1300), own(2600), own(1300, period="2015H1")) == []  # its value there
    assert found(explain, claim(1300), own(2600), own("-", period="2015H1")) == []
    assert found(explain, claim(300), own(1300), own(1000, period="2015H1", category="subpoenas")) == []
    assert found(explain, claim(1300), own(0), own(1300, period="2015H1")) == []


def test_what_is_compared_with_what() -> None:
    assert compared("2016H1") == ("2015H1", "2017H1", "2015H2", "2016H2")
    assert compared("2015H2") == ("2014H2", "2016H2", "2015H1", "2016H1")
    assert compared("2016") == ("2015", "2017")
    assert compared("2016Q3") == ("2015Q3", "2017Q3")
    assert compared("2024-02-17/2024-12-31") == ()
