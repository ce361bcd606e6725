"""The forms with which staff take a request in; they add who asks to the form of every filing."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms

from sagwan.desk.casework.forms import choices
from sagwan.desk.casework.taking_in import CHANNELS
from sagwan.desk.intake.drafts import Draft
from sagwan.desk.intake.filing_form import FilingForm
from sagwan.desk.intake.form_fields import PAPER, FilesField
from sagwan.desk.intake.start_form import StartForm
from sagwan.desk.people.queries import authorities
from sagwan.desk.web.i18n import _, language, translate
from sagwan.law.in_force import InstrumentOnDay
from sagwan.law.model import ItemKind
from sagwan.law.pack import Pack
from sagwan.record.request import MAX_OFFICIALS

NAMED = "named"
"""The instrument that a document's title names."""


class TakingInStartForm(StartForm):
    """Staff say how it came, and let a document name the process."""

    channel = forms.ChoiceField(label=_("How it came"), choices=(), widget=forms.RadioSelect)
    documents = FilesField(
        label=_("Documents"), required=False,
        help_text=_(
            "The mail as .eml, with what is attached to it; scans and signed documents as PDF. What they say"
            " fills the form."
        ),
    )  # fmt: skip
    field_order = ("channel", "documents", "service", "instrument", "emergency")

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.offer("channel", choices(CHANNELS))
        named = (NAMED, translate("the one that the document names"))
        self.offer("instrument", [named, *self.fields["instrument"].choices])  # type: ignore[attr-defined]
        self.fields["instrument"].initial = NAMED

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("instrument") == NAMED:
            values["instrument"] = ""
        if values.get("instrument") == "" and not values.get("documents"):
            self.add_error("instrument", translate("Choose one, or attach a document that names it."))
        return values


class TakingInForm(FilingForm):
    """A filing with who asks: staff say it, where an official is signed in."""

    authority = forms.ChoiceField(label=_("Authority"), choices=(), required=False)
    authority_name = forms.CharField(
        label=_("Its name, if it is not on record"), max_length=500, required=False,
        help_text=_("As the paper writes it. Nothing goes out until somebody has vetted it."),
    )  # fmt: skip
    officials = forms.CharField(
        label=_("Officials who sign"), required=False, max_length=20_000, help_text=_("One a line."),
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip
    address = forms.CharField(label=_("Mail address of the sender"), max_length=320, required=False)
    phone = forms.CharField(
        label=_("Phone on the paper"), max_length=40, required=False,
        help_text=_("Only to compare it with the one on record: call-backs never go to it."),
    )  # fmt: skip

    def __init__(self, *args: Any, draft: Draft, instrument: InstrumentOnDay, pack: Pack, **kw: Any) -> None:
        super().__init__(*args, draft=draft, instrument=instrument, pack=pack, **kw)
        lang = language()
        offices = [(one.slug, one.name(lang)) for one in authorities()]
        offered = [("", translate("not on record")), *sorted(offices, key=lambda one: one[1])]
        self.fields["authority"].choices = offered  # type: ignore[attr-defined]
        self.fields["text"].label = translate("What the letter says besides")
        for name in ("authority", "authority_name", "address", "phone"):
            self.initial[name] = getattr(draft, name)
        self.initial["officials"] = "\n".join(draft.officials)
        cited = instrument.item_of_kind(ItemKind.CITED_LAW)
        if cited:
            # The article that the paper quotes, not the one that it should quote.
            self.initial[PAPER + cited.slug] = draft.paper.get(cited.slug, "")

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not values.get("authority") and not values.get("authority_name"):
            self.add_error("authority", translate("Say who asks: choose the authority, or write its name."))
        signers = [line.strip() for line in (values.get("officials") or "").splitlines() if line.strip()]
        if len(signers) > MAX_OFFICIALS:
            self.add_error("officials", translate("More than 100 officials."))
        values["signers"] = tuple(dict.fromkeys(signers))
        return values

    def draft(self) -> Draft:
        values = self.cleaned_data
        return replace(
            super().draft(),
            authority=values["authority"],
            authority_name="" if values["authority"] else values["authority_name"],
            officials=values["signers"],
            address=values["address"],
            phone=values["phone"],
        )

    def fill(self, said: Mapping[str, str]) -> list[str]:
        """Put what documents say into fields that are empty; returns their labels."""
        self.data = self.data.copy()
        filled = []
        for name, value in said.items():
            if name in self.fields and not self.data.get(name):
                self.data[name] = value
                filled.append(str(self.fields[name].label))
        return filled


def filled(draft: Draft, said: Mapping[str, str]) -> Draft:
    """A draft with what documents say where it says nothing yet."""
    paper = {name.removeprefix(PAPER): value for name, value in said.items() if name.startswith(PAPER)}
    fields = ("case_number", "address", "authority")
    new = {name: said[name] for name in fields if name in said and not getattr(draft, name)}
    added = {slug: value for slug, value in paper.items() if not draft.paper.get(slug)}
    read = (*draft.read, *new, *(PAPER + slug for slug in added))
    return replace(
        draft,
        case_number=new.get("case_number", draft.case_number),
        address=new.get("address", draft.address),
        authority=new.get("authority", draft.authority),
        paper={**draft.paper, **added},
        read=tuple(dict.fromkeys(read)),
    )
