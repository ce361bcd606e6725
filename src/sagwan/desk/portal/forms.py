"""The portal's forms. That of a filing asks for what the law pack's instrument wants, and nothing else."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from sagwan.desk.intake.errors import UnusableFile
from sagwan.desk.intake.target_rules import Setting
from sagwan.desk.intake.targets import Targets, parse_targets
from sagwan.desk.portal.drafts import Draft
from sagwan.desk.portal.words import CHOICES
from sagwan.desk.web.forms import Form
from sagwan.desk.web.i18n import _, language, translate
from sagwan.desk.web.words import WORDS
from sagwan.law.in_force import InstrumentOnDay
from sagwan.law.model import DocumentItem, ItemKind, Party
from sagwan.law.pack import Pack
from sagwan.record.request import MAX_ACCOUNTS, MAX_PAPER_TEXT, MAX_TARGETS, MAX_TEXT, TARGET_KINDS

PAPER = "paper-"
SHOWN_FAULTS = 20


class FilesInput(forms.FileInput):
    """Lets several files be chosen at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; cleaned, they are a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(one, initial) for one in given]


class StartForm(Form):
    service = forms.ChoiceField(label=_("Service"), widget=forms.RadioSelect)
    instrument = forms.ChoiceField(
        label=_("Legal process"), widget=forms.RadioSelect,
        help_text=_("The form that follows asks for what this law wants on the document."),
    )  # fmt: skip
    emergency = forms.BooleanField(
        label=_("It is an emergency"), required=False,
        help_text=_("Only where the law has an emergency form of it. The next page says what changes."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, services: list[tuple[str, str]], instruments: tuple[InstrumentOnDay, ...], **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self._instruments = instruments
        names = [(one.slug, one.name.text(language())) for one in instruments]
        self.fields["service"].choices = services  # type: ignore[attr-defined]
        self.fields["instrument"].choices = names  # type: ignore[attr-defined]
        if len(services) == 1:
            self.fields["service"].initial = services[0][0]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        chosen = next((one for one in self._instruments if one.slug == values.get("instrument")), None)
        if values.get("emergency") and chosen and chosen.emergency is None:
            self.add_error("emergency", translate("The law knows no emergency form of this process."))
        return values


class FilingForm(Form):
    case_number = forms.CharField(label=_("Case number"), max_length=500)
    data = forms.MultipleChoiceField(label=_("Data asked for"), widget=forms.CheckboxSelectMultiple)
    targets = forms.CharField(
        label=_("Accounts and other targets"), required=False,
        widget=forms.Textarea({"rows": 8, "spellcheck": "false"}),
        help_text=_("One a line, 100,000 at most. A line may begin with its kind: account:raven-001."),
    )  # fmt: skip
    targets_file = forms.FileField(
        label=_("Or a file of them"), required=False,
        help_text=_("A text file, one target a line. What stands in the field above is kept."),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("Kind of lines that do not say it"), required=False,
        help_text=_("Addresses, numbers and the like are recognised by how they are written."),
    )  # fmt: skip
    accounts = forms.IntegerField(
        label=_("Number of accounts"), required=False, min_value=0, max_value=MAX_ACCOUNTS,
        help_text=_("Only if it differs from the number of targets."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, draft: Draft, instrument: InstrumentOnDay, pack: Pack, setting: Setting, **kw: Any
    ) -> None:
        super().__init__(*args, initial=_initial(draft, instrument), **kw)
        self._draft, self._setting = draft, setting
        self.read = Targets()
        self.fields["data"].choices = [  # type: ignore[attr-defined]
            (rule.category.value, translate(WORDS[rule.category])) for rule in instrument.data
        ]
        kinds = [(kind, translate(WORDS[kind])) for kind in sorted(TARGET_KINDS)]
        self.fields["kind"].choices = [("", translate("by its writing")), *kinds]  # type: ignore[attr-defined]
        self._items = [item for item in instrument.items if instrument.applies(item.when, draft.emergency)]
        for item in self._items:
            self.fields[PAPER + item.slug] = _item_field(item, instrument, pack)
        self.fields["text"] = forms.CharField(
            label=translate("What you want to add"), required=False, max_length=MAX_TEXT,
            widget=forms.Textarea({"rows": 4}),
        )  # fmt: skip
        self.fields["documents"] = FilesField(
            label=translate("Documents"),
            required=False,
            help_text=translate("The signed document as PDF, and what belongs to it."),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        kind = values.get("kind") or ""
        typed = self._list("targets", values.get("targets") or "", kind)
        file = values.get("targets_file")
        sent = self._list("targets_file", file.read() if file else b"", kind)
        both = tuple(dict.fromkeys((*typed.targets, *sent.targets)))
        if len(both) > MAX_TARGETS:
            self.add_error("targets_file", translate("More than 100,000 targets: split them into requests."))
        if not both and not self.errors.keys() & {"targets", "targets_file"}:
            self.add_error("targets", translate("Name at least one target."))
        values["listed"] = "\n".join(f"{target.kind}:{target.value}" for target in both)
        return values

    def _list(self, field: str, source: str | bytes, kind: str) -> Targets:
        """The targets of one source; what is wrong with it is said line by line."""
        try:
            found = parse_targets(source, kind=kind, setting=self._setting)
        except UnusableFile as error:
            self.add_error(field, str(error))
            return Targets()
        for fault in found.faults[:SHOWN_FAULTS]:
            said = {"line": fault.line, "what": fault.problem, "hint": fault.hint}
            self.add_error(field, translate("Line %(line)s: %(what)s (%(hint)s)") % said)
        if found.wrong > SHOWN_FAULTS:
            more = translate("and %(n)s more lines that cannot be used") % {"n": found.wrong - SHOWN_FAULTS}
            self.add_error(field, more)
        return found

    def draft(self) -> Draft:
        """The draft with what was typed; for a form that is valid."""
        values = self.cleaned_data
        return Draft(
            token=self._draft.token,
            service=self._draft.service,
            instrument=self._draft.instrument,
            emergency=self._draft.emergency,
            case_number=values["case_number"],
            data=tuple(sorted(values["data"])),
            targets=values["listed"],
            kind=values["kind"],
            accounts=values["accounts"],
            paper={item.slug: _written(values[PAPER + item.slug]) for item in self._items},
            text=values["text"],
        )


def _written(value: object) -> str:
    """A field's value as it stands on the paper: `yes` for a tick, a list with commas."""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, list):
        return ",".join(value)
    return str(value or "").strip()


def _initial(draft: Draft, instrument: InstrumentOnDay) -> dict[str, Any]:
    """What stands in the form at first: what was typed, and the article of the day."""
    values: dict[str, Any] = {
        "case_number": draft.case_number,
        "data": list(draft.data),
        "targets": draft.targets,
        "kind": draft.kind,
        "accounts": draft.accounts,
        "text": draft.text,
    }
    if len(instrument.data) == 1 and not draft.data:
        values["data"] = [instrument.data[0].category.value]
    for item in instrument.items:
        value = draft.paper.get(item.slug, "")
        if item.kind is ItemKind.CITED_LAW and item.slug not in draft.paper:
            value = next((one.citation.label.ko for one in instrument.basis if not one.issuers), "")
        values[PAPER + item.slug] = _shown(item, value)
    return values


def _shown(item: DocumentItem, value: str) -> Any:
    """A value of the paper as its field takes it."""
    if item.kind is ItemKind.YES:
        return value == "yes"
    if item.kind is ItemKind.CHOICES:
        return [part for part in value.split(",") if part]
    return value


def _item_field(item: DocumentItem, instrument: InstrumentOnDay, pack: Pack) -> forms.Field:
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


class PaperForm(Form):
    """Better paper for a request that was filed: what stands on the document by now, and its file."""

    def __init__(
        self, *args: Any, paper: Mapping[str, str], instrument: InstrumentOnDay, pack: Pack, **kw: Any
    ) -> None:
        self._paper = paper
        initial = {PAPER + item.slug: _shown(item, paper.get(item.slug, "")) for item in instrument.items}
        super().__init__(*args, initial=initial, **kw)
        self._items = instrument.items
        for item in instrument.items:
            self.fields[PAPER + item.slug] = _item_field(item, instrument, pack)
        self.fields["documents"] = FilesField(label=translate("Documents"), required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors and not self.changed() and not values.get("documents"):
            self.add_error(None, translate("Nothing is new: change an item or attach a document."))
        return values

    def changed(self) -> dict[str, str]:
        """The items that say something else than before; what is emptied is left as it was."""
        written = {item.slug: _written(self.cleaned_data.get(PAPER + item.slug)) for item in self._items}
        return {
            slug: value for slug, value in written.items() if value and value != self._paper.get(slug, "")
        }


class MessageForm(Form):
    text = forms.CharField(label=_("Text"), max_length=MAX_TEXT, widget=forms.Textarea({"rows": 6}))
    documents = FilesField(label=_("Documents"), required=False)


class WithdrawForm(Form):
    reason = forms.ChoiceField(label=_("Reason"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, reasons: list[tuple[str, str]], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["reason"].choices = reasons  # type: ignore[attr-defined]
