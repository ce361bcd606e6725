"""Where django-allauth asks how it is done here."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from sagwan.desk import clock, setup
from sagwan.desk.people.models import Person
from sagwan.desk.vault.master import seal, unseal
from sagwan.desk.web.i18n import _, language, translate
from sagwan.desk.web.signin import factors, mail
from sagwan.desk.web.signin.listen import failed

_WRONG = _("The name or the password is wrong.")
_MANY = _("Too many attempts. Wait five minutes, then try again.")
_CODE = _("The code is wrong, was used, or has ended. Enter the one that is shown now.")


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up; who has no second factor yet comes in by an invitation only."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _WRONG,
        "invalid_login": _WRONG,
        "too_many_login_attempts": _MANY,
        "rate_limited": _MANY,
        "incorrect_code": _CODE,
        "incorrect_password": _("The password is wrong."),
        "enter_current_password": _("The password is wrong."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse | None:
        if not user.is_active:
            reason = translate("This account is suspended. Ask the administrator.")
        elif not factors.is_enrolled(user):
            reason = translate(
                "This account has no second factor yet. Ask the administrator for an invitation."
            )
        else:
            return super().pre_login(request, user, **kwargs)
        clear_login(request)
        messages.error(request, reason)
        return redirect("account_login")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        name = str(credentials.get("username", ""))
        if Person.objects.filter(name=name).exists():  # what a stranger typed is not kept
            failed(name, "password")

    def get_reauthentication_methods(self, user: Any) -> list[dict]:
        """The second factor, not the password, which a thief of a session may have seen."""
        kinds = {factor.type for factor in factors.of(user)} if user.is_authenticated else set()
        ways = []
        if factors.PASSKEY in kinds:
            said = translate("Use a passkey instead")
            url = reverse("mfa_reauthenticate_webauthn")
            ways.append({"id": "passkey", "url": url, "description": said})
        if factors.APP in kinds:
            said = translate("Use a code instead")
            ways.append({"id": "code", "url": reverse("mfa_reauthenticate"), "description": said})
        return ways

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who has no second factor yet has none to show: this is how they get it."""
        return bool(self.get_reauthentication_methods(self.request.user))

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        mail.tell(user, mail.CHANGES[template_prefix], clock.now())


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps are sealed under the master key."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _CODE,
        "cannot_delete_authenticator": _("Add another way to sign in first: this one is the last."),
    }

    def encrypt(self, text: str) -> str:
        return base64.b64encode(seal(_cipher(), text.encode(), b"factor")).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(_cipher(), base64.b64decode(encrypted_text), b"factor").decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return factors.is_enrolled(authenticator.user, without=[authenticator.pk])

    def get_totp_label(self, user: Any) -> str:
        return user.name

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return translate("Passkey {number}").format(number=number)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": self._get_site_name()}

    def _get_site_name(self) -> str:
        return setup.current().home.names[language()]

    def get_public_key_credential_user_entity(self, user: Any) -> dict:
        return super().get_public_key_credential_user_entity(user) | {
            "name": user.name,
            "display_name": user.full_name,
        }


def _cipher() -> AESGCM:
    return AESGCM(setup.current().master.derive("factors"))
