"""The provider: review, propose, approve, send back. Four eyes hold here as everywhere.

Each takes If-Match with what was read: what the request is now must be what the person decided on.
"""

from typing import Annotated

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Body as FromBody
from ninja import Path, Router
from pydantic import Field

from sagwan.desk import setup
from sagwan.desk.api.calls.common import call, etag, now, person_of, seq_seen
from sagwan.desk.api.once import Reply, once
from sagwan.desk.api.proposals import NewCorrection, NewDecision, NewFollowUp, command_of
from sagwan.desk.api.scopes import Scope
from sagwan.desk.api.second_factor import code_shown
from sagwan.desk.api.shapes import Body, Code, Number, Shown, Text
from sagwan.desk.casework.careful import execute_seen
from sagwan.desk.casework.models import Case
from sagwan.desk.casework.queries import UnknownRequest
from sagwan.record import commands as ask
from sagwan.record.request import MAX_TEXT

router = Router(tags=["provider"])

AnyProposal = Annotated[NewDecision | NewFollowUp | NewCorrection, Field(discriminator="type")]


class Step(Shown):
    """Where the request stands after a call; `seq` is what the next If-Match names."""

    number: str
    stage: str
    seq: int


class Nothing(Body):
    """No member."""


class Approval(Body):
    """The approver's own code: a token alone approves nothing."""

    code: Code
    note: Text = ""


class Return(Body):
    """Why the decision is to be made anew."""

    note: Annotated[str, Field(min_length=1, max_length=MAX_TEXT)]


def _step(
    request: HttpRequest, number: str, command: ask.Command, code: str | None = None
) -> HttpResponseBase:
    """Carry one command out, if the request still stands where If-Match says."""
    person, seen, at = person_of(request), seq_seen(request), now()

    def prepare() -> None:
        if not Case.objects.filter(number=number).exists():
            raise UnknownRequest(f"there is no request {number}")
        if code is not None:
            code_shown(person, code, at)

    def work(_: None) -> Reply:
        execute_seen(setup.current(), number, [command], seen=seen, actor=person.name, at=at)
        case = Case.objects.get(number=number)
        return Reply(Step(number=number, stage=case.stage, seq=case.seq), headers=etag(case.seq))

    return once(request, work, prepare=prepare)


@call(router, "POST", "/desk/requests/{number}/review", Scope.PROPOSE, answers=Step, if_match=True, etag=True)
def start_review(request: HttpRequest, number: Path[Number], body: Nothing) -> HttpResponseBase:
    """Begin to review a request that came in."""
    return _step(request, number, ask.StartReview())


@call(
    router, "POST", "/desk/requests/{number}/proposal", Scope.PROPOSE, answers=Step, if_match=True, etag=True,
    large=True,
)  # fmt: skip
def propose(request: HttpRequest, number: Path[Number], body: FromBody[AnyProposal]) -> HttpResponseBase:
    """Propose a decision, a follow-up or a correction; another person must approve it."""
    return _step(request, number, command_of(body))


@call(
    router, "POST", "/desk/requests/{number}/approval", Scope.APPROVE, answers=Step, if_match=True, etag=True
)
def approve(request: HttpRequest, number: Path[Number], body: Approval) -> HttpResponseBase:
    """Approve what was proposed: never one's own proposal, and never by the token alone."""
    return _step(request, number, ask.Approve(body.note), body.code)


@call(
    router, "POST", "/desk/requests/{number}/return", Scope.PROPOSE, Scope.APPROVE,
    answers=Step, if_match=True, etag=True,
)  # fmt: skip
def send_back(request: HttpRequest, number: Path[Number], body: Return) -> HttpResponseBase:
    """Send a decision back: it clears the proposal."""
    return _step(request, number, ask.SendBack(body.note))
