"""`upgrade`, `fsck`, `rebuild`, `recover`: the care of a home's store."""
# ruff: noqa: PLC0415 - Django's models can be imported only once a home is open

from typing import TYPE_CHECKING, Annotated

import typer

from sagwan.cli.errors import Refused
from sagwan.cli.options import HERE, At, HomePath, Json
from sagwan.cli.output import progress, say, say_json
from sagwan.cli.wiring import RESTORED, Office, open_office

if TYPE_CHECKING:
    from sagwan.desk.journal.recovery import Recovered


def upgrade(home: HomePath = HERE) -> None:
    """Bring the database's schema up to this version.

    Make a backup first. Running it again does no harm.

    \b
    Example:
      sagwan backup before.tar.gz && sagwan upgrade

    \b
    Exit codes: 0 up to date; 2 the home or its database cannot be used.
    """
    open_office(home)
    from sagwan.desk.setup import migrate

    applied = migrate()
    for name in applied:
        say(f"applied {name}")
    if not applied:
        say("the database is up to date")


def fsck(home: HomePath = HERE, as_json: Json = False) -> None:
    """Check the whole store against itself, keeper and log.

    The database's file, keys, chains of events, documents, lines, places, what the keeper says of all that,
    every byte of the log. Mends nothing. After an interrupted run of the sealer, seal first.

    \b
    Example:
      sagwan fsck --json

    \b
    Exit codes: 0 all of it holds together; 1 there are problems, each in one line; 2 the home cannot be read.
    """
    office = open_office(home)
    from sagwan.desk.journal.fsck import PARTS
    from sagwan.desk.journal.fsck import fsck as check

    with progress("checking") as tick:
        parts: list[str] = []

        def step(what: str) -> None:
            parts.append(what)
            tick(len(parts), PARTS)

        problems = check(office.desk, office.keeper, office.log, office.log_key().verifier, step)
    if as_json:
        say_json({"problems": [{"where": p.where, "what": p.what} for p in problems]})
    else:
        for problem in problems:
            say(str(problem))
        say(f"{len(problems):,} problems" if problems else "all of it holds together")
    if problems:
        raise typer.Exit(1)


def rebuild(home: HomePath = HERE) -> None:
    """Make all projections anew from the events.

    Cases, people and the search index; the events themselves are never touched.

    \b
    Example:
      sagwan rebuild

    \b
    Exit codes: 0 rebuilt; 2 the home cannot be read.
    """
    office = open_office(home)
    from sagwan.desk.casework.rebuild import rebuild as make

    with progress("rebuilding") as tick:
        count = make(office.desk, tick)
    say(f"rebuilt {count:,} requests" if count != 1 else "rebuilt 1 request")


def recover(
    keeper_lost: Annotated[
        bool, typer.Option("--keeper-lost", help="The keeper is gone for good: take what the log knows.")
    ] = False,
    log_lost: Annotated[
        bool, typer.Option("--log-lost", help="No copy of the log is left: the sealer writes it anew.")
    ] = False,
    home: HomePath = HERE,
    at: At = None,
    as_json: Json = False,
) -> None:
    """Bring a restored home up to what keeper and log know.

    Replays what the keeper holds and the database lacks; an entry whose line is in neither is withheld as
    lost. Destroys again the keys that a backup brought back. Running it again does no harm. Without keeper
    or log it stops, since sealing on without them could fork the log.

    \b
    Example:
      sagwan restore backup.tar.gz ./home && sagwan recover --home ./home && sagwan fsck --home ./home

    \b
    Exit codes: 0 recovered; 1 keeper or log is missing, or a batch of the keeper was changed; 2 the home
      or its master key cannot be read.
    """
    office = open_office(home)
    from sagwan.desk.casework.destruction import destroy_again
    from sagwan.desk.casework.rebuild import rebuild as make
    from sagwan.desk.journal.recovery import recover as replay

    _check_there(office, keeper_lost, log_lost)
    moment = office.now(at)
    with progress("recovering") as tick:
        done = replay(office.desk, office.keeper, office.log, now=moment, progress=tick)
    again = destroy_again(office.desk, office.keeper, at=moment)
    with progress("rebuilding") as tick:
        make(office.desk, tick)
    (office.home.path / RESTORED).unlink(missing_ok=True)
    _tell(done, again, as_json)


def _check_there(office: Office, keeper_lost: bool, log_lost: bool) -> None:
    """Raise Refused where the database knows of a keeper or a log that is not there."""
    from sagwan.desk.journal.models import Batch, Checkpoint

    if not keeper_lost and not office.keeper.batch_numbers() and Batch.objects.exists():
        raise Refused(
            f"the keeper {office.home.keeper_path} is empty, but batches were sealed",
            hint="put its folder there; if it is gone for good: --keeper-lost",
        )
    if not log_lost and office.log.checkpoint() is None and Checkpoint.objects.exists():
        raise Refused(
            f"the log {office.home.log_path} is empty, but a checkpoint was published",
            hint="copy the published log there; if no copy is left anywhere: --log-lost",
        )


def _tell(done: "Recovered", again: int, as_json: bool) -> None:
    if as_json:
        say_json(
            {
                "batches": done.batches,
                "events": done.events,
                "lines": done.lines,
                "lost": done.lost,
                "conflicts": done.conflicts,
                "destroyed-again": again,
            }
        )
        return
    say(f"recovered {done.batches:,} batches, {done.events:,} events, {done.lines:,} lines")
    if done.lost:
        say(f"{done.lost:,} entries of the log have no line any more: they are withheld as lost")
    for stream in done.conflicts:
        say(f"{stream} went another way after the backup; the events of this database stand")
    if again:
        say(f"{again} destroyed keys came back with the backup and were destroyed again")
