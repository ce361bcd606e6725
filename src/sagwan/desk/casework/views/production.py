"""What goes out of a request: files put in, looked into, taken out; what went out and who fetched it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from sagwan.desk import setup
from sagwan.desk.casework import producing
from sagwan.desk.casework.producing_forms import PseudonymsForm, PutForm
from sagwan.desk.casework.views.common import READERS, look, names, now, story_or_404
from sagwan.desk.casework.views.page import attachment
from sagwan.desk.people.roles import Role
from sagwan.desk.vault.connectors import SIDECAR
from sagwan.desk.vault.productions import actions, looking, unblinding
from sagwan.desk.vault.productions.actions import Tried
from sagwan.desk.vault.productions.drafts import Held
from sagwan.desk.vault.productions.errors import OutsideScope, ProductionRefused
from sagwan.desk.web.gate import allowed
from sagwan.desk.web.i18n import translate
from sagwan.desk.web.refusals import said
from sagwan.record.errors import SagwanError

KEEPERS = (Role.COUNSEL, Role.APPROVER)


@allowed(*READERS)
def page(request: HttpRequest, number: str) -> HttpResponse:
    """What was approved, what is put in, what went out."""
    look(request, number, "ProductionViewed")
    return _page(request, number)


def _page(request: HttpRequest, number: str, tried: list[Tried] | None = None) -> HttpResponse:
    """The page; with `tried`, what became of the files that were just put in."""
    story, person = story_or_404(number), request.user
    context = {
        "number": number,
        "names": names(),
        "state": story.progress.state,
        "screen": producing.screen(setup.current(), story, person.name, now()),
        "tried": tried,
        "outside": [_outside(one) for one in tried or ()],
        "may_put": person.has_role(*KEEPERS),
        "may_release": person.has_role(Role.APPROVER),
        "may_carry": not person.has_role(Role.AUDITOR) or person.has_role(Role.INTAKE, *KEEPERS),
    }
    return render(request, "casework/production.html", context)


def _outside(one: Tried) -> tuple[tuple[str, ...], int]:
    """(what of a refused file lies outside, how much more there is)."""
    error = one.refused
    return (error.outside, error.more) if isinstance(error, OutsideScope) else ((), 0)


@allowed(*KEEPERS, post=KEEPERS)
def put(request: HttpRequest, number: str) -> HttpResponse:
    """Put files in, each checked at once; what lies outside is refused, file by file."""
    look(request, number, "ProductionViewed")
    scope = producing.queries.check(setup.current(), number).scope
    if scope is None:
        return redirect("production", number)
    form = PutForm(request.POST or None, request.FILES or None, scope=scope)
    if request.method == "POST" and form.is_valid():
        try:
            tried = actions.put_each(setup.current(), number, form.bring, actor=request.user.name, at=now())
        except SagwanError as error:
            form.refuse(error)
        else:
            return _page(request, number, tried)
    context = {"form": form, "number": number, "sidecar": SIDECAR}
    return render(request, "casework/production_put.html", context)


@allowed(post=KEEPERS)
def bring(request: HttpRequest, number: str) -> HttpResponse:
    """Let a configured connector bring files, each checked like one that a person puts in."""
    look(request, number, "ProductionViewed")
    desk, name = setup.current(), request.POST.get("connector", "")
    try:
        found = producing.configured(desk, name)
        tried = actions.put_each(
            desk, number, found.fetch, actor=request.user.name, at=now(), origin=found.describe().name
        )
    except KeyError:
        raise Http404 from None
    except SagwanError as error:
        messages.error(request, said(error))
        return redirect("production", number)
    if not tried:
        messages.info(request, translate("The connector brought no file."))
    return _page(request, number, tried)


def _held(request: HttpRequest, number: str, pk: int) -> Held:
    look(request, number, "ProductionViewed", file=pk)
    try:
        return looking.look_at(setup.current(), number, pk)
    except ProductionRefused:
        raise Http404 from None


def _broken(request: HttpRequest, number: str, error: SagwanError) -> HttpResponse:
    """A file that cannot be opened any more: its bytes are missing, or not what was put in."""
    messages.error(request, said(error))
    return redirect("production", number)


@allowed(*KEEPERS)
def file(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The beginning of a file as it would go out."""
    held = _held(request, number, pk)
    try:
        text = looking.beginning(setup.current(), number, pk)
    except SagwanError as error:
        return _broken(request, number, error)
    context = {"number": number, "pk": pk, "held": held, "text": text}
    return render(request, "casework/production_file.html", context)


@allowed(*KEEPERS)
def contents(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    """A file as it would go out, to be looked at with a program of one's own."""
    held = _held(request, number, pk)
    try:
        pieces = looking.contents(setup.current(), number, pk)
    except SagwanError as error:
        return _broken(request, number, error)
    answer = StreamingHttpResponse(pieces, content_type="application/octet-stream")
    answer["Content-Length"] = str(held.size)
    answer["Content-Disposition"] = attachment(held.declared.name)
    answer["Cache-Control"] = "no-store"
    return answer


@allowed(*KEEPERS, post=KEEPERS)
def take_out(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Take a file out before the release; it is destroyed."""
    held = _held(request, number, pk)
    if request.method == "POST":
        try:
            actions.take_out(setup.current(), number, held.declared.name, actor=request.user.name, at=now())
        except SagwanError as error:
            messages.error(request, said(error))
        else:
            messages.success(request, translate("The file was taken out."))
        return redirect("production", number)
    return render(request, "casework/production_take_out.html", {"number": number, "held": held})


@allowed(*KEEPERS, post=KEEPERS)
def pseudonyms(request: HttpRequest, number: str) -> HttpResponse:
    """Who stands behind the pseudonyms that a further request names, and behind no other."""
    look(request, number, "ProductionViewed", pseudonyms=request.method == "POST")
    if not unblinding.was_blinded(number):
        raise Http404
    form = PseudonymsForm(request.POST or None)
    found = None
    if request.method == "POST" and form.is_valid():
        wanted = unblinding.pseudonyms_in(form.cleaned_data["pseudonyms"])
        ids = [line.strip() for line in form.cleaned_data["ids"].splitlines() if line.strip()]
        try:
            found = unblinding.unblind(setup.current(), number, wanted, ids)
        except SagwanError as error:
            form.refuse(error)
        if found is not None and not wanted:
            form.add_error("pseudonyms", translate("No pseudonym stands in it."))
            found = None
    context = {"form": form, "number": number, "found": found}
    return render(request, "casework/production_pseudonyms.html", context)
