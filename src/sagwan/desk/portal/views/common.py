"""What the portal's pages share."""

from datetime import datetime

from django.http import Http404, HttpRequest

from sagwan.desk import clock, setup
from sagwan.desk.casework.queries import Story, UnknownRequest
from sagwan.desk.home import Home, HomeError
from sagwan.desk.letters.letterhead import read_letter_config
from sagwan.desk.people.roles import Role
from sagwan.desk.portal import actions, queries
from sagwan.desk.web.gate import allowed
from sagwan.desk.web.i18n import language, translate
from sagwan.desk.web.refusals import said
from sagwan.record.errors import IllegalStep, SagwanError

OFFICIAL = allowed(Role.OFFICIAL)
OFFICIAL_SENDS = allowed(Role.OFFICIAL, post=(Role.OFFICIAL,))
OFFICIAL_POSTS = allowed(post=(Role.OFFICIAL,))
OFFICIAL_FRESH = allowed(Role.OFFICIAL, post=(Role.OFFICIAL,), fresh=True)


def now() -> datetime:
    return clock.now()


def looked_at(request: HttpRequest, number: str, what: str = "Viewed") -> Story:
    """One of the official's own requests; that they look at it is recorded. 404 for any other."""
    desk = setup.current()
    try:
        story = queries.own_story(desk, request.user, number)
    except UnknownRequest:
        raise Http404 from None
    actions.record_view(desk, person=request.user.name, what=what, number=number, at=now())
    return story


def contact(home: Home) -> tuple[str, ...]:
    """How the provider's team is reached, as its letters say; () where the home does not say it."""
    try:
        return read_letter_config(home).head(language()).contact
    except HomeError:
        return ()


def plain(error: SagwanError) -> str:
    """What went wrong, without where the request stands inside the desk."""
    if isinstance(error, IllegalStep):
        return translate("This is not possible any more. Load the page anew to see where the request stands.")
    return said(error)
