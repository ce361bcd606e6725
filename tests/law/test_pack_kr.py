"""The Korean pack as it stands: what every rule must have, and the law of 2016 against today's."""

import hashlib
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from itertools import pairwise

import pytest

from sagwan.law.citation import Citation, Label
from sagwan.law.errors import NotInForce, UnknownInstrument
from sagwan.law.library import builtin_pack, pack_bytes, pack_names
from sagwan.law.model import Binding, Opened, ProviderNotice, Who
from sagwan.law.pack import Pack

IN_2016 = date(2016, 3, 2)
TODAY = date(2026, 10, 10)
FOUR = [
    "search-and-seizure-warrant",
    "communication-restriction",
    "communication-confirmation",
    "subscriber-information",
]


def parts(value: object):
    """Every value inside a pack, however deep."""
    yield value
    if is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield from parts(getattr(value, each.name))
    elif isinstance(value, tuple):
        for each in value:
            yield from parts(each)


def hangul(text: str) -> bool:
    return any("가" <= character <= "힣" for character in text)


def test_library_has_the_pack_and_its_bytes():
    assert pack_names() == ("kr", "us")
    assert builtin_pack("kr").hash == hashlib.sha256(pack_bytes("kr")).hexdigest()


def test_every_label_is_korean_and_english(kr: Pack):
    labels = [part for part in parts(kr) if isinstance(part, Label)]
    assert len(labels) > 300
    for label in labels:
        assert hangul(label.ko), label
        assert label.en.strip() and not hangul(label.en), label


def test_every_citation_names_a_source_and_reads_in_both_languages(kr: Pack):
    sources = set(kr.source_names)
    citations = [part for part in parts(kr) if isinstance(part, Citation)]
    assert len(citations) > 150
    for citation in citations:
        assert citation.references
        assert {reference.source for reference in citation.references} <= sources


def test_every_rule_of_an_instrument_lies_within_its_days(kr: Pack):
    for instrument in kr.instruments:
        for each in fields(instrument):
            value = getattr(instrument, each.name)
            for rule in value if isinstance(value, tuple) else ():
                assert rule.since >= instrument.since, (instrument.slug, rule)


def test_in_2016_the_four_instruments_are_law_and_the_preservation_request_is_not(kr: Pack):
    assert [instrument.slug for instrument in kr.on(IN_2016).instruments] == FOUR
    assert [instrument.slug for instrument in kr.on(TODAY).instruments] == [*FOUR, "preservation-request"]


def test_no_rule_of_a_later_act_meets_2016(kr: Pack):
    law = kr.on(IN_2016)
    texts = [str(part) for part in parts(law) if isinstance(part, Citation)]
    assert texts
    for later in ("83-2", "215-2", "addenda", "13(8)", "13(4)", "2016hun-ma388", "2016do8137", "2016mo587"):
        assert not [text for text in texts if later in text], later
    roles = {party.role for instrument in law.instruments for party in instrument.issuers}
    assert not roles & {"cio-prosecutor", "special-prosecutor"}


def test_the_preservation_request_says_from_when(kr: Pack):
    kr.instrument_on("preservation-request", date(2026, 6, 30))
    with pytest.raises(NotInForce, match="from 2026-06-30 on"):
        kr.instrument_on("preservation-request", date(2026, 6, 29))


def test_unknown_instrument_names_those_there_are(kr: Pack):
    with pytest.raises(UnknownInstrument, match="search-and-seizure-warrant"):
        kr.instrument_on("subpoena", IN_2016)


def test_subscriber_data_changed_its_name_in_2024(kr: Pack):
    assert kr.instrument_on("subscriber-information", date(2023, 12, 31)).name.ko == "통신자료"
    assert kr.instrument_on("subscriber-information", date(2024, 1, 1)).name.ko == "통신이용자정보"


@pytest.mark.parametrize(
    ("day", "article"),
    [
        (date(2016, 3, 2), "pcsa 13(2)"),
        (date(2019, 12, 30), "pcsa 13(2)"),
        (date(2019, 12, 31), "pcsa 13(3)"),
        (date(2026, 10, 1), "pcsa 13(3)"),
        (date(2026, 10, 2), "pcsa 13(4)"),
    ],
)
def test_the_courts_permission_moved_twice(kr: Pack, day: date, article: str):
    court = next(
        p for p in kr.instrument_on("communication-confirmation", day).approvers if p.role == "court"
    )
    assert str(court.citation) == article
    emergency = kr.instrument_on("communication-confirmation", day).emergency
    assert emergency is not None and str(emergency.citation) == f"{article} proviso"
    basis = kr.instrument_on("communication-confirmation", day).basis
    assert article in {str(rule.citation) for rule in basis if not rule.issuers}


def test_the_providers_report_moved_with_the_reform(kr: Pack):
    def article(day: date) -> str:
        return str(next(r for r in kr.on(day).reports if r.slug == "confirmation-data").citation)

    assert article(date(2026, 10, 1)).startswith("pcsa 13(7);")
    assert article(date(2026, 10, 2)).startswith("pcsa 13(8);")


def test_who_is_told_of_subscriber_data(kr: Pack):
    before = kr.instrument_on("subscriber-information", date(2023, 12, 31)).notice
    after = kr.instrument_on("subscriber-information", date(2024, 1, 1)).notice
    assert [rule.who for rule in before] == [Who.NOBODY]
    assert [(rule.who, rule.days, len(rule.grounds)) for rule in after] == [(Who.AUTHORITY, 30, 5)]


def test_the_provider_never_tells_by_itself(kr: Pack):
    for instrument in kr.instruments:
        assert instrument.notice
        for rule in instrument.notice:
            assert rule.provider in (ProviderNotice.MUST_NOT, ProviderNotice.UNSETTLED)


def test_only_subscriber_data_is_voluntary_and_only_preservation_is_withheld(kr: Pack):
    on_day = {instrument.slug: instrument for instrument in kr.on(TODAY).instruments}
    voluntary = {slug for slug, i in on_day.items() if i.binding.binding is Binding.VOLUNTARY}
    assert voluntary == {"subscriber-information"}
    assert {slug for slug, i in on_day.items() if i.opened.how is not Opened.LINE} == {"preservation-request"}


def test_only_the_warrant_has_no_emergency_variant(kr: Pack):
    assert [i.slug for i in kr.on(TODAY).instruments if i.emergency is None] == ["search-and-seizure-warrant"]


def test_prosecutors_ask_for_warrants_until_the_reform_and_in_old_cases_for_ninety_days(kr: Pack):
    def conditions(day: date) -> list[bool]:
        issuers = kr.instrument_on("search-and-seizure-warrant", day).issuers
        return [party.condition is not None for party in issuers if party.role == "prosecutor"]

    assert conditions(date(2026, 10, 1)) == [False]
    assert conditions(date(2026, 10, 2)) == [True]
    assert conditions(date(2026, 12, 30)) == [True]
    assert conditions(date(2026, 12, 31)) == []


def test_a_reason_has_one_label_wherever_it_stands(kr: Pack):
    labels: dict[str, Label] = {}
    for reason in kr.reasons:
        assert labels.setdefault(reason.slug, reason.label) == reason.label


def test_names_of_roles_follow_the_day(kr: Pack):
    assert kr.role_name("senior-judge", date(2021, 2, 8)).ko == "고등법원 수석부장판사"
    assert kr.role_name("senior-judge", date(2021, 2, 9)).ko == "고등법원 수석판사"
    assert kr.role_name("nobody-known", IN_2016) == Label("nobody-known", "nobody-known")


def test_dated_tables_have_no_gap_by_accident(kr: Pack):
    """Where the same rule is stated anew, it begins the day after the old one ended."""
    for instrument in kr.instruments:
        for rules in (instrument.names, instrument.binding, instrument.emergency, instrument.notice):
            for before, after in pairwise(rules):
                assert before.until is not None
                assert after.since == before.until + timedelta(days=1)
