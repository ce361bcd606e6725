"""`sagwan person`: the people of a home and what they may do."""
# ruff: noqa: PLC0415 - Django's models can be imported only once a home is open

from typing import Annotated

import typer

from sagwan.cli.errors import Unusable
from sagwan.cli.options import HERE, At, By, Days, HomePath, Json, Reason
from sagwan.cli.output import say, say_json, say_table
from sagwan.cli.wiring import invitation_text, open_office

_BY = typer.Option(
    "--by", envvar="SAGWAN_PERSON", metavar="NAME", help="An administrator.", show_envvar=False
)
Name = Annotated[str, typer.Argument(metavar="NAME", help="The person's name, as commands call them.")]


def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="How commands call the person.")],
    full_name: Annotated[str, typer.Argument(metavar="FULL_NAME", help="The person's full name.")],
    roles: Annotated[
        str,
        typer.Option(
            "--roles", metavar="LIST", help="With commas: intake, counsel, approver, auditor, administrator."
        ),
    ],
    email: Annotated[str, typer.Option("--email", metavar="MAIL", help="Where the desk writes to.")] = "",
    by: Annotated[str, _BY] = "",
    home: HomePath = HERE,
    at: At = None,
) -> None:
    """Add a person and what they may do.

    It takes an administrator; only in a home without an administrator may anyone add people.

    \b
    Example:
      sagwan person add kim "Kim Min-su" --roles intake,counsel --email kim@provider.example --by hong

    \b
    Exit codes: 0 added; 1 refused: the name is taken, a role is none, or you may not; 2 unusable input.
    """
    office = open_office(home)
    office.check_current()
    from sagwan.desk.people.actions import add_person
    from sagwan.desk.people.models import Person
    from sagwan.desk.people.queries import Staff

    moment = office.now(at)
    if any(person.has_role("administrator") for person in Person.objects.all()):
        if not by:
            raise Unusable("--by is missing", hint="name an administrator")
        Staff().require(by, ("administrator",), "add people")
    wanted = tuple(role.strip() for role in roles.split(",") if role.strip())
    add_person(
        office.desk,
        name=name,
        full_name=full_name,
        roles=wanted,
        email=email,
        actor=by or "first-people",
        at=moment,
    )
    say(f"{name} was added: {', '.join(wanted)}")


def invite(
    name: Name, by: Annotated[str, _BY] = "", days: Days = 7, home: HomePath = HERE, at: At = None
) -> None:
    """Print a link by which a person joins the desk.

    The link works once and ends; a new one ends the one before. Hand it over by a way that is theirs alone.
    It takes an administrator; the first one is invited by whoever runs this on the home's machine. Where a
    second person must agree first (`sagwan person agree`), the text says so.

    \b
    Examples:
      sagwan person invite hong
      sagwan person invite kim --days 2 --by hong

    \b
    Exit codes: 0 the link is printed; 1 refused: you may not, or they are suspended; 2 unusable input.
    """
    office = open_office(home)
    office.check_current()
    from sagwan.desk.people.actions import invite_person
    from sagwan.desk.people.models import Person

    token = invite_person(office.desk, name=name, days=days, actor=by or "first-people", at=office.now(at))
    say(invitation_text(office.home, name, token, days))
    if Person.objects.get(name=name).invitation_waits:
        say(f"It works once a second person has agreed: sagwan person agree {name} --by ANOTHER")


def agree(name: Name, by: By, home: HomePath = HERE, at: At = None) -> None:
    """Agree to an invitation, as the second person.

    Whoever holds an invitation becomes that person. Another administrator or an approver than the one who
    made it agrees before it works: always for someone who has joined before, and for new staff as soon as
    another administrator or approver has joined.

    \b
    Example:
      sagwan person agree kim --by lee

    \b
    Exit codes: 0 the invitation works; 1 refused: none waits, it has ended, or you may not; 2 unusable input.
    """
    office = open_office(home)
    office.check_current()
    from sagwan.desk.people import invitations

    invitations.agree(office.desk, name=name, actor=by, at=office.now(at))
    say(f"the invitation of {name} works now")


def suspend(name: Name, by: By, reason: Reason, home: HomePath = HERE, at: At = None) -> None:
    """Stop a person at once.

    Whoever is suspended is no longer signed in and may do nothing. Never the last administrator.

    \b
    Example:
      sagwan person suspend kim --reason "laptop stolen" --by hong

    \b
    Exit codes: 0 suspended; 1 refused: you may not, or it is the last administrator; 2 unusable input.
    """
    office = open_office(home)
    office.check_current()
    from sagwan.desk.people.actions import suspend_person

    suspend_person(office.desk, name=name, reason=reason, actor=by, at=office.now(at))
    say(f"{name} is suspended")


def lift(name: Name, by: By, reason: Reason, home: HomePath = HERE, at: At = None) -> None:
    """Let a suspended person or official in again.

    By an administrator other than the one who suspended them.

    \b
    Example:
      sagwan person lift kim --reason "new laptop, keys replaced" --by nam

    \b
    Exit codes: 0 lifted; 1 refused: you may not, or they are not suspended; 2 unusable input.
    """
    office = open_office(home)
    office.check_current()
    from sagwan.desk.people.actions import lift_person

    lift_person(office.desk, name=name, reason=reason, actor=by, at=office.now(at))
    say(f"{name} may act again")


def list_people(home: HomePath = HERE, as_json: Json = False) -> None:
    """List the people and their roles.

    Officials are listed by `sagwan official list`.

    \b
    Example:
      sagwan person list --json

    \b
    Exit codes: 0; 2 the home cannot be read.
    """
    open_office(home)
    from sagwan.desk.people.models import Person

    people = list(Person.objects.exclude(roles="official").order_by("name"))
    if as_json:
        say_json(
            [
                {"name": p.name, "full-name": p.full_name, "roles": p.roles.split(","), "active": p.is_active}
                for p in people
            ]
        )
        return
    rows = [(p.name, p.full_name, p.roles, "" if p.is_active else "suspended") for p in people]
    say_table(("name", "full name", "roles", "state"), rows)
