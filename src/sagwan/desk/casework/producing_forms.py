"""The forms of a production: what files are, to whom it goes, for how long."""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from sagwan.desk.casework.forms import called, date_input
from sagwan.desk.intake.form_fields import FilesField
from sagwan.desk.intake.target_rules import Setting
from sagwan.desk.intake.targets import parse_targets
from sagwan.desk.people.records import OfficialRecord
from sagwan.desk.vault.connectors import SIDECAR, Incoming
from sagwan.desk.vault.productions.actions import Tried
from sagwan.desk.vault.productions.declare import Columns, Declared, from_members
from sagwan.desk.vault.productions.scope import Scope
from sagwan.desk.vault.productions.shipping import DAYS, LONGEST_DAYS
from sagwan.desk.web.forms import Form
from sagwan.desk.web.i18n import _, translate
from sagwan.desk.web.refusals import said, shown
from sagwan.pages.i18n import N_
from sagwan.record.errors import InvalidValue, SagwanError
from sagwan.record.request import Target
from sagwan.record.vocabulary import DataCategory

ALL, THESE = "all", "these"
OPAQUE, TABLE, TALK = "opaque", "table", "talk"
PASSPHRASE = "@passphrase"  # noqa: S105 - a choice, no password
EVERYONE = "@all"
MAX_SIDECAR = 1_000_000
_KINDS = (
    N_("Only what is said here: the files go out as they are (PDF, zip, pictures)."),
    N_("A table: each row's target and time are checked."),
    N_("A conversation: each row is checked, and everyone but the targets is blinded."),
)


_UNSAID = _("Say it of the files that have no .scope.json.")


class PutForm(Form):
    use_required_attribute = False  # what is said beside each file need not be said here

    files = FilesField(
        label=_("Files"),
        help_text=_("Several at once. NAME.scope.json beside NAME says of it what the fields below say."),
    )
    data = forms.ChoiceField(
        label=_("Which data they are"), widget=forms.RadioSelect, error_messages={"required": _UNSAID}
    )
    whose = forms.ChoiceField(
        label=_("Whose data they are"), widget=forms.RadioSelect, error_messages={"required": _UNSAID}
    )
    targets = forms.CharField(
        label=_("Only of these targets"), required=False,
        widget=forms.Textarea({"rows": 3, "spellcheck": "false"}),
        help_text=_("One a line, as they stand in the request: account:raven-001."),
    )  # fmt: skip
    first = forms.DateField(label=_("Data from"), widget=date_input(), required=False)
    last = forms.DateField(
        label=_("Data until"), widget=date_input(), required=False, help_text=_("Both days included.")
    )
    kind = forms.ChoiceField(label=_("What is checked"), widget=forms.RadioSelect, initial=OPAQUE)
    target = forms.CharField(label=_("Column of the target"), max_length=200, required=False)
    time = forms.CharField(label=_("Column of the time"), max_length=200, required=False)
    sender = forms.CharField(label=_("Column of who wrote"), max_length=200, required=False)
    nick = forms.CharField(label=_("Column of the shown name"), max_length=200, required=False)
    text = forms.CharField(
        label=_("Columns of what was written"),
        max_length=1000,
        required=False,
        help_text=_("With commas between."),
    )
    keep = forms.CharField(label=_("Further columns that go out"), max_length=1000, required=False)
    drop = forms.CharField(label=_("Columns that do not go out"), max_length=1000, required=False)
    members = forms.CharField(
        label=_("People who are there and never wrote"), required=False, widget=forms.Textarea({"rows": 2}),
        help_text=_("Their ids, one a line, so that they are blinded where they are mentioned."),
    )  # fmt: skip

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        first, last = scope.period or (None, None)
        super().__init__(*args, initial={"first": first, "last": last}, **kwargs)
        self.scope = scope
        offered = {
            "data": [(str(one), called(one)) for one in sorted(scope.granted)],
            "whose": [
                (ALL, translate("All targets that were granted these data")),
                (THESE, translate("Only some")),
            ],
            "kind": [
                (OPAQUE, translate(_KINDS[0])),
                (TABLE, translate(_KINDS[1])),
                (TALK, translate(_KINDS[2])),
            ],
        }  # fmt: skip
        for name, found in offered.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]
        if len(offered["data"]) == 1:
            self.fields["data"].initial = offered["data"][0][0]
        for name in ("data", "whose"):
            self.fields[name].required = not self._all_are_said()

    def _all_are_said(self) -> bool:
        """Does a .scope.json stand beside every file that was sent?"""
        names = {file.name for file in self.files.getlist("files")} if self.is_bound else set()
        return bool(names) and all(name.endswith(SIDECAR) or name + SIDECAR in names for name in names)

    @property
    def reads(self) -> bool:
        """Are the files read row by row?"""
        return self["kind"].value() in (TABLE, TALK)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        self._check_targets(values)
        self._check_columns(values)
        return values

    def _check_targets(self, values: dict[str, Any]) -> None:
        self.named: tuple[Target, ...] = ()
        if values.get("whose") == THESE:
            try:
                read = parse_targets(values.get("targets") or "", setting=Setting(zone=self.scope.zone))
            except SagwanError as error:
                self.add_error("targets", said(error))
                return
            if read.faults or not read.targets:
                fault = read.faults[0] if read.faults else None
                told = f"{fault.line}: {shown(fault.problem)}" if fault else translate("Name at least one.")
                self.add_error("targets", told)
            self.named = read.targets

    def _check_columns(self, values: dict[str, Any]) -> None:
        self.columns: Columns | None = None
        if values.get("kind") in (TABLE, TALK):
            try:
                self.columns = _columns(values)
            except InvalidValue:
                name = "target" if values["kind"] == TABLE else "sender"
                self.add_error(name, translate("Name this column."))

    def bring(self, scope: Scope) -> Iterator[Incoming | Tried]:
        """The files with what is said of each; one of which that makes no sense, with why."""
        files = self.cleaned_data["files"]
        beside = {file.name: file for file in files if file.name.endswith(SIDECAR)}
        for file in files:
            if file.name in beside:
                continue
            try:
                said = beside.get(file.name + SIDECAR)
                declared = self._declared(file.name, scope) if said is None else _said(file.name, said)
            except SagwanError as error:
                yield Tried(file.name, refused=error)
            else:
                yield Incoming(declared, file.open)

    def _declared(self, name: str, scope: Scope) -> Declared:
        values = self.cleaned_data
        data = DataCategory(values["data"])
        granted = scope.granted.get(data, frozenset())
        targets = self.named or tuple(sorted(granted, key=lambda one: (one.kind, one.value)))
        untimed = data == DataCategory.SUBSCRIBER
        first, last = (None, None) if untimed else (values["first"], values["last"])
        return Declared(name, targets, data, first, last, self.columns)


def _columns(values: dict[str, Any]) -> Columns:
    def listed(name: str) -> tuple[str, ...]:
        return tuple(part for one in values[name].split(",") if (part := one.strip()))

    if values["kind"] == TABLE:
        return Columns(target=values["target"], time=values["time"])
    members = tuple(line.strip() for line in values["members"].splitlines() if line.strip())
    return Columns(
        sender=values["sender"], nick=values["nick"], time=values["time"], text=listed("text"),
        keep=listed("keep"), drop=listed("drop"), members=members,
    )  # fmt: skip


def _said(name: str, sidecar: UploadedFile) -> Declared:
    """What a file's .scope.json says; raise InvalidValue."""
    if (sidecar.size or 0) > MAX_SIDECAR:
        raise InvalidValue(f"{sidecar.name} is too large", hint=f"at most {MAX_SIDECAR:,} bytes")
    try:
        members = json.load(BytesIO(sidecar.read()))
    except (ValueError, RecursionError) as error:
        raise InvalidValue(f"{sidecar.name} is no JSON: {error}") from None
    if not isinstance(members, dict):
        raise InvalidValue(f"{sidecar.name} is no JSON object")
    return from_members(name, members)


class TermsForm(Form):
    """To whom a package goes, and for how long. `seq` and `contents` are what its page showed."""

    data: Any
    seq = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    contents = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    to = forms.ChoiceField(label=_("Encrypted to"), widget=forms.RadioSelect)
    days = forms.IntegerField(
        label=_("For how many days it can be fetched"), min_value=1, max_value=LONGEST_DAYS, initial=DAYS
    )

    def __init__(
        self, *args: Any, keys: list[OfficialRecord], seq: int, contents: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, initial={"seq": seq, "contents": contents}, **kwargs)
        self._keys = {one.name: one.recipient for one in keys}
        named = [(one.name, translate("the key of {name}").format(name=one.full_name)) for one in keys]
        if len(keys) > 1:
            named.append((EVERYONE, translate("all of these keys: each opens it")))
        secret = (PASSPHRASE, translate("a new passphrase, which you tell by another way"))
        self.fields["to"].choices = [*named, secret]  # type: ignore[attr-defined]
        self.fields["to"].initial = named[0][0] if named else PASSPHRASE

    @property
    def recipients(self) -> tuple[str, ...]:
        """The public keys that were chosen; () is a passphrase."""
        chosen = self.cleaned_data["to"]
        if chosen == EVERYONE:
            return tuple(self._keys.values())
        return (self._keys[chosen],) if chosen in self._keys else ()

    def see(self, seq: int, contents: str) -> None:
        """Let what was chosen be sent again, from where everything stands now."""
        self.data = self.data.copy()
        self.data["seq"], self.data["contents"] = str(seq), contents


class PseudonymsForm(Form):
    pseudonyms = forms.CharField(
        label=_("Pseudonyms that the further request names"), max_length=3_000_000,
        widget=forms.Textarea({"rows": 4, "spellcheck": "false"}),
        help_text=_("Such as ~0123456789abcdef0123."),
    )  # fmt: skip
    ids = forms.CharField(
        label=_("Ids of those who were in the conversation"), max_length=10_000_000,
        widget=forms.Textarea({"rows": 6, "spellcheck": "false"}),
        help_text=_("From your own systems, one a line. They are compared and not kept."),
    )  # fmt: skip
