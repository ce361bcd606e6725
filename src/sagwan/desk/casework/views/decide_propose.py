"""Proposing what was put together, deciding a request as a whole, and asking before deciding."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sagwan.desk.casework import deciding, deciding_drafts
from sagwan.desk.casework import screens_request as screens
from sagwan.desk.casework.deciding import Sheet
from sagwan.desk.casework.deciding_forms import ProposeForm, WholeForm
from sagwan.desk.casework.deciding_options import Conclusion, conclude
from sagwan.desk.casework.forms import Form, NoteForm, TextForm, called
from sagwan.desk.casework.timeline import Entry
from sagwan.desk.casework.views.common import attempt, names
from sagwan.desk.casework.views.decide import COUNSEL, Work, work_on
from sagwan.desk.casework.views.steps import about
from sagwan.desk.journal.locks import writing
from sagwan.desk.web.gate import allowed
from sagwan.desk.web.i18n import translate
from sagwan.record import commands as ask
from sagwan.record.events import Decision
from sagwan.record.guards import FORGED
from sagwan.record.state import Stage, State
from sagwan.record.vocabulary import DataCategory, Grant, Mark, Outcome

MANY = 50
"""So many targets are named in the text of a question; more are counted."""


def _to_review(state: State) -> list[ask.Command]:
    return [ask.StartReview()] if state.stage is Stage.RECEIVED else []


def _send(request: HttpRequest, form: Form, work: Work, command: ask.Command) -> tuple[bool, list[Entry]]:
    """Propose, and throw the half-made decision away; both or neither."""
    with writing():
        done, since = attempt(
            request, form, work.number, lambda: [*_to_review(work.state), command]
        )  # fmt: skip
        if done:
            deciding_drafts.discard(work.number)
    if done:
        messages.success(request, translate("The decision was proposed. A second person approves it now."))
    return done, since


@allowed(*COUNSEL, post=COUNSEL)
def propose(request: HttpRequest, number: str) -> HttpResponse:
    """What the answers come to, once more, before a second person is asked."""
    work = work_on(request, number)
    if isinstance(work, HttpResponse):
        return work
    conclusion = conclude(work.sheet, work.state, work.options)
    if conclusion.totals is None:
        return redirect("decide", number)
    initial = {
        "revision": work.draft.revision,
        "reason": conclusion.reason,
        "accounts": min(conclusion.totals.accounts, work.state.received.accounts) or 1,
        "note": _note(work),
    }
    form = ProposeForm(
        request.POST if request.method == "POST" else None,
        about=about(work.story), initial=initial, conclusion=conclusion, keeps=work.options.keeps,
    )  # fmt: skip
    since: list[Entry] = []
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["revision"] != work.draft.revision:
            form.data = form.data.copy()
            form.data["revision"] = str(work.draft.revision)
            form.refuse_with(
                translate("The decision was changed while this page was open. Look at it as it is now.")
            )
        else:
            done, since = _send(request, form, work, _command(form.cleaned_data, work.sheet, conclusion))
            if done:
                return redirect("request", number)
    context = {
        "number": number, "names": names(), "state": work.state, "form": form, "since": since,
        "sheet": work.sheet, "options": work.options, "conclusion": conclusion,
        "counts": deciding.counts(work.sheet), "given": deciding.given(work.sheet),
        "warnings": list(screens.warnings(work.state)),
    }  # fmt: skip
    return render(request, "casework/decide_propose.html", context)


def _command(values: dict[str, Any], sheet: Sheet, conclusion: Conclusion) -> ask.Propose:
    totals = conclusion.totals
    if totals is None:
        raise ValueError("nothing to propose")
    accounts = conclusion.accounts if conclusion.accounts is not None else values["accounts"]
    marks = {*totals.marks, *((Mark.BLINDED,) if values.get("blinded") else ())}
    decision = Decision(
        totals.outcome, values.get("reason", ""), totals.data, accounts, tuple(sorted(marks))
    )  # fmt: skip
    made = deciding.dispositions(sheet)
    return ask.Propose(decision, values["note"].strip(), dispositions=made, period=sheet.period)


def _note(work: Work) -> str:
    """What was written beside the answers, with the answer it was written for."""
    lines = []
    for (grant, reason), texts in deciding.whys(work.sheet).items():
        parts = [called(grant), work.options.label(reason).label if reason else ""]
        lines.append(f"{' – '.join(filter(None, parts))}: {' / '.join(texts)}")
    return "\n".join(lines)


@allowed(*COUNSEL, post=COUNSEL)
def whole(request: HttpRequest, number: str) -> HttpResponse:
    """A request that names no target, or is suspected to be forged, is decided as a whole."""
    work = work_on(request, number, targets=False)
    if isinstance(work, HttpResponse):
        return work
    if work.state.asked_targets and not work.state.suspected_by:
        return redirect("decide", number)
    sent = request.POST if request.method == "POST" else None
    forged = forged_decision(work.state) if work.state.suspected_by else None
    known = about(work.story)
    form = NoteForm(sent, about=known) if forged else WholeForm(sent, about=known, options=work.options)
    since: list[Entry] = []
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        command = ask.Propose(forged or _decision(values), values["note"].strip())
        done, since = _send(request, form, work, command)
        if done:
            return redirect("request", number)
    context = {
        "number": number, "names": names(), "state": work.state, "form": form, "since": since,
        "forged": forged, "options": work.options, "warnings": list(screens.warnings(work.state)),
    }  # fmt: skip
    return render(request, "casework/decide_whole.html", context)


def forged_decision(state: State) -> Decision:
    """The only decision on a suspected request: refused; where data had gone out, exactly these."""
    outcome = Outcome.PARTIAL if state.stages else Outcome.REFUSED
    marks = (Mark.SUSPECTED_FORGERY,)
    return Decision(outcome, FORGED, state.disclosed_data, state.disclosed_accounts, marks)


def _decision(values: dict[str, Any]) -> Decision:
    outcome = Outcome(values["outcome"])
    if not outcome.discloses:
        return Decision(outcome, values["reason_slug"])
    data = tuple(sorted(DataCategory(category) for category in values["data"]))
    return Decision(outcome, values["reason_slug"], data, values.get("accounts") or 0)


@allowed(*COUNSEL, post=COUNSEL)
def question(request: HttpRequest, number: str) -> HttpResponse:
    """Ask the authority about the targets that were marked so; the decision waits, and is kept."""
    work = work_on(request, number)
    if isinstance(work, HttpResponse):
        return work
    sent = request.POST if request.method == "POST" else None
    form = TextForm(sent, about=about(work.story), initial={"text": _question(work.sheet)})
    since: list[Entry] = []
    if form.is_bound and form.is_valid():
        asked = ask.AskClarification(form.cleaned_data["text"])
        done, since = attempt(request, form, number, lambda: [*_to_review(work.state), asked])
        if done:
            messages.success(request, translate("The question was asked. What you decided so far is kept."))
            return redirect("request", number)
    context = {"number": number, "form": form, "since": since}
    return render(request, "casework/decide_question.html", context)


def _question(sheet: Sheet) -> str:
    """The targets that are asked about, one a line, for a person to write their question over."""
    asked = {
        target: None
        for each in deciding.dispositions(sheet)
        if each.grant is Grant.ASK
        for target in each.targets
    }
    lines = [f"{called(target.kind)} {target.value}" for target in list(asked)[:MANY]]
    if len(asked) > MANY:
        lines.append(translate("and %(count)s more") % {"count": f"{len(asked) - MANY:,}"})
    return "\n".join(lines)
