"""Someone at the desk's door, without a browser: Django's client, signed in or not."""

import re
import time
from functools import cache
from typing import Any

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.test.client import ClientHandler

import tests.support.django_ready  # noqa: F401 - before the models below
from sagwan.desk.people.models import Person

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PASSWORD = "four quiet horses at dawn"
READ = re.compile("SECURE_|STATIC|WHITENOISE_").match
"""Settings that the middleware reads when it is loaded."""


class Visitor(Client):
    """A client that speaks English; with a name it is signed in as that person, whose app has `SECRET`."""

    def __init__(self, name: str = "", *, enrolled: bool = True, fresh: bool = True, **headers: Any) -> None:
        super().__init__(**{"HTTP_HOST": "localhost", "HTTP_ACCEPT_LANGUAGE": "en", **headers})
        if not self.handler.enforce_csrf_checks:
            self.handler = handler(
                str({name: getattr(settings, name) for name in dir(settings) if READ(name)})
            )
        if name:
            self.person = Person.objects.get(name=name)
            if enrolled:
                enrol(self.person)
            self._enter(enrolled, fresh and enrolled)

    def _enter(self, enrolled: bool, fresh: bool) -> None:
        self.force_login(self.person)
        session = self.session
        session["enrolled"] = enrolled
        if fresh:
            shown = {"method": "mfa", "at": time.time(), "reauthenticated": True, "type": "totp", "id": 1}
            session[AUTHENTICATION_METHODS_SESSION_KEY] = [shown]
            session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(self.person.pk)
        session.save()
        UserSession.objects.get_or_create(
            session_key=session.session_key,
            defaults={"user": self.person, "ip": "127.0.0.1", "user_agent": "Chrome/1 Linux"},
        )

    def forget_freshness(self) -> None:
        """Let the second factor have been shown long ago."""
        session = self.session
        session.pop(AUTHENTICATION_METHODS_SESSION_KEY, None)
        session.save()


@cache
def handler(_read: str) -> ClientHandler:
    """All visitors': loading the middleware takes longer than a request, and it keeps nothing of who asks."""
    return ClientHandler(enforce_csrf_checks=False)


def enrol(person: Person) -> None:
    """Give a person an app and a password, as if they had set it up."""
    if not Authenticator.objects.filter(user=person).exists():
        TOTP.activate(person, SECRET)
        person.password = _hashed()
        person.save(update_fields=["password"])


@cache
def _hashed() -> str:
    """The password as it is stored; hashing is slow on purpose, so once a process."""
    return make_password(PASSWORD)
