"""The audit: who looked at what, for the auditor alone. The auditor's own looks are events, too."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from sagwan.desk import setup
from sagwan.desk.casework import audit as auditing
from sagwan.desk.casework import queries
from sagwan.desk.casework.access import record_access
from sagwan.desk.casework.actions import NUMBER
from sagwan.desk.casework.audit import LONGEST, Sought
from sagwan.desk.casework.audit_chain import chain
from sagwan.desk.casework.forms import called, date_input
from sagwan.desk.casework.views.common import case_or_404, look, names, now
from sagwan.desk.casework.words import EVENTS
from sagwan.desk.people.models import Person
from sagwan.desk.people.roles import Role
from sagwan.desk.web.forms import Form
from sagwan.desk.web.gate import allowed
from sagwan.desk.web.i18n import _, translate

DAYS = 7
"""So many days the audit opens with."""


class SoughtForm(Form):
    person = forms.ChoiceField(label=_("Person"), required=False)
    request = forms.CharField(label=_("Number of the request"), required=False, max_length=40)
    kind = forms.ChoiceField(label=_("What was done"), required=False)
    since = forms.DateField(label=_("From"), widget=date_input())
    until = forms.DateField(label=_("Until"), widget=date_input())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="sought-%s", **kwargs)
        every = ("", translate("all"))
        people = Person.objects.exclude(roles="official").order_by("full_name", "name")
        self.fields["person"].choices = [every, *people.values_list("name", "full_name")]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [every, *((kind, called(kind)) for kind in auditing.kinds())]  # type: ignore[attr-defined]

    def clean_request(self) -> str:
        text = str(self.cleaned_data["request"]).strip().lower()
        if text and not NUMBER.fullmatch(text):
            raise forms.ValidationError(translate("A number has 16 hex digits."))
        return text

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        since, until = values.get("since"), values.get("until")
        if since and until and not timedelta() <= until - since < timedelta(days=LONGEST):
            text = translate("From the first day to the last, at most %(days)d days.")
            self.add_error("until", text % {"days": LONGEST})
        return values


def _form(request: HttpRequest) -> SoughtForm:
    today = now().astimezone(setup.current().home.zone).date()
    first = {"since": str(today - timedelta(days=DAYS - 1)), "until": str(today)}
    return SoughtForm({**first, **request.GET.dict()})


@allowed(Role.AUDITOR)
def audit(request: HttpRequest) -> HttpResponse:
    """What is unusual first, then every look, the newest first."""
    form, found = _form(request), None
    if form.is_valid():
        _record(request, form.cleaned_data)
        before = request.GET.get("before", "")
        place = int(before) if before.isdecimal() and len(before) < 19 else 0
        found = auditing.audit(setup.current(), Sought(**form.cleaned_data), before=place)
    kept = request.GET.copy()
    kept.pop("before", None)
    context = {
        "form": form,
        "audit": found,
        "query": kept.urlencode(),
        "first": not request.GET.get("before"),
        "called_or_slug": called,
    }
    return render(request, "casework/audit.html", context)


@allowed(Role.AUDITOR)
def export(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The same as CSV, in the order in which the looks happened."""
    form = _form(request)
    if not form.is_valid():
        return render(
            request,
            "casework/audit.html",
            {"form": form, "audit": None, "query": "", "first": True, "called_or_slug": called},
            status=400,
        )
    _record(request, form.cleaned_data, exported=True)
    sought = Sought(**form.cleaned_data)
    answer = StreamingHttpResponse(_csv(sought), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="audit-{sought.since}-{sought.until}.csv"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _record(request: HttpRequest, sought: dict[str, Any], **more: object) -> None:
    """The auditor's own look. The request's number is a filter here: `of`, so that this is no look at it."""
    asked = {"of" if name == "request" else name: str(value) for name, value in sought.items() if value}
    details = {**asked, **more}
    record_access(setup.current(), person=request.user.name, what="AuditRead", details=details, at=now())


COLUMNS = ("at", "person", "what", "request", "assigned", "others", "odd-hour", "details")


def _csv(sought: Sought) -> Iterator[str]:
    yield _line(COLUMNS)
    for access in auditing.accesses(setup.current(), sought):
        look = access.look
        rest = {name: value for name, value in look.details.items() if name not in ("request", "assigned")}
        told = json.dumps(rest, ensure_ascii=False) if rest else ""
        whose = look.details.get("assigned", "")
        flags = int(access.others), int(access.odd)
        yield _line((look.at.isoformat(), look.person, look.what, access.request, whose, *flags, told))


def _line(cells: tuple[object, ...]) -> str:
    sink = io.StringIO(newline="")
    csv.writer(sink, lineterminator="\n").writerow(cells)
    return sink.getvalue()


@allowed(Role.AUDITOR)
def request_chain(request: HttpRequest, number: str) -> HttpResponse:
    """One request's chain of events with their hashes, its sealed lines, and who looked at it."""
    case = case_or_404(number)
    look(request, number, "ChainRead")
    context = {
        "number": number,
        "case": case,
        "names": names(),
        "chain": chain(number),
        "looks": reversed(queries.looks_at(number)),
        "events": EVENTS,
        "called_or_slug": called,
    }
    return render(request, "casework/audit_request.html", context)
