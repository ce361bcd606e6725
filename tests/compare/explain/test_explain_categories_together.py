from sagwan.compare.explain.categories_together import MOST_CATEGORIES, explain

from ..make import claim, found, own

CONFIRMED = {"category": "communication-confirmation"}


def test_two_categories_in_one_number() -> None:
    [explanation] = found(explain, claim(84836), own(76379), own(8457, **CONFIRMED))
    assert (explanation.code, explanation.variant) == (
        "another-population",
        "with-communication-confirmation",
    )
    assert "76,379 + 8,457 = 84,836" in explanation.sentence("en")
    assert "84,836은 압수·수색영장, 통신사실확인자료의 합" in explanation.sentence("ko")


def test_a_years_count_may_be_the_sum_of_its_halves() -> None:
    year = {"period": "2014"}
    halves = [own(4634, period="2014H1", **CONFIRMED), own(3823, period="2014H2", **CONFIRMED)]
    assert found(explain, claim(84836, **year), own(76379, **year), *halves)
    assert not found(explain, claim(84836, **year), own(76379, **year), halves[0])


def test_all_categories_in_one_number() -> None:
    others = [own(8457, **CONFIRMED), own(300, category="subscriber-information")]
    assert len(found(explain, claim(85136), own(76379), *others)) == 1


def test_no_sum_of_something_else() -> None:
    for other in (own(8457, **CONFIRMED, service="chat"), own(8457, **CONFIRMED, metric="requested")):
        assert not found(explain, claim(84836), own(76379), other)
    assert not found(explain, claim(84837), own(76379), own(8457, **CONFIRMED))
    assert not found(explain, claim(76379 + 99), own(76379), own(99, **CONFIRMED))  # too small to tell
    assert not found(explain, claim(67922), own(76379), own(8457, **CONFIRMED))
    many = [own(8457 + n, category=f"c{n}") for n in range(MOST_CATEGORIES)]
    assert not found(explain, claim(84836), own(76379), *many)
