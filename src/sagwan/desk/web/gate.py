"""Who may come to which address. Every view declares it; one that does not is open to nobody.

@allowed(Role.COUNSEL, Role.APPROVER)                        reads
@allowed(Role.COUNSEL, post=(Role.COUNSEL,))                 reads and sends
@allowed(Role.APPROVER, post=(Role.APPROVER,), fresh=True)   after showing the second factor again
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.contrib import messages
from django.core import checks
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.http import urlencode

from sagwan.desk.people.roles import Role
from sagwan.desk.web.addresses import sign_in_address
from sagwan.desk.web.i18n import translate

View = TypeVar("View", bound=Callable[..., Any])
READS = ("GET", "HEAD")


class Door(StrEnum):
    """Who may come whatever their role: everybody; whoever is signed in, even before they have a second
    factor; whoever is signed in with one; whoever shows a token, and no session."""

    PUBLIC = "public"
    ENROLLING = "enrolling"
    SIGNED_IN = "signed-in"
    TOKEN = "token"  # noqa: S105 - no password


Who = frozenset[Role | Door]
Entry = Callable[[HttpRequest], HttpResponse | None]
"""None where the request may enter; else the answer."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may read a view, who may send to it, and whether the second factor must have been shown lately.

    `entry` looks at the token that is shown, where the view is for tokens."""

    read: Who
    send: Who
    fresh: bool
    entry: Entry | None = None

    def who(self, method: str | None) -> Who:
        """Who may use `method`; nobody, where the view does not know it."""
        if method in READS:
            return self.read
        return self.send if method == "POST" else frozenset()

    @property
    def methods(self) -> list[str]:
        return [*(READS if self.read else ()), *(("POST",) if self.send else ())]


def allowed(
    *who: Role | Door, post: Collection[Role | Door] = (), fresh: bool = False, entry: Entry | None = None
) -> Callable[[View], View]:
    """Declare who may read a view and who may post to it."""
    rule = Rule(frozenset(who), frozenset(post), fresh, entry)

    def declare(view: View) -> View:
        view.rule = rule  # type: ignore[attr-defined]
        return view

    return declare


def rule_of(view: Callable[..., Any]) -> Rule | None:
    """What a view declares; None where it declares nothing."""
    return getattr(view, "rule", None)


class Gate:
    """Lets a request through to its view, or not. It stands last, so that it knows who is asking."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: object, kwargs: object
    ) -> HttpResponse | None:
        rule = rule_of(view)
        if rule is None:
            raise PermissionDenied("the view declares nobody")
        who = rule.who(request.method)
        if not who:
            return HttpResponseNotAllowed(rule.methods)
        if Door.TOKEN in who:
            if rule.entry is None:
                raise PermissionDenied("nobody looks at the token")
            return rule.entry(request)
        return _entry(request, who) or (_fresh(request) if rule.fresh else None)


def _entry(request: HttpRequest, who: Who) -> HttpResponse | None:
    """None where the person may enter; else where they have to go first. Raise PermissionDenied."""
    if Door.PUBLIC in who:
        return None
    person = request.user
    if not person.is_authenticated:
        return redirect(sign_in_address(request))
    if Door.ENROLLING in who:
        return None
    if not request.session.get("enrolled"):
        return redirect("enrol")
    if Door.SIGNED_IN in who or person.has_role(*(role for role in who if isinstance(role, Role))):
        return None
    raise PermissionDenied("the person has none of the roles")


def _fresh(request: HttpRequest) -> HttpResponse | None:
    """None where the second factor was shown in the last minutes, or there is none yet to be shown; else the
    page that asks for it."""
    methods = get_adapter(request).get_reauthentication_methods(request.user)
    if not methods or did_recently_reauthenticate(request):
        return None
    messages.info(request, translate("Before this step, show your passkey or a code once more."))
    return redirect(f"{methods[0]['url']}?{urlencode({'next': request.path})}")


def views(patterns: Any = None, prefix: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    """(address pattern, view) of every address that the desk knows."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        where = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, where)
        elif isinstance(pattern, URLPattern):
            yield where, pattern.callback


def check_addresses(**_: object) -> list[checks.CheckMessage]:
    """An error for every address whose view declares nobody."""
    return [
        checks.Error(f"/{where} does not declare who may come", hint="@allowed(…)", id="sagwan.E001")
        for where, view in views()
        if rule_of(view) is None
    ]


def register_check() -> None:
    checks.register(check_addresses, "sagwan")
