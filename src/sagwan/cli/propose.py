"""`sagwan propose`: a decision, a follow-up, or a correction, for a second person to approve."""

from typing import Annotated

import typer

from sagwan.cli import parsing
from sagwan.cli.errors import Unusable
from sagwan.cli.options import HERE, At, By, HomePath, Json, Marks, Number, Targets, TargetsFile
from sagwan.cli.steps import Note, tell
from sagwan.cli.wiring import open_office
from sagwan.record import commands
from sagwan.record.events import Correction, Decision, FollowUp, Proposal

OutcomeText = Annotated[
    str,
    typer.Option("--outcome", metavar="WORD", help="complied, partial, refused, no-data or withdrawn."),
]
Reason = Annotated[str, typer.Option("--reason", metavar="SLUG", help="Why not in full; not with complied.")]
DataList = Annotated[
    str,
    typer.Option("--data", metavar="LIST", help="Data categories to hand over, with commas."),
]
Accounts = Annotated[
    int | None, typer.Option("--accounts", metavar="N", min=0, help="At most how many accounts' data.")
]


def propose(
    number: Number,
    by: By,
    outcome: OutcomeText = "",
    reason: Reason = "",
    data: DataList = "",
    accounts: Accounts = None,
    mark: Marks = None,
    follow_up: Annotated[
        bool, typer.Option("--follow-up", help="A further request names more accounts of an answered one.")
    ] = False,
    correct: Annotated[
        int | None, typer.Option("--correct", metavar="LINE", min=0, help="Correct that sealed line.")
    ] = None,
    target: Targets = None,
    targets_file: TargetsFile = None,
    note: Note = "",
    home: HomePath = HERE,
    at: At = None,
    as_json: Json = False,
) -> None:
    """Propose a decision, a follow-up or a correction.

    A correction gives all values of the line anew: outcome (unless it is a `received` line), reason,
    data, accounts and marks. `sagwan show` lists the lines with their numbers.

    \b
    Examples:
      sagwan propose 3f0c9a1be2d84756 --outcome complied --data access --accounts 2 --by kim
      sagwan propose 3f0c9a1be2d84756 --outcome refused --reason document-defective --by kim
      sagwan propose 3f0c9a1be2d84756 --follow-up --data content --accounts 3 --target account:x --by kim
      sagwan propose 3f0c9a1be2d84756 --correct 1 --outcome complied --data access --accounts 1 --by kim

    \b
    Exit codes: 0 proposed; 1 the stage, the law pack or your role does not allow it; 2 unusable input.
    """
    named = parsing.targets(target, targets_file)
    if named and not follow_up:
        raise Unusable("targets are named with a follow-up only", hint="name others when you disclose")
    proposal = _proposal(outcome, reason, data, accounts or 0, mark, follow_up, correct)
    office = open_office(home)
    command = commands.Propose(proposal, note, named)
    tell(office, office.do(parsing.number(number), [(by, command)], at), as_json)


def _proposal(
    outcome: str,
    reason: str,
    data: str,
    accounts: int,
    mark: list[str] | None,
    follow_up: bool,
    correct: int | None,
) -> Proposal:
    marks, categories = parsing.marks(mark), parsing.categories(data)
    if follow_up:
        if outcome or reason or correct is not None:
            raise Unusable("a follow-up has no outcome, no reason, and corrects nothing")
        return FollowUp(categories, accounts, marks)
    if correct is not None:
        word = parsing.outcome(outcome) if outcome else None
        return Correction(correct, word, reason, categories, accounts, marks)
    if not outcome:
        raise Unusable("--outcome is missing", hint="or say --follow-up, or --correct LINE")
    return Decision(parsing.outcome(outcome), reason, categories, accounts, marks)
