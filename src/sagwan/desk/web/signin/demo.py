"""The demo's door: a list of the people of a desk, one click each. Nobody shows anything.

Its addresses exist only while it is open (door.py).
"""

from dataclasses import dataclass
from typing import cast

from allauth.account.internal.flows.login import record_authentication
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from sagwan.desk import setup
from sagwan.desk.people.models import Authority, Person
from sagwan.desk.people.roles import Role
from sagwan.desk.web.gate import Door, allowed
from sagwan.desk.web.signin import devices
from sagwan.desk.web.signin.door import LOOPBACK, check
from sagwan.desk.web.signin.notes import note


@dataclass(frozen=True, slots=True)
class Group:
    """People who stand together on the door's page: a role of the provider's, or an authority."""

    role: Role
    authority: Authority | None
    people: tuple[Person, ...]


def groups() -> list[Group]:
    """Everyone who can sign in: the provider's by their first role, officials by their authority."""
    people = list(
        Person.objects.filter(is_active=True, joined_at__isnull=False)
        .select_related("authority")
        .order_by("full_name")
    )
    found = []
    for role in Role:
        those = tuple(p for p in people if not p.is_official and p.roles.split(",")[0] == role)
        if those:
            found.append(Group(role, None, those))
    offices = {p.authority for p in people if p.authority is not None}
    for office in sorted(offices, key=lambda one: one.slug):
        found.append(Group(Role.OFFICIAL, office, tuple(p for p in people if p.authority == office)))
    return found


@allowed(Door.PUBLIC, post=(Door.PUBLIC,))
def door(request: HttpRequest) -> HttpResponse:
    """The people; a POST lets in as one of them."""
    _only_here(request)
    if request.method == "POST":
        person = Person.objects.filter(
            name=request.POST.get("person", ""), is_active=True, joined_at__isnull=False
        ).first()
        if person is None:
            raise Http404
        _enter(request, person)
        return redirect(_next(request.POST.get("next", "")))
    return render(request, "demo_door.html", {"groups": groups(), "next": _next(request.GET.get("next", ""))})


def _only_here(request: HttpRequest) -> None:
    """What `check` holds at the start holds for each request: it comes from this machine, by its name."""
    if request.META.get("REMOTE_ADDR") not in LOOPBACK:
        raise Http404
    check(setup.current().home)


def _enter(request: HttpRequest, person: Person) -> None:
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session["enrolled"] = True
    _shown(request)
    UserSession.objects.create_from_request(request)
    devices.is_known(request, person)
    note(person.name, "SignedIn", way="demo", device="known")


def _shown(request: HttpRequest) -> None:
    record_authentication(request, cast(Person, request.user), "mfa", type="demo", reauthenticated=True)


def _next(address: str) -> str:
    """Where to go on: an address of this desk, else the overview."""
    return address if url_has_allowed_host_and_scheme(address, allowed_hosts=None) else reverse("home")
