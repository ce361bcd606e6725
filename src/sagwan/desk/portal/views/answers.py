"""What was handed over, fetched by the official after showing the second factor once more."""

import time
from collections.abc import Iterator
from datetime import timedelta

from allauth.account.authentication import get_authentication_records
from django.contrib import messages
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from sagwan.desk import setup
from sagwan.desk.people.roles import Role
from sagwan.desk.portal.views.common import looked_at, now, plain
from sagwan.desk.vault.productions.fetching import SecondFactor, open_for_fetch, package_name
from sagwan.desk.vault.productions.queries import Out, released
from sagwan.desk.web.gate import allowed
from sagwan.record.errors import SagwanError

FETCHES = allowed(Role.OFFICIAL, post=(Role.OFFICIAL,), fresh=True)


@FETCHES
def data(request: HttpRequest, number: str, stage: int) -> HttpResponseBase:
    """The production of a stage; POST hands it over."""
    return _answer(request, number, stage, follow_up=False)


@FETCHES
def names(request: HttpRequest, number: str, stage: int) -> HttpResponseBase:
    """The names of a follow-up; POST hands them over."""
    return _answer(request, number, stage, follow_up=True)


def _answer(request: HttpRequest, number: str, stage: int, *, follow_up: bool) -> HttpResponseBase:
    looked_at(request, number)
    out = _out(number, stage, follow_up)
    if request.method == "POST":
        try:
            return _parcel(request, number, stage, follow_up)
        except SagwanError as error:
            messages.error(request, plain(error))
            return redirect("portal-request", number)
    context = {"number": number, "out": out, "name": package_name(number, stage, follow_up=follow_up)}
    return render(request, "portal/fetch.html", context)


def _out(number: str, stage: int, follow_up: bool) -> Out:
    for out in released(setup.current(), number, now()):
        if (out.stage, out.follow_up, out.is_open) == (stage, follow_up, True):
            return out
    raise Http404


def _parcel(request: HttpRequest, number: str, stage: int, follow_up: bool) -> HttpResponseBase:
    person = request.user.name
    parcel = open_for_fetch(
        setup.current(), number, stage, actor=person, proof=_proof(request), at=now(), follow_up=follow_up
    )
    answer = StreamingHttpResponse(parcel.chunks, content_type="application/octet-stream")
    answer["Content-Length"] = str(parcel.size)
    answer["Content-Disposition"] = content_disposition_header(True, parcel.name) or ""
    answer["Cache-Control"] = "no-store"
    return answer


def _proof(request: HttpRequest) -> SecondFactor:
    """When the sign-in saw a second factor last, which the gate has asked for before this."""
    shown = max(_shown(request), default=0.0)
    # How long ago it was tells the machine's clock; the desk's own may be another (desk/clock.py).
    return SecondFactor(request.user.name, now() - timedelta(seconds=max(0.0, time.time() - shown)))


def _shown(request: HttpRequest) -> Iterator[float]:
    for record in get_authentication_records(request, request.user):
        if record.get("method") == "mfa":
            yield float(record["at"])
