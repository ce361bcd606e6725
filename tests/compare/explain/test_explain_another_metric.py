from sagwan.compare.explain.another_metric import explain

from ..make import claim, found, own


def test_a_conflicting_count_that_others_print_under_another_metric() -> None:
    issued, requested = claim(1809, metric="issued"), own(2255, metric="requested")
    others = [claim(1809), claim(1809)]
    [explanation] = found(explain, issued, requested, *others)
    assert explanation.variant == "processed"
    assert set(explanation.against) == {other.id for other in others}
    assert "issued" in explanation.sentence("en")
    assert "발부" in explanation.sentence("ko")
    assert "1,809" in explanation.sentence("ko")


def test_a_rival_that_others_print_under_another_metric() -> None:
    [explanation] = found(
        explain, claim(8188, metric="issued"), claim(9342, metric="issued"), claim(8188), own(8188)
    )
    assert explanation.variant == "processed"


def test_the_doubted_source_is_no_witness_for_itself() -> None:
    requested = own(2255, metric="requested")
    assert found(explain, claim(1809, "Aju", metric="issued"), requested, claim(1809, "Aju")) == []
    assert found(explain, claim(1809, "Aju", metric="issued"), requested, claim(1809, "Aju (copy)")) == []


def test_another_service_period_category_or_part_is_not_meant() -> None:
    issued, requested = claim(1809, metric="issued"), own(2255, metric="requested")
    for other in (
        {"service": "chat"},
        {"period": "2015H2"},
        {"category": "communication-restriction"},
        {"part": "stage=follow-up"},
        {"jurisdiction": "US"},
    ):
        assert found(explain, issued, requested, own(1809, **other)) == []


def test_a_value_that_does_not_stand_there_explains_nothing() -> None:
    rival, standing = claim(687), own(697)
    assert found(explain, rival, standing, claim(687, metric="requested"), own(802, metric="requested")) == []


def test_a_value_that_was_restated_there_still_explains() -> None:
    """Under its own metric the press of 2016 printed 1,295; today's table says otherwise."""
    issued, requested = claim(1295, metric="issued"), own(1932, metric="requested")
    then, now = [claim(1295), claim(1295)], own(1925, "2026-07-01")
    [explanation] = found(explain, issued, requested, *then, now)
    assert set(explanation.against) == {c.id for c in then}


def test_without_a_rival_better_support_is_needed_there() -> None:
    total = own(16449, metric="requested", service="chat")
    assert found(explain, claim(12040, metric="requested"), total, claim(12040, metric="issued")) == []


def test_one_digit_counts_and_percentages_prove_nothing() -> None:
    assert found(explain, claim(9), own(8), own(9, metric="requested")) == []
    percent = own("50", metric="compliance-percent", unit="percent")
    assert found(explain, claim(50), own(80), percent) == []
