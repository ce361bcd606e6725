"""One page a small step: it says what will happen, and does it if the request still stands where it did."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sagwan.desk import setup
from sagwan.desk.casework.duties import Clocks
from sagwan.desk.casework.forms import About
from sagwan.desk.casework.packs import Packs
from sagwan.desk.casework.queries import Story
from sagwan.desk.casework.small_steps import SmallStep
from sagwan.desk.casework.timeline import Entry
from sagwan.desk.casework.views.common import attempt, names, now, story_or_404
from sagwan.desk.web.gate import allowed
from sagwan.desk.web.i18n import translate
from sagwan.law.errors import NotInForce
from sagwan.law.in_force import InstrumentOnDay


def about(story: Story) -> About:
    """What forms need to know of a request today."""
    desk = setup.current()
    packs, day = Packs(desk.home), now().astimezone(desk.home.zone).date()
    known = names()
    open_now = tuple((d.slug, d.label.text(known.lang)) for d in Clocks(desk, packs).open(story.progress))
    return About(story, known, law_of(story, packs, day), day, open_now)


def law_of(story: Story, packs: Packs, day: date) -> InstrumentOnDay:
    """The request's instrument as it is law on the day; else as it was on the day of receipt."""
    pack = packs.pinned(story.progress.state.pack)
    try:
        return pack.instrument_on(story.progress.state.instrument, day)
    except NotInForce:
        zone = setup.current().home.zone
        return pack.instrument_on(
            story.progress.state.instrument, story.progress.received_at.astimezone(zone).date()
        )


def view_of(step: SmallStep) -> Callable[..., HttpResponse]:
    """The view of a small step."""

    @allowed(*step.roles, post=step.roles)
    def view(request: HttpRequest, number: str) -> HttpResponse:
        story = story_or_404(number)
        known = about(story)
        first = {step.first: request.GET.get(step.first, "")} if step.first else {}
        posted = request.method == "POST"
        form = step.form(
            request.POST if posted else None, request.FILES if posted else None, about=known, initial=first
        )
        since: list[Entry] = []
        if request.method == "POST" and form.is_valid():
            done, since = attempt(
                request, form, number, lambda: [step.command(form.cleaned_data, request.user.name)],
                form.contents(),
            )  # fmt: skip
            if done:
                messages.success(request, translate(step.done))
                return redirect("request", number)
        context = {"form": form, "step": step, "number": number, "since": since}
        return render(request, "casework/step.html", context)

    view.__name__ = f"step_{step.slug.replace('-', '_')}"
    return view
