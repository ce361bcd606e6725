"""The official's own public key: registered after a trial, changed, removed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sagwan.desk import setup
from sagwan.desk.people.keys import register_key, remove_key
from sagwan.desk.portal import keys
from sagwan.desk.portal.check import sender_of
from sagwan.desk.portal.forms import KeyForm, PhraseForm
from sagwan.desk.portal.keys import Trial, TrialFailed
from sagwan.desk.portal.views.common import OFFICIAL, OFFICIAL_FRESH, OFFICIAL_SENDS, now
from sagwan.desk.web.i18n import translate
from sagwan.desk.web.refusals import said
from sagwan.desk.web.signin.mail import tell
from sagwan.pages.i18n import N_
from sagwan.record.errors import SagwanError

TRIAL = "key-trial"
CHANGED = (
    N_("The key for what is handed over was changed"),
    N_("Another public key was registered for you: what is handed over is encrypted to it from now on."),
)
REMOVED = (
    N_("The key for what is handed over was removed"),
    N_("Your public key was removed: nothing is encrypted to it any more."),
)


@OFFICIAL
def page(request: HttpRequest) -> HttpResponse:
    """The key that is registered, and how to make one."""
    return render(request, "portal/key.html", {"official": sender_of(request.user.name)[0]})


@OFFICIAL_FRESH
def new(request: HttpRequest) -> HttpResponse:
    """Name a public key; what follows is its trial."""
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            request.session[TRIAL] = keys.begin(form.cleaned_data["recipient"]).members()
        except SagwanError as error:
            form.add_error("recipient", said(error))
        else:
            return redirect("portal-key-trial")
    return render(request, "portal/key_new.html", {"form": form})


def _trial(request: HttpRequest) -> Trial | None:
    return keys.trial_from(request.session.get(TRIAL))


@OFFICIAL_SENDS
def trial(request: HttpRequest) -> HttpResponse:
    """A phrase that only the key's owner can read; typed back, it registers the key."""
    found = _trial(request)
    if found is None:
        return redirect("portal-key")
    form = PhraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            done = found.answered(form.cleaned_data["phrase"])
        except TrialFailed as failed:
            if failed.over:
                del request.session[TRIAL]
                messages.error(request, translate("Too many wrong answers. Begin again."))
                return redirect("portal-key")
            request.session[TRIAL] = found.tried().members()
            form.add_error("phrase", translate("These are not the characters that were encrypted."))
        else:
            del request.session[TRIAL]
            register_key(setup.current(), name=request.user.name, recipient=done.key, at=now())
            tell(request.user, CHANGED, now())
            messages.success(request, translate("Your key is registered."))
            return redirect("portal-key")
    return render(request, "portal/key_trial.html", {"form": form, "trial": found})


@OFFICIAL
def trial_file(request: HttpRequest) -> HttpResponse:
    """The encrypted phrase as a file."""
    found = _trial(request)
    if found is None:
        raise Http404
    answer = HttpResponse(found.armour, content_type="application/octet-stream")
    answer["Content-Disposition"] = 'attachment; filename="test.age"'
    answer["Cache-Control"] = "no-store"
    return answer


@OFFICIAL_FRESH
def remove(request: HttpRequest) -> HttpResponse:
    """Let nothing be encrypted to the key any more."""
    if not sender_of(request.user.name)[0].recipient:
        return redirect("portal-key")
    if request.method == "POST":
        remove_key(setup.current(), name=request.user.name, at=now())
        tell(request.user, REMOVED, now())
        messages.success(request, translate("Your key was removed."))
        return redirect("portal-key")
    return render(request, "portal/key_remove.html", {})
