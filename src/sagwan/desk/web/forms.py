"""The forms for people and authorities."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from django import forms

from sagwan.desk.people.records import AuthorityKind, SourceKind
from sagwan.desk.people.roles import STAFF
from sagwan.desk.web.i18n import _, translate
from sagwan.desk.web.refusals import said
from sagwan.desk.web.words import WORDS
from sagwan.record.errors import SagwanError
from sagwan.record.vocabulary import CallResult


def _choices(values: Iterable[StrEnum]) -> list[tuple[str, str]]:
    return [(str(value), translate(WORDS[str(value)])) for value in values]


class Form(forms.Form):
    """A form whose action may refuse: what it says stands above the fields."""

    def refuse(self, error: SagwanError) -> None:
        self.add_error(None, said(error))


class PersonForm(Form):
    name = forms.CharField(
        label=_("Name for signing in"), max_length=40,
        help_text=_("Lower-case letters, digits and hyphens. It stays for ever."),
    )  # fmt: skip
    full_name = forms.CharField(label=_("Full name"), max_length=100)
    email = forms.EmailField(
        label=_("Mail address"),
        required=False,
        help_text=_("Notices about the account go there; it opens nothing."),
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Who proposes cannot approve the same."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = _choices(STAFF)  # type: ignore[attr-defined]


class DetailsForm(Form):
    email = forms.EmailField(label=_("Mail address"), required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)

    def changed(self) -> dict[str, str]:
        """The values that differ from those of before."""
        return {name: self.cleaned_data[name] for name in self.changed_data}


class ReasonForm(Form):
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea({"rows": 3}))


class AuthorityForm(Form):
    slug = forms.CharField(
        label=_("Short name"),
        max_length=60,
        help_text=_("Lower-case letters, digits and hyphens, such as seoul-mapo."),
    )
    name_ko = forms.CharField(label=_("Name in Korean"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = _choices(AuthorityKind)  # type: ignore[attr-defined]


class VettingForm(Form):
    domains = forms.CharField(
        label=_("Its mail domains"), widget=forms.Textarea({"rows": 2}), help_text=_("One a line, without @.")
    )
    head = forms.CharField(label=_("Head of the authority"), max_length=200)
    phone = forms.CharField(
        label=_("Phone of the independent contact"), max_length=40, required=False,
        help_text=_("Never a number that the requester sent. Call-backs go to it alone."),
    )  # fmt: skip
    mail = forms.EmailField(label=_("Mail of the independent contact"), required=False)
    source_kind = forms.ChoiceField(label=_("Where the contact was found"))
    source = forms.CharField(
        label=_("Which one"),
        max_length=1000,
        help_text=_("The address of the page, the edition of the book, the paper."),
    )
    how = forms.CharField(label=_("How it was checked"), max_length=2000, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source_kind"].choices = _choices(SourceKind)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not values.get("phone") and not values.get("mail"):
            self.add_error("phone", translate("Give a phone number or a mail address."))
        return values


class OfficialForm(Form):
    full_name = forms.CharField(label=_("Full name"), max_length=100)
    email = forms.EmailField(label=_("Mail address at the authority"))
    phone = forms.CharField(label=_("Phone"), max_length=40)


class CallForm(Form):
    result = forms.ChoiceField(label=_("What the contact said"), widget=forms.RadioSelect)
    spoke_to = forms.CharField(label=_("Who was spoken to"), max_length=200, required=False)
    note = forms.CharField(
        label=_("Note"), max_length=2000, required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["result"].choices = _choices(CallResult)  # type: ignore[attr-defined]


class AdmitForm(Form):
    authority = forms.ChoiceField(
        label=_("Authority"), help_text=_("Only authorities that are vetted are listed.")
    )

    def __init__(self, *args: Any, authorities: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authority"].choices = list(authorities)  # type: ignore[attr-defined]


class AskForm(Form):
    full_name = forms.CharField(
        label=_("Full name"), max_length=100, widget=forms.TextInput({"autocomplete": "name"})
    )
    authority = forms.CharField(
        label=_("Authority"), max_length=200, widget=forms.TextInput({"autocomplete": "organization"})
    )
    email = forms.EmailField(
        label=_("Mail address at the authority"), widget=forms.EmailInput({"autocomplete": "email"})
    )
    phone = forms.CharField(
        label=_("Phone"), max_length=40, widget=forms.TextInput({"autocomplete": "tel", "type": "tel"})
    )
    text = forms.CharField(
        label=_("What you want to add"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3})
    )
