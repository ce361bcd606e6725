"""Which tokens there are, whose a presented one is, and the pages of lists."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from sagwan.desk.api.actions import PREFIX, digest_of
from sagwan.desk.api.models import Token
from sagwan.desk.casework.models import Case
from sagwan.desk.people.models import Person
from sagwan.desk.portal.queries import colleagues
from sagwan.desk.web.signin import factors

STEP = timedelta(minutes=1)
"""Between two notes of when a token was last used: a call must not cost a write."""
_NOTHING = digest_of("")


def token_shown(text: str, at: datetime) -> Token | None:
    """The token of an `Authorization: Bearer` value, with its person; None where it does not work now.

    It works while neither it nor the person nor their authority is stopped, and the person has a second
    factor: whoever has to set up their sign-in anew has lost the old one.
    """
    name, _, secret = text.removeprefix(f"{PREFIX}_").partition("_")
    if not text.startswith(f"{PREFIX}_") or not secret or len(text) > 200 or "\0" in text:
        return None
    token = Token.objects.select_related("person", "person__authority").filter(name=name).first()
    same = secrets.compare_digest(digest_of(secret), token.digest if token else _NOTHING)
    if token is None or not same or token.revoked_at is not None or token.ends_at <= at:
        return None
    if not token.person.is_active or not factors.is_enrolled(token.person):
        return None
    if token.used_at is None or at - token.used_at >= STEP:
        Token.objects.filter(name=token.name).update(used_at=at)
    return token


def tokens_of(person: Person) -> list[Token]:
    """A person's tokens, the newest first; at most a hundred."""
    return list(Token.objects.filter(person=person).order_by("-allowed_at", "name")[:100])


def state_of(token: Token, at: datetime) -> str:
    """`works`, `waits` to be taken, `ended` or `revoked`."""
    if token.revoked_at is not None:
        return "revoked"
    if token.ends_at <= at:
        return "ended"
    return "works" if token.digest else "waits"


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of a list, and where the next page begins: (instant, number) of the last row, None at the end."""

    rows: tuple[Case, ...]
    next: tuple[datetime, str] | None


def own_cases(person: Person, *, after: tuple[datetime, str] | None, limit: int) -> Page:
    """The requests of an official and of their colleagues, the newest first."""
    rows = Case.objects.filter(filed_by__in=colleagues(person))
    if after is not None:
        at, number = after
        rows = rows.filter(Q(received_at__lt=at) | Q(received_at=at, number__lt=number))
    return page(rows.order_by("-received_at", "-number"), limit)


def page(rows: QuerySet[Case], limit: int) -> Page:
    """The first rows, and whether there are more."""
    found = list(rows[: limit + 1])
    last = found[limit - 1] if len(found) > limit else None
    return Page(tuple(found[:limit]), last and (last.received_at, last.number))
