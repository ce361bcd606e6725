"""Filing a request: choose the process, fill its form, check the answers, send once."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sagwan.desk import setup
from sagwan.desk.intake import drafts
from sagwan.desk.intake.drafted import Law, setting_of
from sagwan.desk.intake.drafts import Draft
from sagwan.desk.intake.emergency import emergency_of
from sagwan.desk.intake.filing_form import FilingForm
from sagwan.desk.intake.models import Draft as Row
from sagwan.desk.intake.paper_shown import stated
from sagwan.desk.intake.rows import NoDraft
from sagwan.desk.intake.start_form import StartForm
from sagwan.desk.portal import actions
from sagwan.desk.portal.check import checked, law_for, sender_of
from sagwan.desk.portal.views.common import OFFICIAL_POSTS, OFFICIAL_SENDS, contact, now
from sagwan.desk.web.i18n import language, translate
from sagwan.desk.web.refusals import said
from sagwan.law.in_force import InstrumentOnDay
from sagwan.record.errors import SagwanError


@OFFICIAL_SENDS
def start(request: HttpRequest) -> HttpResponse:
    """Which service, under which process, emergency or not: makes a draft."""
    desk, at, person = setup.current(), now(), request.user.name
    if not actions.may_file(person, at):
        return render(request, "portal/cannot.html", {"contact": contact(desk.home)}, status=403)
    law = _law(person)
    services = [(slug, names[language()]) for slug, names in desk.home.services.items()]
    form = StartForm(request.POST or None, services=services, instruments=law.instruments)
    if request.method == "POST" and form.is_valid():
        try:
            token = drafts.begin(desk, Draft(**form.cleaned_data), person=person, at=at)
            return redirect("portal-draft", token)
        except SagwanError as error:
            form.refuse(error)
    return render(request, "portal/start.html", {"form": form})


@OFFICIAL_SENDS
def draft(request: HttpRequest, token: str) -> HttpResponse:
    """The form of a filing. Files are kept as they come, whatever else is amiss."""
    row = _row(request, token)
    if row.about:
        return redirect("portal-request", row.about)
    desk, person = setup.current(), request.user.name
    found = drafts.opened(desk, row)
    law = _law(person)
    instrument = _instrument(law, found)
    form = FilingForm(
        request.POST or None, request.FILES or None,
        draft=found, instrument=instrument, pack=law.pack, setting=setting_of(desk),
    )  # fmt: skip
    if request.method == "POST":
        if digest := request.POST.get("remove"):
            drafts.detach(token, digest, person=person)
        fits = form.is_valid()
        for file in request.FILES.getlist("documents"):
            try:
                drafts.attach(desk, token, file.name, file.read(), person=person)
            except SagwanError as error:
                form.add_error("documents", said(error))
        if fits and form.is_valid():
            for repeat in form.merged():
                messages.info(request, repeat)
            drafts.save(desk, form.draft(), person=person, at=now())
            return redirect("portal-draft" if digest else "portal-check", token)
    context = {
        "form": form,
        "draft": found,
        "instrument": instrument,
        "emergency": emergency_of(instrument, found.emergency, language()),
        "files": drafts.files(desk, row),
        "service": desk.home.services[found.service][language()],
    }
    return render(request, "portal/draft.html", context)


@OFFICIAL_SENDS
def check(request: HttpRequest, token: str) -> HttpResponse:
    """All answers, and what the desk finds of them; POST sends them, once."""
    row = _row(request, token)
    if row.about:
        return redirect("portal-request", row.about)
    desk, person, at = setup.current(), request.user.name, now()
    found = drafts.opened(desk, row)
    instrument = _instrument(_law(person), found)
    try:
        if request.method == "POST":
            number = actions.send(desk, token, person=person, at=at)
            messages.success(request, translate("The request was filed. Keep its receipt."))
            return redirect("portal-request", number)
        made = checked(desk, found, drafts.files(desk, row), person=person, at=at)
    except SagwanError as error:
        messages.error(request, said(error))
        return redirect("portal-draft", token)
    paper = stated(made.filing.paper, instrument, _law(person).pack, language())
    context = {
        "draft": found,
        "instrument": instrument,
        "emergency": emergency_of(instrument, found.emergency, language()),
        "filing": made.filing,
        "paper": [(one.label, one.value) for one in paper],
        "found": [(str(one.severity), one.sentence(language())) for one in made.found],
        "official": sender_of(person)[0],
        "service": desk.home.services[found.service][language()],
    }
    return render(request, "portal/check.html", context)


@OFFICIAL_POSTS
def discard(request: HttpRequest, token: str) -> HttpResponse:
    """Throw a draft away."""
    _row(request, token)
    drafts.discard(token, person=request.user.name)
    messages.success(request, translate("The draft was thrown away."))
    return redirect("portal")


def _row(request: HttpRequest, token: str) -> Row:
    try:
        return drafts.row_of(token, request.user.name)
    except NoDraft:
        raise Http404 from None


def _law(person: str) -> Law:
    return law_for(setup.current(), sender_of(person)[1], now())


def _instrument(law: Law, draft: Draft) -> InstrumentOnDay:
    found = law.instrument(draft.instrument)
    if found is None:
        raise Http404  # the law changed since the draft was begun
    return found
