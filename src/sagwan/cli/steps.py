"""The small steps of a request's life: each one command of `record.commands`, by one person."""
# ruff: noqa: PLC0415 - Django's models can be imported only once a home is open

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sagwan.cli import parsing
from sagwan.cli.options import HERE, At, By, Data, HomePath, Json, Number, Targets, TargetsFile
from sagwan.cli.output import say, say_json
from sagwan.cli.wiring import Office, open_office
from sagwan.record import commands

if TYPE_CHECKING:
    from sagwan.desk.casework.actions import Done

Note = Annotated[str, typer.Option("--note", metavar="TEXT", help="A note for the record; private.")]


def tell(office: Office, done: "list[Done]", as_json: bool) -> None:
    """Print what steps on one request came to; write the receipt of each line that was sealed."""
    from sagwan.cli.receipt import write_receipts

    last = done[-1]
    written = write_receipts(office, done)
    if as_json:
        say_json({"number": last.request, "stage": last.state.stage, "receipts": [str(f) for f in written]})
        return
    say(f"{last.request} is {last.state.stage}")
    for file in written:
        say(f"receipt: {file}")


def _one(number: str, command: commands.Command, by: str, home: Path, at: str | None, as_json: bool) -> None:
    office = open_office(home)
    tell(office, office.do(parsing.number(number), [(by, command)], at), as_json)


def review(number: Number, by: By, home: HomePath = HERE, at: At = None, as_json: Json = False) -> None:
    """Begin the review of a request.

    \b
    Example:
      sagwan review 3f0c9a1be2d84756 --by kim

    \b
    Exit codes: 0 done; 1 the request's stage or your role does not allow it; 2 unusable input.
    """
    _one(number, commands.StartReview(), by, home, at, as_json)


def ask(
    number: Number,
    text: Annotated[str, typer.Argument(metavar="QUESTION", help="What is not clear; private.")],
    by: By,
    home: HomePath = HERE,
    at: At = None,
    as_json: Json = False,
) -> None:
    """Ask the authority for a clarification.

    \b
    Example:
      sagwan ask 3f0c9a1be2d84756 "Which of the two accounts is meant?" --by kim

    \b
    Exit codes: 0 done; 1 the request's stage or your role does not allow it; 2 unusable input.
    """
    _one(number, commands.AskClarification(text), by, home, at, as_json)


def answer(
    number: Number,
    text: Annotated[str, typer.Argument(metavar="ANSWER", help="What the authority answered; private.")],
    by: By,
    home: HomePath = HERE,
    at: At = None,
    as_json: Json = False,
) -> None:
    """Record the authority's answer to a clarification.

    \b
    Example:
      sagwan answer 3f0c9a1be2d84756 "The first one." --by kim

    \b
    Exit codes: 0 done; 1 nothing was asked, or your role does not allow it; 2 unusable input.
    """
    _one(number, commands.AnswerClarification(text), by, home, at, as_json)


def approve(
    number: Number, by: By, note: Note = "", home: HomePath = HERE, at: At = None, as_json: Json = False
) -> None:
    """Approve what another person proposed.

    Four eyes: who proposed cannot approve. Approving a follow-up or a correction seals its line.

    \b
    Example:
      sagwan approve 3f0c9a1be2d84756 --by lee

    \b
    Exit codes: 0 done; 1 nothing waits, you proposed it, or you are no approver; 2 unusable input.
    """
    _one(number, commands.Approve(note), by, home, at, as_json)


def send_back(
    number: Number,
    text: Annotated[str, typer.Argument(metavar="WHY", help="What must change; private.")],
    by: By,
    home: HomePath = HERE,
    at: At = None,
    as_json: Json = False,
) -> None:
    """Send a proposal or an approved decision back.

    \b
    Example:
      sagwan send-back 3f0c9a1be2d84756 "Content was not asked for." --by lee

    \b
    Exit codes: 0 done; 1 there is nothing to send back, or your role does not allow it; 2 unusable input.
    """
    _one(number, commands.SendBack(text), by, home, at, as_json)


def disclose(
    number: Number,
    by: By,
    data: Data,
    accounts: Annotated[
        int, typer.Option(metavar="N", min=0, help="How many accounts' data was handed over.")
    ],
    target: Targets = None,
    targets_file: TargetsFile = None,
    manifest: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="What was handed over; its SHA-256 is recorded, not the file."),
    ] = None,
    home: HomePath = HERE,
    at: At = None,
    as_json: Json = False,
) -> None:
    """Record that data was handed over.

    May be done in stages, within what was approved.

    \b
    Example:
      sagwan disclose 3f0c9a1be2d84756 --data access --accounts 1 --target account:abc --by kim

    \b
    Exit codes: 0 done; 1 more than was approved, or your role does not allow it; 2 unusable input.
    """
    command = commands.Disclose(
        data=parsing.categories(data),
        accounts=accounts,
        targets=parsing.targets(target, targets_file),
        manifest="" if manifest is None else _sha256(manifest),
    )
    _one(number, command, by, home, at, as_json)


def resolve(number: Number, by: By, home: HomePath = HERE, at: At = None, as_json: Json = False) -> None:
    """Close a request as it was decided.

    Seals the `resolved` line and writes its receipt into the home.

    \b
    Example:
      sagwan resolve 3f0c9a1be2d84756 --by kim

    \b
    Exit codes: 0 done; 1 nothing was approved, or data is still to be disclosed; 2 unusable input.
    """
    _one(number, commands.Resolve(), by, home, at, as_json)


def withdraw(
    number: Number,
    by: By,
    reason: Annotated[
        str, typer.Option(metavar="SLUG", help="A reason of the law pack.")
    ] = "withdrawn-by-authority",
    home: HomePath = HERE,
    at: At = None,
    as_json: Json = False,
) -> None:
    """Record that the authority took its request back.

    \b
    Example:
      sagwan withdraw 3f0c9a1be2d84756 --by kim

    \b
    Exit codes: 0 done; 1 data went out already, or the reason is none of the law pack's; 2 unusable input.
    """
    _one(number, commands.Withdraw(reason), by, home, at, as_json)


def _sha256(file: Path) -> str:
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
