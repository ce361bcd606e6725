"""Letters: which there are, one as it would be sent, its file and its pages, and sending it."""

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode

from sagwan.desk import setup
from sagwan.desk.casework import answering
from sagwan.desk.casework.answering import Written
from sagwan.desk.casework.forms import LONG, Form, area, choices
from sagwan.desk.casework.queries import Story
from sagwan.desk.casework.timeline import Entry
from sagwan.desk.casework.views.common import READERS, TEAM, attempt, look, names, now, story_or_404
from sagwan.desk.casework.views.page import attachment
from sagwan.desk.casework.views.steps import about
from sagwan.desk.letters.kinds import Kind
from sagwan.desk.letters.letters import Wish
from sagwan.desk.web.gate import allowed
from sagwan.desk.web.i18n import _, translate
from sagwan.desk.web.refusals import said
from sagwan.pages.i18n import LANGUAGES, N_
from sagwan.record.errors import SagwanError

BY = {
    "portal": N_("The letter is attached."),
    "post": N_("The letter was sent by post; a copy is attached."),
    "fax": N_("The letter was sent by fax; a copy is attached."),
}
"""How a letter goes out, and what the thread says of it."""


class SendForm(Form):
    by = forms.ChoiceField(
        label=_("How it goes out"), widget=forms.RadioSelect, initial="portal",
        help_text=_("By post and fax you send it yourself; the record keeps that you did, and the file."),
    )  # fmt: skip
    text = forms.CharField(
        label=_("A few words with it"), max_length=LONG, required=False, widget=area(3),
        help_text=_("The official reads them with the letter."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("by", choices(BY))


@allowed(*READERS)
def letters(request: HttpRequest, number: str) -> HttpResponse:
    """Which letters can be written, and what was sent."""
    look(request, number, letters=True)
    found = story_or_404(number)
    context = {
        "number": number, "names": names(), "writable": answering.writable(found),
        "sent": answering.sent(found),
    }  # fmt: skip
    return render(request, "casework/answers.html", context)


def _wish(request: HttpRequest, found: Story, kind: str) -> Wish:
    """The letter that an address names; Http404 where the record has nothing for it."""
    known = {str(one.kind): one for one in answering.writable(found)}
    if kind not in known:
        raise Http404
    lang = request.GET.get("lang", "ko")
    wish = Wish(Kind(kind), lang if lang in LANGUAGES else "ko", preview=known[kind].waits)
    stage, target = _count(request, "stage"), _count(request, "target")
    asked = found.progress.state.asked_targets
    if stage:
        wish = replace(wish, stage=stage)
    return replace(wish, target=asked[target - 1]) if 1 <= target <= len(asked) else wish


def _count(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 7 else 0


def _query(request: HttpRequest, wish: Wish) -> str:
    """The part of an address that names the same letter."""
    kept = {name: _count(request, name) for name in ("stage", "target") if _count(request, name)}
    return urlencode({"lang": wish.lang, **kept})


def _looked(request: HttpRequest, number: str, kind: str) -> tuple[Story, Wish]:
    """The story and the wish; that the person looks is recorded."""
    look(request, number, letter=kind[:40])
    found = story_or_404(number)
    return found, _wish(request, found, kind)


@allowed(*READERS, post=TEAM)
def letter(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """A letter as it would be sent; sending it keeps its file in the thread with the official."""
    found, wish = _looked(request, number, kind)
    form = SendForm(request.POST if request.method == "POST" else None, about=about(found))
    written, problem = _written(number, wish)
    since: list[Entry] = []
    if written and may_send(request, wish) and form.is_bound and form.is_valid():
        done, since = _send(request, form, number, written)
        if done:
            messages.success(request, translate("The letter was sent, and its file is kept in the thread."))
            return redirect("letters", number)
    context = {
        "number": number, "names": names(), "wish": wish, "written": written, "problem": problem,
        "form": form, "since": since, "may_send": may_send(request, wish),
        "query": _query(request, wish), "targets": len(found.progress.state.asked_targets),
        "target": _count(request, "target"),
    }  # fmt: skip
    return render(request, "casework/answer.html", context)


def may_send(request: HttpRequest, wish: Wish) -> bool:
    """Into the thread with the one who asked go only letters to them, and none whose decision waits."""
    return bool(wish.kind.to_requester and not wish.preview and request.user.has_role(*TEAM))


def _written(number: str, wish: Wish) -> tuple[Written | None, str]:
    """The letter, or why it cannot be written."""
    try:
        return answering.write(setup.current(), number, wish, now()), ""
    except SagwanError as error:
        return None, said(error)


def _send(request: HttpRequest, form: SendForm, number: str, written: Written) -> tuple[bool, list[Entry]]:
    said = form.cleaned_data["text"].strip()
    by = form.cleaned_data["by"]
    line = translate(BY[by])
    command, contents = answering.sending(written, f"{said}\n\n{line}".strip())
    return attempt(request, form, number, lambda: [command], contents)


@allowed(*READERS)
def pdf(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """The letter's file, to be kept or printed; it may run nothing, should a browser show it."""
    _found, wish = _looked(request, number, kind)
    written, _problem = _written(number, wish)
    if written is None:
        raise Http404
    answer = HttpResponse(written.pdf, content_type="application/pdf")
    answer.headers["Content-Disposition"] = attachment(written.document.name)
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@allowed(*READERS)
def page(request: HttpRequest, number: str, kind: str, place: int) -> HttpResponse:
    """One page of a letter as a picture, for the preview."""
    _found, wish = _looked(request, number, kind)
    try:
        drawn = answering.picture(setup.current(), number, wish, place, now())
    except SagwanError:
        drawn = None
    if drawn is None:
        raise Http404
    return HttpResponse(drawn, content_type="image/png")
