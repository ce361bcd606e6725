"""What every page of the desk may name."""

from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import reverse

from sagwan.desk import clock, setup
from sagwan.desk.people.roles import Role
from sagwan.desk.web.i18n import language
from sagwan.desk.web.menu import menu
from sagwan.desk.web.signin import door


def page(request: HttpRequest) -> dict[str, Any]:
    """The home's name, who is signed in as what, where they can go, and what was just done."""
    user = getattr(request, "user", None)
    person = user if user is not None and user.is_authenticated else None
    inside = person is not None and bool(request.session.get("enrolled"))
    home = setup.current().home
    return {
        "home_name": home.names[language()],
        "synthetic": home.synthetic,
        "example_day": clock.now() if home.clock_behind else None,
        "door": reverse("demo-door") if door.is_open() else "",
        "person": person,
        "roles": [Role(role) for role in person.roles.split(",")] if person is not None else [],
        "menu": menu(person, request.path) if inside and person is not None else [],
        "messages": lambda: get_messages(request),
        "path": request.get_full_path() if request.method == "GET" else request.path,
    }
