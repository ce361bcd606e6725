"""The forms of signing in, with our words."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms

from sagwan.desk.web.i18n import _, translate

CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}


class SignInForm(account.LoginForm):
    """Name and password; a code follows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label, password.label = _("Name"), _("Password")
        login.widget = forms.TextInput(
            {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        )
        password.widget = forms.PasswordInput({"autocomplete": "current-password"})
        password.help_text = ""

    def clean_login(self) -> str:
        return super().clean_login().lower()


def _new_passwords(fields: dict[str, forms.Field]) -> None:
    first, second = fields["password1"], fields["password2"]
    first.label, second.label = _("New password"), _("New password, once more")
    first.help_text = _("At least 12 characters. A few words that do not belong together are good.")
    first.widget = forms.PasswordInput({"autocomplete": "new-password"})
    second.widget = forms.PasswordInput({"autocomplete": "new-password"})


class NewPasswordForm(account.SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _new_passwords(self.fields)


class ChangePasswordForm(account.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _new_passwords(self.fields)
        self.fields["oldpassword"].label = _("Password until now")
        self.fields["oldpassword"].widget = forms.PasswordInput({"autocomplete": "current-password"})


def _code(field: forms.Field, label: Any, hint: Any) -> None:
    field.label, field.help_text = label, hint
    field.widget = forms.TextInput(CODE)


class ActivateTOTPForm(totp.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self.fields["code"], _("Code"), _("The six digits that the app shows now."))

    def clean_code(self) -> str:
        self.cleaned_data["code"] = "".join(self.cleaned_data["code"].split())
        return super().clean_code()


class _Code:
    """A code of the app or a recovery code, with or without blanks."""

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(
            self.fields["code"],
            _("Code"),
            _("The six digits that the app shows now, or one of your recovery codes."),
        )

    def clean_code(self) -> str:
        self.cleaned_data["code"] = "".join(self.cleaned_data["code"].split())
        return super().clean_code()  # type: ignore[misc]


class CodeForm(_Code, mfa.AuthenticateForm):
    pass


class CodeAgainForm(_Code, mfa.ReauthenticateForm):
    pass


class AddPasskeyForm(webauthn.SignupWebAuthnForm):
    """A passkey that signs in by itself, so that the device must check who holds it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self.fields["name"]
        name.label, name.max_length = _("Name of the passkey"), 60
        name.help_text = _("So that you can tell it from others, such as: office laptop.")

    def clean_name(self) -> str:
        return super().clean_name()[:60]


class RenamePasskeyForm(webauthn.EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(
            label=translate("Name of the passkey"), max_length=60, initial=self.initial.get("name")
        )
