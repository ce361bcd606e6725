"""What the law's keeping time no longer asks for: two people destroy it, and a certificate remains."""

import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sagwan.desk import clock, setup
from sagwan.desk.casework.views.common import names
from sagwan.desk.people.roles import Role
from sagwan.desk.tick import destructions as steps
from sagwan.desk.tick.destructions import APPROVERS, ASKERS, POSTPONERS, Proposal
from sagwan.desk.web.forms import Form, ReasonForm
from sagwan.desk.web.gate import allowed
from sagwan.desk.web.i18n import _, translate
from sagwan.record.errors import SagwanError
from sagwan.seal.keeper import Keeper

READERS = (Role.COUNSEL, Role.APPROVER, Role.AUDITOR, Role.ADMINISTRATOR)


class PostponeForm(ReasonForm):
    """Until when something is kept longer, and why."""

    until = forms.DateField(
        label=_("Keep it until"), widget=forms.DateInput({"type": "date"}),
        help_text=_("The last day on which it is needed; then it is proposed again."),
    )  # fmt: skip
    field_order = ("until", "reason")


@allowed(*READERS)
def listed(request: HttpRequest) -> HttpResponse:
    known = names()
    waiting = [(one, known.instrument(one.case.instrument)) for one in steps.proposals()]
    context = {"waiting": waiting, "gone": steps.certificates()}
    return render(request, "tick/destructions.html", context)


@allowed(*READERS)
def proposal(request: HttpRequest, number: str, record_class: str) -> HttpResponse:
    """One proposal: what it is about, and the steps that whoever looks may do."""
    found = steps.proposal(number, record_class)
    if found is None:
        if steps.certificate(number, record_class):
            return redirect("destruction-certificate", number, record_class)
        raise Http404
    return render(request, "tick/destruction.html", _steps(request, found))


@allowed(post=ASKERS)
def ask(request: HttpRequest, number: str, record_class: str) -> HttpResponse:
    """The first of two people."""
    found, form = _found(number, record_class), Form(request.POST)
    if form.is_valid() and _tried(form, lambda: steps.ask(*_of(found), **_by(request))):
        messages.success(request, translate("It waits for a second person now."))
        return redirect("destruction", number, record_class)
    return render(request, "tick/destruction.html", {**_steps(request, found), "form": form}, status=409)


@allowed(*APPROVERS, post=APPROVERS, fresh=True)
def approve(request: HttpRequest, number: str, record_class: str) -> HttpResponse:
    """The second person, who sees once more what will be gone."""
    found, form = _found(number, record_class), Form(_sent(request))
    if request.method == "POST" and form.is_valid():
        home = setup.current().home
        keeper = Keeper(home.keeper_path, setup.current().master.keeper, os.urandom)
        desk, *of = _of(found)
        if _tried(form, lambda: steps.approve(desk, keeper, *of, **_by(request))):
            messages.success(request, translate("The key is destroyed."))
            return redirect("destruction-certificate", number, record_class)
    return render(request, "tick/destroy.html", {**_facts(found), "form": form})


@allowed(*POSTPONERS, post=POSTPONERS)
def postpone(request: HttpRequest, number: str, record_class: str) -> HttpResponse:
    """Keep it longer."""
    found = _found(number, record_class)
    tomorrow = clock.now().astimezone(setup.current().home.zone).date() + timedelta(days=1)
    form = PostponeForm(_sent(request), initial={"until": tomorrow.replace(year=tomorrow.year + 1, day=1)})
    if request.method == "POST" and form.is_valid():
        until, reason = form.cleaned_data["until"], form.cleaned_data["reason"]
        if _tried(form, lambda: steps.postpone(*_of(found), until=until, reason=reason, **_by(request))):
            messages.success(request, translate("It is kept until that day, and then proposed again."))
            return redirect("destructions")
    return render(request, "tick/postpone.html", {**_facts(found), "form": form})


@allowed(*READERS)
def certificate(request: HttpRequest, number: str, record_class: str) -> HttpResponse:
    """What remains: that the key was destroyed, by whom, when, and under which rule."""
    found = steps.certificate(number, record_class)
    if found is None:
        raise Http404
    instrument = names().instrument(found.case.instrument) if found.case else ""
    context = {
        "shown": found,
        "instrument": instrument,
        "origin": setup.current().home.origin,
        "rules": _rules(found.proposal.rules if found.proposal else ""),
    }
    return render(request, "tick/certificate.html", context)


def _sent(request: HttpRequest) -> Any:
    """What was sent; a step without a field sends nothing, and yet it is sent."""
    return request.POST if request.method == "POST" else None


def _found(number: str, record_class: str) -> Proposal:
    found = steps.proposal(number, record_class)
    if found is None:
        raise Http404
    return found


def _steps(request: HttpRequest, found: Proposal) -> dict[str, Any]:
    """A proposal, and the steps that whoever looks may do."""
    asked_by, may = found.row.asked_by, request.user.has_role
    return {
        **_facts(found),
        "may_ask": may(*ASKERS) and not asked_by,
        "may_approve": may(*APPROVERS) and asked_by not in ("", request.user.name),
        "may_postpone": may(*POSTPONERS),
        "is_own": asked_by == request.user.name,
    }


def _facts(found: Proposal) -> dict[str, Any]:
    return {
        "shown": found.row,
        "case": found.case,
        "instrument": names().instrument(found.case.instrument),
        "rules": _rules(found.row.rules),
    }


def _rules(slugs: str) -> list[str]:
    return slugs.split()


def _of(found: Proposal) -> tuple[Any, str, str]:
    return setup.current(), found.row.number, found.row.record_class


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"actor": request.user.name, "at": clock.now()}


def _tried(form: Form, step: Callable[[], None]) -> bool:
    try:
        step()
    except SagwanError as error:
        form.refuse(error)
        return False
    return True
