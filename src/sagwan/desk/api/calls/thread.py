"""Officials: what they and the provider wrote to each other about a request."""

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import Path, Router
from pydantic import Field

from sagwan.desk import setup
from sagwan.desk.api.calls.common import call, etag, now, person_of, shown
from sagwan.desk.api.calls.mine import Standing, check_seen, looked_at, standing
from sagwan.desk.api.once import Reply, simply
from sagwan.desk.api.scopes import Scope
from sagwan.desk.api.shapes import Body, Documents, File, Number, Shown
from sagwan.desk.api.status import mark_of
from sagwan.desk.casework.queries import Message as Said
from sagwan.desk.casework.queries import thread
from sagwan.desk.portal import actions
from sagwan.desk.vault.productions.queries import released
from sagwan.record.request import MAX_TEXT

router = Router(tags=["officials"])


class Message(Shown):
    """One entry; `clarifies`: a question that stops the decision, or its answer. A text is null once the
    record no longer keeps it."""

    at: datetime
    from_provider: bool
    clarifies: bool
    text: str | None
    documents: list[File]


class Thread(Shown):
    """All that was written, in order."""

    messages: list[Message]


class NewMessage(Body):
    """What to say."""

    text: Annotated[str, Field(min_length=1, max_length=MAX_TEXT)]
    documents: Documents = Field(default_factory=list)


@call(router, "GET", "/requests/{number}/messages", Scope.READ, answers=Thread, etag=True)
def read_messages(request: HttpRequest, number: Path[Number]) -> HttpResponse:
    """What was written about a request. It is recorded that you read it."""
    story = looked_at(person_of(request), number)
    mark = mark_of(story, released(setup.current(), number, now()))
    return shown(Thread(messages=[_message(one) for one in thread(story)]), etag(mark))


def _message(said: Said) -> Message:
    files = [File(name=one.name, sha256=one.digest, bytes=one.size) for one in said.documents]
    return Message(
        at=said.at, from_provider=not said.incoming, clarifies=said.clarifies, text=said.text, documents=files
    )


@call(
    router, "POST", "/requests/{number}/messages", Scope.WRITE,
    answers=Standing, if_match=True, parts=("documents",),
)  # fmt: skip
def write_message(request: HttpRequest, number: Path[Number], body: NewMessage) -> HttpResponseBase:
    """Write to the provider. Where they asked something, this answers it, and they go on."""
    person = person_of(request).name

    def work() -> Reply:
        story = check_seen(request, number)
        files = tuple((one.name, one.content) for one in body.documents)
        actions.write(setup.current(), story, body.text, files, person=person, at=now())
        return Reply(standing(number))

    return simply(request, work)
