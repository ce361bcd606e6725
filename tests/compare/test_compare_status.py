from sagwan.compare import Band, Claim, Exact, MissingState, Status, compare
from sagwan.compare.conflict import Rule
from sagwan.compare.result import Reconciled

from .make import claim, own

JOINT = {"provider": "acme+bolt", "service": "all", "category": "communication-restriction"}
PART = {"category": "communication-restriction"}


def only(*claims: Claim) -> Reconciled:
    return compare(claims).by_key[claims[0].figure]


def test_two_voices_agree() -> None:
    result = only(claim(17), own(17))
    assert (result.status, result.value, result.voices, result.explanations) == (
        Status.AGREED,
        Exact(17),
        2,
        (),
    )


def test_one_voice_at_several_addresses_is_a_single_source() -> None:
    assert only(claim(17, "A"), claim(17, "A (amp)")).status is Status.SINGLE_SOURCE


def test_rivals_dispute_a_figure() -> None:
    result = only(claim(18), own(17))
    assert (result.status, result.value) == (Status.DISPUTED, Exact(17))
    assert result.explanations == ()


def test_a_band_and_a_number_inside_it() -> None:
    assert only(own("0-499", unit="range")).status is Status.BANDED
    assert only(own("0-499", unit="range")).value == Band(0, 499)
    assert only(own("0-499", unit="range"), claim(17)).status is Status.BANDED
    assert only(own("0-499", unit="range"), claim(500)).status is Status.DISPUTED


def test_missing_is_never_zero() -> None:
    for text, state in (
        ("-", "not-reported"),
        ("", "not-reported"),
        ("-1", "unreadable"),
        ("n/a", "not-applicable"),
    ):
        result = only(own(text))
        assert (result.status, result.value, result.preferred) == (Status.MISSING, None, None)
        assert result.missing is MissingState(state)
        assert result.claims[0].value == text
    assert only(own(0)).status is Status.SINGLE_SOURCE


def test_a_blank_of_one_source_is_no_rival_of_another() -> None:
    assert only(own("-"), claim(17)).status is Status.SINGLE_SOURCE


def test_a_zero_that_was_a_blank_is_disputed() -> None:
    result = only(own(0, "2024-05-09"), own("", "2019-04-14"))
    assert result.status is Status.DISPUTED
    [conflict] = result.conflicts
    assert (conflict.rule, conflict.count) == (Rule.ZERO_WAS_BLANK, None)


def test_a_sum_that_one_voice_prints_is_derived() -> None:
    parts = [
        own(15, **PART),
        own(18, service="chat", **PART),
        own(17, provider="bolt", service="bolt", **PART),
    ]
    result = only(claim(50, **JOINT), *parts)
    assert result.status is Status.DERIVED
    assert result.total is not None
    assert sorted(part.count for part in result.total.parts) == [15, 17, 18]
    assert only(claim(50, **JOINT), claim(50, **JOINT), *parts).status is Status.AGREED


def test_a_sum_that_nobody_prints_is_derived_where_all_parts_are_known() -> None:
    scope = claim(90, service="all", period="2012", **PART)
    figure = scope.figure.in_period("2016H1")
    parts = [own(15, **PART), own(18, service="chat", **PART)]
    result = compare([scope, *parts], "2016H1").by_key[figure]
    assert (result.status, result.value, result.preferred) == (Status.DERIVED, Exact(33), None)
    assert figure not in compare([scope, parts[0], own("-", service="chat", **PART)]).by_key
    assert figure not in compare(parts).by_key  # nobody sums these services up


def test_a_total_that_is_not_the_sum_is_disputed() -> None:
    parts = [own(1500), own(1800, service="chat")]
    result = only(claim(3200, service="all"), *parts)
    assert result.status is Status.DISPUTED
    [conflict] = result.conflicts
    assert (conflict.rule, conflict.count) == (Rule.NOT_THE_SUM, 3300)
    assert "3,300" in conflict.sentence("en") and "3,300" in conflict.sentence("ko")
    assert only(claim(3300, service="all"), *parts).conflicts == ()
    assert only(claim(1500, service="all"), parts[0], own("-", service="chat")).conflicts == ()


def test_a_year_is_the_sum_of_its_halves() -> None:
    halves = [own(61, period="2014H1"), own(20, period="2014H2")]
    assert only(claim(81, period="2014"), *halves).status is Status.DERIVED
    assert only(claim(90, period="2014"), *halves).status is Status.DISPUTED


def test_fewer_issued_than_requested_cannot_be() -> None:
    requested = own(2255, metric="requested")
    for issued, status in (
        (1809, Status.DISPUTED),
        (2255, Status.SINGLE_SOURCE),
        (2300, Status.SINGLE_SOURCE),
    ):
        assert only(claim(issued, metric="issued"), requested).status is status
    other_service = own(2255, metric="requested", service="chat")
    assert only(claim(1809, metric="issued"), other_service).status is Status.SINGLE_SOURCE


def test_gaps_are_the_unfilled_cells_of_a_services_grid() -> None:
    comparison = compare([own(17), own(1, period="2015H2", service="chat")], "2016H1")
    gaps = comparison.with_status(Status.MISSING)
    assert len(gaps) == 4 * 3 - 1
    assert {gap.figure.service for gap in gaps} == {"mail"}
    assert all(gap.value is None and gap.missing is MissingState.NOT_REPORTED for gap in gaps)
    assert compare([own(17, category="subpoenas")]).with_status(Status.MISSING) == ()
    assert compare([own(17, period="2014")]).with_status(Status.MISSING) == ()


def test_only_rounding() -> None:
    assert only(own(261884), claim(260000)).rounding_only
    assert not only(own(261884), claim(260000), claim(270001)).rounding_only
    assert not only(own(261884)).rounding_only


def test_disputed_parts_of_a_sum() -> None:
    parts = [own(1925), claim(1295), own(1809, service="chat")]
    comparison = compare([claim(3734, service="all"), *parts])
    total = comparison.by_key[claim(0, service="all").figure]
    assert [part.figure for part in comparison.disputed_parts(total)] == [parts[0].figure]


def test_json_says_what_stands_and_over_what() -> None:
    stands, rival = own(1809), claim(1909, "Aju")
    document = only(stands, rival).to_json()
    assert document["status"] == "disputed"
    assert document["value"] == {"exact": 1809}
    assert document["preferred"]["id"] == stands.id
    assert document["why"] == "kind"
    assert [r["value"] for r in document["rivals"]] == ["1909"]
    [explanation] = document["explanations"]
    assert (explanation["code"], explanation["against"]) == ("one-digit", [stands.id])
    assert set(explanation["sentence"]) == {"en", "ko"}
