"""What a token is for. A scope never gives more than the role of the person whom the token acts as."""

from collections.abc import Iterable
from enum import StrEnum

from sagwan.desk.people.roles import STAFF, Role
from sagwan.pages.i18n import N_


class Scope(StrEnum):
    """The first four are officials', the others the provider's."""

    FILE = "file"
    READ = "read"
    WRITE = "write"
    FETCH = "fetch"
    QUEUE = "queue"
    INSPECT = "inspect"
    PROPOSE = "propose"
    APPROVE = "approve"
    PRODUCE = "produce"


_READERS = (Role.INTAKE, Role.COUNSEL, Role.APPROVER, Role.AUDITOR)

ROLES: dict[Scope, tuple[Role, ...]] = {
    Scope.FILE: (Role.OFFICIAL,),
    Scope.READ: (Role.OFFICIAL,),
    Scope.WRITE: (Role.OFFICIAL,),
    Scope.FETCH: (Role.OFFICIAL,),
    Scope.QUEUE: _READERS,
    Scope.INSPECT: _READERS,
    Scope.PROPOSE: (Role.COUNSEL,),
    Scope.APPROVE: (Role.APPROVER,),
    Scope.PRODUCE: (Role.COUNSEL, Role.APPROVER),
}
"""Whose tokens may have a scope, and whose role a call of it takes at the time of the call."""

TITLES = {
    Scope.FILE: N_("file requests"),
    Scope.READ: N_("read one's own requests and their receipts"),
    Scope.WRITE: N_("write to the provider, bring papers, take requests back"),
    Scope.FETCH: N_("fetch what was handed over, with a code each time"),
    Scope.QUEUE: N_("see the queue, nothing private"),
    Scope.INSPECT: N_("read requests, their documents and letters"),
    Scope.PROPOSE: N_("review, propose decisions, send back"),
    Scope.APPROVE: N_("approve and send back, with a code for each approval"),
    Scope.PRODUCE: N_("put files into productions"),
}


def open_to(roles: Iterable[str]) -> tuple[Scope, ...]:
    """The scopes that tokens of someone with these roles may have."""
    have = set(roles)
    return tuple(scope for scope in Scope if have & set(ROLES[scope]))


def staffed(roles: Iterable[str]) -> bool:
    """Is it a person of the provider, whose tokens the administrator allows first?"""
    return bool(set(roles) & set(STAFF))
