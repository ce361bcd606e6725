"""`sagwan official`: who asks for an authority; confirmed only by the authority's independent contact."""
# ruff: noqa: PLC0415 - Django's models can be imported only once a home is open

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from sagwan.cli.errors import Unusable
from sagwan.cli.options import HERE, At, By, Days, HomePath, Json, Reason
from sagwan.cli.output import say, say_json, say_table
from sagwan.cli.wiring import Office, invitation_text, open_office

if TYPE_CHECKING:
    from sagwan.desk.people.records import OfficialRecord

Name = Annotated[str, typer.Argument(metavar="NAME", help="The official's name, as commands call them.")]


def invite(
    authority: Annotated[str, typer.Argument(metavar="AUTHORITY", help="The slug of a vetted authority.")],
    by: By,
    full_name: Annotated[
        str, typer.Option("--full-name", metavar="NAME", help="The official's full name.")
    ] = "",
    email: Annotated[
        str, typer.Option(metavar="MAIL", help="Their address, of the authority's domain.")
    ] = "",
    phone: Annotated[str, typer.Option(metavar="NUMBER", help="Their own phone.")] = "",
    asked: Annotated[
        str, typer.Option(metavar="NAME", help="Admit who asked for an account, instead of giving details.")
    ] = "",
    name: Annotated[
        str, typer.Option(metavar="NAME", help="How commands call them; made up if left out.")
    ] = "",
    days: Days = 7,
    home: HomePath = HERE,
    at: At = None,
) -> None:
    """Print a link by which an official joins.

    The link works once and ends. Being invited confirms nobody: that takes a call-back to the authority's
    independent contact, recorded with `sagwan official confirm`.

    \b
    Examples:
      sagwan official invite seoul-police --full-name 홍길동 --email hong@police.example.kr \\
          --phone "+82 2 700 1234" --by hong
      sagwan official invite seoul-police --asked o-1f2e3d4c --by hong

    \b
    Exit codes: 0 the link is printed; 1 refused: the authority is not vetted, the address is not of its
      domain, or you may not; 2 unusable input.
    """
    office = open_office(home)
    office.check_current()
    from sagwan.desk.people import officials

    moment = office.now(at)
    if asked:
        if full_name or email or phone or name:
            raise Unusable("--asked takes the details that were asked with", hint="leave the others out")
        token = officials.admit(office.desk, name=asked, authority=authority, days=days, actor=by, at=moment)
        name = asked
    else:
        if not (full_name and email and phone):
            raise Unusable("--full-name, --email and --phone are needed", hint="or --asked NAME")
        name, token = officials.invite_official(
            office.desk,
            authority=authority,
            full_name=full_name,
            email=email,
            phone=phone,
            name=name,
            days=days,
            actor=by,
            at=moment,
        )
    say(invitation_text(office.home, name, token, days))


def confirm(
    name: Name,
    by: By,
    result: Annotated[
        str, typer.Option(metavar="RESULT", help="What came of the call: confirmed, denied or no-answer.")
    ],
    spoke_to: Annotated[
        str, typer.Option("--spoke-to", metavar="TEXT", help="Who answered: name or post.")
    ] = "",
    number: Annotated[
        str,
        typer.Option(
            metavar="NUMBER", help="What was called; only the authority's independent contact counts."
        ),
    ] = "",
    note: Annotated[str, typer.Option(metavar="TEXT", help="Anything worth keeping.")] = "",
    home: HomePath = HERE,
    at: At = None,
) -> None:
    """Record a call-back to the authority's independent contact about an official.

    `confirmed` confirms them with the mail and phone of this moment; `denied` suspends them at once.

    \b
    Examples:
      sagwan official confirm o-1f2e3d4c --result confirmed --spoke-to "당직 경위 이" --by kim
      sagwan official confirm o-1f2e3d4c --result no-answer --by kim

    \b
    Exit codes: 0 recorded; 1 refused: the authority is not vetted now, or you may not; 2 unusable input.
    """
    office = open_office(home)
    office.check_current()
    from sagwan.desk.people.officials import record_call
    from sagwan.record.vocabulary import CallResult

    if result not in list(CallResult):
        raise Unusable(f"{result!r} is not a result of a call", hint=f"one of {', '.join(CallResult)}")
    record_call(
        office.desk,
        name=name,
        result=CallResult(result),
        number=number,
        spoke_to=spoke_to,
        note=note,
        actor=by,
        at=office.now(at),
    )
    told = {
        "confirmed": f"{name} is confirmed",
        "denied": f"{name} is suspended: the authority does not know them",
        "no-answer": f"{name} stays as they were",
    }
    say(told[result])


def suspend(name: Name, by: By, reason: Reason, home: HomePath = HERE, at: At = None) -> None:
    """Stop an official at once.

    `sagwan person lift` lets them in again, by an administrator other than who stopped them.

    \b
    Example:
      sagwan official suspend o-1f2e3d4c --reason "mailbox reported stolen" --by kim

    \b
    Exit codes: 0 suspended; 1 refused: no such official, suspended already, or you may not; 2 unusable input.
    """
    office = open_office(home)
    office.check_current()
    from sagwan.desk.people.actions import suspend_person
    from sagwan.desk.people.queries import official

    suspend_person(office.desk, name=official(name).name, reason=reason, actor=by, at=office.now(at))
    say(f"{name} is suspended")


def list_officials(
    authority: Annotated[str, typer.Option(metavar="SLUG", help="Only those of an authority.")] = "",
    asked: Annotated[bool, typer.Option("--asked", help="Those who asked for an account and wait.")] = False,
    home: HomePath = HERE,
    as_json: Json = False,
) -> None:
    """List the officials, or who asked for an account and waits.

    \b
    Examples:
      sagwan official list --authority seoul-police
      sagwan official list --asked

    \b
    Exit codes: 0, also where there is none; 1 there is no such authority; 2 the home cannot be read.
    """
    office = open_office(home)
    from sagwan.desk.people import queries

    if asked:
        columns = ("name", "full name", "mail", "phone", "authority", "asked", "seen")
        _tell(columns, _waiting(office), as_json)
        return
    if authority:
        queries.authority(authority)
    rows = [
        (one.name, one.full_name, one.email, one.phone, one.authority, _state(one))
        for one in queries.officials(authority)
    ]
    _tell(("name", "full name", "mail", "phone", "authority", "state"), rows, as_json)


def _waiting(office: Office) -> list[tuple[str, ...]]:
    """Who asked for an account, with what there is to see about the address."""
    from sagwan.desk.people.check import check_applicant
    from sagwan.desk.people.queries import account_requests

    rows: list[tuple[str, ...]] = []
    for one in account_requests():
        seen = check_applicant(office.desk, one.email, at=one.asked_at)
        day = f"{one.asked_at.astimezone(office.home.zone):%Y-%m-%d}"
        codes = ", ".join(finding.code for finding in seen)
        rows.append((one.name, one.full_name, one.email, one.phone, one.authority, day, codes))
    return rows


def _state(one: "OfficialRecord") -> str:
    if one.suspended_at is not None:
        return "suspended"
    if one.is_confirmed:
        return "confirmed"
    if one.changed_at is not None and one.confirmed_at is not None:
        return "changed since confirmed"
    return "joined" if one.joined_at else "invited"


def _tell(columns: tuple[str, ...], rows: Sequence[tuple[str, ...]], as_json: bool) -> None:
    if as_json:
        keys = [column.replace(" ", "-") for column in columns]
        say_json([dict(zip(keys, row, strict=True)) for row in rows])
        return
    say_table(columns, rows)
