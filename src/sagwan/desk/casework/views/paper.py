"""Staff add later or better paper to a request: what it says, a look at it, and then it is added once."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sagwan.desk import setup
from sagwan.desk.casework import taking_in_paper as papers
from sagwan.desk.casework.forms import Form
from sagwan.desk.casework.queries import Story
from sagwan.desk.casework.timeline import Entry
from sagwan.desk.casework.views.common import attempt, look, names, now, story_or_404
from sagwan.desk.casework.views.steps import about
from sagwan.desk.intake.paper_form import PaperForm
from sagwan.desk.intake.paper_shown import stated
from sagwan.desk.people.roles import Role
from sagwan.desk.web.gate import allowed
from sagwan.desk.web.i18n import language, translate
from sagwan.desk.web.refusals import said
from sagwan.record.errors import SagwanError
from sagwan.record.request import clean

ADDS = (Role.INTAKE, Role.COUNSEL)
ADDING = allowed(*ADDS, post=ADDS)


@ADDING
def edit(request: HttpRequest, number: str) -> HttpResponse:
    """What stands on the paper by now, and its file. Nothing is added yet."""
    story = _story(request, number)
    desk, person = setup.current(), request.user.name
    pack, instrument = papers.law_of(desk, story)
    kept = papers.begun(desk, number, person)
    form = PaperForm(
        request.POST or None, request.FILES or None,
        paper=_paper_of(story), typed=kept.paper, kept=bool(kept.files), instrument=instrument, pack=pack,
    )  # fmt: skip
    if request.method == "POST" and (answer := _posted(request, form, number)):
        return answer
    context = {
        "form": form,
        "number": number,
        "instrument": instrument,
        "files": papers.begun(desk, number, person).files,
    }
    return render(request, "casework/paper.html", context)


def _posted(request: HttpRequest, form: PaperForm, number: str) -> HttpResponse | None:
    """Keep what fits; where to go next, or None for the form again."""
    desk, person = setup.current(), request.user.name
    if "discard" in request.POST:
        papers.forget(number, person=person)
        return redirect("request", number)
    if digest := request.POST.get("remove"):
        papers.take_out(number, digest, person=person)
    fits = form.is_valid()
    uploads = [(file.name, file.read()) for file in request.FILES.getlist("documents")]
    try:
        typed = form.changed() if fits else None
        for value in (typed or {}).values():
            clean(value, "document item", longest=5_000, required=False, lines=True)
        for wrong in papers.keep(desk, number, typed, uploads, person=person, at=now()):
            form.add_error("documents", wrong)
    except SagwanError as error:
        form.refuse(error)
    if not form.is_valid():
        return None
    return redirect("paper" if digest else "paper-check", number)


@ADDING
def check(request: HttpRequest, number: str) -> HttpResponse:
    """What changes by it and what is found of it; POST adds it, if the request still stands there."""
    story = _story(request, number)
    desk, person, at = setup.current(), request.user.name, now()
    what = papers.begun(desk, number, person)
    if not what.paper and not what.files:
        return redirect("paper", number)
    form = Form(request.POST if request.method == "POST" else None, about=about(story))
    since: list[Entry] = []
    try:
        looked = papers.looked_at(desk, story, what, at)
    except SagwanError as error:
        messages.error(request, said(error))
        return redirect("paper", number)
    if request.method == "POST" and form.is_valid():
        done, since = attempt(request, form, number, lambda: [papers.command(what, looked)], what.contents)
        if done:
            papers.forget(number, person=person)
            messages.success(request, translate("The paper was added."))
            return redirect("request", number)
    pack, instrument = papers.law_of(desk, story)
    before = _paper_of(story)
    old = {one.label: one.value for one in stated(before, instrument, pack, language())}
    context = {
        "form": form,
        "number": number,
        "since": since,
        "looked": looked,
        "files": what.files,
        "changes": [
            (one, old.get(one.label, "")) for one in stated(what.paper, instrument, pack, language())
        ],
        "names": names(),
    }
    return render(request, "casework/paper_check.html", context)


def _story(request: HttpRequest, number: str) -> Story:
    look(request, number)
    story = story_or_404(number)
    if story.progress.state.ledger is None:
        raise Http404  # nothing to compare with: its key is destroyed
    return story


def _paper_of(story: Story) -> dict[str, str]:
    ledger = story.progress.state.ledger
    return dict(ledger.paper) if ledger else {}
