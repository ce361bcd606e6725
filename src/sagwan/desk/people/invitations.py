"""Invitations: a token that is told once, works once and ends. Only its SHA-256 is kept."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sagwan.desk.people.errors import InvitationInvalid, PeopleRefused
from sagwan.desk.people.models import Person
from sagwan.desk.people.projection import PEOPLE
from sagwan.desk.people.scribe import Scribe, scribe
from sagwan.desk.setup import Desk
from sagwan.record.errors import InvalidValue

DAYS = 7
LONGEST = 60


def invite(pen: Scribe, row: Person, days: int) -> str:
    """Write the invitation of someone who may sign in; return its token. An earlier token ends by it."""
    if not 1 <= days <= LONGEST:
        raise InvalidValue(f"an invitation of {days} days", hint=f"from 1 to {LONGEST} days")
    if not row.is_active:
        raise PeopleRefused(f"{row.name} is suspended", hint="lift the suspension first")
    token = secrets.token_urlsafe(32)
    ends = pen.at + timedelta(days=days)
    pen.person(row, row.name, "Invited", {"digest": _digest(token), "ends": ends.isoformat()}, {})
    return token


def invited(token: str, at: datetime) -> Person:
    """Whom a token invites; raise InvitationInvalid. Nothing is used up by it."""
    row = Person.objects.select_related("authority").filter(invitation=_digest(token), is_active=True).first()
    if row is None or row.invitation_ends is None or at >= row.invitation_ends:
        raise InvitationInvalid(
            "this invitation does not hold (any more)", hint="ask whoever invited you for a new one"
        )
    return row


def accept(desk: Desk, *, token: str, at: datetime) -> Person:
    """Use an invitation up; raise InvitationInvalid. The caller lets the person enrol in the same request."""
    name = invited(token, at).name
    with scribe(desk, PEOPLE + name, actor=name, at=at) as pen:
        row = Person.objects.select_for_update(of=("self",)).get(name=name)
        if row.invitation != _digest(token) or not row.is_active:
            raise InvitationInvalid("this invitation does not hold (any more)")
        pen.person(row, name, "Joined", {}, {})
    return row


def _digest(token: str) -> str:
    # The token is 256 random bits, so that a plain hash cannot be searched for it.
    return hashlib.sha256(token.encode()).hexdigest()
