"""`sagwan decide`: the whole way from review to resolution, in the name of two people, in one transaction."""
# ruff: noqa: PLC0415 - Django's models can be imported only once a home is open

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from sagwan.cli import parsing
from sagwan.cli.errors import Refused
from sagwan.cli.finding import Answers, answers_of
from sagwan.cli.options import HERE, At, By, HomePath, Json, Marks, Number, Targets, TargetsFile
from sagwan.cli.propose import Accounts, DataList, OutcomeText, Reason
from sagwan.cli.steps import Note, tell
from sagwan.cli.wiring import open_office
from sagwan.record import commands
from sagwan.record.events import Decision
from sagwan.record.state import Stage
from sagwan.record.vocabulary import Outcome

if TYPE_CHECKING:
    from sagwan.record.state import State

ApprovedBy = Annotated[
    str,
    typer.Option("--approved-by", metavar="NAME", help="The second person: an approver, not the first one."),
]


def decide(
    number: Number,
    by: By,
    approved_by: ApprovedBy,
    outcome: OutcomeText,
    reason: Reason = "",
    data: DataList = "",
    accounts: Accounts = None,
    mark: Marks = None,
    target: Targets = None,
    targets_file: TargetsFile = None,
    finding: Answers = None,
    note: Note = "",
    home: HomePath = HERE,
    at: At = None,
    as_json: Json = False,
) -> None:
    """Decide a request at once, in the name of two people.

    Reviews, answers the findings you name, proposes, approves, discloses and resolves, all or nothing. With
    `complied`, data, accounts and targets are those that were asked for unless you name others.

    \b
    Examples:
      sagwan decide 3f0c9a1be2d84756 --outcome complied --by kim --approved-by lee
      sagwan decide 3f0c9a1be2d84756 --outcome complied --by kim --approved-by lee \\
        --finding item-missing:issuer=mended --note "court named by phone"
      sagwan decide 3f0c9a1be2d84756 --outcome no-data --reason retention-expired --by kim --approved-by lee

    \b
    Exit codes: 0 resolved; 1 the same person twice, or a step the stage, law pack or role does not allow;
      2 unusable input.
    """
    if by == approved_by:
        raise Refused(f"{by} cannot approve it too", hint="a second person must approve (four eyes)")
    office = open_office(home)
    from sagwan.desk.casework.queries import story

    number = parsing.number(number)
    state = story(office.desk, number).progress.state
    word = parsing.outcome(outcome)
    decision = Decision(word, reason, parsing.categories(data), accounts or 0, parsing.marks(mark))
    named = parsing.targets(target, targets_file)
    if word is Outcome.COMPLIED:
        decision = replace(
            decision,
            data=decision.data or state.received.data,
            accounts=state.received.accounts if accounts is None else accounts,
        )
        named = named or state.asked_targets[: decision.accounts]
    steps: list[tuple[str, commands.Command]] = [
        *_review(state, by),
        *((by, answer) for answer in answers_of(finding, note)),
        (by, commands.Propose(decision, note)),
        (approved_by, commands.Approve()),
    ]
    if word.discloses:
        steps.append((by, commands.Disclose(decision.data, decision.accounts, named)))
    steps.append((by, commands.Resolve()))
    tell(office, office.do(number, steps, at), as_json)


def _review(state: "State", by: str) -> list[tuple[str, commands.Command]]:
    return [(by, commands.StartReview())] if state.stage is Stage.RECEIVED else []
