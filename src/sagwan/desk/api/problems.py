"""What goes wrong, as machines read it: RFC 9457 problem details, each with a type of its own.

What the house says of an error (SagwanError) is told to the provider's people. An official is not told where
a request stands inside the desk, nor why a rule stopped them.
"""

import logging
import secrets
import traceback
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from ninja.errors import HttpError, ValidationError

from sagwan.desk.api.models import Token
from sagwan.desk.casework.careful import MovedOn
from sagwan.desk.casework.proofs import NoProof
from sagwan.desk.casework.queries import UnknownRequest
from sagwan.desk.casework.receipts import NoReceipt
from sagwan.desk.journal.actions import ConcurrentChange
from sagwan.desk.letters.kinds import LetterNotPossible
from sagwan.desk.people.errors import UnknownAuthority, UnknownPerson
from sagwan.desk.portal.actions import MayNotFile
from sagwan.desk.vault.master import KeyMissing
from sagwan.desk.vault.productions.errors import OutsideScope, SecondFactorNeeded
from sagwan.record.errors import IllegalStep, SagwanError

MEDIA_TYPE = "application/problem+json"
URN = "urn:sagwan:problem:"
logger = logging.getLogger("sagwan.incident")

TITLES: dict[str, tuple[int, str]] = {
    "malformed": (400, "The call cannot be read"),
    "idempotency-key": (400, "An Idempotency-Key is missing or cannot be used"),
    "no-token": (401, "No token, or one that does not work"),
    "not-for-this-token": (403, "The token does not allow this call"),
    "not-allowed": (403, "The person whom the token acts as may not do this"),
    "second-factor": (403, "The one-time code is missing, wrong or used"),
    "not-found": (404, "There is no such thing"),
    "method": (405, "The address does not know this method"),
    "not-possible": (409, "This is not possible as things stand"),
    "not-sealed-yet": (409, "The line is not in the published log yet"),
    "answered-already": (409, "The call was begun under this key, and its answer is not kept"),
    "changed-meanwhile": (409, "Somebody else changed the same at this moment"),
    "moved-on": (412, "The request went on since it was read"),
    "too-large": (413, "The body is too large"),
    "media-type": (415, "The body is of another kind than the call takes"),
    "invalid": (422, "The call cannot be taken so"),
    "other-body": (422, "The Idempotency-Key was used for another call"),
    "no-if-match": (428, "If-Match is missing"),
    "too-many": (429, "Too many calls"),
    "broken": (500, "Something broke on our side"),
    "unavailable": (503, "The desk is being looked after"),
}
"""Slug of each type → status and title. docs/reference/api.md lists them; a test holds it."""

# The first that fits counts: the more special stand before their families.
_KINDS: tuple[tuple[type[Exception], str], ...] = (
    (Http404, "not-found"),
    (RequestDataTooBig, "too-large"),
    (SuspiciousOperation, "malformed"),
    (UnreadablePostError, "malformed"),
    (MultiPartParserError, "malformed"),
    (UnknownRequest, "not-found"),
    (UnknownAuthority, "not-found"),
    (NoReceipt, "not-found"),
    (KeyMissing, "not-found"),
    (MovedOn, "moved-on"),
    (ConcurrentChange, "changed-meanwhile"),
    (MayNotFile, "not-allowed"),
    (UnknownPerson, "not-allowed"),
    (SecondFactorNeeded, "second-factor"),
    (OutsideScope, "invalid"),
    (NoProof, "not-sealed-yet"),
    (LetterNotPossible, "not-possible"),
    (IllegalStep, "not-possible"),
    (SagwanError, "invalid"),
)
_BY_STATUS = {
    400: "malformed",
    403: "not-allowed",
    404: "not-found",
    405: "method",
    413: "too-large",
    415: "media-type",
    429: "too-many",
    503: "unavailable",
}


class Problem(Exception):
    """Stops a call with a problem of the table above. `errors` name the members at fault."""

    def __init__(
        self,
        slug: str,
        detail: str = "",
        *,
        errors: Sequence[Mapping[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(slug)
        self.slug, self.detail = slug, detail
        self.errors, self.headers = errors, headers or {}


def answer(problem: Problem, **more: object) -> JsonResponse:
    """A problem as a response."""
    status, title = TITLES[problem.slug]
    members: dict[str, Any] = {"type": URN + problem.slug, "title": title, "status": status}
    if problem.detail:
        members["detail"] = problem.detail
    if problem.errors:
        members["errors"] = [dict(error) for error in problem.errors]
    response = JsonResponse(members | more, status=status, content_type=MEDIA_TYPE)
    response["Content-Language"] = "en"
    if problem.slug == "no-token":
        response["WWW-Authenticate"] = 'Bearer realm="sagwan"'
    for name, value in problem.headers.items():
        response[name] = value
    return response


def of_status(status: int) -> Problem:
    """The problem that befits an answer which another part of the house made."""
    slug = _BY_STATUS.get(status, "malformed" if status < HTTPStatus.INTERNAL_SERVER_ERROR else "broken")
    return Problem(slug)


def answered(request: HttpRequest, error: Any) -> JsonResponse:
    """Any exception of a call as its problem. What broke is logged without a value, under a number."""
    if isinstance(error, Problem):
        return answer(error)
    if isinstance(error, ValidationError):
        return answer(Problem("invalid", errors=[_fault(fault) for fault in error.errors]))
    if isinstance(error, HttpError):
        return answer(of_status(error.status_code))
    slug = next((slug for kind, slug in _KINDS if isinstance(error, kind)), "broken")
    if slug == "broken":
        return _broken(error)
    return answer(Problem(slug, _told(request, error), errors=_outside(error)))


def _broken(error: Exception) -> JsonResponse:
    incident = secrets.token_hex(4)
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in reversed(frames))
    logger.error("incident %s: %s at %s", incident, type(error).__name__, places or "?")
    return answer(Problem("broken", f"Tell the provider this number: {incident}."), incident=incident)


def _told(request: HttpRequest, error: Exception) -> str:
    """What is told of an error to whom the token acts as."""
    if not isinstance(error, SagwanError):
        return ""
    token: Token | None = getattr(request, "token", None)
    inside = token is not None and not token.person.is_official
    if inside or not isinstance(error, IllegalStep | UnknownPerson | ConcurrentChange | KeyMissing):
        return str(error)
    return ""


def _outside(error: Exception) -> list[dict[str, str]]:
    if not isinstance(error, OutsideScope):
        return []
    return [{"pointer": "#/declared", "detail": each} for each in error.outside]


def _fault(fault: Mapping[str, Any]) -> dict[str, str]:
    """One of pydantic's errors, without the value that it is about."""
    where, *path = (str(part) for part in fault["loc"])
    detail = str(fault["msg"]).removeprefix("Value error, ")
    if where == "body":
        # Ninja puts the parameter's name first.
        return {"pointer": "#" + "".join(f"/{escaped(part)}" for part in path[1:]), "detail": detail}
    return {"parameter": "/".join(path), "in": where, "detail": detail}


def escaped(part: str) -> str:
    """A member's name within a JSON pointer (RFC 6901)."""
    return part.replace("~", "~0").replace("/", "~1")
