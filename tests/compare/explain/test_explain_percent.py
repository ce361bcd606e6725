from decimal import Decimal

import pytest

from sagwan.compare import Exact, Status, compare
from sagwan.compare.explain.percent import explain
from sagwan.compare.ratios import Counts

from ..make import claim, found, own

PERCENT = {"metric": "compliance-percent", "unit": "percent"}
COUNTS = [own(1052), own(1306, metric="requested")]


def test_the_counts_give_the_other_percentage() -> None:
    [explanation] = found(explain, claim("100", **PERCENT), own("81", **PERCENT), *COUNTS)
    assert explanation.variant == "rival"
    assert set(explanation.against) == {count.id for count in COUNTS}
    for language in ("en", "ko"):
        assert "1,052 / 1,306 = 80.6" in explanation.sentence(language)


def test_a_percentage_alone_against_its_counts() -> None:
    result = compare([own("100", **PERCENT), *COUNTS]).by_key[own("100", **PERCENT).figure]
    assert result.status is Status.DISPUTED
    assert [(c.rule.value, str(c.count)) for c in result.conflicts] == [("not-the-ratio", "80.6")]
    assert [(e.code.value, e.variant) for e in result.explanations] == [("percent", "alone")]
    assert result.to_json()["conflicts"][0]["count"] == "80.6"


def test_no_ghosts() -> None:
    assert found(explain, claim("100", **PERCENT), own("90", **PERCENT), *COUNTS) == []  # neither is given
    assert found(explain, claim("80", **PERCENT), own("81", **PERCENT), *COUNTS) == []  # cut off, and rounded
    assert found(explain, claim("100", **PERCENT), own("81", **PERCENT), COUNTS[0]) == []
    nothing = [own(0), own(0, metric="requested")]
    assert found(explain, claim("100", **PERCENT), own("0", **PERCENT), *nothing) == []
    banded = [own("0-499", unit="range"), COUNTS[1]]
    assert found(explain, claim("100", **PERCENT), own("81", **PERCENT), *banded) == []


@pytest.mark.parametrize(
    ("part", "whole", "printed", "given"),
    [
        (159, 424, "37.5", True),
        (159, 424, "38", True),
        (159, 424, "37", True),
        (159, 424, "36", False),
        (159, 424, "39", False),
        (827, 1000, "83.00", True),
        (827, 1000, "82.75", False),
        (827, 1000, "82.5", False),
        (1, 3, "33.3", True),
        (1, 3, "33.5", False),
        (2986, 1034, "73", False),
        (0, 7, "0", True),
        (7, 7, "100", True),
    ],
)
def test_what_two_counts_give(part: int, whole: int, printed: str, given: bool) -> None:
    assert Counts(part, whole, 100, ()).give(Exact(Decimal(printed))) is given


def test_an_average_of_accounts() -> None:
    counts = Counts(194683, 2282, 1, ())
    assert str(counts.number) == "85.3" and counts.sum_text == "194,683 / 2,282"
    assert counts.give(Exact(85)) and counts.give(Exact(86)) and not counts.give(Exact(129))
