"""`sagwan finding`: what a person says to a finding of the law pack or of the sender's check."""

from typing import Annotated

import typer

from sagwan.cli import parsing
from sagwan.cli.errors import Unusable
from sagwan.cli.options import HERE, At, By, HomePath, Json, Number
from sagwan.cli.steps import Note, tell
from sagwan.cli.wiring import open_office
from sagwan.record.commands import AnswerFinding
from sagwan.record.vocabulary import FindingAnswer

_WORDS = ", ".join(FindingAnswer)

Answers = Annotated[
    list[str] | None,
    typer.Option(
        "--finding", metavar="FINDING=ANSWER", help=f"Answer a finding ({_WORDS}); repeat it. Needs --note."
    ),
]


def answer_of(finding: str, answer: str, note: str) -> AnswerFinding:
    """The command; raise Unusable where the answer is none."""
    if answer not in list(FindingAnswer):
        raise Unusable(f"{answer!r} answers no finding", hint=f"one of {_WORDS}")
    return AnswerFinding(finding, FindingAnswer(answer), note)


def answers_of(words: list[str] | None, note: str) -> list[AnswerFinding]:
    """The commands of `FINDING=ANSWER` words."""
    return [answer_of(*pair, note) for pair in parsing.pairs(words, "--finding").items()]


def finding(
    number: Number,
    code: Annotated[
        str, typer.Argument(metavar="FINDING", help="Its code, or code:subject, as `sagwan show` prints it.")
    ],
    answer: Annotated[str, typer.Argument(metavar="ANSWER", help=_WORDS + ".")],
    by: By,
    note: Note = "",
    home: HomePath = HERE,
    at: At = None,
    as_json: Json = False,
) -> None:
    """Answer a finding: it stands, was mended, does not matter here, or is not about this request.

    While a finding that stands against disclosure is unanswered, or accepted, nothing can be disclosed.

    \b
    Examples:
      sagwan finding 3f0c9a1be2d84756 item-missing:issuer mended --note "court named by phone" --by kim
      sagwan finding 3f0c9a1be2d84756 first-request does-not-apply --note "known since 2014" --by kim

    \b
    Exit codes: 0 done; 1 no such finding, or your role does not allow it; 2 unusable input.
    """
    office = open_office(home)
    command = answer_of(code, answer, note)
    tell(office, office.do(parsing.number(number), [(by, command)], at), as_json)
