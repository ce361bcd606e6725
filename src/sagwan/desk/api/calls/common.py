"""What calls share: how one is declared, how it answers, who acts, and how a view is recorded."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel

from sagwan.desk import clock
from sagwan.desk.api.door import Guard
from sagwan.desk.api.problems import Problem
from sagwan.desk.api.scopes import Scope
from sagwan.desk.journal.actions import ConcurrentChange
from sagwan.desk.people.models import Person

TRIES = 5
NO_HEADERS: Mapping[str, str] = MappingProxyType({})

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Call:
    """What is declared of a call. `parts` name the files that may come along in a form, or must
    (`parts_only`); `large`: its body may be as large as the desk takes any; `media` is what the answer is
    where it is none of our shapes."""

    name: str
    method: str
    path: str
    scopes: tuple[Scope, ...]
    status: int = 200
    if_match: bool = False
    etag: bool = False
    parts: tuple[str, ...] = ()
    parts_only: bool = False
    large: bool = False
    media: str = ""


CALLS: dict[str, Call] = {}
"""Every call by its name, which is its operationId."""


def call(
    router: Router,
    method: str,
    path: str,
    *scopes: Scope,
    answers: type[BaseModel] | None = None,
    **more: Any,
) -> Callable[[View], View]:
    """Declare a call, open to tokens with one of the scopes; `more` are further members of Call."""

    def declare(view: View) -> View:
        made = Call(view.__name__, method, path, scopes, **more)
        CALLS[made.name] = made
        title = made.name.replace("_", " ")
        guard = Guard(scopes, large=bool(made.parts) or made.large, if_match=made.if_match)
        router.api_operation(
            [method],
            path,
            auth=guard,
            response={made.status: answers},
            operation_id=made.name,
            summary=title[0].upper() + title[1:],
        )(view)
        guard.parameters = _parameters(view)
        return view

    return declare


def _parameters(view: Callable[..., Any]) -> frozenset[str]:
    """The names of a call's parameters in the query."""
    models = view._ninja_operation.models  # type: ignore[attr-defined]
    found = [model.__ninja_flatten_map__ for model in models if model.__ninja_param_source__ == "query"]
    return frozenset(name for names in found for name in names)


def person_of(request: HttpRequest) -> Person:
    """Whom the token acts as."""
    person: Person = request.token.person
    return person


def now() -> datetime:
    return clock.now()


def shown(body: BaseModel, headers: Mapping[str, str] = NO_HEADERS) -> HttpResponse:
    """What a call that reads answers."""
    response = HttpResponse(body.model_dump_json(), content_type="application/json")
    for name, value in headers.items():
        response[name] = value
    return response


def etag(mark: object) -> dict[str, str]:
    return {"ETag": f'"{mark}"'}


def mark_seen(request: HttpRequest) -> str:
    """What If-Match says was seen; a proxy that packs answers may have made it weak."""
    text = request.headers.get("If-Match", "").strip().removeprefix("W/")
    if len(text) < 3 or len(text) > 80 or text[0] != '"' or text[-1] != '"' or "," in text:
        raise Problem("no-if-match", "If-Match is not one ETag as a read gave it.")
    return text[1:-1]


def seq_seen(request: HttpRequest) -> int:
    """The number of the last event that the caller saw; raise Problem where If-Match is no such number."""
    text = mark_seen(request)
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise Problem("moved-on", "If-Match is not what a read gave.")
    return int(text)


def recorded(note: Callable[[], None]) -> None:
    """Record a view, before anything is shown. Others of the same person may write at this moment: then the
    next place is taken."""
    for left in reversed(range(TRIES)):
        try:
            return note()
        except ConcurrentChange:
            if not left:
                raise
    return None
