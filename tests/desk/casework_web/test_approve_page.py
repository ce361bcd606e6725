"""The second pair of eyes in the browser: what is seen, who may, what a page from before does."""

from collections.abc import Callable

import pytest

from sagwan.desk.casework.actions import Step, execute
from sagwan.desk.casework.models import Case
from sagwan.desk.casework.queries import story
from sagwan.desk.clock import now
from sagwan.desk.setup import current
from sagwan.record import commands as ask
from sagwan.record.disposition import Disposition
from sagwan.record.events import Correction, Decision, FollowUp
from sagwan.record.request import Target
from sagwan.record.state import Stage
from sagwan.record.vocabulary import Grant, Mark, Outcome, Sender
from tests.desk.casework.make import lacking, receive, work
from tests.support.home import CONTENT, START, complied, filing
from tests.support.people import Visitor


def state_of(number: str):
    return story(current(), number).progress.state


def proposed(by: str = "kim", **sender: object) -> str:
    """A warrant about three accounts, of whom one is granted, one refused, one not there."""
    one = filing("2016-three", accounts=3)
    number = receive(current(), one, **sender)
    a, b, c = one.targets
    parts = (
        Disposition(Grant.DISCLOSE, CONTENT, (a,)),
        Disposition(Grant.REFUSE, CONTENT, (b,), "scope-narrowed"),
        Disposition(Grant.NO_DATA, CONTENT, (c,), "retention-expired"),
    )
    decision = Decision(Outcome.PARTIAL, "scope-narrowed", CONTENT, 1, (Mark.NARROWED,))
    propose = ask.Propose(decision, "Only the first is tied to it.", dispositions=parts)
    work(current(), number, ("kim", ask.StartReview()), (by, propose))
    return number


def approve(visitor: Visitor, number: str, seq: int = 3, do: str = "approve", note: str = ""):
    return visitor.post(f"/request/{number}/approve/", {"seq": seq, "do": do, "note": note})


def test_the_approver_sees_what_goes_out_and_what_does_not(visitor: Callable[..., Visitor]) -> None:
    number, lee = proposed(), visitor("lee")
    page = lee.get(f"/request/{number}/approve/").content.decode()
    for said in (
        "1 of 3 asked for", "Only the first is tied to it.", "Proposed by kim", 
        "narrowed before it was answered",
        "handed over in a narrower scope", "the data were kept no longer", "2016-three-2",
    ):  # fmt: skip
        assert said in page, said
    rest = lee.get(f"/request/{number}/approve/?show=rest").content.decode()
    assert "2016-three-1" in rest and "2016-three-0<" not in rest
    assert approve(lee, number, note="Seen.")["Location"] == f"/request/{number}/"
    state = state_of(number)
    assert state.stage is Stage.APPROVED and state.decision and state.decision.accounts == 1
    seen = visitor("choi").get(f"/request/{number}/decision/").content.decode()
    assert "Approved by lee" in seen and "Seen." in seen


def test_who_proposed_sees_no_button_and_no_door_opens(visitor: Callable[..., Visitor]) -> None:
    number, park = proposed(by="park"), visitor("park")
    page = park.get(f"/request/{number}/approve/").content.decode()
    assert "you cannot approve it" in page and 'value="approve"' not in page and 'name="note"' not in page
    for address in (f"/request/{number}/", f"/request/{number}/decision/"):
        assert f"/request/{number}/approve/" not in park.get(address).content.decode()
    answer = approve(park, number)
    assert answer.status_code == 200 and "cannot approve it" in answer.content.decode()
    assert state_of(number).stage is Stage.DECISION_PROPOSED
    assert approve(visitor("lee"), number).status_code == 302


@pytest.mark.parametrize("name", ["yoon", "seo", "choi", "hong", "park-official"])
def test_nobody_but_an_approver_comes_in(name: str, visitor: Callable[..., Visitor]) -> None:
    number, who = proposed(), visitor(name)
    assert who.get(f"/request/{number}/approve/").status_code == 403
    assert approve(who, number).status_code == 403
    assert state_of(number).stage is Stage.DECISION_PROPOSED


def test_the_second_factor_is_shown_once_more(visitor: Callable[..., Visitor]) -> None:
    number, lee = proposed(), visitor("lee")
    lee.forget_freshness()
    for answer in (lee.get(f"/request/{number}/approve/"), approve(lee, number)):
        assert answer["Location"].startswith("/again/code/?next=")
    assert state_of(number).stage is Stage.DECISION_PROPOSED


def test_sending_back_takes_a_reason(visitor: Callable[..., Visitor]) -> None:
    number, lee = proposed(), visitor("lee")
    page = approve(lee, number, do="send-back").content.decode()
    assert "reason for sending back is empty" in page
    assert approve(lee, number, do="send-back", note="Ask for the offence first.").status_code == 302
    assert state_of(number).stage is Stage.UNDER_REVIEW
    assert "Ask for the offence first." in lee.get(f"/request/{number}/").content.decode()


def test_a_page_from_before_approves_nothing(visitor: Callable[..., Visitor]) -> None:
    number, lee = proposed(), visitor("lee")
    steps = (ask.SendBack("Mistake."), ask.Propose(Decision(Outcome.COMPLIED, "", CONTENT, 3)))
    execute(current(), [Step(number, command, "kim", now()) for command in steps])
    page = approve(lee, number, note="My careful words").content.decode()
    assert "Mistake." in page and "My careful words" in page and 'name="seq" value="5"' in page
    assert state_of(number).stage is Stage.DECISION_PROPOSED
    execute(current(), [Step(number, ask.SendBack("Again."), "kim", now())])
    gone = approve(lee, number, seq=5)
    assert "Again." in gone.content.decode() and 'value="approve"' not in gone.content.decode()
    assert lee.get(f"/request/{number}/approve/")["Location"] == f"/request/{number}/"


def test_what_stands_against_it_is_shown_with_the_way_to_clear_it(visitor: Callable[..., Visitor]) -> None:
    number, lee = proposed(sender=Sender.UNCONFIRMED), visitor("lee")
    page = lee.get(f"/request/{number}/approve/").content.decode()
    assert "The sender is not confirmed." in page and f"/request/{number}/call-back/" in page
    assert 'value="approve"' not in page and 'value="send-back"' in page
    assert "the sender is not confirmed" in approve(lee, number).content.decode()
    assert state_of(number).stage is Stage.DECISION_PROPOSED


def test_a_refusal_is_approved_though_findings_are_open(visitor: Callable[..., Visitor]) -> None:
    number = receive(current(), lacking())
    refuse = ask.Propose(Decision(Outcome.REFUSED, "document-defective"))
    work(current(), number, ("kim", ask.StartReview()), ("kim", refuse))
    lee = visitor("lee")
    assert 'value="approve"' in lee.get(f"/request/{number}/approve/").content.decode()
    assert approve(lee, number).status_code == 302
    assert Case.objects.get(number=number).stage == "approved"


def test_follow_ups_and_corrections_are_approved_too(visitor: Callable[..., Visitor]) -> None:
    one = filing("2016-later")
    number = receive(current(), one)
    execute(current(), complied(number, one.targets, START))
    lee, later = visitor("lee"), (Target("account", "named-later"),)
    execute(current(), [Step(number, ask.Propose(FollowUp(CONTENT, 1), targets=later), "kim", START)])
    page = lee.get(f"/request/{number}/approve/").content.decode()
    assert "named-later" in page and "Follow-up" in lee.get(f"/request/{number}/decision/").content.decode()
    assert approve(lee, number, seq=state_seq(number)).status_code == 302
    wrong = Correction(1, Outcome.PARTIAL, "scope-narrowed", CONTENT, 1)
    execute(current(), [Step(number, ask.Propose(wrong), "kim", now())])
    page = lee.get(f"/request/{number}/approve/").content.decode()
    assert "complied in full → complied in part" in page and "2 → 1" in page


def state_seq(number: str) -> int:
    return Case.objects.get(number=number).seq


def test_the_queue_leads_each_to_their_next_step(visitor: Callable[..., Visitor]) -> None:
    fresh, waits = receive(current(), filing("2016-fresh")), proposed(by="park")
    for name, decides, approves in (
        ("seo", True, False), ("lee", False, True), ("park", True, False), ("choi", False, False),
    ):  # fmt: skip
        page = visitor(name).get("/queue/").content.decode()
        assert (f"/request/{fresh}/decide/" in page) is decides, name
        assert (f"/request/{waits}/approve/" in page) is approves, name
        assert f"/request/{waits}/decide/" not in page
