"""Figures that cannot stand beside others: parts and wholes, and noughts that are blanks."""

from sagwan.compare import Claim, Exact, MissingState, Status, compare
from sagwan.compare.conflict import Rule
from sagwan.compare.result import Reconciled

from .make import claim, own

ISSUED, ASKED = {"metric": "issued"}, {"metric": "requested"}
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


def test_issued_means_what_it_means_elsewhere_in_the_article() -> None:
    served = [own(1449, **ASKED), own(2520, **ASKED, service="chat")]
    told = [claim(1498, "Paper", **ISSUED), claim(2520, "Paper", **ISSUED, service="chat")]
    result = only(*told, *served)
    [conflict] = result.conflicts
    assert (conflict.rule, conflict.count) == (Rule.NOT_AS_ELSEWHERE, 1449)
    for language in ("en", "ko"):
        assert all(n in conflict.sentence(language) for n in ("1,498", "2,520", "1,449"))
    assert result.unexplained == (told[0],)
    other = claim(2600, "Paper", **ISSUED, service="box")
    # Where another row is no request either, or another paper prints it, the word has no one meaning.
    assert rules(*told, *served, other, own(2599, **ASKED, service="box")) == []
    assert rules(told[0], claim(2520, "Other", **ISSUED, service="chat"), *served) == []
    assert rules(told[0], *served) == []


def test_fewer_requests_than_the_share_of_them_that_was_complied_with() -> None:
    share = {"metric": "compliance-percent", "unit": "percent"}
    [conflict] = only(own(1034, **ASKED), own(2986), own(73, **share)).conflicts
    assert (conflict.rule, conflict.count) == (Rule.SHARE_ABOVE_ALL, None)
    for language in ("en", "ko"):
        assert all(n in conflict.sentence(language) for n in ("1,034", "2,986", "73%"))
    assert rules(own(64, **ASKED), own(183)) == []  # late ones may come in from the half before
    assert rules(own(1034, **ASKED), own(2986), own(289, **share)) == []
    assert rules(own(4090, **ASKED), own(2986), own(73, **share)) == []
