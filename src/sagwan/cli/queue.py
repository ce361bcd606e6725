"""`sagwan list` and `sagwan find`: which requests there are."""
# ruff: noqa: PLC0415 - Django's models can be imported only once a home is open

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from sagwan.cli.errors import Unusable
from sagwan.cli.options import HERE, At, By, HomePath, Json
from sagwan.cli.output import say, say_json, say_table
from sagwan.cli.wiring import Office, open_office
from sagwan.record.state import Stage

if TYPE_CHECKING:
    from sagwan.desk.casework.models import Case


def list_requests(
    stage: Annotated[str, typer.Option(metavar="STAGE", help="Only those: received, approved, …")] = "",
    service: Annotated[str, typer.Option(metavar="SLUG", help="Only those of a service.")] = "",
    instrument: Annotated[str, typer.Option(metavar="SLUG", help="Only those of an instrument.")] = "",
    limit: Annotated[int, typer.Option(metavar="N", min=0, help="At most so many; 0 is all.")] = 0,
    home: HomePath = HERE,
    as_json: Json = False,
) -> None:
    """List requests, the oldest first.

    Shows nothing private.

    \b
    Examples:
      sagwan list --stage decision-proposed
      sagwan list --service kakao --json

    \b
    Exit codes: 0, also where none is found; 2 no such stage or service, or the home cannot be read.
    """
    office = open_office(home)
    if stage and stage not in list(Stage):
        raise Unusable(f"{stage!r} is not a stage", hint=f"stages: {', '.join(Stage)}")
    if service and service not in office.home.services:
        raise Unusable(
            f"{service!r} is not a service here", hint=f"services: {', '.join(office.home.services)}"
        )
    from sagwan.desk.casework.queries import queue

    _tell(office, queue(stage=stage, service=service, instrument=instrument, limit=limit), as_json)


def find(
    by: By,
    field: Annotated[str, typer.Option(metavar="FIELD", help="authority, case-number, official or target.")],
    value: Annotated[str, typer.Option(metavar="TEXT", help="The whole value; case does not matter.")],
    home: HomePath = HERE,
    at: At = None,
    as_json: Json = False,
) -> None:
    """Find requests by a private value, such as a case number.

    Searches a keyed index, for whole values. That you searched, and what was found, is recorded.

    \b
    Examples:
      sagwan find --field case-number --value 2016-123 --by kim
      sagwan find --field target --value abc --json --by kim

    \b
    Exit codes: 0, also where none is found; 1 you may not search; 2 unusable input.
    """
    office = open_office(home)
    office.check_current()
    from sagwan.desk.casework import queries
    from sagwan.desk.casework.access import record_access
    from sagwan.desk.vault.index import FIELDS

    if field not in FIELDS:
        raise Unusable(f"{field!r} is not a field", hint=f"fields: {', '.join(FIELDS)}")
    numbers = queries.find(office.desk, field, value)
    details = {"field": field, "found": numbers}
    record_access(office.desk, person=by, what="Searched", details=details, at=office.now(at))
    _tell(office, queries.queue(numbers=numbers), as_json)


def _tell(office: Office, cases: "list[Case]", as_json: bool) -> None:
    if as_json:
        say_json([_case_json(case) for case in cases])
        return
    zone = office.home.zone
    rows = [
        (
            case.number,
            case.received_at.astimezone(zone).strftime("%Y-%m-%d %H:%M"),
            case.service,
            case.instrument,
            case.stage,
            case.outcome,
            case.accounts_asked,
            ", ".join(tally(case.findings.split(","))),
        )
        for case in cases
    ]
    if rows:
        columns = ("number", "received", "service", "instrument", "stage", "outcome", "accounts", "findings")
        say_table(columns, rows)
    say(f"{len(rows):,} requests" if len(rows) != 1 else "1 request")


def tally(codes: Iterable[str]) -> list[str]:
    """Codes, each once, with how often where it is more than once."""
    counts = Counter(code for code in codes if code)
    return [code if count == 1 else f"{code} ({count})" for code, count in counts.items()]


def _case_json(case: "Case") -> dict[str, object]:
    return {
        "number": case.number,
        "stage": case.stage,
        "service": case.service,
        "jurisdiction": case.jurisdiction,
        "instrument": case.instrument,
        "received-at": case.received_at.isoformat(),
        "resolved-at": case.resolved_at.isoformat() if case.resolved_at else None,
        "pending": case.pending or None,
        "outcome": case.outcome or None,
        "reason": case.reason or None,
        "accounts-asked": case.accounts_asked,
        "accounts-disclosed": case.accounts_disclosed,
        "follow-ups": case.follow_ups,
        "follow-up-accounts": case.follow_up_accounts,
        "marks": [mark for mark in case.marks.split(",") if mark],
        "findings": [code for code in case.findings.split(",") if code],
        "synthetic": case.synthetic,
    }
