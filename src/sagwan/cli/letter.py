"""`sagwan letter`: a letter about a request, as PDF."""
# ruff: noqa: PLC0415 - Django's models can be imported only once a home is open

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sagwan.cli import parsing
from sagwan.cli.errors import Unusable
from sagwan.cli.options import HERE, At, By, HomePath, Number
from sagwan.cli.output import say
from sagwan.cli.wiring import Office, open_office
from sagwan.desk.letters.kinds import Kind
from sagwan.record.errors import SagwanError

if TYPE_CHECKING:
    from sagwan.desk.letters.glyphs import Replaced


class Language(StrEnum):
    KO = "ko"
    EN = "en"


def letter(
    number: Number,
    kind: Annotated[Kind, typer.Option(help="What the letter is for.")],
    by: By,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="Where to write the PDF.")],
    lang: Annotated[Language, typer.Option(help="The letter's language.")] = Language.KO,
    preview: Annotated[
        bool, typer.Option("--preview", help="Mark every page; also of a decision that waits for approval.")
    ] = False,
    target: Annotated[
        str, typer.Option(metavar="KIND:VALUE", help="Whose notice it is, such as account:abc.")
    ] = "",
    stage: Annotated[
        int | None, typer.Option(metavar="N", help="Which production, from 1; without: the latest.")
    ] = None,
    home: HomePath = HERE,
    at: At = None,
) -> None:
    """Write a letter about a request.

    It is a PDF, says what the record holds, under the letterhead of [letter] in sagwan.toml, and is
    sent by nobody: to send it is your step. That you looked is recorded. Beside a notice stands the user's
    receipt (FILE with the ending .receipt): the sealed line and the user's own target, nothing more.

    \b
    Examples:
      sagwan letter 3f0c9a1be2d84756 --kind acknowledgement -o receipt.pdf --by kim
      sagwan letter 3f0c9a1be2d84756 --kind refusal --lang ko --preview -o look.pdf --by kim
      sagwan letter 3f0c9a1be2d84756 --kind refusal --lang en -o answer.pdf --by lee
      sagwan letter 3f0c9a1be2d84756 --kind notice --target account:abc -o notice.pdf --by kim

    \b
    Exit codes: 0 written; 1 there is no such request, the record does not hold what the letter would say, or
      you may not; 2 the file is there already, or other unusable input.
    """
    office = open_office(home)
    office.check_current()
    from sagwan.desk.casework.access import record_access
    from sagwan.desk.casework.queries import story
    from sagwan.desk.letters.letters import Wish, compose
    from sagwan.desk.letters.typeset import typeset

    if output.exists():
        raise Unusable(f"{output} exists already", hint="name another file")
    number, now = parsing.number(number), office.now(at)
    wish = Wish(
        kind,
        lang.value,
        preview,
        parsing.target(target) if target else None,
        stage,
    )
    story(office.desk, number, private=False)  # an unknown number is told before a view is recorded
    details = {"request": number, "letter": str(kind), "lang": lang.value, "preview": preview}
    record_access(office.desk, person=by, what="Viewed", details=details, at=now)
    made = typeset(compose(office.desk, number, wish, at=now))
    output.touch(mode=0o600)
    output.write_bytes(made.pdf)
    say(f"{output}: {kind}, {len(made.pdf):,} bytes")
    _warn(made.replaced)
    if kind is Kind.NOTICE and not preview:
        _receipt_for_user(office, number, target, output.with_suffix(".receipt"))


def _receipt_for_user(office: Office, number: str, target: str, file: Path) -> None:
    """The user's receipt, beside the notice that it goes out with, on the same look at the request.

    A notice is due by law: nothing about the receipt keeps it back.
    """
    from sagwan.cli.receipt import of_user, write_private
    from sagwan.formats.receipt import encode_receipt

    try:
        data = encode_receipt(of_user(office, number, target))
    except SagwanError as error:
        say(f"warning: no receipt for the user: {error.message}")
        return
    if file.exists():
        say(f"warning: {file} exists already, so no receipt for the user was written")
        return
    write_private(file, data)
    say(f"receipt for the user: {file}")


def _warn(replaced: "tuple[Replaced, ...]") -> None:
    for each in replaced:
        say(f"warning: the font has no {each.code} ({each.name}); the letter shows [{each.code}] for it")
