"""The form of a filing: it asks for what the law pack's instrument wants, and for nothing else."""

from dataclasses import replace
from typing import Any

from django import forms

from sagwan.desk.intake.drafts import Draft
from sagwan.desk.intake.errors import UnusableFile
from sagwan.desk.intake.form_fields import PAPER, FilesField, item_field, shown, written
from sagwan.desk.intake.target_rules import Setting
from sagwan.desk.intake.targets import Targets, parse_targets
from sagwan.desk.web.forms import Form
from sagwan.desk.web.i18n import _, translate
from sagwan.desk.web.refusals import said, told
from sagwan.desk.web.words import WORDS
from sagwan.law.in_force import InstrumentOnDay
from sagwan.law.model import ItemKind
from sagwan.law.pack import Pack
from sagwan.record.request import MAX_ACCOUNTS, MAX_TARGETS, MAX_TEXT, TARGET_KINDS

SHOWN_FAULTS = 20
SHOWN_REPEATS = 5


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
        self.lists: list[Targets] = []
        self.fields["data"].choices = [  # type: ignore[attr-defined]
            (rule.category.value, translate(WORDS[rule.category])) for rule in instrument.data
        ]
        kinds = [(kind, translate(WORDS[kind])) for kind in sorted(TARGET_KINDS)]
        self.fields["kind"].choices = [("", translate("by its writing")), *kinds]  # type: ignore[attr-defined]
        self._items = [item for item in instrument.items if instrument.applies(item.when, draft.emergency)]
        for item in self._items:
            self.fields[PAPER + item.slug] = item_field(item, instrument, pack)
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
            self.add_error(field, said(error))
            return Targets()
        for fault in found.faults[:SHOWN_FAULTS]:
            words = {"line": fault.line, "what": told(fault.problem), "hint": told(fault.hint)}
            self.add_error(field, translate("Line %(line)s: %(what)s (%(hint)s)") % words)
        if found.wrong > SHOWN_FAULTS:
            more = translate("and %(n)s more lines that cannot be used") % {"n": found.wrong - SHOWN_FAULTS}
            self.add_error(field, more)
        self.lists.append(found)
        return found

    def merged(self) -> list[str]:
        """What was named more than once, in words; each target is kept once."""
        said = [
            translate("Line %(line)s names the target of line %(first)s again.")
            % {"line": one.line, "first": one.first}
            for found in self.lists
            for one in found.repeats[:SHOWN_REPEATS]
        ]
        total = sum(found.repeated for found in self.lists)
        if total > len(said):
            said.append(translate("In all %(n)s lines name a target again.") % {"n": f"{total:,}"})
        if said:
            said.append(translate("Each target is kept once."))
        return said

    def draft(self) -> Draft:
        """The draft with what was typed; for a form that is valid."""
        values = self.cleaned_data
        return replace(
            self._draft,
            case_number=values["case_number"],
            data=tuple(sorted(values["data"])),
            targets=values["listed"],
            kind=values["kind"],
            accounts=values["accounts"],
            paper={item.slug: written(values[PAPER + item.slug]) for item in self._items},
            text=values["text"],
            read=(),
        )


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
        values[PAPER + item.slug] = shown(item, value)
    return values
