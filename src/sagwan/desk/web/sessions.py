"""Sessions: encrypted where they lie, and ended after a while, used or not.

A session holds who is signed in and what they were about to send; the database's thief must not read that.
"""

import base64
import binascii
import json
import time
from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from sagwan.desk import setup
from sagwan.desk.vault.master import KeyMissing, seal, unseal
from sagwan.desk.web.addresses import sign_in_address
from sagwan.desk.web.i18n import translate

BEGAN, SEEN = "began", "seen"
STEP = 60
"""Seconds between two notes of when a session was last used: a page must not cost a write."""


class SessionStore(DatabaseSessions):
    """Django's sessions in the database, sealed under a key of their own."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        text = json.dumps(session_dict, separators=(",", ":")).encode()
        return base64.b64encode(seal(_cipher(), text, b"session")).decode()

    def decode(self, session_data: str) -> dict[str, Any]:
        try:
            return json.loads(unseal(_cipher(), base64.b64decode(session_data), b"session"))
        except (KeyMissing, binascii.Error, ValueError):
            return {}  # another key's, or damaged: nobody is signed in by it


def _cipher() -> AESGCM:
    return AESGCM(setup.current().master.derive("sessions"))


def begin(request: HttpRequest) -> None:
    """Start the clocks of a session in which someone has just signed in."""
    request.session[BEGAN] = request.session[SEEN] = int(time.time())


class Limits:
    """Ends a session that was idle for too long, or is too old."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        now = int(time.time())
        if _is_over(request.session, now):
            logout(request)
            messages.info(request, translate("Your session has ended. Sign in again to go on."))
            return redirect(sign_in_address(request))
        if now - request.session[SEEN] >= STEP:
            request.session[SEEN] = now
        return self.get_response(request)


def _is_over(session: Any, now: int) -> bool:
    began, seen = session.get(BEGAN, 0), session.get(SEEN, 0)
    return now - began >= settings.SESSION_COOKIE_AGE or now - seen >= settings.SESSION_IDLE_SECONDS
