"""Staff take a request in: which paper came, its form, check the answers, take it in once."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sagwan.desk import setup
from sagwan.desk.casework import taking_in
from sagwan.desk.casework.access import record_access
from sagwan.desk.casework.taking_in_forms import TakingInForm, TakingInStartForm, filled
from sagwan.desk.casework.views.common import names, now
from sagwan.desk.intake import drafts
from sagwan.desk.intake.drafted import law_of, setting_of
from sagwan.desk.intake.drafts import Draft
from sagwan.desk.intake.emergency import emergency_of
from sagwan.desk.intake.models import Draft as Row
from sagwan.desk.intake.paper_shown import stated
from sagwan.desk.intake.rows import File, NoDraft
from sagwan.desk.people import queries as people
from sagwan.desk.people.roles import Role
from sagwan.desk.web.gate import allowed
from sagwan.desk.web.i18n import language, translate
from sagwan.desk.web.refusals import said
from sagwan.record.errors import SagwanError

TAKES_IN = (Role.INTAKE, Role.COUNSEL)
SENDS = allowed(*TAKES_IN, post=TAKES_IN)


@SENDS
def start(request: HttpRequest) -> HttpResponse:
    """How it came, its documents, which service and process: makes a draft that the documents fill."""
    desk, at, person = setup.current(), now(), request.user.name
    law = law_of(desk, desk.home.jurisdiction, at)
    services = names().services()
    form = TakingInStartForm(
        request.POST or None, request.FILES or None, services=services, instruments=law.instruments
    )
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("intake-draft", _begun(request, form))
        except SagwanError as error:
            form.refuse(error)
    context = {"form": form, "drafts": drafts.of(desk, person), "names": names()}
    return render(request, "casework/intake_start.html", context)


def _begun(request: HttpRequest, form: TakingInStartForm) -> str:
    """The token of a new draft with its files; raise InvalidValue where no instrument is named."""
    desk, at, person = setup.current(), now(), request.user.name
    values = dict(form.cleaned_data)
    uploads = [(file.name, file.read()) for file in values.pop("documents")]
    token = drafts.begin(desk, Draft(**values), person=person, at=at)
    _attach(request, token, uploads)
    row = drafts.row_of(token, person)
    draft, files = drafts.opened(desk, row), drafts.files(desk, row)
    try:
        draft = filled(draft, taking_in.read(desk, draft, files, at))
        draft = taking_in.with_instrument(desk, draft, files, at)
    except SagwanError:
        drafts.discard(token, person=person)
        raise
    drafts.save(desk, draft, person=person, at=at)
    return token


@SENDS
def draft(request: HttpRequest, token: str) -> HttpResponse:
    """The form. Files are kept as they come, whatever else is amiss."""
    row = _row(request, token)
    if row.about:
        return redirect("request", row.about)
    desk, at = setup.current(), now()
    found = drafts.opened(desk, row)
    law = taking_in.law_for(desk, found, at)
    instrument = law.instrument(found.instrument)
    if instrument is None:
        raise Http404  # the law changed since the draft was begun
    form = TakingInForm(
        request.POST or None, request.FILES or None,
        draft=found, instrument=instrument, pack=law.pack, setting=setting_of(desk),
    )  # fmt: skip
    if request.method == "POST" and (answer := _posted(request, form, row)):
        return answer
    files = drafts.files(desk, row)
    context = {
        "form": form,
        "draft": found,
        "instrument": instrument,
        "emergency": emergency_of(instrument, found.emergency, language()),
        "files": files,
        "read": set(found.read) if request.method != "POST" else set(),
        "names": names(),
        "texts": _texts(found, files),
    }
    return render(request, "casework/intake_form.html", context)


def _posted(request: HttpRequest, form: TakingInForm, row: Row) -> HttpResponse | None:
    """Keep the files, read them if asked, save what fits; where to go next, or None for the form again."""
    desk, person, at, token = setup.current(), request.user.name, now(), row.token
    if digest := request.POST.get("remove"):
        drafts.detach(token, digest, person=person)
    uploads = [(file.name, file.read()) for file in request.FILES.getlist("documents")]
    for wrong in taking_in.attach(desk, token, uploads, person=person):
        form.add_error("documents", wrong)
    if "read" in request.POST and not form.errors.get("documents"):
        _fill(request, form, row)
        return None
    if not form.is_valid():
        return None
    for repeat in form.merged():
        messages.info(request, repeat)
    drafts.save(desk, form.draft(), person=person, at=at)
    return redirect("intake-draft" if digest else "intake-check", token)


def _fill(request: HttpRequest, form: TakingInForm, row: Row) -> None:
    """Let the documents fill the fields that are empty; nothing is sent, and nothing typed is lost."""
    desk = setup.current()
    try:
        said = taking_in.read(desk, drafts.opened(desk, row), drafts.files(desk, row), now())
    except SagwanError as error:
        form.refuse(error)
        return
    labels = form.fill(said)
    if labels:
        text = translate("Read from the documents, to be checked: %(fields)s") % {"fields": ", ".join(labels)}
    else:
        text = translate("The documents say nothing that fills an empty field.")
    messages.info(request, text)


def _attach(request: HttpRequest, token: str, uploads: list[tuple[str, bytes]]) -> None:
    for wrong in taking_in.attach(setup.current(), token, uploads, person=request.user.name):
        messages.warning(request, wrong)


@SENDS
def check(request: HttpRequest, token: str) -> HttpResponse:
    """All answers, and what is found of them; POST takes the request in, once."""
    row = _row(request, token)
    if row.about:
        return redirect("receipt", row.about, 0)
    desk, person, at = setup.current(), request.user.name, now()
    found = drafts.opened(desk, row)
    try:
        if request.method == "POST":
            number = taking_in.send(desk, token, person=person, at=at)
            messages.success(request, translate("The request was taken in."))
            return redirect("receipt", number, 0)
        made = taking_in.looked_at(desk, found, drafts.files(desk, row), at=at)
    except SagwanError as error:
        messages.error(request, said(error))
        return redirect("intake-draft", token)
    # Looking for requests of a case number is a search, as from the queue.
    record_access(
        desk,
        person=person,
        what="Searched",
        details={"field": "case-number", "found": list(made.earlier)},
        at=at,
    )
    law = taking_in.law_for(desk, found, at)
    instrument = law.instrument(found.instrument)
    if instrument is None:
        raise Http404
    context = {
        "draft": found,
        "instrument": instrument,
        "emergency": emergency_of(instrument, found.emergency, language()),
        "filing": made.checked.filing,
        "paper": stated(made.checked.filing.paper, instrument, law.pack, language()),
        "made": made.checked,
        "earlier": made.earlier,
        "same_document": [one for one in made.same_document if one not in made.earlier],
        "office": people.authority(found.authority) if found.authority else None,
        "names": names(),
    }
    return render(request, "casework/intake_check.html", context)


@allowed(post=TAKES_IN)
def discard(request: HttpRequest, token: str) -> HttpResponse:
    """Throw a draft away."""
    _row(request, token)
    drafts.discard(token, person=request.user.name)
    messages.success(request, translate("The draft was thrown away."))
    return redirect("intake")


def _texts(draft: Draft, files: tuple[File, ...]) -> list[tuple[str, tuple[str, ...]]]:
    """What the documents say; nothing where none may be opened now, which the check of the answers tells."""
    try:
        return taking_in.texts(setup.current(), draft, files, now())
    except SagwanError:
        return []


def _row(request: HttpRequest, token: str) -> Row:
    try:
        return drafts.row_of(token, request.user.name)
    except NoDraft:
        raise Http404 from None
