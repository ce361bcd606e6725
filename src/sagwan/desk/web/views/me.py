"""A person's own page: how they sign in, where they are signed in, and the way to end that."""

from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sagwan.desk import clock, setup
from sagwan.desk.people.officials import change_details
from sagwan.desk.web.forms import DetailsForm
from sagwan.desk.web.gate import Door, allowed
from sagwan.desk.web.i18n import translate
from sagwan.desk.web.signin import devices, factors
from sagwan.desk.web.signin.notes import note
from sagwan.desk.web.views.people import tried


@allowed(Door.SIGNED_IN)
def me(request: HttpRequest) -> HttpResponse:
    person = request.user
    mine = factors.of(person)
    sessions = sorted(
        UserSession.objects.purge_and_list(person), key=lambda session: session.created_at, reverse=True
    )
    context = {
        "passkeys": [factor for factor in mine if factor.type == factors.PASSKEY],
        "app": next((factor for factor in mine if factor.type == factors.APP), None),
        "codes": next((factor.wrap() for factor in mine if factor.type == factors.CODES), None),
        "has_password": person.has_usable_password(),
        "removable": {factor.pk for factor in mine if factors.is_enrolled(person, without=[factor.pk])},
        "sessions": [
            (session, devices.describe(session.user_agent), session.is_current()) for session in sessions
        ],
    }
    return render(request, "me.html", context)


@allowed(Door.SIGNED_IN, post=(Door.SIGNED_IN,), fresh=True)
def details(request: HttpRequest) -> HttpResponse:
    """Change one's own mail address and phone."""
    person = request.user
    form = DetailsForm(request.POST or None, initial={"email": person.email or "", "phone": person.phone})
    if request.method == "POST" and form.is_valid():
        desk, now, values = setup.current(), clock.now(), form.changed()
        if tried(form, lambda: change_details(desk, name=person.name, **values, actor=person.name, at=now)):
            messages.success(request, translate("Your details were changed."))
            return redirect("me")
    return render(request, "me_details.html", {"form": form})


@allowed(Door.SIGNED_IN, post=(Door.SIGNED_IN,))
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every session of the person, this one too."""
    if request.method == "POST":
        name = request.user.name
        note(name, "SignedOutEverywhere")
        end_sessions(request, list(UserSession.objects.filter(user=request.user)))
        messages.success(request, translate("You are signed out everywhere."))
        return redirect("account_login")
    return render(
        request, "me_everywhere.html", {"count": UserSession.objects.filter(user=request.user).count()}
    )


@allowed(post=(Door.SIGNED_IN,))
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End one other session of the person."""
    session = UserSession.objects.filter(user=request.user, pk=pk).first()
    if session is None:
        raise Http404
    end_sessions(request, [session])
    messages.success(request, translate("That session has ended."))
    return redirect("me")
