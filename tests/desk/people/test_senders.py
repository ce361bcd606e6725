"""What is seen of a sender, each with its reason; and that none of it makes anyone confirmed."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagwan.desk.people.mailcheck import MailCheck, Verdict
from sagwan.desk.people.records import Contact
from sagwan.desk.people.sender_finding import Code, severity_of
from sagwan.desk.people.senders import FilingFacts, Known, findings
from sagwan.desk.people.standing import Call, Standing, reaches, standing
from sagwan.law.finding import Severity
from sagwan.law.library import builtin_pack
from sagwan.law.review import review
from sagwan.record.vocabulary import CallResult, Sender
from tests.desk.people.make import AUTHORITY, CONTACT, NOON, OFFICIAL, suspended
from tests.support.home import PAPER, filing

PASSED = MailCheck(dict.fromkeys(("spf", "dkim", "dmarc"), Verdict.PASS))
KNOWN = Known({"police.go.kr": "seoul-police"}, NOON - timedelta(days=400))
PORTAL = FilingFacts(NOON, signed_in=True)
MAIL = FilingFacts(NOON, from_address="hong@police.go.kr", mail_check=PASSED)


def seen(official=OFFICIAL, authority=AUTHORITY, facts=MAIL, known=KNOWN) -> set[str]:
    return {str(finding.code) for finding in findings(official, authority, facts, known)}


def stands(official=OFFICIAL, authority=AUTHORITY, facts=PORTAL, known=KNOWN, **more) -> Standing:
    return standing(official, authority, facts, known, NOON, **more).standing


def test_nothing_is_found_where_nothing_is_wrong() -> None:
    assert seen() == set() and seen(facts=PORTAL) == set()


CASES = {
    Code.AUTHORITY_UNKNOWN: {"authority": None},
    Code.AUTHORITY_SUSPENDED: {"authority": suspended(AUTHORITY)},
    Code.AUTHORITY_NOT_VETTED: {"authority": replace(AUTHORITY, vetted_until=None, vetted_at=None)},
    Code.VETTING_OVERDUE: {"authority": replace(AUTHORITY, vetted_until=NOON)},
    Code.OFFICIAL_UNKNOWN: {"official": None},
    Code.OFFICIAL_SUSPENDED: {"official": suspended(OFFICIAL)},
    Code.OFFICIAL_NOT_CONFIRMED: {"official": replace(OFFICIAL, confirmed_at=None)},
    Code.DETAILS_CHANGED: {"official": replace(OFFICIAL, changed_at=NOON)},
    Code.CHANGED_PHONE: {"facts": replace(MAIL, phone="010-1234-5678")},
    Code.OTHER_ADDRESS: {"facts": replace(MAIL, from_address="kim@police.go.kr")},
    Code.OTHER_DOMAIN: {"facts": replace(MAIL, from_address="hong@prosecution.example")},
    Code.FREE_MAIL: {"facts": replace(MAIL, from_address="police.hong@naver.com")},
    Code.NEW_DOMAIN: {
        "facts": replace(MAIL, from_address="hong@unheard.example"),
        "known": replace(KNOWN, first_seen=None),
    },
    Code.LOOK_ALIKE_DOMAIN: {"facts": replace(MAIL, from_address="hong@po1ice.go.kr")},
    Code.REPLY_ELSEWHERE: {"facts": replace(MAIL, reply_to="hong@proton.me")},
    Code.REPLY_TO_ANOTHER: {"facts": replace(MAIL, reply_to="kim@police.go.kr")},
    Code.RETURN_ELSEWHERE: {"facts": replace(MAIL, return_path="bounce@list.example")},
    Code.MAIL_NOT_CHECKED: {"facts": replace(MAIL, mail_check=None)},
    Code.MAIL_CHECK_FAILED: {"facts": replace(MAIL, mail_check=MailCheck({"dmarc": Verdict.FAIL}))},
    Code.MAIL_CHECK_BROKEN: {"facts": replace(MAIL, mail_check=MailCheck({"dkim": Verdict.ERROR}))},
    Code.MAIL_UNVOUCHED: {
        "facts": replace(MAIL, mail_check=MailCheck({"spf": Verdict.PASS}, {"spf": ("list.example",)}))
    },
    Code.EMERGENCY: {"facts": replace(MAIL, emergency=True)},
    Code.FIRST_OF_AUTHORITY: {"known": replace(KNOWN, first_of_authority=True)},
    Code.FIRST_OF_OFFICIAL: {"known": replace(KNOWN, first_of_official=True)},
    Code.ODD_HOURS: {"facts": replace(MAIL, received_at=NOON.replace(hour=3))},
}


@pytest.mark.parametrize("code", CASES)
def test_each_thing_is_seen_where_it_is(code: Code) -> None:
    assert code in seen(**CASES[code])


def test_every_code_is_tried_and_has_its_words() -> None:
    assert set(CASES) | {Code.WRONG_LAW} == set(Code)
    for code in Code:
        assert severity_of(str(code)) in Severity
    with pytest.raises(ValueError, match="nonsense"):
        severity_of("nonsense")


@pytest.mark.parametrize("code", CASES)
def test_each_says_what_it_saw_and_what_to_do_in_both_languages(code: Code) -> None:
    values = {"official": OFFICIAL, "authority": AUTHORITY, "facts": MAIL, "known": KNOWN} | CASES[code]
    finding = next(f for f in findings(*values.values()) if f.code is code)
    for lang in ("ko", "en"):
        assert "{" not in finding.sentence(lang) and finding.advice.text(lang).endswith(".")
    assert any("가" <= sign <= "힣" for sign in finding.sentence("ko"))
    assert not any("가" <= sign <= "힣" for sign in finding.sentence("en"))


def test_a_sentence_names_what_was_seen() -> None:
    found = findings(OFFICIAL, AUTHORITY, replace(MAIL, from_address="hong@роlice.go.kr"), KNOWN)
    like = next(f for f in found if f.code is Code.LOOK_ALIKE_DOMAIN)
    for lang in ("ko", "en"):
        assert all(
            word in like.sentence(lang) for word in ("роlice.go.kr", "xn--", "police.go.kr", "seoul-police")
        )


def test_the_gravest_comes_first() -> None:
    facts = replace(MAIL, received_at=NOON.replace(hour=3), from_address="hong@po1ice.go.kr", emergency=True)
    severities = [finding.severity for finding in findings(None, AUTHORITY, facts, KNOWN)]
    order = [Severity.BLOCKS, Severity.WARNS, Severity.NOTES]
    assert severities == sorted(severities, key=order.index) and len(set(severities)) == 3


def test_a_wrong_article_on_the_document_is_a_reason_to_doubt_the_sender() -> None:
    wrong = filing(paper=PAPER | {"cited-law": "형사소송법 제1조"})
    law = review(wrong, builtin_pack("kr"), date(2016, 3, 2))
    facts = replace(PORTAL, law_findings=law)
    assert Code.WRONG_LAW in seen(facts=facts)
    assert stands(facts=facts) is Standing.CONFIRMED  # the paper is doubtful, the person is not


@pytest.mark.parametrize(
    ("when", "odd"),
    [("07:00", False), ("06:59", True), ("19:59", False), ("20:00", True)],
)
def test_odd_hours_are_the_authoritys_own(when: str, odd: bool) -> None:
    hour, minute = map(int, when.split(":"))
    facts = replace(MAIL, sent_at=NOON.replace(hour=hour, minute=minute))
    assert (Code.ODD_HOURS in seen(facts=facts)) is odd
    abroad = replace(AUTHORITY, time_zone="America/New_York")
    assert Code.ODD_HOURS in seen(authority=abroad)  # noon in Seoul is late evening there
    assert Code.ODD_HOURS in seen(facts=replace(MAIL, sent_at=NOON + timedelta(days=3)))  # a Saturday


def test_a_domain_is_new_for_a_month() -> None:
    facts = replace(MAIL, from_address="hong@unheard.example")
    for days, new in ((29, True), (30, False)):
        known = replace(KNOWN, first_seen=NOON - timedelta(days=days))
        assert (Code.NEW_DOMAIN in seen(facts=facts, known=known)) is new


def test_a_signed_in_confirmed_official_of_a_vetted_authority_is_confirmed() -> None:
    result = standing(OFFICIAL, AUTHORITY, PORTAL, KNOWN, NOON)
    assert result.standing is Standing.CONFIRMED and result.sender is Sender.CONFIRMED


@pytest.mark.parametrize(
    "change",
    [
        {"facts": replace(PORTAL, signed_in=False)},
        {"official": None},
        {"official": replace(OFFICIAL, confirmed_at=None)},
        {"official": replace(OFFICIAL, changed_at=NOON)},
        {"official": replace(OFFICIAL, authority="another-police")},
        {"authority": None},
        {"authority": replace(AUTHORITY, vetted_at=None, vetted_until=None)},
        {"authority": replace(AUTHORITY, vetted_until=NOON)},
        {"facts": replace(PORTAL, phone="010-9999-8888")},
        {"facts": replace(PORTAL, from_address="hong@po1ice.go.kr")},
    ],
)
def test_one_thing_missing_and_they_are_not(change: dict) -> None:
    assert stands(**change) is Standing.UNCONFIRMED


@pytest.mark.parametrize("change", [{"official": suspended(OFFICIAL)}, {"authority": suspended(AUTHORITY)}])
def test_who_is_suspended_is_blocked_whatever_else_holds(change: dict) -> None:
    call = Call(CONTACT.phone, CallResult.CONFIRMED)
    assert stands(**change, call=call) is Standing.BLOCKED


def test_a_call_to_the_independent_contact_confirms_a_letter() -> None:
    call = Call("02) 700-0000", CallResult.CONFIRMED)
    for facts in (FilingFacts(NOON), replace(MAIL, emergency=True)):
        assert stands(None, facts=facts, call=call) is Standing.CONFIRMED


@pytest.mark.parametrize(
    ("contacted", "result", "expected"),
    [
        ("02-700-1234", "confirmed", Standing.UNCONFIRMED),  # the number that the sender gave
        ("hong@police.go.kr", "confirmed", Standing.UNCONFIRMED),
        ("desk@police.go.kr", "confirmed", Standing.CONFIRMED),
        ("+82 2 700 0000", "no-answer", Standing.UNCONFIRMED),
        ("+82 2 700 0000", "denied", Standing.BLOCKED),
    ],
)
def test_only_the_independent_contacts_yes_counts(contacted: str, result: str, expected: Standing) -> None:
    assert stands(None, facts=MAIL, call=Call(contacted, CallResult(result))) is expected


def test_a_contact_without_a_number_is_reached_by_nothing() -> None:
    assert not reaches(Contact(), "") and not reaches(Contact(mail="a@b.example"), "")


@given(st.sampled_from(sorted(CASES)), st.booleans(), st.booleans(), st.booleans())
def test_mail_alone_never_confirms(code: Code, emergency: bool, official: bool, authority: bool) -> None:
    """A stolen mailbox passes every check there is."""
    values = {"official": OFFICIAL, "authority": AUTHORITY, "facts": MAIL, "known": KNOWN} | CASES[code]
    facts = replace(values["facts"], emergency=emergency)
    known = replace(values["known"], first_of_official=official, first_of_authority=authority)
    assert stands(values["official"], values["authority"], facts, known) is not Standing.CONFIRMED


def test_whatever_holds_without_sign_in_or_call_nobody_is_confirmed() -> None:
    people = (OFFICIAL, None, replace(OFFICIAL, changed_at=NOON))
    offices = (AUTHORITY, None, suspended(AUTHORITY))
    calls = (None, Call(CONTACT.phone, CallResult.NO_ANSWER), Call("02-1", CallResult.CONFIRMED))
    for person, office, call, facts in product(people, offices, calls, (MAIL, FilingFacts(NOON))):
        assert stands(person, office, facts, call=call) is not Standing.CONFIRMED


def test_the_codes_that_a_request_keeps() -> None:
    facts = replace(MAIL, from_address="hong@po1ice.go.kr", reply_to="x@proton.me", emergency=True)
    result = standing(OFFICIAL, AUTHORITY, facts, KNOWN, NOON)
    assert set(result.blocking) == {"look-alike-domain", "reply-elsewhere"} <= set(result.codes)
    assert "emergency" in result.codes and result.sender is Sender.UNCONFIRMED
    assert len(result.codes) == len(set(result.codes))
