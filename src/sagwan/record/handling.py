"""What a team does with a request besides deciding it: who works on it, notes, the thread with the official,
answers to findings, better paper, call-backs, suspicion, duties that were met.

Each command has a decider (`DECIDERS`) and each event an evolver (`EVOLVERS`), as in `lifecycle`.
"""

from collections.abc import Callable
from dataclasses import replace

from sagwan.record import commands as ask
from sagwan.record import events as happened
from sagwan.record.errors import IllegalStep, InvalidValue
from sagwan.record.private import Check, Ledger
from sagwan.record.request import MAX_PAPER_ITEMS, MAX_PAPER_TEXT, check_slug, clean
from sagwan.record.state import State
from sagwan.record.vocabulary import CallResult, FindingAnswer, Sender
from sagwan.record.words import message, written

WHILE_OPEN = (
    "Assign",
    "HandBack",
    "AnswerFinding",
    "CallBack",
    "RecordIdentification",
    "SuspectForgery",
)
"""Taken at every stage but the last ones."""
ALWAYS = ("AddNote", "SendMessage", "ReceiveMessage", "MarkRead", "SupplyPaper", "ClearSuspicion", "MeetDuty")
"""Taken at every stage: what comes after the end belongs to the request too."""
IDENTITY_MISSING = "item-missing:identity-checked"
"""The finding where a law makes the check of the officer's identity the provider's duty; the record of that
check answers it."""


def _assign(state: State, command: ask.Assign, actor: str) -> list[happened.Event]:
    to = clean(command.to, "person", longest=80)
    if to == state.assigned:
        raise IllegalStep(f"{to} works on it already")
    return [happened.Assigned(to=to, by=actor)]


def _hand_back(state: State, command: ask.HandBack, actor: str) -> list[happened.Event]:
    if not state.assigned:
        raise IllegalStep("nobody works on it", hint="there is nothing to hand back")
    return [happened.HandedBack(by=actor)]


def _add_note(state: State, command: ask.AddNote, actor: str) -> list[happened.Event]:
    return [happened.NoteAdded(by=actor, matter=written(command.text, "note"))]


def _send_message(state: State, command: ask.SendMessage, actor: str) -> list[happened.Event]:
    return [happened.MessageSent(by=actor, matter=message(command.text, command.documents))]


def _receive_message(state: State, command: ask.ReceiveMessage, actor: str) -> list[happened.Event]:
    return [happened.MessageReceived(by=actor, matter=message(command.text, command.documents))]


def _mark_read(state: State, command: ask.MarkRead, actor: str) -> list[happened.Event]:
    if not state.unread:
        raise IllegalStep("there is no unread message")
    return [happened.ThreadRead(by=actor)]


def _answer_finding(state: State, command: ask.AnswerFinding, actor: str) -> list[happened.Event]:
    finding, answer = command.finding, command.answer
    known = {*state.findings, *state.points}
    if finding not in known:
        raise InvalidValue(
            f"{finding!r} is not a finding of this request",
            hint=f"findings: {', '.join(sorted(known)) or 'none'}",
        )
    if not isinstance(answer, FindingAnswer):
        raise InvalidValue(f"{answer!r} is no answer", hint=f"one of {', '.join(FindingAnswer)}")
    reasoned = answer in (FindingAnswer.DISMISSED, FindingAnswer.DOES_NOT_APPLY)
    matter = written(command.note, "reason why the finding does not matter", required=reasoned)
    return [happened.FindingAnswered(finding=finding, answer=answer, by=actor, matter=matter)]


def _supply_paper(state: State, command: ask.SupplyPaper, actor: str) -> list[happened.Event]:
    ledger = state.ledger
    if ledger is None:
        raise IllegalStep("the request's ledger part is destroyed; paper cannot be added to it")
    if not command.paper and not command.documents:
        raise InvalidValue("no paper is supplied", hint="name what stands on it, or attach it")
    paper = {**ledger.paper}
    for slug, value in command.paper.items():
        check_slug(slug, "document item")
        said = clean(value, f"document item {slug}", longest=MAX_PAPER_TEXT, lines=True)
        paper[slug] = said
    if len(paper) > MAX_PAPER_ITEMS:
        raise InvalidValue(f"{len(paper):,} document items; at most {MAX_PAPER_ITEMS} are kept")
    added = message(command.note, command.documents) if command.documents else None
    return [
        happened.PaperSupplied(
            findings=command.findings,
            blocking=command.blocking,
            by=actor,
            ledger=Ledger(ledger.authority, ledger.case_number, ledger.officials, paper),
            matter=added or written(command.note, "note", required=False),
        )
    ]


def _call_back(state: State, command: ask.CallBack, actor: str) -> list[happened.Event]:
    if not isinstance(command.result, CallResult):
        raise InvalidValue(f"{command.result!r} is no result", hint=f"one of {', '.join(CallResult)}")
    if command.result is CallResult.CONFIRMED and state.denied_by == actor:
        raise IllegalStep(
            f"{actor} recorded that the authority denied it", hint="another person must call and confirm"
        )
    facts = {
        "number": clean(command.number, "number that was called", longest=100),
        "source": clean(command.source, "source of the number", longest=500),
        "note": clean(command.note, "note", longest=MAX_PAPER_TEXT, required=False, lines=True),
    }
    return [happened.CalledBack(result=command.result, by=actor, check=_check(facts))]


def _identify(state: State, command: ask.RecordIdentification, actor: str) -> list[happened.Event]:
    facts = {
        "officer": clean(command.officer, "officer", longest=500),
        "document": clean(command.document, "kind of identification", longest=200),
        "approver": clean(command.approver, "approver", longest=500, required=False),
        "approver-rank": clean(command.approver_rank, "approver's rank", longest=200, required=False),
        "note": clean(command.note, "note", longest=MAX_PAPER_TEXT, required=False, lines=True),
    }
    checked: list[happened.Event] = [happened.IdentityChecked(by=actor, check=_check(facts))]
    if IDENTITY_MISSING in state.open_findings:
        checked.append(happened.FindingAnswered(IDENTITY_MISSING, FindingAnswer.MENDED, by=actor))
    return checked


def _check(facts: dict[str, str]) -> Check:
    return Check({name: value for name, value in facts.items() if value})


def _suspect(state: State, command: ask.SuspectForgery, actor: str) -> list[happened.Event]:
    if state.suspected_by:
        raise IllegalStep(f"{state.suspected_by} marked it as suspected forgery already")
    return [happened.ForgerySuspected(by=actor, matter=written(command.note, "ground of the suspicion"))]


def _clear(state: State, command: ask.ClearSuspicion, actor: str) -> list[happened.Event]:
    if not state.suspected_by:
        raise IllegalStep("the request is not suspected")
    if actor == state.suspected_by:
        raise IllegalStep(
            f"{actor} marked it and cannot clear it", hint="a second person must clear it (four eyes)"
        )
    return [happened.SuspicionCleared(by=actor, matter=written(command.note, "reason for clearing it"))]


def _meet_duty(state: State, command: ask.MeetDuty, actor: str) -> list[happened.Event]:
    check_slug(command.duty, "duty")
    if command.duty in state.duties_met:
        raise IllegalStep(f"the duty {command.duty} was met already")
    return [happened.DutyMet(command.duty, by=actor, matter=written(command.note, "note", required=False))]


DECIDERS: dict[type, Callable[..., list[happened.Event]]] = {
    ask.Assign: _assign,
    ask.HandBack: _hand_back,
    ask.AddNote: _add_note,
    ask.SendMessage: _send_message,
    ask.ReceiveMessage: _receive_message,
    ask.MarkRead: _mark_read,
    ask.AnswerFinding: _answer_finding,
    ask.SupplyPaper: _supply_paper,
    ask.CallBack: _call_back,
    ask.RecordIdentification: _identify,
    ask.SuspectForgery: _suspect,
    ask.ClearSuspicion: _clear,
    ask.MeetDuty: _meet_duty,
}


def _assigned(state: State, event: happened.Assigned) -> State:
    return replace(state, assigned=event.to)


def _handed_back(state: State, event: happened.HandedBack) -> State:
    return replace(state, assigned="")


def _unchanged(state: State, event: happened.Event) -> State:
    return state


def _message_received(state: State, event: happened.MessageReceived) -> State:
    return replace(state, unread=True)


def _read(state: State, event: happened.MessageSent | happened.ThreadRead) -> State:
    return replace(state, unread=False)


def _finding_answered(state: State, event: happened.FindingAnswered) -> State:
    return replace(state, answers={**state.answers, event.finding: event.answer})


def _paper_supplied(state: State, event: happened.PaperSupplied) -> State:
    return replace(state, findings=event.findings, blocking=event.blocking, ledger=event.ledger)


def _called_back(state: State, event: happened.CalledBack) -> State:
    if event.result is CallResult.CONFIRMED:
        return replace(state, sender=Sender.CONFIRMED, denied_by="")
    if event.result is CallResult.DENIED:
        return replace(state, sender=Sender.DENIED, denied_by=event.by)
    return state


def _identity_checked(state: State, event: happened.IdentityChecked) -> State:
    return replace(state, identified=True)


def _suspected(state: State, event: happened.ForgerySuspected) -> State:
    return replace(state, suspected_by=event.by)


def _cleared(state: State, event: happened.SuspicionCleared) -> State:
    return replace(state, suspected_by="")


def _duty_met(state: State, event: happened.DutyMet) -> State:
    return replace(state, duties_met=(*state.duties_met, event.duty))


EVOLVERS: dict[type, Callable[..., State]] = {
    happened.Assigned: _assigned,
    happened.HandedBack: _handed_back,
    happened.NoteAdded: _unchanged,
    happened.MessageSent: _read,
    happened.MessageReceived: _message_received,
    happened.ThreadRead: _read,
    happened.FindingAnswered: _finding_answered,
    happened.PaperSupplied: _paper_supplied,
    happened.CalledBack: _called_back,
    happened.IdentityChecked: _identity_checked,
    happened.ForgerySuspected: _suspected,
    happened.SuspicionCleared: _cleared,
    happened.DutyMet: _duty_met,
}
