"""The pages of the API: its description for people and machines, and the tokens of people."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sagwan.desk import clock, setup
from sagwan.desk.api import actions, queries
from sagwan.desk.api.errors import NoToken
from sagwan.desk.api.forms import TokenForm
from sagwan.desk.api.models import Token
from sagwan.desk.api.reading import chapters
from sagwan.desk.api.scopes import TITLES, Scope, open_to
from sagwan.desk.api.service import description
from sagwan.desk.people.models import Person
from sagwan.desk.people.roles import Role
from sagwan.desk.web.forms import Form
from sagwan.desk.web.gate import Door, allowed
from sagwan.desk.web.i18n import translate
from sagwan.desk.web.views.people import tried

ONCE = "token-once"


@allowed(Door.PUBLIC)
def openapi(request: HttpRequest) -> HttpResponse:
    """The description for machines."""
    return JsonResponse(description(), json_dumps_params={"indent": 1, "ensure_ascii": False})


@allowed(Door.PUBLIC)
def docs(request: HttpRequest) -> HttpResponse:
    """The same for people: a page of our own, since the usual ones want scripts and styles in the page."""
    return render(request, "api/docs.html", {"document": description(), "chapters": chapters(description())})


@allowed(Door.SIGNED_IN)
def mine(request: HttpRequest) -> HttpResponse:
    """One's own tokens."""
    person = request.user
    context = _listed(person) | {
        "once": request.session.pop(ONCE, ""),
        "possible": bool(open_to(person.roles.split(","))),
    }
    return render(request, "api/tokens.html", context)


@allowed(Role.OFFICIAL, post=(Role.OFFICIAL,), fresh=True)
def make(request: HttpRequest) -> HttpResponse:
    """An official makes a token; it is shown on the next page, once."""
    form = TokenForm(request.POST or None, roles=request.user.roles.split(","))
    if request.method == "POST" and form.is_valid():
        desk, name, values = setup.current(), request.user.name, _values(form)
        made: list[str] = []
        if tried(form, lambda: made.append(actions.make_token(desk, **values, actor=name, at=clock.now()))):
            request.session[ONCE] = made[0]
            return redirect("tokens")
    return render(request, "api/token_new.html", {"form": form, "shown": request.user, "back": "tokens"})


@allowed(Door.SIGNED_IN, post=(Door.SIGNED_IN,), fresh=True)
def take(request: HttpRequest, token: str) -> HttpResponse:
    """A person of the provider takes the token that they were allowed; it is shown on the next page, once."""
    row = _token(request.user, token)
    form = Form(request.POST or None)
    if request.method == "POST":
        desk, name = setup.current(), request.user.name
        made: list[str] = []
        if tried(form, lambda: made.append(actions.take_token(desk, token, actor=name, at=clock.now()))):
            request.session[ONCE] = made[0]
            return redirect("tokens")
    context = {"form": form, "token": row, "titles": _titles(row)}
    return render(request, "api/token_take.html", context)


@allowed(Door.SIGNED_IN, post=(Door.SIGNED_IN,))
def revoke(request: HttpRequest, token: str) -> HttpResponse:
    """End one's own token."""
    return _revoked(request, _token(request.user, token), reverse("tokens"))


@allowed(Role.ADMINISTRATOR)
def of_person(request: HttpRequest, name: str) -> HttpResponse:
    """The administrator's page of somebody's tokens."""
    person = _person(name)
    allows = not person.is_official and person.is_active and open_to(person.roles.split(","))
    return render(request, "api/person_tokens.html", _listed(person) | {"allows": bool(allows)})


@allowed(Role.ADMINISTRATOR, post=(Role.ADMINISTRATOR,), fresh=True)
def allow(request: HttpRequest, name: str) -> HttpResponse:
    """Allow a person of the provider a token. Its secret is shown to them alone."""
    person = _person(name)
    if person.is_official:
        raise Http404
    form = TokenForm(request.POST or None, roles=person.roles.split(","))
    if request.method == "POST" and form.is_valid():
        desk, actor, values = setup.current(), request.user.name, _values(form)
        if tried(
            form,
            lambda: actions.allow_token(desk, person=name, **values, actor=actor, at=clock.now()),
        ):
            text = translate("It was allowed. The person takes it on their own page.")
            messages.success(request, text)
            return redirect("person-tokens", name)
    return render(request, "api/token_new.html", {"form": form, "shown": person, "back": "person-tokens"})


@allowed(Role.ADMINISTRATOR, post=(Role.ADMINISTRATOR,))
def stop(request: HttpRequest, name: str, token: str) -> HttpResponse:
    """End somebody's token."""
    return _revoked(request, _token(_person(name), token), reverse("person-tokens", args=[name]))


def _revoked(request: HttpRequest, row: Token, back: str) -> HttpResponse:
    if request.method == "POST":
        try:
            actions.revoke_token(setup.current(), row.name, actor=request.user.name, at=clock.now())
        except NoToken:
            raise Http404 from None
        messages.success(request, translate("The token no longer works."))
        return redirect(back)
    return render(request, "api/token_revoke.html", {"form": Form(), "token": row, "back": back})


def _values(form: TokenForm) -> dict[str, Any]:
    values = form.cleaned_data
    scopes = [Scope(word) for word in values["scopes"]]
    return {"title": values["title"], "scopes": scopes, "days": values["days"]}


def _listed(person: Person) -> dict[str, Any]:
    """What a page of tokens shows: each with its state and what its scopes are called."""
    at = clock.now()
    rows = [(token, queries.state_of(token, at), _titles(token)) for token in queries.tokens_of(person)]
    return {"shown": person, "tokens": rows}


def _titles(token: Token) -> list[str]:
    return [translate(TITLES[Scope(word)]) for word in token.scopes.split(",")]


def _token(person: Person, name: str) -> Token:
    row = Token.objects.filter(name=name, person=person).first()
    if row is None:
        raise Http404
    return row


def _person(name: str) -> Person:
    row = Person.objects.filter(name=name).first()
    if row is None:
        raise Http404
    return row
