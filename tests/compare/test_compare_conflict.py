"""Figures that cannot stand beside others: parts and wholes, and noughts that are blanks."""

from sagwan.compare import Claim, Exact, MissingState, Status, compare
from sagwan.compare.conflict import Rule
from sagwan.compare.result import Reconciled

from .make import claim, own

POLICE, NIS = {"part": "authority=police"}, {"part": "authority=nis"}


def only(*claims: Claim) -> Reconciled:
    return compare(claims).by_key[claims[0].figure]


def rules(*claims: Claim) -> list[Rule]:
    return [conflict.rule for conflict in only(*claims).conflicts]


def test_parts_that_exceed_their_whole() -> None:
    result = only(own(1390), own(1267, **NIS), own(147, **POLICE))
    assert result.status is Status.DISPUTED
    [conflict] = result.conflicts
    assert (conflict.rule, conflict.count) == (Rule.PARTS_EXCEED, 1414)
    for language in ("en", "ko"):
        assert "1,267" in conflict.sentence(language) and "1,414" in conflict.sentence(language)


def test_parts_may_be_fewer_than_the_whole_or_overlap() -> None:
    assert rules(own(2155), own(1267, **NIS), own(147, **POLICE)) == []
    assert rules(own(1414), own(1267, **NIS), own(147, **POLICE)) == []
    assert rules(own(100), own(1267, **NIS)) == []
    assert rules(own(1400), own(1267, part="identifier=device"), own(147, part="identifier=account")) == []


def test_a_nought_that_something_followed_from() -> None:
    asked = {"metric": "requested"}
    result = only(own(0, **asked), own(10080))
    assert (result.status, result.value) == (Status.DISPUTED, Exact(0))
    [conflict] = result.conflicts
    assert (conflict.rule, conflict.count) == (Rule.ZERO_BUT_FOLLOWED, 10080)
    assert "10,080" in conflict.sentence("en") and "10,080" in conflict.sentence("ko")
    assert rules(own(0, **asked), own(3)) == []  # resolved in the half-year after
    assert rules(own(0, **asked), own(0)) == []
    assert rules(own(5, **asked), own(10080)) == []
    assert rules(own("-", **asked), own(10080)) == []
    assert rules(own(0), own(50, metric="accounts")) == [Rule.ZERO_BUT_FOLLOWED]


def test_what_nothing_explains_says_so() -> None:
    stands, rival = own(76379), claim(84836)
    result = only(stands, rival)
    assert [c.id for c in result.unexplained] == [rival.id] == result.to_json()["unexplained"]
    assert only(own(1809), claim(1909)).unexplained == ()
    total = only(claim(3057, service="all"), own(1500), own(1800, service="chat"))
    assert [c.value for c in total.unexplained] == ["3057"]
    assert only(own(17)).unexplained == ()


def test_the_state_that_says_most_is_shown() -> None:
    states = ("not-applicable", "not-reported", "not-yet-due", "suppressed", "withdrawn", "unreadable")
    claims = []
    for state in states:
        claims.append(own("x", f"2016-08-0{len(claims) + 1}", state=state))
        assert only(*claims).missing is MissingState(state)


def test_a_total_of_fewer_issued_than_were_served_by_its_services() -> None:
    parts = [own(15, metric="requested"), own(18, metric="requested", service="chat")]
    issued = claim(30, metric="issued", service="all")
    [conflict] = only(issued, *parts).conflicts
    assert (conflict.rule, conflict.count) == (Rule.ISSUED_BELOW_REQUESTED, 33)
    assert rules(claim(33, metric="issued", service="all"), *parts) == []
