"""The pages of signing in: allauth's views, with our templates and our ways back."""

import json
from typing import Any

from allauth.account import views as account
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal import auth
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy

from sagwan.desk import clock
from sagwan.desk.people.errors import InvitationInvalid
from sagwan.desk.people.invitations import invited
from sagwan.desk.web.i18n import translate
from sagwan.desk.web.signin import enrol, factors


class SignIn(account.LoginView):
    def get_context_data(self, **kwargs: Any) -> dict:
        return super().get_context_data(**kwargs) | {"next": self.get_next_url() or ""}


class SignInWithPasskey(webauthn.LoginWebAuthnView):
    pass


class SecondFactor(mfa.AuthenticateView):
    """The code after name and password. A passkey needs no password, so it is not asked for here."""

    def get_context_data(self, **kwargs: Any) -> dict:
        found = super().get_context_data(**kwargs)
        found["options"] = json.dumps(found.pop("js_data")["request_options"])
        found["has_passkey"] = any(f.type == factors.PASSKEY for f in factors.of(self.stage.login.user))
        return found


class SignOut(account.LogoutView):
    pass


class PasskeyAgain(webauthn.ReauthenticateWebAuthnView):
    def form_invalid(self, form: Any) -> HttpResponse:
        for message in form.errors.get("credential", []):
            messages.error(self.request, message)
        return HttpResponseRedirect(self.request.get_full_path())

    def get_context_data(self, **kwargs: Any) -> dict:
        found = super().get_context_data(**kwargs)
        return found | {
            "options": json.dumps(found["js_data"]["request_options"]),
            "next": self.get_next_url() or "",
            "has_app": any(factor.type == factors.APP for factor in factors.of(self.request.user)),
        }


class CodeAgain(mfa.ReauthenticateView):
    def get_context_data(self, **kwargs: Any) -> dict:
        return super().get_context_data(**kwargs) | {"next": self.get_next_url() or ""}


def join(request: HttpRequest, token: str) -> HttpResponse:
    """An invitation: for whom, and what follows. A POST takes it up, since mail scanners follow links."""
    try:
        person = invited(token, clock.now())
        if request.method == "POST":
            enrol.begin(request, token)
            return redirect("enrol")
    except InvitationInvalid:
        return render(request, "join_invalid.html", status=410)
    return render(request, "join.html", {"invited": person, "before": factors.is_enrolled(person)})


def enrolment(request: HttpRequest) -> HttpResponse:
    """The steps that are left before the person is in."""
    if request.session.get("enrolled"):
        return redirect("home")
    kinds = {factor.type for factor in factors.of(request.user)}
    return render(request, "enrol.html", {"has_app": factors.APP in kinds})


class _Settling:
    """A view that adds a factor, and then looks whether the person is in."""

    request: HttpRequest
    factor = ""

    def form_valid(self, form: Any) -> HttpResponse:
        inside = bool(self.request.session.get("enrolled"))
        super().form_valid(form)  # type: ignore[misc]
        if self.factor:
            enrol.shown(self.request, self.factor)
        self.added()
        try:
            settled = enrol.settle(self.request)
        except InvitationInvalid:
            messages.error(self.request, translate("This invitation was used or replaced meanwhile."))
            return redirect("account_login")
        return HttpResponseRedirect(self.next_page(inside, settled))

    def added(self) -> None:
        """What else follows from the new factor."""

    def next_page(self, inside: bool, settled: bool) -> str:
        if inside:
            return reverse("me")
        if not settled:
            return reverse("enrol")
        kinds = {factor.type for factor in factors.of(self.request.user)}
        return reverse("mfa_view_recovery_codes" if factors.CODES in kinds else "home")


class AddPasskey(_Settling, webauthn.AddWebAuthnView):
    factor = "webauthn"

    def get_context_data(self, **kwargs: Any) -> dict:
        options = auth.begin_registration(self.request.user, passwordless=True)
        form = kwargs.get("form") or self.get_form()
        return {"form": form, "options": json.dumps(options), "view": self}

    def added(self) -> None:
        # Codes stand in for the app after a password; who has no password could not use them.
        if not self.request.user.has_usable_password():
            for factor in factors.of(self.request.user):
                if factor.type == factors.CODES:
                    factor.delete()


class AddApp(_Settling, totp.ActivateTOTPView):
    factor = "totp"

    def get_context_data(self, **kwargs: Any) -> dict:
        found = super().get_context_data(**kwargs)
        # The drawing stands in the page itself: the policy allows no data: address.
        found["drawing"] = found["totp_svg"].partition("?>")[2]
        found["secret"] = found["form"].secret
        return found


class RemoveApp(totp.DeactivateTOTPView):
    success_url = reverse_lazy("me")


class SetPassword(_Settling, account.PasswordSetView):
    def get_default_success_url(self) -> str:
        return reverse("me")


class ChangePassword(account.PasswordChangeView):
    def get_default_success_url(self) -> str:
        messages.success(
            self.request, translate("Your password was changed. Your other sessions have ended.")
        )
        return reverse("me")


class RenamePasskey(webauthn.EditWebAuthnView):
    success_url = reverse_lazy("me")


class RemovePasskey(webauthn.RemoveWebAuthnView):
    success_url = reverse_lazy("me")

    def form_valid(self, form: Any) -> HttpResponse:
        if not get_adapter().can_delete_authenticator(self.object):
            messages.error(self.request, get_adapter().error_messages["cannot_delete_authenticator"])
            return redirect("me")
        messages.success(self.request, translate("The passkey was removed."))
        return super().form_valid(form)


class RecoveryCodes(codes.ViewRecoveryCodesView):
    pass


class NewRecoveryCodes(codes.GenerateRecoveryCodesView):
    pass
