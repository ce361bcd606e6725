"""`sagwan receipt`, and the receipts that other commands write into the home."""
# ruff: noqa: PLC0415 - Django's models can be imported only once a home is open

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sagwan.cli import parsing
from sagwan.cli.errors import Unusable
from sagwan.cli.options import HERE, At, By, HomePath, Number
from sagwan.cli.output import say
from sagwan.cli.wiring import Office, open_office
from sagwan.formats.receipt import Receipt, encode_receipt

if TYPE_CHECKING:
    from sagwan.desk.casework.actions import Done


def receipt(
    number: Number,
    by: By,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="Where to write it; without: NUMBER.receipt; - is the screen."),
    ] = None,
    line: Annotated[
        int, typer.Option(metavar="N", min=0, help="Which sealed line; 0 is the request's receipt.")
    ] = 0,
    home: HomePath = HERE,
    at: At = None,
) -> None:
    """Write the receipt of a sealed line again.

    The same line gives the same promise, byte for byte; once the line is in the log, the receipt carries
    the proof too, which needs no network. It shows authority, case number and officials: that
    you made one is recorded.

    \b
    Examples:
      sagwan receipt 3f0c9a1be2d84756 --by kim
      sagwan receipt 3f0c9a1be2d84756 answer.receipt --line 1 --by kim

    \b
    Exit codes: 0 written; 1 there is no such request, or you may not; 2 no such line, its private
      parts are destroyed, or the file is there already.
    """
    office = open_office(home)
    from sagwan.desk.casework.access import record_access
    from sagwan.desk.casework.proofs import with_proof
    from sagwan.desk.casework.receipts import receipt_of

    number = parsing.number(number)
    made = with_proof(office.desk, receipt_of(office.desk, office.receipts_key(), number, line), number, line)
    details = {"request": number, "line": line}
    record_access(office.desk, person=by, what="ReceiptMade", details=details, at=office.now(at))
    data = encode_receipt(made)
    if file is not None and str(file) == "-":
        typer.echo(data.decode(), nl=False)
        return
    target = file or Path(f"{number}.receipt")
    if target.exists():
        raise Unusable(f"{target} exists already", hint="name another file")
    write_private(target, data)
    say(f"receipt: {target}")


def of_user(office: Office, number: str, user: str) -> Receipt:
    """The receipt that goes out with a notice to the user of the target `user` (KIND:VALUE).

    Whoever calls it has checked that the notice may be given.
    """
    from sagwan.desk.casework.proofs import with_proof
    from sagwan.desk.casework.receipts import receipt_of_user

    line, made = receipt_of_user(office.desk, office.receipts_key(), number, parsing.target(user))
    return with_proof(office.desk, made, number, line)


def write_receipts(
    office: Office, done: "list[Done]", progress: Callable[[int, int], None] = lambda done, total: None
) -> list[Path]:
    """Write the receipt of every line that the steps sealed into the home; return the files."""
    from sagwan.desk.casework.receipts import receipts_of

    sealed = [(one.request, len(one.state.lines) - 1) for one in done if one.line is not None]
    if not sealed:
        return []
    office.home.receipts_path.mkdir(mode=0o700, exist_ok=True)
    written = []
    for (number, line), made in receipts_of(office.desk, office.receipts_key(), sealed):
        written.append(_keep(office, number, line, made))
        progress(len(written), len(sealed))
    return written


def _keep(office: Office, number: str, line: int, made: Receipt) -> Path:
    name = f"{number}.receipt" if line == 0 else f"{number}-{line}.receipt"
    file = office.home.receipts_path / name
    write_private(file, encode_receipt(made))
    return file


def write_private(file: Path, data: bytes) -> None:
    """Readable by its owner only; not synced, since it can be made again."""
    file.touch(mode=0o600)
    file.write_bytes(data)
