"""Fields for what the law wants on a document, and for files: the same for officials and for staff."""

from collections.abc import Iterable
from typing import Any

from django import forms

from sagwan.desk.intake.words import CHOICES
from sagwan.desk.web.i18n import language, translate
from sagwan.law.in_force import InstrumentOnDay
from sagwan.law.model import DocumentItem, ItemKind, Party
from sagwan.law.pack import Pack
from sagwan.record.request import MAX_PAPER_TEXT

PAPER = "paper-"
"""What the names of fields for document items begin with."""


class FilesInput(forms.FileInput):
    """Lets several files be chosen at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; cleaned, they are a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if self.required and not given:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return [super(FilesField, self).clean(one, initial) for one in given]


def written(value: object) -> str:
    """A field's value as it stands on the paper: `yes` for a tick, a list with commas."""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, list):
        return ",".join(value)
    return str(value or "").strip()


def shown(item: DocumentItem, value: str) -> Any:
    """A value of the paper as its field takes it."""
    if item.kind is ItemKind.YES:
        return value == "yes"
    if item.kind is ItemKind.CHOICES:
        return [part for part in value.split(",") if part]
    return value


def item_field(item: DocumentItem, instrument: InstrumentOnDay, pack: Pack) -> forms.Field:
    """The field of something that the law wants on the document. Nothing is refused for want of it: what is
    missing is said before sending, and the desk judges it."""
    same: dict[str, Any] = {
        "label": item.label.text(language()),
        "help_text": item.citation.text(language()),
        "required": False,
    }
    match item.kind:
        case ItemKind.DATE:
            return forms.RegexField(
                r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z", widget=forms.DateInput({"type": "date"}), **same
            )
        case ItemKind.YES:
            return forms.BooleanField(**same)
        case ItemKind.CHOICE:
            return forms.ChoiceField(choices=_options(_named(item, pack)), **same)
        case ItemKind.CHOICES:
            choices = _named(item, pack)
            return forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, choices=choices, **same)
        case ItemKind.ISSUER:
            return forms.ChoiceField(choices=_roles(instrument.issuers, instrument, pack), **same)
        case ItemKind.APPROVER:
            return forms.ChoiceField(choices=_roles(instrument.approvers, instrument, pack), **same)
        case ItemKind.PERIOD:
            shape = translate("From and to, such as 2016-01-01/2016-01-31.")
            return forms.CharField(**(same | {"help_text": f"{same['help_text']} · {shape}"}), max_length=30)
    return forms.CharField(max_length=MAX_PAPER_TEXT, **same)


def _named(item: DocumentItem, pack: Pack) -> list[tuple[str, str]]:
    """The choices of a document item, with what each is called."""
    instruments = {one.slug: one.names[-1].label.text(language()) for one in pack.instruments}
    named = {slug: translate(word) for slug, word in CHOICES.items()} | instruments
    return [(slug, named.get(slug, slug)) for slug in item.choices]


def _roles(parties: tuple[Party, ...], instrument: InstrumentOnDay, pack: Pack) -> list[tuple[str, str]]:
    slugs = dict.fromkeys(party.role for party in parties)
    return _options((slug, pack.role_name(slug, instrument.day).text(language())) for slug in slugs)


def _options(found: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [("", translate("not on the document")), *found]
