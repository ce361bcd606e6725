"""One's requests: the list, one request with its thread and receipts, writing, taking back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sagwan.desk import setup
from sagwan.desk.casework.packs import Packs
from sagwan.desk.casework.queries import Story, thread
from sagwan.desk.intake import drafts
from sagwan.desk.intake.paper_form import PaperForm
from sagwan.desk.intake.paper_shown import stated
from sagwan.desk.portal import actions, queries, receipts
from sagwan.desk.portal.check import sender_of
from sagwan.desk.portal.forms import MessageForm, WithdrawForm
from sagwan.desk.portal.views.asking import longer_until, may_ask_names
from sagwan.desk.portal.views.common import OFFICIAL, OFFICIAL_SENDS, contact, looked_at, now, plain
from sagwan.desk.portal.words import KINDS
from sagwan.desk.vault.productions.queries import released
from sagwan.desk.web.i18n import language, translate
from sagwan.record.errors import SagwanError
from sagwan.record.state import Stage
from sagwan.record.vocabulary import Outcome

GIVES_BACK = (
    Stage.RECEIVED, Stage.UNDER_REVIEW, Stage.CLARIFICATION_ASKED, Stage.DECISION_PROPOSED, Stage.APPROVED,
)  # fmt: skip


@OFFICIAL
def listed(request: HttpRequest) -> HttpResponse:
    """Drafts and requests of the official and of their authority."""
    desk, at = setup.current(), now()
    text = request.GET.get("page", "1")
    number = max(1, int(text[:6])) if text.isdecimal() else 1
    rows, total = queries.mine(request.user, page=number)
    official, authority = sender_of(request.user.name)
    context = {
        "rows": rows,
        "total": total,
        "page": number,
        "pages": max(1, -(-total // queries.PAGE)),
        "instruments": _instrument_names(rows),
        "services": {slug: names[language()] for slug, names in desk.home.services.items()},
        "drafts": drafts.of(desk, official.name),
        "official": official,
        "authority": authority,
        "may_file": actions.may_file(official.name, at),
        "contact": contact(desk.home),
    }
    return render(request, "portal/list.html", context)


@OFFICIAL
def page(request: HttpRequest, number: str) -> HttpResponse:
    """One request: where it stands, what was filed, what was written, its receipts."""
    story = looked_at(request, number)
    state, desk = story.progress.state, setup.current()
    last = state.lines[-1].outcome if state.stage is Stage.RESOLVED else None
    pack = Packs(desk.home).pinned(state.pack)
    names = {one.slug: one.names[-1].label.text(language()) for one in pack.instruments}
    day = story.progress.received_at.astimezone(desk.home.zone).date()
    instrument = pack.instrument_on(state.instrument, day)
    paper = stated(state.ledger.paper, instrument, pack, language()) if state.ledger else []
    context = {
        "number": number,
        "status": queries.status_of(state.stage, last or ""),
        "instrument": names[state.instrument],
        "service": desk.home.services[state.service][language()],
        "received": story.received,
        "received_at": story.progress.received_at,
        "ledger": state.ledger,
        "paper": [(one.label, one.value) for one in paper],
        "thread": thread(story),
        "asked": state.stage is Stage.CLARIFICATION_ASKED,
        "lines": [(line, translate(KINDS[kind]), index) for line, kind, index in receipts.lines_of(story)],
        "answers": released(desk, number, now()) if state.stages else (),
        "open": not state.stage.is_over,
        "may_withdraw": state.stage in GIVES_BACK and not state.stages,
        "official": sender_of(request.user.name)[0],
        "hold": state.hold,
        "longer": longer_until(story, now().astimezone(desk.home.zone).date()),
        "may_ask_names": may_ask_names(story),
    }
    return render(request, "portal/request.html", context)


@OFFICIAL_SENDS
def write(request: HttpRequest, number: str) -> HttpResponse:
    """Answer a question, or write to the provider."""
    story = looked_at(request, number)
    form = MessageForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        files = tuple((file.name, file.read()) for file in request.FILES.getlist("documents"))
        try:
            actions.write(
                setup.current(), story, form.cleaned_data["text"], files, person=request.user.name, at=now()
            )
        except SagwanError as error:
            form.add_error(None, plain(error))
        else:
            messages.success(request, translate("It was sent."))
            return redirect("portal-request", number)
    asked = story.progress.state.stage is Stage.CLARIFICATION_ASKED
    return render(
        request,
        "portal/write.html",
        {"form": form, "number": number, "asked": asked, "thread": thread(story)},
    )


@OFFICIAL_SENDS
def paper(request: HttpRequest, number: str) -> HttpResponse:
    """Bring the paper that must follow, or a better one."""
    story = looked_at(request, number)
    state, desk = story.progress.state, setup.current()
    if state.stage.is_over or state.ledger is None:
        raise Http404
    pack = Packs(desk.home).pinned(state.pack)
    day = story.progress.received_at.astimezone(desk.home.zone).date()
    instrument = pack.instrument_on(state.instrument, day)
    form = PaperForm(
        request.POST or None, request.FILES or None,
        paper=state.ledger.paper, instrument=instrument, pack=pack,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        files = tuple((file.name, file.read()) for file in request.FILES.getlist("documents"))
        try:
            actions.supply(desk, number, form.changed(), files, person=request.user.name, at=now())
        except SagwanError as error:
            form.add_error(None, plain(error))
        else:
            messages.success(request, translate("The paper was added."))
            return redirect("portal-request", number)
    return render(request, "portal/paper.html", {"form": form, "number": number})


@OFFICIAL_SENDS
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Take a request back."""
    story = looked_at(request, number)
    form = WithdrawForm(request.POST or None, reasons=_reasons(story))
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(
                setup.current(), number, form.cleaned_data["reason"], person=request.user.name, at=now()
            )
        except SagwanError as error:
            form.add_error(None, plain(error))
        else:
            messages.success(request, translate("The request was taken back."))
            return redirect("portal-request", number)
    return render(request, "portal/withdraw.html", {"form": form, "number": number})


def _reasons(story: Story) -> list[tuple[str, str]]:
    """The reasons of the law pack for which an authority takes a request back."""
    state, desk = story.progress.state, setup.current()
    pack = Packs(desk.home).pinned(state.pack)
    day = now().astimezone(desk.home.zone).date()
    found = pack.reasons_for(state.instrument, Outcome.WITHDRAWN, day)
    return [(reason.slug, reason.label.text(language())) for reason in found]


def _instrument_names(rows: list[queries.Mine]) -> dict[str, str]:
    """What the instruments of a list are called now; a slug that no pack has any more stays itself."""
    if not rows:
        return {}
    desk = setup.current()
    pack = Packs(desk.home).current(desk.home.jurisdiction)
    return {one.slug: one.names[-1].label.text(language()) for one in pack.instruments}
