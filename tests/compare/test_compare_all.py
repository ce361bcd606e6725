"""All real claims at once: no ghosts, no lost claims, nothing that depends on their order."""

import json
import random

from sagwan.compare import Claim, Comparison, Exact, Missing, Status, compare, load_packaged
from sagwan.compare.figure import Figure

from .golden import figure_of

CLAIMS = load_packaged()
ALL = compare(CLAIMS)


def test_only_disputed_figures_are_explained_and_every_claim_is_kept() -> None:
    for result in ALL.figures:
        if result.status is not Status.DISPUTED:
            assert (result.explanations, result.conflicts, result.rivals) == ((), (), ())
        else:
            assert result.rivals or result.conflicts
        if result.status is Status.MISSING:
            assert result.value is None
            assert all(isinstance(claim.read, Missing) for claim in result.claims)
    assert sorted(c.id for r in ALL.figures for c in r.claims) == sorted(claim.id for claim in CLAIMS)


def test_explanations_name_claims_that_exist_and_both_numbers() -> None:
    printed = {claim.id: claim for claim in CLAIMS}
    for result in ALL.with_status(Status.DISPUTED):
        for explanation in result.explanations:
            assert explanation.claims and explanation.against
            assert set(explanation.claims) <= {claim.id for claim in result.claims}
            doubted = printed[explanation.claims[0]].read
            assert all(against in printed for against in explanation.against)
            for language in ("en", "ko"):
                sentence = explanation.sentence(language)
                assert "{" not in sentence
                if isinstance(doubted, Exact):
                    assert f"{doubted.number:,}" in sentence


def test_the_order_of_the_claims_does_not_matter() -> None:
    mixed = list(CLAIMS)
    random.Random(16).shuffle(mixed)
    assert json.dumps(compare(mixed).to_json()) == json.dumps(ALL.to_json())


def _gist(comparison: Comparison) -> dict[Figure, tuple[object, ...]]:
    return {r.figure: (r.status, r.value, r.preferred, r.codes, r.why) for r in comparison.figures}


def test_one_period_is_the_same_as_that_part_of_all() -> None:
    one = compare(CLAIMS, "2016H1")
    assert _gist(one) == {f: gist for f, gist in _gist(ALL).items() if f.period == "2016H1"}


# What the disputes of other periods rest on, each read in the sources' own rows:
# figure | what stands | rival -> codes. No code on a rival means that nothing tested explains it.
OTHER_PERIODS = """
google/google US 2017H1 wiretap-orders requested             | 1       | 10 restatement
kakao/daum KR 2014 communication-restriction requested       | 47      | 19 half-vs-year not-the-sum
kakao/daum KR 2015H1 subscriber-information requested        | 123     | 122 one-digit
kakao/daum KR 2015H2 communication-restriction requested     | 16      | 39 sum-of-halves
kakao/kakao KR 2013H1 communication-confirmation requested   | 630     | 603 one-digit
kakao/kakao KR 2014 communication-restriction processed      | 78      | 20 half-vs-year not-the-sum
kakao/kakao KR 2014 communication-restriction requested      | 81      | 20 half-vs-year not-the-sum
meta/facebook-family KR 2017H2 emergency-requests compliance-percent | 33 | 0.33 fraction
ministry/all KR 2013H1 communication-restriction numbers     | 3540    | 3549 one-digit
ministry/all KR 2013H2 communication-confirmation numbers    | 6734543 | 6030567 change-as-total
ministry/all KR 2013H2 subscriber-information numbers        | 4747043 | 4740043 one-digit
ministry/all KR 2015H1 communication-confirmation numbers | 3799199 | 2832 rows-shifted another-category not-the-sum
ministry/all KR 2015H1 subscriber-information numbers        | 5901664 | 3799199 rows-shifted another-category
ministry/all KR 2015H1 subscriber-information numbers        | 5901664 | 1421398 change-as-total
ministry/all KR 2015H2 communication-restriction numbers     | 2155    | 1314 sum-of-parts restatement
naver/naver KR 2014 search-and-seizure-warrant accounts      | 76379   | 76400 rounding
naver/naver KR 2014 search-and-seizure-warrant accounts      | 76379   | 84836 another-population not-the-sum
naver/naver KR 2014 search-and-seizure-warrant issued        | 9342    | 8188 another-metric
naver/naver KR 2014 search-and-seizure-warrant requested     | 9342    | 9200 not-the-sum
naver/naver KR 2015 search-and-seizure-warrant processed     | 13183   | 13183 sum-of-services
naver/naver KR 2019H1 search-and-seizure-warrant accounts-per-processed | 61 | 61 percent
naver/naver KR 2020H1 communication-confirmation compliance-percent | 100 | 100 percent
naver/naver KR 2020H1 search-and-seizure-warrant accounts-per-processed | 129 | 129 percent
naver/naver KR 2020H2 search-and-seizure-warrant compliance-percent | 73 | 73 percent
naver/naver KR 2012H1 subscriber-information requested       | 0       | 0
naver/naver KR 2012H2 subscriber-information requested       | 0       | 0
naver+kakao/all KR 2012 search-and-seizure-warrant requested | 2298    | 2298 sum-of-services
naver+kakao/all KR 2015 search-and-seizure-warrant requested | 12040   | 12040 sum-of-services
naver+kakao/all KR 2015 search-and-seizure-warrant processed | 13183   | 13183
"""  # noqa: E501


def test_disputes_of_other_periods() -> None:
    for line in OTHER_PERIODS.strip().splitlines():
        name, stands, rival = (cell.strip() for cell in line.split("|"))
        value, *codes = rival.split()
        result = ALL.by_key[figure_of(name)]
        assert result.status is Status.DISPUTED, name
        assert str(_number(result.preferred)) == stands, name
        ids = {claim.id for claim in result.claims if claim.value == value}
        found = [e.code for e in result.explanations if ids & set(e.claims)]
        assert (ids != set(), found) == (True, codes), name


def _number(claim: Claim | None) -> object:
    return claim.read.number if claim and isinstance(claim.read, Exact) else None
