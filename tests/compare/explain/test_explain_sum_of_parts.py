from sagwan.compare.explain import not_the_sum, sum_of_parts

from ..make import claim, found, own

POLICE, NIS, OTHER = ({"part": f"authority={name}"} for name in ("police", "nis", "other"))


def test_the_doubted_value_is_the_sum_of_the_parts() -> None:
    parts = [claim(1267, **NIS), claim(147, **POLICE)]
    [explanation] = found(sum_of_parts.explain, claim(1414), own(2155), *parts)
    assert explanation.variant == "sum-authority"
    assert set(explanation.against) == {part.id for part in parts}
    assert "1,267 + 147 = 1,414" in explanation.sentence("en")
    assert "1,267 + 147 = 1,414" in explanation.sentence("ko") and "기관" in explanation.sentence("ko")


def test_a_part_left_out() -> None:
    parts = [own(1267, **NIS), own(147, **POLICE), own(600, **OTHER)]
    [explanation] = found(sum_of_parts.explain, claim(1867), own(2014), *parts)
    assert explanation.variant == "left-out-authority"
    assert "1,267 + 600 = 1,867" in explanation.sentence("en")
    assert "without police" in explanation.sentence("en") and "경찰" in explanation.sentence("ko")


def test_no_sum_of_parts() -> None:
    one = own(1414, **POLICE)
    assert found(sum_of_parts.explain, claim(1414), own(2155), one) == []  # a single part is no sum
    stages = [own(1267, part="stage=follow-up"), own(147, part="stage=first")]
    assert found(sum_of_parts.explain, claim(1414), own(2155), *stages) == []  # stages overlap
    pairs = [own(1267, part="authority=nis;channel=mlat"), own(147, part="authority=police;channel=mlat")]
    assert found(sum_of_parts.explain, claim(1414), own(2155), *pairs) == []
    assert found(sum_of_parts.explain, claim(50), own(70), own(20, **NIS), own(30, **POLICE)) == []


def test_one_part_under_two_names_is_counted_once() -> None:
    parts = [own(1000, **NIS), own(414, **OTHER), claim(414, part="authority=other-(military)")]
    [explanation] = found(sum_of_parts.explain, claim(1414), own(2155), *parts)
    assert "= 1,414" in explanation.sentence("en")
    assert found(sum_of_parts.explain, claim(1828), own(2155), *parts) == []


def test_the_parts_add_up_to_what_stands() -> None:
    parts = [own(1267, **NIS), own(147, **POLICE)]
    [explanation] = found(not_the_sum.explain, claim(1441), own(1414), *parts)
    assert explanation.variant == "authority"
    assert set(explanation.against) == {part.id for part in parts}
    for language in ("en", "ko"):
        assert "1,441" in explanation.sentence(language) and "1,267 + 147" in explanation.sentence(language)


def test_halves_and_services_add_up_to_what_stands() -> None:
    halves = [own(61, period="2014H1"), own(20, period="2014H2")]
    [explanation] = found(not_the_sum.explain, claim(20, period="2014"), claim(81, period="2014"), *halves)
    assert explanation.variant == "halves"
    services = [own(15), own(18, service="chat")]
    [explanation] = found(not_the_sum.explain, claim(43, service="all"), claim(33, service="all"), *services)
    assert explanation.variant == "services"


def test_parts_that_do_not_add_up_to_what_stands_say_nothing() -> None:
    parts = [own(1267, **NIS), own(147, **POLICE)]
    assert found(not_the_sum.explain, claim(1441), own(1415), *parts) == []
    assert found(not_the_sum.explain, claim(1400), own(1414), *parts) == []  # a rounding
    assert found(not_the_sum.explain, claim(1441), own(1414), parts[0]) == []
