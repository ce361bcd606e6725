"""Invitations: a token that is told once, works once and ends. Only its SHA-256 is kept.

Whoever holds an invitation becomes that person. So that no administrator can become an approver alone, nor
two made-up people, a second person agrees before it works: always where the person has joined before, and for
new staff as soon as there is someone else who could agree.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from sagwan.desk.people.errors import InvitationInvalid, PeopleRefused
from sagwan.desk.people.models import Person
from sagwan.desk.people.projection import PEOPLE
from sagwan.desk.people.queries import Staff
from sagwan.desk.people.roles import SECOND_EYES
from sagwan.desk.people.scribe import Scribe, scribe
from sagwan.desk.setup import Desk
from sagwan.record.errors import InvalidValue

DAYS = 7
LONGEST = 60


def invite(pen: Scribe, row: Person, days: int) -> str:
    """Write the invitation of someone who may sign in; return its token. An earlier token ends by it.

    `row.invitation_waits` then says whether a second person must agree before it works.
    """
    if not 1 <= days <= LONGEST:
        raise InvalidValue(f"an invitation of {days} days", hint=f"from 1 to {LONGEST} days")
    if not row.is_active:
        raise PeopleRefused(f"{row.name} is suspended", hint="lift the suspension first")
    token = secrets.token_urlsafe(32)
    ends = pen.at + timedelta(days=days)
    waits = {"waits": True} if _takes_two(row, pen.actor) else {}
    pen.person(row, row.name, "Invited", {"digest": _digest(token), "ends": ends.isoformat(), **waits}, {})
    return token


def _takes_two(row: Person, actor: str) -> bool:
    """Whether a second person must agree. Who is suspended counts too: else suspending them all would do."""
    if row.joined_at is not None:
        return True
    if row.is_official:
        return False  # a call to the authority's contact confirms them before anything goes out
    others = Person.objects.filter(joined_at__isnull=False).exclude(name__in=(actor, row.name))
    return any(set(SECOND_EYES) & set(other.roles.split(",")) for other in others)


def agree(desk: Desk, *, name: str, actor: str, at: datetime) -> None:
    """Let an invitation that waits work: by a second administrator or approver.

    Raise UnknownPerson where the actor may not, PeopleRefused where no invitation waits, where it has ended,
    or where the actor made it or would be let in by it.
    """
    Staff().require(actor, SECOND_EYES, "agree to an invitation")
    with scribe(desk, PEOPLE + name, actor=actor, at=at) as pen:
        row = Person.objects.select_for_update(of=("self",)).filter(name=name).first()
        if row is None or not row.invitation_waits:
            raise PeopleRefused(f"no invitation of {name} waits", hint="make one first: sagwan person invite")
        if row.invitation_ends is None or at >= row.invitation_ends:
            raise PeopleRefused(f"the invitation of {name} has ended", hint="make a new one")
        if actor in (row.invited_by, name):
            raise PeopleRefused(
                f"{actor} cannot agree to this invitation", hint="another person must (four eyes)"
            )
        pen.person(row, name, "InvitationAgreed", {}, {})


def waiting(actor: Person, at: datetime) -> list[Person]:
    """Whose invitations wait for this person's agreement."""
    if not actor.has_role(*SECOND_EYES):
        return []
    rows = Person.objects.filter(invitation_waits=True, invitation_ends__gt=at, is_active=True)
    return list(rows.exclude(name=actor.name).exclude(invited_by=actor.name).order_by("name"))


def invited(token: str, at: datetime) -> Person:
    """Whom a token invites; raise InvitationInvalid. Nothing is used up by it."""
    rows = Person.objects.select_related("authority").filter(is_active=True, invitation_waits=False)
    row = rows.filter(invitation=_digest(token)).first()
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
        if row.invitation != _digest(token) or row.invitation_waits or not row.is_active:
            raise InvitationInvalid("this invitation does not hold (any more)")
        pen.person(row, name, "Joined", {}, {})
    return row


def _digest(token: str) -> str:
    # The token is 256 random bits, so that a plain hash cannot be searched for it.
    return hashlib.sha256(token.encode()).hexdigest()
