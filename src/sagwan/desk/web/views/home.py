"""The overview: for each role, what there is to do; and the switch of languages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.i18n import set_language

from sagwan.desk import clock, setup
from sagwan.desk.casework.taking_in_ledger import waiting as ledgers_waiting
from sagwan.desk.people.invitations import waiting
from sagwan.desk.people.queries import authority, official
from sagwan.desk.people.roles import Role
from sagwan.desk.web import queries
from sagwan.desk.web.gate import Door, allowed
from sagwan.record.state import Stage

READERS = (Role.INTAKE, Role.COUNSEL, Role.APPROVER, Role.AUDITOR)
"""Who reads cases; the administrator does not."""


@allowed(Door.SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the person, by each of their roles."""
    now = clock.now()
    person = request.user
    context: dict[str, object] = {"agreements": waiting(person, now)}
    if person.has_role(*READERS):
        counts = queries.requests_by_stage()
        context["stages"] = [(stage, counts.get(stage, 0), stage.is_over) for stage in Stage]
    if person.has_role(Role.APPROVER):
        context["ledgers"] = sum(one.person != person.name for one in ledgers_waiting(setup.current()))
    if person.has_role(Role.ADMINISTRATOR):
        context["duties"] = queries.duties(now)
    if person.has_role(Role.OFFICIAL):
        record = official(person.name)
        asking = authority(record.authority)
        context |= {"official": record, "authority": asking, "vetting": asking.vetting(now)}
    return render(request, "home.html", context)


language = allowed(post=(Door.PUBLIC,))(set_language)
"""POST `language` and `next`: remembers the language and goes back to the page."""
