import pytest

from sagwan.compare.explain import half_vs_year, sum_of_halves

from ..make import claim, found, own


def test_a_half_printed_for_the_year() -> None:
    wrong, right = claim(20, period="2014"), claim(81, period="2014")
    half = own(20, period="2014H2")
    [explanation] = found(half_vs_year.explain, wrong, right, half)
    assert explanation.variant == "2014H2"
    assert explanation.against == (half.id,)
    assert "the second half of 2014" in explanation.sentence("en")
    assert "2014년 하반기" in explanation.sentence("ko")


def test_the_year_printed_for_a_half() -> None:
    [explanation] = found(
        half_vs_year.explain, claim(81, period="2014H1"), own(61, period="2014H1"), own(81, period="2014")
    )
    assert explanation.variant == "2014"


@pytest.mark.parametrize("period", ["2013H2", "2015H2", "2013"])
def test_halves_of_other_years_prove_nothing(period: str) -> None:
    assert (
        found(half_vs_year.explain, claim(20, period="2014"), own(81, period="2014"), own(20, period=period))
        == []
    )


def test_the_sum_of_both_halves_printed_for_one() -> None:
    wrong, second = claim(39, period="2015H2"), own(16, period="2015H2")
    first = own(23, period="2015H1")
    [explanation] = found(sum_of_halves.explain, wrong, second, first)
    assert set(explanation.against) == {first.id, second.id}
    for language in ("en", "ko"):
        assert "23 + 16 = 39" in explanation.sentence(language)


def test_no_sum_without_both_halves_or_with_an_empty_one() -> None:
    wrong, second = claim(39, period="2015H2"), own(16, period="2015H2")
    assert found(sum_of_halves.explain, wrong, second) == []
    assert found(sum_of_halves.explain, wrong, second, own(24, period="2015H1")) == []
    assert found(sum_of_halves.explain, wrong, second, own("-", period="2015H1")) == []
    zero = own(0, period="2015H1")
    assert found(sum_of_halves.explain, claim(39, period="2015H2"), own(39, period="2015H2"), zero) == []


def test_a_half_under_another_metric_of_the_same_article() -> None:
    year, both = {"period": "2014"}, [own(61, period="2014H1", metric="requested")]
    doubted, stands = claim(20, "Paper", **year), own(78, **year)
    asked = claim(20, "Paper", **year, metric="requested")
    half = own(20, period="2014H2", metric="requested")
    beside = own(81, **year, metric="requested")
    [explanation] = found(half_vs_year.explain, doubted, stands, asked, half, beside, *both)
    assert (explanation.code, explanation.variant) == ("half-vs-year", "2014H2-requested")
    for language, word in (("en", "requested"), ("ko", "요청")):
        sentence = explanation.sentence(language)
        assert "20" in sentence and word in sentence
    # Another article's number, or one that stands there, says nothing of this one.
    other = claim(20, "Other", **year, metric="requested")
    assert not found(half_vs_year.explain, doubted, stands, other, half, beside)
    assert not found(half_vs_year.explain, doubted, stands, asked, half)
    assert not found(half_vs_year.explain, doubted, stands, asked, beside)
