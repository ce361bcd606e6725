"""From an invitation to a person who can sign in: nothing else is open to them until then."""

from typing import cast

from allauth.account.internal.flows.login import record_authentication
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest

from sagwan.desk import clock, setup
from sagwan.desk.people.errors import InvitationInvalid
from sagwan.desk.people.invitations import accept, invited
from sagwan.desk.people.models import Person
from sagwan.desk.web.signin import devices, factors
from sagwan.desk.web.signin.notes import note

INVITATION = "invitation"


def begin(request: HttpRequest, token: str) -> None:
    """Let the invited person in, as far as setting up their sign-in; raise InvitationInvalid.

    What they signed in with before is taken away, and every other session of theirs ends.
    """
    person = invited(token, clock.now())
    for session in UserSession.objects.filter(user=person):
        session.end()
    factors.forget(person)
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session[INVITATION] = token
    note(person.name, "EnrolmentBegan")


def shown(request: HttpRequest, factor: str) -> None:
    """Remember that the person has just shown a factor, so that they are not asked for it again at once."""
    record_authentication(request, cast(Person, request.user), "mfa", type=factor, reauthenticated=True)


def settle(request: HttpRequest) -> bool:
    """After a factor was added: finish the enrolment, if that is enough; return whether the person is in.

    Raise InvitationInvalid, and sign out, where the invitation was used or replaced by another meanwhile.
    """
    person = cast(Person, request.user)
    if request.session.get("enrolled"):
        return True
    if not factors.is_enrolled(person):
        return False
    try:
        accept(setup.current(), token=request.session.pop(INVITATION, ""), at=clock.now())
    except InvitationInvalid:
        factors.forget(person)
        logout(request)
        raise
    request.session.cycle_key()
    request.session["enrolled"] = True
    UserSession.objects.create_from_request(request)
    devices.is_known(request, person)
    note(person.name, "Enrolled")
    return True
