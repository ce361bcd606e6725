"""Stands before everything else for addresses of the API: no cookie comes in, and no page goes out.

What the rest of the house answers by itself (an address that is none, a body that is too large) becomes a
problem like those of the calls.
"""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from sagwan.desk.api import problems

BELOW = "/api/"
CALLS = "/api/v1/"
PAGES = ("/api/docs",)


class Front:
    """The middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(BELOW) or request.path in PAGES:
            return self.get_response(request)
        request.COOKIES = {}
        return as_problem(self.get_response(request))


def as_problem(response: HttpResponseBase) -> HttpResponseBase:
    """The response, or the problem that stands for a page about an error."""
    if response.status_code < 400 or response["Content-Type"].startswith(problems.MEDIA_TYPE):
        return response
    made = problems.answer(problems.of_status(response.status_code))
    if "Allow" in response:
        made["Allow"] = response["Allow"]
    return made
