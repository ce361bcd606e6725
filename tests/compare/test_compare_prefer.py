"""Which reading stands, and what decides."""

from functools import partial

import pytest

from sagwan.compare import Claim, Exact, compare
from sagwan.compare.prefer import Why
from sagwan.compare.result import Reconciled
from tests.support.steps import steps

from .make import claim, own


def only(*claims: Claim) -> Reconciled:
    """The figure that the first claim is about."""
    return compare(claims).by_key[claims[0].figure]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("recounted", "company-report"),
        ("company-report", "company-report-copy"),
        ("company-report-copy", "ministry"),
        ("ministry", "ngo"),
        ("ngo", "news"),
    ],
)
def test_the_kinds_of_source_in_their_order(better: str, worse: str) -> None:
    one, other = claim(10, "A", kind=better), claim(20, "B", kind=worse, source_date="2026-01-01")
    result = only(other, claim(20, "C", kind=worse), one)
    assert (result.preferred, result.why) == (one, Why.KIND)
    assert len(result.rivals) == 2


def test_a_restatement_over_what_it_restates() -> None:
    then, now = own(10, "2019-04-14"), own(1, "2024-05-09")
    assert (only(then, now).preferred, only(then, now).why) == (now, Why.LATER_EDITION)


def test_more_voices_over_a_later_one() -> None:
    assert only(claim(697), claim(697), claim(687, source_date="2016-08-04")).value == Exact(697)
    assert only(claim(697), claim(697), claim(687)).why is Why.VOICES


def test_addresses_of_one_publisher_are_one_voice() -> None:
    copies = [claim(1909, "Aju", source_url=f"https://example.com/{n}") for n in range(3)]
    result = only(*copies, claim(1809), claim(1809))
    assert (result.value, result.voices, len(result.rivals)) == (Exact(1809), 2, 3)


def test_a_rounding_speaks_for_the_exact_number() -> None:
    result = only(claim(84836), claim(76400), claim(76379))
    assert (result.value, result.why) == (Exact(76379), Why.VOICES)


def test_the_reading_that_its_neighbours_allow() -> None:
    requested = own(9342, metric="requested")
    result = only(claim(8188, metric="issued"), claim(9342, metric="issued"), requested)
    assert (result.value, result.why) == (Exact(9342), Why.POSSIBLE)


def test_a_value_in_its_place_over_one_that_slipped() -> None:
    there = [claim(2832, category="communication-restriction") for _ in range(3)]
    result = only(claim(3799199), claim(2832, source_date="2017-10-31"), claim(3799199), *there)
    assert (result.value, result.why) == (Exact(3799199), Why.IN_PLACE)


def test_the_source_whose_other_figures_hold() -> None:
    neighbours = [claim(500, "Good", metric="accounts"), claim(500, metric="accounts")]
    wrong = claim(600, "Bad", metric="accounts", source_date="2016-08-04")
    good, bad = claim(10, "Good"), claim(20, "Bad", source_date="2016-08-04")
    assert (only(good, bad, *neighbours, wrong).preferred, only(good, bad, *neighbours, wrong).why) == (
        good,
        Why.TRACK_RECORD,
    )


def test_else_the_latest_whatever_the_order() -> None:
    early, late = claim(10, "A"), claim(20, "B", source_date="2016-08-04")
    for order in ((early, late), (late, early)):
        assert (only(*order).preferred, only(*order).why) == (late, Why.LATEST)


def test_even_a_tie_is_decided_the_same_way_each_time() -> None:
    a, b = claim(10, "A"), claim(20, "B")
    assert only(a, b).preferred == only(b, a).preferred
    assert only(a, b).why is Why.ORDER


def test_thousands_of_values_for_one_figure_are_no_square() -> None:
    claims = [claim(n * 1000, f"Paper {n}") for n in range(1, 4001)]
    result = only(*claims, own(17))
    assert (result.value, result.why, len(result.rivals)) == (Exact(17), Why.KIND, 4000)
    few, many = (steps(partial(only, *claims[:count], own(17))) for count in (500, 2000))
    assert many < 6 * few  # every pair would be 16
