"""The small steps on a request, one a page: who may, what is asked, what will happen, which command."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sagwan.desk.casework import forms
from sagwan.desk.casework.forms import Form
from sagwan.desk.casework.roles import ROLES
from sagwan.desk.people.roles import Role
from sagwan.desk.vault.documents import described
from sagwan.pages.i18n import N_
from sagwan.record import commands as ask
from sagwan.record.request import Document
from sagwan.record.vocabulary import CallResult, FindingAnswer, Release, Teller

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SmallStep:
    """`happens` says what will happen; `stops` marks a step that takes something away. `fresh`: it takes the
    second factor once more."""

    slug: str
    title: str
    button: str
    happens: str
    done: str
    kind: type
    command: Callable[[Values, str], ask.Command]
    form: type[Form] = Form
    stops: bool = False
    first: str = ""
    """The field that the address may fill."""

    @property
    def roles(self) -> tuple[Role, ...]:
        return tuple(Role(role) for role in ROLES[self.kind] if role != Role.OFFICIAL)


def _text(kind: Callable[[str], ask.Command]) -> Callable[[Values, str], ask.Command]:
    return lambda values, actor: kind(values["text"])


def _message(
    kind: Callable[[str, tuple[Document, ...]], ask.Command],
) -> Callable[[Values, str], ask.Command]:
    return lambda values, actor: kind(
        values["text"], tuple(described(name, data) for name, data in values["files"])
    )


def _note(kind: Callable[[str], ask.Command]) -> Callable[[Values, str], ask.Command]:
    return lambda values, actor: kind(values["note"])


STEPS = (
    SmallStep(
        "take", N_("Take it on"), N_("Take it on"),
        N_("The request is yours until you hand it back; the queue shows that."),
        N_("The request is yours."), ask.Assign, lambda values, actor: ask.Assign(actor),
    ),
    SmallStep(
        "assign", N_("Give it to somebody"), N_("Give it"),
        N_("The queue shows the request as theirs."),
        N_("The request was given."), ask.Assign, lambda values, actor: ask.Assign(values["to"]),
        forms.AssignForm,
    ),
    SmallStep(
        "hand-back", N_("Hand it back"), N_("Hand it back"),
        N_("Nobody in particular works on the request then; anyone of the team can take it."),
        N_("The request was handed back."), ask.HandBack, lambda values, actor: ask.HandBack(),
    ),
    SmallStep(
        "review", N_("Begin the review"), N_("Begin the review"),
        N_("The request moves from received to in review."),
        N_("The review has begun."), ask.StartReview, lambda values, actor: ask.StartReview(),
    ),
    SmallStep(
        "ask", N_("Ask the authority"), N_("Ask"),
        N_("The question goes into the thread. The decision waits for the answer, and clocks stand"
           " still where the"
           " law says so."),
        N_("The question was asked."), ask.AskClarification, _text(ask.AskClarification), forms.TextForm,
    ),
    SmallStep(
        "answered", N_("Record the answer"), N_("Record the answer"),
        N_("For an answer that came by post, fax or telephone. The review goes on, and clocks run again."),
        N_("The answer was recorded."), ask.AnswerClarification, _text(ask.AnswerClarification),
        forms.TextForm,
    ),
    SmallStep(
        "note", N_("Write a note"), N_("Keep the note"),
        N_("Notes stay in the house: officials do not see them. A note cannot be taken back."),
        N_("The note was kept."), ask.AddNote, _text(ask.AddNote), forms.TextForm,
    ),
    SmallStep(
        "message", N_("Write to the official"), N_("Send"),
        N_("The official reads it in the portal. It cannot be taken back."),
        N_("The message was sent."), ask.SendMessage, _message(ask.SendMessage), forms.MessageForm,
    ),
    SmallStep(
        "message-in", N_("Record what the official wrote"), N_("Record it"),
        N_("For a letter, a fax or a call outside the portal."),
        N_("The message was recorded."), ask.ReceiveMessage, _message(ask.ReceiveMessage), forms.MessageForm,
    ),
    SmallStep(
        "read", N_("Mark the thread as read"), N_("Mark as read"),
        N_("The queue no longer shows it as unread."),
        N_("The thread is marked as read."), ask.MarkRead, lambda values, actor: ask.MarkRead(),
    ),
    SmallStep(
        "call-back", N_("Record a call-back"), N_("Record the call"),
        N_("Only a call to the contact that we found ourselves says who is asking. Who called, which"
           " number and"
           " where it was found are kept."),
        N_("The call was recorded."), ask.CallBack,
        lambda v, actor: ask.CallBack(CallResult(v["result"]), v["number"], v["source"], v["note"]),
        forms.CallBackForm,
    ),
    SmallStep(
        "identification", N_("Record the identification"), N_("Record it"),
        N_("Which officer came, by which document, and who approved the request with what rank."),
        N_("The identification was recorded."), ask.RecordIdentification,
        lambda v, actor: ask.RecordIdentification(
            v["officer"], v["document"], v["approver"], v["approver_rank"], v["note"]
        ),
        forms.IdentificationForm,
    ),
    SmallStep(
        "finding", N_("Answer a finding"), N_("Keep the answer"),
        N_("The answer stays with your name. A finding that stands against a disclosure must be"
           " answered before"
           " anything goes out; to set it aside takes a reason."),
        N_("The answer was kept."), ask.AnswerFinding,
        lambda v, actor: ask.AnswerFinding(v["finding"], FindingAnswer(v["answer"]), v["note"]),
        forms.FindingForm, first="finding",
    ),
    SmallStep(
        "suspect", N_("Mark as suspected forgery"), N_("Mark as suspected forgery"),
        N_("At once nothing goes out: no approval of data, no hand-over, no fetch, no hold. All that"
           " came is kept"
           " whole as evidence. The authority that is impersonated is to be told by its independent"
           " contact; the"
           " duty stays open until then. The request counts in the report. Only another person can"
           " clear this."),
        N_("Nothing goes out of this request any more. Tell the impersonated authority now."),
        ask.SuspectForgery, _note(ask.SuspectForgery), forms.NoteForm, stops=True,
    ),
    SmallStep(
        "clear", N_("Clear the suspicion"), N_("Clear the suspicion"),
        N_("The request can be worked on again. Whoever marked it cannot clear it."),
        N_("The suspicion was cleared."), ask.ClearSuspicion, _note(ask.ClearSuspicion), forms.NoteForm,
    ),
    SmallStep(
        "duty", N_("Record that a duty was met"), N_("Record it"),
        N_("Its clock stops. Say how it was met."),
        N_("The duty is met."), ask.MeetDuty,
        lambda v, actor: ask.MeetDuty(v["duty"], v["note"]), forms.DutyForm, first="duty",
    ),
    SmallStep(
        "withdraw", N_("The authority takes it back"), N_("Record the withdrawal"),
        N_("The request ends as withdrawn and is counted so; the sealed line cannot be undone, only"
           " corrected."),
        N_("The withdrawal was recorded."), ask.Withdraw,
        lambda v, actor: ask.Withdraw(v["reason"]), forms.WithdrawForm, stops=True,
    ),
    SmallStep(
        "send-back", N_("Send the proposal back"), N_("Send it back"),
        N_("The proposal falls, and the request is in review again."),
        N_("The proposal was sent back."), ask.SendBack, _note(ask.SendBack), forms.NoteForm,
    ),
    SmallStep(
        "resolve", N_("Resolve the request"), N_("Resolve it"),
        N_("The request ends as it was decided, and a line of it is sealed in the log. That cannot be"
           " undone, only"
           " corrected by two people."),
        N_("The request is resolved."), ask.Resolve, lambda values, actor: ask.Resolve(),
    ),
    SmallStep(
        "hold", N_("Keep the data"), N_("Keep the data"),
        N_("Data are kept from deletion for these days. The queue warns before they end; on the day"
           " after, the"
           " hold lapses."),
        N_("The data is kept."), ask.PlaceHold,
        lambda v, actor: ask.PlaceHold(v["scope"], v["start"], v["until"]), forms.HoldForm,
    ),
    SmallStep(
        "extend", N_("Keep the data longer"), N_("Keep it longer"), N_("A hold is extended once at most."),
        N_("The data is kept longer."), ask.ExtendHold,
        lambda v, actor: ask.ExtendHold(v["until"]), forms.UntilForm,
    ),
    SmallStep(
        "release", N_("End the keeping"), N_("End it"),
        N_("The service may delete the data again. That cannot be undone."),
        N_("The data is kept no longer."), ask.ReleaseHold,
        lambda v, actor: ask.ReleaseHold(Release(v["reason"])), forms.ReleaseForm, stops=True,
    ),
    SmallStep(
        "defer", N_("Put the notice off"), N_("Put it off"),
        N_("Only on a ground of the law, and no longer than it says."),
        N_("The notice was put off."), ask.DeferNotice,
        lambda v, actor: ask.DeferNotice(v["ground"], v["until"], v["note"]), forms.DeferForm,
    ),
    SmallStep(
        "notice", N_("Record a notice"), N_("Record it"),
        N_("That the person concerned was told, by whom and when. We tell them ourselves only where the"
           " law lets us."),
        N_("The notice was recorded."), ask.RecordNotice,
        lambda v, actor: ask.RecordNotice(Teller(v["who"]), v["on"], v["note"]), forms.NoticeForm,
    ),
    SmallStep(
        "order", N_("Record a non-disclosure order"), N_("Record it"),
        N_("While it stands we tell nobody."),
        N_("The order was recorded."), ask.ImposeOrder,
        lambda v, actor: ask.ImposeOrder(v["until"], v["note"]), forms.OrderForm,
    ),
    SmallStep(
        "order-end", N_("End the non-disclosure order"), N_("End it"),
        N_("From then on the law's rule for notice holds again."),
        N_("The order is ended."), ask.EndOrder, lambda values, actor: ask.EndOrder(),
    ),
)  # fmt: skip
BY_SLUG = {step.slug: step for step in STEPS}
