"""What the pages of requests share: who may come, what is recorded, which story is told."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.functional import SimpleLazyObject

from sagwan.desk import clock, setup
from sagwan.desk.casework import queries
from sagwan.desk.casework.access import record_access
from sagwan.desk.casework.careful import MovedOn, execute_seen
from sagwan.desk.casework.forms import Form
from sagwan.desk.casework.models import Case
from sagwan.desk.casework.queries import Story, UnknownRequest
from sagwan.desk.casework.screens import Names
from sagwan.desk.casework.timeline import Entry, entries
from sagwan.desk.people.roles import Role
from sagwan.desk.web.i18n import language, translate
from sagwan.record import commands as ask
from sagwan.record.errors import SagwanError

TEAM = (Role.INTAKE, Role.COUNSEL, Role.APPROVER)
READERS = (*TEAM, Role.AUDITOR)
"""Who reads requests; the administrator does not."""


def names() -> Names:
    """What things are called, in the language of the request at hand; the law pack is read when asked."""
    found: Any = SimpleLazyObject(lambda: Names(setup.current(), language()))
    return found  # type: ignore[no-any-return]


def case_or_404(number: str) -> Case:
    row = Case.objects.filter(number=number).first()
    if row is None:
        raise Http404
    return row


def story_or_404(number: str, *, private: bool = True) -> Story:
    try:
        return queries.story(setup.current(), number, private=private)
    except UnknownRequest:
        raise Http404 from None


def look(request: HttpRequest, number: str, what: str = "Viewed", **details: object) -> None:
    """Record that the person looks at private parts of a request, before they are shown."""
    case_or_404(number)
    desk, person = setup.current(), request.user.name
    record_access(desk, person=person, what=what, details={"request": number, **details}, at=now())


def now() -> datetime:
    return clock.now()


def attempt(
    request: HttpRequest,
    form: Form,
    number: str,
    commands: Callable[[], list[ask.Command]],
    contents: tuple[bytes, ...] = (),
) -> tuple[bool, list[Entry]]:
    """Do what a form asks, if the request still stands where the form saw it.

    Returns (was it done?, what happened meanwhile). Where it was not done the form says why, keeps what was
    typed, and knows how far the request has come now.
    """
    try:
        execute_seen(
            setup.current(), number, commands(), seen=form.seen, actor=request.user.name, at=now(),
            contents=contents,
        )  # fmt: skip
    except MovedOn as moved:
        form.see(moved.now)
        form.refuse_with(
            translate(
                "The request went on while this page was open, and nothing was done. Read what happened;"
                " if your answer still holds, send it again."
            )
        )
        story = story_or_404(number)
        since = entries(story, names())[moved.seen :]
        look(request, number, since=moved.seen)
        return False, since
    except SagwanError as error:
        form.refuse(error)
        return False, []
    return True, []
