"""The queue: what is due first is first; filters, search, and giving requests to people."""

import re

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sagwan.desk import setup
from sagwan.desk.casework import queries, saved_views, screens
from sagwan.desk.casework.access import record_access
from sagwan.desk.casework.actions import Step, execute
from sagwan.desk.casework.forms import choices
from sagwan.desk.casework.models import Case
from sagwan.desk.casework.screens import FILTERS, ONLY, Filters, Names, filters_from
from sagwan.desk.casework.views.common import READERS, TEAM, names, now
from sagwan.desk.vault.index import FIELDS
from sagwan.desk.web.forms import Form
from sagwan.desk.web.gate import allowed
from sagwan.desk.web.i18n import _, translate
from sagwan.pages.i18n import N_, period_name
from sagwan.record import commands as ask
from sagwan.record.errors import SagwanError
from sagwan.record.state import Stage
from sagwan.record.vocabulary import Mark, Outcome

NUMBER = re.compile("[0-9a-f]{16}")


class FilterForm(Form):
    shown = forms.ChoiceField(label=_("Which"), required=False)
    stage = forms.ChoiceField(label=_("Stage"), required=False)
    instrument = forms.ChoiceField(label=_("Procedure"), required=False)
    service = forms.ChoiceField(label=_("Service"), required=False)
    assigned = forms.ChoiceField(label=_("Whose"), required=False)
    mark = forms.ChoiceField(label=_("Mark"), required=False)
    due = forms.ChoiceField(label=_("Due"), required=False)
    only = forms.ChoiceField(label=_("Only with"), required=False)
    outcome = forms.ChoiceField(label=_("Outcome"), required=False)
    received = forms.ChoiceField(label=_("Came in"), required=False)
    resolved = forms.ChoiceField(label=_("Resolved"), required=False)

    def __init__(self, filters: Filters, known: Names, people: tuple[tuple[str, str], ...]) -> None:
        super().__init__(initial={name: getattr(filters, name) for name in FILTERS}, auto_id="filter-%s")
        every = ("", translate("all"))
        offered = {
            "shown": [
                ("open", translate("open")), ("over", translate("over")), ("all", translate("open and over")),
            ],
            "stage": [every, *choices(Stage)],
            "instrument": [every, *known.instruments()],
            "service": [every, *known.services()],
            "assigned": [every, ("-", translate("nobody's")), *people],
            "mark": [every, *choices(Mark)],
            "due": [
                every, ("overdue", translate("overdue")), ("day", translate("within a day")),
                ("week", translate("within a week")), ("today", translate("in the rest of today")),
                ("soon", translate("in the six days after today")), ("later", translate("later than that")),
                ("still", translate("no clock runs")),
            ],
            "only": [every, *zip(ONLY, map(translate, _ONLY), strict=True)],
            "outcome": [every, *choices(Outcome)],
            "received": [every, *_half_years(filters.received, known.lang)],
            "resolved": [every, *_half_years(filters.resolved, known.lang)],
        }  # fmt: skip
        for name, found in offered.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]


def _half_years(chosen: str, lang: str) -> list[tuple[str, str]]:
    """The half-years from the first request's to this one, and the chosen one; the newest first."""
    found = {str(period) for period in screens.half_years(setup.current(), now())} | {chosen} - {""}
    return [(text, period_name(text, lang)) for text in sorted(found, reverse=True)]


_ONLY = (
    N_("unread messages"),
    N_("open findings"),
    N_("a sender who is not confirmed"),
    N_("a suspected forgery"),
)


class FindForm(Form):
    field = forms.ChoiceField(label=_("Search by"))
    value = forms.CharField(
        label=_("Value"),
        max_length=500,
        help_text=_(
            "The whole value. Blanks in names, and how a number or an address is written, do not matter."
        ),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = choices(("number", *FIELDS))  # type: ignore[attr-defined]


@allowed(*READERS)
def queue(request: HttpRequest) -> HttpResponse:
    """What is due first first; only the rows for htmx. Without any filter it opens with the person's view."""
    if not request.GET and not request.htmx:
        opening = saved_views.opening_query(request.user.name)
        if opening:
            return redirect(f"{reverse('queue')}?{opening}")
    known = names()
    filters = filters_from(request.GET, known)
    found = screens.queue_page(known, filters, after=request.GET.get("after", ""), now=now())
    context = {
        "names": known,
        "filters": filters,
        "queue": found,
        "form": FilterForm(filters, known, found.people),
        "find": FindForm(),
        "views": () if request.htmx else saved_views.views_of(request.user.name),
        "first": not request.GET.get("after"),
        "may_assign": request.user.has_role(*TEAM),
        "now": now(),
    }
    return render(request, "casework/rows.html" if request.htmx else "casework/queue.html", context)


@allowed(post=READERS)
def find(request: HttpRequest) -> HttpResponse:
    """Requests by their number or a private value; by what was searched is an access event."""
    form = FindForm(request.POST)
    known = names()
    numbers: list[str] = []
    rows: tuple[screens.Row, ...] = ()
    if form.is_valid():
        field, value = form.cleaned_data["field"], form.cleaned_data["value"].strip()
        if field == "number":
            numbers = [value.lower()] if NUMBER.fullmatch(value.lower()) else []
            if Case.objects.filter(number__in=numbers).exists():
                return redirect("request", numbers[0])
        else:
            numbers = queries.find(setup.current(), field, value)
            rows = screens.rows_of(numbers, known, now()) if numbers else ()
            details = {"field": field, "found": [row.case.number for row in rows], "count": len(numbers)}
            record_access(
                setup.current(), person=request.user.name, what="Searched", details=details, at=now()
            )
    context = {"find": form, "names": known, "count": len(numbers), "now": now(), "rows": rows}
    return render(request, "casework/found.html", context)


class ManyForm(Form):
    to = forms.ChoiceField(label=_("To whom"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = screens.team()  # type: ignore[attr-defined]


@allowed(post=TEAM)
def assign(request: HttpRequest) -> HttpResponse:
    """Give many requests to somebody: first the page that says which, then all of them or none."""
    numbers = [number for number in dict.fromkeys(request.POST.getlist("number")) if NUMBER.fullmatch(number)]
    numbers = numbers[: screens.PAGE]
    if not numbers:
        messages.warning(request, translate("Choose requests first: tick the boxes before them."))
        return redirect("queue")
    known = names()
    confirmed = "confirm" in request.POST
    form = ManyForm(request.POST if confirmed else None, initial={"to": request.user.name})
    if confirmed and form.is_valid():
        command, actor, at = ask.Assign(form.cleaned_data["to"]), request.user.name, now()
        try:
            execute(setup.current(), [Step(number, command, actor, at) for number in numbers])
        except SagwanError as error:
            form.refuse(error)
        else:
            messages.success(request, translate("The requests were given."))
            return redirect(f"{reverse('queue')}?assigned={form.cleaned_data['to']}")
    context = {"form": form, "names": known, "rows": screens.rows_of(numbers, known, now()), "now": now()}
    return render(request, "casework/assign.html", context)
