"""Programs that call the API: a token each, and no cookie."""

import io
import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pyrage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

import tests.support.django_ready  # noqa: F401
from sagwan.desk.api.actions import allow_token, make_token, take_token
from sagwan.desk.api.scopes import Scope
from sagwan.desk.casework.actions import Step, execute
from sagwan.desk.casework.queries import story
from sagwan.desk.people.models import Person
from sagwan.desk.setup import Desk
from sagwan.desk.vault.productions import actions
from sagwan.record import commands as ask
from sagwan.record.events import Decision
from sagwan.record.request import Target
from sagwan.record.vocabulary import FindingAnswer, Outcome, Sender
from tests.desk.vault.make import opaque, release, to_key
from tests.support.home import CONTENT, PAPER, filing
from tests.support.people import enrol

WARRANT = "search-and-seizure-warrant"
NEW_PAPER = PAPER | {"valid-until": "2030-12-31"}
FILING: dict[str, Any] = {
    "service": "kakao",
    "instrument": WARRANT,
    "case_number": "2026-수사-1",
    "data": ["content"],
    "targets": [
        {"kind": "account", "value": "raven-001"},
        {"kind": "account", "value": "raven-002"},
        {"kind": "account", "value": "raven-001"},
    ],
    "paper": NEW_PAPER,
}


def now() -> datetime:
    return datetime.now(UTC)


def token(desk: Desk, name: str, *scopes: Scope, days: int = 30) -> str:
    """A token that acts as a person: an official's own, or one that an administrator allowed."""
    person = Person.objects.get(name=name)
    enrol(person)
    values: dict[str, Any] = {"title": "a test", "scopes": scopes, "days": days}
    if person.is_official:
        return make_token(desk, **values, actor=name, at=now())
    allowed = allow_token(desk, person=name, **values, actor="hong", at=now())
    return take_token(desk, allowed, actor=name, at=now())


class Program(Client):
    """Calls with a token; a POST bears a fresh key unless one is named, and `seen` as If-Match."""

    def __init__(self, token: str = "", **headers: Any) -> None:
        shown = {"HTTP_AUTHORIZATION": f"Bearer {token}"} if token else {}
        super().__init__(HTTP_HOST="localhost", **shown, **headers)

    def read(self, path: str, **headers: Any) -> Any:
        return self.get(f"/api/v1{path}", **headers)

    def send(
        self, path: str, body: object = None, *, key: str | None = None, seen: str = "", **headers: Any
    ) -> Any:
        headers |= {"HTTP_IDEMPOTENCY_KEY": secrets.token_hex(8) if key is None else key} if key != "" else {}
        headers |= {"HTTP_IF_MATCH": seen} if seen else {}
        data = body if isinstance(body, bytes) else json.dumps({} if body is None else body)
        return self.post(f"/api/v1{path}", data, content_type="application/json", **headers)

    def send_parts(
        self, path: str, body: object, files: Mapping[str, list[tuple[str, bytes]]], *, key: str = ""
    ) -> Any:
        parts: dict[str, Any] = {
            part: [SimpleUploadedFile(name, data) for name, data in found] for part, found in files.items()
        }
        headers = {"HTTP_IDEMPOTENCY_KEY": key or secrets.token_hex(8)}
        return self.post(f"/api/v1{path}", parts | {"call": json.dumps(body)}, **headers)


def program(desk: Desk, name: str, *scopes: Scope) -> Program:
    """A program that acts as a person, by default with all scopes that the person may give it."""
    from sagwan.desk.api.scopes import open_to  # noqa: PLC0415

    roles = Person.objects.get(name=name).roles.split(",")
    return Program(token(desk, name, *(scopes or open_to(roles))))


def problem(answer: HttpResponse) -> str:
    """The slug of the problem that an answer is, once its form was checked."""
    assert answer["Content-Type"] == "application/problem+json", answer.content
    members = json.loads(answer.content)
    assert members["status"] == answer.status_code and members["title"]
    return members["type"].removeprefix("urn:sagwan:problem:")


def filed(desk: Desk, who: str = "park-official", **changes: Any) -> str:
    """The number of a request of an official's, without the API."""
    command = ask.Receive(filing(channel="portal", paper=NEW_PAPER, **changes), "", sender=Sender.CONFIRMED)
    return execute(desk, [Step("", command, who, now())])[0].request


def do(desk: Desk, number: str, *steps: tuple[str, ask.Command]) -> None:
    for who, command in steps:
        execute(desk, [Step(number, command, who, now())])


def proposed(desk: Desk, number: str) -> None:
    """Let counsel review a request and propose to comply with it."""
    blocking = story(desk, number).progress.state.blocking
    answers = [("seo", ask.AnswerFinding(key, FindingAnswer.DISMISSED, "seen")) for key in blocking]
    decision = ask.Propose(Decision(Outcome.COMPLIED, "", CONTENT, 2))
    do(desk, number, ("seo", ask.StartReview()), *answers, ("seo", decision))


def approved(desk: Desk, number: str) -> None:
    proposed(desk, number)
    do(desk, number, ("lee", ask.Approve()))


def handed_over(desk: Desk) -> tuple[str, pyrage.x25519.Identity]:
    """A request of the official, answered with a file that is encrypted to a key."""
    number = filed(desk)
    approved(desk, number)
    actions.put_in(desk, number, opaque(), io.BytesIO(b"words"), actor="seo", at=now())
    identity, locking = to_key()
    release(desk, number, at=now(), locking=locking)
    return number, identity


ONE = Target("account", "2016-1-0")
