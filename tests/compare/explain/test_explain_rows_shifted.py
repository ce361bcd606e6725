from sagwan.compare.explain.rows_shifted import explain

from ..make import claim, found, own

TAP = {"metric": "numbers", "category": "communication-restriction"}
LOGS = {"metric": "numbers", "category": "communication-confirmation"}
NAMES = {"metric": "numbers", "category": "subscriber-information"}
TRUE = [claim(2407, **TAP), claim(758490, **LOGS), own(758490, **LOGS), own(4480266, **NAMES)]


def test_two_rows_of_one_article_that_slipped() -> None:
    wrong, beside = claim(758490, "Etoday", **NAMES), claim(2407, "Etoday", **LOGS)
    [explanation] = found(explain, wrong, TRUE[3], beside, *TRUE[:3])
    assert explanation.variant == "communication-confirmation"
    assert explanation.claims == (wrong.id,)
    assert set(explanation.against) == {TRUE[1].id, TRUE[2].id}
    for language in ("en", "ko"):
        assert all(number in explanation.sentence(language) for number in ("758,490", "2,407"))
    assert "통신제한조치" in explanation.sentence("ko")


def test_one_row_alone_is_no_shift() -> None:
    wrong = claim(758490, "Etoday", **NAMES)
    assert found(explain, wrong, TRUE[3], *TRUE[:3]) == []
    right = claim(758490, "Etoday", **LOGS)
    assert found(explain, wrong, TRUE[3], right, *TRUE[:3]) == []


def test_a_row_of_another_article_period_or_metric_is_not_meant() -> None:
    wrong = claim(758490, "Etoday", **NAMES)
    for other in (
        claim(2407, "Other", **LOGS),
        claim(2407, "Etoday", source_date="2017-01-01", **LOGS),
        claim(2407, "Etoday", period="2015H2", **LOGS),
        claim(2407, "Etoday", service="chat", **LOGS),
    ):
        assert found(explain, wrong, TRUE[3], other, *TRUE[:3]) == []


def test_small_counts_are_alike_by_chance() -> None:
    small = [claim(24, **TAP), claim(75, **LOGS), own(75, **LOGS), own(44, **NAMES)]
    wrong, beside = claim(75, "Etoday", **NAMES), claim(24, "Etoday", **LOGS)
    assert found(explain, wrong, small[3], beside, *small[:3]) == []
