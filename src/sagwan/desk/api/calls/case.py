"""The provider: one request with its private parts, its documents and its letters. Each view is an event."""

from datetime import datetime
from typing import Annotated

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from sagwan.desk import setup
from sagwan.desk.api.calls.common import call, etag, now, person_of, recorded, shown
from sagwan.desk.api.calls.queue import QueueRow, row_of
from sagwan.desk.api.proposals import Proposed, proposed
from sagwan.desk.api.scopes import Scope
from sagwan.desk.api.shapes import File, Number, OneOf, Shown
from sagwan.desk.casework import queries
from sagwan.desk.casework.access import record_access
from sagwan.desk.casework.actions import STREAM
from sagwan.desk.casework.models import Case
from sagwan.desk.casework.packs import Packs
from sagwan.desk.casework.queries import Story, UnknownRequest
from sagwan.desk.letters.kinds import Kind
from sagwan.desk.letters.letters import Wish, compose
from sagwan.desk.letters.typeset import typeset
from sagwan.desk.setup import Desk
from sagwan.desk.vault import documents as kept
from sagwan.desk.vault.keyring import KeyRing
from sagwan.record.request import Document, Target

router = Router(tags=["provider"])

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="The document's SHA-256 in hex.")]


class Finding(Shown):
    """What the law's check says; people answer it under its `key`. `answer` '' is none yet."""

    key: str
    severity: str
    ko: str
    en: str
    answer: str


class Duty(Shown):
    """Something that is still to be done; `due` is null where no clock runs."""

    slug: str
    who: str
    ko: str
    en: str
    due: datetime | None


class Happened(Shown):
    """One event of the request."""

    seq: int
    type: str
    at: datetime
    by: str


class CaseShown(QueueRow):
    """One request as the provider's team sees it. Private members are null once their key is destroyed.

    `blocking` are the findings that stand against a disclosure; `proposal` waits for a second person, or is
    what was decided last.
    """

    jurisdiction: str
    channel: str
    data: list[str]
    authority: str | None
    case_number: str | None
    officials: list[str] | None
    paper: dict[str, str] | None
    text: str | None
    targets: int
    documents: list[File]
    findings: list[Finding]
    blocking: list[str]
    duties: list[Duty]
    proposal: Proposed | None
    events: list[Happened]


class TargetShown(Shown):
    """One account, ID, number or room that the request names."""

    kind: str
    value: str


class Targets(Shown):
    """Some of the targets, in the order in which the request names them; `total` counts all."""

    targets: list[TargetShown]
    total: int


class Slice(BaseModel):
    """Which of many rows."""

    offset: Annotated[int, Field(ge=0, le=100_000, description="How many to pass over.")] = 0
    limit: Annotated[int, Field(ge=1, le=10_000, description="How many at most.")] = 1000


class LetterWish(BaseModel):
    """How the letter is written; a preview says so on every page."""

    lang: Annotated[str, OneOf(frozenset({"ko", "en"}))] = "ko"
    preview: bool = False


@call(router, "GET", "/desk/requests/{number}", Scope.INSPECT, answers=CaseShown, etag=True)
def inspect_request(request: HttpRequest, number: Path[Number]) -> HttpResponse:
    """One request, whole but for its targets. That you looked is recorded."""
    story = looked_at(request, number)
    case = Case.objects.get(number=number)
    return shown(_case(setup.current(), story, case), etag(story.progress.seq))


def looked_at(request: HttpRequest, number: str, what: str = "Viewed", **details: object) -> Story:
    """The request's story, once the view is recorded; raise UnknownRequest."""
    desk, person = setup.current(), person_of(request).name
    if not Case.objects.filter(number=number).exists():
        raise UnknownRequest(f"there is no request {number}")
    told = {"request": number, **details}
    recorded(lambda: record_access(desk, person=person, what=what, details=told, at=now()))
    return queries.story(desk, number)


def _case(desk: Desk, story: Story, case: Case) -> CaseShown:
    received, state = story.received, story.progress.state
    ledger, matter = state.ledger, received.matter
    return CaseShown(
        **row_of(case).model_dump(),
        jurisdiction=state.jurisdiction,
        channel=received.channel,
        data=list(received.data),
        authority=ledger.authority if ledger else None,
        case_number=ledger.case_number if ledger else None,
        officials=list(ledger.officials) if ledger else None,
        paper=dict(ledger.paper) if ledger else None,
        text=matter.text if matter else None,
        targets=len(state.asked_targets),
        documents=[File(name=one.name, sha256=one.digest, bytes=one.size) for one in documents_of(story)],
        findings=_findings(desk, story),
        blocking=list(state.blocking),
        duties=[
            Duty(slug=one.slug, who=one.who, ko=one.label.ko, en=one.label.en, due=one.due)
            for one in queries.duties(desk, story)
        ],
        proposal=proposed(state),
        events=[
            Happened(seq=stored.seq, type=stored.type, at=stored.at, by=stored.actor)
            for stored, _ in story.events
        ],
    )


def _findings(desk: Desk, story: Story) -> list[Finding]:
    state = story.progress.state
    found = queries.findings_now(desk, Packs(desk.home), story) or ()
    return [
        Finding(
            key=one.key, severity=one.severity, ko=one.sentence("ko"), en=one.sentence("en"),
            answer=state.answer(one.key) or "",
        )
        for one in found
    ]  # fmt: skip


def documents_of(story: Story) -> list[Document]:
    """Every file that came or went with a request, each once."""
    found: dict[str, Document] = {}
    for _, event in story.events:
        matter = getattr(event, "matter", None)
        for one in matter.documents if matter else ():
            found.setdefault(one.digest, one)
    return list(found.values())


@call(router, "GET", "/desk/requests/{number}/targets", Scope.INSPECT, answers=Targets)
def inspect_targets(request: HttpRequest, number: Path[Number], part: Query[Slice]) -> HttpResponse:
    """The targets that a request names. That you looked is recorded."""
    asked: tuple[Target, ...] = looked_at(request, number).progress.state.asked_targets
    rows = [
        TargetShown(kind=one.kind, value=one.value) for one in asked[part.offset : part.offset + part.limit]
    ]
    return shown(Targets(targets=rows, total=len(asked)))


@call(
    router, "GET", "/desk/requests/{number}/documents/{digest}", Scope.INSPECT,
    media="application/octet-stream",
)  # fmt: skip
def inspect_document(request: HttpRequest, number: Path[Number], digest: Path[Digest]) -> HttpResponse:
    """A document as it came. That you took it is recorded."""
    story = looked_at(request, number, "DocumentRead", digest=digest, downloaded=True)
    found = next((one for one in documents_of(story) if one.digest == digest), None)
    if found is None:
        raise Http404
    keys = KeyRing(setup.current().master)
    keys.load([STREAM + number])
    return _file(kept.read(keys, STREAM + number, digest), "application/octet-stream", found.name)


@call(router, "GET", "/desk/requests/{number}/letters/{kind}", Scope.INSPECT, media="application/pdf")
def write_letter(
    request: HttpRequest,
    number: Path[Number],
    kind: Path[Annotated[str, OneOf(Kind)]],
    wish: Query[LetterWish],
) -> HttpResponse:
    """A letter about the request, as PDF. It is sent by nobody: to send it is your step. It is recorded."""
    looked_at(request, number, letter=kind, lang=wish.lang, preview=wish.preview)
    letter = compose(setup.current(), number, Wish(Kind(kind), wish.lang, wish.preview), at=now())
    return _file(typeset(letter).pdf, "application/pdf", f"{number}-{kind}-{wish.lang}.pdf")


def _file(data: bytes, media: str, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=media)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer
