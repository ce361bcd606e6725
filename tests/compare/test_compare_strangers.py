"""Claims as a stranger brings them: other countries, names, units and numbers. No crash, no nonsense."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagwan.compare import Claim, Reconciled, Status, compare

from .make import claim, own

BOTH = re.compile(r"은\(는\)|을\(를\)|이\(가\)|과\(와\)|\(으\)로")


def sentences(result: Reconciled, language: str) -> list[str]:
    told = [*result.conflicts, *result.explanations]
    return [one.sentence("ko" if language == "ko" else "en") for one in told]


def only(*claims: Claim) -> Reconciled:
    return compare(claims).by_key[claims[0].figure]


LINE = {
    "provider": "라인",
    "service": "메신저",
    "jurisdiction": "JP",
    "category": "수사 협조",
    "metric": "requested",
}
FRANCE = {
    "provider": "bolt",
    "jurisdiction": "FR",
    "period": "2018",
    "category": "intercept",
    "metric": "accounts",
}
SHARE = {"metric": "compliance-percent", "unit": "percent"}


def test_korean_names_and_numbers_take_the_particle_that_fits() -> None:
    halves = [own("1,712", **LINE, period="2019H1"), own("1,900", **LINE, period="2019H2")]
    result = only(claim("1,900", "NHK", **LINE, period="2019"), own("3,612", **LINE, period="2019"), *halves)
    assert sentences(result, "ko") == [
        "NHK: 2019년에 1,900. 라인 자체 집계표(2016-08-01): 같은 1,900 값이 2019년 하반기에 해당합니다.",
        "NHK: 1,900. 반기별 합계는 1,712 + 1,900 = 3,612입니다(라인 자체 집계표(2016-08-01)).",
    ]
    parts = [own(n, **FRANCE, service=s) for n, s in ((200, "메일"), (300, "지도"), (400, "Drive"))]
    result = only(
        claim(500, "르몽드", **FRANCE, service="all"), *parts, claim(900, "AFP", **FRANCE, service="all")
    )
    assert "Drive를 뺀 합이 200 + 300 = 500입니다" in sentences(result, "ko")[0]
    assert "200 + 300 = 500 without Drive" in sentences(result, "en")[0]


def test_percentages_are_shown_as_such() -> None:
    result = only(claim("83%", "P", **SHARE), claim("0.83", "Q", **SHARE))
    assert {s.split(". ")[0] for s in sentences(result, "en")} <= {"P: 83%", "Q: 0.83"}
    result = only(own("100", **SHARE), own(1052), own(1306, metric="requested"))
    assert any("100%" in s and "80.6" in s for s in sentences(result, "en"))


def test_round_numbers_are_no_slip_of_one_digit() -> None:
    assert not only(claim(600, "P"), own(100)).explanations
    assert not only(claim(160_000, "P"), own(150_000)).explanations
    assert only(claim(620, "P"), own(623)).explanations


def test_a_sum_that_comes_out_exactly_is_not_made_round() -> None:
    parts = [own(n, part=f"authority={a}") for n, a in ((900, "police"), (90, "customs"), (10, "tax"))]
    assert not [e for e in only(claim(999, "P"), own(1000), *parts).explanations if e.code == "rounding"]
    assert [e for e in only(claim(999, "P"), own(1000), *parts[:2]).explanations if e.code == "rounding"]


@pytest.mark.parametrize(
    "printed",
    ["-5", "9만", "2e9", "12%", "999999999999999999999", "1.5", "1,23", "#REF!", "=1+1", "٣", "<b>7</b>"],
)
def test_what_cannot_be_read_is_no_rival(printed: str) -> None:
    result = only(claim(printed, "P"), own(17))
    assert (result.status, result.rivals) == (Status.SINGLE_SOURCE, ())


def test_the_largest_and_the_oldest() -> None:
    huge = "999999999999999999"
    for period in ("0001", "0001H1", "9999", "9999H2", "9999Q4", "2024-02-17/2024-12-31"):
        result = only(claim(huge, "P", period=period), own("99999999999999999", period=period))
        assert "999,999,999,999,999,999" in sentences(result, "ko")[0]


NAMES = st.sampled_from(["all", "mail", "메신저", "x y", "Chat", "日本"])
ROWS = st.fixed_dictionaries(
    {
        "provider": st.sampled_from(["acme", "라인", "acme+라인", "Z"]),
        "service": NAMES,
        "jurisdiction": st.sampled_from(["", "KR", "JP", "XK", "EU"]),
        "period": st.sampled_from(["2016", "2016H1", "2016H2", "2015", "2016Q3", "0001", "9999H1"]),
        "category": st.sampled_from(["", "영장", "search-and-seizure-warrant", "{value}"]),
        "metric": st.sampled_from(
            ["issued", "requested", "processed", "accounts", "compliance-percent", "accounts-per-processed"]
        ),
        "part": st.sampled_from(["", "authority=경찰", "authority=nis", "medium=전화;x=y", "odd"]),
        "value": st.one_of(
            st.sampled_from(
                ["", "-", "0", "10", "100", "120", "1000", "<10", "0-499", "83%", "0.83", "1,809", "-1"]
            ),
            st.integers(0, 10**6).map(str),
        ),
        "unit": st.sampled_from(["requests", "percent", "average", "accounts", "만 건"]),
        "kind": st.sampled_from(["news", "ministry", "company-report", "company-report-copy"]),
        "publisher": st.sampled_from(["한겨레", "A / B", "NHK (English)", "{source}", "조선일보"]),
        "source_date": st.sampled_from(["2016", "2016-08", "2016-08-04", "2019-01-01"]),
    }
)


@given(st.lists(ROWS, max_size=24))
def test_any_claims_are_compared_and_every_sentence_is_whole(rows: list[dict[str, str]]) -> None:
    result = compare([claim(**row) for row in rows])
    json.dumps(result.to_json())
    for figure in result.figures:
        for told in (*figure.conflicts, *figure.explanations):
            for language in ("en", "ko"):
                sentence = told.sentence("ko" if language == "ko" else "en")
                assert any(digit.isdigit() for digit in sentence)
                fields = sentence.replace("{value}", "").replace("{source}", "")
                assert "{" not in fields and "  " not in fields.replace("x y", "")
            assert "日本" in told.sentence("ko") or not BOTH.search(told.sentence("ko"))
