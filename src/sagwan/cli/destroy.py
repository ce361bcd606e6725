"""`sagwan destroy-key`: when the law's keeping time ends."""
# ruff: noqa: PLC0415 - Django's models can be imported only once a home is open

import sys
from typing import Annotated

import typer

from sagwan.cli import parsing
from sagwan.cli.decide import ApprovedBy
from sagwan.cli.errors import Refused, Unusable
from sagwan.cli.options import HERE, At, By, HomePath, Number
from sagwan.cli.output import progress, say
from sagwan.cli.wiring import open_office
from sagwan.record.private import RecordClass


def destroy_key(
    number: Number,
    record_class: Annotated[
        str,
        typer.Option("--class", metavar="CLASS", help="ledger (who asked) or matter (about whom, texts)."),
    ],
    by: By,
    approved_by: ApprovedBy,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    home: HomePath = HERE,
    at: At = None,
) -> None:
    """Destroy the key of a request's private parts.

    For ever: in the database, the search index, the keeper and the home's receipts. The events stay, the
    chain and the seals stay valid. Backups written before still hold the key; sagwan recover destroys it
    again where one is restored.

    \b
    Example:
      sagwan destroy-key 3f0c9a1be2d84756 --class matter --by kim --approved-by lee

    \b
    Exit codes: 0 destroyed, or it was before; 1 the request is open, or the two people may not; 2 unusable
      input, or not confirmed.
    """
    if record_class not in list(RecordClass):
        raise Unusable(f"{record_class!r} is not a record class", hint=f"one of {', '.join(RecordClass)}")
    kind = RecordClass(record_class)
    if by == approved_by:
        raise Refused(f"{by} cannot approve it too", hint="a second person must approve (four eyes)")
    office = open_office(home)
    office.check_current()
    number = parsing.number(number)
    if not yes:
        _confirm(number, kind)
    from sagwan.desk.casework.destruction import destroy

    with progress("keeper") as tick:
        fresh = destroy(
            office.desk,
            office.keeper,
            number=number,
            record_class=kind,
            by=by,
            approved_by=approved_by,
            at=office.now(at),
            progress=tick,
        )
    say(f"the {kind} key of {number} {'is destroyed' if fresh else 'was destroyed before'}")


def _confirm(number: str, kind: RecordClass) -> None:
    if not sys.stdin.isatty():
        raise Unusable("nobody is there to confirm", hint="say --yes")
    if not typer.confirm(f"Destroy the {kind} key of {number} for ever?"):
        raise Unusable("not confirmed: nothing was destroyed")
