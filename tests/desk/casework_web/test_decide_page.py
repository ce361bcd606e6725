"""Putting a decision together in the browser: many at once, one by one, the days, the proposal."""

from collections.abc import Callable
from datetime import date
from urllib.parse import urlsplit

import pytest

from sagwan.desk.casework import deciding_drafts, packs
from sagwan.desk.casework.actions import Step, execute
from sagwan.desk.casework.models import Case, DecisionDraft
from sagwan.desk.casework.queries import story
from sagwan.desk.clock import now
from sagwan.desk.journal.models import Event
from sagwan.desk.setup import current
from sagwan.law.library import pack_bytes
from sagwan.record import commands as ask
from sagwan.record.events import Decision
from sagwan.record.request import Target
from sagwan.record.state import Stage
from sagwan.record.vocabulary import DataCategory, FindingAnswer, Mark, Outcome, Sender
from tests.desk.casework.make import EMERGENCY_PAPER, TODAY, emergency, preservation, receive, work
from tests.support.home import CONTENT, START, filing
from tests.support.people import Visitor

BOTH = (DataCategory.ACCESS, DataCategory.CONTENT)
ALL_DATA = ["access", "content"]


def state_of(number: str):
    return story(current(), number).progress.state


def big(accounts: int = 145) -> str:
    """A warrant about many accounts' access records and content."""
    return receive(current(), filing("2016-145", accounts=accounts, data=BOTH))


def say(visitor: Visitor, number: str, revision: int, answer: str, **changes: object):
    """Answer for many targets at once."""
    values = {"do": "many", "which": "open", "data": ALL_DATA, "answer": answer, "revision": revision}
    return visitor.post(f"/request/{number}/decide/", values | changes)


def send(visitor: Visitor, number: str, seq: int, revision: int, **changes: object):
    values = {"seq": seq, "revision": revision, "reason": "scope-narrowed", "note": ""}
    return visitor.post(f"/request/{number}/decide/propose/", values | changes)


def test_a_pasted_list_narrows_145_targets(visitor: Callable[..., Visitor]) -> None:
    number, seo = big(), visitor("seo")
    granted = "\n".join(["2016-145-3", "account:2016-145-7", "", "# a remark", "2016-145-7"])
    assert say(seo, number, 0, "disclose", which="list", listed=granted).status_code == 302
    assert say(seo, number, 1, "refuse:scope-narrowed", why="No tie to the offence.").status_code == 302
    page = seo.get(f"/request/{number}/decide/").content.decode()
    assert "143 targets" in page and "No tie to the offence." in page
    look = seo.get(f"/request/{number}/decide/propose/").content.decode()
    assert "2 of 145 asked for" in look and "refuse – handed over in a narrower scope: No tie" in look
    assert send(seo, number, 1, 2, note="Look at the offence.")["Location"] == f"/request/{number}/"
    state = state_of(number)
    assert state.stage is Stage.DECISION_PROPOSED and state.proposed_by == "seo"
    assert state.pending == Decision(Outcome.PARTIAL, "scope-narrowed", BOTH, 2, (Mark.NARROWED,))
    assert sum(len(each.targets) for each in state.dispositions) == 145
    assert not DecisionDraft.objects.exists()


def test_a_line_that_names_no_target_stops_all_of_it(visitor: Callable[..., Visitor]) -> None:
    number, seo = big(), visitor("seo")
    page = say(seo, number, 0, "disclose", which="list", listed="2016-145-3\nsomebody@else.example")
    assert "somebody@else.example" in page.content.decode() and page.status_code == 200
    assert "name no target of this request (1)" in page.content.decode()
    assert not DecisionDraft.objects.exists()
    nothing = say(seo, number, 0, "disclose", which="list", listed=" \n# none").content.decode()
    assert "Paste the targets that are meant." in nothing


def test_a_half_made_decision_waits_and_lies_encrypted(visitor: Callable[..., Visitor]) -> None:
    number, seo, kim = big(3), visitor("seo"), visitor("kim")
    say(seo, number, 0, "refuse:scope-narrowed", data=["content"], why="Private words.")
    row = DecisionDraft.objects.get(number=number)
    assert b"Private words" not in bytes(row.sealed) and b"scope-narrowed" not in bytes(row.sealed)
    page = kim.get(f"/request/{number}/decide/").content.decode()
    assert "Private words." in page and "Kept as seo left it" in page
    assert "Go on deciding" in kim.get(f"/request/{number}/").content.decode()
    assert kim.post(f"/request/{number}/decide/discard/").status_code == 302
    assert not DecisionDraft.objects.exists() and Case.objects.get(number=number).seq == 1


def test_two_who_decide_at_once_do_not_undo_each_other(visitor: Callable[..., Visitor]) -> None:
    number, seo, kim = big(3), visitor("seo"), visitor("kim")
    say(seo, number, 0, "disclose")
    answer = say(kim, number, 0, "refuse:document-defective", which="all", why="My careful words")
    page = answer.content.decode()
    assert "seo changed this decision meanwhile" in page and "My careful words" in page
    draft = deciding_drafts.opened(current(), story(current(), number))
    assert draft.revision == 1 and [str(reply.grant) for reply in draft.sheet.replies] == ["disclose"]
    assert say(kim, number, 1, "refuse:document-defective", which="all").status_code == 302


def test_the_reason_is_of_the_packs_closed_list(visitor: Callable[..., Visitor]) -> None:
    number, seo = big(3), visitor("seo")
    for wrong in ("refuse:mood", "refuse:suspected-forgery", "no-data:scope-wide", "disclose:scope-narrowed"):
        assert "not one of the available choices" in say(seo, number, 0, wrong).content.decode(), wrong
    assert not DecisionDraft.objects.exists()
    page = seo.get(f"/request/{number}/decide/").content.decode()
    assert "the document is defective" in page and "Criminal Procedure Act, Art. 118" in page
    say(seo, number, 0, "refuse:document-defective")
    assert "Select a valid choice" in send(seo, number, 1, 1, reason="retention-expired").content.decode()
    assert Case.objects.get(number=number).seq == 1
    assert send(seo, number, 1, 1, reason="document-defective").status_code == 302
    assert state_of(number).pending == Decision(Outcome.REFUSED, "document-defective")


def test_a_reason_for_a_part_cannot_refuse_the_whole(visitor: Callable[..., Visitor]) -> None:
    number, seo = big(3), visitor("seo")
    say(seo, number, 0, "refuse:scope-narrowed")
    page = seo.get(f"/request/{number}/decide/").content.decode()
    assert "a reason for a part only" in page and "decide/propose" not in page
    assert seo.get(f"/request/{number}/decide/propose/")["Location"] == f"/request/{number}/decide/"


def test_ticked_targets_are_decided_one_by_one(visitor: Callable[..., Visitor]) -> None:
    number, seo = big(250), visitor("seo")
    say(seo, number, 0, "disclose")
    address = f"/request/{number}/decide/targets/?show=all&page=5"
    page = seo.get(address).content.decode()
    assert "2016-145-249" in page and "2016-145-199<" not in page
    values = {"do": "some", "place": ["201", "249"], "data": ["content"], "revision": 1}
    answer = seo.post(address, values | {"answer": "no-data:retention-expired", "why": ""})
    assert answer.status_code == 302 and answer["Location"] == address
    rest = seo.get(f"/request/{number}/decide/targets/?show=rest").content.decode()
    assert rest.count("the data were kept no longer</span>") == 2 and "2016-145-201" in rest
    for odd in ({"place": ["250"]}, {"place": []}, {"place": ["-1"]}, {"place": ["x" * 9]}):
        page = seo.post(address, values | {"answer": "disclose", "revision": 2} | odd)
        assert page.status_code == 200 and "This cannot be taken so" in page.content.decode()
    assert DecisionDraft.objects.get(number=number).revision == 2


def test_all_of_a_kind_are_decided_at_once(visitor: Callable[..., Visitor]) -> None:
    targets = (
        Target("account", "a"),
        Target("phone", "+82 10 0000 0001"),
        Target("phone", "+82 10 0000 0002"),
    )
    number = receive(current(), filing("2016-kinds", accounts=3, targets=targets))
    seo = visitor("seo")
    only = {"data": ["content"]}
    say(seo, number, 0, "no-data:no-such-account", which="kind:phone", **only)
    say(seo, number, 1, "disclose", **only)
    send(seo, number, 1, 2, reason="partly-unidentified")
    assert state_of(number).pending == Decision(Outcome.PARTIAL, "partly-unidentified", CONTENT, 1)


def test_fewer_days_than_asked_are_granted_and_it_is_partial(visitor: Callable[..., Visitor]) -> None:
    number, seo = big(2), visitor("seo")
    say(seo, number, 0, "disclose")
    address = f"/request/{number}/decide/"
    days = {"do": "days", "revision": 1, "first": "2016-01-10", "last": "2016-01-20"}
    beyond = seo.post(address, days | {"last": "2016-02-20"}).content.decode()
    assert "These days go beyond what was asked for." in beyond
    assert "has a first and a last day" in seo.post(address, days | {"last": ""}).content.decode()
    assert seo.post(address, days).status_code == 302
    assert "10 January 2016 to 20 January 2016" in seo.get(address).content.decode()
    send(seo, number, 1, 2)
    state = state_of(number)
    assert state.period == (date(2016, 1, 10), date(2016, 1, 20))
    assert state.pending == Decision(Outcome.PARTIAL, "scope-narrowed", BOTH, 2, (Mark.NARROWED,))


def test_a_form_from_before_proposes_nothing(visitor: Callable[..., Visitor]) -> None:
    number, seo = big(2), visitor("seo")
    say(seo, number, 0, "disclose")
    execute(current(), [Step(number, ask.AddNote("Kim was here first"), "kim", START)])
    values = {"seq": 1, "revision": 1, "note": "My careful note"}
    page = seo.post(f"/request/{number}/decide/propose/", values).content.decode()
    assert "Kim was here first" in page and "My careful note" in page
    assert DecisionDraft.objects.count() == 1 and Case.objects.get(number=number).seq == 2
    stale = seo.post(f"/request/{number}/decide/propose/", values | {"seq": 2, "revision": 0})
    assert "was changed while this page was open" in stale.content.decode()
    assert seo.post(f"/request/{number}/decide/propose/", values | {"seq": 2}).status_code == 302
    assert state_of(number).pending == Decision(Outcome.COMPLIED, "", BOTH, 2)


def test_something_to_ask_stops_the_proposal_and_is_kept(visitor: Callable[..., Visitor]) -> None:
    number, seo = big(3), visitor("seo")
    values = {"do": "some", "place": ["1"], "data": ALL_DATA, "answer": "ask", "why": "", "revision": 0}
    seo.post(f"/request/{number}/decide/targets/", values)
    say(seo, number, 1, "disclose")
    assert "decide/propose" not in seo.get(f"/request/{number}/decide/").content.decode()
    assert seo.get(f"/request/{number}/decide/propose/").status_code == 302
    assert "account 2016-145-1</textarea>" in seo.get(f"/request/{number}/decide/ask/").content.decode()
    asked = {"seq": 1, "text": "Which one is meant?\naccount 2016-145-1"}
    assert seo.post(f"/request/{number}/decide/ask/", asked).status_code == 302
    assert state_of(number).stage is Stage.CLARIFICATION_ASKED
    execute(current(), [Step(number, ask.AnswerClarification("This one."), "kim", now())])
    say(seo, number, 2, "disclose", which="all")
    assert send(seo, number, 4, 3).status_code == 302


def test_in_an_emergency_only_what_the_pack_allows_goes_out_first(
    visitor: Callable[..., Visitor], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packs, "pack_bytes", lambda slug: narrow_pack())
    paper = {**EMERGENCY_PAPER, "scope": "통화 내역"}
    one = filing(
        "긴급-9", instrument="communication-confirmation", paper=paper, emergency=True,
        data=(DataCategory.ACCESS, DataCategory.TRAFFIC),
    )  # fmt: skip
    number = receive(current(), one, at=TODAY, sender=Sender.UNCONFIRMED)
    seo = visitor("seo")
    page = seo.get(f"/request/{number}/decide/").content.decode()
    assert "The sender is not confirmed." in page and f"/request/{number}/call-back/" in page
    assert "traffic records may go out only after this came" in page
    refused = say(seo, number, 0, "disclose", data=["access", "traffic"]).content.decode()
    assert "In an emergency traffic records may go out only after" in refused
    assert not DecisionDraft.objects.exists()
    assert say(seo, number, 0, "disclose", data=["access"]).status_code == 302


def narrow_pack() -> bytes:
    """Korea's law pack, were it to give out access records alone before the permission comes."""
    rule = b'follow_up = "permission-copy"\ncitation = "pcsa 13(4) proviso"\n'
    text = pack_bytes("kr")
    assert text.count(rule) == 1
    return text.replace(rule, rule + b'data = ["access"]\n')


def test_an_emergency_says_which_paper_must_follow(visitor: Callable[..., Visitor]) -> None:
    number = receive(current(), emergency(), at=TODAY)
    assert "this must follow:" in visitor("seo").get(f"/request/{number}/decide/").content.decode()


def test_a_preservation_keeps_and_hands_nothing_over(visitor: Callable[..., Visitor]) -> None:
    number, seo = receive(current(), preservation(), at=TODAY), visitor("seo")
    page = seo.get(f"/request/{number}/decide/").content.decode()
    assert ">keep</option>" in page and "Of which days" not in page
    say(seo, number, 0, "disclose", data=["content"])
    assert (
        seo.post(f"/request/{number}/decide/propose/", {"seq": 1, "revision": 1, "note": ""}).status_code
        == 302
    )
    assert state_of(number).pending == Decision(Outcome.COMPLIED, "", CONTENT, 0)


def test_a_suspected_request_is_refused_as_such_and_in_no_other_way(visitor: Callable[..., Visitor]) -> None:
    number, seo = big(2), visitor("seo")
    work(current(), number, ("kim", ask.SuspectForgery("the stamp")))
    assert seo.get(f"/request/{number}/decide/")["Location"] == f"/request/{number}/decide/whole/"
    page = seo.get(f"/request/{number}/decide/whole/").content.decode()
    assert "can be decided in one way only" in page and 'name="outcome"' not in page
    assert seo.post(f"/request/{number}/decide/whole/", {"seq": 2, "note": "forged seal"}).status_code == 302
    forged = (Mark.SUSPECTED_FORGERY,)
    assert state_of(number).pending == Decision(Outcome.REFUSED, "suspected-forgery", marks=forged)


def test_a_request_that_names_no_target_is_decided_as_a_whole(visitor: Callable[..., Visitor]) -> None:
    number, seo = receive(current(), filing("2016-count", accounts=7, targets=())), visitor("seo")
    assert seo.get(f"/request/{number}/decide/").status_code == 302
    address = f"/request/{number}/decide/whole/"
    assert seo.get(address).status_code == 200
    values = {"seq": 1, "outcome": "partial", "data": ["content"], "accounts": 5, "note": ""}
    for odd in ("", "refused:document-defective"):
        page = seo.post(address, values | {"reason": odd}).content.decode()
        assert "Choose a reason from the group of this outcome." in page
    complied = values | {"outcome": "complied", "reason": "partial:scope-narrowed"}
    assert "has no reason" in seo.post(address, complied).content.decode()
    sound = values | {"reason": "partial:scope-narrowed"}
    assert "the finding no-targets stands against it" in seo.post(address, sound).content.decode()
    answered = ask.AnswerFinding("no-targets", FindingAnswer.DISMISSED, "counted only")
    execute(current(), [Step(number, answered, "kim", START)])
    assert seo.post(address, sound | {"seq": 2}).status_code == 302
    assert state_of(number).pending == Decision(Outcome.PARTIAL, "scope-narrowed", CONTENT, 5)


def test_what_was_sent_back_is_taken_up_again(visitor: Callable[..., Visitor]) -> None:
    number, seo = big(2), visitor("seo")
    say(seo, number, 0, "disclose")
    send(seo, number, 1, 1)
    assert seo.get(f"/request/{number}/decide/")["Location"] == f"/request/{number}/decision/"
    execute(current(), [Step(number, ask.SendBack("Less."), "lee", now())])
    page = seo.get(f"/request/{number}/decide/").content.decode()
    assert "decide/propose" in page and 'name="revision" value="0"' in page


@pytest.mark.parametrize("part", ["", "targets/", "propose/", "whole/", "ask/"])
def test_each_look_is_recorded(part: str, visitor: Callable[..., Visitor]) -> None:
    number = big(2)
    answer = visitor("seo").get(f"/request/{number}/decide/{part}")
    assert urlsplit(answer.get("Location", "")).path in ("", f"/request/{number}/decide/")
    assert number in Event.objects.filter(stream="access/seo", type="Viewed").latest("id").public
