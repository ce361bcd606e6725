"""Pages for what went wrong: what it was, and what can be done. They must work when nothing else does."""

import logging
import secrets
import sys
import traceback
from collections.abc import Callable
from http import HTTPStatus
from types import TracebackType

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sagwan.desk.web.i18n import translate
from sagwan.pages.i18n import N_

logger = logging.getLogger("sagwan.incident")

TEXTS = {
    400: (
        N_("This cannot be read"),
        N_("What your browser sent is not understood. Go back, load the page anew and try again."),
    ),
    403: (
        N_("This is not for your role"),
        N_("Nothing was done. If it belongs to your work, ask the administrator for the role."),
    ),
    404: (
        N_("There is nothing here"),
        N_("The address may be mistyped or out of date. Look in the navigation above."),
    ),
    405: (
        N_("This cannot be done so"),
        N_("The page exists, but not for this way of asking. Go to it from the navigation above."),
    ),
    413: (
        N_("This is too large"),
        N_("Nothing was taken in. Send less at once: split the file, or leave out what is not needed."),
    ),
    429: (
        N_("Too many attempts"),
        N_("Wait five minutes, then try again. If it was not you, tell the administrator."),
    ),
    500: (
        N_("Something broke"),
        N_(
            "It is our fault, not yours, and what you sent may not have been kept. Try again; if it breaks"
            " again, tell the administrator the number below."
        ),
    ),
    503: (
        N_("The desk is being looked after"),
        N_("It will be back shortly. Nothing is lost."),
    ),
}
CSRF = (
    N_("This form was open for too long"),
    N_(
        "Nothing was done. Go back, load the page anew and send it again."
        " Cookies must be allowed for this site."
    ),
)


def shown(
    request: HttpRequest, status: int, words: tuple[str, str] | None = None, incident: str = ""
) -> HttpResponse:
    """The page of an HTTP status."""
    title, text = words or TEXTS[status]
    context = {"status": status, "heading": translate(title), "text": translate(text), "incident": incident}
    return render(request, "error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return shown(request, 413 if type(exception).__name__ == "RequestDataTooBig" else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return shown(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return shown(request, 404)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return shown(request, 429)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return shown(request, 403, CSRF)


def broken(request: HttpRequest) -> HttpResponse:
    """The page of an exception. The log gets its kind, its places in the code and a number, no value."""
    incident = secrets.token_hex(4)
    kind, _, trace = sys.exc_info()
    logger.error("incident %s: %s at %s", incident, kind.__name__ if kind else "?", places(trace))
    try:
        return shown(request, 500, incident=incident)
    except Exception as error:
        # A page that needs the database or the session may break for the same reason.
        logger.error("incident %s: the page about it broke, too: %s", incident, type(error).__name__)
        title, text = (translate(part) for part in TEXTS[500])
        return HttpResponse(
            f"{title}\n{text}\n{incident}\n", status=500, content_type="text/plain; charset=utf-8"
        )


def places(trace: TracebackType | None) -> str:
    """`file:line in function`, from the outermost to where it broke."""
    frames = traceback.extract_tb(trace)
    return " < ".join(f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in reversed(frames)) or "?"


class Plain:
    """Gives a page to answers that have none: a method that is not allowed, a server that is shut."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        status = response.status_code
        if status in (HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.SERVICE_UNAVAILABLE) and not response.content:
            page = shown(request, status)
            response.content, response["Content-Type"] = page.content, page["Content-Type"]
        return response
