"""The provider: what is put into a production, by a system or a connector. An approver releases it at the
desk, in a browser, where they see what goes out."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import Path, Router
from pydantic import Field

from sagwan.desk import setup
from sagwan.desk.api.calls.common import call, now, person_of, recorded, shown
from sagwan.desk.api.once import Reply, apart
from sagwan.desk.api.parsing import FILE
from sagwan.desk.api.problems import Problem
from sagwan.desk.api.scopes import Scope
from sagwan.desk.api.shapes import Body, Day, Number, OneOf, Shown, Slug, Target
from sagwan.desk.casework.access import record_access
from sagwan.desk.casework.models import Case
from sagwan.desk.casework.queries import UnknownRequest
from sagwan.desk.vault import connectors
from sagwan.desk.vault.productions import actions
from sagwan.desk.vault.productions.declare import Columns, Declared
from sagwan.desk.vault.productions.drafts import Held
from sagwan.desk.vault.productions.queries import check
from sagwan.record import request as record
from sagwan.record.request import MAX_TARGETS
from sagwan.record.vocabulary import DataCategory

router = Router(tags=["provider"])

Column = Annotated[str, Field(max_length=200)]
Some = Annotated[list[Column], Field(max_length=1000)]


class TableColumns(Body):
    """Which column of a table says what (docs/reference/production.md)."""

    target: Column = ""
    time: Column = ""
    sender: Column = ""
    nick: Column = ""
    text: Some = Field(default_factory=list)
    keep: Some = Field(default_factory=list)
    drop: Some = Field(default_factory=list)
    members: Annotated[list[Column], Field(max_length=100_000)] = Field(default_factory=list)


class NewFile(Body):
    """What is said of the file that comes along as the part `file`; its name is the file's own."""

    data: Annotated[str, OneOf(DataCategory)]
    targets: Annotated[list[Target], Field(min_length=1, max_length=MAX_TARGETS)]
    first: Day | None = None
    last: Day | None = None
    columns: TableColumns | None = None


class FromConnector(Body):
    """The name of a connector as sagwan.toml sets it up: no path of the machine comes from a caller."""

    connector: Slug


class HeldFile(Shown):
    """A file that was put in, as it would go out; `rows` is null where it is no table that was read."""

    name: str
    sha256: str
    bytes: int
    data: str
    targets: int
    first: date | None
    last: date | None
    by: str
    source: str
    rows: int | None
    blinded: int | None


class Put(Shown):
    """What was put in."""

    files: list[HeldFile]


class Production(Put):
    """What is put in so far, what stands against its release, and of how many granted targets nothing is
    there yet."""

    problems: list[str]
    missing: int


@call(router, "GET", "/desk/requests/{number}/production", Scope.PRODUCE, answers=Production)
def inspect_production(request: HttpRequest, number: Path[Number]) -> HttpResponse:
    """The production that is being put together. That you looked is recorded."""
    desk, person = setup.current(), person_of(request).name
    _check_there(number)
    told = {"request": number, "production": True}
    recorded(lambda: record_access(desk, person=person, what="Viewed", details=told, at=now()))
    found = check(desk, number)
    return shown(
        Production(
            files=[_file(held) for held in found.files],
            problems=list(found.problems),
            missing=len(found.without),
        )
    )


def _check_there(number: str) -> None:
    if not Case.objects.filter(number=number).exists():
        raise UnknownRequest(f"there is no request {number}")


@call(
    router, "POST", "/desk/requests/{number}/production/files", Scope.PRODUCE,
    answers=Put, status=201, parts=("file",), parts_only=True,
)  # fmt: skip
def put_file(request: HttpRequest, number: Path[Number], body: NewFile) -> HttpResponseBase:
    """Put a file in. It is checked against what was approved; what lies outside is refused and not kept.

    The body is a form: the part `call` is the JSON, the part `file` the file.
    """
    files = request.FILES.getlist(FILE)
    if len(files) != 1:
        raise Problem("malformed", "Send the file as the part `file` of a form.")
    _check_there(number)
    declared = _declared(files[0].name, body)

    def work() -> Reply:
        held = actions.put_in(
            setup.current(), number, declared, files[0].file, actor=person_of(request).name, at=now()
        )
        return Reply(Put(files=[_file(held)]), 201)

    return apart(request, work)


def _declared(name: str, body: NewFile) -> Declared:
    return Declared(
        name=name,
        targets=tuple(record.Target(one.kind, one.value) for one in body.targets),
        data=DataCategory(body.data),
        first=body.first,
        last=body.last,
        columns=_columns(body.columns) if body.columns else None,
    )


def _columns(said: TableColumns) -> Columns:
    return Columns(
        target=said.target, time=said.time, sender=said.sender, nick=said.nick, text=tuple(said.text),
        keep=tuple(said.keep), drop=tuple(said.drop), members=tuple(said.members),
    )  # fmt: skip


@call(router, "POST", "/desk/requests/{number}/production/connector", Scope.PRODUCE, answers=Put, status=201)
def bring_files(request: HttpRequest, number: Path[Number], body: FromConnector) -> HttpResponseBase:
    """Let a connector bring the files, each checked. The first that is refused ends it; those before stay."""
    _check_there(number)
    desk = setup.current()
    table = dict((desk.home.connectors or {}).get(body.connector, {}))
    kind = table.pop("connector", "")
    if not kind:
        error = {"pointer": "#/connector", "detail": "sagwan.toml sets up no connector of that name"}
        raise Problem("invalid", errors=[error])

    def work() -> Reply:
        brings = connectors.connector(kind, table)
        held = actions.from_connector(desk, number, brings, actor=person_of(request).name, at=now())
        return Reply(Put(files=[_file(one) for one in held]), 201)

    return apart(request, work)


def _file(held: Held) -> HeldFile:
    said = held.declared
    return HeldFile(
        name=said.name,
        sha256=held.digest,
        bytes=held.size,
        data=said.data,
        targets=len(said.targets),
        first=said.first,
        last=said.last,
        by=held.by,
        source=held.source,
        rows=held.rows,
        blinded=held.blinded,
    )
