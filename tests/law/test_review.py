"""The check of a request: a clean one, and one for each thing that can be wrong with it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from sagwan.law.finding import Code, Severity
from sagwan.law.pack import Pack
from sagwan.law.review import review
from sagwan.record.request import Filing
from sagwan.record.vocabulary import DataCategory

IN_2016 = date(2016, 3, 3)
TODAY = date(2026, 10, 10)
WARRANT, RESTRICTION = "search-and-seizure-warrant", "communication-restriction"
CONFIRMATION, SUBSCRIBER = "communication-confirmation", "subscriber-information"
Make = Callable[..., Filing]
Found = list[tuple[Code, Severity]]


def found(filing: Filing, pack: Pack, on: date = IN_2016) -> Found:
    return [(finding.code, finding.severity) for finding in review(filing, pack, on)]


def codes(filing: Filing, pack: Pack, on: date = IN_2016) -> list[Code]:
    return [finding.code for finding in review(filing, pack, on)]


@pytest.mark.parametrize("instrument", [WARRANT, RESTRICTION, CONFIRMATION, SUBSCRIBER])
def test_a_clean_request_of_2016(kr: Pack, filing: Make, instrument: str):
    expected: Found = [(Code.VOLUNTARY, Severity.NOTES)] if instrument == SUBSCRIBER else []
    assert found(filing(instrument), kr) == expected


@pytest.mark.parametrize(
    ("instrument", "expected"),
    [
        # the original was not presented, and its validity is long over
        (WARRANT, [(Code.ITEM_MISSING, Severity.BLOCKS), (Code.EXPIRED, Severity.BLOCKS)]),
        # stored messages, which the ruling of October 2016 shut out
        (RESTRICTION, [(Code.ITEM_ILL_FORMED, Severity.BLOCKS)]),
        # a prosecutor, who since the reform may only ask in order to execute a sentence; and an old number
        (
            CONFIRMATION,
            [(Code.CITED_LAW_OF_ANOTHER_DAY, Severity.WARNS), (Code.ON_CONDITION, Severity.NOTES)],
        ),
        (SUBSCRIBER, [(Code.VOLUNTARY, Severity.NOTES)]),
    ],
)
def test_the_same_request_filed_today_meets_todays_law(
    kr: Pack, filing: Make, instrument: str, expected: Found
):
    assert found(filing(instrument), kr, TODAY) == expected


def test_another_jurisdiction(kr: Pack, filing: Make):
    assert codes(filing(WARRANT, jurisdiction="US"), kr) == [Code.OTHER_JURISDICTION]


def test_an_instrument_that_the_pack_does_not_know(kr: Pack, filing: Make):
    assert codes(replace(filing(WARRANT), instrument="subpoena"), kr) == [Code.UNKNOWN_INSTRUMENT]


def test_an_instrument_before_its_day_says_from_when(kr: Pack, filing: Make):
    (finding,) = review(replace(filing(WARRANT), instrument="preservation-request"), kr, IN_2016)
    assert finding.code is Code.NOT_IN_FORCE and finding.severity is Severity.BLOCKS
    assert "from 2026-06-30 on" in finding.sentence("en")
    assert "2026-06-30부터" in finding.sentence("ko")


@pytest.mark.parametrize(
    ("instrument", "category"),
    [
        (RESTRICTION, DataCategory.ACCESS),
        (CONFIRMATION, DataCategory.CONTENT),
        (CONFIRMATION, DataCategory.SUBSCRIBER),
        (SUBSCRIBER, DataCategory.TRAFFIC),
    ],
)
def test_data_that_the_instrument_does_not_cover(
    kr: Pack, filing: Make, instrument: str, category: DataCategory
):
    assert (Code.DATA_NOT_COVERED, Severity.BLOCKS) in found(filing(instrument, data=(category,)), kr)


def test_a_warrant_covers_every_category(kr: Pack, filing: Make):
    assert codes(filing(WARRANT, data=tuple(sorted(DataCategory))), kr) == []


def test_no_targets_and_no_accounts(kr: Pack, filing: Make):
    assert codes(filing(WARRANT, targets=(), accounts=0), kr) == [Code.NO_TARGETS, Code.NO_ACCOUNTS]


@pytest.mark.parametrize("instrument", [WARRANT, RESTRICTION, CONFIRMATION, SUBSCRIBER])
def test_each_required_item_left_out_is_missed(kr: Pack, filing: Make, instrument: str):
    clean = filing(instrument)
    items = {item.slug: item for item in kr.instrument_on(instrument, IN_2016).items}
    wanted = [slug for slug in clean.paper if items[slug].required]
    assert len(wanted) >= 7
    for slug in wanted:
        blocked = [
            f for f in review(filing(instrument, paper={slug: None}), kr, IN_2016) if f.severity == "blocks"
        ]
        assert [f.code for f in blocked] == [Code.ITEM_MISSING], slug
        assert items[slug].label.en in blocked[0].sentence("en")
        assert blocked[0].citation == items[slug].citation


def test_blanks_are_no_value(kr: Pack, filing: Make):
    assert codes(filing(WARRANT, paper={"offence": "  "}), kr) == [Code.ITEM_MISSING]


@pytest.mark.parametrize(
    ("instrument", "slug", "value"),
    [
        (WARRANT, "issued-on", "2016-02-30"),
        (WARRANT, "issued-on", "2 March 2016"),
        (WARRANT, "issued-on", "20160302"),
        (WARRANT, "creation-period", "2016-01-31/2016-01-01"),
        (WARRANT, "creation-period", "2016-01-01"),
        (WARRANT, "presented", "no"),
        (SUBSCRIBER, "items-asked", "name,ip-address"),
        (SUBSCRIBER, "items-asked", "name,name"),
        (RESTRICTION, "collection", "hourly"),
    ],
)
def test_an_ill_formed_item(kr: Pack, filing: Make, instrument: str, slug: str, value: str):
    findings = review(filing(instrument, paper={slug: value}), kr, IN_2016)
    blocked = [f for f in findings if f.severity is Severity.BLOCKS]
    assert [f.code for f in blocked] == [Code.ITEM_ILL_FORMED]
    assert value in blocked[0].sentence("ko")


def test_the_creation_period_is_wanted_only_for_communications(kr: Pack, filing: Make):
    without = filing(WARRANT, paper={"creation-period": None})
    assert codes(without, kr) == [Code.ITEM_MISSING]
    assert codes(replace(without, data=(DataCategory.SUBSCRIBER,)), kr) == []


def test_an_item_that_the_law_of_the_day_does_not_know(kr: Pack, filing: Make):
    assert found(filing(WARRANT, paper={"original-presented": "yes"}), kr) == [
        (Code.ITEM_UNKNOWN, Severity.WARNS)
    ]


def test_dates_against_the_day_of_receipt(kr: Pack, filing: Make):
    assert codes(filing(WARRANT, paper={"issued-on": "2016-03-04"}), kr) == [Code.DATED_LATER]
    assert codes(filing(WARRANT, paper={"issued-on": "2016-03-03"}), kr) == []
    assert codes(filing(WARRANT, paper={"valid-until": "2016-03-02"}), kr) == [Code.EXPIRED]
    assert codes(filing(WARRANT, paper={"valid-until": "2016-03-03"}), kr) == []


@pytest.mark.parametrize(
    ("approver", "period", "too_long"),
    [
        ("court", "2016-03-02/2016-05-01", False),
        ("court", "2016-03-02/2016-05-02", True),
        ("court", "2015-12-31/2016-02-29", False),  # two months from 31 December end with February
        ("court", "2015-12-31/2016-03-01", True),
        ("senior-judge", "2016-03-02/2016-07-01", False),
        ("senior-judge", "2016-03-02/2016-07-02", True),
    ],
)
def test_the_longest_interception(kr: Pack, filing: Make, approver: str, period: str, too_long: bool):
    request = filing(RESTRICTION, paper={"approver": approver, "period": period})
    assert (Code.PERIOD_TOO_LONG in codes(request, kr)) is too_long


@pytest.mark.parametrize(
    ("instrument", "slug", "role", "code"),
    [
        (WARRANT, "issuer", "intelligence-agency-head", Code.ISSUER_MAY_NOT),
        (WARRANT, "approver", "prosecutor", Code.APPROVER_MAY_NOT),
        (WARRANT, "issuer", "cio-prosecutor", Code.ISSUER_MAY_NOT),  # there was none in 2016
        (SUBSCRIBER, "issuer", "judicial-police", Code.ISSUER_MAY_NOT),
        (SUBSCRIBER, "approver", "judicial-police", Code.APPROVER_MAY_NOT),
        (CONFIRMATION, "issuer", "no-such-role", Code.ISSUER_MAY_NOT),
    ],
)
def test_a_party_that_may_not(kr: Pack, filing: Make, instrument: str, slug: str, role: str, code: Code):
    assert (code, Severity.BLOCKS) in found(filing(instrument, paper={slug: role}), kr)


def test_a_party_that_may_on_a_condition(kr: Pack, filing: Make):
    request = filing(RESTRICTION, paper={"issuer": "intelligence-agency-head", "approver": "president"})
    assert found(request, kr) == [(Code.ON_CONDITION, Severity.NOTES)]


def test_a_warrant_marked_as_an_emergency_is_judged_as_a_warrant(kr: Pack, filing: Make):
    assert found(filing(WARRANT, emergency=True), kr) == [(Code.NO_EMERGENCY_VARIANT, Severity.WARNS)]


def test_without_a_variant_an_emergency_needs_the_ordinary_papers(kr: Pack, filing: Make):
    restriction = replace(kr.instrument(RESTRICTION), emergency=())
    pack = replace(kr, instruments=(restriction,))
    urgent = filing(RESTRICTION, emergency=True, paper={"permit-cover": None})
    assert codes(urgent, pack) == [Code.ITEM_MISSING, Code.NO_EMERGENCY_VARIANT]
    assert codes(filing(RESTRICTION, emergency=True), pack) == [Code.NO_EMERGENCY_VARIANT]


EMERGENCY_PAPER: dict[str, dict[str, str | None]] = {
    RESTRICTION: {"permit-cover": None, "approver": None, "issued-on": None, "emergency-paper": "yes"},
    CONFIRMATION: {"permission-copy": None, "approver": None, "issued-on": None, "emergency-paper": "yes"},
    SUBSCRIBER: {
        "request-paper": None,
        "approver": None,
        "approver-name": None,
        "issued-on": None,
        "urgency": "납치",
    },
}


@pytest.mark.parametrize("instrument", list(EMERGENCY_PAPER))
def test_in_an_emergency_the_paper_may_follow_and_must(kr: Pack, filing: Make, instrument: str):
    urgent = filing(instrument, paper=EMERGENCY_PAPER[instrument], emergency=True)
    severities = [item for item in found(urgent, kr) if item[1] is not Severity.NOTES]
    assert severities == [(Code.PAPER_MUST_FOLLOW, Severity.WARNS)]
    follow_up = kr.instrument_on(instrument, IN_2016).emergency
    assert follow_up is not None
    there = replace(urgent, paper={**urgent.paper, follow_up.follow_up: "yes"})
    assert Code.PAPER_MUST_FOLLOW not in codes(there, kr)
    assert Code.ITEM_MISSING in codes(replace(urgent, emergency=False), kr)


@pytest.mark.parametrize(
    ("instrument", "quoted", "expected"),
    [
        (WARRANT, "형사소송법 제215조", None),
        (WARRANT, "「형사소송법」 제215조 제1항", Code.CITED_LAW_OF_ANOTHER_DAY),  # the police's is (2)
        (WARRANT, "cpa 215(2)", None),
        (WARRANT, "Criminal Procedure Act, Art. 215(2)", None),
        (WARRANT, "형사소송법 제200조", Code.CITED_LAW_WRONG),
        (WARRANT, "형사소송법 제215조의2", Code.CITED_LAW_WRONG),
        (WARRANT, "통신비밀보호법 제13조", Code.CITED_LAW_WRONG),
        (WARRANT, "관계 법령", Code.CITED_LAW_UNREADABLE),
        (CONFIRMATION, "통신비밀보호법 제13조제4항", Code.CITED_LAW_OF_ANOTHER_DAY),
        (CONFIRMATION, "통신비밀보호법 제13조제1항, 제2항", None),
        (CONFIRMATION, "통신비밀보호법 제13조제1항, 제83조", Code.CITED_LAW_WRONG),
        (SUBSCRIBER, "전기통신사업법 제54조", Code.CITED_LAW_WRONG),  # its number before 2010
    ],
)
def test_the_law_that_a_document_quotes(
    kr: Pack, filing: Make, instrument: str, quoted: str, expected: Code | None
):
    about = [code for code in codes(filing(instrument, paper={"cited-law": quoted}), kr) if "cited" in code]
    assert about == ([expected] if expected else [])


def test_a_quotation_of_another_day_names_todays_article(kr: Pack, filing: Make):
    request = filing(CONFIRMATION, paper={"cited-law": "통신비밀보호법 제13조제4항"})
    (finding,) = review(request, kr, IN_2016)
    assert "Art. 13(2)" in finding.sentence("en") and "from 2026-10-02 on" in finding.sentence("en")
    assert "제13조제2항" in finding.sentence("ko")


PRESERVATION_PAPER = {
    "issuer": "prosecutor",
    "request-paper": "yes",
    "reason": "증거 멸실 우려",
    "link": "피의자의 계정",
    "scope": "2026년 9월의 대화",
    "offence-grave-enough": "yes",
    "intended-instrument": "search-and-seizure-warrant",
    "first-request": "yes",
    "preservation-period": "2026-10-10/2026-12-08",
    "issued-on": "2026-10-10",
    "cited-law": "형사소송법 제215조의2제1항",
}


def test_the_preservation_request_of_2026(kr: Pack, filing: Make):
    clean = replace(filing(WARRANT), instrument="preservation-request", paper=PRESERVATION_PAPER)
    assert codes(clean, kr, TODAY) == []
    longer = replace(clean, paper=PRESERVATION_PAPER | {"preservation-period": "2026-10-10/2026-12-09"})
    assert codes(longer, kr, TODAY) == [Code.PERIOD_TOO_LONG]
    by_police = replace(clean, paper=PRESERVATION_PAPER | {"issuer": "judicial-police"})
    assert codes(by_police, kr, TODAY) == [Code.ISSUER_MAY_NOT]
    assert codes(replace(by_police, emergency=True), kr, TODAY) == [Code.PAPER_MUST_FOLLOW]


def test_findings_come_gravest_first_and_the_same_each_time(kr: Pack, filing: Make):
    bad = filing(SUBSCRIBER, targets=(), accounts=0, paper={"reason": None, "unheard-of": "x"})
    order = [finding.severity for finding in review(bad, kr, IN_2016)]
    assert order == sorted(order, key=[Severity.BLOCKS, Severity.WARNS, Severity.NOTES].index)
    assert len(set(order)) == 3
    assert review(bad, kr, IN_2016) == review(bad, kr, IN_2016)


def test_a_sentence_carries_its_citation(kr: Pack, filing: Make):
    (finding,) = review(filing(SUBSCRIBER), kr, IN_2016)
    assert finding.sentence("en").endswith("[Telecommunications Business Act, Art. 83(3)]")
    assert finding.sentence("ko").endswith("[전기통신사업법 제83조제3항]")
