"""Putting a decision together: for many targets at once, for some, of which days; and proposing it."""

from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import cached_property

from sagwan.desk import setup
from sagwan.desk.casework import deciding, deciding_drafts, queries
from sagwan.desk.casework import screens_request as screens
from sagwan.desk.casework.deciding import Reply, Sheet
from sagwan.desk.casework.deciding_drafts import Draft, DraftMoved
from sagwan.desk.casework.deciding_forms import DaysForm, ManyForm, SheetForm, SomeForm
from sagwan.desk.casework.deciding_options import Options, conclude, options_of
from sagwan.desk.casework.deciding_screens import page_of
from sagwan.desk.casework.queries import Story
from sagwan.desk.casework.views.common import look, names, now, story_or_404
from sagwan.desk.people.roles import Role
from sagwan.desk.web.gate import allowed
from sagwan.desk.web.i18n import language, translate
from sagwan.record.errors import SagwanError
from sagwan.record.state import Stage, State
from sagwan.record.vocabulary import DataCategory, Grant

COUNSEL = (Role.COUNSEL,)
COMPOSING = (Stage.RECEIVED, Stage.UNDER_REVIEW, Stage.CLARIFICATION_ASKED)
"""While the request stands so, a decision can be put together."""


@dataclass(frozen=True)
class Work:
    """A request whose decision is being put together."""

    number: str
    story: Story
    draft: Draft

    @property
    def state(self) -> State:
        return self.story.progress.state

    @property
    def sheet(self) -> Sheet:
        return self.draft.sheet

    @cached_property
    def options(self) -> Options:
        desk = setup.current()
        return options_of(desk, self.story, language(), now().astimezone(desk.home.zone).date())

    def keep(self, sheet: Sheet, revision: int, actor: str) -> None:
        deciding_drafts.save(
            setup.current(), self.number, sheet, revision=revision, actor=actor, at=now()
        )  # fmt: skip


def work_on(request: HttpRequest, number: str, *, targets: bool = True) -> Work | HttpResponse:
    """The work on a request's decision; where it cannot be worked on now, the way to where it can.

    `targets`: only a request that names targets and is not suspected is answered target by target.
    """
    look(request, number, deciding=True)
    story = story_or_404(number)
    state = story.progress.state
    if state.stage is Stage.DECISION_PROPOSED:
        return redirect("decision", number)
    if state.stage not in COMPOSING:
        messages.warning(request, translate("Nothing can be decided of the request as it stands now."))
        return redirect("request", number)
    if targets and (not state.asked_targets or state.suspected_by):
        return redirect("decide-whole", number)
    return Work(number, story, deciding_drafts.opened(setup.current(), story))


def change(request: HttpRequest, work: Work, form: SheetForm, sheet: Sheet) -> bool:
    """Keep a changed sheet; where it cannot be kept the form says why, and False is returned."""
    try:
        work.keep(sheet, form.cleaned_data["revision"], request.user.name)
    except DraftMoved:
        form.see(work.draft.revision)
        text = translate(
            "%(name)s changed this decision meanwhile, and nothing was done. Look at it as it is now."
        )
        form.add_error(None, text % {"name": work.draft.changed_by})
    except SagwanError as error:
        form.refuse(error)
    else:
        return True
    return False


def bound(request: HttpRequest, kind: type[SheetForm], work: Work, name: str) -> SheetForm:
    """The form, filled with what was sent if it is the one that was sent."""
    sent = request.method == "POST" and request.POST.get("do") == name
    return kind(
        request.POST if sent else None, sheet=work.sheet, options=work.options, revision=work.draft.revision
    )


@allowed(*COUNSEL, post=COUNSEL)
def decide(request: HttpRequest, number: str) -> HttpResponse:
    """Where the decision stands, and answers for many targets at once."""
    work = work_on(request, number)
    if isinstance(work, HttpResponse):
        return work
    many, days = bound(request, ManyForm, work, "many"), bound(request, DaysForm, work, "days")
    if many.is_bound and many.is_valid() and isinstance(many, ManyForm):
        made = deciding.answer(
            work.sheet, many.reply, data=many.categories, places=many.places, only_open=many.only_open
        )
        if change(request, work, many, made):
            messages.success(request, translate("The answer was kept."))
            return redirect("decide", number)
    elif days.is_bound and days.is_valid() and isinstance(days, DaysForm):
        made = replace(work.sheet, period=days.period)
        if change(request, work, days, made):
            messages.success(request, translate("The days were kept."))
            return redirect("decide", number)
    return render(request, "casework/decide.html", _overview(work) | {"many": many, "days": days})


def _overview(work: Work) -> dict[str, object]:
    """What the page says of a decision that is being put together."""
    sheet, known = work.sheet, names()
    return {
        "number": work.number,
        "names": known,
        "state": work.state,
        "ledger": work.state.ledger,
        "received": work.state.received,
        "draft": work.draft,
        "sheet": sheet,
        "options": work.options,
        "counts": deciding.counts(sheet),
        "given": deciding.given(sheet),
        "asks": any(reply.grant is Grant.ASK for reply in sheet.replies),
        "conclusion": None if sheet.undecided else conclude(sheet, work.state, work.options),
        "warnings": list(screens.warnings(work.state)),
        "policy": queries.drafted(setup.current(), work.story) if sheet.is_blank else None,
        "outside": sorted(set(sheet.asked.data) - work.options.allowed),
    }


@allowed(*COUNSEL, post=COUNSEL)
def targets(request: HttpRequest, number: str) -> HttpResponse:
    """The targets, a page at a time: tick some, and answer for them."""
    work = work_on(request, number)
    if isinstance(work, HttpResponse):
        return work
    form = bound(request, SomeForm, work, "some")
    if form.is_bound and form.is_valid() and isinstance(form, SomeForm):
        made = deciding.answer(work.sheet, form.reply, data=form.categories, places=form.places)
        if change(request, work, form, made):
            messages.success(request, translate("The answer was kept."))
            return redirect(request.get_full_path())
    page = page_of(work.sheet, request.GET)
    context = {
        "number": number,
        "names": names(),
        "state": work.state,
        "form": form,
        "page": page,
        "ticked": set(form.data.getlist("place")) if form.is_bound else set(),
        "kinds": sorted({target.kind for target in work.sheet.asked.targets}),
        "options": work.options,
        "address": request.get_full_path(),
    }
    return render(request, "casework/decide_targets.html", context)


@allowed(post=COUNSEL)
def policy(request: HttpRequest, number: str) -> HttpResponse:
    """Fill the decision with what the standing policy would answer; a person still proposes it."""
    work = work_on(request, number)
    if isinstance(work, HttpResponse):
        return work
    drafted = queries.drafted(setup.current(), work.story)
    if drafted is not None and work.sheet.is_blank:
        reply = Reply(Grant.REFUSE, drafted.reason)
        everything: list[DataCategory] = list(work.sheet.asked.data)
        work.keep(deciding.answer(work.sheet, reply, data=everything), work.draft.revision, request.user.name)
        messages.success(request, translate("Filled in from the standing policy. Read it, then propose it."))
    return redirect("decide", number)


@allowed(post=COUNSEL)
def discard(request: HttpRequest, number: str) -> HttpResponse:
    """Throw away what was put together so far."""
    work = work_on(request, number)
    if isinstance(work, HttpResponse):
        return work
    deciding_drafts.discard(number)
    messages.success(request, translate("The half-made decision was thrown away."))
    return redirect("request", number)
