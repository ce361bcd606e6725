import pytest

from sagwan.compare.explain.another_population import explain

from ..make import claim, found, own


@pytest.mark.parametrize(
    ("there", "variant", "english", "korean"),
    [
        ({"part": "authority=police"}, "part-authority=police", "police", "경찰"),
        ({"service": "chat"}, "service-chat", "chat", "chat"),
        ({"jurisdiction": "US"}, "jurisdiction-US", "the United States", "미국"),
    ],
)
def test_the_value_of_another_population(
    there: dict[str, str], variant: str, english: str, korean: str
) -> None:
    wrong, right, other = claim(4284571), own(5901664), own(4284571, **there)
    [explanation] = found(explain, wrong, right, other)
    assert (explanation.variant, explanation.against) == (variant, (other.id,))
    assert "4,284,571" in explanation.sentence("en") and english in explanation.sentence("en")
    assert "4,284,571" in explanation.sentence("ko") and korean in explanation.sentence("ko")


def test_the_whole_printed_for_a_part() -> None:
    part = {"part": "authority=police"}
    [explanation] = found(explain, claim(5901664, **part), own(4284571, **part), own(5901664))
    assert explanation.variant == "part-whole"
    assert "the whole" in explanation.sentence("en") and "전체" in explanation.sentence("ko")


def test_no_ghosts() -> None:
    chat = {"service": "chat"}
    assert found(explain, claim(99), own(90), own(99, **chat)) == []
    assert found(explain, claim(1449), own(2255), own(1449, service="all")) == []  # sum_of_services knows
    assert found(explain, claim(1449), own(2255), own(1449, period="2015H2", **chat)) == []
    assert found(explain, claim(1449), own(2255), claim(1449, **chat), own(1500, **chat)) == []
