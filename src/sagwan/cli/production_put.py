"""`sagwan production add` and `remove`: files into a production, and out of it before its release."""
# ruff: noqa: PLC0415 - Django's models can be imported only once a home is open

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from sagwan.cli import parsing
from sagwan.cli.errors import Unusable
from sagwan.cli.options import HERE, At, By, Data, HomePath, Json, Number, Targets, TargetsFile
from sagwan.cli.output import say, say_json
from sagwan.cli.wiring import Office, open_office

if TYPE_CHECKING:
    from sagwan.desk.vault.productions.declare import Declared
    from sagwan.desk.vault.productions.drafts import Held

_DAY = "YYYY-MM-DD"


def add(
    number: Number,
    by: By,
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="The file; none where a connector brings them.")
    ] = None,
    targets: Targets = None,
    targets_file: TargetsFile = None,
    data: Data = "",
    first: Annotated[
        str, typer.Option("--first", metavar=_DAY, help="The first day that the data are of.")
    ] = "",
    last: Annotated[str, typer.Option("--last", metavar=_DAY, help="The last day.")] = "",
    scope: Annotated[
        Path | None,
        typer.Option("--scope", metavar="FILE", help="JSON that says what the file is, with its columns."),
    ] = None,
    connector: Annotated[
        str, typer.Option("--connector", metavar="NAME", help="Let a connector bring the files.")
    ] = "",
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="A setting of the connector; repeat it for more."),
    ] = None,
    home: HomePath = HERE,
    at: At = None,
    as_json: Json = False,
) -> None:
    """Put files into a production, each checked against what was approved.

    What lies outside is refused, and nothing of that file is kept. Tables are read row by row if --scope
    names their columns; of other files what you say of them is checked, and that you said it is recorded.

    \b
    Examples:
      sagwan production add 3f0c9a1be2d84756 talk.zip --target account:abc --data content \\
        --first 2016-01-01 --last 2016-01-31 --by kim
      sagwan production add 3f0c9a1be2d84756 chat.csv --scope chat.csv.scope.json --by kim
      sagwan production add 3f0c9a1be2d84756 --connector folder --set path=/srv/handover --by kim

    \b
    Exit codes: 0 put in; 1 outside what was approved, or you may not; 2 a file or what is said of it cannot
      be used.
    """
    office = open_office(home)
    office.check_current()
    from sagwan.desk.vault.productions import actions

    number, moment = parsing.number(number), office.now(at)
    if connector:
        if file or targets or targets_file or data or scope:
            raise Unusable(
                "a connector says itself what its files are", hint="leave FILE and its options out"
            )
        held = _brought(office, number, connector, settings, by, moment)
    elif file is None:
        raise Unusable("FILE is missing", hint="name a file, or a --connector")
    else:
        declared = _declared(file, parsing.targets(targets, targets_file), data, first, last, scope)
        with _opened(file) as source:
            held = [actions.put_in(office.desk, number, declared, source, actor=by, at=moment)]
    _tell(held, as_json)


def _brought(
    office: Office, number: str, name: str, settings: list[str] | None, by: str, moment: datetime
) -> "list[Held]":
    from sagwan.desk.vault.connectors import connector
    from sagwan.desk.vault.productions import actions

    brings = connector(name, parsing.pairs(settings, "--set"))
    return actions.from_connector(office.desk, number, brings, actor=by, at=moment)


def _tell(held: "list[Held]", as_json: bool) -> None:
    if as_json:
        say_json([members_of(one) for one in held])
        return
    for one in held:
        say(f"{one.declared.name} is put in: {told(one)}")


def _opened(file: Path) -> BinaryIO:
    if not file.is_file():
        raise Unusable(f"{file} is not a file" if file.exists() else f"{file} is not there")
    return file.open("rb")


def _declared(
    file: Path, targets: Sequence, data: str, first: str, last: str, scope: Path | None
) -> "Declared":
    from sagwan.desk.vault.productions.declare import from_members

    members: dict[str, object] = {}
    if scope is not None:
        try:
            members = json.loads(parsing.read_text(scope))
        except ValueError as error:
            raise Unusable(f"{scope} is no JSON: {error}") from None
        if not isinstance(members, dict):
            raise Unusable(f"{scope} is no JSON object")
    if targets:
        members.pop("targets", None)
    if data:
        members["data"] = data
    members |= {name: day for name, day in (("first", first), ("last", last)) if day}
    if "data" not in members:
        raise Unusable("--data is missing", hint="one of access, content, subscriber, traffic")
    return from_members(file.name, members, tuple(targets))


def told(held: "Held") -> str:
    declared = held.declared
    days = f", {declared.first} to {declared.last}" if declared.first else ""
    what = f"{held.size:,} bytes, {declared.data} of {len(declared.targets):,} targets{days}"
    if held.rows is None:
        return f"{what}; declared by {held.by}"
    blinded = "" if held.blinded is None else f", {held.blinded:,} others blinded"
    return f"{what}; {held.rows:,} rows checked{blinded}"


def members_of(held: "Held") -> dict[str, object]:
    declared = held.declared
    return {
        "name": declared.name,
        "sha256": held.digest,
        "bytes": held.size,
        "data": declared.data,
        "targets": [f"{one.kind}:{one.value}" for one in declared.targets],
        "first": declared.first,
        "last": declared.last,
        "by": held.by,
        "source": held.source,
        "rows": held.rows,
        "blinded": held.blinded,
    }


def remove(
    number: Number,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The file's name in the production.")],
    by: By,
    home: HomePath = HERE,
    at: At = None,
) -> None:
    """Take a file out of a production before its release.

    \b
    Example:
      sagwan production remove 3f0c9a1be2d84756 talk.zip --by kim

    \b
    Exit codes: 0 taken out; 1 you may not; 2 there is no such file.
    """
    office = open_office(home)
    office.check_current()
    from sagwan.desk.vault.productions import actions

    actions.take_out(office.desk, parsing.number(number), name, actor=by, at=office.now(at))
    say(f"{name} is taken out")
