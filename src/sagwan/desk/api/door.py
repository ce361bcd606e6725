"""The door of the API: a token, no cookie. The gate asks it for every call (`allowed(Door.TOKEN, …)`).

How often a token calls is counted in the process's memory, like attempts to sign in: the desk is one process.
"""

import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from sagwan.desk import clock
from sagwan.desk.api import problems
from sagwan.desk.api.models import Token
from sagwan.desk.api.once import check_key
from sagwan.desk.api.parsing import SMALL, read_body
from sagwan.desk.api.problems import Problem
from sagwan.desk.api.queries import token_shown
from sagwan.desk.api.scopes import ROLES, Scope

WINDOW = 60
"""Seconds over which calls are counted."""
CALLS = 300
"""Calls of one token in a window."""
STRANGERS = 30
"""Calls without a working token from one address in a window."""


def entry(request: HttpRequest) -> HttpResponse | None:
    """None where a working token was shown, which is `request.token` from then on; else the problem."""
    try:
        token = _token(request)
        _count(f"token-{token.name}", CALLS)
        if request.method == "POST":
            check_key(request)
    except Problem as problem:
        return problems.answer(problem)
    request.token = token
    return None


def _token(request: HttpRequest) -> Token:
    kind, _, text = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer":
        token = token_shown(text.strip(), clock.now())
        if token is not None:
            return token
    _count(f"stranger-{request.META.get('REMOTE_ADDR', '')}", STRANGERS)
    raise Problem("no-token", "Send Authorization: Bearer and a token that works.")


def _count(who: str, most: int) -> None:
    """Count a call; raise Problem with the seconds to wait where there were too many in this window."""
    now = time.time()
    key = f"api-{who}-{int(now // WINDOW)}"
    cache.add(key, 0, WINDOW * 2)
    if cache.incr(key) > most:
        wait = WINDOW - int(now % WINDOW)
        raise Problem("too-many", f"At most {most} in {WINDOW} seconds.", headers={"Retry-After": str(wait)})


class Guard:
    """What one call asks of the token before its body is read: one of the scopes with its role, the size,
    If-Match, the names of parameters. Then the body is read."""

    def __init__(self, scopes: tuple[Scope, ...], *, large: bool, if_match: bool) -> None:
        self.scopes, self.large, self.if_match = scopes, large, if_match
        self.parameters: frozenset[str] = frozenset()

    def __call__(self, request: HttpRequest) -> Token:
        token: Token = request.token
        held = [scope for scope in self.scopes if token.has(scope)]
        if not held:
            raise Problem("not-for-this-token", f"It takes the scope {' or '.join(self.scopes)}.")
        if not token.person.has_role(*(role for scope in held for role in ROLES[scope])):
            raise Problem("not-allowed")
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE if self.large else SMALL
        if int(request.META.get("CONTENT_LENGTH") or 0) > most:
            raise Problem("too-large", f"At most {most:,} bytes.")
        if self.if_match and not request.headers.get("If-Match"):
            raise Problem("no-if-match", "Send If-Match with the ETag of the request as you last read it.")
        self._check_query(request)
        if request.method == "POST":
            request.members = read_body(request)
        return token

    def _check_query(self, request: HttpRequest) -> None:
        """Raise Problem for a parameter that the call does not know: a filter with a slip in it filters
        nothing."""
        unknown = sorted(set(request.GET) - self.parameters)
        if unknown:
            errors = [{"parameter": name[:80], "in": "query", "detail": "not known"} for name in unknown[:20]]
            raise Problem("invalid", "There is a parameter that the call does not know.", errors=errors)
