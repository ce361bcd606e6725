"""Devices that a person used before: a signed cookie says so, since no list of devices is kept.

A new one is announced by mail, on the next page of the device itself, and in the person's other sessions.
"""

import secrets
from collections.abc import Callable
from datetime import datetime
from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse

from sagwan.desk import clock
from sagwan.desk.people.models import Person
from sagwan.desk.web.i18n import language, translate
from sagwan.desk.web.moments import moment
from sagwan.desk.web.signin import mail

SALT = "sagwan.device"
AGE = 400 * 24 * 3600
NOTICES = "notices"
_BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Whale/", "Whale"),
             ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"),
             ("Chrome/", "Chrome"), ("Safari/", "Safari"))  # fmt: skip
_SYSTEMS = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
            ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"))  # fmt: skip


def describe(user_agent: str) -> str:
    """`Chrome, Windows`: what the browser says it is, for a person to recognise."""
    found = [
        next((name for sign, name in table if sign in user_agent), "") for table in (_BROWSERS, _SYSTEMS)
    ]
    return ", ".join(filter(None, found)) or "?"


def is_known(request: HttpRequest, person: Person) -> bool:
    """Whether this browser was used by the person before; from now on it was."""
    known = _people(request)
    if person.pk not in known:
        request.device = [*known, person.pk]  # type: ignore[attr-defined]
    return person.pk in known


def _people(request: HttpRequest) -> list[int]:
    try:
        found = signing.loads(request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=SALT, max_age=AGE)
    except signing.BadSignature:
        return []
    return found["people"]


def announce(request: HttpRequest, person: Person) -> None:
    """Tell the person, in every way there is, that a new device signed in."""
    device = describe(request.headers.get("User-Agent", ""))
    at = clock.now()
    said = mail.tell(person, mail.NEW_DEVICE, at, device=device)
    messages.info(request, translate("This device is new to your account.") + (
        " " + translate("A mail about it was sent to you.") if said else ""
    ))  # fmt: skip
    sessions = import_module(settings.SESSION_ENGINE)
    for other in UserSession.objects.filter(user=person).exclude(session_key=request.session.session_key):
        store = sessions.SessionStore(other.session_key)
        if store.load():
            store[NOTICES] = [*store.get(NOTICES, []), [device, at.isoformat()]]
            store.save(must_create=False)


class Devices:
    """Shows what was announced to this session; gives the cookie to a device that has just become known."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.session.get(NOTICES):
            for device, at in request.session.pop(NOTICES):
                text = translate(
                    "A new device signed in to your account: {device}, {at}."
                    " Was it not you? Sign out everywhere on your page, and tell the administrator at once."
                )
                instant = datetime.fromisoformat(at)
                messages.warning(request, text.format(device=device, at=moment(instant, language())))
        response = self.get_response(request)
        if people := getattr(request, "device", None):
            value = signing.dumps({"people": people, "device": secrets.token_hex(8)}, salt=SALT)
            response.set_cookie(
                settings.DEVICE_COOKIE_NAME, value, max_age=AGE, httponly=True, samesite="Lax",
                secure=settings.DEVICE_COOKIE_SECURE,
            )  # fmt: skip
        return response
