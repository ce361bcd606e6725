"""Releasing what was put in, the names of a follow-up, ending it early, carrying it out."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from sagwan.desk import setup
from sagwan.desk.casework import producing
from sagwan.desk.casework.careful import MovedOn
from sagwan.desk.casework.producing import Screen
from sagwan.desk.casework.producing_forms import TermsForm
from sagwan.desk.casework.queries import Story
from sagwan.desk.casework.timeline import Entry, entries
from sagwan.desk.casework.views.common import TEAM, look, names, now, story_or_404
from sagwan.desk.casework.views.page import attachment
from sagwan.desk.casework.views.production import KEEPERS
from sagwan.desk.people.roles import Role
from sagwan.desk.vault.productions import actions, followups
from sagwan.desk.vault.productions.errors import Changed
from sagwan.desk.vault.productions.fetching import carry_out
from sagwan.desk.vault.productions.queries import Out, Seen, released
from sagwan.desk.vault.productions.shipping import Locking, Released
from sagwan.desk.web.gate import allowed
from sagwan.desk.web.i18n import translate
from sagwan.desk.web.refusals import said
from sagwan.pages.i18n import N_
from sagwan.record.errors import SagwanError

APPROVER = (Role.APPROVER,)


@allowed(*APPROVER, post=APPROVER, fresh=True)
def release(request: HttpRequest, number: str) -> HttpResponse:
    """All that would go out, and to whom; POST packages, encrypts and hands it over."""
    look(request, number, "ProductionViewed", release=True)
    desk, story = setup.current(), story_or_404(number)
    screen = producing.screen(desk, story, request.user.name, now())
    if not screen.is_ready or screen.barred:
        messages.warning(request, translate(screen.barred or screen.why_not or _NOT_READY))
        return redirect("production", number)
    form = _terms(request, screen, screen.checked.digest)
    since: list[Entry] = []
    if request.method == "POST" and form.is_valid():
        seen = Seen(form.cleaned_data["seq"], form.cleaned_data["contents"])
        out, since = _tried(
            form, story, screen,
            lambda: actions.seal_and_release(
                desk, number, releaser=request.user.name, at=now(),
                locking=Locking(form.recipients), days=form.cleaned_data["days"], seen=seen,
            ),
        )  # fmt: skip
        if out is not None:
            return _handed_over(request, number, out, follow_up=False)
    context = {"form": form, "number": number, "names": names(), "screen": screen, "since": since}
    return render(request, "casework/production_release.html", context)


_NOT_READY = N_("Something stands against the release: see below.")


@allowed(*APPROVER, post=APPROVER, fresh=True)
def release_names(request: HttpRequest, number: str, stage: int) -> HttpResponse:
    """The names that a follow-up lists, and no others; POST hands them over."""
    look(request, number, "ProductionViewed", names=stage)
    desk, story = setup.current(), story_or_404(number)
    found = producing.follow_up_of(story, stage)
    screen = producing.screen(desk, story, request.user.name, now())
    naming = next((one for one in screen.follow_ups if one.number == stage), None)
    if found is None or naming is None or naming.out or not screen.blinded:
        raise Http404
    form = _terms(request, screen, "")
    if request.method == "POST" and form.is_valid():
        out, _ = _tried(
            form, story, screen,
            lambda: followups.release_names(
                desk, number, stage, releaser=request.user.name, at=now(),
                locking=Locking(form.recipients), days=form.cleaned_data["days"],
            ),
        )  # fmt: skip
        if out is not None:
            return _handed_over(request, number, out, follow_up=True)
    context = {
        "form": form, "number": number, "screen": screen, "stage": stage, "targets": found[0],
        "own": naming.proposer == request.user.name,
    }  # fmt: skip
    return render(request, "casework/production_names.html", context)


def _terms(request: HttpRequest, screen: Screen, contents: str) -> TermsForm:
    data = request.POST if request.method == "POST" else None
    return TermsForm(data, keys=list(screen.keys), seq=screen.checked.seq, contents=contents)


def _tried(
    form: TermsForm, story: Story, screen: Screen, do: Callable[[], Released]
) -> tuple[Released | None, list[Entry]]:
    """(what was handed over, None where it was not; what happened since the page was made)."""
    try:
        return do(), []
    except MovedOn as moved:
        form.see(moved.now, screen.checked.digest)
        form.add_error(None, translate(_MOVED))
        return None, entries(story_or_404(story.number), names())[moved.seen :]
    except Changed:
        form.see(screen.checked.seq, screen.checked.digest)
        form.add_error(None, translate(_MOVED))
    except SagwanError as error:
        form.refuse(error)
    return None, []


_MOVED = N_(
    "What would go out, or the request, changed while this page was open, and nothing was done. Look again."
)


def _handed_over(request: HttpRequest, number: str, out: Released, *, follow_up: bool) -> HttpResponse:
    """What went out; a passphrase is shown here and nowhere else."""
    context = {"number": number, "out": out, "follow_up": follow_up}
    answer = render(request, "casework/production_released.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


def _out(number: str, stage: int, follow_up: bool) -> Out:
    for out in released(setup.current(), number, now()):
        if (out.stage, out.follow_up, out.is_open) == (stage, follow_up, True):
            return out
    raise Http404


@allowed(*KEEPERS, post=KEEPERS)
def end(request: HttpRequest, number: str, stage: int, follow_up: bool = False) -> HttpResponse:
    """End the time in which a package can be fetched, and destroy it."""
    look(request, number, "ProductionViewed")
    story = story_or_404(number)
    out = _out(number, stage, follow_up)
    if request.method == "POST":
        seen = request.POST.get("seq", "")
        try:
            actions.expire(
                setup.current(), number, stage, actor=request.user.name, at=now(), follow_up=follow_up,
                seen=int(seen) if seen.isdecimal() and len(seen) < 10 else 0,
            )  # fmt: skip
        except MovedOn:
            messages.warning(request, translate(_MOVED))
            return redirect(request.path)
        except SagwanError as error:
            messages.error(request, said(error))
        else:
            messages.success(request, translate("The package is destroyed; it can be fetched no more."))
        return redirect("production", number)
    context = {"number": number, "out": out, "seq": story.progress.seq}
    return render(request, "casework/production_end.html", context)


@allowed(*TEAM, post=TEAM, fresh=True)
def carry(request: HttpRequest, number: str, stage: int, follow_up: bool = False) -> HttpResponseBase:
    """Take the encrypted package, to bring it another way to who has no account."""
    look(request, number, "ProductionViewed")
    out = _out(number, stage, follow_up)
    if request.method == "POST":
        try:
            parcel = carry_out(
                setup.current(), number, stage, actor=request.user.name, at=now(), follow_up=follow_up
            )
        except SagwanError as error:
            messages.error(request, said(error))
            return redirect("production", number)
        answer = StreamingHttpResponse(parcel.chunks, content_type="application/octet-stream")
        answer["Content-Length"] = str(parcel.size)
        answer["Content-Disposition"] = attachment(parcel.name)
        answer["Cache-Control"] = "no-store"
        return answer
    return render(request, "casework/production_carry.html", {"number": number, "out": out})
