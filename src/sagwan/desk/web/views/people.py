"""The administrator's pages for people: who is here, invite, suspend; and requests for accounts."""

from collections.abc import Callable

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sagwan.desk import clock, setup
from sagwan.desk.people import actions, invitations, officials
from sagwan.desk.people import queries as people
from sagwan.desk.people.models import Person
from sagwan.desk.people.records import Vetting
from sagwan.desk.people.roles import SECOND_EYES, Role
from sagwan.desk.web import queries
from sagwan.desk.web.config import web_config
from sagwan.desk.web.forms import AdmitForm, AskForm, Form, PersonForm, ReasonForm
from sagwan.desk.web.gate import Door, allowed
from sagwan.desk.web.i18n import language, translate
from sagwan.desk.web.signin import factors, mail
from sagwan.record.errors import SagwanError

MANAGE = allowed(Role.ADMINISTRATOR, post=(Role.ADMINISTRATOR,))
CRITICAL = allowed(Role.ADMINISTRATOR, post=(Role.ADMINISTRATOR,), fresh=True)


def tried(form: Form, step: Callable[[], object]) -> bool:
    """Take a step; where the desk refuses it, the form says why."""
    try:
        step()
    except SagwanError as error:
        form.refuse(error)
    return not form.errors


@allowed(Role.ADMINISTRATOR)
def listed(request: HttpRequest) -> HttpResponse:
    return render(request, "people.html", {"staff": queries.staff(), "asking": people.account_requests()})


@MANAGE
def added(request: HttpRequest) -> HttpResponse:
    """Add someone of the provider; the invitation follows on their page."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        desk, now = setup.current(), clock.now()
        if tried(
            form,
            lambda: actions.add_person(
                desk, name=values["name"], full_name=values["full_name"], email=values["email"],
                roles=tuple(values["roles"]), actor=request.user.name, at=now,
            ),
        ):  # fmt: skip
            messages.success(
                request, translate("The person was added. Invite them, so that they can sign in.")
            )
            return redirect("person", values["name"])
    return render(request, "person_add.html", {"form": form})


@allowed(Role.ADMINISTRATOR)
def person(request: HttpRequest, name: str) -> HttpResponse:
    """One person: roles, how far their sign-in has come, what can be done."""
    row = _row(name)
    link = request.session.pop("invitation-link", None)
    context = {
        "shown": row,
        "enrolled": factors.is_enrolled(row),
        "link": link[1] if link and link[0] == name else "",
        "now": clock.now(),
    }
    return render(request, "person.html", context)


@CRITICAL
def invite(request: HttpRequest, name: str) -> HttpResponse:
    """A new invitation; its link is shown once, to be handed over by another way than mail."""
    row = _row(name)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        tokens: list[str] = []
        desk, now = setup.current(), clock.now()
        if tried(
            form,
            lambda: tokens.append(actions.invite_person(desk, name=name, actor=request.user.name, at=now)),
        ):
            keep_link(request, name, tokens[0])
            if factors.is_enrolled(row):
                mail.tell(row, mail.INVITED, now)  # else whoever invites could become them unseen
            return redirect("person", name)
    return render(
        request, "person_invite.html", {"form": form, "shown": row, "enrolled": factors.is_enrolled(row)}
    )


def keep_link(request: HttpRequest, name: str, token: str) -> None:
    """Keep an invitation's link for the next page, which shows it once."""
    address = (
        web_config(setup.current().home).address if request.is_secure() else f"http://{request.get_host()}"
    )
    request.session["invitation-link"] = [name, address + reverse("join", args=[token])]


@allowed(*SECOND_EYES, post=SECOND_EYES, fresh=True)
def agree(request: HttpRequest, name: str) -> HttpResponse:
    """The second person of an invitation agrees, so that it works."""
    row = _row(name)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        desk, now, actor = setup.current(), clock.now(), request.user.name
        if tried(form, lambda: invitations.agree(desk, name=name, actor=actor, at=now)):
            messages.success(request, translate("The invitation works now."))
            return redirect("home")
    return render(
        request, "person_agree.html", {"form": form, "shown": row, "enrolled": factors.is_enrolled(row)}
    )


@CRITICAL
def suspend(request: HttpRequest, name: str) -> HttpResponse:
    row = _row(name)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        step = actions.lift_person if row.suspended_at else actions.suspend_person
        desk, now, reason = setup.current(), clock.now(), form.cleaned_data["reason"]
        if tried(form, lambda: step(desk, name=name, reason=reason, actor=request.user.name, at=now)):
            return redirect("person", name)
    return render(request, "person_suspend.html", {"form": form, "shown": row})


@CRITICAL
def asked(request: HttpRequest, name: str) -> HttpResponse:
    """A request for an account: admit under a vetted authority, or decline."""
    found = next((one for one in people.account_requests() if one.name == name), None)
    if found is None:
        raise Http404
    now = clock.now()
    vetted = [(a.slug, a.name(language())) for a in people.authorities() if a.vetting(now) is Vetting.VETTED]
    declining = "decline" in request.POST
    admit = AdmitForm(
        request.POST if request.method == "POST" and not declining else None, authorities=vetted
    )
    decline = ReasonForm(request.POST if declining else None)
    form: Form = decline if declining else admit
    if request.method == "POST" and form.is_valid():
        values, desk, actor, tokens = form.cleaned_data, setup.current(), request.user.name, [""]

        def step() -> None:
            if declining:
                officials.decline(desk, name=name, reason=values["reason"], actor=actor, at=now)
            else:
                tokens[0] = officials.admit(
                    desk, name=name, authority=values["authority"], actor=actor, at=now
                )

        if tried(form, step):
            if declining:
                return redirect("people")
            keep_link(request, name, tokens[0])
            return redirect("person", name)
    return render(request, "asked.html", {"asked": found, "admit": admit, "decline": decline})


@allowed(Door.PUBLIC, post=(Door.PUBLIC,))
def ask(request: HttpRequest) -> HttpResponse:
    """An official asks for an account. It is queued; the answer is the same whoever asks."""
    if request.method == "POST" and (stop := ratelimit.consume_or_429(request, action="signup")):
        return stop
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        desk, now = setup.current(), clock.now()
        if tried(form, lambda: officials.ask_account(desk, **form.cleaned_data, at=now)):
            return render(request, "ask_done.html")
    return render(request, "ask.html", {"form": form})


def _row(name: str) -> Person:
    row = Person.objects.select_related("authority").filter(name=name).first()
    if row is None:
        raise Http404
    return row
