"""`sagwan production`: what goes out of a request: checked, released, carried out, ended."""
# ruff: noqa: PLC0415 - Django's models can be imported only once a home is open

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from sagwan.cli import parsing
from sagwan.cli.errors import Unusable
from sagwan.cli.options import HERE, At, By, HomePath, Json, Number
from sagwan.cli.output import say, say_json, say_table
from sagwan.cli.production_put import members_of, told
from sagwan.cli.wiring import Office, open_office

FollowUp = Annotated[
    bool, typer.Option("--follow-up", help="The names of a follow-up: STAGE is its number, from 1.")
]


def _office(home: Path) -> Office:
    office = open_office(home)
    office.check_current()
    return office


def check(number: Number, by: By, home: HomePath = HERE, at: At = None, as_json: Json = False) -> None:
    """Show what would go out, and what stands against it.

    That you looked is recorded.

    \b
    Example:
      sagwan production check 3f0c9a1be2d84756 --by lee

    \b
    Exit codes: 0 it can be released; 1 something stands against it, or you may not look.
    """
    office = _office(home)
    from sagwan.desk.casework.access import record_access
    from sagwan.desk.vault.productions import queries

    number = parsing.number(number)
    details = {"request": number}
    record_access(office.desk, person=by, what="ProductionViewed", details=details, at=office.now(at))
    found = queries.check(office.desk, number)
    if as_json:
        say_json(
            {
                "files": [members_of(held) for held in found.files],
                "problems": found.problems,
                "without": [f"{one.kind}:{one.value}" for one in found.without],
            }
        )
    else:
        for held in found.files:
            say(f"{held.declared.name}: {told(held)}")
            say(f"  SHA-256 {held.digest}")
        if found.without:
            say(f"{len(found.without):,} granted targets of whom nothing is in it, such as "
                f"{found.without[0].kind}:{found.without[0].value}")  # fmt: skip
        for problem in found.problems:
            say(f"against it: {problem}")
    if found.problems:
        raise typer.Exit(1)


def release(
    number: Number,
    by: By,
    to: Annotated[
        list[str] | None,
        typer.Option("--to", metavar="KEY", help="A public key, age1… or ssh-…; repeat it for more."),
    ] = None,
    passphrase: Annotated[
        bool, typer.Option("--passphrase", help="Encrypt with a fresh passphrase, printed once.")
    ] = False,
    days: Annotated[
        int, typer.Option("--days", metavar="N", help="For how many days it can be fetched, 1 to 365.")
    ] = 30,
    follow_up: Annotated[
        int, typer.Option("--follow-up", metavar="N", help="Release the names that follow-up N lists.")
    ] = 0,
    home: HomePath = HERE,
    at: At = None,
    as_json: Json = False,
) -> None:
    """Package, encrypt and hand over what was put in.

    It takes an approver who put none of the files in. The disclosure is recorded with the SHA-256 of the
    manifest. Tell a passphrase another way than the package: by phone, or in a letter.

    \b
    Examples:
      sagwan production release 3f0c9a1be2d84756 --to age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8 --by lee
      sagwan production release 3f0c9a1be2d84756 --passphrase --days 7 --by lee
      sagwan production release 3f0c9a1be2d84756 --follow-up 1 --passphrase --by lee

    \b
    Exit codes: 0 released; 1 something stands against it, or you may not; 2 a key is none.
    """
    office = _office(home)
    from sagwan.desk.vault.age import PASSPHRASE_BITS
    from sagwan.desk.vault.productions import actions, followups, shipping

    if bool(to) == passphrase:
        raise Unusable("say to whom it is encrypted", hint="--to KEY, or --passphrase")
    locking = shipping.Locking(tuple(to or ()))
    number, moment = parsing.number(number), office.now(at)
    if follow_up:
        out = followups.release_names(
            office.desk, number, follow_up, releaser=by, at=moment, locking=locking, days=days
        )
    else:
        out = actions.seal_and_release(
            office.desk, number, releaser=by, at=moment, locking=locking, days=days
        )
    if as_json:
        told = {"stage": out.stage, "manifest": out.manifest, "bytes": out.size, "until": out.expires_at}
        say_json({"number": number, **told, "passphrase": out.passphrase})
        return
    say(f"{'follow-up' if follow_up else 'stage'} {out.stage} of {number}: {out.size:,} bytes")
    say(f"manifest: {out.manifest}")
    say(f"can be fetched until {_local(office, out.expires_at)}")
    if out.passphrase:
        say(f"passphrase, {PASSPHRASE_BITS} bits, shown this once: {out.passphrase}")


def list_productions(number: Number, home: HomePath = HERE, at: At = None, as_json: Json = False) -> None:
    """List what went out of a request, and until when it can be fetched.

    \b
    Example:
      sagwan production list 3f0c9a1be2d84756 --json

    \b
    Exit codes: 0; 1 there is no such request; 2 the home cannot be read.
    """
    office = _office(home)
    from sagwan.desk.vault.productions import queries

    found = queries.released(office.desk, parsing.number(number), office.now(at))
    if as_json:
        say_json(
            [
                {
                    "stage": out.stage,
                    "follow-up": out.follow_up,
                    "manifest": out.manifest,
                    "bytes": out.size,
                    "until": out.expires_at,
                    "fetched": out.fetched,
                    "open": out.is_open,
                }
                for out in found
            ]
        )
        return
    rows = [
        (
            "names" if out.follow_up else "data",
            out.stage,
            out.manifest,
            out.size,
            _local(office, out.expires_at) if out.is_open else "ended",
            out.fetched,
        )
        for out in found
    ]
    say_table(("what", "stage", "manifest", "bytes", "until", "fetched"), rows)


def fetch(
    number: Number,
    stage: Annotated[int, typer.Argument(metavar="STAGE", help="Which one, from 1.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write the encrypted package.")],
    by: By,
    follow_up: FollowUp = False,
    home: HomePath = HERE,
    at: At = None,
) -> None:
    """Write an encrypted package, to bring it to the authority another way.

    For requests that came by post; officials with an account fetch it in the portal, after their second
    factor. That you took it is recorded.

    \b
    Example:
      sagwan production fetch 3f0c9a1be2d84756 1 /media/disc/production.zip.age --by kim

    \b
    Exit codes: 0 written; 1 there is none, it has ended, or you may not; 2 the file is there already.
    """
    office = _office(home)
    from sagwan.desk.vault.productions.fetching import carry_out

    if file.exists():
        raise Unusable(f"{file} exists already", hint="name another file")
    if not file.absolute().parent.is_dir():
        raise Unusable(f"{file.parent} is not a folder")
    parcel = carry_out(
        office.desk, parsing.number(number), stage, actor=by, at=office.now(at), follow_up=follow_up
    )
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as sink:
        for chunk in parcel.chunks:
            sink.write(chunk)
    say(f"{file}: {parcel.size:,} bytes")


def end(
    number: Number,
    stage: Annotated[int, typer.Argument(metavar="STAGE", help="Which one, from 1.")],
    by: By,
    home: HomePath = HERE,
    at: At = None,
) -> None:
    """End the time in which a production can be fetched, and destroy its package.

    Its time's end does the same by itself.

    \b
    Example:
      sagwan production end 3f0c9a1be2d84756 1 --by kim

    \b
    Exit codes: 0 ended; 1 there is none, it has ended, or you may not.
    """
    office = _office(home)
    from sagwan.desk.vault.productions import actions

    actions.expire(office.desk, parsing.number(number), stage, actor=by, at=office.now(at))
    say(f"stage {stage} of {number} can be fetched no more")


def _local(office: Office, moment: datetime) -> str:
    return f"{moment.astimezone(office.home.zone):%Y-%m-%d %H:%M %Z}"
