"""The addresses of signing in. allauth finds its pages by these names; what is not here is switched off:
signing up, passwords and codes by mail, addresses of mail and phone."""

from collections.abc import Callable
from typing import Any

from django.urls import path

from sagwan.desk.web.gate import Door, allowed
from sagwan.desk.web.signin import views

_PUBLIC = allowed(Door.PUBLIC, post=(Door.PUBLIC,))
_ADDING = allowed(Door.ENROLLING, post=(Door.ENROLLING,), fresh=True)
_INSIDE = allowed(Door.SIGNED_IN, post=(Door.SIGNED_IN,))
_OWN = allowed(Door.SIGNED_IN, post=(Door.SIGNED_IN,), fresh=True)


def _page(view: Any, declare: Callable[[Any], Any]) -> Any:
    return declare(view.as_view())


urlpatterns = [
    path("sign-in/", _page(views.SignIn, _PUBLIC), name="account_login"),
    path("sign-in/passkey/", _page(views.SignInWithPasskey, _PUBLIC), name="mfa_login_webauthn"),
    path("sign-in/code/", _page(views.SecondFactor, _PUBLIC), name="mfa_authenticate"),
    path("sign-out/", _page(views.SignOut, _PUBLIC), name="account_logout"),
    path("join/<str:token>/", _PUBLIC(views.join), name="join"),
    path("enrol/", allowed(Door.ENROLLING)(views.enrolment), name="enrol"),
    path("me/passkeys/add/", _page(views.AddPasskey, _ADDING), name="mfa_add_webauthn"),
    path("me/passkeys/<int:pk>/rename/", _page(views.RenamePasskey, _OWN), name="mfa_edit_webauthn"),
    path("me/passkeys/<int:pk>/remove/", _page(views.RemovePasskey, _OWN), name="mfa_remove_webauthn"),
    path("me/app/add/", _page(views.AddApp, _ADDING), name="mfa_activate_totp"),
    path("me/app/remove/", _page(views.RemoveApp, _OWN), name="mfa_deactivate_totp"),
    path("me/password/set/", _page(views.SetPassword, _ADDING), name="account_set_password"),
    path("me/password/", _page(views.ChangePassword, _OWN), name="account_change_password"),
    path("me/recovery-codes/", _page(views.RecoveryCodes, _OWN), name="mfa_view_recovery_codes"),
    path("me/recovery-codes/new/", _page(views.NewRecoveryCodes, _OWN), name="mfa_generate_recovery_codes"),
    path("again/passkey/", _page(views.PasskeyAgain, _INSIDE), name="mfa_reauthenticate_webauthn"),
    path("again/code/", _page(views.CodeAgain, _INSIDE), name="mfa_reauthenticate"),
]
