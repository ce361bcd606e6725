"""Listens to django-allauth: each sign-in, failure and change of a factor becomes an event."""

from typing import Any

from allauth.account import signals as account
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib.auth import signals as auth
from django.http import HttpRequest

from sagwan.desk.people.models import Person
from sagwan.desk.web import sessions
from sagwan.desk.web.signin import devices, factors
from sagwan.desk.web.signin.notes import note

_KINDS = {factors.PASSKEY: "passkey", factors.APP: "app", factors.CODES: "recovery-codes"}


def connect() -> None:
    """Connect every listener, once a process."""
    auth.user_logged_in.connect(_session_began)
    auth.user_logged_out.connect(_signed_out)
    account.user_logged_in.connect(_signed_in)
    account.password_set.connect(_password_set)
    account.password_changed.connect(_password_set)
    mfa.authenticator_added.connect(_factor_added)
    mfa.authenticator_removed.connect(_factor_removed)
    mfa.authenticator_reset.connect(_codes_made)
    mfa.authentication_failed.connect(_code_failed)


def failed(person: str, way: str) -> None:
    """Someone tried to sign in as `person`, who exists, and failed."""
    note(person, "SignInFailed", way=way)


def _session_began(sender: object, request: HttpRequest, user: Person, **_: Any) -> None:
    sessions.begin(request)
    request.session["enrolled"] = False


def _signed_in(sender: object, request: HttpRequest, user: Person, **_: Any) -> None:
    request.session["enrolled"] = factors.is_enrolled(user)
    records = get_authentication_records(request, user)
    way = "passkey" if any(record.get("passwordless") for record in records) else "password"
    known = devices.is_known(request, user)
    note(user.name, "SignedIn", way=way, device="known" if known else "new")
    if not known:
        devices.announce(request, user)


def _signed_out(sender: object, request: HttpRequest, user: Person | None, **_: Any) -> None:
    if user is not None:
        note(user.name, "SignedOut")


def _password_set(sender: object, request: HttpRequest, user: Person, **_: Any) -> None:
    note(user.name, "PasswordSet")


def _factor_added(sender: object, user: Person, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type != factors.CODES:  # they come by themselves with the app
        note(user.name, "FactorAdded", factor=_KINDS[authenticator.type])


def _codes_made(sender: object, user: Person, **_: Any) -> None:
    note(user.name, "FactorAdded", factor=_KINDS[factors.CODES])


def _factor_removed(sender: object, user: Person, authenticator: Authenticator, **_: Any) -> None:
    note(user.name, "FactorRemoved", factor=_KINDS[authenticator.type])


def _code_failed(sender: object, user: Person, **_: Any) -> None:
    failed(user.name, "code")
