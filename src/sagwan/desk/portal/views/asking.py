"""What an official asks for after the answer: names behind pseudonyms, a longer preservation, a document."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from sagwan.desk import setup
from sagwan.desk.casework.actions import STREAM
from sagwan.desk.casework.packs import Packs
from sagwan.desk.casework.queries import Story
from sagwan.desk.portal import actions, queries
from sagwan.desk.portal.forms import ExtensionForm, NamesForm
from sagwan.desk.portal.views.common import OFFICIAL, OFFICIAL_SENDS, looked_at, now, plain
from sagwan.desk.vault import documents
from sagwan.desk.vault.keyring import KeyRing
from sagwan.desk.vault.master import KeyMissing
from sagwan.desk.vault.productions import unblinding
from sagwan.desk.web.forms import Form
from sagwan.desk.web.i18n import language, translate
from sagwan.law.errors import NotInForce
from sagwan.pages.i18n import N_
from sagwan.pages.i18n import day as day_text
from sagwan.record.errors import SagwanError

ASKS_NAMES = N_("We ask for the names behind these pseudonyms:")
ASKS_LONGER = N_("We ask you to preserve the data until {day}.")


def may_ask_names(story: Story) -> bool:
    """Was something handed over in which people were blinded?"""
    return bool(story.progress.state.stages) and unblinding.was_blinded(story.number)


def longer_until(story: Story, today: date) -> date | None:
    """Until when the law lets the hold be extended; None where there is none to extend."""
    desk, state = setup.current(), story.progress.state
    hold = state.hold
    if hold is None or hold.released is not None or hold.extended or today > hold.until:
        return None
    try:
        rule = Packs(desk.home).pinned(state.pack).instrument_on(state.instrument, today).hold
    except NotInForce:
        return None
    return hold.until + timedelta(days=rule.extension) if rule and rule.extension else None


@OFFICIAL_SENDS
def names(request: HttpRequest, number: str) -> HttpResponse:
    """A further request: who stands behind these pseudonyms. It comes into the thread, with its document."""
    story = looked_at(request, number)
    if not may_ask_names(story):
        raise Http404
    form = NamesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        listed = "\n".join(form.listed)
        text = "\n\n".join(filter(None, (f"{translate(ASKS_NAMES)}\n{listed}", form.cleaned_data["text"])))
        if _said(request, story, form, text):
            return redirect("portal-request", number)
    return render(request, "portal/ask_names.html", {"form": form, "number": number})


@OFFICIAL_SENDS
def longer(request: HttpRequest, number: str) -> HttpResponse:
    """Ask that data is preserved for longer, while it is still preserved."""
    story = looked_at(request, number)
    until = longer_until(story, now().astimezone(setup.current().home.zone).date())
    hold = story.progress.state.hold
    if until is None or hold is None:
        raise Http404
    form = ExtensionForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        asked = translate(ASKS_LONGER).format(day=day_text(until.isoformat(), language()))
        if _said(request, story, form, "\n\n".join(filter(None, (asked, form.cleaned_data["text"])))):
            return redirect("portal-request", number)
    context = {"form": form, "number": number, "hold": hold, "until": until}
    return render(request, "portal/ask_longer.html", context)


def _said(request: HttpRequest, story: Story, form: Form, text: str) -> bool:
    files = tuple((file.name, file.read()) for file in request.FILES.getlist("documents"))
    try:
        actions.say(setup.current(), story, text, files, person=request.user.name, at=now())
    except SagwanError as error:
        form.add_error(None, plain(error))
        return False
    messages.success(request, translate("It was sent."))
    return True


@OFFICIAL
def document(request: HttpRequest, number: str, digest: str) -> HttpResponse:
    """A file of the thread, or one that was filed: letters and their own papers, nothing internal."""
    story = looked_at(request, number, "DocumentRead")
    found = next((one for one in queries.documents_of(story) if one.digest == digest), None)
    if found is None:
        raise Http404
    keys = KeyRing(setup.current().master)
    keys.load([STREAM + number])
    try:
        data = documents.read(keys, STREAM + number, digest)
    except KeyMissing:
        raise Http404 from None
    answer = HttpResponse(data, content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    answer["Cache-Control"] = "no-store"
    return answer
