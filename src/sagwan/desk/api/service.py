"""The API put together: every call, its addresses with the rule of who may come, and its description."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from ninja import NinjaAPI

from sagwan import __version__
from sagwan.desk.api import door, problems
from sagwan.desk.api.calls import case, decisions, fetch, filing, mine, productions, queue, thread
from sagwan.desk.api.calls.common import CALLS
from sagwan.desk.api.openapi import described
from sagwan.desk.api.parsing import Bodies
from sagwan.desk.web.gate import Door, allowed

BELOW = "api/v1/"

api = NinjaAPI(
    title="Sagwan",
    version=__version__,
    urls_namespace="calls",
    openapi_url=None,
    docs_url=None,
    parser=Bodies(),
)
for module in (filing, mine, thread, fetch, queue, case, decisions, productions):
    api.add_router("", module.router)


@api.exception_handler(Exception)
def _problem(request: HttpRequest, error: Any) -> HttpResponse:
    return problems.answered(request, error)


def _replace_handlers() -> None:
    """Ninja looks for the handler of the nearest class: its own ones must go."""
    for kind in list(api._exception_handlers):
        api._exception_handlers[kind] = _problem


_replace_handlers()


def addresses() -> list[URLPattern]:
    """The calls' addresses, each open to whoever shows a token, by the methods that it knows, and to no
    session."""
    found: dict[str, URLPattern] = {}  # Ninja names an address once for each of its methods
    for pattern in api.urls[0]:
        where = str(pattern.pattern)
        if pattern.name == "api-root" or where in found:
            continue
        methods = {call.method for call in CALLS.values() if _address(call.path) == where}
        pattern.callback = _for_tokens(pattern.callback, methods)
        found[where] = pattern
    return list(found.values())


def _address(path: str) -> str:
    return path.lstrip("/").replace("{", "<").replace("}", ">")


def _for_tokens(view: Callable[..., Any], methods: set[str]) -> Callable[..., Any]:
    read = (Door.TOKEN,) if "GET" in methods else ()
    send = (Door.TOKEN,) if "POST" in methods else ()
    return allowed(*read, post=send, entry=door.entry)(view)


@cache
def description() -> dict[str, Any]:
    """The OpenAPI 3.1 document."""
    return described(api.get_openapi_schema(path_prefix=BELOW))
