"""Tokens come and go. The secret is told once, to the person whom the token acts as, and to nobody else.

An official makes their own. For a person of the provider an administrator allows one, and that person takes
it: so no administrator ever holds what acts as counsel (docs/decisions/0011-tokens.md).
"""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sagwan.desk.api.errors import NoToken, TokenRefused
from sagwan.desk.api.models import Token
from sagwan.desk.api.scopes import Scope, open_to
from sagwan.desk.journal.actions import ConcurrentChange, Recorder
from sagwan.desk.journal.locks import writing
from sagwan.desk.people.models import Person
from sagwan.desk.people.queries import Staff
from sagwan.desk.people.roles import MANAGERS
from sagwan.desk.setup import Desk
from sagwan.record.request import clean

PREFIX = "sagwan"
LONGEST = 366
"""Days until a token ends, at most."""
MOST = 20
"""Tokens of one person that work or wait."""
TRIES = 5


def allow_token(
    desk: Desk, *, person: str, title: str, scopes: Sequence[Scope], days: int, actor: str, at: datetime
) -> str:
    """Allow a person of the provider one token; return its name. It works once the person has taken it.

    Raise UnknownPerson where the actor is no administrator, TokenRefused.
    """
    Staff().require(actor, MANAGERS, "allow tokens")
    with writing():
        row = _person(person)
        if row.is_official:
            raise TokenRefused("officials make their own tokens", hint="tell them where: their own page")
        token = _new(row, title, scopes, days, actor, at)
        token.save(force_insert=True)
        _note(desk, token, "TokenAllowed", actor, at, **_terms(token))
    return token.name


def make_token(
    desk: Desk, *, title: str, scopes: Sequence[Scope], days: int, actor: str, at: datetime
) -> str:
    """Make an official a token of their own; return the whole of it, told nowhere else."""
    Staff().require(actor, ("official",), "make a token of their own")
    with writing():
        token = _new(_person(actor), title, scopes, days, actor, at)
        whole = _secret(token, at)
        token.save(force_insert=True)
        _note(desk, token, "TokenMade", actor, at, **_terms(token))
    return whole


def take_token(desk: Desk, name: str, *, actor: str, at: datetime) -> str:
    """Take the token that one was allowed, once; return the whole of it, told nowhere else."""
    with writing():
        token = Token.objects.select_for_update(of=("self",)).filter(name=name, person__name=actor).first()
        if token is None:
            raise NoToken("there is no such token")
        if token.digest or token.revoked_at or token.ends_at <= at:
            raise TokenRefused("the token was taken, revoked, or has ended", hint="ask for a new one")
        whole = _secret(token, at)
        token.save(force_update=True)
        _note(desk, token, "TokenMade", actor, at, **_terms(token))
    return whole


def revoke_token(desk: Desk, name: str, *, actor: str, at: datetime) -> None:
    """End a token at once: one's own, or as an administrator anybody's. Twice is not an error."""
    with writing():
        rows = Token.objects.select_for_update(of=("self",)).select_related("person")
        token = rows.filter(name=name).first()
        if token is None or (token.person.name != actor and not _manages(actor)):
            raise NoToken("there is no such token")
        if token.revoked_at is not None:
            return
        token.revoked_at, token.revoked_by = at, actor
        token.save(update_fields=["revoked_at", "revoked_by"])
        _note(desk, token, "TokenRevoked", actor, at)


def digest_of(secret: str) -> str:
    """What is kept of a token's secret: 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _new(person: Person, title: str, scopes: Sequence[Scope], days: int, actor: str, at: datetime) -> Token:
    wanted = tuple(scope for scope in Scope if scope in scopes)
    possible = open_to(person.roles.split(","))
    beyond = set(wanted) - set(possible)
    if not wanted or beyond or len(wanted) != len(set(scopes)):
        raise TokenRefused(
            f"{person.name} cannot have a token for {', '.join(sorted(beyond or scopes)) or 'nothing'}",
            hint=f"possible: {', '.join(possible) or 'none'}",
        )
    if not 1 <= days <= LONGEST:
        raise TokenRefused(f"a token cannot last {days} days", hint=f"from 1 to {LONGEST}")
    working = Token.objects.filter(person=person, revoked_at__isnull=True, ends_at__gt=at)
    if working.count() >= MOST:
        raise TokenRefused(f"{person.name} has {MOST} tokens", hint="revoke one first")
    return Token(
        name=secrets.token_hex(8),
        person=person,
        title=clean(title, "title", longest=80),
        scopes=",".join(wanted),
        allowed_by=actor,
        allowed_at=at,
        ends_at=at + timedelta(days=days),
    )


def _secret(token: Token, at: datetime) -> str:
    """Give the token its secret; return both as a caller sends them."""
    secret = secrets.token_urlsafe(32)
    token.digest, token.made_at = digest_of(secret), at
    return f"{PREFIX}_{token.name}_{secret}"


def _terms(token: Token) -> dict[str, str]:
    return {"scopes": token.scopes, "ends": token.ends_at.isoformat()}


def _person(name: str) -> Person:
    """The person's row, locked; raise TokenRefused where they may not come in."""
    row = Person.objects.select_for_update(of=("self",)).filter(name=name, is_active=True).first()
    if row is None:
        raise TokenRefused(f"there is no person {name!r} who may come in")
    return row


def _manages(actor: str) -> bool:
    row = Person.objects.filter(name=actor).first()
    return row is not None and row.has_role(*MANAGERS)


def _note(desk: Desk, token: Token, kind: str, actor: str, at: datetime, **facts: object) -> None:
    """An event of the person's `access` stream. Its rows are numbered, so that whoever comes second tries
    again."""
    for left in reversed(range(TRIES)):
        try:
            with writing():
                recorder = Recorder(desk)
                stream = f"access/{token.person.name}"
                recorder.note(stream, kind, {"token": token.name, **facts}, actor=actor, at=at)
                recorder.flush()
            return
        except ConcurrentChange:
            if not left:
                raise
