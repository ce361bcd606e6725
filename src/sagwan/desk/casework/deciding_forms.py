"""The forms of a decision: answers for many targets, for some, the days granted, the proposal."""

from collections.abc import Iterable
from typing import Any

from django import forms

from sagwan.desk.casework.deciding import Period, Reply, Sheet
from sagwan.desk.casework.deciding_options import Conclusion, Options
from sagwan.desk.casework.deciding_paste import picked
from sagwan.desk.casework.forms import LONG, Form, area, choices, date_input, note
from sagwan.desk.web.forms import Form as Plain
from sagwan.desk.web.i18n import _, translate
from sagwan.desk.web.words import WORDS
from sagwan.record.request import MAX_ACCOUNTS
from sagwan.record.vocabulary import DataCategory, Grant, Outcome

STRAYS = 10
KIND = "kind:"


class SheetForm(Plain):
    """A form that changes a half-made decision; `revision` is the one that its page was made from."""

    data: Any
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, sheet: Sheet, options: Options, revision: int, **kwargs: Any) -> None:
        super().__init__(*args, initial={"revision": revision}, **kwargs)
        self.sheet, self.options = sheet, options

    def see(self, revision: int) -> None:
        """Let what was typed be sent again, from how the decision lies now."""
        self.data = self.data.copy()
        self.data["revision"] = str(revision)

    def offer(self, name: str, found: Iterable[Any]) -> None:
        self.fields[name].choices = list(found)  # type: ignore[attr-defined]


class ReplyForm(SheetForm):
    """One answer with its reason, for some data categories."""

    data = forms.MultipleChoiceField(label=_("Data"), widget=forms.CheckboxSelectMultiple)
    answer = forms.ChoiceField(label=_("Answer and reason"))
    why = forms.CharField(
        label=_("In your own words"), max_length=LONG, required=False, widget=area(2),
        help_text=_("Stays in the house: the approver reads it, the authority does not."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = self.sheet.asked.data
        self.offer("data", choices(asked))
        self.fields["data"].initial = [str(category) for category in asked]
        self.offer("answer", answers(self.options))

    @property
    def reply(self) -> Reply:
        grant, _colon, reason = self.cleaned_data["answer"].partition(":")
        return Reply(Grant(grant), reason, self.cleaned_data["why"].strip())

    @property
    def categories(self) -> list[DataCategory]:
        return [DataCategory(category) for category in self.cleaned_data["data"]]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if str(values.get("answer", "")) == str(Grant.DISCLOSE):
            outside = [c for c in values.get("data", ()) if c not in self.options.allowed]
            if outside:
                self.add_error("data", not_now(outside, self.options))
        return values


def not_now(outside: Iterable[str], options: Options) -> str:
    """Why these categories may not go out."""
    named = ", ".join(translate(WORDS[category]) for category in sorted(outside))
    if options.waits:
        text = translate("In an emergency %(data)s may go out only after this came: %(paper)s.")
        return text % {"data": named, "paper": options.waits}
    return translate("Under this procedure %(data)s may not go out.") % {"data": named}


def answers(options: Options) -> list[Any]:
    """(value, label) of each answer, those with reasons in groups."""
    keep = translate("keep") if options.keeps else translate(WORDS["disclose"])
    found: list[Any] = [("", "–"), (str(Grant.DISCLOSE), keep)]
    for grant, whys in options.reasons.items():
        found.append((translate(WORDS[grant]), [(f"{grant}:{why.slug}", why.label) for why in whys]))
    return [*found, (str(Grant.ASK), translate(WORDS[Grant.ASK]))]


class ManyForm(ReplyForm):
    """An answer for many targets at once: all, those left, those of a kind, those of a pasted list."""

    which = forms.ChoiceField(label=_("For which targets"), widget=forms.RadioSelect)
    listed = forms.CharField(
        label=_("The list"), required=False, widget=area(5),
        help_text=_("One target a line. A line that names no target of this request stops all of it."),
    )  # fmt: skip
    field_order = ("which", "listed", "data", "answer", "why", "revision")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = sorted({target.kind for target in self.sheet.asked.targets})
        offered = [("open", translate("what is not decided yet")), ("all", translate("all targets"))]
        if len(kinds) > 1:
            text = translate("all of the kind: %(kind)s")
            offered += [(KIND + kind, text % {"kind": translate(WORDS[kind])}) for kind in kinds]
        self.offer("which", [*offered, ("list", translate("those of this list:"))])
        self.fields["which"].initial = "open" if self.sheet.undecided else "all"
        self.fields["listed"].strip = False  # type: ignore[attr-defined]

    @property
    def only_open(self) -> bool:
        return bool(self.cleaned_data["which"] == "open")

    @property
    def places(self) -> frozenset[int] | None:
        """The places of the targets that are meant; None is all."""
        return self.cleaned_data.get("places")

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        which = values.get("which", "")
        targets = self.sheet.asked.targets
        if which == "list":
            values["places"] = self._places_of_list(values.get("listed", ""))
        elif which.startswith(KIND):
            kind = which.removeprefix(KIND)
            values["places"] = frozenset(n for n, target in enumerate(targets) if target.kind == kind)
        return values

    def _places_of_list(self, text: str) -> frozenset[int]:
        found = picked(text, self.sheet.asked.targets)
        if found.strays:
            told = translate(
                "Nothing was done. Lines that name no target of this request (%(count)s): %(lines)s"
            )
            lines = ", ".join(line[:80] for line in found.strays[:STRAYS])
            more = ", …" if len(found.strays) > STRAYS else ""
            self.add_error("listed", told % {"count": f"{len(found.strays):,}", "lines": lines + more})
        elif not found.places:
            self.add_error("listed", translate("Paste the targets that are meant."))
        return found.places


class SomeForm(ReplyForm):
    """An answer for the targets that are ticked."""

    place = forms.TypedMultipleChoiceField(
        label=_("Targets"), coerce=int, error_messages={"required": _("Tick the targets that are meant.")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        numbers = range(len(self.sheet.asked.targets))
        self.fields["place"].valid_value = lambda value: (  # type: ignore[attr-defined]
            value.isdecimal() and len(value) < 8 and int(value) in numbers
        )

    @property
    def places(self) -> frozenset[int]:
        return frozenset(self.cleaned_data["place"])


class DaysForm(SheetForm):
    """The days of which data are granted; both empty: all that was asked."""

    first = forms.DateField(label=_("First day"), required=False, widget=date_input())
    last = forms.DateField(label=_("Last day"), required=False, widget=date_input())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = self.sheet.period or self.options.period
        if shown:
            self.fields["first"].initial, self.fields["last"].initial = shown

    @property
    def period(self) -> Period | None:
        """The narrower period; None where it is what was asked."""
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        return (
            None if first is None or last is None or (first, last) == self.options.period else (first, last)
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, last, asked = values.get("first"), values.get("last"), self.options.period
        if (first is None) != (last is None):
            self.add_error("last" if first else "first", translate("A period has a first and a last day."))
        elif first and last and last < first:
            self.add_error("last", translate("The period ends before it begins."))
        elif first and last and asked and not (asked[0] <= first and last <= asked[1]):
            self.add_error("first", translate("These days go beyond what was asked for."))
        return values


class ProposeForm(Form):
    """What a sheet comes to, for a second person to approve."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = forms.ChoiceField(
        label=_("Reason of the whole"), help_text=_("It is counted and published; one alone.")
    )
    accounts = forms.IntegerField(
        label=_("Accounts"), min_value=1, max_value=MAX_ACCOUNTS,
        help_text=_("Of how many accounts data go out: the request counts others than it names."),
    )  # fmt: skip
    blinded = forms.BooleanField(
        label=_("Other people in conversations are blinded"), required=False,
        help_text=_("They are named later only if a further request lists them."),
    )  # fmt: skip
    note = note(_("Note for the approver"))

    def __init__(self, *args: Any, conclusion: Conclusion, keeps: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("reason", ((why.slug, why.label) for why in conclusion.reasons))
        if not conclusion.reasons:
            del self.fields["reason"]
        if conclusion.accounts is not None:
            del self.fields["accounts"]
        totals = conclusion.totals
        if keeps or totals is None or DataCategory.CONTENT not in totals.data:
            del self.fields["blinded"]


class WholeForm(Form):
    """A decision on a request that names no target: on the whole."""

    outcome = forms.ChoiceField(label=_("Outcome"), widget=forms.RadioSelect)
    reason = forms.ChoiceField(label=_("Reason"), required=False)
    data = forms.MultipleChoiceField(label=_("Data"), widget=forms.CheckboxSelectMultiple, required=False)
    accounts = forms.IntegerField(label=_("Accounts"), min_value=0, max_value=MAX_ACCOUNTS, required=False)
    note = note(_("Note for the approver"))

    OUTCOMES = (Outcome.COMPLIED, Outcome.PARTIAL, Outcome.REFUSED, Outcome.NO_DATA)

    def __init__(self, *args: Any, options: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state = self.about.story.progress.state
        self.offer("outcome", choices(self.OUTCOMES))
        groups: list[Any] = [
            (
                translate(WORDS[outcome]),
                [(f"{outcome}:{why.slug}", why.label) for why in options.endings[outcome]],
            )
            for outcome in self.OUTCOMES
            if options.endings[outcome]
        ]
        self.offer("reason", [("", "–"), *groups])
        self.offer("data", choices(state.received.data))
        self.fields["data"].initial = [str(c) for c in state.received.data if c in options.allowed]
        self.fields["accounts"].initial = state.received.accounts
        if options.keeps:
            del self.fields["accounts"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        outcome, (of, _colon, slug) = values.get("outcome", ""), values.get("reason", "").partition(":")
        values["reason_slug"] = slug
        if outcome == Outcome.COMPLIED and slug:
            self.add_error("reason", translate("What is complied with in full has no reason."))
        elif outcome and outcome != Outcome.COMPLIED and of != outcome:
            self.add_error("reason", translate("Choose a reason from the group of this outcome."))
        return values
