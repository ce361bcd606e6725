"""The portal's forms. Those of a filing are `intake.start_form` and `intake.filing_form`."""

from typing import Any

from django import forms

from sagwan.desk.intake.form_fields import FilesField
from sagwan.desk.people.keys import MAX_KEY
from sagwan.desk.vault.productions.unblinding import pseudonyms_in
from sagwan.desk.web.forms import Form
from sagwan.desk.web.i18n import _, translate
from sagwan.record.request import MAX_TEXT

MOST_NAMES = 500


class MessageForm(Form):
    text = forms.CharField(label=_("Text"), max_length=MAX_TEXT, widget=forms.Textarea({"rows": 6}))
    documents = FilesField(label=_("Documents"), required=False)


class NamesForm(Form):
    pseudonyms = forms.CharField(
        label=_("Pseudonyms"), max_length=MAX_TEXT // 2,
        widget=forms.Textarea({"rows": 5, "spellcheck": "false"}),
        help_text=_("As they stand in the files that you got: ~ and 20 characters each. At most 500."),
    )  # fmt: skip
    documents = FilesField(
        label=_("The document that orders it"), help_text=_("The further warrant or request, signed, as PDF.")
    )
    text = forms.CharField(
        label=_("What you want to add"), max_length=MAX_TEXT // 2, required=False,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip

    def clean_pseudonyms(self) -> str:
        text: str = self.cleaned_data["pseudonyms"]
        self.listed = pseudonyms_in(text)
        if not self.listed:
            raise forms.ValidationError(translate("No pseudonym stands in it."))
        if len(self.listed) > MOST_NAMES:
            raise forms.ValidationError(translate("These are too many for one request."))
        return text


class ExtensionForm(Form):
    text = forms.CharField(
        label=_("Why"), max_length=MAX_TEXT // 2, required=False, widget=forms.Textarea({"rows": 3})
    )
    documents = FilesField(label=_("Documents"), required=False)


class KeyForm(Form):
    recipient = forms.CharField(
        label=_("Your public key"), max_length=MAX_KEY,
        widget=forms.Textarea({"rows": 3, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_("The line that begins with age1; or a line ssh-ed25519 … or ssh-rsa …."),
    )  # fmt: skip


class PhraseForm(Form):
    phrase = forms.CharField(
        label=_("What you read"), max_length=60,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}),
        help_text=_("Eleven characters, such as abcde-23456."),
    )  # fmt: skip


class WithdrawForm(Form):
    reason = forms.ChoiceField(label=_("Reason"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, reasons: list[tuple[str, str]], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["reason"].choices = reasons  # type: ignore[attr-defined]
