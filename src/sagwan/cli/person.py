"""`sagwan person`: the people of a home and what they may do."""
# ruff: noqa: PLC0415 - Django's models can be imported only once a home is open

from typing import Annotated

import typer

from sagwan.cli.errors import Unusable
from sagwan.cli.options import HERE, At, HomePath, Json
from sagwan.cli.output import say, say_json, say_table
from sagwan.cli.wiring import open_office


def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="How commands call the person.")],
    full_name: Annotated[str, typer.Argument(metavar="FULL_NAME", help="The person's full name.")],
    roles: Annotated[
        str,
        typer.Option(
            "--roles", metavar="LIST", help="With commas: intake, counsel, approver, auditor, administrator."
        ),
    ],
    by: Annotated[
        str,
        typer.Option(
            "--by", envvar="SAGWAN_PERSON", metavar="NAME", help="An administrator.", show_envvar=False
        ),
    ] = "",
    home: HomePath = HERE,
    at: At = None,
) -> None:
    """Add a person and what they may do.

    It takes an administrator; only in a home without an administrator may anyone add people.

    \b
    Example:
      sagwan person add kim "Kim Min-su" --roles intake,counsel --by hong

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
        office.desk, name=name, full_name=full_name, roles=wanted, actor=by or "first-people", at=moment
    )
    say(f"{name} was added: {', '.join(wanted)}")


def list_people(home: HomePath = HERE, as_json: Json = False) -> None:
    """List the people and their roles.

    \b
    Example:
      sagwan person list --json

    \b
    Exit codes: 0; 2 the home cannot be read.
    """
    open_office(home)
    from sagwan.desk.people.models import Person

    people = list(Person.objects.order_by("name"))
    if as_json:
        say_json(
            [
                {"name": p.name, "full-name": p.full_name, "roles": p.roles.split(","), "active": p.is_active}
                for p in people
            ]
        )
        return
    say_table(("name", "full name", "roles"), [(p.name, p.full_name, p.roles) for p in people])
