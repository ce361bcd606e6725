"""The forms of the small steps on a request. Each carries the event that its page was made from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms

from sagwan.desk.casework.queries import Story
from sagwan.desk.casework.screens import Names, team
from sagwan.desk.intake.form_fields import FilesField
from sagwan.desk.intake.mail_text import safe_name
from sagwan.desk.web.forms import Form as Plain
from sagwan.desk.web.i18n import _, translate
from sagwan.desk.web.words import WORDS
from sagwan.law.in_force import InstrumentOnDay
from sagwan.record.request import MAX_TEXT
from sagwan.record.vocabulary import CallResult, FindingAnswer, Outcome, Release, Teller

LONG = 4000


def called(slug: object) -> str:
    """What a slug is called; itself where nobody named it."""
    return translate(WORDS[str(slug)]) if str(slug) in WORDS else str(slug)


def choices(values: Iterable[object], empty: str = "") -> list[tuple[str, str]]:
    found = [(str(value), called(value)) for value in values]
    return [("", empty), *found] if empty else found


@dataclass(frozen=True, slots=True)
class About:
    """What a form needs to know of its request: the story, the law on the day, and what things are called."""

    story: Story
    names: Names
    instrument: InstrumentOnDay
    day: Any
    duties: tuple[tuple[str, str], ...] = ()


class Form(Plain):
    """A form about one request. `seen` is the number of the last event that its page knew."""

    data: Any
    seq = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, about: About, initial: Mapping[str, Any] | None = None, **kw: Any) -> None:
        super().__init__(*args, initial={"seq": about.story.progress.seq, **(initial or {})}, **kw)
        self.about = about

    @property
    def seen(self) -> int:
        return int(self.cleaned_data["seq"])

    def contents(self) -> tuple[bytes, ...]:
        """The bytes of the documents that the command names."""
        return ()

    def see(self, now: int) -> None:
        """Let what was typed be sent again, from where the request stands now."""
        self.data = self.data.copy()
        self.data["seq"] = str(now)

    def refuse_with(self, text: str) -> None:
        self.add_error(None, text)

    def offer(self, name: str, found: Iterable[tuple[str, str]]) -> None:
        self.fields[name].choices = list(found)  # type: ignore[attr-defined]


def area(rows: int = 4) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


def date_input() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


def note(label: Any = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(label=label or _("Note"), max_length=LONG, required=required, widget=area(3))


class TextForm(Form):
    text = forms.CharField(label=_("Text"), max_length=MAX_TEXT, widget=area(6))


class MessageForm(TextForm):
    documents = FilesField(label=_("Documents"), required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        given = values.get("documents") or []
        values["files"] = tuple((safe_name(file.name, "document"), file.read()) for file in given)
        return values

    def contents(self) -> tuple[bytes, ...]:
        return tuple(data for _, data in self.cleaned_data["files"])


class NoteForm(Form):
    note = note(_("Reason"), required=True)


class AssignForm(Form):
    to = forms.ChoiceField(label=_("To whom"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("to", team())


class CallBackForm(Form):
    result = forms.ChoiceField(label=_("What the contact said"), widget=forms.RadioSelect)
    number = forms.CharField(
        label=_("Number or address that was called"),
        max_length=200,
        help_text=_("The independent contact's: never one that stands in the request."),
    )
    source = forms.CharField(
        label=_("Where it was found"), max_length=500,
        help_text=_("A directory, an earlier verified paper, the vetting of the authority."),
    )  # fmt: skip
    note = note()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("result", choices(CallResult))


class IdentificationForm(Form):
    officer = forms.CharField(label=_("Name and rank of the officer"), max_length=200)
    document = forms.CharField(label=_("Shown by which document"), max_length=200)
    approver = forms.CharField(label=_("Who approved the request"), max_length=200, required=False)
    approver_rank = forms.CharField(label=_("Their rank"), max_length=200, required=False)
    note = note()


class FindingForm(Form):
    finding = forms.ChoiceField(label=_("Finding"))
    answer = forms.ChoiceField(label=_("Answer"), widget=forms.RadioSelect)
    note = note(_("Reason"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("finding", ((point, point) for point in self.about.story.progress.state.points))
        self.offer("answer", choices(FindingAnswer))


class DutyForm(Form):
    duty = forms.ChoiceField(label=_("Duty"))
    note = note(_("How it was met"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("duty", self.about.duties)


class WithdrawForm(Form):
    reason = forms.ChoiceField(label=_("Reason"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("reason", reasons(self.about, Outcome.WITHDRAWN))


def reasons(about: About, *outcomes: Outcome) -> list[tuple[str, str]]:
    """The pack's closed list for these outcomes under the request's instrument, on the day."""
    state, names = about.story.progress.state, about.names
    found = {
        reason.slug: reason.label.text(names.lang)
        for outcome in outcomes
        for reason in names.pack.reasons_for(state.instrument, outcome, about.day)
    }
    return list(found.items())


class HoldForm(Form):
    scope = forms.CharField(label=_("What is kept"), max_length=LONG, widget=area(3))
    start = forms.DateField(label=_("From"), widget=date_input())
    until = forms.DateField(label=_("Until"), widget=date_input(), help_text=_("Both days included."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        about = self.about
        rule = about.instrument.hold
        self.fields["start"].initial = about.day
        if rule:
            self.fields["until"].initial = about.day + timedelta(days=rule.days - 1)


class UntilForm(Form):
    until = forms.DateField(label=_("Until"), widget=date_input(), help_text=_("That day included."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hold, rule = self.about.story.progress.state.hold, self.about.instrument.hold
        if hold and rule:
            self.fields["until"].initial = hold.until + timedelta(days=rule.extension)


class ReleaseForm(Form):
    reason = forms.ChoiceField(label=_("Reason"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("reason", choices(Release))


class DeferForm(Form):
    ground = forms.ChoiceField(label=_("Ground"))
    until = forms.DateField(label=_("Until"), widget=date_input(), help_text=_("That day included."))
    note = note()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lang = self.about.names.lang
        rules = self.about.instrument.notice
        grounds = {
            one.slug: f"{one.label.text(lang)} ({one.longest.text(lang)})" for r in rules for one in r.grounds
        }
        self.offer("ground", grounds.items())


class NoticeForm(Form):
    who = forms.ChoiceField(label=_("Who told"), widget=forms.RadioSelect)
    on = forms.DateField(label=_("On which day"), widget=date_input())
    note = note()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("who", choices(Teller))


class OrderForm(Form):
    until = forms.DateField(
        label=_("Until"), widget=date_input(), required=False, help_text=_("Leave it empty for no end.")
    )
    note = note()
