"""The check of a sender in a real home: what it knows of them is counted from its own records."""

from dataclasses import asdict
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from sagwan.desk.casework.actions import Step, execute
from sagwan.desk.people import authorities, queries, reputation
from sagwan.desk.people.check import check_applicant, check_sender, own_mail_check
from sagwan.desk.people.senders import FilingFacts
from sagwan.desk.people.sightings import remember_domain
from sagwan.desk.people.standing import Standing
from sagwan.desk.setup import Desk
from sagwan.record import commands as ask
from sagwan.record.events import Decision
from sagwan.record.vocabulary import CallResult, Outcome
from tests.desk.people.make import NOON, called, invited, vetted
from tests.support.home import START, filing, live, receive

MAIL = FilingFacts(NOON, from_address="o-1@police.go.kr")


def codes(desk: Desk, facts: FilingFacts = MAIL, **more: str) -> set[str]:
    return set(check_sender(desk, facts, at=NOON, **more).codes)


def test_first_requests_are_told_from_later_ones(office: Desk) -> None:
    vetted(office)
    invited(office)
    assert {"first-of-official", "first-of-authority"} <= codes(office, official="o-1")
    number = receive(office, filing("2016-1", officials=("가상 홍길동",)))[0].request
    assert {"first-of-official", "first-of-authority"} <= codes(office, official="o-1", request=number)
    assert not {"first-of-official", "first-of-authority"} & codes(office, official="o-1")
    assert "first-of-authority" not in codes(office, authority="seoul-police")
    live(office, "2016-2")
    vetted(office, "busan-police", "busan.go.kr", ko="가상부산경찰서")
    assert "first-of-authority" in codes(office, authority="busan-police")


def test_the_check_asks_the_database_no_more_often_with_a_longer_past(office: Desk) -> None:
    vetted(office)
    invited(office)
    counts = []
    for size in (1, 20):
        receive(office, *(filing(f"{size}-{n}", officials=("가상 홍길동",)) for n in range(size)))
        with CaptureQueriesContext(connection) as asked:
            codes(office, official="o-1")
            reputation.of_authority(office, queries.authority("seoul-police"))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_namesake_at_another_authority_is_another_official(office: Desk) -> None:
    vetted(office)
    invited(office)
    receive(office, filing("2016-1", officials=("가상 홍길동",), authority="가상부산경찰서"))
    assert reputation.of_official(office, queries.official("o-1")).requests == 0


def test_a_domain_is_new_until_it_was_seen_for_a_month(office: Desk) -> None:
    facts = FilingFacts(NOON, from_address="hong@unheard.example")
    assert "new-domain" in codes(office, facts)
    remember_domain(office, domain="unheard.example", actor="kim", at=NOON - timedelta(days=31))
    assert "new-domain" not in codes(office, facts)


def test_look_alikes_are_compared_with_all_vetted_domains_also_of_suspended_authorities(office: Desk) -> None:
    vetted(office)
    vetted(office, "busan-police", "busan.go.kr", ko="가상부산경찰서")
    authorities.suspend_authority(office, slug="busan-police", reason="x", actor="kim", at=START)
    for address in ("a@busan-go-kr.com", "a@po1ice.go.kr"):
        result = check_sender(
            office, FilingFacts(NOON, from_address=address), authority="seoul-police", at=NOON
        )
        assert "look-alike-domain" in result.blocking and result.standing is Standing.UNCONFIRMED


def test_confirmed_in_the_portal_and_not_any_more_once_the_authority_is_suspended(office: Desk) -> None:
    vetted(office)
    invited(office)
    called(office)
    portal = FilingFacts(NOON, signed_in=True)
    assert check_sender(office, portal, official="o-1", at=NOON).standing is Standing.CONFIRMED
    assert check_sender(office, MAIL, official="o-1", at=NOON).standing is Standing.UNCONFIRMED
    authorities.suspend_authority(office, slug="seoul-police", reason="x", actor="kim", at=START)
    assert check_sender(office, portal, official="o-1", at=NOON).standing is Standing.BLOCKED


def test_only_the_configured_servers_word_on_a_mail_is_taken(make_desk) -> None:
    desk = make_desk(mail_authserv_id="mx.kakao.example")
    headers = ["mx.evil.example; dmarc=pass", "MX.kakao.example; dmarc=fail"]
    check = own_mail_check(desk, headers)
    assert check is not None and check.failed == ("dmarc",)


def test_the_reputation_counts_what_this_home_has_seen(office: Desk) -> None:
    vetted(office)
    invited(office)
    called(office, result="no-answer")
    first, second, third = (
        done.request
        for done in receive(office, *(filing(f"2016-{n}", officials=("가상 홍길동",)) for n in range(3)))
    )
    receive(office, filing("2016-9", authority="가상부산경찰서"))
    at = START + timedelta(hours=1)
    refuse = Decision(Outcome.REFUSED, "document-defective")
    execute(
        office,
        [
            Step(first, ask.StartReview(), "kim", at),
            Step(first, ask.Propose(refuse), "kim", at),
            Step(first, ask.Approve(), "lee", at),
            Step(first, ask.Resolve(), "kim", at),
            Step(second, ask.CallBack(CallResult.DENIED, "02-700-0000", "directory"), "kim", at),
            Step(second, ask.SuspectForgery("the seal is a copy"), "kim", at),
            Step(third, ask.CallBack(CallResult.CONFIRMED, "02-700-0000", "directory"), "kim", at),
        ],
    )
    expected = {"requests": 3, "refused": 1, "suspected": 1, "failed_calls": 2}
    assert asdict(reputation.of_authority(office, queries.authority("seoul-police"))) == expected
    assert asdict(reputation.of_official(office, queries.official("o-1"))) == expected


def test_what_is_seen_about_an_applicants_address(office: Desk) -> None:
    vetted(office)

    def of(address: str, **more: str) -> list[str]:
        return [str(finding.code) for finding in check_applicant(office, address, at=NOON, **more)]

    assert of("lee@police.go.kr") == [] == of("lee@police.go.kr", authority="seoul-police")
    assert of("lee@police-kr.com") == ["look-alike-domain", "new-domain"]
    assert "other-domain" in of("lee@court.example", authority="seoul-police")
    assert "free-mail" in of("police@naver.com")
