from sagwan.compare.explain.another_category import explain

from ..make import claim, found, own

HERE = {"metric": "numbers", "category": "subscriber-information"}
THERE = {"metric": "numbers", "category": "communication-confirmation"}


def test_a_row_that_slipped() -> None:
    wrong, right = claim(758490, "Etoday", **HERE), claim(4480266, **HERE)
    other = claim(758490, "IT Chosun", **THERE)
    [explanation] = found(explain, wrong, right, other)
    assert explanation.variant == "communication-confirmation"
    assert explanation.against == (other.id,)
    assert "758,490" in explanation.sentence("en")
    assert "통신사실확인자료" in explanation.sentence("ko")


def test_what_another_source_put_in_the_wrong_row_explains_nothing() -> None:
    """The slipped source prints this value elsewhere, but there it does not stand."""
    earlier, later = claim(2407, "IT Chosun", **HERE), own(4209, "2017-11-03", **HERE)
    slipped = claim(2407, "Etoday", **THERE)
    assert found(explain, earlier, later, slipped, own(758490, **THERE)) == []


def test_small_counts_are_alike_by_chance() -> None:
    assert found(explain, claim(15, **HERE), own(18, **HERE), own(15, **THERE)) == []
