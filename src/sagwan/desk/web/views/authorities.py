"""Pages for authorities and their officials: vet with two people, confirm by call-back, suspend at once."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sagwan.desk import clock, setup
from sagwan.desk.people import authorities as steps
from sagwan.desk.people import officials
from sagwan.desk.people import queries as people
from sagwan.desk.people.errors import UnknownAuthority, UnknownPerson
from sagwan.desk.people.records import AuthorityKind, AuthorityRecord, Contact, SourceKind
from sagwan.desk.people.roles import CALLERS, GUARDS, MANAGERS, SECOND_EYES
from sagwan.desk.web.forms import AuthorityForm, CallForm, Form, OfficialForm, ReasonForm, VettingForm
from sagwan.desk.web.gate import allowed
from sagwan.desk.web.i18n import translate
from sagwan.desk.web.views.people import keep_link, tried
from sagwan.record.vocabulary import CallResult

READERS = tuple(sorted({*MANAGERS, *SECOND_EYES, *GUARDS, *CALLERS}))


@allowed(*READERS)
def listed(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    return render(request, "authorities.html", {"rows": [(a, a.vetting(now)) for a in people.authorities()]})


@allowed(*MANAGERS, post=MANAGERS)
def added(request: HttpRequest) -> HttpResponse:
    form = AuthorityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        values["kind"] = AuthorityKind(values["kind"])
        desk, now = setup.current(), clock.now()
        if tried(form, lambda: steps.add_authority(desk, **values, actor=request.user.name, at=now)):
            messages.success(request, translate("The authority was added. It can file once it is vetted."))
            return redirect("authority", values["slug"])
    return render(request, "authority_add.html", {"form": form})


@allowed(*READERS)
def authority(request: HttpRequest, slug: str) -> HttpResponse:
    record = _record(slug)
    context = {
        "shown": record,
        "vetting": record.vetting(clock.now()),
        "officials": people.officials(slug),
        "may_manage": request.user.has_role(*MANAGERS),
        "may_guard": request.user.has_role(*GUARDS),
        "may_call": request.user.has_role(*CALLERS),
        "may_approve": record.proposed is not None
        and request.user.has_role(*SECOND_EYES)
        and record.proposed.by != request.user.name,
    }
    return render(request, "authority.html", context)


@allowed(*MANAGERS, post=MANAGERS)
def vet(request: HttpRequest, slug: str) -> HttpResponse:
    """Propose a vetting; another person approves it."""
    record = _record(slug)
    first = {"domains": "\n".join(record.domains), "head": record.head, "phone": record.contact.phone,
             "mail": record.contact.mail, "source_kind": record.contact.source_kind}  # fmt: skip
    form = VettingForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        contact = Contact(
            values["phone"], values["mail"], SourceKind(values["source_kind"]), values["source"]
        )
        desk, now = setup.current(), clock.now()
        if tried(
            form,
            lambda: steps.propose_vetting(
                desk, slug=slug, domains=values["domains"].split(), head=values["head"], contact=contact,
                how=values["how"], actor=request.user.name, at=now,
            ),
        ):  # fmt: skip
            messages.success(request, translate("The vetting is proposed. A second person must approve it."))
            return redirect("authority", slug)
    return render(request, "authority_vet.html", {"form": form, "shown": record})


@allowed(*SECOND_EYES, post=SECOND_EYES, fresh=True)
def approve(request: HttpRequest, slug: str) -> HttpResponse:
    """The second person: everything that is proposed, then approve or decline."""
    record = _record(slug)
    if record.proposed is None:
        return redirect("authority", slug)
    declining = "decline" in request.POST
    form: Form = ReasonForm(request.POST) if declining else Form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        desk, now, actor = setup.current(), clock.now(), request.user.name

        def step() -> None:
            if declining:
                steps.decline_vetting(
                    desk, slug=slug, reason=form.cleaned_data["reason"], actor=actor, at=now
                )
            else:
                seen = datetime.fromisoformat(request.POST.get("proposed", ""))
                steps.approve_vetting(desk, slug=slug, actor=actor, at=now, proposed_at=seen)

        if tried(form, step):
            return redirect("authority", slug)
    context = {"form": form, "decline": form if declining else ReasonForm(), "shown": record}
    return render(request, "authority_approve.html", context)


@allowed(*GUARDS, post=GUARDS, fresh=True)
def suspend(request: HttpRequest, slug: str) -> HttpResponse:
    """Stop an authority and its officials at once, or lift that; lifting takes another administrator."""
    record = _record(slug)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        desk, now, reason = setup.current(), clock.now(), form.cleaned_data["reason"]
        step = steps.lift_authority if record.suspended_at else steps.suspend_authority
        if tried(form, lambda: step(desk, slug=slug, reason=reason, actor=request.user.name, at=now)):
            return redirect("authority", slug)
    return render(request, "authority_suspend.html", {"form": form, "shown": record})


@allowed(*MANAGERS, post=MANAGERS, fresh=True)
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite an official of a vetted authority."""
    record = _record(slug)
    form = OfficialForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        desk, now, found = setup.current(), clock.now(), [("", "")]

        def step() -> None:
            found[0] = officials.invite_official(
                desk, authority=slug, **form.cleaned_data, actor=request.user.name, at=now
            )

        if tried(form, step):
            name, token = found[0]
            keep_link(request, name, token)
            return redirect("person", name)
    return render(request, "official_invite.html", {"form": form, "shown": record})


@allowed(*CALLERS, post=CALLERS)
def call(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Record a call-back to the independent contact about an official."""
    record = _record(slug)
    try:
        official = people.official(name)
    except UnknownPerson:
        raise Http404 from None
    if official.authority != slug:
        raise Http404
    form = CallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values, desk, now = form.cleaned_data, setup.current(), clock.now()
        if tried(
            form,
            lambda: officials.record_call(
                desk, name=name, result=CallResult(values["result"]), spoke_to=values["spoke_to"],
                note=values["note"], actor=request.user.name, at=now,
            ),
        ):  # fmt: skip
            return redirect("authority", slug)
    return render(request, "official_call.html", {"form": form, "shown": record, "official": official})


def _record(slug: str) -> AuthorityRecord:
    try:
        return people.authority(slug)
    except UnknownAuthority:
        raise Http404 from None
