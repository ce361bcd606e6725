from sagwan.compare.explain.sum_of_services import explain

from ..make import claim, found, own

CHAT = {"service": "chat"}
ALL = {"service": "all"}
JOINT = {"provider": "acme+bolt", "service": "all"}


def test_the_total_printed_for_one_service() -> None:
    wrong, right, other = claim(2174), own(1363), own(811, **CHAT)
    [explanation] = found(explain, wrong, right, other)
    assert explanation.variant == "whole"
    assert set(explanation.against) == {right.id, other.id}
    assert "811 + 1,363 = 2,174" in explanation.sentence("en")
    assert "811 + 1,363 = 2,174" in explanation.sentence("ko")


def test_a_service_left_out_of_the_total() -> None:
    parts = [own(4345), own(1040, **CHAT), own(1905, service="blog")]
    [explanation] = found(explain, claim(5385, **ALL), claim(7290, **ALL), *parts)
    assert explanation.variant == "left-out"
    assert set(explanation.against) == {parts[0].id, parts[1].id}
    assert "without blog" in explanation.sentence("en")


def test_a_joint_total_printed_for_one_provider() -> None:
    joint = claim(13183, **JOINT)
    [explanation] = found(explain, claim(13183), own(7648), joint)
    assert explanation.variant == "wider"
    assert explanation.against == (joint.id,)


def test_no_sum_with_a_part_missing_or_of_another_category() -> None:
    assert found(explain, claim(2174), own(1363)) == []
    assert found(explain, claim(2174), own(1363), own("-", **CHAT)) == []
    other = own(811, category="communication-restriction", **CHAT)
    assert found(explain, claim(2174), own(1363), other) == []


def test_zeros_do_not_add_up_to_an_explanation() -> None:
    assert found(explain, claim(76), own(86), own(0, **CHAT)) == []
    assert found(explain, claim(1363, **ALL), claim(2174, **ALL), own(1363), own(0, **CHAT)) == []


def test_issued_is_the_sum_of_what_was_served_on_some() -> None:
    year = {"period": "2015"}
    served = [
        own(n, **year, service=s, metric="requested") for n, s in ((8895, "a"), (3145, "b"), (4409, "c"))
    ]
    doubted = claim(12040, service="all", metric="issued", **year)
    [explanation] = found(explain, doubted, served[0], *served[1:])
    assert "8,895 + 3,145 = 12,040 were requested without c" in explanation.sentence("en")
    assert "c를 뺀 요청의 합이 8,895 + 3,145 = 12,040" in explanation.sentence("ko")
