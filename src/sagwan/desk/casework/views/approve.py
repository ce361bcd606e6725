"""The second pair of eyes: what will go out, what differs from what was asked, approve or send back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sagwan.desk import setup
from sagwan.desk.casework import deciding
from sagwan.desk.casework import screens_request as screens
from sagwan.desk.casework.answering import ANSWERS
from sagwan.desk.casework.deciding_drafts import is_kept
from sagwan.desk.casework.deciding_options import options_of
from sagwan.desk.casework.deciding_screens import Made, made, page_of
from sagwan.desk.casework.forms import Form, note
from sagwan.desk.casework.queries import Story
from sagwan.desk.casework.timeline import Entry
from sagwan.desk.casework.views.common import READERS, attempt, look, names, now, story_or_404
from sagwan.desk.casework.views.decide import COMPOSING
from sagwan.desk.casework.views.steps import about
from sagwan.desk.people.models import Person
from sagwan.desk.people.roles import Role
from sagwan.desk.vault.productions.queries import staged
from sagwan.desk.web.gate import allowed
from sagwan.desk.web.i18n import _, language, translate
from sagwan.pages.i18n import N_
from sagwan.record import commands as ask
from sagwan.record.events import Correction, Decision, FollowUp

APPROVER = (Role.APPROVER,)


class ApproveForm(Form):
    note = note(_("Reason for sending it back, or a note"))


def _proposal(found: Story) -> Made:
    """What is looked at; Http404 where nothing was decided or proposed."""
    one = made(found)
    if one is None:
        raise Http404
    return one


def _facts(request: HttpRequest, found: Story, one: Made) -> dict[str, object]:
    """What both pages show of a proposal."""
    desk, state = setup.current(), found.progress.state
    today = now().astimezone(desk.home.zone).date()
    proposal, sheet = one.proposal, one.sheet
    discloses = isinstance(proposal, FollowUp) or bool(proposal.outcome and proposal.outcome.discloses)
    return {
        "number": found.number,
        "names": names(),
        "state": state,
        "ledger": state.ledger,
        "received": state.received,
        "made": one,
        "proposal": proposal,
        "kind": type(proposal).__name__.lower(),
        "letter": ANSWERS.get(proposal.outcome) if isinstance(proposal, Decision) else None,
        "replaced": state.lines[proposal.line] if isinstance(proposal, Correction) else None,
        "discloses": discloses,
        "sheet": sheet,
        "options": options_of(desk, found, language(), today),
        "counts": deciding.counts(sheet) if sheet else (),
        "given": deciding.given(sheet) if sheet else (),
        "page": page_of(sheet, request.GET) if sheet else None,
        "files": [held for _row, held in staged(desk, found.number)],
        "warnings": list(screens.warnings(state)) if state.pending and discloses else [],
    }


@allowed(*READERS)
def decision(request: HttpRequest, number: str) -> HttpResponse:
    """The decision as it was proposed or approved, target by target."""
    look(request, number, decision=True)
    found = story_or_404(number)
    one = _proposal(found)
    waits = found.progress.state.pending is not None
    context = _facts(request, found, one) | {
        "may_approve": waits and request.user.has_role(*APPROVER) and one.by != request.user.name
    }
    return render(request, "casework/decision.html", context)


def decision_facts(found: Story, person: Person) -> dict[str, object]:
    """What the request's own page says of its decision, and which way is open to the person."""
    state = found.progress.state
    return {
        "decision": made(found),
        "may_decide": state.stage in COMPOSING and person.has_role(Role.COUNSEL),
        "half_made": is_kept(found.number) if state.stage in COMPOSING else False,
    }


@allowed(*APPROVER, post=APPROVER, fresh=True)
def approve(request: HttpRequest, number: str) -> HttpResponse:
    """Approve a proposal or send it back; never the one who made it."""
    look(request, number, approving=True)
    found = story_or_404(number)
    state = found.progress.state
    form = ApproveForm(request.POST if request.method == "POST" else None, about=about(found))
    since: list[Entry] = []
    if request.method == "POST" and form.is_valid():
        done, since = attempt(request, form, number, lambda: [_command(request, form)])
        if done:
            approved = request.POST.get("do") == "approve"
            messages.success(request, translate(_DONE[approved]))
            return redirect("request", number)
        found = story_or_404(number)
        state = found.progress.state
    if state.pending is None and not since and not form.errors:
        messages.info(request, translate("Nothing waits for approval here."))
        return redirect("request", number)
    facts = _facts(request, found, _proposal(found)) if state.pending else {"number": number}
    own = state.pending is not None and state.proposed_by == request.user.name
    context = facts | {"form": form, "since": since, "own": own, "waits": state.pending is not None}
    return render(request, "casework/approve.html", context)


_DONE = {True: N_("The proposal was approved."), False: N_("The proposal was sent back.")}


def _command(request: HttpRequest, form: Form) -> ask.Command:
    said = form.cleaned_data["note"].strip()
    return ask.Approve(said) if request.POST.get("do") == "approve" else ask.SendBack(said)
