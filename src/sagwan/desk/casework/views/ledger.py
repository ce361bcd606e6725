"""A file of many requests: brought, looked at row by row, taken in once; finished ones by a second person."""

from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sagwan.desk import setup
from sagwan.desk.casework import taking_in_ledger as ledgers
from sagwan.desk.casework.access import record_access
from sagwan.desk.casework.taking_in_ledger import MOST_ROWS, Brought
from sagwan.desk.casework.views.common import names, now
from sagwan.desk.casework.views.page import attachment
from sagwan.desk.intake.drafted import law_of
from sagwan.desk.intake.ledger import Ledger, Report
from sagwan.desk.intake.ledger_bad import write_bad_rows
from sagwan.desk.intake.ledger_report import HEADER, report_csv, template_csv, template_xlsx, wrong_cells
from sagwan.desk.intake.rows import NoDraft
from sagwan.desk.people.roles import Role
from sagwan.desk.web.forms import Form
from sagwan.desk.web.gate import allowed
from sagwan.desk.web.i18n import _, language, translate
from sagwan.desk.web.refusals import said, told
from sagwan.law.in_force import InstrumentOnDay
from sagwan.record.errors import SagwanError
from sagwan.record.request import MAX_DOCUMENT_BYTES

BRINGS = (Role.INTAKE, Role.COUNSEL)
READS = (*BRINGS, Role.APPROVER)
SHOWN = 200
"""So many things that are wrong stand on the page; all that are kept are in its file."""
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMS: dict[str, tuple[Callable[[InstrumentOnDay], bytes], str]] = {
    "csv": (template_csv, "text/csv; charset=utf-8"),
    "xlsx": (template_xlsx, _XLSX),
}


class FileForm(Form):
    file = forms.FileField(
        label=_("File of requests"),
        help_text=_("CSV, a workbook (.xlsx) or JSON Lines (.jsonl); 5,000 rows and 20 MB at most."),
    )
    mapping = forms.FileField(
        label=_("Mapping of its columns"), required=False,
        help_text=_("A TOML file, where the columns are called otherwise than in our templates."),
    )  # fmt: skip
    allow_duplicates = forms.BooleanField(
        label=_("Take rows twice that have the same authority and case number"), required=False
    )


@allowed(*READS, post=BRINGS)
def listed(request: HttpRequest) -> HttpResponse:
    """Bring a file; the files that one brought, and those that wait for an approver."""
    desk, person, at = setup.current(), request.user, now()
    may_bring = person.has_role(*BRINGS)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            token = ledgers.bring(
                desk, _uploaded(values["file"]),
                mapping=_uploaded(values["mapping"]) if values["mapping"] else None,
                allow_duplicates=values["allow_duplicates"], person=person.name, at=at,
            )  # fmt: skip
            return redirect("ledger", token)
        except SagwanError as error:
            form.refuse(error)
    waits = ledgers.waiting(desk)
    context = {
        "form": form if may_bring else None,
        "own": ledgers.of(desk, person.name),
        "waiting": [one for one in waits if one.person != person.name and person.has_role(Role.APPROVER)],
        "instruments": law_of(desk, desk.home.jurisdiction, at).instruments,
        "most": MOST_ROWS,
    }
    return render(request, "casework/ledgers.html", context)


def _uploaded(file: object) -> tuple[str, bytes]:
    # One byte more than may be kept says enough of a file that is too large.
    return file.name, file.read(MAX_DOCUMENT_BYTES + 1)  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Seen:
    """A file with what a look at its rows found."""

    brought: Brought
    ledger: Ledger
    report: Report


@allowed(*READS, post=BRINGS)
def report(request: HttpRequest, token: str) -> HttpResponse:
    """What is wrong, row by row; POST takes the good rows in, or hands the file over to an approver."""
    one = _brought(request, token)
    if request.method == "POST":
        if one.person != request.user.name:
            raise Http404
        return _posted(request, token)
    if one.taken:
        return render(request, "casework/ledger_taken.html", {"one": one, "names": names()})
    return _report(request, one)


def _report(request: HttpRequest, one: Brought) -> HttpResponse:
    seen = _looked_at(one)
    cells = list(wrong_cells(seen.ledger, seen.report, told))
    context = {
        "one": one,
        "report": seen.report,
        "wrong": cells[:SHOWN],
        "more": len(cells) - SHOWN,
        "own": one.person == request.user.name,
        "may_decide": request.user.has_role(Role.COUNSEL),
        "may_approve": one.waits and one.person != request.user.name and request.user.has_role(Role.APPROVER),
    }
    return render(request, "casework/ledger.html", context)


def _posted(request: HttpRequest, token: str) -> HttpResponse:
    desk, person, at = setup.current(), request.user.name, now()
    try:
        if "hand-over" in request.POST:
            ledgers.hand_over(desk, token, seen=_seen(request), person=person, at=at)
            messages.success(request, translate("The file waits for an approver."))
        elif "back" in request.POST:
            ledgers.take_back(desk, token, person=person, at=at)
            messages.success(request, translate("The file waits for nobody any more."))
        elif "discard" in request.POST:
            ledgers.discard(token, person=person)
            messages.success(request, translate("The file was thrown away."))
            return redirect("ledgers")
        else:
            _take(request, token)
    except SagwanError as error:
        messages.error(request, said(error))
    return redirect("ledger", token)


def _take(request: HttpRequest, token: str) -> None:
    count = ledgers.take(setup.current(), token, seen=_seen(request), person=request.user.name, at=now())
    messages.success(request, translate("%(n)s requests were taken in.") % {"n": f"{count:,}"})


@allowed(Role.APPROVER, post=(Role.APPROVER,), fresh=True)
def approve(request: HttpRequest, token: str) -> HttpResponse:
    """An approver takes in, or sends back, what somebody else brought of finished requests."""
    one = _brought(request, token)
    if one.taken or not one.waits or one.person == request.user.name:
        return redirect("ledger", token)
    if request.method == "POST":
        try:
            if "back" in request.POST:
                ledgers.take_back(setup.current(), token, person=request.user.name, at=now())
                messages.success(request, translate("The file was sent back."))
                return redirect("ledgers")
            _take(request, token)
        except SagwanError as error:
            messages.error(request, said(error))
        return redirect("ledger", token)
    return render(request, "casework/ledger_approve.html", {"one": one, "report": _looked_at(one).report})


def _seen(request: HttpRequest) -> tuple[int, int]:
    """How many rows the page showed as good and bad."""
    counts = [request.POST.get(name, "") for name in ("good", "bad")]
    return tuple(int(text) if text.isdecimal() and len(text) < 8 else -1 for text in counts)  # type: ignore[return-value]


@allowed(*READS)
def report_file(request: HttpRequest, token: str) -> HttpResponse:
    """The report as CSV."""
    one = _brought(request, token)
    seen = _unless_taken(one)
    header = [translate(word) for word in ("Row", "Column", "Value", "What is wrong", "What to do")]
    data = report_csv(seen.ledger, seen.report, told, header if language() == "ko" else HEADER)
    return _file(f"{_stem(one)}-report.csv", data, "text/csv; charset=utf-8")


@allowed(*READS)
def bad_rows(request: HttpRequest, token: str) -> HttpResponse:
    """The rows that cannot be taken, as CSV, to be mended and brought again."""
    one = _brought(request, token)
    seen = _unless_taken(one)
    out = StringIO(newline="")
    write_bad_rows(seen.ledger, seen.report, out, told)
    return _file(f"{_stem(one)}-bad-rows.csv", out.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8")


@allowed(*READS)
def template(request: HttpRequest, instrument: str, form: str) -> HttpResponse:
    """A file to begin with: the columns of an instrument, and no row."""
    desk = setup.current()
    found = law_of(desk, desk.home.jurisdiction, now()).instrument(instrument)
    if found is None or form not in _FORMS:
        raise Http404
    make, kind = _FORMS[form]
    return _file(f"{instrument}.{form}", make(found), kind)


def _unless_taken(one: Brought) -> Seen:
    if one.taken:
        raise Http404
    return _looked_at(one)


def _looked_at(one: Brought) -> Seen:
    return Seen(one, *ledgers.looked_at(setup.current(), one, now()))


def _brought(request: HttpRequest, token: str) -> Brought:
    """A file that one brought, or, as approver, one that waits or was taken in; else 404. That an approver
    looks at somebody's file is recorded."""
    desk, person = setup.current(), request.user
    try:
        one = ledgers.brought(desk, token)
    except NoDraft:
        raise Http404 from None
    if one.person == person.name:
        return one
    if not person.has_role(Role.APPROVER) or not (one.waits or one.taken):
        raise Http404
    record_access(desk, person=person.name, what="Viewed", details={"ledger": token}, at=now())
    return one


def _stem(one: Brought) -> str:
    return one.name.rpartition(".")[0] or one.name


def _file(name: str, data: bytes, kind: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=kind)
    answer.headers["Content-Disposition"] = attachment(name)
    answer.headers["Cache-Control"] = "no-store"
    return answer
