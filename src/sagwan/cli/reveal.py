"""`sagwan reveal`: chosen private items of a request, with their proofs, for a court or a regulator."""
# ruff: noqa: PLC0415 - Django's models can be imported only once a home is open

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sagwan.cli import parsing
from sagwan.cli.decide import ApprovedBy
from sagwan.cli.errors import Unusable
from sagwan.cli.options import HERE, At, By, HomePath, Json, Number
from sagwan.cli.output import say, say_json, say_table
from sagwan.cli.wiring import Office, open_office

if TYPE_CHECKING:
    from sagwan.desk.casework.reveal import Recipient

Items = Annotated[
    str,
    typer.Option(
        metavar="LIST",
        help="Which, with commas: names (authority, target, …) or places, as --list shows them.",
        show_default="authority, case-number, official",
    ),
]
Out = Annotated[Path | None, typer.Option(metavar="FILE", help="Where to write them.")]
To = Annotated[str, typer.Option(metavar="WHOM", help="For whom: court, regulator, authority or user.")]
Line = Annotated[int, typer.Option(metavar="N", min=0, help="Which sealed line; 0 is the request's receipt.")]
Listed = Annotated[bool, typer.Option("--list", help="Show what lies behind the line, and write nothing.")]


def reveal(
    number: Number,
    by: By,
    items: Items = "",
    out: Out = None,
    to: To = "",
    approved_by: ApprovedBy = "",
    line: Line = 0,
    listed: Listed = False,
    home: HomePath = HERE,
    at: At = None,
    as_json: Json = False,
) -> None:
    """Show chosen private items of a request, with proofs.

    Writes a file that anyone can check with sagwan verify --private: the items lie behind the sealed line,
    the line in the log. What is not chosen stays hidden. Two people stand for it, and it is recorded.

    \b
    Examples:
      sagwan reveal 3f0c9a1be2d84756 --list --by kim
      sagwan reveal 3f0c9a1be2d84756 --items case-number,4 --to court --out shown.revealed \\
        --by kim --approved-by lee

    \b
    Exit codes: 0 written, or listed; 1 no such request or item, the line is not in the log yet, or the
      two people may not; 2 no such line, its private parts are destroyed, or unusable input.
    """
    office = open_office(home)
    office.check_current()
    number = parsing.number(number)
    if listed:
        _list(office, number, line, by, at, as_json)
        return
    if out is None or not approved_by:
        missing = "--out" if out is None else "--approved-by"
        raise Unusable(f"{missing} is missing", hint="or look first: --list")
    if out.exists():
        raise Unusable(f"{out} exists already", hint="name another file")
    from sagwan.desk.casework.reveal import Request
    from sagwan.desk.casework.reveal import reveal as write

    wanted = Request(
        number=number,
        line=line,
        items=tuple(word.strip() for word in items.split(",") if word.strip()),
        by=by,
        approved_by=approved_by,
        to=_recipient(to),
    )
    data = write(office.desk, office.log, wanted, at=office.now(at))
    out.touch(mode=0o600)
    out.write_bytes(data)
    say(f"revealed: {out}")
    say(f"check it: sagwan verify PATH-OR-URL --private {out} --key {office.log_key().verifier}")


def _recipient(word: str) -> "Recipient":
    from sagwan.desk.casework.reveal import Recipient

    if word not in list(Recipient):
        raise Unusable(
            f"--to {word!r} names nobody to whom items are shown", hint=f"one of {', '.join(Recipient)}"
        )
    return Recipient(word)


def _list(office: Office, number: str, line: int, by: str, at: str | None, as_json: bool) -> None:
    from sagwan.desk.casework.reveal import items_of_line

    found = items_of_line(office.desk, number, line, by=by, at=office.now(at))
    if as_json:
        say_json([{"place": n, "name": item.name, "value": item.value} for n, item in enumerate(found)])
        return
    say_table(("place", "name", "value"), [(n, item.name, item.value) for n, item in enumerate(found)])
