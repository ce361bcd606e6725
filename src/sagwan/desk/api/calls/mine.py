"""Officials: their own requests, where each stands, and taking one back."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import Path, Query, Router
from pydantic import Field

from sagwan.desk import setup
from sagwan.desk.api.calls.common import call, etag, mark_seen, now, person_of, recorded, shown
from sagwan.desk.api.once import Reply, simply
from sagwan.desk.api.places import place_of, read_place
from sagwan.desk.api.problems import Problem
from sagwan.desk.api.queries import own_cases
from sagwan.desk.api.scopes import Scope
from sagwan.desk.api.shapes import Body, Documents, File, Number, Paging, Paper, Shown, Slug
from sagwan.desk.api.status import mark_of, status_in, status_of
from sagwan.desk.casework import queries as casework
from sagwan.desk.casework.models import Case
from sagwan.desk.casework.queries import Story, UnknownRequest
from sagwan.desk.people.models import Person
from sagwan.desk.portal import actions
from sagwan.desk.portal.queries import colleagues, own_story
from sagwan.desk.portal.receipts import lines_of
from sagwan.desk.vault.productions.queries import Out, released

router = Router(tags=["officials"])


class Row(Shown):
    """One request of a list; nothing private."""

    number: str
    status: str
    service: str
    instrument: str
    received_at: datetime
    filed_by: str


class Requests(Shown):
    """A page of requests, the newest first; `next` begins the next page, '' at the end."""

    requests: list[Row]
    next: str


class SealedLine(Shown):
    """A line that the request put into the log; `index` is null until it was sealed."""

    line: int
    kind: str
    index: int | None


class HandedOver(Shown):
    """What can be fetched: a stage's data, or with `follow_up` the names of that follow-up."""

    stage: int
    follow_up: bool
    size: int
    expires_at: datetime
    open: bool
    fetched: int


class Mine(Row):
    """A request of one's own. Private members are null once the record no longer keeps them."""

    case_number: str | None
    officials: list[str] | None
    data: list[str]
    accounts: int
    targets: int
    paper: dict[str, str] | None
    text: str | None
    documents: list[File]
    messages: int
    lines: list[SealedLine]
    answers: list[HandedOver]


class Standing(Shown):
    """Where a request stands after a call."""

    number: str
    status: str


class Withdrawal(Body):
    """Why the request is taken back: one of the instrument's reasons."""

    reason: Slug


class BetterPaper(Body):
    """What stands on the document by now, and the document."""

    paper: Paper = Field(default_factory=dict)
    documents: Documents = Field(default_factory=list)


@call(router, "GET", "/requests", Scope.READ, answers=Requests)
def list_requests(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """One's own requests and those of one's colleagues, the newest first."""
    page = own_cases(person_of(request), after=read_place(paging.after), limit=paging.limit)
    rows = [
        Row(
            number=case.number, status=status_of(case.stage, case.outcome), service=case.service,
            instrument=case.instrument, received_at=case.received_at, filed_by=case.filed_by,
        )
        for case in page.rows
    ]  # fmt: skip
    return shown(Requests(requests=rows, next=place_of(page.next)))


@call(router, "GET", "/requests/{number}", Scope.READ, answers=Mine, etag=True)
def read_request(request: HttpRequest, number: Path[Number]) -> HttpResponse:
    """One request: where it stands, what was filed, its sealed lines, what can be fetched. It is recorded."""
    story = looked_at(person_of(request), number)
    outs = released(setup.current(), number, now())
    return shown(_mine(story, outs), etag(mark_of(story, outs)))


def looked_at(person: Person, number: str, what: str = "Viewed") -> Story:
    """One of the official's own requests; that they look at it is recorded. Raise UnknownRequest."""
    desk = setup.current()
    story = own_story(desk, person, number)
    recorded(lambda: actions.record_view(desk, person=person.name, what=what, number=number, at=now()))
    return story


def check_own(person: Person, number: str) -> None:
    """Raise UnknownRequest where the request is none of the official's."""
    if not Case.objects.filter(number=number, filed_by__in=colleagues(person)).exists():
        raise UnknownRequest("there is no such request among yours")


def _mine(story: Story, outs: tuple[Out, ...]) -> Mine:
    received, state = story.received, story.progress.state
    ledger, matter = state.ledger, received.matter
    documents = matter.documents if matter else ()
    return Mine(
        number=story.number,
        status=status_in(story),
        service=state.service,
        instrument=state.instrument,
        received_at=story.progress.received_at,
        filed_by=story.progress.filed_by,
        case_number=ledger.case_number if ledger else None,
        officials=list(ledger.officials) if ledger else None,
        data=list(received.data),
        accounts=received.accounts,
        targets=len(state.asked_targets),
        paper=dict(ledger.paper) if ledger else None,
        text=matter.text if matter else None,
        documents=[File(name=one.name, sha256=one.digest, bytes=one.size) for one in documents],
        messages=len(casework.thread(story)),
        lines=[SealedLine(line=n, kind=kind, index=index) for n, kind, index in lines_of(story)],
        answers=[
            HandedOver(
                stage=out.stage, follow_up=out.follow_up, size=out.size, expires_at=out.expires_at,
                open=out.is_open, fetched=out.fetched,
            )
            for out in outs
        ],
    )  # fmt: skip


def check_seen(request: HttpRequest, number: str) -> Story:
    """The request, if it stands where the caller saw it, and held there until the transaction ends.

    Raise Problem or UnknownRequest.
    """
    desk, person = setup.current(), person_of(request)
    check_own(person, number)
    Case.objects.select_for_update().filter(number=number).first()
    story = casework.story(desk, number)
    if mark_of(story, released(desk, number, now())) != mark_seen(request):
        raise Problem("moved-on", "Read the request again; nothing was done.")
    return story


def standing(number: str) -> Standing:
    case = Case.objects.filter(number=number).first()
    if case is None:
        raise Http404
    return Standing(number=number, status=status_of(case.stage, case.outcome))


@call(router, "POST", "/requests/{number}/withdrawal", Scope.WRITE, answers=Standing, if_match=True)
def withdraw_request(request: HttpRequest, number: Path[Number], body: Withdrawal) -> HttpResponseBase:
    """Take a request back, until the first data went out. It counts as withdrawn."""
    person = person_of(request).name

    def work() -> Reply:
        check_seen(request, number)
        actions.withdraw(setup.current(), number, body.reason, person=person, at=now())
        return Reply(standing(number))

    return simply(request, work)


@call(
    router, "POST", "/requests/{number}/paper", Scope.WRITE,
    answers=Standing, if_match=True, parts=("documents",),
)  # fmt: skip
def bring_paper(request: HttpRequest, number: Path[Number], body: BetterPaper) -> HttpResponseBase:
    """Bring the paper that must follow, or a better one; the request is judged anew."""
    person = person_of(request).name
    if not body.paper and not body.documents:
        raise Problem("invalid", "Name an item of the paper, or bring a document.")

    def work() -> Reply:
        check_seen(request, number)
        files = tuple((one.name, one.content) for one in body.documents)
        actions.supply(setup.current(), number, body.paper, files, person=person, at=now())
        return Reply(standing(number))

    return simply(request, work)
